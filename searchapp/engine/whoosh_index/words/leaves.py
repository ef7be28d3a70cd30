"""What does one leaf of a query find in the words of documents? Rows by field and kind of token, with how often."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from searchapp.engine.base import Deadline
from searchapp.engine.reading import Like, Together, Words, check_expansions, read
from searchapp.engine.whoosh_index.files.blocks import Counts, Rows
from searchapp.engine.whoosh_index.files.schema import STREAMS, WORDS, stems_of, wholes_of
from searchapp.engine.whoosh_index.words.lexicon import Lexicon
from searchapp.engine.whoosh_index.words.places import close_together, side_by_side
from searchapp.engine.whoosh_index.words.postings import PostingReader
from searchapp.grammar import Fuzzy, Leaf, Prefix, Wildcard

Kind = Literal["forms", "wholes", "stems"]
Pattern = Prefix | Wildcard | Fuzzy

_STREAMS_READ: dict[str, dict[str | None, tuple[str, ...]]] = {
    "clean": {None: ("title", "text"), "title": ("title",), "text": ("text",)},
    "raw": {None: STREAMS, "title": ("title",), "text": ("text", "removed")},
    "removed": {None: ("removed",), "title": (), "text": ("removed",)},
}

FULL_TEXT = frozenset((None, "title", "text"))
"""The fields of a query that read full text."""


@dataclass(frozen=True, slots=True)
class Found:
    """The rows in whose field a leaf finds something, ascending, by which kind of token, and how often."""

    field: str
    kind: Kind
    rows: Rows
    counts: Counts


class LeafReader:
    """Reads leaves in the postings of one generation; `languages` are those that it has documents in."""

    def __init__(
        self, postings: PostingReader, lexicon: Lexicon, languages: Collection[str], deadline: Deadline
    ) -> None:
        self._postings = postings
        self._lexicon = lexicon
        self._languages = languages
        self._deadline = deadline
        self._tokens: dict[tuple[Pattern, tuple[str, ...]], list[str]] = {}

    def find(self, leaf: Leaf, field: str | None, scope: str, *, limited: bool = True) -> tuple[Found, ...]:
        """All that the leaf finds in a field (None: none named); if `limited`, LimitExceeded for too many tokens."""
        reading = read(leaf, self._languages)
        fields = fields_read(field, scope)
        full = field not in WORDS
        match reading:
            case Words():
                return tuple(found for each in fields for found in self._words(reading, each, full=full))
            case Together():
                return tuple(self._together(reading, each) for each in fields if reading.forms)
            case Like() if isinstance(leaf, Pattern) and (full or reading.stream == "forms"):
                return tuple(self._like(leaf, reading, fields=fields, limited=limited))
        return ()

    def _words(self, reading: Words, field: str, *, full: bool) -> Iterator[Found]:
        forms = reading.forms
        if not forms:
            return
        alone = len(forms) == 1
        yield Found(field, "forms", *(self._postings.rows(field, forms[0]) if alone else self._side_by_side(field, forms)))
        if full and reading.whole:
            yield Found(field, "wholes", *self._postings.rows(wholes_of(field), reading.whole))
        for stem in reading.stems if full else ():
            yield Found(field, "stems", *self._postings.rows(stems_of(field), stem))

    def _side_by_side(self, field: str, forms: Sequence[str]) -> tuple[Rows, Counts]:
        return side_by_side(self._postings, field, forms, deadline=self._deadline)

    def _together(self, reading: Together, field: str) -> Found:
        close = close_together(
            self._postings, field, reading.forms, width=reading.width, deadline=self._deadline
        )  # fmt: skip
        return Found(field, "forms", *close)

    def _like(
        self, leaf: Pattern, reading: Like, *, fields: Sequence[str], limited: bool
    ) -> Iterator[Found]:
        tokens = self.tokens(leaf, reading, fields)
        if limited:
            check_expansions(reading, len(tokens))
        for field in fields if tokens else ():
            held = _holding(reading, field)
            yield Found(field, "forms", *_united(self._postings.rows(held, token) for token in tokens))

    def tokens(self, leaf: Pattern, reading: Like, fields: Sequence[str]) -> list[str]:
        """The tokens in these fields that a pattern, read so, stands for; kept for who asks again."""
        key = leaf, tuple(_holding(reading, field) for field in fields)
        if key not in self._tokens:
            self._tokens[key] = self._lexicon.matching(key[1], leaf, reading.accepts)
        return self._tokens[key]


def fields_read(field: str | None, scope: str) -> tuple[str, ...]:
    """The fields of the index that a leaf in a field of the query (None: without one) reads, facets and dates apart."""
    if field in WORDS:
        return (WORDS[field],) if scope != "removed" else ()
    return _STREAMS_READ[scope][field]


def _holding(reading: Like, field: str) -> str:
    """The field of the index with the tokens that a pattern is compared with."""
    return field if reading.stream == "forms" else wholes_of(field)


def _united(found: Iterable[tuple[Rows, Counts]]) -> tuple[Rows, Counts]:
    """All rows of several tokens, with how often each holds any of them."""
    rows, counts = zip(*found, strict=True)
    united, places = np.unique(np.concatenate(rows), return_inverse=True)
    return united, np.bincount(places, np.concatenate(counts), len(united)).astype(np.int32)
