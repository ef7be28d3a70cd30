"""One question asked of one generation: understood, its rows selected, and answered part by part."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from searchapp.engine.base import Deadline
from searchapp.engine.resolve import resolve, understand, wanted
from searchapp.engine.whoosh_index.asking.counting import FacetCounter
from searchapp.engine.whoosh_index.asking.dates import DateCounter
from searchapp.engine.whoosh_index.asking.executor import Matcher
from searchapp.engine.whoosh_index.asking.hits import HitMaker
from searchapp.engine.whoosh_index.asking.scoring import Scorer
from searchapp.engine.whoosh_index.asking.selection import Selection
from searchapp.engine.whoosh_index.files.rowset import RowSet
from searchapp.engine.whoosh_index.generation.ordering import first_places
from searchapp.engine.whoosh_index.generation.snapshot import Snapshot
from searchapp.engine.whoosh_index.words.evidence import Scores
from searchapp.facets import FacetSpec
from searchapp.grammar import Parsed
from searchapp.model import Facet, Histogram, Hit, Notice, SearchQuery


class Search:
    """What one query finds in one generation; `query` is it with ids for its values.

    `parsed` is what is looked for in place of its text; rows that are `left_out` are not found.
    """

    def __init__(
        self, snapshot: Snapshot, query: SearchQuery, deadline: Deadline, *, parsed: Parsed | None = None,
        left_out: tuple[int, ...] = (),
    ) -> None:  # fmt: skip
        self.snapshot = snapshot
        self.deadline = deadline
        completed = snapshot.facets.complete(query)
        self.query, notices = resolve(
            completed, lambda name: snapshot.facet(name, discovered=query.discovered).vocabulary
        )
        self.parsed = parsed or understand(self.query, snapshot.facets)
        self.notices = (*(Notice(warning, param="q") for warning in self.parsed.warnings), *notices)
        self._matcher = Matcher(snapshot, self.query, deadline)
        matched = self._matcher.matching(self.parsed.tree, self.query.scope)
        if left_out:
            matched -= RowSet(snapshot.size, numbers=np.sort(np.array(left_out)))
        self.selection = Selection(snapshot, self.query, matched)
        deadline.check()

    @property
    def rows(self) -> RowSet:
        """All that pass."""
        return self.selection.rows

    @property
    def total(self) -> int:
        return self.selection.total

    def page(self) -> tuple[Hit, ...]:
        """The hits of the page that the query asks for."""
        start = self.query.offset
        rows = self._ranked(start, start + self.query.per_page) if self.query.per_page else ()
        return self._maker.page(rows)

    def hits_from(self, rank: int) -> Iterator[Hit]:
        """All hits from that rank on, without snippets."""
        rows = self._ranked(rank, len(self._shown))
        return (self._maker.make(row, score) for row, score in rows)

    def facets(self) -> tuple[Facet, ...]:
        """The facets that the query wants counted, in display order."""
        return tuple(self._facet(spec) for spec in wanted(self.query, self.snapshot.facets) if spec.name != "date")

    def histogram(self) -> Histogram | None:
        """The histogram, where the query wants the date counted."""
        self.deadline.check()
        date = next((spec for spec in wanted(self.query, self.snapshot.facets) if spec.name == "date"), None)
        return DateCounter(self.selection, date).histogram() if date else None

    @cached_property
    def _maker(self) -> HitMaker:
        return HitMaker(
            self.snapshot, self.query, tree=self.parsed.tree, matcher=self._matcher, deadline=self.deadline
        )  # fmt: skip

    @cached_property
    def _scores(self) -> Scores | None:
        """The score of each row that is shown; None where the order is not by relevance."""
        if self.query.order != "relevance":
            return None
        self.deadline.check()
        scorer = Scorer(self.snapshot, self._matcher, self.deadline)
        return scorer.scores(self.parsed.tree, self.query.scope, self._shown)

    @cached_property
    def _shown(self) -> RowSet:
        """The rows that stand for the results."""
        return self.snapshot.orders.shown(self.rows) if self.query.folds else self.rows

    def _ranked(self, start: int, stop: int) -> list[tuple[int, float | None]]:
        """The rows to show from one rank to before another, with their scores."""
        rows, scores = self._shown.numbers, self._scores
        if scores is None:
            order = self.snapshot.orders.places(self.query.order)
            return [(row, None) for row in rows[first_places(order[rows], start=start, stop=stop)].tolist()]
        by_id = self.snapshot.orders.by_id
        places = first_places(-scores, lambda tied: by_id(rows[tied]), start=start, stop=stop)
        return list(zip(rows[places].tolist(), scores[places].tolist(), strict=True))

    def _facet(self, spec: FacetSpec) -> Facet:
        self.deadline.check()
        return FacetCounter(self.selection, spec).first_rows(self.query.facet_size)
