"""How are the results spread over time?"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from searchapp.engine.histogram import Scale, finish_bars, make_scale, wider
from searchapp.engine.rows import followed, none_value
from searchapp.engine.whoosh_index.asking.dated import Dated
from searchapp.engine.whoosh_index.asking.selection import Selection
from searchapp.engine.whoosh_index.facets.calendar import unit_of
from searchapp.engine.whoosh_index.files.rowset import Mask
from searchapp.facets import FacetSpec
from searchapp.model import Days, FacetCount, Histogram


class DateCounter:
    """Counts the dates of the results of a selection, the chosen range lifted."""

    def __init__(self, selection: Selection, spec: FacetSpec) -> None:
        self._selection = selection
        self._spec = spec
        self._own = selection.filter(spec.name)
        self._calendar = selection.snapshot.calendar
        self._others = selection.without(spec.name)

    def histogram(self) -> Histogram:
        """The bars, and what is in none of them."""
        chosen, dated = self._selection.chosen_days, Dated.among(self._selection, self._others)
        reach = dated.reach(self._calendar)
        scale = _scale(*reach, chosen) if reach is not None else None
        if scale is None:
            return Histogram(None, (), 0, 0, self._none_row(), wider(chosen))
        in_range = dated.those(self._within(chosen)) if chosen else dated
        return Histogram(
            scale.unit,
            finish_bars(scale, self._bars(scale, in_range)),
            imprecise=self._imprecise(in_range, scale.longest),
            overlapping=self._overlapping(dated, chosen) if chosen else 0,
            none=self._none_row(),
            wider=wider(chosen),
        )

    def _imprecise(self, in_range: Dated, days: int) -> int:
        """How many results have a date that may be any of more days than that."""
        calendar = self._calendar
        return in_range.those(calendar.lengths >= days).count() if calendar.vaguest >= days else 0

    def _bars(self, scale: Scale, in_range: Dated) -> list[int]:
        """How many results lie wholly in each bar, each story once a bar; bars are units, clipped to the range."""
        if not scale.bars:
            return []
        spread = self._calendar.spread(scale.unit)
        counts = in_range.by(spread.numbers, spread.size)
        counts[0] = 0
        first = spread.place(unit_of(scale.bars[0].first, scale.unit))
        inside: list[int] = counts[max(first, 0) : max(first + len(scale.bars), 0)].tolist()
        return ([0] * -first + inside + [0] * len(scale.bars))[: len(scale.bars)]

    def _overlapping(self, dated: Dated, chosen: Days) -> int:
        """How many more results there were if a vaguer date that overlaps the range lay in it."""
        first, last = chosen.first.toordinal(), chosen.last.toordinal()
        touching = (self._calendar.firsts <= last) & (self._calendar.lasts >= first)
        return dated.those(touching & ~self._within(chosen)).without(self._selection.stories()).count()

    def _within(self, chosen: Days) -> Mask:
        """The dates that lie in the range."""
        first, last = chosen.first.toordinal(), chosen.last.toordinal()
        return (self._calendar.firsts >= first) & (self._calendar.lasts <= last)

    def _none_row(self) -> FacetCount:
        selection, own = self._selection, self._own
        count = behind = selection.count_unfilled(self._calendar.dates, self._others)
        if own.active or selection.chosen_days is not None:
            behind = selection.count(self._others & selection.passes(followed(own, None)))
        return FacetCount(
            none_value(self._spec.none_label), count, behind, 0, own.missing == "chosen", own.missing == "excluded"
        )


@lru_cache(maxsize=256)
def _scale(first: int, last: int, chosen: Days | None) -> Scale | None:
    """The bars for results from one day to another."""
    return make_scale(Days(date.fromordinal(first), date.fromordinal(last)), chosen)
