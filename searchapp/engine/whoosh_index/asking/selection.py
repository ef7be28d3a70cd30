"""Which rows pass a query with all its filters, and which would if the filter of one facet were another?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, reduce
from operator import and_, or_
from typing import Any

import numpy as np
import numpy.typing as npt

from searchapp.engine.resolve import changed_since, chosen_days, not_before
from searchapp.engine.whoosh_index.facets.entries import Entries
from searchapp.engine.whoosh_index.facets.facet_index import FacetIndex
from searchapp.engine.whoosh_index.facets.handful import Counted
from searchapp.engine.whoosh_index.files.rowset import Mask, Rows, RowSet
from searchapp.engine.whoosh_index.generation.snapshot import Snapshot
from searchapp.model import Filter, SearchQuery

Numbers = npt.NDArray[np.signedinteger[Any]]

_NO_ROWS: Rows = np.empty(0, np.intp)


class Selection:
    """The rows of one generation that pass one (completed and resolved) query; `matched` are those its text finds."""

    def __init__(self, snapshot: Snapshot, query: SearchQuery, matched: RowSet) -> None:
        self.snapshot = snapshot
        self.query = query
        self.chosen_days = chosen_days(query.date_from, query.date_to)
        self._folds = query.folds and bool(snapshot.stories.rows)
        for passing in self._plain_filters():
            matched = matched & passing
        self._matched = matched
        self._filters = {own.facet: own for own in query.filters}
        self._passes = {own.facet: self.passes(own) for own in query.filters if own.active and own.facet != "date"}
        date = self.filter("date")
        if self.chosen_days is not None or date.active:
            self._passes["date"] = self.passes(date)
        self.rows: RowSet = self._passing("")
        """Those that pass everything."""
        self._is_all = len(self.rows) == len(snapshot.living)
        self.total = self.count(self.rows)
        """How many results pass everything."""
        self._tallies: dict[Entries, Counted] = {}
        self._parted: tuple[RowSet | None, tuple[Rows, Rows]] = None, (_NO_ROWS, _NO_ROWS)

    def without(self, facet: str) -> RowSet:
        """Those that pass everything but the filter of this facet; for "date" that is its range too."""
        return self._passing(facet) if facet in self._passes else self.rows

    def passes(self, own: Filter) -> RowSet:
        """All rows that pass a filter, whatever the rest of the query says."""
        if own.facet == "date":
            return RowSet.where(self._passes_date(own))
        salient = self.is_salient(own.facet)
        index = self.index(own.facet)
        choices = [index.carrying((value,), salient=salient) for value in own.chosen]
        if own.missing == "chosen":
            choices.append(index.unfilled(salient=salient))
        passing = reduce(and_ if own.combine == "and" else or_, choices) if choices else self._all
        if own.excluded:
            passing -= index.carrying(own.excluded, salient=salient)
        if own.missing == "excluded":
            passing -= index.unfilled(salient=salient)
        return passing

    def filter(self, facet: str) -> Filter:
        """What is chosen in the facet."""
        return self._filters.get(facet) or self.query.filter(facet)

    def index(self, facet: str) -> FacetIndex:
        """The facet with the names that the query counts."""
        return self.snapshot.facet(facet, discovered=self.query.discovered)

    def is_salient(self, facet: str) -> bool:
        """Whether only what documents are mainly about counts in this facet."""
        return facet in self.query.salient

    def count(self, rows: RowSet) -> int:
        """How many results these rows are: stories, or rows where copies are shown."""
        return self.snapshot.stories.count(rows.numbers) if self._folds and len(rows) > 1 else len(rows)

    def count_unfilled(self, entries: Entries, rows: RowSet) -> int:
        """How many results are among those of the rows that carry no value."""
        if self._folds:
            return self.count(rows & entries.unfilled)
        return entries.count_unfilled(rows.numbers)

    @cached_property
    def undated(self) -> int:
        """How many results pass everything and have no date."""
        return self.count_unfilled(self.snapshot.calendar.dates, self.rows)

    def tally(self, entries: Entries, rows: RowSet) -> Counted:
        """How many results among the rows carry each value by these entries; a story counts once for a value."""
        if rows is not self.rows:
            return self._tally(entries, rows)
        found = self._tallies.get(entries)
        if found is None:
            found = self._tallies[entries] = self._kept(entries) if self._is_all else self._tally(entries, rows)
        return found

    def _kept(self, entries: Entries) -> Counted:
        """The tally of everything, which is asked for again and again."""
        found = entries.of_all.get(self._folds)
        if found is None:
            found = entries.of_all[self._folds] = self._tally(entries, self.rows)
        return found

    def _passing(self, left_out: str) -> RowSet:
        """The rows that pass all filters but the one of this facet."""
        rows = self._matched
        for facet, passing in self._passes.items():
            if facet != left_out:
                rows = rows & passing
        return rows

    def told(self, rows: RowSet) -> RowSet:
        """All rows of the results that these rows are."""
        return RowSet.where(self.snapshot.stories.told(rows.mask)) if self._folds else rows

    def stories(self) -> Numbers:
        """Those of the results that have copies."""
        return self.snapshot.stories.story.take(self.part(self.rows)[1])

    def _tally(self, entries: Entries, rows: RowSet) -> Counted:
        single, copied = self.part(rows)
        if not len(copied):
            return entries.counted(single)
        return entries.tally(single).plus(entries.tally_groups(copied, self.snapshot.stories.story.take(copied)), entries.values)

    def part(self, rows: RowSet) -> tuple[Rows, Rows]:
        """Those of the rows that count one by one, and those that count by their stories."""
        if not self._folds:
            return rows.numbers, _NO_ROWS
        if rows is not self._parted[0]:
            numbers = rows.numbers
            copied = self.snapshot.stories.copied.take(numbers)
            self._parted = rows, ((numbers[~copied], numbers[copied]) if copied.any() else (numbers, _NO_ROWS))
        return self._parted[1]

    @property
    def _all(self) -> RowSet:
        return RowSet.where(np.ones(self.snapshot.size, np.bool_))

    def _passes_date(self, own: Filter) -> Mask:
        dated = self.snapshot.dated
        in_range = self.snapshot.within(self.chosen_days) if self.chosen_days is not None else dated
        if own.missing == "chosen":
            return (in_range if self.chosen_days is not None else np.zeros_like(dated)) | ~dated
        return in_range if self.chosen_days is not None or own.missing == "excluded" else np.ones_like(dated)

    def _plain_filters(self) -> Iterator[RowSet]:
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
            yield RowSet(snapshot.size, numbers=np.array(snapshot.stories.rows.get(query.cluster, ()), np.intp))


def _by_run(numbers: npt.NDArray[np.int32], names: tuple[str, ...], test: Callable[[str], bool]) -> RowSet:
    """The rows whose run, given by its number among the names, passes the test."""
    passing = np.array([test(name) for name in names], np.bool_)
    return RowSet.where(passing[numbers]) if len(names) else RowSet.none(len(numbers))
