"""The postings of a segment that is being written: collected document by document, given back token by token."""

from __future__ import annotations

import heapq
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, compress, count, groupby, repeat
from operator import attrgetter
from struct import Struct

import msgspec
import numpy as np
from whoosh.fields import Schema
from whoosh.reading import SegmentReader

from searchapp.engine.whoosh_index.blocks import content, read_blocks
from searchapp.engine.whoosh_index.indexing import FieldTokens

_PLACE = attrgetter("field", "token")

# Whoosh's file of terms: the lengths of key and value before both; a value ends with where the postings are.
_KEY_AND_VALUE = Struct("!ii")
_FIELD_NUMBER = Struct("!H")
_OFFSET = Struct("!q")
_OFFSET_PLACE = Struct("!BfIBBfII").size


class Term(msgspec.Struct, frozen=True, gc=False):
    """A token with its documents in ascending order, how often each holds it, and where, if the field has positions."""

    field: str
    token: bytes
    documents: Sequence[int]
    frequencies: Sequence[float]
    positions: Sequence[bytes]


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
        self._index = reader._terms._tindex
        self._fields: dict[str, int] = self._index.extras["fieldmap"]
        self._postings = content(reader._terms._postfile)
        self._schema = schema
        self._numbers = numbers
        self._whole = min(numbers, default=0) >= 0

    def terms(self, field: str | None = None) -> Iterator[Term]:
        """Every token of all fields (or of one) that a document has which is not gone, in order."""
        for name, number in self._fields.items():
            if field is None or name == field:
                positional = self._schema[name].supports("positions")
                for token, offset in self._tokens(_FIELD_NUMBER.pack(number)):
                    term = self._read(name, token, offset, positional)
                    if term.documents:
                        yield term

    def _tokens(self, field: bytes) -> Iterator[tuple[bytes, int]]:
        """The tokens of a field, with where the postings of each begin."""
        data = content(self._index.dbfile)
        place = self._index.closest_key_pos(field)
        end = self._index.endofdata
        while place is not None and place < end:
            key_length, value_length = _KEY_AND_VALUE.unpack_from(data, place)
            value = place + _KEY_AND_VALUE.size + key_length
            key = bytes(data[value - key_length : value])
            if not key.startswith(field):
                return
            yield key[len(field) :], _OFFSET.unpack_from(data, value + _OFFSET_PLACE)[0]
            place = value + value_length

    def _read(self, field: str, token: bytes, offset: int, positional: bool) -> Term:
        documents: list[int] = []
        frequencies: list[float] = []
        positions: list[bytes] = []
        # Most tokens have one or two documents: arrays would take longer than lists.
        for differences, weights, stored in read_blocks(self._postings, offset):
            documents.extend(map(self._numbers.__getitem__, accumulate(differences)))
            frequencies.extend(weights if isinstance(weights, tuple) else repeat(weights or 1.0, len(differences)))
            if positional:
                positions.extend(stored)
        term = Term(field, token, documents, frequencies, positions)
        return term if self._whole else _without_gone(term)


def _without_gone(term: Term) -> Term:
    kept = [number >= 0 for number in term.documents]
    documents, frequencies = list(compress(term.documents, kept)), list(compress(term.frequencies, kept))
    return Term(term.field, term.token, documents, frequencies, list(compress(term.positions, kept)))


def merged(sources: Iterable[Iterator[Term]]) -> Iterator[Term]:
    """The terms of sources that are each in order, those of a token as one; documents ascend from source to source."""
    for _, group in groupby(heapq.merge(*sources, key=_PLACE), key=_PLACE):
        terms = list(group)
        yield terms[0] if len(terms) == 1 else _joined(terms)


def _joined(terms: Sequence[Term]) -> Term:
    documents: list[int] = []
    frequencies: list[float] = []
    positions: list[bytes] = []
    for term in terms:
        documents += term.documents
        frequencies += term.frequencies
        positions += term.positions
    return Term(terms[0].field, terms[0].token, documents, frequencies, positions)
