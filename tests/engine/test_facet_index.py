"""A facet of several segments, some rows of them deleted, says of values and rows what a look at every entry says."""

from __future__ import annotations

from collections import Counter
from random import Random

import numpy as np
import pytest

from searchapp.analysis import Tokens, analyze, fold
from searchapp.engine.listing import begins_with
from searchapp.engine.reading import places, read
from searchapp.engine.whoosh_index.facets.facet_index import FacetIndex
from searchapp.engine.whoosh_index.facets.facet_indexes import FacetIndexes
from searchapp.engine.whoosh_index.facets.labels import named_values
from searchapp.engine.whoosh_index.files.facet_table import (
    ALL_BITS,
    KNOWN_BITS,
    FacetColumn,
    FacetColumnBuilder,
    read_column,
)
from searchapp.engine.whoosh_index.files.tables import Tables
from searchapp.grammar import Fuzzy, Leaf, Near, Phrase, Prefix, Wildcard, Word
from searchapp.model import FacetEntry, FacetValue, Status

SURE = ("declared", "curated")
WORDS = ("Bank", "Müller", "al-Nusra", "O'Neill", "the", "Theresa", "thé", "وكالة", "الأنباء", "News", "24", "x", "新华社")
STATUSES: tuple[Status, ...] = ("declared", "curated", "inferred", "discovered")
Rows = list[tuple[FacetEntry, ...]]


class Archive:
    """Random rows over three segments, some deleted; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        chance = Random(seed)
        names = [" ".join(chance.choices(WORDS, k=chance.choice((1, 1, 2, 3)))) for _ in range(150)]
        entries = [self._entries(chance, names) for _ in range(chance.choice((40, 300)))]
        cuts = sorted(chance.choices(range(len(entries)), k=2))
        self.columns = [_column(entries[start:end]) for start, end in zip((0, *cuts), (*cuts, len(entries)), strict=True)]
        self.live = np.array([chance.random() < 0.8 for _ in entries])
        self.entries = entries

    def index(self, bits: int) -> FacetIndex:
        return FacetIndex(self.columns, self.live, bits)

    def counted(self, discovered: bool) -> dict[int, tuple[FacetEntry, ...]]:
        """What counts in each live row."""
        return {
            row: tuple(one for one in held if discovered or one.status != "discovered")
            for row, held in enumerate(self.entries) if self.live[row]
        }  # fmt: skip

    @staticmethod
    def _entries(chance: Random, names: list[str]) -> tuple[FacetEntry, ...]:
        """Every seventh value is described in two ways, and has another label."""
        return tuple(
            FacetEntry(
                FacetValue(f"v{at}", names[at] if at % 7 or chance.random() < 0.5 else f"New {names[at]}",
                           (names[at - 1],) if at % 7 == 0 else ()),
                chance.choice(STATUSES), salient=chance.random() < 0.7,
            )
            for at in {int(150 * chance.random() ** 2) for _ in range(chance.randint(0, 6))}
        )  # fmt: skip


def _column(rows: Rows) -> FacetColumn:
    builder = FacetColumnBuilder()
    for row in rows:
        builder.add(row)
    return read_column(builder.arrays("actor"), "actor")


@pytest.fixture(params=range(6))
def archive(request: pytest.FixtureRequest) -> Archive:
    return Archive(request.param)


@pytest.mark.parametrize("discovered", [False, True])
def test_the_rows_of_a_value_are_those_that_carry_it(archive: Archive, discovered: bool) -> None:
    index, counted = archive.index(ALL_BITS if discovered else KNOWN_BITS), archive.counted(discovered)
    assert set(index.ids) == {one.value.id for held in counted.values() for one in held}
    chosen = [(value,) for value in index.ids] + [tuple(Random(0).sample(sorted(index.ids), 5)), ("v_unknown",), ()]
    for values in chosen:
        for salient in (False, True):
            for sure in (False, True):
                found = index.carrying(values, salient=salient, sure=sure).numbers.tolist()
                assert found == [
                    row for row, held in counted.items()
                    if any(one.value.id in values and (one.salient or not salient) and (one.status in SURE or not sure)
                           for one in held)
                ]  # fmt: skip


@pytest.mark.parametrize("salient", [False, True])
@pytest.mark.parametrize("size", [1, 3, 8, 9, 30, 200, 1_000])
def test_the_tally_of_any_rows_is_that_of_their_entries(archive: Archive, salient: bool, size: int) -> None:
    index, counted = archive.index(ALL_BITS), archive.counted(True)
    rows = sorted(Random(size).sample(sorted(counted), min(size, len(counted))))
    held = [one for row in rows for one in counted[row] if one.salient or not salient]
    carried, sure = (Counter(one.value.id for one in some) for some in (held, [one for one in held if one.status in SURE]))
    entries = index.entries(salient=salient)
    numbers = np.array(rows, np.intp)
    for tally in (entries.counted(numbers), entries.tally(numbers)):
        assert tally.distinct == len(carried)
        assert {index.value(number).id for number in tally.found().tolist()} == set(carried)
        assert tally.counts_of(np.arange(len(index))).tolist() == [carried[value] for value in index.ids]
        ranked = sorted(carried, key=lambda value: (-carried[value], index.number(value)))
        for most in (0, 1, 10, 500):
            leaders = [(index.value(number).id, *counts) for number, *counts in tally.leaders(most, entries.frequent)]
            assert leaders == [(value, carried[value], sure[value]) for value in ranked[:most]]
        assert [tally.sure(number) for number in range(len(index))] == [sure[value] for value in index.ids]
    filled = {row for row in rows if any(one.salient or not salient for one in counted[row])}
    assert entries.count_unfilled(numbers) == len(rows) - len(filled)


def test_a_prefix_finds_the_values_with_a_label_or_a_word_that_begins_so(archive: Archive) -> None:
    index = archive.index(KNOWN_BITS)
    names = _names(archive)
    assert names.keys() == set(index.ids)
    for prefix in ("t", "the", "the ", "TH", "thé", "bank n", "al", "al-", "nus", "o'n", "neill", "وكا", "انباء", "24", "新", "zz"):
        found = {index.value(number).id for number in index.numbers_beginning(prefix).tolist()}
        assert found == {value for value, held in names.items() if any(begins_with(one, prefix) for one in held)}


LEAVES: tuple[Leaf, ...] = (
    Word("the"), Word("THE"), Word("al-Nusra"), Word("nusra"), Word("وكالة"), Word("?"), Word("zz"), Phrase("bank the"),
    Phrase("the"), Prefix("the"), Prefix("t"), Wildcard("*e*"), Wildcard("t?e"), Wildcard("b*k"), Fuzzy("tha", 1),
    Fuzzy("bnak", 2), Near("the bank", 1), Near("news x", 3), Phrase("new bank"),
)  # fmt: skip


@pytest.mark.parametrize("leaf", LEAVES, ids=str)
def test_a_leaf_names_the_values_in_a_label_of_which_it_finds_something(archive: Archive, leaf: Leaf) -> None:
    index = archive.index(KNOWN_BITS)
    found = [index.value(number).id for number in named_values(index, leaf).tolist()]
    reading = read(leaf, ())
    assert found == [
        value for value in index.ids
        if any(next(places(reading, _by_forms(label)), None) for one in _names(archive)[value]
               for label in (one.label, *one.labels))
    ]  # fmt: skip


def test_a_value_is_known_by_its_id_and_by_a_label_that_is_its_alone(archive: Archive) -> None:
    index = archive.index(KNOWN_BITS)
    values = [index.value(number) for number in range(len(index))]
    for number, value in enumerate(values):
        assert index.number(value.id) == number
        assert index.vocabulary.identify(value.id) == value.id
        for spelled in (value.label.upper(), *value.labels):
            labelled = [one.id for one in values if fold(one.label) == fold(spelled)]
            others = [one.id for one in values if fold(spelled) in map(fold, one.labels)]
            meant = labelled or others
            assert index.vocabulary.identify(spelled) == (meant[0] if len(meant) == 1 else None)
    assert index.number("v_unknown") is None and index.vocabulary.identify("Nobody at all") is None


def test_what_only_was_discovered_is_found_again_among_what_is_known(archive: Archive) -> None:
    known, hidden = archive.index(KNOWN_BITS), archive.index(ALL_BITS & ~KNOWN_BITS)
    expected = [known.number(value) for value in hidden.ids]
    assert hidden.numbers_in(known).tolist() == [-1 if number is None else number for number in expected]


class _Tables(Tables):
    """Tables of one column."""

    def __init__(self, column: FacetColumn) -> None:
        self._column = column

    def facet(self, name: str) -> FacetColumn:
        return self._column


def test_where_nothing_was_discovered_there_is_one_facet_with_and_without_it() -> None:
    columns = [_column([(FacetEntry(FacetValue("a", "A"), "inferred"),), ()])]
    indexes = FacetIndexes(list(map(_Tables, columns)), np.ones(2, np.bool_))
    assert indexes.of("actor", ALL_BITS) is indexes.of("actor", KNOWN_BITS)
    hidden = indexes.of("actor", ALL_BITS & ~KNOWN_BITS)
    assert len(hidden) == 0
    assert hidden.unfilled(salient=False).numbers.tolist() == [0, 1]


def _names(archive: Archive) -> dict[str, set[FacetValue]]:
    """All descriptions of each known value."""
    found: dict[str, set[FacetValue]] = {}
    for segment in _described(archive):
        for value in segment:
            found.setdefault(value.id, set()).add(value)
    return found


def _described(archive: Archive) -> list[set[FacetValue]]:
    return [{one.value for one in held} for held in archive.counted(False).values()]


def _by_forms(label: str) -> Tokens:
    forms = analyze(label, None).forms
    return Tokens(forms, *[("",) * len(forms)] * 2, (), ())
