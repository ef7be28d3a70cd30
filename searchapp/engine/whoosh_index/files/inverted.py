"""Which documents of a segment hold each token of a field? All postings of the field as a few arrays, put together here.

Whoosh's files and the sidecar are both written from these arrays, and segments are merged as these arrays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int32]
Places = npt.NDArray[np.int64]
Positions = npt.NDArray[np.uint32]

AT_ONCE = 1 << 18
"""Positions that are worked on at a time: what is made of each on the way takes about 100 bytes."""

_RADIX = 1 << 16
"""Numbers below it are sorted by numpy in one pass over them."""


@dataclass(frozen=True, slots=True)
class FieldPostings:
    """The postings of one field: token i has those from `begins[i]` to before `begins[i + 1]`.

    `tokens` stand in the order of their bytes, the `documents` of a token ascend, `frequencies` say how often each holds
    it. `positions` say where, one after the other for all postings, ascending in each; None where the field has none.
    """

    tokens: list[bytes]
    begins: Places
    documents: Numbers
    frequencies: Numbers
    positions: Positions | None = None

    @property
    def held(self) -> Numbers:
        """How many documents hold each token."""
        return sizes_of(self.begins).astype(np.int32)

    @property
    def position_begins(self) -> Places:
        """Where the positions of each posting begin, and after the last posting their end."""
        return begins_of(self.frequencies)

    @property
    def token_begins(self) -> Places:
        """Where the positions of each token begin, and after the last token their end."""
        return self.position_begins[self.begins]

    def pieces(self) -> Iterator[FieldPostings]:
        """The same in pieces of whole tokens, each of no more positions than are worked on at a time, if it can be."""
        ends = self.token_begins
        for first, last in spans(ends):
            held = slice(self.begins[first], self.begins[last])
            yield FieldPostings(
                self.tokens[first:last], self.begins[first : last + 1] - self.begins[first],
                self.documents[held], self.frequencies[held],
                None if self.positions is None else self.positions[ends[first] : ends[last]],
            )  # fmt: skip

    def lengths(self, documents: int) -> npt.NDArray[np.int64]:
        """How many tokens of this field each of so many documents has."""
        return np.bincount(self.documents, self.frequencies, documents).astype(np.int64)

    def renumbered(self, numbers: Numbers) -> FieldPostings:
        """The same where document d is `numbers[d]`, without those that are below 0, and without what only they hold."""
        documents = numbers[self.documents]
        kept = documents >= 0
        if kept.all():
            return FieldPostings(self.tokens, self.begins, documents, self.frequencies, self.positions)
        begins = begins_of(kept)[self.begins]
        left = sizes_of(begins) > 0
        positions = None if self.positions is None else self.positions[np.repeat(kept, self.frequencies)]
        tokens = [token for token, stays in zip(self.tokens, left.tolist(), strict=True) if stays]
        return FieldPostings(
            tokens, np.append(begins[:-1][left], begins[-1]), documents[kept], self.frequencies[kept], positions
        )


def spans(begins: Places) -> Iterator[tuple[int, int]]:
    """Cuts things that begin there, the last entry being their end, so that a span holds AT_ONCE or is one thing."""
    first = 0
    while first < len(begins) - 1:
        last = max(first + 1, int(np.searchsorted(begins, begins[first] + AT_ONCE, "right")) - 1)
        yield first, last
        first = last


def begins_of(sizes: npt.NDArray[Any]) -> Places:
    """Where each of pieces of these sizes begins when they stand one after the other, and after the last their end."""
    begins = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=begins[1:])
    return begins


def sizes_of(begins: npt.NDArray[Any]) -> Places:
    """How large the pieces are that begin there, the last entry being the end of the last."""
    wide = begins.astype(np.int64)
    sizes: Places = wide[1:] - wide[:-1]
    return sizes


def grouped(
    words: Sequence[str], numbers: npt.NDArray[np.uint32], documents: Numbers, positions: Positions | None = None
) -> FieldPostings:
    """The postings of tokens as they stood in documents, one after the other.

    Each is given as a number of `words`, where a word may stand more than once and "" is no token, with its document
    and, if wanted, its position, both ascending.
    """
    distinct = sorted({*words} - {""})
    place = dict(zip(distinct, range(len(distinct)), strict=True)) | {"": len(distinct)}
    ranks = np.fromiter(map(place.__getitem__, words), np.uint32, len(words))
    keys = ranks[numbers]
    if "" in words:
        given = keys < len(distinct)
        keys, documents = keys[given], documents[given]
        positions = None if positions is None else positions[given]
    order = _stable_order(keys, len(distinct))
    keys, documents = keys[order], documents[order]
    first = np.ones(len(keys), np.bool_)
    first[1:] = (keys[1:] != keys[:-1]) | (documents[1:] != documents[:-1])
    starts = np.flatnonzero(first)
    return FieldPostings(
        [token.encode() for token in distinct],
        begins_of(np.bincount(keys[starts], minlength=len(distinct))),
        documents[starts], np.diff(starts, append=len(keys)).astype(np.int32),
        None if positions is None else positions[order],
    )  # fmt: skip


def _stable_order(keys: npt.NDArray[np.uint32], bound: int) -> npt.NDArray[np.intp]:
    """The order of keys below the bound; equal ones stay in the order in which they are."""
    order = np.argsort((keys % _RADIX).astype(np.uint16), kind="stable")
    if bound > _RADIX:
        order = order[np.argsort((keys // _RADIX).astype(np.uint16)[order], kind="stable")]
    return order


def united(sources: Sequence[FieldPostings]) -> FieldPostings:
    """The postings of several sources as one; the documents of each come after those of the source before it."""
    if len(sources) == 1:
        return sources[0]
    tokens = sorted(set(chain.from_iterable(source.tokens for source in sources)))
    place = dict(zip(tokens, range(len(tokens)), strict=True))
    slots = [np.fromiter(map(place.__getitem__, one.tokens), np.int64, len(one.tokens)) for one in sources]
    postings = [source.begins for source in sources]
    places = [source.token_begins for source in sources]
    weave = _Weaver(slots, begins_of(_total(places, slots, len(tokens))))
    return FieldPostings(
        tokens, begins_of(_total(postings, slots, len(tokens))),
        weave([source.documents for source in sources], postings),
        weave([source.frequencies for source in sources], postings),
        weave([one.positions for one in sources if one.positions is not None], places)
        if all(source.positions is not None for source in sources) else None,
    )  # fmt: skip


def _total(begins: Sequence[Places], slots: Sequence[Places], count: int) -> Places:
    """How much all sources have of each token."""
    total = np.zeros(count, np.int64)
    for one, at in zip(begins, slots, strict=True):
        total[at] += sizes_of(one)
    return total


class _Weaver:
    """Puts the values of several sources together token by token, some tokens at a time.

    Token i of a source is token `slots[i]` of all; `begins` says where the positions of these begin.
    """

    def __init__(self, slots: Sequence[Places], begins: Places) -> None:
        self._slots = slots
        self._count = len(begins) - 1
        self._spans = list(spans(begins))

    def __call__(self, values: Sequence[npt.NDArray[Any]], begins: Sequence[Places]) -> npt.NDArray[Any]:
        """The values of all sources; those of token i of a source are those from `begins[i]` to before `begins[i + 1]`."""
        ends = begins_of(_total(begins, self._slots, self._count))
        woven: npt.NDArray[Any] = np.empty(ends[-1], np.result_type(*values))
        for first, last in self._spans:
            free = ends[first:last].copy()
            for one, at, own in zip(begins, self._slots, values, strict=True):
                start, stop = np.searchsorted(at, (first, last)).tolist()
                held, sizes = at[start:stop] - first, sizes_of(one[start : stop + 1])
                steps = np.arange(one[start], one[stop])
                woven[steps + np.repeat(free[held] - one[start:stop], sizes)] = own[one[start] : one[stop]]
                free[held] += sizes
        return woven
