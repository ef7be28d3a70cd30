"""How many results carry each value of a facet? All values of all rows at once, then what a listed row says."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from typing import Literal

import numpy as np
import numpy.typing as npt

from searchapp.engine.listing import Listing, begins_with, list_rows, page_rows
from searchapp.engine.rows import counted, followed
from searchapp.engine.whoosh_index.facet_index import Entries
from searchapp.engine.whoosh_index.selection import Selection
from searchapp.facets import FacetSpec
from searchapp.model import Facet, FacetCount, FacetValue, Filter

Mask = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]


class FacetCounter:
    """Counts one facet over all results of a selection."""

    def __init__(self, selection: Selection, spec: FacetSpec) -> None:
        self._selection = selection
        self._spec = spec
        self.own = selection.query.filter(spec.name)
        self.index = selection.index(spec.name)
        self._salient = selection.is_salient(spec.name)
        self._others = selection.without(spec.name)
        self._entries = self.index.entries(salient=self._salient).of(self._counted(""))

    @cached_property
    def counts(self) -> Counts:
        """The count of each value by its number."""
        counts = count_values(self._selection, self._entries)
        for value in self.own.excluded:
            number = self.index.number(value)
            if number is not None:
                counts[number] = self._selection.count(self._carrying(value))
        return counts

    def first_rows(self, size: int) -> Facet:
        """The facet with the rows that a page lists."""
        counts = {value: int(self.counts[number]) for value, number in self._listable(size) if self.counts[number]}
        distinct = int(np.count_nonzero(self.counts))
        return self.facet(list_rows(counts, self.index.vocabulary, self.own, size=size, distinct=distinct))

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
            numbers = numbers[np.argsort(-self.counts[numbers], kind="stable")]
        wanted.update(self.index.ids[number] for number in numbers[: offset + limit].tolist())
        counts = {value: self._count(value) for value in wanted}
        listing = page_rows(counts, vocabulary, order=order, offset=offset, limit=limit)
        distinct = listing.distinct if values else len(numbers)
        shown = sum(counts[value] > 0 for value in listing.ids)
        return self.facet(Listing(listing.ids, distinct, shown < distinct))

    def facet(self, listing: Listing) -> Facet:
        """The facet with the rows of the listing."""
        values = tuple(self._row(value) for value in listing.ids)
        return Facet(
            self._spec.name, values, self._none_row(), listing.distinct, listing.truncated,
            discovered=self._discovered(),
        )  # fmt: skip

    def _listable(self, size: int) -> Iterator[tuple[str, int]]:
        """Every value that may be listed, with its number: the first ones, choices, exclusions, children, ancestors."""
        first = self._first(np.flatnonzero(self.counts), size)
        children = chain.from_iterable(self._first(self.index.children(node), size) for node in self.own.chosen)
        values = {*first, *children, *self.own.chosen, *self.own.excluded}
        if self.index.is_tree:
            values.update(*(self.index.vocabulary.ancestors(value) for value in tuple(values)))
        for value in values:
            number = self.index.number(value)
            if number is not None:
                yield value, number

    def _first(self, numbers: npt.NDArray[np.intp], size: int) -> list[str]:
        """The first `size` of these values; numbers are in the order of ties, which the sort keeps."""
        order = np.argsort(-self.counts[numbers], kind="stable")
        return [self.index.ids[number] for number in numbers[order[:size]].tolist()]

    def _beginning(self, prefix: str) -> npt.NDArray[np.intp]:
        """The numbers of the values that have results and begin with the prefix."""
        found = np.flatnonzero(self.counts)
        if not prefix:
            return found
        likely = np.zeros(len(self.index.ids), np.bool_)
        likely[self.index.numbers_beginning(prefix)] = True
        vocabulary, ids = self.index.vocabulary, self.index.ids
        beginning = [one for one in found[likely[found]].tolist() if begins_with(vocabulary[ids[one]], prefix)]
        return np.array(beginning, np.intp)

    def _count(self, value: str) -> int:
        number = self.index.number(value)
        return int(self.counts[number]) if number is not None else 0

    def _row(self, value: str) -> FacetCount:
        number = self.index.number(value)
        ancestors = self.index.vocabulary.ancestors(value) if self._spec.hierarchy else ()
        count = self._count(value)
        return FacetCount(
            self.index.vocabulary[value], count, self._after(value, count, ancestors),
            inferred=count - self._sure(value, number) if count else 0,
            selected=value in self.own.chosen, excluded=value in self.own.excluded, ancestors=ancestors,
        )  # fmt: skip

    def _none_row(self) -> FacetCount:
        count = self._selection.count(self._counted(None) & self.index.unfilled(salient=self._salient))
        return FacetCount(
            FacetValue("", self._spec.none_label), count, self._behind(None, ()) if self.own.active else count,
            selected=self.own.missing == "chosen", excluded=self.own.missing == "excluded",
        )  # fmt: skip

    def _after(self, value: str, count: int, ancestors: tuple[str, ...]) -> int:
        """The total behind the row's link, looked up where the counts say it already."""
        own = self.own
        if value in own.chosen or value in own.excluded or not set(ancestors).isdisjoint(own.chosen):
            return self._behind(value, ancestors)
        if own.combine == "and" or not (own.chosen or own.missing == "chosen"):
            return count
        number = self.index.number(value)
        return self._selection.total + (int(self._gained[number]) if number is not None else 0)

    def _behind(self, value: str | None, ancestors: tuple[str, ...]) -> int:
        return self._selection.count(self._passing(followed(self.own, value, ancestors)))

    @cached_property
    def _gained(self) -> Counts:
        """How many results each value would add to those that there are."""
        told = self._selection.told(self._selection.rows)
        return count_values(self._selection, self._entries.of(~told))

    def _sure(self, value: str, number: int | None) -> int:
        """The part of the count for which some passing copy has the value declared or curated."""
        if value in self.own.excluded:
            carrying = self.index.carrying((value,), salient=self._salient, sure=True)
            return self._selection.count(self._counted(value) & carrying)
        return int(self._sure_counts[number]) if number is not None else 0

    @cached_property
    def _sure_counts(self) -> Counts:
        sure = self._entries.surely()
        return self.counts if sure is self._entries else count_values(self._selection, sure)

    def _discovered(self) -> int:
        """How many values of the results only `discovered` would list."""
        if self._selection.query.discovered:
            return 0
        hidden = self._selection.snapshot.unreviewed(self._spec.name)
        if not hidden.ids:
            return 0
        rows = self._selection.rows
        return len(hidden.carried_by(rows, salient=self._salient) - self.index.carried_by(rows, salient=self._salient))

    def _counted(self, value: str | None) -> Mask:
        """The rows among which the row of this value is counted."""
        return self._passing(counted(self.own, value)) if self.own.active else self._others

    def _passing(self, own: Filter) -> Mask:
        return self._others & self._selection.passes(own) if own.active else self._others

    def _carrying(self, value: str) -> Mask:
        return self._counted(value) & self.index.carrying((value,), salient=self._salient)


def count_values(selection: Selection, entries: Entries) -> Counts:
    """How many results carry each value by these entries."""
    return selection.count_each(entries.rows, entries.numbers, entries.values)
