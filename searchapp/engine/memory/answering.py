"""Whole answers: the page of results that a query asks for, and the documents that are like another."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from searchapp.engine.base import NO_DEADLINE, Deadline
from searchapp.engine.memory.searching import Search
from searchapp.engine.memory.state import State
from searchapp.engine.memory.suggesting import MemoryIndex
from searchapp.engine.resolve import check_window
from searchapp.engine.similar import telling_forms
from searchapp.engine.suggesting import suggest_beside
from searchapp.grammar import Or, Parsed, Phrase, to_text
from searchapp.model import Facet, Histogram, Hit, IndexInfo, Results, SearchQuery, Suggestions

ENGINE = "memory"
_Answered = TypeVar("_Answered")


@dataclass(frozen=True, slots=True)
class _Parts:
    """What an answer may hold beside its totals."""

    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...] = ()
    histogram: Histogram | None = None
    suggestions: Suggestions = field(default_factory=Suggestions)


def answer(state: State, query: SearchQuery, deadline: Deadline) -> Results:
    """The page of results that the query asks for, with all that is counted over the whole result."""
    check_window(query)
    clock = _Clock()
    search = clock.time("match", lambda: Search(state, query, deadline))
    parts = _Parts(
        clock.time("hits", search.page),
        clock.time("facets", search.facets),
        clock.time("dates", search.histogram),
        clock.time("suggestions", lambda: _suggestions(search)),
    )
    return replace(_results(search, parts), timings=clock.seconds)


def similar(state: State, document: str, *, query: SearchQuery, deadline: Deadline) -> Results:
    """The documents that share telling words with this one, the likest first, within the filters of the query."""
    check_window(query)
    frequencies = state.frequencies("clean")
    record = state.records[document]
    counts = Counter(form for _, tokens in record.read(None, "clean") for form in tokens.forms)
    forms = telling_forms(counts, frequencies.__getitem__, state.documents_in(record.document.language.value))
    asked = replace(query, text="", scope="clean", sort="relevance")
    shared = Parsed(Or(tuple(map(Phrase, forms))), False, ())
    search = Search(state, asked, deadline, parsed=shared, left_out=frozenset({document, *state.copies(document)}))
    return replace(_results(search, _Parts(search.page())), parsed="")


def count(state: State, query: SearchQuery, deadline: Deadline = NO_DEADLINE) -> int:
    """The total of the query."""
    return Search(state, query, deadline).total


def info_of(state: State) -> IndexInfo:
    generation = state.generation
    return IndexInfo(
        generation.number, len(state.records), generation.created, ENGINE, languages=state.languages,
        settled=generation.settled,
    )  # fmt: skip


def index_of(state: State, deadline: Deadline) -> MemoryIndex:
    """What suggestions are made from."""
    return MemoryIndex(state, lambda query: count(state, query, deadline))


def _suggestions(search: Search) -> Suggestions:
    index = index_of(search.state, search.deadline)
    return suggest_beside(search.total, search.query, tree=search.parsed.tree, index=index, deadline=search.deadline)


def _results(search: Search, parts: _Parts) -> Results:
    selection, query, documents = search.selection, search.query, search.documents
    records = [search.state.records[one] for one in documents]
    undated = [record.document.id for record in records if record.days is None]
    return Results(
        query=query, parsed=to_text(search.parsed.tree), escaped=search.parsed.escaped, total=search.total,
        stories=len(selection.stories(documents)), documents=len(documents),
        outlets=len({record.document.outlet.value for record in records} - {None}),
        undated=len(selection.results(undated)),
        hits=parts.hits, facets=parts.facets, histogram=parts.histogram, suggestions=parts.suggestions,
        warnings=search.notices, index=info_of(search.state),
        more=0 < query.per_page < search.total - query.offset,
    )  # fmt: skip


class _Clock:
    """Takes the time of each step, in seconds."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, step: str, work: Callable[[], _Answered]) -> _Answered:
        started = time.perf_counter()
        done = work()
        self.seconds[step] = time.perf_counter() - started
        return done
