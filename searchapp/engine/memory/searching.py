"""One question asked of one generation: understood, its documents selected, and answered part by part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from searchapp.engine.base import Deadline
from searchapp.engine.listing import list_rows
from searchapp.engine.memory.counting import FacetCounter
from searchapp.engine.memory.dating import count_dates
from searchapp.engine.memory.highlighting import Highlighter
from searchapp.engine.memory.hits import HitMaker
from searchapp.engine.memory.matching import Matcher
from searchapp.engine.memory.ranking import ranked, shown_copies
from searchapp.engine.memory.scoring import Asked, Scorer
from searchapp.engine.memory.selection import Documents, Selection
from searchapp.engine.memory.state import State
from searchapp.engine.reading import read
from searchapp.engine.resolve import resolve, understand, wanted
from searchapp.facets import FacetSpec
from searchapp.grammar import Parsed, positive_leaves
from searchapp.model import Facet, Histogram, Hit, Notice, SearchQuery


def resolved(state: State, query: SearchQuery) -> tuple[SearchQuery, tuple[Notice, ...]]:
    """The query with a filter for each facet and ids for its values, and what is to be said of values nobody carries."""
    completed = state.facets.complete(query)
    return resolve(completed, lambda name: state.vocabulary(name, discovered=query.discovered))


class Search:
    """What one query finds in one generation; `query` is it with ids for its values.

    `parsed` is what is looked for in place of its text, `left_out` what is not to be found.
    """

    def __init__(
        self, state: State, query: SearchQuery, deadline: Deadline, *, parsed: Parsed | None = None,
        left_out: Documents = frozenset(),
    ) -> None:  # fmt: skip
        self.state = state
        self.deadline = deadline
        self.query, notices = resolved(state, query)
        self.parsed = parsed or understand(self.query, state.facets)
        self.notices = (*(Notice(warning, param="q") for warning in self.parsed.warnings), *notices)
        self._matcher = Matcher(state, self.query, self.parsed.tree)
        self.selection = Selection(state, self.query, self._matcher, deadline=deadline, left_out=left_out)

    @property
    def documents(self) -> Documents:
        """All that pass."""
        return self.selection.documents

    @property
    def total(self) -> int:
        return len(self.selection.results(self.documents))

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The documents to show, one a result, in the order of the query."""
        shown = shown_copies(self.state, self.documents).values() if self.query.folds else self.documents
        self.deadline.check()
        return ranked(self.state, shown, order=self.query.order, scores=self.scores)

    @cached_property
    def scores(self) -> Mapping[str, float]:
        """The score of each document; none where the order is not by relevance."""
        if self.query.order != "relevance":
            return {}
        scorer = Scorer(self.state, self.query.scope, self._asked())
        scores = {}
        for identifier in self.documents:
            self.deadline.check()
            scores[identifier] = scorer.score(identifier)
        return scores

    def page(self) -> tuple[Hit, ...]:
        """The hits of the page that the query asks for."""
        start = self.query.offset
        marks = Highlighter(self.parsed.tree, self.query.scope, self.state.languages) if self.query.snippets else None
        maker = HitMaker(self.state, self.query, matcher=self._matcher, highlighter=marks)
        return tuple(maker.make(one, self.scores.get(one)) for one in self.order[start : start + self.query.per_page])

    def hits_from(self, rank: int) -> Iterator[Hit]:
        """All hits from that rank on, without snippets."""
        maker = HitMaker(self.state, self.query, matcher=self._matcher, highlighter=None)
        return (maker.make(one, self.scores.get(one)) for one in self.order[rank:])

    def facets(self) -> tuple[Facet, ...]:
        """The facets that the query wants counted, in display order."""
        return tuple(self._facet(spec) for spec in wanted(self.query, self.state.facets) if spec.name != "date")

    def histogram(self) -> Histogram | None:
        """The histogram, where the query wants the date counted."""
        self.deadline.check()
        dates = (spec for spec in wanted(self.query, self.state.facets) if spec.name == "date")
        return next((count_dates(self.selection, spec) for spec in dates), None)

    def _facet(self, spec: FacetSpec) -> Facet:
        self.deadline.check()
        counter = FacetCounter(self.selection, spec)
        rows = list_rows(counter.counts(), counter.vocabulary, counter.own, size=self.query.facet_size)
        return counter.facet(rows)

    def _asked(self) -> tuple[Asked, ...]:
        leaves = positive_leaves(self.parsed.tree)
        return tuple((field, read(leaf, self.state.languages)) for field, leaf in leaves)
