"""How many results carry each value of a facet? All values of all rows at once, then what a listed row says."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from searchapp.engine.listing import Listing, begins_with, list_rows, page_rows
from searchapp.engine.rows import counted, followed, none_value
from searchapp.engine.whoosh_index.asking.selection import Selection
from searchapp.engine.whoosh_index.facets.handful import Counted
from searchapp.engine.whoosh_index.facets.tally import Counts, Tally
from searchapp.engine.whoosh_index.files.rowset import RowSet
from searchapp.facets import FacetSpec
from searchapp.model import Facet, FacetCount, Filter


class FacetCounter:
    """Counts one facet over all results of a selection."""

    def __init__(self, selection: Selection, spec: FacetSpec) -> None:
        self._selection = selection
        self._spec = spec
        self.own = selection.filter(spec.name)
        self.index = selection.index(spec.name)
        self._salient = selection.is_salient(spec.name)
        self._others = selection.without(spec.name)
        self._entries = self.index.entries(salient=self._salient)
        self._base = self._counted("")
        self.tally: Counted = self._tally()
        """The count of each value by its number."""

    def _tally(self) -> Counted:
        tally = self._selection.tally(self._entries, self._base)
        if not self.own.excluded:
            return tally
        excluded = {number for value in self.own.excluded if (number := self.index.number(value)) is not None}
        if not excluded:
            return tally
        # Nothing that passes carries them, so that there is nothing else to add them to.
        lifted = [self._lifted(number) for number in sorted(excluded)]
        return tally.plus(Tally(*(np.array(column, np.intp) for column in zip(*lifted, strict=True))), self._entries.values)

    def first_rows(self, size: int) -> Facet:
        """The facet with the rows that a page lists."""
        tally, index = self.tally, self.index
        distinct = tally.distinct
        if self.own.active:
            counts = {value: count for value in self._listable(size) if (count := self._count(value))}
            return self.facet(list_rows(counts, index.vocabulary, self.own, size=size, distinct=distinct))
        # Nothing is chosen, so that what is counted is what is behind the link.
        leaders, value = tally.leaders(size, self._entries.frequent), index.value
        if index.is_tree:
            return self._branches(leaders, distinct)
        rows = tuple([FacetCount(value(number), count, count, count - sure) for number, count, sure in leaders])
        return self._facet(rows, distinct, truncated=len(rows) < distinct)

    def page(
        self, *, prefix: str, values: tuple[str, ...], order: Literal["count", "label"], offset: int, limit: int
    ) -> Facet:
        """The facet with the rows from `offset` on of all values, of those that begin with a prefix, or of `values`."""
        vocabulary = self.index.vocabulary
        chosen = (*self.own.chosen, *self.own.excluded)
        named = {vocabulary.identify(value) or value for value in values or chosen}
        wanted = {value for value in named if not prefix or begins_with(vocabulary[value], prefix)}
        numbers = self._beginning(prefix) if not values else np.empty(0, np.intp)
        if order == "count":
            numbers = numbers[np.argsort(-self.tally.counts_of(numbers), kind="stable")]
        wanted.update(self._ids(numbers[: offset + limit].tolist()))
        counts = {value: self._count(value) for value in wanted}
        listing = page_rows(counts, vocabulary, order=order, offset=offset, limit=limit)
        distinct = listing.distinct if values else len(numbers)
        shown = sum(counts[value] > 0 for value in listing.ids)
        return self.facet(Listing(listing.ids, distinct, shown < distinct))

    def facet(self, listing: Listing) -> Facet:
        """The facet with the rows of the listing."""
        return self._facet(tuple(map(self._row, listing.ids)), listing.distinct, truncated=listing.truncated)

    def _branches(self, leaders: list[tuple[int, int, int]], distinct: int) -> Facet:
        """The facet with these values, given with their counts, and all that is above them."""
        index, tally = self.index, self.tally
        listed = {number: (count, sure) for number, count, sure in leaders}
        for above in {one for number, _, _ in leaders for one in index.above(number)}.difference(listed):
            listed[above] = tally.count(above), tally.sure(above)
        rows = tuple([
            FacetCount(index.value(number), count, count, count - sure, False, False, index.ids_above(number))
            for number, (count, sure) in sorted(listed.items(), key=lambda one: (-one[1][0], one[0]))
        ])  # fmt: skip
        return self._facet(rows, distinct, truncated=sum(row.count > 0 for row in rows) < distinct)

    def _facet(self, rows: tuple[FacetCount, ...], distinct: int, *, truncated: bool) -> Facet:
        return Facet(self._spec.name, rows, self._none_row(), distinct, truncated, discovered=self._discovered())

    def _listable(self, size: int) -> set[str]:
        """Every value that may be listed: the first ones, choices, exclusions, children, ancestors."""
        values = {*self._ids(self.tally.first(size, self._entries.frequent)), *self.own.chosen, *self.own.excluded}
        for node in self.own.chosen:
            children = self.index.children(node)
            values.update(self._ids(_first(children, self.tally.counts_of(children), size)))
        if self.index.is_tree:
            values.update(*(self.index.vocabulary.ancestors(value) for value in tuple(values)))
        return values

    def _lifted(self, number: int) -> tuple[int, int, int]:
        """The number of an excluded value, its count with its own exclusion lifted, and the sure part of that."""
        value = self.index.value(number).id
        among = self._counted(value)
        kinds = (self.index.carrying((value,), salient=self._salient, sure=sure) for sure in (False, True))
        count, certain = (self._selection.count(among & carrying) for carrying in kinds)
        return number, count, certain

    def _beginning(self, prefix: str) -> npt.NDArray[np.intp]:
        """The numbers of the values that have results and begin with the prefix."""
        found = self.tally.found()
        if not prefix:
            return found
        beginning = np.zeros(len(self.index), np.bool_)
        beginning[self.index.numbers_beginning(prefix)] = True
        return found[beginning[found]]

    def _count(self, value: str) -> int:
        return self.tally.count(self.index.number(value))

    def _row(self, value: str) -> FacetCount:
        number = self.index.number(value)
        ancestors = self.index.vocabulary.ancestors(value) if self._spec.hierarchy else ()
        count = self.tally.count(number)
        return FacetCount(
            self.index.vocabulary[value], count, self._after(value, count, ancestors),
            inferred=count - self.tally.sure(number),
            selected=value in self.own.chosen, excluded=value in self.own.excluded, ancestors=ancestors,
        )  # fmt: skip

    def _none_row(self) -> FacetCount:
        own, among = self.own, self._counted(None)
        count = self._selection.count_unfilled(self._entries, among)
        behind = self._behind(None, ()) if own.active else count
        return FacetCount(
            none_value(self._spec.none_label), count, behind, 0, own.missing == "chosen", own.missing == "excluded"
        )

    def _after(self, value: str, count: int, ancestors: tuple[str, ...]) -> int:
        """The total behind the row's link, looked up where the counts say it already."""
        own = self.own
        if value in own.chosen or value in own.excluded or not set(ancestors).isdisjoint(own.chosen):
            return self._behind(value, ancestors)
        if own.combine == "and" or not (own.chosen or own.missing == "chosen"):
            return count
        return self._selection.total + self._gained.count(self.index.number(value))

    def _behind(self, value: str | None, ancestors: tuple[str, ...]) -> int:
        return self._selection.count(self._passing(followed(self.own, value, ancestors)))

    @cached_property
    def _gained(self) -> Counted:
        """How many results each value would add to those that there are."""
        told = self._selection.told(self._selection.rows)
        return self._selection.tally(self._entries, self._base - told)

    def _discovered(self) -> int:
        """How many values of the results only `discovered` would list."""
        if self._selection.query.discovered:
            return 0
        hidden = self._selection.snapshot.unreviewed(self._spec.name)
        if not len(hidden):
            return 0
        tally, rows = self._selection.tally, self._selection.rows
        found = tally(hidden.entries(salient=self._salient), rows).found()
        known = hidden.numbers_in(self.index)[found]
        known = known[known >= 0]
        return len(found) - int(np.count_nonzero(tally(self._entries, rows).counts_of(known)))

    def _ids(self, numbers: Iterable[int]) -> tuple[str, ...]:
        return tuple(self.index.value(number).id for number in numbers)

    def _counted(self, value: str | None) -> RowSet:
        """The rows among which the row of this value is counted."""
        return self._passing(counted(self.own, value)) if self.own.active else self._others

    def _passing(self, own: Filter) -> RowSet:
        return self._others & self._selection.passes(own) if own.active else self._others


def _first(numbers: npt.NDArray[np.intp], counts: Counts, size: int) -> list[int]:
    """The `size` numbers of the highest counts, those that have one; of equal counts the lower numbers."""
    places = np.argsort(-counts, kind="stable")[:size]
    first: list[int] = numbers[places[counts[places] > 0]].tolist()
    return first
