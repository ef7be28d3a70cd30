"""What must be kept of a document to tell its copies: digests of body and title, and a few hashes of its runs of words."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence

import numpy as np

from searchapp.analysis import analyze, fold
from searchapp.model import Fingerprint

RUN = 8
"""Words that are hashed together; shorter runs are phrases that everybody uses."""
WINDOW = 8
"""Of so many hashes that begin one after the other the smallest is kept, so two texts keep the same ones of what they share."""

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_HIGH_HALF = np.uint64(32)


def fingerprint(document: str, title: str, text: str) -> Fingerprint:
    """What the document must share with another to be its copy."""
    body = fold(text)
    forms = analyze(text, None).forms
    # Scripts without spaces count by their signs.
    words = max(len(body.split()), len(forms))
    return Fingerprint(document, _digest(body), _digest(fold(title)), words, _kept_hashes(forms).tobytes())


def _kept_hashes(forms: Sequence[str]) -> np.ndarray:
    """The kept hashes of runs of words, in order, each once, as 32-bit numbers; one of all words where they are few."""
    if not forms:
        return np.empty(0, dtype="<u4")
    # No form holds a blank.
    encoded = " ".join(forms).encode("utf-8", "surrogatepass").split(b" ")
    words = np.fromiter(map(zlib.crc32, encoded), np.uint64, len(forms))
    hashes = _hashes_of_runs(words, min(RUN, len(words)))
    kept = np.lib.stride_tricks.sliding_window_view(hashes, min(WINDOW, len(hashes))).min(axis=1)
    return np.unique(kept).astype("<u4")


def _hashes_of_runs(words: np.ndarray, length: int) -> np.ndarray:
    found = np.zeros(len(words) - length + 1, dtype=np.uint64)
    for place in range(length):
        found = (found + words[place : place + len(found)] + np.uint64(1)) * _MULTIPLIER
    # The low half of a product hardly depends on the high bits of what was multiplied.
    return found >> _HIGH_HALF


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest() if text else ""
