"""Which generations are kept."""

from __future__ import annotations

from datetime import UTC, datetime

from searchapp.engine.storage.manifest import FORMAT, FileStamp, Manifest
from searchapp.engine.storage.retention import Retention, retained

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
ONE = Retention(keep_last=1, younger_than=0, budget=0)


def generation(number: int, created: str, *, settled: bool = True, size: int = 10, content: str = "") -> Manifest:
    files = {"own": FileStamp(size, content or str(number)), "shared": FileStamp(90, "shared")}
    return Manifest(number, FORMAT, "s", "c", 1, "r", f"2026-03-{created}:00+00:00", settled, files, ())


def test_the_last_ones_are_kept_and_the_current_one_always() -> None:
    four = [generation(number, "01T08:00", settled=False) for number in (1, 2, 5, 6)]
    assert retained(four, Retention(), now=NOW) == {2, 5, 6}
    assert retained(four, Retention(keep_last=0, younger_than=0), now=NOW) == {6}
    assert retained([], Retention(), now=NOW) == frozenset()


def test_a_generation_is_as_old_as_its_successor() -> None:
    three = [generation(1, "01T08:00"), generation(2, "10T11:52"), generation(3, "10T11:59")]
    rule = Retention(keep_last=1, younger_than=600, budget=0)
    assert retained(three, rule, now=NOW) == {1, 2, 3}
    assert retained(three, rule, now=NOW.replace(minute=5)) == {2, 3}
    assert retained(three, rule, now=NOW.replace(hour=13)) == {3}


def test_the_last_settled_one_of_each_of_seven_days_is_kept() -> None:
    each_day = [generation(day, f"{day:02}T08:00") for day in range(1, 10)]
    extra = [generation(10, "09T09:00", settled=False), generation(11, "09T10:00"), generation(12, "10T08:00")]
    kept = retained([*each_day, *extra], Retention(keep_last=1, younger_than=0), now=NOW)
    assert kept == {12, 11, 8, 7, 6, 5, 4}


def test_days_are_kept_while_what_they_add_fits() -> None:
    days = [generation(1, "01T08:00"), generation(2, "02T08:00", size=150), generation(3, "03T08:00", size=60)]
    newest = generation(4, "04T08:00")
    assert retained([*days, newest], Retention(keep_last=1, younger_than=0, budget=2), now=NOW) == {4, 3}
    assert retained([*days, newest], Retention(keep_last=1, younger_than=0, budget=2.2), now=NOW) == {4, 3, 2, 1}
    assert retained([*days, newest], ONE, now=NOW) == {4}


def test_bytes_shared_with_a_kept_generation_cost_nothing() -> None:
    same = [generation(1, "01T08:00", size=500, content="x"), generation(2, "02T08:00", size=500, content="x")]
    assert retained(same, ONE, now=NOW) == {1, 2}
