"""What an ingest leaves in the index, whatever was there before, and whether its report adds up."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from searchapp.config import Settings
from searchapp.engine.base import Engine
from searchapp.engine.memory import MemoryEngine
from searchapp.errors import UsageError
from searchapp.facets import FacetSet, FacetSpec
from searchapp.ingest.pipeline import IngestReport, Knowledge, Options, ingest, roots_of
from searchapp.model import SearchQuery

OWN = (
    FacetSpec("topics", "Topic", "Topics", "and", archive=True),
    FacetSpec("goods", "Goods", "Goods", "and", hierarchy=True, archive=True),
)
PARAGRAPH = (
    "The ministry said on Monday that {} lorries had crossed the river since the bridge was opened again in spring, "
    "and that the road on the other bank would be repaired before the first rain of the autumn makes it impassable."
)

Ingest = Callable[..., IngestReport]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load(Settings(engine="memory"), FacetSet(OWN))


@pytest.fixture
def engine() -> Engine:
    return MemoryEngine(FacetSet(OWN))


@pytest.fixture
def run(engine: Engine, knowledge: Knowledge, tmp_path: Path) -> Ingest:
    def run_once(*paths: Path, **options: object) -> IngestReport:
        chosen = Options(**options)  # type: ignore[arg-type]
        return ingest(roots_of(paths), engine, knowledge, chosen, journal=tmp_path / "journal.sqlite")

    return run_once


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for number in ("forty", "ninety"):
        (folder / f"{number}.txt").write_text(f"{number} lorries crossed\n\n{PARAGRAPH.format(number)}\n")
    return folder


def sources(engine: Engine) -> list[str]:
    return sorted(engine.sources())


def total(engine: Engine, text: str = "", **query: object) -> int:
    return engine.search(SearchQuery(text=text, **query)).total  # type: ignore[arg-type]


def adds_up(report: IngestReport) -> bool:
    return report.seen == report.indexed + report.unchanged + report.skipped + report.failed


def test_every_file_becomes_a_document_that_is_found_by_its_words(run: Ingest, engine: Engine, folder: Path) -> None:
    report = run(folder)
    assert (report.seen, report.indexed, adds_up(report)) == (2, 2, True)
    assert total(engine, "ninety lorries") == 1


def test_ingesting_twice_changes_nothing(run: Ingest, engine: Engine, folder: Path) -> None:
    first = run(folder)
    second = run(folder)
    assert (second.indexed, second.unchanged, second.removed) == (0, 2, 0)
    assert second.generation == first.generation


def test_a_changed_file_replaces_its_document_and_keeps_the_run_that_brought_it(
    run: Ingest, engine: Engine, folder: Path
) -> None:
    first = run(folder)
    (folder / "forty.txt").write_text(PARAGRAPH.format("fifty"))
    second = run(folder)
    assert (second.indexed, second.unchanged) == (1, 1)
    assert (total(engine, "forty"), total(engine, "fifty")) == (0, 1)
    stamp = engine.sources()["news/forty.txt"]
    assert (stamp.first_indexed, stamp.last_changed) == (first.run, second.run)


def test_a_changed_sidecar_is_a_change(run: Ingest, engine: Engine, folder: Path) -> None:
    run(folder)
    (folder / "forty.json").write_text('{"outlet": "Enab Baladi"}')
    assert run(folder).indexed == 1
    assert [hit.outlet.value for hit in engine.search(SearchQuery(text="forty")).hits] == ["Enab Baladi"]


def test_a_removed_file_is_removed_from_the_index(run: Ingest, engine: Engine, folder: Path) -> None:
    run(folder)
    (folder / "forty.txt").unlink()
    report = run(folder)
    assert (report.removed, sources(engine)) == (1, ["news/ninety.txt"])


def test_a_removed_file_can_be_kept(run: Ingest, engine: Engine, folder: Path) -> None:
    run(folder)
    (folder / "forty.txt").unlink()
    assert run(folder, prune_missing=False).removed == 0
    assert len(sources(engine)) == 2


def test_documents_of_other_roots_stay(run: Ingest, engine: Engine, folder: Path, tmp_path: Path) -> None:
    run(folder)
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "one.txt").write_text(PARAGRAPH.format("seven"))
    run(tmp_path / "more")
    assert sources(engine) == ["more/one.txt", "news/forty.txt", "news/ninety.txt"]


def test_a_root_that_shares_nothing_with_the_one_of_its_name_is_refused_and_changes_nothing(
    run: Ingest, engine: Engine, folder: Path, tmp_path: Path
) -> None:
    run(folder)
    other = tmp_path / "elsewhere" / "news"
    other.mkdir(parents=True)
    for content in (None, "another"):
        if content:
            (other / "other.txt").write_text(PARAGRAPH.format(content))
        with pytest.raises(UsageError, match="--root NAME="):
            run(other)
    assert sources(engine) == ["news/forty.txt", "news/ninety.txt"]
    run(other, replace_root=True)
    assert sources(engine) == ["news/other.txt"]


def test_unreadable_files_are_named_with_stage_and_reason_and_the_rest_is_indexed(
    run: Ingest, engine: Engine, folder: Path
) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "scan.txt").write_bytes(b"%PDF-1.4\x00\x01\x02\x03\xff\xfe" * 50)
    (folder / "picture.png").write_bytes(b"\x89PNG")
    report = run(folder)
    assert (report.seen, report.indexed, adds_up(report)) == (5, 2, True)
    assert sorted(problem.key for problem in report.problems) == [
        "news/empty.txt", "news/picture.png", "news/scan.txt",
    ]  # fmt: skip
    assert all(problem.reason and problem.stage for problem in report.problems)


def test_a_file_that_can_no_longer_be_read_leaves_the_index(run: Ingest, engine: Engine, folder: Path) -> None:
    run(folder)
    (folder / "forty.json").write_text("{")
    report = run(folder)
    assert (report.failed, report.removed, adds_up(report)) == (1, 1, True)
    assert sources(engine) == ["news/ninety.txt"]


def test_a_record_with_an_id_alone_is_a_document(run: Ingest, engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "all.jsonl").write_text('{"id": "bare"}\n')
    assert run(tmp_path / "all.jsonl").indexed == 1
    assert sources(engine) == ["all.jsonl#bare"]


def test_declared_facets_follow_their_declaration_and_the_others_are_counted(
    run: Ingest, engine: Engine, tmp_path: Path
) -> None:
    record = {"id": 1, "text": "x", "facets": {"topics": ["grain", "trade"], "goods": "Grain > Wheat", "unheard": "y"}}
    (tmp_path / "all.jsonl").write_text(json.dumps(record))
    report = run(tmp_path / "all.jsonl")
    assert report.undeclared == {"unheard": 1}
    counted = {facet.name: [row.value.id for row in facet.values] for facet in engine.search(SearchQuery()).facets}
    assert counted["topics"] == ["grain", "trade"]
    assert counted["goods"] == ["Grain", "Grain > Wheat"]


def test_declared_actors_and_places_are_found_under_their_records(run: Ingest, engine: Engine, tmp_path: Path) -> None:
    record = {"id": 1, "text": "x", "actors": ["Haftar, Khalifa", "Wagner Group"], "locations": ["Libya"]}
    (tmp_path / "all.jsonl").write_text(json.dumps(record))
    run(tmp_path / "all.jsonl")
    hit = engine.search(SearchQuery()).hits[0]
    assert ("Wagner Group", "declared") in [(entry.value.label, entry.status) for entry in hit.facets["actor"]]
    assert ("Libya", "declared") in [(entry.value.label, entry.status) for entry in hit.facets["location"]]


def test_exact_copies_are_one_story_also_when_they_come_later(run: Ingest, engine: Engine, folder: Path) -> None:
    run(folder)
    (folder / "again.txt").write_text((folder / "forty.txt").read_text().upper())
    run(folder)
    assert (total(engine), total(engine, dupes="show")) == (2, 3)
    (folder / "again.txt").unlink()
    run(folder)
    assert (total(engine), total(engine, dupes="show")) == (2, 2)


def test_a_part_of_an_article_shares_its_text_and_is_a_story_of_its_own(run: Ingest, engine: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "river"
    folder.mkdir()
    paragraphs = [PARAGRAPH.format(number).replace("ministry", f"{number} council") for number in ("one", "two", "three", "four")]
    changed = [f"{one} {' '.join(f'{word}{at}' for word in one.split()[:25])}." for at, one in enumerate(paragraphs)]
    (folder / "whole.txt").write_text("The river is crossed\n\n" + "\n\n".join(changed))
    (folder / "part.txt").write_text("Another title\n\n" + "\n\n".join(changed[:2]))
    run(folder)
    whole, part = (engine.find(file=name)[0] for name in ("whole.txt", "part.txt"))
    assert (engine.sharing(whole), engine.sharing(part)) == ((part,), (whole,))
    assert engine.copies(whole) == engine.copies(part) == ()
    (folder / "part.txt").unlink()
    run(folder)
    assert engine.sharing(whole) == ()


def test_short_bodies_are_copies_only_under_one_title_and_empty_ones_never(
    run: Ingest, engine: Engine, tmp_path: Path
) -> None:
    records = [
        {"id": 1, "title": "Video", "text": "See above."}, {"id": 2, "title": "VIDEO", "text": "See above."},
        {"id": 3, "title": "Film", "text": "See above."}, {"id": 4, "text": "See above."},
        {"id": 5, "text": "See above."},
        {"id": 6, "title": "Void"}, {"id": 7, "title": "Void"},
    ]  # fmt: skip
    (tmp_path / "all.jsonl").write_text("\n".join(map(json.dumps, records)))
    run(tmp_path / "all.jsonl")
    assert total(engine) == 6


def test_a_deleted_journal_costs_work_and_no_answer(run: Ingest, engine: Engine, folder: Path, tmp_path: Path) -> None:
    (folder / "again.txt").write_text((folder / "forty.txt").read_text())
    run(folder)
    for journal in tmp_path.glob("journal.sqlite*"):
        journal.unlink()
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "one.txt").write_text((folder / "ninety.txt").read_text())
    run(tmp_path / "more")
    assert (total(engine), total(engine, dupes="show")) == (2, 4)
    run(folder)
    assert (total(engine), total(engine, dupes="show")) == (2, 4)


def test_force_reads_unchanged_files_again(run: Ingest, folder: Path) -> None:
    run(folder)
    assert run(folder, force=True).indexed == 2


def test_declared_text_is_kept_whole_unless_it_is_to_be_cleaned(run: Ingest, engine: Engine, tmp_path: Path) -> None:
    text = f"{PARAGRAPH.format('nine')}\n\nLeave a comment\n"
    (tmp_path / "all.jsonl").write_text(json.dumps({"id": 1, "title": "Lorries", "text": text}))
    run(tmp_path / "all.jsonl")
    assert total(engine, '"leave a comment"') == 1
    run(tmp_path / "all.jsonl", clean_text=True)
    assert total(engine, '"leave a comment"') == 0
    assert total(engine, '"leave a comment"', scope="removed") == 1
