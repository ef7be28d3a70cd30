"""A declared value that cannot be is refused by itself, with document, field, value and reason; the document is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from searchapp.ingest.seeds import Root, iter_raw
from tests.ingest.seeding import claims, notes, raw, read

MANY = [f"Actor {number}" for number in range(10_000)]


def refusals(folder: Path) -> dict[str, tuple[str, ...]]:
    return {found.key: refused for found, refused in iter_raw(Root("root", folder))}


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("date", "2931-01-01", "'2931-01-01', which is yet to come"),
        ("date", "2020-02-31", "'2020-02-31', which is none"),
        ("date", "0001-01-01T00:00:00", "'0001-01-01T00:00:00', which is before there was news"),
        ("language", "xx", "'xx', which is no code of a language (en, ar, fr, …)"),
        ("title", "x" * 5_000, f"'{'x' * 59}…', which is longer than 4,000 characters"),
        ("outlet", {"name": "A"}, '"{\'name\': \'A\'}", which is no text'),
    ],
)
def test_what_cannot_be_is_refused_alike_wherever_it_is_declared(tmp_path: Path, name: str, value: object, why: str) -> None:
    (tmp_path / "all.jsonl").write_text(json.dumps({"id": "a", "author": "Ann Lee", name: value}) + "\n")
    (tmp_path / "one.txt").write_text("one")
    (tmp_path / "one.json").write_text(json.dumps({"author": "Ann Lee", name: value}))
    assert refusals(tmp_path) == {
        "root/all.jsonl#a": (f"record declares the {name} {why}",),
        "root/one.txt": (f"sidecar declares the {name} {why}",),
    }
    found = read(tmp_path)
    assert claims(found["root/all.jsonl#a"]) == {"author": ("Ann Lee", "record")}
    assert claims(found["root/one.txt"]) == {"author": ("Ann Lee", "sidecar")}


def test_the_cells_of_a_table_are_refused_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("one")
    (tmp_path / "two.txt").write_text("two")
    actors = " | ".join(MANY)
    (tmp_path / "metadata.csv").write_text(f"path,date,language,actors\none.txt,2931-01-01,xx,{actors}\ntwo.txt,2020-05-05,ar,A\n")
    assert refusals(tmp_path)["root/one.txt"] == (
        "metadata.csv declares the date '2931-01-01', which is yet to come",
        "metadata.csv declares the language 'xx', which is no code of a language (en, ar, fr, …)",
        "metadata.csv declares 10,000 values of actor, which is more than 1,000",
    )
    two = raw(read(tmp_path)["root/two.txt"])
    assert (claims(two)["date"], claims(two)["language"][0], two.values) == (("2020-05-05", "metadata.csv"), "ar", {"actor": ("A",)})


@pytest.mark.parametrize("count", [1_000, 1_001])
def test_a_facet_has_no_more_values_than_a_text_can_name(tmp_path: Path, count: int) -> None:
    (tmp_path / "one.txt").write_text("one")
    (tmp_path / "one.json").write_text(json.dumps({"actors": MANY[:count], "facets": {"topics": ["grain"]}}))
    values = raw(read(tmp_path)["root/one.txt"]).values
    assert (values.get("actor"), values["topics"]) == (tuple(MANY[:1_000]) if count == 1_000 else None, ("grain",))
    assert len(notes(tmp_path)) == count - 1_000


def test_a_value_that_is_too_long_is_refused_and_those_beside_it_are_kept(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("one")
    (tmp_path / "one.json").write_text(json.dumps({"facets": {"topics": ["grain", "x" * 501, "y" * 500]}}))
    assert raw(read(tmp_path)["root/one.txt"]).values == {"topics": ("grain", "y" * 500)}
    assert notes(tmp_path) == [f"sidecar declares the topics '{'x' * 59}…', which is longer than 500 characters"]


def test_too_many_facets_are_refused_as_one(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("one")
    (tmp_path / "one.json").write_text(json.dumps({"facets": {f"f{number}": "x" for number in range(101)}, "tags": "a;b"}))
    assert raw(read(tmp_path)["root/one.txt"]).values == {"tags": ("a", "b")}
    assert notes(tmp_path) == ["sidecar declares 101 facets, which is more than 100"]


def test_a_day_that_no_calendar_has_leaves_the_yaml_around_it_readable(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("---\ntitle: Ferry\ndate: 2020-13-45\nlanguage: no\nauthor:\n---\nIt sails.")
    (tmp_path / "two.txt").write_text("It sails.")
    (tmp_path / "two.yaml").write_text("title: 2020-06-08\ndate: 2020-13-45\noutlet: null\n")
    assert refusals(tmp_path) == {
        "root/one.txt": ("front matter declares the date '2020-13-45', which is none",),
        "root/two.txt": ("sidecar declares the date '2020-13-45', which is none",),
    }
    found = read(tmp_path)
    assert claims(found["root/one.txt"]) == {"title": ("Ferry", "front matter"), "language": ("no", "front matter")}
    assert claims(found["root/two.txt"]) == {"title": ("2020-06-08", "sidecar")}
