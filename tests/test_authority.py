"""Records: read from YAML and the gazetteer, checked, laid over each other, looked up, found in texts."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from searchapp.analysis import analyze
from searchapp.authority import Authority, NameIndex, longest
from searchapp.errors import ConfigError

PLACES = """
- {id: geo:1, kind: country, country: ly, name: Libya, demonym: [Libyan], alias: [ليبيا]}
- {id: geo:2, kind: province, country: ly, name: Tripoli, parent: geo:1}
- {id: geo:3, kind: city, country: ly, name: Tripoli, parent: geo:2, latitude: 32.9, longitude: 13.2, population: 1000}
- {id: geo:4, kind: country, country: lb, name: Lebanon}
- {id: geo:5, kind: city, country: lb, name: Tripoli, parent: geo:4}
- {id: geo:6, kind: city, country: ly, name: Sirte, parent: geo:1}
"""


def folder(path: Path, **files: str) -> Path:
    """A folder with these record files, `actors` being actors.yaml and so on."""
    path.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return path


LIBYA = "geo:1\tcountry\t\tly\tLibya\t\t\t7\tLibye|Libia"


def table(path: Path, *rows: str) -> None:
    """A gazetteer of these rows."""
    head = "id\tkind\tparent\tcountry\tname\tlatitude\tlongitude\tpopulation\talias"
    (path / "gazetteer.tsv.gz").write_bytes(gzip.compress("\n".join([head, *rows, ""]).encode()))


def read(path: Path, **files: str) -> Authority:
    return Authority.read(None, folder(path, **files))


def test_a_record_becomes_a_facet_value_with_its_spellings(tmp_path: Path) -> None:
    authority = read(tmp_path, actors="- {id: haftar, schema: Person, name: Khalifa Haftar, alias: [حفتر, Hifter]}")
    value = authority.actors["haftar"].value
    assert (value.id, value.label, value.labels) == ("haftar", "Khalifa Haftar", ("حفتر", "Hifter"))


def test_a_place_carries_its_parent_and_coordinates(tmp_path: Path) -> None:
    value = read(tmp_path, places=PLACES).places["geo:3"].value
    assert (value.parent, value.latitude, value.longitude) == ("geo:2", 32.9, 13.2)


def test_the_value_of_an_outlet_bears_its_name(tmp_path: Path) -> None:
    authority = read(tmp_path, outlets="- {id: zaman, name: Zaman al-Wasl, website: zamanalwsl.net}")
    assert authority.outlets["zaman"].value.id == "Zaman al-Wasl"


def test_the_archive_adds_records_and_lays_its_own_over_shipped_ones(tmp_path: Path) -> None:
    shipped = folder(tmp_path / "shipped", actors="- {id: a, name: Old, alias: [One], country: ly}")
    archive = tmp_path / "archive"
    folder(archive / "actors", mine="- {id: a, name: New, alias: [Two]}\n- {id: b, name: Other}")
    authority = Authority.read(archive, shipped)
    assert set(authority.actors) == {"a", "b"}
    assert (authority.actors["a"].name, authority.actors["a"].country) == ("New", "ly")
    assert authority.actors["a"].alias == ("One", "Two", "Old")


def test_a_name_called_weak_is_strong_no_longer(tmp_path: Path) -> None:
    shipped = folder(tmp_path / "shipped", actors="- {id: a, name: Wagner Group, alias: [Wagner]}")
    archive = folder(tmp_path / "archive" / "actors", mine="- {id: a, weakAlias: [Wagner]}").parent
    actor = Authority.read(archive, shipped).actors["a"]
    assert (actor.alias, actor.weak_alias) == ((), ("Wagner",))


def test_the_gazetteer_is_read_and_laid_over_by_the_yaml(tmp_path: Path) -> None:
    table(tmp_path, LIBYA, "geo:3\tcity\tgeo:1\tly\tSurt\t31.2\t16.6\t5\t")
    authority = read(tmp_path, places="- {id: geo:3, name: Sirte}")
    sirte = authority.places["geo:3"]
    assert (sirte.name, sirte.alias, sirte.parent, sirte.population) == ("Sirte", ("Surt",), "geo:1", 5)
    assert authority.places["geo:1"].alias == ("Libye", "Libia")
    assert (list(authority.places), authority.places.written) == (["geo:1", "geo:3"], {"geo:3"})
    assert [value.id for value in authority.values_of("location", "libia")] == ["geo:1"]


def test_a_place_of_the_gazetteer_must_lie_where_it_can(tmp_path: Path) -> None:
    table(tmp_path, LIBYA, "geo:3\tprovince\tgeo:9\tly\tSurt\t31.2\t16.6\t5\t")
    with pytest.raises(ConfigError, match=r"\(geo:3\): its parent 'geo:9' is no record"):
        read(tmp_path)
    with pytest.raises(ConfigError, match=r"\(geo:3\): a province may only lie in a country"):
        read(tmp_path, places="- {id: geo:9, name: Barqa, kind: province, parent: geo:1}")
    assert read(tmp_path, places="- {id: geo:9, name: Barqa, kind: country}").places["geo:3"].name == "Surt"


def test_a_gazetteer_with_a_row_too_short_is_a_fault_of_the_installation(tmp_path: Path) -> None:
    table(tmp_path, LIBYA, "geo:3\tcity\tgeo:1")
    with pytest.raises(ConfigError, match="not every row has 9 columns"):
        read(tmp_path)


def test_a_damaged_gazetteer_is_a_fault_of_the_installation(tmp_path: Path) -> None:
    (tmp_path / "gazetteer.tsv.gz").write_bytes(b"no gzip")
    with pytest.raises(ConfigError, match="Install the program again"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"actors": "- {id: a, name: A}\n- {id: a, name: B}"}, "already in"),
        ({"actors": "- {id: a, name: A, aliases: [B]}"}, "'aliases' is unknown here"),
        ({"actors": "- {id: a}"}, "needs a `name`"),
        ({"actors": "- {name: A}"}, "needs an `id`"),
        ({"actors": "- {id: a, name: no}"}, "must be a text"),
        ({"actors": "- {id: a, name: A, schema: Human}"}, "must be one of Person"),
        ({"actors": "- {id: a, name: A, country: Libya}"}, "two lower-case letters"),
        ({"actors": "{id: a}"}, "must hold a list"),
        ({"actors": "- {id: a"}, "line 2, column 1: "),
        ({"actors": "- {id: a, name: LNA}\n- {id: b, name: B, alias: [lna]}"}, "list it under `ambiguous` in both"),
        ({"outlets": "- {id: a, name: A}\n- {id: b, name: B, alias: [A]}"}, "list it under `ambiguous` in both"),
        ({"places": "- {id: x, name: X, kind: city}"}, "needs `parent`"),
        ({"places": "- {id: x, name: X, kind: city, parent: y}"}, "is no record"),
        ({"places": PLACES + "- {id: x, name: X, kind: province, parent: geo:3}"}, "may only lie in a country"),
        ({"places": PLACES + "- {id: x, name: X, kind: country, parent: geo:1}"}, "lies in nothing"),
        ({"places": "- {id: x, name: X, kind: country, latitude: 91}"}, "degrees between -90 and 90"),
        ({"places": "- {id: x, name: X, kind: country, population: many}"}, "a whole number"),
    ],
)
def test_a_wrong_record_is_named_with_its_file_and_a_cure(tmp_path: Path, files: dict[str, str], said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, **files)
    assert said in str(caught.value)
    assert next(iter(files)) in str(caught.value)


def test_a_shared_name_is_allowed_where_both_call_it_ambiguous(tmp_path: Path) -> None:
    two = "- {id: a, name: A, alias: [LA], ambiguous: [LA]}\n- {id: b, name: B, alias: [LA], ambiguous: [LA]}"
    assert len(read(tmp_path, actors=two).named("actor", "la")) == 2


def test_the_fingerprint_changes_with_what_is_read_and_with_nothing_else(tmp_path: Path) -> None:
    first = read(tmp_path, actors="- {id: a, name: A}").fingerprint
    assert read(tmp_path, actors="- {id: a, name: A}").fingerprint == first
    assert read(tmp_path, actors="- {id: a, name: B}").fingerprint != first


def test_a_declared_name_is_looked_up_whatever_its_case_and_accents(tmp_path: Path) -> None:
    authority = read(tmp_path, actors="- {id: erdogan, name: Recep Tayyip Erdoğan, alias: [Erdoğan]}")
    assert [value.id for value in authority.values_of("actor", "ERDOGAN")] == ["erdogan"]
    assert [value.id for value in authority.values_of("actor", "erdogan")] == ["erdogan"]


def test_a_name_that_nobody_knows_stands_for_itself(tmp_path: Path) -> None:
    (value,) = read(tmp_path).values_of("actor", "Nobody")
    assert (value.id, value.label, value.ambiguous) == ("Nobody", "Nobody", False)


def test_a_declared_place_comes_with_all_it_lies_in(tmp_path: Path) -> None:
    authority = read(tmp_path, places=PLACES)
    assert [value.id for value in authority.values_of("location", "geo:3")] == ["geo:3", "geo:2", "geo:1"]
    assert [value.id for value in authority.values_of("location", "Sirte")] == ["geo:6", "geo:1"]


def test_a_declared_place_that_may_be_several_names_them_all(tmp_path: Path) -> None:
    (value,) = read(tmp_path, places=PLACES).values_of("location", "Tripoli")
    assert value.ambiguous
    assert value.candidates == ("geo:2", "geo:5")


def index(*names: str) -> NameIndex[str]:
    return NameIndex((analyze(name, None).forms, name) for name in names)


def found(names: NameIndex[str], text: str) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], *one.entries) for one in longest(names.find(text, analyze(text, None)))]


def test_names_are_found_as_whole_words_and_the_longest_of_them() -> None:
    names = index("Syria", "Syrian Army", "Army")
    assert found(names, "Syria's Syrian army, not Assyria") == [("Syria", "Syria"), ("Syrian army", "Syrian Army")]


def test_a_name_may_be_broken_by_a_hyphen_or_a_line_but_by_no_sentence() -> None:
    names = index("Deir ez-Zor", "St. Petersburg")
    assert found(names, "Deir\nez Zor") == [("Deir\nez Zor", "Deir ez-Zor")]
    assert found(names, "St Petersburg") == [("St Petersburg", "St. Petersburg")]
    assert found(names, "a monastery, Deir. Ez-Zor") == []
    assert found(names, "Deir\n\nez-Zor") == []


def test_an_arabic_name_is_found_behind_a_prefix_that_is_left_out() -> None:
    names = index("حفتر", "الأمم المتحدة")
    assert found(names, "قال وحفتر") == [("حفتر", "حفتر")]
    assert found(names, "قال لِحَفْتَر") == [("حَفْتَر", "حفتر")]
    assert found(names, "للأمم المتحدة") == [("لأمم المتحدة", "الأمم المتحدة")]


def test_an_empty_index_finds_nothing() -> None:
    assert found(index(), "Syria") == []
    assert found(index("Syria"), "") == []
