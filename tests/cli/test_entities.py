"""`searchapp entities`, `searchapp facets --explain`: from a discovered name to a record, and to why it counts."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from click.testing import CliRunner, Result

from searchapp.cli import main

TEXTS = {
    "one": "Wagner Group fighters met Anna Fulan of the Murzuq Brigade in Tripoli, Libya. Fulan left. Wagner stayed.",
    "two": "Yevgeny Prigozhin wrote to Anna Fulan. The Murzuq Brigade denied it.",
}


def run(folder: Path, *arguments: str, code: int = 0) -> Result:
    places = ["--index", str(folder / "index"), "--archive", str(folder / "lists")]
    result = CliRunner().invoke(main, [*arguments, *places])
    assert result.exit_code == code, result.output
    return result


def table_in(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_name_is_reviewed_applied_and_explained(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "sources").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "sources" / f"{name}.txt").write_text(f"Report {name}\n\n{text}\n", encoding="utf-8")
    run(tmp_path, "ingest", str(tmp_path / "sources"), "--jobs", "1")

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
