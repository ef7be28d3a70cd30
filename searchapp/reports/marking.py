"""How is a text cut where it matches what was asked, and where it names somebody? Into pieces, in order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from searchapp.engine.marks import Marker
from searchapp.grammar import parse
from searchapp.model import Document, Mention, SearchQuery

MARKED = ("actor", "location")
"""The facets whose mentions are marked in a text; the first one wins where two are at one place."""


class Span(NamedTuple):
    """A stretch of text (offsets) that is marked; `what` is a facet, or the number of a hit."""

    start: int
    end: int
    what: str | int


class Piece(NamedTuple):
    """A piece of text, the facet of the mention it is of, and the number of the hit it is of, which it may begin."""

    text: str
    facet: str | None
    hit: int | None
    begins: bool


@dataclass(slots=True)
class Hits:
    """Finds and numbers what a query matches in one document; `found` is how many it has numbered so far."""

    marker: Marker | None
    language: str | None
    found: int = 0

    @classmethod
    def of(cls, query: SearchQuery, document: Document, languages: Sequence[str]) -> Hits:
        """The hits of the query's words; none where it has none, or wants nothing marked."""
        tree = parse(query.text).tree if query.highlight and query.text.strip() else None
        return cls(Marker(tree, query.scope, languages) if tree else None, document.language.value)

    def in_title(self, title: str) -> list[Span]:
        return self._numbered(self.marker.title(title, self.language)) if self.marker else []

    def in_text(self, text: str) -> list[Span]:
        return self._numbered(self.marker.text(text, self.language)) if self.marker else []

    def _numbered(self, marks: Iterable[tuple[int, int, int]]) -> list[Span]:
        """What overlaps or touches is one hit."""
        spans: list[Span] = []
        for start, end, _ in marks:
            if spans and start <= spans[-1].end:
                spans[-1] = spans[-1]._replace(end=max(end, spans[-1].end))
            else:
                self.found += 1
                spans.append(Span(start, end, self.found))
        return spans


def mentions(found: Iterable[Mention], field: str = "text") -> list[Span]:
    """The mentions of a field that are marked, none of them overlapping another."""
    wanted = [one for one in found if one.field == field and one.facet in MARKED]
    wanted.sort(key=lambda one: (one.start, -one.end, MARKED.index(one.facet)))
    spans: list[Span] = []
    for one in wanted:
        if not spans or spans[-1].end <= one.start:
            spans.append(Span(one.start, one.end, one.facet))
    return spans


def pieces(text: str, start: int, end: int, *, named: Sequence[Span] = (), hits: Sequence[Span] = ()) -> list[Piece]:
    """What stands from `start` to `end`, cut where a mention or a hit begins or ends."""
    inside = [_within(spans, start, end) for spans in (named, hits)]
    cuts = {start, end}
    begun = {span.start for span in inside[1]}
    for spans in inside:
        cuts.update(place for span in spans for place in (span.start, span.end) if start < place < end)
    places = sorted(cuts)
    found = []
    for first, last in zip(places, places[1:], strict=False):
        facet, hit = (_over(spans, first, last) for spans in inside)
        found.append(Piece(text[first:last], facet, hit, first in begun))  # type: ignore[arg-type]
    return found


def _within(spans: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """Those of the spans, which lie in order and apart, that reach into the stretch."""
    first = bisect_left(spans, start, key=lambda span: span.end)
    last = bisect_left(spans, end, key=lambda span: span.start)
    return spans[first:last]


def _over(spans: Sequence[Span], start: int, end: int) -> str | int | None:
    at = bisect_left(spans, end, key=lambda span: span.end)
    return spans[at].what if at < len(spans) and spans[at].start <= start else None
