"""Changed records reach the index as by a fresh ingest, and touch nothing but the documents they concern."""

from __future__ import annotations

import datetime
import shutil
from itertools import product
from pathlib import Path

import msgspec
import pytest

from searchapp.authority import Authority, Decision, enter
from searchapp.engine.base import Engine
from searchapp.engine.whoosh_index import WhooshEngine
from searchapp.errors import ConfigError
from searchapp.facets import FacetSet
from searchapp.ingest.pipeline import IngestReport, Knowledge, Options, apply_records, ingest, roots_of
from searchapp.ingest.pipeline.known_records import Differences, KnownRecords, differences_between, known_records
from searchapp.model import SearchQuery

ACTORS = """
- {id: wagner, schema: Organization, name: Wagner Group, weakAlias: [Wagner]}
- {id: prigozhin, schema: Person, name: Yevgeny Prigozhin, alias: [Prigozhin]}
- {id: haftar, schema: Person, name: Khalifa Haftar, alias: [خليفة حفتر, حفتر]}
"""
PLACES = """
- {id: ly, kind: country, country: ly, name: Libya, demonym: [Libyan]}
- {id: sirte, kind: city, country: ly, name: Sirte, parent: ly, population: 600000}
"""
TEXTS = {
    "one": "Wagner Group fighters met Anna Fulan of the Murzuq Brigade in Sirte, Libya. Fulan left. Wagner stayed.",
    "two": "Yevgeny Prigozhin wrote to Anna Fulan and to Carla Fulan. The Murzuq Brigade denied it.",
    "three": "Commanders of the Desert Lions spoke of Sirte, and Anna Fulana of Libya. Victor Fulan said nothing.",
    "four": "In Sirte nobody spoke. The Jalloud camp was seen. The Anna Fulan affair is over, said the Murzuq Brigade.",
    "five": "قال مصدر مطلع إن القوات انسحبت من المدينة بعد لقاء جمع القائد وحفتر في ليبيا يوم الاثنين الماضي.",
}
FACETS = ("actor", "location", "cites", "form")


class Archive:
    """Sources, records that ship, records of the archive, and indexes made with them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.lists, self.shipped = folder, folder / "lists", folder / "shipped"
        self.sources = folder / "sources"

    @classmethod
    def made(cls, folder: Path) -> Archive:
        archive = cls(folder)
        for path in (archive.lists / "actors", archive.shipped, archive.sources):
            path.mkdir(parents=True)
        (archive.shipped / "actors.yaml").write_text(ACTORS, encoding="utf-8")
        (archive.shipped / "places.yaml").write_text(PLACES, encoding="utf-8")
        for name, text in TEXTS.items():
            (archive.sources / f"{name}.txt").write_text(f"Report {name}\n\n{text}\n", encoding="utf-8")
        (archive.sources / "two.json").write_text('{"facets": {"actor": ["desert lions"], "location": ["old-lands"]}}', encoding="utf-8")
        archive.ingest()
        return archive

    def write(self, text: str, file: str = "actors/mine.yaml") -> None:
        (self.lists / file).write_text(text, encoding="utf-8")

    def knowledge(self, rules: str = "1") -> Knowledge:
        authority = Authority.read(self.lists, self.shipped)
        return Knowledge(
            authority, FacetSet(), datetime.date(2024, 1, 1), f"{rules} {authority.fingerprint}", rules=rules
        )

    def ingest(self, index: str = "index") -> IngestReport:
        engine = self.engine(index)
        roots = roots_of((self.sources,), ())
        report = ingest(roots, engine, self.knowledge(), Options(), journal=self.folder / index / "journal.sqlite")
        engine.close()
        return report

    def apply(self, *, rules: str = "1", dry_run: bool = False, jobs: int = 1) -> IngestReport:
        engine = self.engine("index")
        options, journal = Options(dry_run=dry_run, jobs=jobs), self.folder / "index" / "journal.sqlite"
        try:
            return apply_records(engine, self.knowledge(rules), options, journal=journal)
        finally:
            engine.close()

    def engine(self, index: str) -> Engine:
        return WhooshEngine(self.folder / index, FacetSet())

    def counts(self, index: str = "index", *, discovered: bool = True) -> dict[str, dict[str, tuple[str, int]]]:
        engine = self.engine(index)
        query = SearchQuery(dupes="show", discovered=discovered)
        found = {
            name: {row.value.id: (row.value.label, row.count) for row in engine.facet(name, query, limit=1000).values}
            for name in FACETS
        }
        engine.close()
        return found


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return Archive.made(tmp_path_factory.mktemp("archive"))


@pytest.fixture
def archive(ingested: Archive, tmp_path: Path) -> Archive:
    shutil.copytree(ingested.folder, tmp_path / "copy")
    return Archive(tmp_path / "copy")


CHANGES = {
    "a merger": ("- {id: wagner, referents: [prigozhin]}", 2),
    "an alias": ("- {id: haftar, alias: [Victor Fulan]}", 2),
    "a name that was declared": ("- {id: lions, schema: Organization, name: Desert Lions, weakAlias: [Commanders]}", 2),
    "a withdrawn record": ("- {id: wagner, withdrawn: true}", 1),
    "a weaker name": ("- {id: haftar, weakAlias: [حفتر]}", 1),
    "a name within which a place lies": ("- {id: spoke, name: spoke of Sirte}", 1),
    "a discovered name": ("- {id: anna, schema: Person, name: Anna Fulan}", 3),
    "another name to show": ("- {id: haftar, name: Marshal Haftar}", 1),
}


@pytest.mark.parametrize(("change", "documents"), CHANGES.values(), ids=CHANGES)
def test_a_change_counts_as_in_a_fresh_ingest_and_writes_no_other_documents(
    archive: Archive, change: str, documents: int
) -> None:
    before = archive.counts()
    archive.write(change)
    assert archive.apply().indexed == documents
    archive.ingest("fresh")
    assert archive.counts("index") == archive.counts("fresh") != before
    assert archive.ingest().indexed == 0


@pytest.mark.parametrize(
    ("file", "text", "documents"),
    [
        ("places.yaml", "- {id: jalloud, kind: site, country: ly, name: Jalloud camp, parent: ly}", 1),
        ("places.yaml", "- {id: sirte, name: Surt}", 3),
        ("places.yaml", "- {id: sirte, parent: fezzan}\n- {id: fezzan, kind: province, country: ly, name: Fezzan, parent: ly}", 3),
        ("places.yaml", "- {id: ly, name: Libyan Arab Republic}", 3),
        ("places.yaml", "- {id: lands, kind: city, country: ly, name: Old-Lands, parent: ly}", 1),
        ("outlets.yaml", "- {id: murzuq, name: The Murzuq Brigade}", len(TEXTS)),
    ],
)
def test_places_and_outlets_are_applied_too(archive: Archive, file: str, text: str, documents: int) -> None:
    archive.write(text, file)
    assert archive.apply().indexed == documents
    archive.ingest("fresh")
    assert archive.counts("index") == archive.counts("fresh")


def test_a_place_that_is_taken_out_again_leaves_nothing(archive: Archive) -> None:
    before = archive.counts()
    archive.write("- {id: jalloud, kind: site, country: ly, name: Jalloud camp, parent: ly}", "places.yaml")
    archive.apply()
    assert archive.counts() != before
    archive.write("", "places.yaml")
    assert archive.apply().indexed == 1
    assert archive.counts() == before


def test_more_documents_than_one_process_takes_are_shared_by_two(tmp_path: Path) -> None:
    archive = Archive.made(tmp_path / "archive")
    for first, second in product("abcdefghijk", repeat=2):
        word, text = f"{first}a{second}o".title(), "fighters met the traders of the market, and left before the evening."
        (archive.sources / f"{word}.txt").write_text(f"Report of {word}\n\nWagner Group {word} {text}\n", encoding="utf-8")
    archive.ingest()
    archive.write("- {id: wagner, name: The Wagner company}")
    assert archive.apply(jobs=2).indexed == 122
    archive.ingest("fresh")
    assert archive.counts("index") == archive.counts("fresh")


def test_what_an_older_journal_does_not_know_is_looked_for(archive: Archive) -> None:
    now = known_records(archive.knowledge())
    older = KnownRecords.unpack(msgspec.msgpack.encode(msgspec.to_builtins(now)[:-2]))
    assert differences_between(older, now) == Differences(places=False, names=True)
    assert differences_between(now, now) == Differences(places=False, names=False)


def test_no_source_is_needed(archive: Archive) -> None:
    shutil.rmtree(archive.sources)
    archive.write("- {id: lions, schema: Organization, name: Desert Lions}")
    archive.apply()
    assert archive.counts()["actor"]["lions"] == ("Desert Lions", 2)


def test_nothing_changed_publishes_nothing(archive: Archive) -> None:
    generation = archive.engine("index").info().generation
    report = archive.apply()
    assert (report.indexed, report.unchanged, report.generation) == (0, len(TEXTS), generation)


def test_a_trial_changes_nothing(archive: Archive) -> None:
    before = archive.counts()
    archive.write("- {id: wagner, referents: [prigozhin]}")
    assert archive.apply(dry_run=True).indexed == 2
    assert archive.counts() == before
    assert archive.apply().indexed == 2


def test_two_changes_one_after_the_other_count_as_both(archive: Archive) -> None:
    archive.write("- {id: wagner, referents: [prigozhin]}")
    archive.apply()
    archive.write("- {id: wagner, referents: [prigozhin], alias: [Murzuq Brigade]}")
    archive.apply()
    archive.ingest("fresh")
    assert archive.counts("index") == archive.counts("fresh")


def test_documents_of_other_rules_are_left_alone_and_it_is_said_what_to_do(archive: Archive) -> None:
    with pytest.raises(ConfigError, match="searchapp upgrade"):
        archive.apply(rules="2")


def test_documents_that_the_journal_does_not_know_are_left_alone(archive: Archive) -> None:
    for path in (archive.folder / "index").glob("journal.sqlite*"):
        path.unlink()
    with pytest.raises(ConfigError, match="searchapp ingest"):
        archive.apply()


def test_discovered_names_are_counted_on_request_alone(archive: Archive) -> None:
    assert not any(value.startswith("name:") for value in archive.counts(discovered=False)["actor"])
    assert archive.counts()["actor"]["name:anna fulan"] == ("Anna Fulan", 3)


def test_decisions_count_as_in_a_fresh_ingest(archive: Archive) -> None:
    decisions = [
        Decision("merge", "Carla Fulan", into="anna fulan"),
        Decision("accept", "Anna Fulan", "Person", alias=("Anna Fulana",)),
        Decision("reject", "Murzuq Brigade"),
    ]
    for _ in range(2):
        enter(decisions, archive.lists, archive.shipped)
        archive.apply()
    counts = archive.counts()
    archive.ingest("fresh")
    assert counts == archive.counts("fresh")
    assert counts["actor"]["anna-fulan"] == ("Anna Fulan", 4)
    assert [value for value in counts["actor"] if value.startswith("name:")] == ["name:victor fulan"]


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (Decision("merge", "Anna Fulan", into="Nobody", where="names.csv, line 2"), "line 2: 'Nobody' means no record"),
        (Decision("accept", "Anna Fulan", "Human"), "must be one of Person"),
        (Decision("accept", "Wagner Group", "Organization"), "is also a name of"),
    ],
)
def test_a_decision_that_cannot_be_changes_nothing(archive: Archive, decision: Decision, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        enter([decision], archive.lists, archive.shipped)
    assert not (archive.lists / "actors" / "reviewed.yaml").exists()
