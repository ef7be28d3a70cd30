"""How many results fall into each bar of the histogram of dates?"""

from __future__ import annotations

from searchapp.engine.histogram import Scale, finish_bars, make_scale, wider
from searchapp.engine.memory.counting import FacetCounter
from searchapp.engine.memory.selection import Selection
from searchapp.facets import FacetSpec
from searchapp.model import Days, Histogram


def count_dates(selection: Selection, spec: FacetSpec) -> Histogram:
    """The histogram over all dated results, the chosen range lifted."""
    chosen = selection.chosen_days
    dated = _dated(selection)
    scale = make_scale(_span(dated), chosen)
    counts = [_count(selection, dated, bar) for bar in scale.bars] if scale else []
    return Histogram(
        unit=scale.unit if scale else None,
        bars=finish_bars(scale, counts) if scale else (),
        imprecise=_imprecise(selection, dated, scale),
        overlapping=_overlapping(selection, dated),
        none=FacetCounter(selection, spec).none_row(),
        wider=wider(chosen),
    )


def _dated(selection: Selection) -> dict[str, Days]:
    """The days of each document that is dated and passes all but the date."""
    found = ((one, selection.state.records[one].days) for one in selection.without("date"))
    return {identifier: days for identifier, days in found if days is not None}


def _span(dated: dict[str, Days]) -> Days | None:
    if not dated:
        return None
    return Days(min(days.first for days in dated.values()), max(days.last for days in dated.values()))


def _count(selection: Selection, dated: dict[str, Days], bar: Days) -> int:
    return len(selection.results(one for one, days in dated.items() if bar.holds(days)))


def _imprecise(selection: Selection, dated: dict[str, Days], scale: Scale | None) -> int:
    if scale is None:
        return 0
    chosen, longest = selection.chosen_days, scale.longest
    vague = (
        one
        for one, days in dated.items()
        if (days.last - days.first).days >= longest and (chosen is None or chosen.holds(days))
    )
    return len(selection.results(vague))


def _overlapping(selection: Selection, dated: dict[str, Days]) -> int:
    """Results that a vague date keeps out of the range; a story that is in by another copy is none of them."""
    chosen = selection.chosen_days
    if chosen is None:
        return 0
    overlapping = (one for one, days in dated.items() if chosen.overlaps(days))
    return len(selection.results(overlapping) - selection.results(selection.documents))
