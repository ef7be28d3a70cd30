"""Which rows pass a query with all its filters, and which would if the filter of one facet were another?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from searchapp.engine.resolve import changed_since, chosen_days, not_before
from searchapp.engine.whoosh_index.facet_index import FacetIndex
from searchapp.engine.whoosh_index.snapshot import Snapshot
from searchapp.model import Filter, SearchQuery

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.signedinteger[Any]]
Counts = npt.NDArray[np.int64]


class Selection:
    """The rows of one generation that pass one (completed and resolved) query; `matched` are those its text finds."""

    def __init__(self, snapshot: Snapshot, query: SearchQuery, matched: Mask) -> None:
        self.snapshot = snapshot
        self.query = query
        self.chosen_days = chosen_days(query.date_from, query.date_to)
        self._matched = matched
        for passes in self._plain_filters():
            self._matched = self._matched & passes
        active = {own.facet: self.passes(own) for own in query.filters if own.active and own.facet != "date"}
        if self.chosen_days is not None or query.filter("date").active:
            active["date"] = self.passes(query.filter("date"))
        self._passes = active

    @cached_property
    def rows(self) -> Mask:
        """Those that pass everything."""
        return self.without("")

    def without(self, facet: str) -> Mask:
        """Those that pass everything but the filter of this facet; for "date" that is its range too."""
        passing = self._matched
        for name, mask in self._passes.items():
            if name != facet:
                passing = passing & mask
        return passing

    def passes(self, own: Filter) -> Mask:
        """All rows that pass a filter, whatever the rest of the query says."""
        if own.facet == "date":
            return self._passes_date(own)
        salient = self.is_salient(own.facet)
        index = self.index(own.facet)
        passing = np.ones(self.snapshot.size, np.bool_)
        if own.excluded:
            passing &= ~index.carrying(own.excluded, salient=salient)
        if own.missing == "excluded":
            passing &= ~index.unfilled(salient=salient)
        choices = [index.carrying((value,), salient=salient) for value in own.chosen]
        if own.missing == "chosen":
            choices.append(index.unfilled(salient=salient))
        if choices:
            passing &= np.logical_and.reduce(choices) if own.combine == "and" else np.logical_or.reduce(choices)
        return passing

    def index(self, facet: str) -> FacetIndex:
        """The facet with the names that the query counts."""
        return self.snapshot.facet(facet, discovered=self.query.discovered)

    def is_salient(self, facet: str) -> bool:
        """Whether only what documents are mainly about counts in this facet."""
        return facet in self.query.salient

    def count(self, rows: Mask) -> int:
        """How many results these rows are: stories, or rows where copies are shown."""
        return self.snapshot.stories.count(rows) if self.query.folds else int(np.count_nonzero(rows))

    @cached_property
    def total(self) -> int:
        """How many results pass everything."""
        return self.count(self.rows)

    def count_each(self, rows: Numbers, groups: Numbers, size: int) -> Counts:
        """How many results fall into each of `size` groups, where `rows[i]` falls into `groups[i]`.

        A story counts once in a group, however many of its copies do.
        """
        stories = self.snapshot.stories
        if not (self.query.folds and stories.rows):
            return np.bincount(groups, minlength=size)
        copied = stories.copied[rows]
        pairs = np.unique(groups[copied].astype(np.int64) << 32 | stories.story[rows[copied]])
        return np.bincount(groups[~copied], minlength=size) + np.bincount(pairs >> 32, minlength=size)

    def told(self, rows: Mask) -> Mask:
        """All rows of the results that these rows are."""
        return self.snapshot.stories.told(rows) if self.query.folds else rows

    def _passes_date(self, own: Filter) -> Mask:
        dated = self.snapshot.dated
        in_range = self.snapshot.within(self.chosen_days) if self.chosen_days is not None else dated
        if own.missing == "chosen":
            return (in_range if self.chosen_days is not None else np.zeros_like(dated)) | ~dated
        return in_range if self.chosen_days is not None or own.missing == "excluded" else np.ones_like(dated)

    def _plain_filters(self) -> Iterator[Mask]:
        """The filters that are no facets."""
        query, snapshot = self.query, self.snapshot
        if query.outlet_status:
            yield snapshot.facet("outlet_status").carrying(query.outlet_status, salient=False)
        if query.date_origin:
            yield snapshot.facet("date_origin").carrying(query.date_origin, salient=False)
        if query.added_from:
            yield _by_run(snapshot.runs.first_indexed, snapshot.runs.names, not_before(query.added_from))
        if query.since:
            changed = changed_since(query.since, snapshot.runs_of_generations)
            yield _by_run(snapshot.runs.last_changed, snapshot.runs.names, changed)
        if query.cluster is not None:
            members = np.zeros(snapshot.size, np.bool_)
            members[list(snapshot.stories.rows.get(query.cluster, ()))] = True
            yield members


def _by_run(numbers: npt.NDArray[np.int32], names: tuple[str, ...], test: Callable[[str], bool]) -> Mask:
    """The rows whose run, given by its number among the names, passes the test."""
    passing = np.array([test(name) for name in names], np.bool_)
    return passing[numbers] if len(names) else np.zeros(len(numbers), np.bool_)
