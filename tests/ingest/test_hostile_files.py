"""What an ingest makes of files that were made to break it: each ends as it should, and nothing of it is lost unsaid."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from searchapp.config import Settings
from searchapp.engine import open_engine
from searchapp.engine.base import Engine
from searchapp.ingest.data.scrubbing import escaped
from searchapp.model import Document, SearchQuery
from tests.ingest.hostile_files import CANARY, Hostile, build, corpus, marker

FILES = {one.path: one for one in corpus()}
LONGEST = 600
"""Seconds for all of them; each alone has 10."""

TOOK_TOO_LONG = ("took longer than 10 s", "took more than 10 s of processor time")
HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True)
class Ran:
    """An ingest of all hostile files: what it said, what it cost, and what it left; `ends` by key.

    Of files made in full, more is cut off, and on a busy machine any may take too long: `late` are the keys of those.
    """

    in_full: bool
    folder: Path
    exit_code: int
    said: str
    report: Mapping[str, Any]
    megabytes: float
    engine: Engine
    ends: Mapping[str, str]
    late: frozenset[str]

    def document(self, key: str) -> Document:
        found = self.engine.get(self.engine.sources()[key].id)
        assert found is not None
        return found


@pytest.fixture(scope="module", params=[0.1, pytest.param(1.0, marks=pytest.mark.long)], ids=["a tenth", "in full"])
def ran(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    folder = tmp_path_factory.mktemp("hostile")
    build(folder / "root", request.param)
    for outside in (folder / "outside").iterdir():
        _forget_reading(outside)
    process, said = _ingest(folder, "--json", folder / "root")
    report = json.loads(said.splitlines()[-1])
    engine = open_engine(Settings(index=folder / "index"))
    ends = {one["key"]: "skipped" if one["skipped"] else "failed" for one in report["problems"]}
    ends.update(dict.fromkeys(engine.sources(), "indexed"))
    in_full = request.param == 1
    late = frozenset(one["key"] for one in report["problems"] if in_full and one["reason"] in TOOK_TOO_LONG)
    yield Ran(in_full, folder, process.exit_code, said, report, process.megabytes, engine, ends, late)
    engine.close()


def _forget_reading(path: Path) -> None:
    """Make the last reading so old that the next one is noted."""
    os.utime(path, (10**9, 10**9 + 1))


@dataclass(frozen=True)
class Ended:
    exit_code: int
    megabytes: float


def _ingest(folder: Path, *arguments: str | Path) -> tuple[Ended, str]:
    """The end of an ingest by the command line and all that it said, what is data last."""
    command = [sys.executable, "-m", "searchapp.cli", "ingest", "--jobs", "2", "--index", folder / "index", *arguments]
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        deadline = time.monotonic() + LONGEST
        found = 0
        while not found:
            found, status, used = os.wait4(process.pid, os.WNOHANG)
            if time.monotonic() > deadline:
                process.kill()
            time.sleep(0 if found else 0.05)
        process.returncode = os.waitstatus_to_exitcode(status)
    said = (folder / "err").read_text() + (folder / "out").read_text()
    # The largest of the process and of all that it waited for, as Linux counts them.
    return Ended(process.returncode, used.ru_maxrss / 1024), said


def _keys(ran: Ran, hostile: Hostile) -> list[str]:
    """The keys of the file and of its records."""
    key = f"root/{escaped(hostile.path)}"
    return [one for one in ran.ends if one == key or (one.startswith(f"{key}#") and not hostile.path.endswith(".txt"))]


def test_there_are_at_least_seventy_kinds() -> None:
    assert len(FILES) >= 70
    assert len({marker(path) for path in FILES}) == len(FILES)


@pytest.mark.parametrize("path", FILES, ids=ascii)
def test_a_hostile_file_ends_as_it_should(ran: Ran, path: str) -> None:
    hostile = FILES[path]
    key = f"root/{escaped(path)}"
    ends = {one.removeprefix(key): ran.ends[one] for one in _keys(ran, hostile) if one not in ran.late}
    for name, allowed in hostile.ends.items():
        if name != "*" and key + name not in ran.late:
            assert ends.pop(name, "nothing") in allowed
    assert set(ends.values()) <= hostile.ends.get("*", frozenset())


@pytest.mark.parametrize("path", [path for path, one in FILES.items() if one.marked], ids=ascii)
def test_nothing_is_lost_unsaid(ran: Ran, path: str) -> None:
    key = f"root/{escaped(path)}"
    key += "#good" if path.endswith(".jsonl") else ""
    if ran.ends[key] == "indexed":
        document = ran.document(key)
        held = [document.title.value or "", document.text, *(block.text for block in document.blocks)]
        is_held = any(marker(path) in one for one in held)
        assert is_held or document.truncated
        if FILES[path].truncated is not None and not ran.in_full:
            assert document.truncated == FILES[path].truncated
        if marker(path) in document.text:
            assert ran.engine.search(SearchQuery(text=marker(path))).total == 1


def test_the_run_is_not_aborted_and_its_report_adds_up(ran: Ran) -> None:
    report = ran.report
    assert ran.exit_code == 1
    assert report["generation"]
    assert report["seen"] == report["indexed"] + report["skipped"] + report["failed"]
    assert (report["indexed"], report["unchanged"]) == (len(ran.engine.sources()), 0)
    assert len(report["problems"]) == report["skipped"] + report["failed"]


def test_every_refusal_gives_its_stage_and_a_reason_in_one_line(ran: Ran) -> None:
    for problem in ran.report["problems"]:
        assert problem["stage"]
        assert 0 < len(problem["reason"]) < 500
        assert "\n" not in problem["reason"]


def test_no_item_is_a_bug(ran: Ran) -> None:
    assert not [one for one in ran.report["problems"] if one["reason"].startswith(("failed:", "ended its process"))]


def test_no_process_needs_a_gigabyte(ran: Ran) -> None:
    assert ran.megabytes < 1024


def test_reading_needs_no_limit_of_time(ran: Ran) -> None:
    """Files are read by the one process that nobody watches."""
    assert ran.report["stages"]["read"] < (100 if ran.in_full else 10)


def test_nothing_outside_of_the_root_is_read(ran: Ran) -> None:
    outside = list((ran.folder / "outside").iterdir())
    assert outside
    assert all(path.stat().st_atime == 10**9 for path in outside)
    assert ran.engine.search(SearchQuery(text=CANARY)).total == 0
    assert not [path for path in _files(ran.folder / "index") if CANARY.encode() in path.read_bytes()]


def test_reading_would_have_been_noticed(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("text")
    _forget_reading(tmp_path / "file")
    (tmp_path / "file").read_text()
    if (tmp_path / "file").stat().st_atime == 10**9:
        pytest.skip("this file system does not note when a file is read")


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_no_output_holds_what_a_terminal_would_obey(ran: Ran) -> None:
    assert not HARMFUL.search(ran.said)


def test_names_are_harmless_in_what_people_read(ran: Ran) -> None:
    folder = ran.folder / "people"
    folder.mkdir(mode=0o700)
    ended, said = _ingest(folder, ran.folder / "root" / "names", ran.folder / "root" / "traps")
    assert ended.exit_code in (0, 1)
    assert "traps/fifo.txt: is no regular file (seeds)" in said
    assert not HARMFUL.search(said)
