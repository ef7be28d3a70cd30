"""How much of their texts do documents share? Counted in the hashes kept of them, of all pairs that may share enough."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from searchapp.model import Fingerprint

SHARES = 0.5
"""The part of the shorter text from which on two are listed as sharing text."""
FEWEST_COMPARED = 15
"""Fewer words are a phrase that many texts have."""

# A run of words in more documents than this joins each to the next ones alone, which still joins all that are alike.
_NEXT = 24
# A pair is looked at closely from this part of what must be shared; the rest may be in runs that very many have.
_WORTH_COUNTING = 0.4


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two documents, by id in order, with the part of each that the other holds too, from 0 to 1."""

    first: str
    second: str
    of_first: float
    of_second: float

    @property
    def same(self) -> float:
        """The part that each holds of the other at least."""
        return min(self.of_first, self.of_second)


def overlaps(fingerprints: Sequence[Fingerprint], touched: Collection[str]) -> list[Overlap]:
    """Every pair with a touched document of which the shorter one shares half of its text or more."""
    ones = sorted((one for one in fingerprints if one.words >= FEWEST_COMPARED), key=lambda one: one.document)
    held = [np.frombuffer(one.hashes, dtype="<u4") for one in ones]
    chosen = np.array([one.document in touched for one in ones], dtype=bool)
    return [
        Overlap(ones[first].document, ones[second].document, shared / len(held[first]), shared / len(held[second]))
        for first, second, shared in _pairs(held, chosen)
    ]


def _pairs(held: Sequence[np.ndarray], chosen: np.ndarray) -> Iterator[tuple[int, int, int]]:
    """Numbers of two documents and how many hashes both keep, where these are enough."""
    sizes = np.array([len(one) for one in held], dtype=np.int64)
    for first, second, counted in _meetings(held, chosen):
        needed = SHARES * min(sizes[first], sizes[second])
        if counted >= _WORTH_COUNTING * needed:
            shared = len(np.intersect1d(held[first], held[second], assume_unique=True))
            if shared >= needed:
                yield first, second, shared


def _meetings(held: Sequence[np.ndarray], chosen: np.ndarray) -> Iterator[tuple[int, int, int]]:
    """The pairs with a chosen document that keep a hash both, and how many, not counting all that very many keep."""
    if not chosen.any():
        return
    hashes = np.concatenate(held)
    owners = np.repeat(np.arange(len(held)), [len(one) for one in held])
    if not chosen.all():
        wanted = np.isin(hashes, np.unique(hashes[chosen[owners]]))
        hashes, owners = hashes[wanted], owners[wanted]
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    met = [pairs for distance in range(1, _NEXT + 1) if len(pairs := _neighbours(hashes, owners, distance, chosen))]
    if met:
        keys, counts = np.unique(np.concatenate(met), return_counts=True)
        yield from zip((keys >> 32).tolist(), (keys & 0xFFFFFFFF).tolist(), counts.tolist(), strict=True)


def _neighbours(hashes: np.ndarray, owners: np.ndarray, distance: int, chosen: np.ndarray) -> np.ndarray:
    """The pairs of documents whose equal hashes stand so far apart in order, as one number each."""
    first, second = owners[:-distance], owners[distance:]
    alike = (hashes[:-distance] == hashes[distance:]) & (chosen[first] | chosen[second])
    pairs: np.ndarray = (first[alike].astype(np.int64) << 32) | second[alike]
    return pairs
