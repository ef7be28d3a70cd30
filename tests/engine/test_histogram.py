"""Which bars a histogram has, without any engine."""

from __future__ import annotations

from datetime import date

import pytest

from searchapp.engine.histogram import MOST_BARS, Scale, finish_bars, make_scale, wider
from searchapp.model import Days, days_of


def days(first: str, last: str | None = None) -> Days:
    return Days(days_of(first).first, days_of(last or first).last)


def scale(dated: Days | None, chosen: Days | None = None) -> Scale:
    found = make_scale(dated, chosen)
    assert found is not None
    return found


def test_nothing_dated_has_no_scale() -> None:
    assert make_scale(None, days("2020")) is None


@pytest.mark.parametrize(
    ("first", "last", "unit"),
    [
        ("2020-06-08", "2020-06-08", "day"),
        ("2020-01-01", "2020-03-02", "day"),
        ("2020-01-01", "2020-03-03", "month"),
        ("2019-01-01", "2021-12-31", "month"),
        ("2019-01-01", "2022-01-01", "year"),
    ],
)
def test_bars_are_days_up_to_62_days_months_up_to_3_years_then_years(first: str, last: str, unit: str) -> None:
    assert scale(days(first, last)).unit == unit
    assert scale(days("1999"), days(first, last)).unit == unit


def test_bars_follow_each_other_and_hold_every_dated_day() -> None:
    bars = scale(days("2019-11-15", "2020-02-10")).bars
    assert [bar.first.isoformat()[:7] for bar in bars] == ["2019-11", "2019-12", "2020-01", "2020-02"]
    assert bars[0] == days("2019-11")
    assert bars[-1] == days("2020-02")


def test_bars_are_clipped_to_the_chosen_range() -> None:
    bars = scale(days("2018", "2022"), days("2020-01-15", "2020-04-10")).bars
    assert bars[0] == days("2020-01-15", "2020-01-31")
    assert bars[-1] == days("2020-04-01", "2020-04-10")


def test_an_open_end_is_closed_by_what_is_dated_and_clips_nothing() -> None:
    until = Days(date.min, date(2020, 2, 10))
    found = scale(days("2019-11-15", "2021-03-01"), until)
    assert (found.unit, found.bars[0], found.bars[-1]) == ("month", days("2019-11"), days("2020-02-01", "2020-02-10"))


def test_a_range_after_everything_that_is_dated_has_no_bars() -> None:
    assert scale(days("2019"), Days(date(2030, 1, 1), date.max)).bars == ()


def test_the_last_year_of_the_calendar_has_a_bar() -> None:
    assert scale(days("9990", "9999")).bars[-1] == days("9999")


def test_empty_bars_are_listed_between_full_ones_only() -> None:
    bars = finish_bars(scale(days("2019-11-15", "2020-03-10")), (0, 2, 0, 1, 0))
    assert [(bar.label, bar.count, bar.after) for bar in bars] == [
        ("2019-12", 2, 2), ("2020-01", 0, 0), ("2020-02", 1, 1),
    ]  # fmt: skip
    assert (bars[0].first, bars[0].last) == ("2019-12-01", "2019-12-31")
    assert finish_bars(scale(days("2019-11")), [0] * 30) == ()


@pytest.mark.parametrize(
    ("first", "last", "label"), [("2020", "2029", "2020"), ("2020-06-08", "2020-06-09", "2020-06-08")]
)
def test_a_bar_is_called_as_its_unit_is_written(first: str, last: str, label: str) -> None:
    found = scale(days(first, last))
    assert finish_bars(found, [1] * len(found.bars))[0].label == label


def test_so_many_bars_that_nobody_reads_them_are_cut_down_to_the_full_ones() -> None:
    found = scale(days("0900", "2020"))
    counts = [1, *[0] * (len(found.bars) - 2), 1]
    assert [bar.label for bar in finish_bars(found, counts)] == ["0900", "2020"]
    assert len(finish_bars(found, [1, *counts[1 : MOST_BARS - 1], 1, *[0] * (len(counts) - MOST_BARS)])) == MOST_BARS


@pytest.mark.parametrize(("unit", "fine", "vague"), [("day", "2020-06-08", "2020-06"), ("month", "2020-01", "2020")])
def test_a_date_longer_than_its_bars_can_be_is_too_vague(unit: str, fine: str, vague: str) -> None:
    found = Scale("day" if unit == "day" else "month", ())
    lengths = [(one.last - one.first).days + 1 for one in (days(fine), days(vague))]
    assert lengths[0] <= found.longest < lengths[1]


@pytest.mark.parametrize(
    ("chosen", "around"),
    [
        (("2020-06-08", "2020-06-20"), ("2020-06-01", "2020-06-30")),
        (("2020-06", "2020-06"), ("2020-01-01", "2020-12-31")),
        (("2020-05-08", "2020-06-20"), ("2020-01-01", "2020-12-31")),
        (("2020", "2020"), (None, None)),
        (("2019-12-31", "2020-01-01"), (None, None)),
    ],
)
def test_one_step_wider_is_the_month_then_the_year_then_all(
    chosen: tuple[str, str], around: tuple[str | None, str | None]
) -> None:
    assert wider(days(*chosen)) == around


def test_nothing_is_wider_than_no_range_and_no_range_than_an_open_one() -> None:
    assert wider(None) is None
    assert wider(Days(date(2020, 1, 1), date.max)) == (None, None)
