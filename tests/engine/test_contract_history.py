"""What every engine promises about its earlier states: going back, keeping by name, taking documents out for good."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from searchapp.engine.base import Engine
from searchapp.errors import Gone, IndexLocked, IndexNotReady, NotFound, UsageError
from tests.engine.asking import asked
from tests.engine.conftest import Build
from tests.engine.corpus import CLUSTERS, DOCUMENTS, SECOND_RUN, THIRD_RUN


@pytest.fixture
def filled(build: Build) -> Iterator[Engine]:
    yield build(DOCUMENTS, CLUSTERS)


def without(engine: Engine, *documents: str, run: str = SECOND_RUN, settled: bool = True) -> int:
    with engine.writer(run=run) as writer:
        for document in documents:
            writer.delete(document)
        return writer.commit(settled=settled)


def ids(engine: Engine) -> set[str]:
    return {hit.id for hit in engine.iterate(asked(dupes="show"))}


def test_going_back_answers_as_before_under_a_new_number(filled: Engine) -> None:
    before = filled.info()
    expected = filled.search(asked("haftar", dupes="show")).total
    with filled.writer(run=SECOND_RUN) as writer:
        writer.assign({}, sharing={"d04": ("d05",), "d05": ("d04",)})
        writer.commit(settled=True)
    latest = without(filled, *ids(filled) - {"d05"})
    assert filled.search(asked("haftar", dupes="show")).total != expected
    number = filled.rollback()
    assert number == latest + 1 == filled.info().generation
    assert filled.search(asked("haftar", dupes="show")).total == expected
    assert (filled.info().documents, filled.info().settled) == (before.documents, before.settled)
    assert (filled.copies("d01"), filled.sharing("d05")) == (("d01", "d02", "d03"), ("d04",))
    assert filled.rollback(latest) == number + 1
    assert ids(filled) == {"d05"}
    assert filled.sources() == filled.at(latest).sources()


def test_going_back_without_a_number_passes_over_unfinished_runs(filled: Engine) -> None:
    first = filled.info().generation
    without(filled, "d01", settled=False)
    without(filled, "d04")
    filled.rollback()
    assert ids(filled) == ids(filled.at(first))
    assert filled.info().settled


def test_going_back_to_what_is_not_there_is_refused(build: Build) -> None:
    empty = build((), {})
    for number in (None, 7):
        with pytest.raises((NotFound, IndexNotReady)):
            empty.rollback(number)
    with pytest.raises((NotFound, IndexNotReady)):
        empty.forget(["d01"])


def test_a_new_number_is_above_all_that_were(filled: Engine) -> None:
    numbers = [filled.info().generation]
    for step in (lambda: without(filled, "d01"), filled.rollback, lambda: without(filled, "d04"), filled.rollback):
        numbers.append(step())
    numbers.append(filled.forget(["d02"]))
    numbers.append(without(filled, "d05"))
    assert numbers == sorted(set(numbers))


def test_a_kept_generation_can_be_asked_whatever_comes_after(filled: Engine) -> None:
    first, expected = filled.info().generation, ids(filled)
    filled.keep(first, "before the trial")
    for document in ("d01", "d04", "d05", "d06", "d07", "d08"):
        without(filled, document)
    assert filled.kept() == {"before the trial": first}
    assert {one.number: one.name for one in filled.generations()}[first] == "before the trial"
    assert ids(filled.at(first)) == expected
    filled.keep(first, None)
    assert filled.kept() == {}
    assert {one.name for one in filled.generations()} == {None}


def test_a_name_is_of_one_generation(filled: Engine) -> None:
    first = filled.info().generation
    second = without(filled, "d01")
    filled.keep(first, "a")
    with pytest.raises(UsageError, match="kept as a already"):
        filled.keep(second, "a")
    filled.keep(first, "b")
    filled.keep(second, "a")
    assert filled.kept() == {"b": first, "a": second}
    for number, name, error in ((second, "a\nb", UsageError), (99, "c", NotFound), (99, None, NotFound)):
        with pytest.raises(error):
            filled.keep(number, name)


def test_what_is_taken_out_is_gone_from_every_generation_and_old_numbers_answer_so(filled: Engine) -> None:
    first, before = filled.info().generation, ids(filled)
    filled.keep(first, "before")
    without(filled, "d04")
    latest = without(filled, "d05", run=THIRD_RUN)
    number = filled.forget(["d01", "d06", "never was"])
    assert ids(filled) == before - {"d01", "d04", "d05", "d06"}
    assert filled.copies("d02") == ("d02", "d03")
    assert filled.search(asked()).index.generation == number == latest + 2
    for old in range(1, latest + 1):
        with pytest.raises(Gone):
            filled.at(old)
        with pytest.raises(Gone):
            filled.search(asked(generation=old))
    [(name, moved)] = filled.kept().items()
    assert (name, [one.number for one in filled.generations()]) == ("before", [moved, number])
    assert ids(filled.at(moved)) == before - {"d01", "d06"}
    assert filled.at(moved).search(asked("haftar")).total > 0
    assert filled.check(deep=True) == ()
    runs = {one.number: one.run for one in filled.generations()}
    assert (runs[number], runs[moved]) == (THIRD_RUN, filled.at(moved).generations()[0].run)
    with pytest.raises(NotFound):
        filled.rollback()


def test_taking_out_again_changes_nothing_but_numbers(filled: Engine) -> None:
    filled.keep(filled.info().generation, "before")
    filled.forget(["d01"])
    expected = ids(filled), filled.info().documents, filled.search(asked("haftar", dupes="show")).facets
    number = filled.forget(["d01"])
    assert (ids(filled), filled.info().documents, filled.search(asked("haftar", dupes="show")).facets) == expected
    assert [one.number for one in filled.generations()] == [*filled.kept().values(), number]


def test_nothing_is_published_beside_a_writer(filled: Engine) -> None:
    number = filled.info().generation
    with filled.writer(run=SECOND_RUN):
        for change in (
            lambda: filled.rollback(lock_timeout=0), lambda: filled.keep(number, "a", lock_timeout=0),
            lambda: filled.forget(["d01"], lock_timeout=0),
        ):  # fmt: skip
            with pytest.raises(IndexLocked):
                change()
    assert filled.info().generation == number
    assert filled.kept() == {}
