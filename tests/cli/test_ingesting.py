"""`searchapp ingest` and `upgrade` as they are typed: their options, their account, and what they say meanwhile."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from click.testing import CliRunner, Result

from searchapp.cli import main, progress
from searchapp.cli.progress import Stopper
from searchapp.errors import Interrupted

TEXT = "The harbour of {} was opened again on Monday, the Port Authority said, after {} weeks of repairs to its cranes.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    for number, name in enumerate(("tripoli", "benghazi", "misrata")):
        (tmp_path / "news" / f"{name}.txt").write_text(TEXT.format(name.title(), number + 2))
    return tmp_path / "news"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def call(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def report(result: Result) -> dict[str, Any]:
    (line,) = result.stdout.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def events(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stderr.splitlines()]


def test_the_account_adds_up_and_has_bytes_stages_and_the_generation(folder: Path, index: Path) -> None:
    (folder / "void.txt").write_bytes(b"")
    (folder / "broken.jsonl").write_text('{"id": 1, "text": "A whole record."}\n{broken\n')
    result = call("ingest", folder, "--index", index, "--json")
    found = report(result)
    assert result.exit_code == 1
    assert [found[name] for name in ("seen", "indexed", "unchanged", "skipped", "failed")] == [6, 4, 0, 1, 1]
    assert (found["removed"], found["withheld"], found["generation"], found["dry_run"]) == (0, 0, "1", False)
    assert found["bytes"] == sum(path.stat().st_size for path in folder.glob("*.txt")) + len('{"id": 1, "text": "A whole record."}')
    assert set(found["stages"]) == {"read", "load", "parse", "learn", "recognise", "index", "publish", "copies"}
    assert sorted(one["key"] for one in found["problems"]) == ["news/broken.jsonl#line 2", "news/void.txt"]


def test_declared_values_that_cannot_be_are_told_one_by_one_and_their_documents_indexed(folder: Path, index: Path) -> None:
    (folder / "tripoli.json").write_text('{"date": "2931-01-01", "language": "xx", "title": "Port"}')
    (folder / "more.jsonl").write_text("".join(f'{{"id": {number}, "text": "A.", "date": "soon"}}\n' for number in range(60)))
    result = call("ingest", folder, "--index", index)
    assert result.exit_code == 0
    told = [line for line in result.stderr.splitlines() if "refused" in line]
    assert told[0] == "refused: news/more.jsonl#0: record declares the date 'soon', which is none"
    assert (len(told), told[-1]) == (51, "and 12 more refused: --json lists them all")
    found = report(call("ingest", folder, "--index", index, "--force", "--json"))
    assert (found["indexed"], found["failed"], len(found["refused"])) == (63, 0, 62)
    assert [one["reason"] for one in found["refused"] if one["key"] == "news/tripoli.txt"] == [
        "sidecar declares the date '2931-01-01', which is yet to come",
        "sidecar declares the language 'xx', which is no code of a language (en, ar, fr, …)",
    ]


def test_events_are_lines_of_json_beside_the_report(
    folder: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_EVENTS", 0.0)
    result = call("ingest", folder, "--index", index, "--json")
    told = events(result)
    assert {(one["event"], one.get("stage")) for one in told} >= {("progress", "reading"), ("progress", "indexing")}
    assert [(one["generation"], one["documents"]) for one in told if one["event"] == "committed"] == [("1", 3)]
    indexing = [(one["done"], one["total"]) for one in told if one.get("stage") == "indexing"]
    assert (indexing == sorted(indexing), indexing[-1]) == (True, (3, 3))
    assert report(result)["generation"] == "1"


def test_without_a_terminal_there_is_a_line_a_minute_and_one_for_each_commit(
    folder: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet = call("ingest", folder, "--index", index)
    assert quiet.stderr.splitlines() == ["committed generation 1 (3 documents)"]
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_LINES", 0.0)
    told = call("ingest", folder, "--index", index, "--force").stderr
    assert re.search(r"^reading: 3 after \d+ s$", told, re.MULTILINE)
    assert "indexing: 3 of 3 after" in told


def test_on_a_terminal_there_is_a_bar_with_rate_and_remaining_time(folder: Path, index: Path) -> None:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    command = [sys.executable, "-m", "searchapp.cli", "ingest", str(folder), "--index", str(index)]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=theirs, timeout=60, check=True)
    os.close(theirs)
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    assert "reading: " in shown and "reading: :" not in shown and "documents/s" in shown and "\r" in shown
    assert "indexing: " in shown and "committed generation 1" in shown


def test_a_dry_run_makes_no_index_and_says_so(folder: Path, index: Path) -> None:
    result = call("ingest", folder, "--index", index, "--dry-run")
    assert result.exit_code == 0
    assert "indexed 3" in result.stdout and "nothing was changed" in result.stdout
    assert not index.exists()


def test_only_failed_files_are_read_again_on_request(folder: Path, index: Path) -> None:
    broken = folder / "broken.jsonl"
    broken.write_text("{broken\n")
    first = call("ingest", folder, "--index", index)
    assert (first.exit_code, "--retry-failed" in first.stderr) == (1, True)
    broken.write_text('{"id": 1, "text": "A whole record."}\n')
    (folder / "later.txt").write_text(TEXT.format("Sirte", 9))
    again = report(call("ingest", folder, "--index", index, "--retry-failed", "--json"))
    assert (again["seen"], again["indexed"], again["failed"], again["removed"]) == (1, 1, 0, 0)


def test_any_number_of_processes_makes_the_same_documents(folder: Path, tmp_path: Path) -> None:
    for jobs in (1, 3):
        assert call("ingest", folder, "--index", tmp_path / f"by-{jobs}", "--jobs", jobs).exit_code == 0
    found = [json.loads(call("search", "harbour", "--index", tmp_path / f"by-{jobs}", "--json").stdout) for jobs in (1, 3)]
    assert [hit["id"] for hit in found[0]["results"]] == [hit["id"] for hit in found[1]["results"]]


def test_an_upgrade_needs_no_files_and_without_pages_ends_with_78(folder: Path, index: Path) -> None:
    call("ingest", folder, "--index", index)
    for path in folder.iterdir():
        path.unlink()
    assert report(call("upgrade", "--index", index, "--json"))["unchanged"] == 3
    assert report(call("upgrade", "--index", index, "--force", "--json"))["indexed"] == 3
    (index / "journal.sqlite").unlink()
    refused = call("upgrade", "--index", index, "--force")
    assert (refused.exit_code, "news" in refused.stderr) == (78, True)


def test_a_signal_that_was_lost_in_a_destructor_stops_the_next_step_and_shows_no_traceback() -> None:
    class Signalled:
        def __del__(self) -> None:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(1)

    complaints: list[object] = []
    with patch.object(sys, "unraisablehook", complaints.append):
        stopper = Stopper()
        with stopper():
            Signalled()
            with pytest.raises(Interrupted) as raised:
                stopper.check()
    assert (raised.value.exit_code, complaints) == (143, [])
