"""What --memory promises: small parts, few merges, and a peak that stays below it; the answers are the same."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.corpora import Source, Splicer, write
from searchapp.cli import main
from searchapp.config import Settings
from searchapp.engine import open_engine
from searchapp.model import SearchQuery
from tests.bench.source import write_source

MEASURE = """
import resource, sys
from searchapp.cli import main
try:
    main(sys.argv[1:], standalone_mode=False)
finally:
    print(max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
"""
REMEMBERED = 1_000
"""Bytes that an ingest holds of each source, however little memory it may take for its work."""


def corpus(folder: Path, documents: int, *, words: int) -> Path:
    splicer = Splicer(Source.read(write_source(folder / "source.jsonl.gz")), documents, words=words)
    write(splicer, folder / "made.jsonl.gz")
    return folder / "made.jsonl.gz"


def peak(source: Path, index: Path, *options: str) -> int:
    """The bytes of memory that the largest process of an ingest took."""
    command = [sys.executable, "-c", MEASURE, "ingest", str(source), "--index", str(index), "--jobs", "1", "--json"]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    report, kilobytes = (line for line in done.stdout.splitlines() if line[:1] in "{0123456789")
    assert json.loads(report)["failed"] == 0
    return int(kilobytes) * 1024


def answers(index: Path) -> list[object]:
    engine = open_engine(Settings(index=index))
    found = [engine.search(SearchQuery(text, per_page=5)) for text in ("", "the", '"of"', "title")]
    engine.close()
    return [(one.total, [hit.id for hit in one.hits], one.facets, one.histogram) for one in found]


@pytest.mark.parametrize(
    ("given", "said"),
    [("12 apples", "is no amount of memory"), ("", "is no amount"), ("64", "is too little"), ("63M", "is too little")],
)
def test_what_is_no_memory_is_said(tmp_path: Path, given: str, said: str) -> None:
    result = CliRunner().invoke(main, ["ingest", str(tmp_path), "--memory", given])
    assert result.exit_code == 2
    assert said in result.output


@pytest.mark.parametrize("given", ["64M", "1g", "512MiB", "100000000"])
def test_memory_is_said_in_bytes_or_larger_units(tmp_path: Path, given: str) -> None:
    (tmp_path / "one.txt").write_text("A text of some words.")
    result = CliRunner().invoke(main, ["ingest", str(tmp_path), "--index", str(tmp_path / "i"), "--memory", given])
    assert result.exit_code == 0, result.output


@pytest.mark.long
def test_little_memory_is_not_exceeded_and_gives_the_same_answers(tmp_path: Path) -> None:
    source = corpus(tmp_path, 20_000, words=300)
    few, small, large = tmp_path / "few", tmp_path / "small", tmp_path / "large"
    (tmp_path / "some").mkdir()
    allowed = peak(corpus(tmp_path / "some", 10, words=300), few) + (64 << 20) + 20_000 * REMEMBERED
    assert peak(source, small, "--memory", "64M") < allowed < peak(source, large, "--memory", "8G")
    assert answers(small) == answers(large)
