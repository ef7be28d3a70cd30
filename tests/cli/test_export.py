"""`searchapp export --metadata`: what is known goes out as a table, and what is filled in comes back as declared."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from searchapp.cli import main
from searchapp.config import Settings
from searchapp.engine import open_engine
from searchapp.model import Document

TEXT = """Syrian recruits leave for Libya

By Jane Smith

8 June 2020

Hundreds of men from Idlib have been sent to Tripoli by Turkey, two of them said on Monday. The men were promised money.
They said that nobody had told them where they would go, and that the Wagner Group stood on the other side of the line.
"""


def call(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder of news beside its index and its facets."""
    (tmp_path / "facets.yaml").write_text("- {name: topics}\n- {name: goods, hierarchy: true}\n")
    news = tmp_path / "news"
    news.mkdir()
    (news / "=plain.txt").write_text(TEXT)
    (news / "said.txt").write_text(TEXT.replace("Hundreds", "Dozens"))
    said = {"title": "@Said", "outlet": "The Paper", "facets": {"topics": ["war", "work"], "goods": "Grain > Wheat"}}
    (news / "said.json").write_text(json.dumps({**said, "actors": ["Wagner Group"], "locations": ["Libya"]}))
    (news / "all.jsonl").write_text(json.dumps({"id": "r1", "text": TEXT.replace("Hundreds", "Scores"), "lang": "en"}))
    ingest(tmp_path)
    return tmp_path


def ingest(folder: Path) -> dict[str, int]:
    result = call("ingest", folder / "news", "--index", folder / "index", "--archive", folder, "--json")
    assert result.exit_code == 0, result.output
    report: dict[str, int] = json.loads(result.stdout)
    return report


def export(folder: Path, *arguments: object) -> Result:
    return call("export", "--metadata", "--index", folder / "index", "--archive", folder, *arguments)


def rows(folder: Path) -> dict[str, dict[str, str]]:
    result = export(folder)
    assert result.exit_code == 0, result.output
    return {row["path"]: row for row in csv.DictReader(io.StringIO(result.stdout))}


def document(folder: Path, source: str) -> Document:
    engine = open_engine(Settings(index=folder / "index", archive=folder))
    try:
        found = engine.get(engine.sources()[source].id)
        assert found is not None
        return found
    finally:
        engine.close()


def test_declared_values_stand_in_plain_columns_and_inferred_ones_beside_them(archive: Path) -> None:
    table = rows(archive)
    assert list(table) == ["'=plain.txt", "all.jsonl#r1", "said.txt"]
    assert list(table["said.txt"]) == [
        "path", "title", "inferred_title", "author", "inferred_author", "outlet", "inferred_outlet", "date", "inferred_date",
        "language", "inferred_language", "url", "actors", "inferred_actors", "locations", "inferred_locations", "topics", "goods",
    ]  # fmt: skip
    plain, said, record = table["'=plain.txt"], table["said.txt"], table["all.jsonl#r1"]
    assert (plain["title"], plain["inferred_title"]) == ("", "Syrian recruits leave for Libya")
    assert (plain["date"], plain["inferred_date"]) == ("", "2020-06-08")
    assert (said["title"], said["inferred_title"], said["outlet"]) == ("'@Said", "", "The Paper")
    assert (said["topics"], said["goods"]) == ("war | work", "Grain > Wheat")
    assert (said["actors"], said["locations"]) == ("Wagner Group", "Libya")
    assert "Idlib" in said["inferred_locations"]
    assert (record["language"], record["inferred_language"]) == ("en", "")


def test_what_is_filled_in_is_declared_and_the_same_table_changes_nothing_more(archive: Path) -> None:
    target = archive / "news" / "metadata.csv"
    table = rows(archive)
    for row in table.values():
        row.update(outlet="The Gazette", date="2020-06-09", actors="Wagner Group", topics="war")
    with target.open("w", newline="") as file:
        writer = csv.DictWriter(file, next(iter(table.values())))
        writer.writeheader()
        writer.writerows(table.values())
    assert ingest(archive)["indexed"] == 3
    for name in ("=plain.txt", "all.jsonl#r1"):
        one = document(archive, f"news/{name}")
        assert (one.outlet.value, one.outlet.status, one.outlet.origin) == ("The Gazette", "declared", "metadata.csv")
        assert one.date.value == "2020-06-09" and one.title.status != "declared"
        assert [entry.value.label for entry in one.facets["actor"] if entry.status == "declared"] == ["Wagner Group"]
        assert [entry.value.id for entry in one.facets["topics"]] == ["war"]
    assert document(archive, "news/said.txt").outlet.value == "The Paper"

    assert ingest(archive)["unchanged"] == 3
    assert export(archive, "--to", target, "--replace").exit_code == 0
    again = ingest(archive)
    assert (again["indexed"], again["unchanged"], again["removed"]) == (0, 3, 0)


def test_a_table_that_nobody_touched_changes_no_value(archive: Path) -> None:
    before = {key: document(archive, f"news/{key}") for key in ("=plain.txt", "all.jsonl#r1", "said.txt")}
    assert export(archive, "--to", archive / "news" / "metadata.csv").exit_code == 0
    assert ingest(archive)["failed"] == 0
    for key, one in before.items():
        now = document(archive, f"news/{key}")
        assert (now.title, now.outlet, now.date, now.language, now.facets) == (one.title, one.outlet, one.date, one.language, one.facets)


def test_a_file_that_is_there_is_not_written_over_unasked(archive: Path) -> None:
    (archive / "mine.csv").write_text("mine")
    result = export(archive, "--to", archive / "mine.csv")
    assert (result.exit_code, (archive / "mine.csv").read_text()) == (2, "mine")
    assert "--replace" in result.stderr


def test_what_cannot_be_exported_is_said_plainly(archive: Path) -> None:
    bare = call("export", "--index", archive / "index")
    assert bare.exit_code == 2 and "--metadata" in bare.stderr
    assert "no root named 'other'" in export(archive, "--root", "other").stderr
    assert export(archive, "--to", archive / "no" / "such" / "place.csv").exit_code == 73
    (archive / "more").mkdir()
    (archive / "more" / "a.txt").write_text(TEXT)
    assert call("ingest", archive / "more", "--index", archive / "index", "--archive", archive).exit_code == 0
    several = export(archive)
    assert several.exit_code == 2 and "more, news" in several.stderr
    assert "'=plain.txt" in export(archive, "--root", "news").stdout
    assert call("ingest", archive / "news" / "all.jsonl", "--index", archive / "single").exit_code == 0
    single = call("export", "--metadata", "--index", archive / "single")
    assert single.exit_code == 2 and "is a single file" in single.stderr
