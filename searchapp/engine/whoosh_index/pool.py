"""The postings of a segment that is being written: collected document by document, given back token by token."""

from __future__ import annotations

import heapq
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, compress, count, groupby, repeat

import numpy as np
from whoosh.fields import Schema
from whoosh.reading import SegmentReader

from searchapp.engine.whoosh_index.blocks import read_blocks
from searchapp.engine.whoosh_index.indexing import FieldTokens


@dataclass(frozen=True, slots=True)
class Term:
    """A token with its documents in ascending order, how often each holds it, and where, if the field has positions."""

    field: str
    token: bytes
    documents: Sequence[int]
    frequencies: Sequence[float]
    positions: Sequence[bytes]

    @property
    def place(self) -> tuple[str, bytes]:
        """Where it stands among all tokens of all fields."""
        return self.field, self.token


class FieldPool:
    """The postings of one field; documents must come in ascending order."""

    def __init__(self, name: str) -> None:
        self._name = name
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
            yield Term(self._name, encoded[number], documents[held], frequencies[held], positions[held])
            start = end


class OldSegment:
    """A segment that goes into the new one: `numbers` says what each of its documents is called there, -1 for gone."""

    def __init__(self, reader: SegmentReader, schema: Schema, numbers: Sequence[int]) -> None:
        self._terms = reader._terms
        self._schema = schema
        self._numbers = numbers
        self._whole = min(numbers, default=0) >= 0

    def terms(self, field: str | None = None) -> Iterator[Term]:
        """Every token of all fields (or of one) that a document has which is not gone, in order."""
        for (name, token), info in self._terms.items() if field is None else self._terms.items_from(field, b""):
            if field is not None and name != field:
                return
            term = self._read(name, token, info.extent()[0])
            if term.documents:
                yield term

    def _read(self, field: str, token: bytes, offset: int) -> Term:
        documents: list[int] = []
        frequencies: list[float] = []
        positions: list[bytes] = []
        positional = self._schema[field].supports("positions")
        # Most tokens have one or two documents: arrays would take longer than lists.
        for differences, weights, stored in read_blocks(self._terms._postfile, offset):
            documents.extend(map(self._numbers.__getitem__, accumulate(differences)))
            frequencies.extend(weights if isinstance(weights, tuple) else repeat(weights or 1.0, len(differences)))
            positions.extend(stored if positional else ())
        term = Term(field, token, documents, frequencies, positions)
        return term if self._whole else _without_gone(term)


def _without_gone(term: Term) -> Term:
    kept = [number >= 0 for number in term.documents]
    documents, frequencies = list(compress(term.documents, kept)), list(compress(term.frequencies, kept))
    return Term(term.field, term.token, documents, frequencies, list(compress(term.positions, kept)))


def merged(sources: Iterable[Iterator[Term]]) -> Iterator[Term]:
    """The terms of sources that are each in order, those of a token as one; documents ascend from source to source."""
    for _, group in groupby(heapq.merge(*sources, key=_place), key=_place):
        terms = list(group)
        yield terms[0] if len(terms) == 1 else _joined(terms)


def _place(term: Term) -> tuple[str, bytes]:
    return term.place


def _joined(terms: Sequence[Term]) -> Term:
    documents = list(chain.from_iterable(term.documents for term in terms))
    frequencies = list(chain.from_iterable(term.frequencies for term in terms))
    positions = list(chain.from_iterable(term.positions for term in terms))
    return Term(terms[0].field, terms[0].token, documents, frequencies, positions)
