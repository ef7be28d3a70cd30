"""How much of a file is read: what is too long is cut off and says so, and what is endless is read in constant memory."""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from searchapp.ingest.parse import parse
from tests.ingest.seeding import http_answer, problem, raw, read, warc_record

LIMIT = 16 * 2**20
GROWTH = 30
"""Megabytes by which reading a file of any length may raise the peak of memory."""

MEASURE = """
import resource, sys
from pathlib import Path
from searchapp.ingest.seeds import Root, iter_raw
from searchapp.model import RawFile

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

for _ in iter_raw(Root("warm", Path(sys.argv[1]))):
    pass
before, read, failed = peak(), 0, 0
for found, _ in iter_raw(Root("root", Path(sys.argv[2]))):
    read += isinstance(found, RawFile)
    failed += not isinstance(found, RawFile)
print(read, failed, (peak() - before) // 1024)
"""


def packed(path: Path, pieces: Iterator[bytes]) -> Path:
    """A gzip file of many pieces that are never all in memory."""
    packer = zlib.compressobj(1, wbits=31)
    with path.open("wb") as file:
        for piece in pieces:
            file.write(packer.compress(piece))
        file.write(packer.flush())
    return path


def measured(warm: Path, path: Path) -> tuple[int, int, int]:
    """How many records were read, how many failed, and the growth in megabytes."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(warm), str(path)], capture_output=True, text=True, check=True, timeout=3000
    )
    records, failed, growth = map(int, done.stdout.split())
    return records, failed, growth


def lines(megabytes: int) -> Iterator[bytes]:
    text = "Words of an article. " * 1000
    return (json.dumps({"id": f"{number:060}", "text": text}).encode() + b"\n" for number in range(megabytes * 47))


def responses(megabytes: int) -> Iterator[bytes]:
    body = b"<p>Words of an article.</p>" * 740
    for number in range(megabytes * 48):
        yield warc_record(http_answer(body), name=str(number))
        yield warc_record(http_answer(b"x" * 1000, "image/png"), name=f"{number}x")


@pytest.mark.parametrize(("name", "pieces", "records"), [("a.jsonl.gz", lines, 47), ("a.warc.gz", responses, 48)])
def test_records_of_a_long_file_are_read_in_constant_memory(
    tmp_path: Path, name: str, pieces: Callable[[int], Iterator[bytes]], records: int
) -> None:
    (tmp_path / "warm").mkdir()
    warm = packed(tmp_path / "warm" / name, pieces(1))
    read_in, failed, growth = measured(warm, packed(tmp_path / name, pieces(200)))
    assert (read_in, failed) == (200 * records, 0)
    assert growth < GROWTH


@pytest.mark.long
@pytest.mark.parametrize(("name", "pieces", "records"), [("a.jsonl.gz", lines, 47), ("a.warc.gz", responses, 48)])
def test_five_gigabytes_of_records_are_read_in_constant_memory(
    tmp_path: Path, name: str, pieces: Callable[[int], Iterator[bytes]], records: int
) -> None:
    (tmp_path / "warm").mkdir()
    warm = packed(tmp_path / "warm" / name, pieces(1))
    read_in, failed, growth = measured(warm, packed(tmp_path / name, pieces(5000)))
    assert (read_in, failed) == (5000 * records, 0)
    assert growth < GROWTH


def test_an_endless_line_is_passed_over_in_constant_memory(tmp_path: Path) -> None:
    warm = tmp_path / "warm.jsonl"
    warm.write_text(json.dumps({"id": 1, "text": "x" * (LIMIT - 100)}) + "\n" + "x" * (LIMIT + 10))
    pieces = (b'{"id": 1}\n{"text": "', *[b"x" * 2**20] * 100, b'"}\n{"id": 2}\n')
    assert measured(warm, packed(tmp_path / "a.jsonl.gz", iter(pieces))) == (2, 1, pytest.approx(0, abs=GROWTH))


def test_a_line_longer_than_allowed_fails_and_the_next_ones_are_read(tmp_path: Path) -> None:
    long = json.dumps({"id": "long", "text": "x" * LIMIT})
    fits = json.dumps({"id": "fits", "text": ""})
    fits = fits[:-2] + "y" * (LIMIT - len(fits) - 1) + '"}'
    (tmp_path / "a.jsonl").write_text(f"{long}\n{fits}\n")
    found = read(tmp_path)
    assert problem(found["root/a.jsonl#line 1"]) == "failed: is longer than 16 MB"
    assert len(raw(found["root/a.jsonl#fits"]).data) == LIMIT - 1


@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz", "a.html"])
def test_a_page_longer_than_allowed_is_cut_off_and_flagged(tmp_path: Path, name: str) -> None:
    content = b"<p>" + b"Word and word.\n" * (LIMIT // 15 + 10)
    (tmp_path / name).write_bytes(gzip.compress(content, 1) if name.endswith(".gz") else content)
    page = raw(read(tmp_path)[f"root/{name}"])
    assert (page.data, page.truncated) == (content[:LIMIT], True)
    assert page.sha256 == hashlib.sha256(content[:LIMIT]).hexdigest()


def test_a_page_as_long_as_allowed_is_whole(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a" * LIMIT)
    page = raw(read(tmp_path)["root/a.txt"])
    assert (len(page.data), page.truncated) == (LIMIT, False)


def test_no_character_is_cut_in_two(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a" * (LIMIT - 1) + "é".encode() * 10)
    page = raw(read(tmp_path)["root/a.txt"])
    assert page.data == b"a" * (LIMIT - 1)
    assert parse(page).hints["encoding"] == ("utf-8",)


def test_a_bomb_of_gzip_costs_no_more_than_a_page(tmp_path: Path) -> None:
    warm = tmp_path / "warm.txt"
    warm.write_bytes(b"x" * 2 * LIMIT)
    bomb = packed(tmp_path / "a.txt.gz", iter([b"x" * 2**20] * 500))
    assert measured(warm, bomb) == (1, 0, pytest.approx(0, abs=GROWTH))
    assert raw(read(bomb)["root"]).truncated


def test_what_is_hashed_is_what_the_file_holds(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"---\ntitle: T\n---\nText.")
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(b"<p>Text."))
    (tmp_path / "c.jsonl").write_bytes(b' {"id": 1} \n')
    (tmp_path / "d.warc").write_bytes(warc_record(http_answer(b"<p>Text."), name="1"))
    digests = {key[5:8]: raw(one).sha256 for key, one in read(tmp_path).items()}
    contents = {"a.t": b"---\ntitle: T\n---\nText.", "b.h": b"<p>Text.", "c.j": b'{"id": 1}', "d.w": b"<p>Text."}
    assert digests == {key: hashlib.sha256(content).hexdigest() for key, content in contents.items()}
    assert {raw(one).kind for one in read(tmp_path).values()} == {"text", "html", "record"}


def test_of_very_many_broken_lines_the_first_are_named_and_the_others_counted(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{\n" * 1_200 + '{"id": 1}\n')
    found = read(tmp_path)
    assert len(found) == 1_002 and raw(found["root/a.jsonl#1"])
    assert problem(found["root/a.jsonl"]) == "failed: has 200 more lines that are no records"


def test_a_file_of_broken_lines_alone_is_given_up(tmp_path: Path) -> None:
    packed(tmp_path / "a.jsonl.gz", iter([b"[]\n" * 2**20] * 20))
    found = read(tmp_path)
    assert problem(found["root/a.jsonl.gz"]) == "failed: is given up after 100,000 lines that are no records"


def test_an_archive_that_unfolds_to_blank_lines_is_given_up(tmp_path: Path) -> None:
    record = warc_record(http_answer(b"<p>Text."), name="1")
    packed(tmp_path / "a.warc.gz", iter([record, *[b"\r\n" * 2**19] * 50, record]))
    found = read(tmp_path)
    assert raw(found["root/a.warc.gz#1"])
    assert "nothing but blank lines" in problem(found["root/a.warc.gz"])
