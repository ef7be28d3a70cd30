"""How are the results spread over time?"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np

from searchapp.engine.histogram import Scale, finish_bars, make_scale, wider
from searchapp.engine.rows import followed
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
        self._first = selection.snapshot.first_days
        self._last = selection.snapshot.last_days
        self._others = selection.without(spec.name)
        self._dated = self._others & RowSet.where(selection.snapshot.dated)

    def histogram(self) -> Histogram:
        """The bars, and what is in none of them."""
        chosen = self._selection.chosen_days
        scale = _scale(self._reach(), chosen)
        if scale is None:
            return Histogram(None, (), 0, 0, self._none_row(), wider(chosen))
        in_range = self._dated & RowSet.where(self._selection.snapshot.within(chosen)) if chosen else self._dated
        vague = self._last - self._first + 1 > scale.longest
        return Histogram(
            scale.unit,
            finish_bars(scale, self._bars(scale)),
            imprecise=self._selection.count(in_range & RowSet.where(vague)),
            overlapping=self._overlapping(chosen) if chosen else 0,
            none=self._none_row(),
            wider=wider(chosen),
        )

    def _reach(self) -> Days | None:
        """From the first to the last day of all dated results."""
        rows = self._dated.numbers
        if not len(rows):
            return None
        first, last = int(self._first[rows].min()), int(self._last[rows].max())
        return Days(date.fromordinal(first), date.fromordinal(last))

    def _bars(self, scale: Scale) -> list[int]:
        """How many results lie wholly in each bar, each story once a bar."""
        rows = self._dated.numbers
        starts = np.array([bar.first.toordinal() for bar in scale.bars], np.int64)
        ends = np.array([bar.last.toordinal() for bar in scale.bars], np.int64)
        if not len(starts):
            return []
        bars = np.searchsorted(starts, self._first[rows], side="right") - 1
        inside = (bars >= 0) & (self._last[rows] <= ends[bars])
        rows, bars = rows[inside], bars[inside]
        counts: list[int] = self._selection.count_each(rows, bars, len(starts)).tolist()
        return counts

    def _overlapping(self, chosen: Days) -> int:
        """How many more results there were if a vaguer date that overlaps the range lay in it."""
        first, last = chosen.first.toordinal(), chosen.last.toordinal()
        touching = self._dated & RowSet.where((self._first <= last) & (self._last >= first))
        outside = touching - RowSet.where(self._selection.snapshot.within(chosen))
        return self._selection.count(outside - self._selection.told(self._selection.rows))

    def _none_row(self) -> FacetCount:
        undated = self._others - RowSet.where(self._selection.snapshot.dated)
        behind = self._others & self._selection.passes(followed(self._own, None))
        return FacetCount(
            FacetValue("", self._spec.none_label), self._selection.count(undated), self._selection.count(behind),
            selected=self._own.missing == "chosen", excluded=self._own.missing == "excluded",
        )  # fmt: skip
