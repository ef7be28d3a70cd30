"""How are the results spread over time?"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from searchapp.engine.histogram import Scale, finish_bars, make_scale, wider
from searchapp.engine.rows import followed
from searchapp.engine.whoosh_index.calendar import unit_of
from searchapp.engine.whoosh_index.rowset import RowSet
from searchapp.engine.whoosh_index.selection import Selection
from searchapp.facets import FacetSpec
from searchapp.model import Days, FacetCount, FacetValue, Histogram

# The bars of an archive's whole span are asked for again and again.
_scale = lru_cache(maxsize=64)(make_scale)


class DateCounter:
    """Counts the dates of the results of a selection, the chosen range lifted."""

    def __init__(self, selection: Selection, spec: FacetSpec) -> None:
        self._selection = selection
        self._spec = spec
        self._own = selection.query.filter(spec.name)
        self._calendar = selection.snapshot.calendar
        self._others = selection.without(spec.name)

    def histogram(self) -> Histogram:
        """The bars, and what is in none of them."""
        chosen = self._selection.chosen_days
        scale = _scale(self._calendar.reach(self._others), chosen)
        if scale is None:
            return Histogram(None, (), 0, 0, self._none_row(), wider(chosen))
        in_range = self._others & self._within(chosen) if chosen else self._others
        return Histogram(
            scale.unit,
            finish_bars(scale, self._bars(scale, in_range)),
            imprecise=self._selection.count(in_range & self._calendar.vaguer(scale.longest)),
            overlapping=self._overlapping(chosen) if chosen else 0,
            none=self._none_row(),
            wider=wider(chosen),
        )

    def _bars(self, scale: Scale, in_range: RowSet) -> list[int]:
        """How many results lie wholly in each bar, each story once a bar; bars are units, clipped to the range."""
        if not scale.bars:
            return []
        spread = self._calendar.spread(scale.unit)
        counts = self._selection.count_each(in_range, spread.numbers, spread.size)
        counts[0] = 0
        first = spread.place(unit_of(scale.bars[0].first, scale.unit))
        places = np.arange(first, first + len(scale.bars))
        bars: list[int] = np.where(places < spread.size, counts[np.clip(places, 0, spread.size - 1)], 0).tolist()
        return bars

    def _overlapping(self, chosen: Days) -> int:
        """How many more results there were if a vaguer date that overlaps the range lay in it."""
        snapshot, first, last = self._selection.snapshot, chosen.first.toordinal(), chosen.last.toordinal()
        touching = snapshot.dated & (snapshot.first_days <= last) & (snapshot.last_days >= first)
        outside = self._others & RowSet.where(touching) - self._within(chosen)
        return self._selection.count(outside - self._selection.told(self._selection.rows))

    def _within(self, chosen: Days) -> RowSet:
        return RowSet.where(self._selection.snapshot.within(chosen))

    def _none_row(self) -> FacetCount:
        count = behind = self._selection.count(self._others & self._calendar.undated)
        if self._own.active or self._selection.chosen_days is not None:
            behind = self._selection.count(self._others & self._selection.passes(followed(self._own, None)))
        return FacetCount(
            FacetValue("", self._spec.none_label), count, behind,
            selected=self._own.missing == "chosen", excluded=self._own.missing == "excluded",
        )  # fmt: skip
