"""How many results carry each value of a facet, and how many would there be behind its link?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from searchapp.engine import rows
from searchapp.engine.listing import Listing
from searchapp.engine.memory.selection import Documents, Selection
from searchapp.facets import FacetSpec
from searchapp.model import Facet, FacetCount, FacetValue


class FacetCounter:
    """Counts one facet, the date among them as far as its none row goes, over all results of a selection."""

    def __init__(self, selection: Selection, spec: FacetSpec) -> None:
        self.own = selection.query.filter(spec.name)
        self.vocabulary = selection.state.vocabulary(spec.name, discovered=selection.query.discovered)
        self._selection = selection
        self._spec = spec
        self._others = selection.without(spec.name)

    def counts(self) -> dict[str, int]:
        """The count of each value that has one above 0."""
        values = {value for one in self._others for value in self._carried(one)}
        return {value: count for value, count in self._counts(values).items() if count}

    def facet(self, listing: Listing) -> Facet:
        """The facet with the rows of the listing."""
        return Facet(
            self._spec.name, tuple(map(self._row, listing.ids)), self.none_row(), listing.distinct, listing.truncated,
            discovered=self._discovered(),
        )  # fmt: skip

    def none_row(self) -> FacetCount:
        """The row of the results that carry nothing."""
        lacking = (one for one in self._counted(None) if self._lacks(one))
        return FacetCount(
            FacetValue("", self._spec.none_label), self._total(lacking), self._after(None),
            selected=self.own.missing == "chosen", excluded=self.own.missing == "excluded",
        )  # fmt: skip

    def _row(self, value: str) -> FacetCount:
        carrying = [one for one in self._counted(value) if value in self._carried(one)]
        sure = self._selection.results(one for one in carrying if self._carried(one)[value])
        results = self._selection.results(carrying)
        ancestors = self.vocabulary.ancestors(value) if self._spec.hierarchy else ()
        return FacetCount(
            self.vocabulary[value], len(results), self._after(value, ancestors), inferred=len(results - sure),
            selected=value in self.own.chosen, excluded=value in self.own.excluded, ancestors=ancestors,
        )  # fmt: skip

    def _counts(self, values: Iterable[str]) -> dict[str, int]:
        """All at once, because only an excluded value is counted among other documents than the rest."""
        carrying: defaultdict[str, set[str]] = defaultdict(set)
        for one in self._counted(""):
            for value in self._carried(one):
                carrying[value].add(one)
        for value in self.own.excluded:
            carrying[value] = {one for one in self._counted(value) if value in self._carried(one)}
        return {value: self._total(carrying[value]) for value in values}

    def _counted(self, value: str | None) -> Documents:
        """The documents among which the row of this value is counted; a range of dates is a choice of its facet."""
        if self._spec.name == "date":
            return self._others
        return self._selection.passing(rows.counted(self.own, value), self._others)

    def _after(self, value: str | None, ancestors: tuple[str, ...] = ()) -> int:
        changed = rows.followed(self.own, value, ancestors)
        return self._total(self._selection.passing(changed, self._others))

    def _total(self, documents: Iterable[str]) -> int:
        return len(self._selection.results(documents))

    def _carried(self, identifier: str) -> dict[str, bool]:
        return self._selection.carried(self._spec.name, identifier)

    def _lacks(self, identifier: str) -> bool:
        if self._spec.name == "date":
            return self._selection.state.records[identifier].days is None
        return not self._carried(identifier)

    def _discovered(self) -> int:
        """How many more names the results carry than count without `discovered`."""
        selection, name = self._selection, self._spec.name
        if selection.query.discovered:
            return 0
        listed = {value for one in selection.documents for value in self._carried(one)}
        more = {value for one in selection.documents for value in selection.carried(name, one, discovered=True)}
        return len(more - listed)
