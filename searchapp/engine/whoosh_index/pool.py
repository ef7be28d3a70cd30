"""The postings of a segment that is being written: collected document by document, given back token by token."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, repeat

import numpy as np
import numpy.typing as npt

from searchapp.engine.whoosh_index.blocks import Postings
from searchapp.engine.whoosh_index.indexing import FieldTokens


@dataclass(frozen=True, slots=True)
class Term:
    """A token with its documents in ascending order, how often each holds it, and where, if the field has positions."""

    token: bytes
    documents: Sequence[int]
    frequencies: Sequence[float]
    positions: Sequence[bytes]


class FieldPool:
    """The postings of one field; documents must come in ascending order."""

    def __init__(self) -> None:
        self.lengths: dict[int, int] = {}
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._tokens = array("I")
        self._documents = array("I")
        self._frequencies = array("I")
        self._positions: list[bytes] = []

    def add(self, document: int, field: FieldTokens) -> None:
        """Take in what one document holds of this field."""
        self._tokens.extend(map(self._numbers.__getitem__, field.tokens))
        self._documents.extend(repeat(document, len(field.tokens)))
        self._frequencies.extend(field.frequencies)
        self._positions.extend(field.positions)
        if field.length:
            self.lengths[document] = field.length

    def add_term(self, token: str, postings: Postings) -> None:
        """Take in all documents of another segment that hold `token`, numbered as in this one."""
        self._tokens.extend(repeat(self._numbers[token], len(postings.rows)))
        self._documents.extend(postings.rows.tolist())
        self._frequencies.extend(postings.counts.tolist())
        self._positions.extend(postings.positions or ())

    def terms(self) -> Iterator[Term]:
        """Every token in the order of its bytes."""
        encoded = [token.encode() for token in self._numbers]
        alphabetical = sorted(range(len(encoded)), key=encoded.__getitem__)
        ranks = np.empty(len(encoded), np.uint32)
        ranks[alphabetical] = np.arange(len(encoded), dtype=np.uint32)
        keys = ranks[np.frombuffer(self._tokens, np.uint32)]
        # Stable, so that the documents of a token stay in ascending order.
        order = np.argsort(keys, kind="stable")
        documents = np.frombuffer(self._documents, np.uint32)[order].tolist()
        frequencies = np.frombuffer(self._frequencies, np.uint32)[order].astype(np.float32).tolist()
        positions = [self._positions[place] for place in order.tolist()] if self._positions else []
        start = 0
        for number, end in zip(alphabetical, np.cumsum(np.bincount(keys)).tolist(), strict=True):
            held = slice(start, end)
            yield Term(encoded[number], documents[held], frequencies[held], positions[held])
            start = end


def kept_words(*pools: FieldPool) -> tuple[list[bytes], npt.NDArray[np.uint32]]:
    """The distinct tokens of several fields in order, and how many documents hold each in any of them."""
    holding: dict[bytes, Collection[int]] = {}
    for pool in pools:
        for term in pool.terms():
            held = holding.get(term.token)
            holding[term.token] = term.documents if held is None else {*held, *term.documents}
    words = sorted(holding)
    return words, np.array([len(holding[word]) for word in words], np.uint32)
