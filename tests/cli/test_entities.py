"""`searchapp entities`, `searchapp facets --explain`: from a discovered name to a record, and to why it counts."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from click.testing import CliRunner, Result

from searchapp.cli import main
from tests.torture.server import Server

TEXTS = {
    "one": "Wagner Group fighters met Anna Fulan of the Murzuq Brigade in Tripoli, Libya. Fulan left. Wagner stayed.",
    "two": "Yevgeny Prigozhin wrote to Anna Fulan. The Murzuq Brigade denied it.",
}


def run(folder: Path, *arguments: str, code: int = 0, index: str = "index") -> Result:
    places = ["--index", str(folder / index), "--archive", str(folder / "lists")]
    result = CliRunner().invoke(main, [*arguments, *places])
    assert result.exit_code == code, result.output
    return result


def table_in(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def ingest_texts(folder: Path) -> None:
    """An index of the texts, and an archive without lists of its own yet."""
    (folder / "lists").mkdir()
    (folder / "sources").mkdir()
    for name, text in TEXTS.items():
        (folder / "sources" / f"{name}.txt").write_text(f"Report {name}\n\n{text}\n", encoding="utf-8")
    run(folder, "ingest", str(folder / "sources"), "--jobs", "1")


def test_a_name_is_reviewed_applied_and_explained(tmp_path: Path) -> None:
    ingest_texts(tmp_path)

    table = tmp_path / "names.csv"
    run(tmp_path, "entities", "review", "--out", str(table))
    rows = table_in(table)
    assert [(row["name"], row["type"], row["documents"]) for row in rows] == [
        ("Anna Fulan", "Person", "2"), ("Murzuq Brigade", "Organization", "2"),
    ]  # fmt: skip
    assert all("Anna Fulan" in rows[0][f"line {number}"] for number in (1, 2))
    assert run(tmp_path, "entities", "review", "--min", "3").stdout.count("\n") == 1

    wrong = table.read_text(encoding="utf-8-sig").replace("\n,Murzuq", "\nperhaps,Murzuq")
    table.write_text(wrong, encoding="utf-8")
    assert "line 3: the decision must be accept" in run(tmp_path, "entities", "apply", str(table), code=78).stderr

    table.write_text(wrong.replace("perhaps", "accept"), encoding="utf-8")
    report = json.loads(run(tmp_path, "entities", "apply", str(table), "--json").stdout.splitlines()[-1])
    assert report["indexed"] == 2

    told = json.loads(run(tmp_path, "facets", "actor", "--explain", "Murzuq Brigade", "--json").stdout)
    assert (told["value"], told["documents"], told["forms"]) == ("murzuq-brigade", 2, [{"form": "Murzuq Brigade", "count": 2}])
    assert told["records"][0]["written"].endswith("reviewed.yaml, line 1 (murzuq-brigade)")
    assert [[text for text, match in line["line"] if match] for line in told["lines"]] == [["Murzuq Brigade"]] * 2
    assert {line["rule"] for line in told["lines"]} == {"name"}
    assert "beside another name: Wagner" in run(tmp_path, "facets", "actor", "--explain", "wagner-group").stdout
    assert "No result carries" in run(tmp_path, "facets", "actor", "--explain", "Nobody", code=2).stderr


def test_a_server_follows_a_merger_and_an_alias_and_counts_as_after_a_fresh_ingest(tmp_path: Path) -> None:
    ingest_texts(tmp_path)
    with Server(tmp_path / "index", tmp_path / "server.log") as server:
        before = actors_of(server)
        assert before["wagner-group"] == before["yevgeny-prigozhin"] == 1
        (tmp_path / "lists" / "actors.yaml").write_text(
            "- {id: wagner-group, referents: [yevgeny-prigozhin], alias: [Murzuq Brigade]}\n", encoding="utf-8"
        )
        run(tmp_path, "entities", "apply")
        server.wait_for(lambda: actors_of(server) != before, "the new generation")
        after = actors_of(server)
    assert after["wagner-group"] == 2 and "yevgeny-prigozhin" not in after
    run(tmp_path, "ingest", str(tmp_path / "sources"), "--jobs", "1", index="fresh")
    with Server(tmp_path / "fresh", tmp_path / "server.log") as server:
        assert actors_of(server) == after


def actors_of(server: Server) -> dict[str, int]:
    """What the server counts, those included that were discovered."""
    values = json.loads(server.get("/api/facets/actor?discovered=1&limit=1000")[1])["values"]
    return {row["value"]: row["count"] for row in values}
