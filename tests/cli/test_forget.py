"""Documents taken down for good: no byte of them in the index, no way back in, and their copies listed for decision."""

from __future__ import annotations

import gzip
import json
import shlex
import shutil
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from searchapp.cli import main
from searchapp.config import Settings
from searchapp.engine import open_engine
from searchapp.engine.base import Engine
from searchapp.errors import Gone
from searchapp.facets import FacetSet
from searchapp.ingest.pipeline import IngestReport, Knowledge, Options, Root, upgrade
from searchapp.ingest.pipeline import ingest as run_ingest
from searchapp.web import create_app
from searchapp.withheld import Withheld, WithheldList, withhold

RARE = ("quorbl", "zanfrit", "кворбл", "mirvolt")
"""Beginnings of words that only the document taken down has, in its title, text, address and furniture."""

FIRST = """<html><head><title>Quorbleness of the harbour</title>
<link rel="canonical" href="https://example.org/quorbling-harbour"></head><body>
<div class="share">Share on Zanfritter</div><div class="nav">Mirvolts | Sport | Contact</div>
<h1>Quorbleness of the harbour</h1>
<p>The port authority of Tripoli said on Monday that the quorbling of the harbour had begun, and Кворблер agreed.</p>
<p>Workers who spoke to Reuters said that they had not been paid for three months and would not go on for long.</p>
<p>A spokesman of the ministry refused to say when the work would be finished or how much had been spent on it.</p>
</body></html>"""
ADDRESS = "https://example.org/quorbling-harbour"
SECOND = FIRST.replace("Monday", "Tuesday").replace("had begun", "was over, and all zanfrits were gone")
OTHER = """The {name} market of the old town

The {name} market opened again on Sunday after the rain of the past week, and traders said that they sold little.
Farmers from the hills around the town brought {name} and grain, but the price of flour had doubled since the spring.
"""
COPIED = OTHER.format(name="carpet")
REASON = "asked for by its author, =1+1"
NAME = "before the trial"


def call(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def identifier(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:16]


CULPRIT, COPY, TWIN, PEAR = (identifier(f"news/{name}") for name in ("c.html", "x1.txt", "x2.txt", "pear.txt"))


LINES = (f"document\n{CULPRIT}\n", f"sha256\n{sha256(SECOND.encode()).hexdigest()}\n", f"url\n{ADDRESS}\n")


@dataclass(frozen=True, slots=True)
class Place:
    """An archive on disk with all that its commands need."""

    root: Path
    knowledge: Knowledge

    @property
    def news(self) -> Path:
        return self.root / "news"

    @property
    def archive(self) -> Path:
        return self.root / "archive"

    @property
    def settings(self) -> Settings:
        return Settings(index=self.root / "index", archive=self.archive, deadline=30)

    def open(self) -> Engine:
        return open_engine(self.settings)

    def write(self, **files: str) -> None:
        for name, text in files.items():
            (self.news / name.replace("_", ".")).write_text(text, encoding="utf-8")

    def ingest(self, *, force: bool = False) -> IngestReport:
        engine = self.open()
        try:
            knowledge = replace(self.knowledge, withheld=WithheldList.read(self.archive))
            options = Options(force=force)
            return run_ingest([Root("news", self.news)], engine, knowledge, options, journal=self.journal)
        finally:
            engine.close()

    @property
    def journal(self) -> Path:
        return self.settings.index / "journal.sqlite"

    def forget(self, *arguments: object, reason: str = REASON) -> Result:
        places = ("--index", self.settings.index, "--archive", self.archive)
        return call("forget", *arguments, "--reason", reason, *places)

    def forgotten(self, *arguments: object) -> Any:
        result = self.forget(*arguments, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    def status(self, path: str) -> int:
        return create_app(self.settings, partial(open_engine, self.settings)).test_client().get(path).status_code

    def holds(self, *ids: str) -> list[bool]:
        engine = self.open()
        try:
            return [engine.get(one) is not None for one in ids]
        finally:
            engine.close()


def streams(data: bytes) -> Iterator[bytes]:
    """The bytes, and those of each zlib or gzip stream that begins anywhere in them, as far as it goes."""
    yield data
    for mark, bits in ((b"\x78", 15), (b"\x1f\x8b", 31)):
        start = data.find(mark)
        while start >= 0:
            yield inflated(data, start, bits)
            start = data.find(mark, start + 1)


def inflated(data: bytes, start: int, bits: int) -> bytes:
    inflater = zlib.decompressobj(bits)
    found = b""
    with suppress(zlib.error):
        for place in range(start, len(data), 256):
            found += inflater.decompress(data[place : place + 256])
            if inflater.eof:
                break
    return found


def cells(path: Path) -> Iterator[bytes]:
    """Every value of a SQLite file, which lies in pages that may split it."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for row in database.execute(f"SELECT * FROM {table}"):
            yield from (cell if isinstance(cell, bytes) else str(cell).encode() for cell in row)
    database.close()


def spellings(word: str) -> set[bytes]:
    return {word.encode(), word.encode("utf-16-le"), json.dumps(word)[1:-1].encode()}


def traces(index: Path) -> set[str]:
    """Each file below the folder in which a rare word stands, and the word."""
    found = set()
    for path in (path for path in index.rglob("*") if path.is_file()):
        parts = [path.read_bytes(), *(cells(path) if path.suffix == ".sqlite" else ())]
        texts = [text.decode(errors="replace").lower().encode() for part in parts for text in streams(part)]
        raw = [text for part in parts for text in streams(part)]
        for word in RARE:
            if any(spelling in text for text in (*texts, *raw) for spelling in spellings(word)):
                found.add(f"{path.relative_to(index)}: {word}")
    return found


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load(Settings(), FacetSet())


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge) -> Place:
    """Two exact copies, a document that changed once, and others, in several segments and generations."""
    place = Place(tmp_path_factory.mktemp("ingested"), knowledge)
    place.news.mkdir()
    place.archive.mkdir()
    place.write(c_html=FIRST, x1_txt=COPIED, x2_txt=COPIED, pear_txt=OTHER.format(name="pear"))
    first = place.ingest()
    engine = place.open()
    assert first.generation is not None
    engine.keep(first.generation, NAME)
    engine.close()
    place.write(c_html=SECOND, fig_txt=OTHER.format(name="fig"))
    place.ingest()
    place.write(plum_txt=OTHER.format(name="plum"))
    place.ingest()
    return place


@pytest.fixture
def place(ingested: Place, tmp_path: Path) -> Place:
    shutil.copytree(ingested.root, tmp_path, dirs_exist_ok=True)
    return replace(ingested, root=tmp_path)


def test_the_words_of_the_document_stand_in_every_part_of_the_index_before(place: Place) -> None:
    found = traces(place.settings.index)
    assert {trace.partition(": ")[2] for trace in found} == set(RARE)
    assert any(trace.startswith("journal.sqlite: ") for trace in found)
    assert len({trace.split("/")[1] for trace in found if trace.startswith("generations")}) >= 2


def test_no_byte_of_it_stays_in_any_generation_and_it_does_not_come_back(place: Place) -> None:
    before = place.open()
    numbers = [one.number for one in before.generations()]
    cursor = create_app(place.settings, lambda: before).test_client().get("/api/search?per_page=1").get_json()["next"]
    before.close()
    done = place.forgotten(CULPRIT)
    assert traces(place.settings.index) == set()
    assert [one["id"] for one in done["taken_down"]] == [CULPRIT]
    assert (done["copies"], done["command"]) == ([], None)
    assert place.status(f"/document/{CULPRIT}") == place.status(f"/api/documents/{CULPRIT}") == 410
    assert place.status(f"/document/{PEAR}") == 200
    assert place.status("/" + cursor.split("/", 3)[3]) == 410

    engine = place.open()
    now = engine.generations()
    assert not {one.number for one in now} & set(numbers) and str(now[-1].number) == done["generation"]
    [kept] = [one for one in now if one.name == NAME]
    assert engine.at(kept.number).get(PEAR) is not None and engine.at(kept.number).get(CULPRIT) is None
    for number in numbers:
        with pytest.raises(Gone):
            engine.at(number)
    engine.close()

    report = place.ingest().plain()
    assert (report["withheld"], report["indexed"], place.holds(CULPRIT, PEAR)) == (1, 0, [False, True])
    for path in sorted(place.settings.index.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    report = place.ingest().plain()
    assert (report["withheld"], place.holds(CULPRIT, PEAR)) == (1, [False, True])
    assert traces(place.settings.index) == set()
    assert place.status(f"/document/{CULPRIT}") == 410


def test_copies_stay_and_are_listed_with_the_command_that_takes_them_down_too(place: Place) -> None:
    result = place.forget(COPY)
    assert result.exit_code == 0, result.output
    assert f"taken down: {COPY}" in result.stdout
    lines = result.stdout.splitlines()
    [listed] = [line for line in lines if line.startswith(f"  {TWIN}")]
    assert listed.endswith(": the same file, the same text")
    assert (place.ingest().plain()["withheld"], place.holds(COPY, TWIN)) == (1, [False, True])
    assert place.status(f"/document/{TWIN}") == 200
    [command] = [line.partition("down too: ")[2] for line in lines if "down too: " in line]
    assert call(*shlex.split(command)[1:]).exit_code == 0
    assert (place.ingest().plain()["withheld"], place.holds(COPY, TWIN)) == (2, [False, False])
    assert WithheldList.read(place.archive).of(sha256=sha256(COPIED.encode()).hexdigest()) is not None


@pytest.mark.parametrize(
    ("name", "gone"),
    [(sha256(COPIED.encode()).hexdigest(), [COPY, TWIN]), (ADDRESS, [CULPRIT])],
)
def test_a_hash_or_an_address_means_all_documents_that_have_it(place: Place, name: str, gone: list[str]) -> None:
    done = place.forgotten(name)
    assert ([one["id"] for one in done["taken_down"]], done["copies"]) == (gone, [])
    assert place.holds(*gone, PEAR) == [*(False for _ in gone), True]
    assert WithheldList.read(place.archive).of(**{"url" if "://" in name else "sha256": name}) is not None


def test_what_the_list_says_is_who_when_and_why(place: Place) -> None:
    place.forgotten(CULPRIT)
    [entry] = WithheldList.read(place.archive)
    assert entry.document == CULPRIT and entry.sha256 == sha256(SECOND.encode()).hexdigest()
    assert (entry.url, entry.reason) == (ADDRESS, REASON)


def test_taking_it_down_again_says_that_nothing_is_left(place: Place) -> None:
    first = place.forgotten(CULPRIT)
    again = place.forget(CULPRIT)
    assert (again.exit_code, "nothing of it was left" in again.stdout) == (0, True)
    second = place.forgotten(CULPRIT)
    assert (second["generation"], second["taken_down"]) == (None, [])
    assert [one["id"] for one in second["already"]] == [CULPRIT]
    engine = place.open()
    assert str(engine.info().generation) == first["generation"]
    engine.close()
    assert len(WithheldList.read(place.archive)) == 1


def test_a_run_cut_short_after_the_list_is_completed_by_the_next(place: Place) -> None:
    withhold(place.archive, [Withheld(CULPRIT, "", None, "2020-06-30", "first try")])
    assert [one["id"] for one in place.forgotten(CULPRIT)["taken_down"]] == [CULPRIT]
    assert traces(place.settings.index) == set()


def test_a_run_cut_short_before_the_journal_is_completed_by_the_next(place: Place) -> None:
    withhold(place.archive, [Withheld(CULPRIT, "", None, "2020-06-30", "first try")])
    engine = place.open()
    engine.forget([CULPRIT])
    engine.close()
    assert {trace.partition(":")[0].partition("-")[0] for trace in traces(place.settings.index)} == {"journal.sqlite"}
    assert place.forgotten(CULPRIT)["taken_down"] == []
    assert traces(place.settings.index) == set()


def test_a_run_cut_short_while_it_deleted_is_completed_by_the_next(place: Place) -> None:
    generations = place.settings.index / "generations"
    newest = max(generations.iterdir(), key=lambda folder: int(folder.name))
    shutil.copytree(newest, old := place.root / "old")
    place.forgotten(CULPRIT)
    old.rename(generations / f".retired-{newest.name}")
    assert traces(place.settings.index) != set()
    assert place.forgotten(CULPRIT)["taken_down"] == []
    assert traces(place.settings.index) == set()


def test_what_only_an_older_generation_holds_is_taken_down_too(place: Place) -> None:
    (place.news / "c.html").unlink()
    place.ingest()
    assert place.holds(CULPRIT) == [False]
    assert [one["id"] for one in place.forgotten(CULPRIT)["taken_down"]] == [CULPRIT]
    assert traces(place.settings.index) == set()


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("force", [False, True])
def test_a_line_written_by_hand_takes_it_out_with_the_next_ingest_and_its_text_with_forget(
    place: Place, line: str, force: bool
) -> None:
    (place.archive / "withheld.csv").write_text(line)
    report = place.ingest(force=force)
    assert (report.withheld, report.removed, place.holds(CULPRIT, PEAR)) == (1, 1, [False, True])
    assert [problem.reason for problem in report.problems] == ["was taken down"]
    assert place.ingest().withheld == 1
    assert [one["id"] for one in place.forgotten(line.split()[1])["taken_down"]] == [CULPRIT]
    assert traces(place.settings.index) == set()


def test_a_journal_that_was_damaged_and_set_aside_goes_with_it(place: Place) -> None:
    shutil.copy(place.journal, f"{place.journal}.damaged")
    place.forgotten(CULPRIT)
    assert traces(place.settings.index) == set()


@pytest.mark.parametrize("line", LINES)
def test_making_documents_anew_out_of_remembered_pages_brings_none_back_that_is_listed(place: Place, line: str) -> None:
    (place.archive / "withheld.csv").write_text(line)
    engine = place.open()
    knowledge = replace(place.knowledge, withheld=WithheldList.read(place.archive))
    report = upgrade(engine, knowledge, Options(force=True), journal=place.journal)
    engine.close()
    assert (report.withheld, place.holds(CULPRIT, PEAR)) == (1, [False, True])


def test_another_version_under_another_name_is_known_by_its_address_and_leaves_no_trace(place: Place) -> None:
    place.forgotten(CULPRIT)
    (place.news / "c.html").rename(place.news / "d.html")
    place.write(d_html=SECOND.replace("Tuesday", "Wednesday"))
    assert (place.ingest().withheld, place.holds(identifier("news/d.html"))) == (1, [False])
    assert traces(place.settings.index) == set()


def test_what_is_neither_here_nor_withheld_is_not_found_and_nothing_is_done(place: Place) -> None:
    mistyped = CULPRIT[:-1] + ("0" if CULPRIT[-1] != "0" else "1")
    result = place.forget(PEAR, mistyped)
    assert (result.exit_code, f"The nearest in it is {CULPRIT}" in result.stderr) == (2, True)
    result = place.forget("https://example.org/quorbling-harbor")
    assert (result.exit_code, ADDRESS in result.stderr) == (2, True)
    assert place.forget("harbour").exit_code == place.forget("nowhere.html").exit_code == 2
    result = place.forget("c.html")
    assert (result.exit_code, CULPRIT in result.stderr) == (2, True)
    assert place.holds(PEAR, CULPRIT) == [True, True] and len(WithheldList.read(place.archive)) == 0


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_reason_must_be_given(place: Place, reason: str) -> None:
    assert place.forget(PEAR, reason=reason).exit_code == 2
    assert call("forget", PEAR, "--archive", place.archive, "--index", place.settings.index).exit_code == 2
    assert place.holds(PEAR) == [True]


def test_without_an_archive_folder_nothing_is_taken_down(place: Place) -> None:
    result = call("forget", PEAR, "--reason", "why", "--index", place.settings.index)
    assert (result.exit_code, place.holds(PEAR)) == (78, [True])
    assert "--archive" in result.stderr and "the next ingest would bring it back" in result.stderr


def test_a_list_that_is_broken_is_named_and_nothing_is_taken_down(place: Place) -> None:
    (place.archive / "withheld.csv").write_text("document\nbroken\n")
    result = place.forget(PEAR)
    assert (result.exit_code, "withheld.csv, line 2" in result.stderr, place.holds(PEAR)) == (78, True, [True])


def test_beside_another_writer_it_waits_and_says_who_holds_the_lock(place: Place) -> None:
    engine = place.open()
    with engine.writer(run="2020-06-30T00:00:00Z"):
        assert place.forget(PEAR, "--lock-timeout", "0.1").exit_code == 75
    engine.close()
    assert place.forget(PEAR).exit_code == 0
    assert place.holds(PEAR) == [False]


def test_the_grep_sees_through_every_wrapping(tmp_path: Path) -> None:
    wrapped = {
        "plain": b"--quorbl--", "case": b"--QuorBL--", "zlib": b"xx" + zlib.compress(b"a quorbl"),
        "gzip": gzip.compress(b"a quorbl"), "json": json.dumps("кворбл").encode(), "wide": "quorbl".encode("utf-16-le"),
    }  # fmt: skip
    for name, content in wrapped.items():
        (tmp_path / name).write_bytes(content)
    database = sqlite3.connect(tmp_path / "base.sqlite")
    database.execute("CREATE TABLE one (value BLOB)")
    database.execute("INSERT INTO one VALUES (?)", (zlib.compress(b"quorbl" + bytes(range(256)) * 99),))
    database.commit()
    database.close()
    assert {trace.partition(":")[0] for trace in traces(tmp_path)} == {*wrapped, "base.sqlite"}
