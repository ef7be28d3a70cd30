"""Where do a few rows hold what a query looks for? Told by postings and stored offsets, so that no text is analysed."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from searchapp.analysis import analyze, look_up
from searchapp.engine.reading import Like, Together, Words, places_together
from searchapp.engine.snippets import Mark, Part
from searchapp.engine.whoosh_index.leaves import LeafReader, Pattern, fields_read
from searchapp.engine.whoosh_index.snapshot import Snapshot

Places = Mapping[int, Sequence[int]]
"""The positions in each row that has any."""


class _Span(NamedTuple):
    """From position `first` to before `end` a part is found; `whole` is the compound that must stand there ("": none)."""

    first: int
    end: int
    part: int
    whole: str = ""


class Marker:
    """Marks the rows of a page, each given with the language of its document."""

    def __init__(
        self, snapshot: Snapshot, leaves: LeafReader, *, languages: Mapping[int, str | None], scope: str
    ) -> None:  # fmt: skip
        self._snapshot = snapshot
        self._leaves = leaves
        self._languages = languages
        self._scope = scope
        self._rows = np.array(sorted(languages), np.int32)
        self._places = cache(self._find)

    def marks(self, stream: str, parts: Sequence[Part], pieces: Mapping[int, Sequence[str]]) -> dict[int, list[list[Mark]]]:
        """The marks of each row, piece by piece, where `pieces` are the texts that the row has in the stream."""
        spans: defaultdict[int, set[_Span]] = defaultdict(set)
        for number, part in enumerate(parts):
            for row, span in self._spans(stream, number, part):
                spans[row].add(span)
        return {row: self._marked(row, stream, texts, spans.get(row, ())) for row, texts in pieces.items()}

    def _spans(self, stream: str, number: int, part: Part) -> Iterator[tuple[int, _Span]]:
        match part.reading:
            case Words(forms) if len(forms) > 1:
                found = self._side_by_side(stream, forms)
                yield from ((row, _Span(at, at + len(forms), number)) for row, at in found)
            case Words((_,)):
                yield from ((row, _Span(at, at + 1, number)) for row, at in self._forms(stream, part.reading))
            case Together():
                found = self._together(stream, part.reading)
                yield from ((row, _Span(at, at + 1, number)) for row, at in found)
            case Like("forms"):
                for token in self._tokens(part):
                    yield from ((row, _Span(at, at + 1, number)) for row, at in _each(self._places(stream, token)))
            case Like():
                for token in self._tokens(part):
                    forms = look_up(token, ()).forms
                    found = self._side_by_side(stream, forms)
                    yield from ((row, _Span(at, at + len(forms), number, token)) for row, at in found)

    def _forms(self, stream: str, reading: Words) -> Iterator[tuple[int, int]]:
        """Where the only form of a word stands, and in rows of a language those that have its stem there."""
        yield from _each(self._places(stream, reading.forms[0]))
        for stem in reading.stems:
            rows = {row for row, language in self._languages.items() if stem.startswith(f"{language}:")}
            for form in self._snapshot.lexicon.forms_of(stem) if rows else ():
                yield from (found for found in _each(self._places(stream, form)) if found[0] in rows)

    def _side_by_side(self, stream: str, forms: Sequence[str]) -> Iterator[tuple[int, int]]:
        first, *others = (self._places(stream, form) for form in forms)
        for row, held in first.items():
            starts = set(held)
            for step, places in enumerate(others, 1):
                starts &= {at - step for at in places.get(row, ())}
            yield from ((row, at) for at in starts)

    def _together(self, stream: str, reading: Together) -> Iterator[tuple[int, int]]:
        found: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        for form in reading.forms:
            for row, at in _each(self._places(stream, form)):
                found[row].append((at, form))
        for row, held in found.items():
            yield from ((row, at) for at, _ in places_together(reading, sorted(held)))

    def _tokens(self, part: Part) -> Sequence[str]:
        """The tokens that a pattern stands for."""
        leaf, reading = part.leaf, part.reading
        if not isinstance(reading, Like) or not isinstance(leaf, Pattern):
            return ()
        return self._leaves.tokens(leaf, reading, fields_read(part.field, self._scope))

    def _find(self, stream: str, token: str) -> Places:
        held, _ = self._snapshot.postings.rows(stream, token)
        rows = self._rows
        if len(held):
            rows = rows[held.take(np.searchsorted(held, rows), mode="clip") == rows]
        if not len(held) or not len(rows):
            return {}
        return {row: self._snapshot.postings.positions(stream, token, row) for row in rows.tolist()}

    def _marked(self, row: int, stream: str, texts: Sequence[str], spans: Iterable[_Span]) -> list[list[Mark]]:
        marks: list[list[Mark]] = [[] for _ in texts]
        by_piece: defaultdict[int, list[_Span]] = defaultdict(list)
        firsts = self._snapshot.firsts(row, stream).tolist() if len(texts) > 1 and spans else [0]
        for span in spans:
            by_piece[bisect_right(firsts, span.first) - 1].append(span)
        for piece, held in by_piece.items():
            starts, ends = (offsets.data for offsets in self._snapshot.offsets(row, stream, piece))
            base = firsts[piece]
            marks[piece] = sorted({
                Mark(starts[first - base], ends[end - base - 1], part)
                for first, end, part, whole in held
                if not whole or _holds(texts[piece], (starts, ends), (first - base, end - base), whole)
            })  # fmt: skip
        return marks


def _each(places: Places) -> Iterator[tuple[int, int]]:
    return ((row, at) for row, held in places.items() for at in held)


def _holds(text: str, offsets: tuple[memoryview, memoryview], place: tuple[int, int], whole: str) -> bool:
    """Whether the forms from one place to before another are this compound: so they are read with their neighbours."""
    starts, ends = offsets
    first, end = place
    begin = starts[max(0, first - 1)]
    tokens = analyze(text[begin : ends[min(end, len(ends) - 1)]], None)
    return whole in tokens.wholes and tokens.starts[tokens.wholes.index(whole)] == starts[first] - begin
