"""Ingesting again costs only what changed, and whatever happened before, the answers are those of a fresh ingest."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from searchapp.config import Settings
from searchapp.engine.base import Engine
from searchapp.engine.whoosh_index import WhooshEngine
from searchapp.errors import ConfigError, Interrupted
from searchapp.facets import FacetSet
from searchapp.ingest.pipeline import (
    IngestReport,
    Knowledge,
    Options,
    Progress,
    forget_pages,
    ingest,
    roots_of,
    upgrade,
)
from searchapp.ingest.pipeline.ingesting import silent
from searchapp.model import SearchQuery
from searchapp.withheld import Withheld, WithheldList, withhold

OLD = 1_500_000_000_000_000_000
TEXT = "The harbour of {} was opened again on Monday, the Port Authority said, after {} weeks of repairs to its cranes."

Ingest = Callable[..., IngestReport]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load(Settings(), FacetSet())


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return WhooshEngine(tmp_path / "index", FacetSet())


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    (tmp_path / "index").mkdir()
    return tmp_path / "index" / "journal.sqlite"


@pytest.fixture
def run(engine: Engine, knowledge: Knowledge, journal: Path, folder: Path) -> Ingest:
    def run_once(known: Knowledge = knowledge, progress: Progress = silent, **options: object) -> IngestReport:
        chosen = Options(**options)  # type: ignore[arg-type]
        return ingest(roots_of([folder]), engine, known, chosen, journal=journal, progress=progress)

    return run_once


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for number, name in enumerate(("tripoli", "benghazi", "misrata")):
        write(folder / f"{name}.txt", TEXT.format(name.title(), number + 2))
    return folder


def write(path: Path, text: str, *, modified: int = OLD) -> None:
    path.write_text(text)
    os.utime(path, ns=(modified, modified))


def total(engine: Engine, text: str = "") -> int:
    return engine.search(SearchQuery(text=text)).total


def age(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all files be older than the clock can mistake."""
    later = max(path.stat().st_ctime_ns for path in folder.rglob("*")) + 10_000_000_000
    monkeypatch.setattr("searchapp.ingest.pipeline.reading.time.time_ns", lambda: later)


def test_unchanged_files_are_known_by_size_and_time_without_being_opened(
    run: Ingest, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    age(folder, monkeypatch)
    first = run()
    opened: list[str] = []
    really_open = os.open

    def watched(path: object, *arguments: int, **options: int) -> int:
        opened.append(str(path))
        return really_open(path, *arguments, **options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(os, "open", watched)
    second = run()
    assert (second.unchanged, second.generation, second.bytes) == (3, first.generation, first.bytes)
    assert [path for path in opened if path.endswith(".txt")] == []


def test_a_file_written_while_it_was_read_is_not_trusted_by_its_time(run: Ingest, engine: Engine, folder: Path) -> None:
    run()
    path = folder / "tripoli.txt"
    kept = path.stat()
    path.write_text(TEXT.format("Zuwarah", 2))
    os.utime(path, ns=(kept.st_atime_ns, kept.st_mtime_ns))
    assert run().indexed == 1
    assert total(engine, "zuwarah") == 1


def test_a_touched_file_is_known_by_its_hash(run: Ingest, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    age(folder, monkeypatch)
    run()
    os.utime(folder / "tripoli.txt", ns=(OLD + 1, OLD + 1))
    report = run()
    assert (report.indexed, report.unchanged) == (0, 3)


def test_problems_of_unchanged_files_are_reported_again(
    run: Ingest, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder / "void.txt", "")
    write(folder / "list.jsonl", '{"id": 1, "text": "A whole record."}\n{broken\n')
    age(folder, monkeypatch)
    first, second = run(), run()
    assert {str(one) for one in second.problems} == {str(one) for one in first.problems}
    assert (second.seen, second.unchanged, second.skipped, second.failed) == (6, 4, 1, 1)


def test_a_dry_run_says_what_would_be_done_and_changes_nothing(run: Ingest, engine: Engine, folder: Path) -> None:
    run()
    write(folder / "tripoli.txt", TEXT.format("Zuwarah", 9))
    write(folder / "sirte.txt", TEXT.format("Sirte", 9))
    (folder / "misrata.txt").unlink()
    report = run(dry_run=True)
    assert (report.seen, report.indexed, report.unchanged, report.removed) == (3, 2, 1, 1)
    assert (total(engine), total(engine, "zuwarah"), report.generation) == (3, 0, None)
    assert run().indexed == 2


def test_a_dry_run_before_the_first_ingest_makes_no_index(
    knowledge: Knowledge, folder: Path, tmp_path: Path
) -> None:
    engine = WhooshEngine(tmp_path / "none", FacetSet())
    dry = Options(dry_run=True)
    assert ingest(roots_of([folder]), engine, knowledge, dry, journal=tmp_path / "none/journal.sqlite").indexed == 3
    assert not (tmp_path / "none").exists()


def test_only_the_files_that_failed_are_read_again(run: Ingest, engine: Engine, folder: Path) -> None:
    write(folder / "broken.jsonl", '{"id": 1, "text": "A whole record."}\n{broken\n')
    assert run().failed == 1
    write(folder / "broken.jsonl", '{"id": 1, "text": "A whole record."}\n{"id": 2, "text": "Mended."}\n')
    write(folder / "sirte.txt", TEXT.format("Sirte", 9))
    report = run(retry_failed=True)
    assert (report.seen, report.indexed, report.unchanged, report.removed, report.failed) == (2, 1, 1, 0, 0)
    assert (total(engine), total(engine, "mended")) == (5, 1)
    assert run(retry_failed=True).seen == 0


def test_a_folder_of_files_that_all_fail_is_still_the_folder_that_was_ingested(
    run: Ingest, engine: Engine, folder: Path
) -> None:
    run()
    for name in ("tripoli", "benghazi", "misrata"):
        write(folder / f"{name}.json", '{"outlet": "The Harbour",\n "date": 2020-01-01}')
    report = run()
    assert (report.failed, report.removed) == (3, 3)
    assert all("line 2" in str(one) and "Correct or remove it" in str(one) for one in report.problems)
    for path in folder.glob("*.json"):
        path.unlink()
    assert (run().indexed, total(engine)) == (3, 3)


def test_an_interrupted_run_is_run_again_and_parses_nothing_twice(
    run: Ingest, engine: Engine, folder: Path, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("searchapp.ingest.pipeline.reading.KEEP_PAGES", 1)

    def stop_at_indexing(stage: str, done: int, total: int | None) -> None:
        if stage == "indexing":
            raise Interrupted(15)

    with pytest.raises(Interrupted):
        run(progress=stop_at_indexing)
    with sqlite3.connect(journal) as database:
        assert database.execute("SELECT count(*) FROM spool").fetchone() == (3,)
    database.close()
    report = run()
    assert (report.indexed, "parse" in report.stages, total(engine)) == (3, False, 3)


def test_what_was_committed_before_an_interruption_is_not_made_again(
    run: Ingest, engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("searchapp.ingest.pipeline.indexing.SMALLEST_PART", 1)
    monkeypatch.setattr("searchapp.ingest.pipeline.indexing.LARGEST_PART", 1)
    monkeypatch.setattr("searchapp.ingest.pipeline.indexing.COMMIT_DOCUMENTS", 1)

    def stop_after_two(stage: str, done: int, total: int | None) -> None:
        if stage == "indexing" and done == 3:
            raise Interrupted(15)

    with pytest.raises(Interrupted):
        run(progress=stop_after_two)
    assert (total(engine), engine.info().settled) == (2, False)
    report = run()
    assert (report.indexed, report.unchanged, total(engine), engine.info().settled) == (1, 2, 3, True)


def test_two_processes_make_the_same_index_as_one(
    run: Ingest, engine: Engine, knowledge: Knowledge, folder: Path, tmp_path: Path
) -> None:
    for number in range(40):
        write(folder / f"{number}.txt", TEXT.format(f"Town {number}", number))
    run(jobs=1)
    other = WhooshEngine(tmp_path / "other", FacetSet())
    ingest(roots_of([folder]), other, knowledge, Options(jobs=2), journal=None)
    query = SearchQuery(text="harbour", per_page=100)
    one, two = engine.search(query), other.search(query)
    assert [(hit.id, hit.score, hit.snippets) for hit in one.hits] == [
        (hit.id, hit.score, hit.snippets) for hit in two.hits
    ]
    assert one.facets == two.facets


def test_a_damaged_journal_is_set_aside_and_costs_no_answer(
    run: Ingest, engine: Engine, folder: Path, journal: Path
) -> None:
    run()
    journal.write_bytes(b"no database " * 1000)
    for beside in ("-wal", "-shm"):
        Path(f"{journal}{beside}").unlink(missing_ok=True)
    report = run()
    assert (report.indexed, total(engine)) == (3, 3)
    assert Path(f"{journal}.damaged").exists()


def test_an_upgrade_makes_documents_anew_without_their_files(
    run: Ingest, engine: Engine, knowledge: Knowledge, folder: Path, journal: Path, tmp_path: Path
) -> None:
    run()
    for path in folder.iterdir():
        path.unlink()
    archive = tmp_path / "archive"
    (archive / "actors").mkdir(parents=True)
    (archive / "actors" / "own.yaml").write_text(
        "- {id: port-authority, schema: Organization, name: Port Authority}\n"
    )
    changed = Knowledge.load(Settings(archive=archive), FacetSet())
    report = upgrade(engine, changed, Options(), journal=journal)
    assert (report.indexed, report.unchanged) == (3, 0)
    assert total(engine, 'actor:"port authority"') == 3
    assert upgrade(engine, changed, Options(), journal=journal).unchanged == 3


def test_an_upgrade_without_pages_says_which_folders_to_ingest(
    run: Ingest, engine: Engine, knowledge: Knowledge, journal: Path
) -> None:
    run()
    journal.unlink()
    with pytest.raises(ConfigError, match="no page of 3 documents.*news") as refused:
        upgrade(engine, knowledge, Options(), journal=journal)
    assert refused.value.exit_code == 78


def test_after_a_rollback_the_files_of_today_come_back(run: Ingest, engine: Engine, folder: Path) -> None:
    first = run().generation
    write(folder / "tripoli.txt", TEXT.format("Zuwarah", 9))
    (folder / "misrata.txt").unlink()
    run()
    engine.rollback(first)
    assert (total(engine, "tripoli"), total(engine, "zuwarah"), total(engine)) == (1, 0, 3)
    report = run()
    assert (report.indexed, report.removed) == (1, 1)
    assert (total(engine, "tripoli"), total(engine, "zuwarah"), total(engine)) == (0, 1, 2)


def test_what_was_taken_down_is_not_indexed_and_leaves_the_index(
    run: Ingest, engine: Engine, knowledge: Knowledge, folder: Path, tmp_path: Path
) -> None:
    run()
    (tmp_path / "archive").mkdir()
    taken = next(iter(engine.find(file="tripoli.txt")))
    withhold(tmp_path / "archive", [Withheld(taken, "", None, "2026-01-02", "a court said so")])
    obeying = Knowledge.load(Settings(archive=tmp_path / "archive"), FacetSet())
    report = run(known=obeying)
    assert (report.seen, report.unchanged, report.skipped, report.withheld, report.removed) == (3, 2, 1, 1, 1)
    assert "a court said so" in str(report.problems[0])
    assert total(engine) == 2
    assert run(known=obeying).withheld == 1
    assert run().indexed == 1


def test_the_page_that_says_it_stands_elsewhere_is_withheld_by_that_address(
    run: Ingest, engine: Engine, folder: Path, knowledge: Knowledge
) -> None:
    address = "https://news.example/story"
    page = f'<html><head><link rel="canonical" href="{address}"></head><body><p>{TEXT.format("Sirte", 9)}</p></body></html>'
    write(folder / "story.html", page)
    listed = WithheldList([Withheld("", "", address, "2026-01-02", "asked for")])
    known = Knowledge(knowledge.authority, knowledge.facets, knowledge.today, knowledge.fingerprint, listed)
    report = run(known=known)
    assert (report.indexed, report.withheld, total(engine, "sirte")) == (3, 1, 0)


def test_forgotten_pages_leave_no_byte_in_the_journal(run: Ingest, engine: Engine, folder: Path, journal: Path) -> None:
    run()
    write(folder / "tripoli.txt", "Only here stands the word quixotry, which nobody else would write of a harbour.")
    run()
    key = "news/tripoli.txt"
    forget_pages(journal, [engine.sources()[key].id])
    left = [path for path in journal.parent.glob("journal.sqlite*") if key.encode() in path.read_bytes()]
    assert left == []


def test_records_that_share_a_key_are_told_apart_by_their_refusal(
    run: Ingest, engine: Engine, folder: Path
) -> None:
    lines = [json.dumps({"id": "same", "text": TEXT.format(name, 1)}) for name in ("Sirte", "Derna")]
    write(folder / "twice.jsonl", "\n".join(lines))
    report = run()
    assert (report.failed, total(engine, "sirte"), total(engine, "derna")) == (1, 1, 0)
