"""A histogram on a page: a long run of empty bars takes one place, and every other bar stays what it was."""

from __future__ import annotations

from typing import Any

from searchapp.model import SearchQuery
from searchapp.reports.panels import LEAST_GAP, bars

NONE = {"count": 0, "after": 0, "selected": False, "excluded": False}


def drawn(*years: int) -> list[dict[str, Any]]:
    """The places of a histogram by year over one article in each of these years."""
    values = [{"value": str(year), "count": int(year in years)} for year in range(years[0], years[-1] + 1)]
    shown: list[dict[str, Any]] = bars({"unit": "year", "values": values, "none": NONE}, SearchQuery(), len(years))["values"]
    return shown


def test_a_long_gap_takes_one_place_and_the_bars_around_it_keep_their_dates() -> None:
    shown = drawn(1987, 2019, 2020, 2021, 2022, 2023)
    assert [(bar["value"], bar["gap"], bar["at"]) for bar in shown][:3] == [("1987", False, 0), ("1988", True, 1), ("2019", False, 2)]
    assert len(shown) == 7
    assert [bar["tick"] is None for bar in shown] == [False, True, *[False] * 5]
    assert sum(bar["count"] for bar in shown) == 6


def test_a_short_gap_is_drawn_bar_by_bar() -> None:
    assert len(drawn(2000, 2000 + LEAST_GAP)) == LEAST_GAP + 1
    assert not any(bar["gap"] for bar in drawn(*range(1960, 1990), 1999, *range(2000, 2020)))


def test_dates_below_bars_keep_apart_beside_a_gap() -> None:
    shown = drawn(*range(1900, 1934), *range(2000, 2034))
    gap = next(bar["at"] for bar in shown if bar["gap"])
    told = [bar["at"] for bar in shown if bar["tick"]]
    assert gap + 1 in told
    assert all(later - earlier >= 3 for earlier, later in zip(told, told[1:], strict=False))
