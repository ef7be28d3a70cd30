"""Whole answers: the page of results that a query asks for, and the documents that are like another."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from searchapp.engine.base import Deadline
from searchapp.engine.resolve import check_window
from searchapp.engine.suggesting import suggest_beside
from searchapp.engine.whoosh_index.asking.searching import Search
from searchapp.engine.whoosh_index.asking.similar import telling
from searchapp.engine.whoosh_index.asking.suggesting import WhooshIndex
from searchapp.engine.whoosh_index.generation.opening import Opened
from searchapp.engine.whoosh_index.generation.snapshot import Snapshot
from searchapp.grammar import Or, Parsed, Phrase, to_text
from searchapp.model import Facet, Histogram, Hit, IndexInfo, Results, SearchQuery, Suggestions

# Each page of a search says again how its text is read.
_written = lru_cache(maxsize=1024)(to_text)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What an answer may hold beside its totals."""

    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...] = ()
    histogram: Histogram | None = None
    suggestions: Suggestions = field(default_factory=Suggestions)
    timings: Mapping[str, float] = field(default_factory=dict)


def answer(opened: Opened, query: SearchQuery, *, deadline: Deadline) -> Results:
    """The page of results that the query asks for, with all that is counted over the whole result."""
    check_window(query)
    clock = _Clock()
    search = Search(opened.snapshot, query, deadline)
    clock.ends("match")
    hits = search.page()
    clock.ends("hits")
    facets = search.facets()
    clock.ends("facets")
    histogram = search.histogram()
    clock.ends("dates")
    suggestions = _suggestions(search)
    clock.ends("suggestions")
    return _results(search, _Parts(hits, facets, histogram, suggestions, clock.seconds), opened.info)


def similar(opened: Opened, row: int, *, query: SearchQuery, deadline: Deadline) -> Results:
    """The documents that share telling words with the one in this row, the likest first, as the query filters."""
    check_window(query)
    snapshot = opened.snapshot
    asked = replace(query, text="", scope="clean", sort="relevance")
    shared = Parsed(Or(tuple(map(Phrase, telling(snapshot, row)))), False, ())
    deadline.check()
    left_out = (row, *snapshot.stories.copies_of(row))
    search = Search(snapshot, asked, deadline, parsed=shared, left_out=left_out)
    return replace(_results(search, _Parts(search.page()), opened.info), parsed="")


def index_of(snapshot: Snapshot, deadline: Deadline) -> WhooshIndex:
    """What suggestions are made from."""
    return WhooshIndex(snapshot, lambda query: Search(snapshot, query, deadline).total)


def _suggestions(search: Search) -> Suggestions:
    index = index_of(search.snapshot, search.deadline)
    return suggest_beside(search.total, search.query, tree=search.parsed.tree, index=index, deadline=search.deadline)


def _results(search: Search, parts: _Parts, info: IndexInfo) -> Results:
    snapshot, query, selection, rows = search.snapshot, search.query, search.selection, search.rows
    outlets = snapshot.facet("outlet", discovered=True).entries(salient=False)
    return Results(
        query=query, parsed=_written(search.parsed.tree), escaped=search.parsed.escaped, total=search.total,
        stories=search.total if query.folds else snapshot.stories.count(rows.numbers), documents=len(rows),
        outlets=selection.tally(outlets, rows).distinct, undated=selection.undated,
        hits=parts.hits, facets=parts.facets, histogram=parts.histogram, suggestions=parts.suggestions,
        warnings=search.notices, index=info, more=0 < query.per_page < search.total - query.offset,
        timings=parts.timings,
    )  # fmt: skip


class _Clock:
    """Takes the time of one step after the other, in seconds."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def ends(self, step: str) -> None:
        """Take the time since the step before."""
        now = time.perf_counter()
        self.seconds[step] = now - self._last
        self._last = now
