"""Web archives: which of their records are pages, what is known of each, and what is read of damaged ones."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest

from searchapp.errors import IngestError
from searchapp.ingest.parse import parse
from searchapp.model import RawFile
from tests.ingest.seeding import claims, http_answer, notes, problem, raw, read, warc_record

PAGE = b"<html><body><p>A page of the archive.</p></body></html>"


def write(folder: Path, *records: bytes, name: str = "a.warc") -> Path:
    data = b"".join(gzip.compress(one) for one in records) if name.endswith(".gz") else b"".join(records)
    (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_page_is_a_document_with_its_address_its_record_and_when_it_was_fetched(tmp_path: Path, name: str) -> None:
    record = warc_record(http_answer(PAGE, "text/html; charset=windows-1256"), name="8c1b-7", url="https://news.example/x")
    page = raw(read(write(tmp_path, record, name=name))[f"root/{name}#8c1b-7"])
    assert (page.data, page.kind, page.charset, page.truncated) == (PAGE, "html", "windows-1256", False)
    assert page.retrieved == "2020-06-08T12:00:00Z"
    assert claims(page) == {"url": ("https://news.example/x", "warc")}
    assert [block.text for block in parse(page).blocks] == ["A page of the archive."]


def test_an_archive_in_one_piece_of_gzip_is_read_too(tmp_path: Path) -> None:
    records = warc_record(http_answer(PAGE), name="1") + warc_record(http_answer(PAGE), name="2")
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(records))
    assert list(read(tmp_path)) == ["root/a.warc.gz#1", "root/a.warc.gz#2"]


def test_only_pages_that_were_sent_are_documents_and_one_note_counts_the_other_answers(tmp_path: Path) -> None:
    write(
        tmp_path,
        warc_record(b"software: x\r\n", "warcinfo", media="application/warc-fields"),
        warc_record(b"GET / HTTP/1.1\r\n\r\n", "request", media="application/http;msgtype=request"),
        warc_record(http_answer(PAGE), name="page"),
        warc_record(http_answer(PAGE, status="404 Not Found"), name="missing"),
        warc_record(http_answer(PAGE, status="301 Moved", more="Location: /x\r\n"), name="moved"),
        warc_record(http_answer(b"\x89PNG", "image/png"), name="picture"),
        warc_record(http_answer(b"", "text/html"), "revisit", name="again"),
        warc_record(b"{}", "metadata", media="application/json", name="about"),
        warc_record(PAGE, "resource", media="text/html", name="stored"),
        warc_record("Zażółć".encode(), "conversion", media="text/plain", name="converted"),
        warc_record(b"%PDF", "resource", media="application/pdf", name="scan"),
        warc_record(b"1.1.1.1", "response", media="text/dns", url="dns:news.example", name="dns"),
    )
    found = read(tmp_path)
    kinds = {key.partition("#")[2]: raw(one).kind for key, one in found.items()}
    assert kinds == {"page": "html", "stored": "html", "converted": "text"}
    assert notes(tmp_path) == ["4 responses of its archive are no pages"]


def test_an_archive_without_pages_says_so(tmp_path: Path) -> None:
    found = read(write(tmp_path, warc_record(http_answer(b"x", "image/png"))))
    assert problem(found["root/a.warc"]) == "skipped: holds no pages"


@pytest.mark.parametrize(
    ("coding", "encode"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("gzip", lambda data: data),
        ("identity", lambda data: data),
    ],
)
@pytest.mark.parametrize("chunked", [True, False])
def test_what_a_server_packed_is_unpacked(tmp_path: Path, coding: str, encode: object, chunked: bool) -> None:
    assert callable(encode)
    body = encode(PAGE)
    more = f"Content-Encoding: {coding}\r\n"
    if chunked:
        half = len(body) // 2
        parts = (body[:half], body[half:], b"")
        body = b"".join(f"{len(part):x};x=y\r\n".encode() + part + b"\r\n" for part in parts)
        more += "Transfer-Encoding: chunked\r\n"
    page = raw(read(write(tmp_path, warc_record(http_answer(body, more=more), name="1")))["root/a.warc#1"])
    assert (page.data, page.truncated) == (PAGE, False)


def test_a_page_that_the_crawler_unpacked_under_the_old_head_is_taken_as_it_stands(tmp_path: Path) -> None:
    more = "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"
    page = raw(read(write(tmp_path, warc_record(http_answer(PAGE, more=more), name="1")))["root/a.warc#1"])
    assert page.data == PAGE


def test_a_page_packed_in_an_unknown_way_fails_and_the_others_go_on(tmp_path: Path) -> None:
    write(
        tmp_path,
        warc_record(http_answer(b"...", more="Content-Encoding: br\r\n"), name="1"),
        warc_record(http_answer(PAGE), name="2"),
    )
    found = read(tmp_path)
    assert problem(found["root/a.warc#1"]) == "failed: cannot be decoded: it is compressed as 'br', which is not read"
    assert raw(found["root/a.warc#2"]).data == PAGE


def test_a_page_that_is_not_whole_is_flagged(tmp_path: Path) -> None:
    packed = gzip.compress(PAGE * 1000)[:-20]
    write(
        tmp_path,
        warc_record(http_answer(PAGE), name="1", more="WARC-Truncated: length\r\n"),
        warc_record(http_answer(PAGE, status="206 Partial Content"), name="2"),
        warc_record(http_answer(packed, more="Content-Encoding: gzip\r\n"), name="3"),
        warc_record(http_answer(b"5\r\n<p>ab", more="Transfer-Encoding: chunked\r\n"), name="4"),
    )
    assert [raw(one).truncated for one in read(tmp_path).values()] == [True] * 4


def test_a_bomb_in_a_payload_is_cut_off(tmp_path: Path) -> None:
    bomb = zlib.compressobj(wbits=31)
    packed = b"".join(bomb.compress(b"<p>boom</p> " * 87_381) for _ in range(40)) + bomb.flush()
    page = raw(read(write(tmp_path, warc_record(http_answer(packed, more="Content-Encoding: gzip\r\n"), name="1")))["root/a.warc#1"])
    assert (len(page.data), page.truncated) == (16 * 2**20, True)


def damaged(folder: Path, data: bytes) -> tuple[list[RawFile], str]:
    (folder / "a.warc").write_bytes(data)
    *pages, last = read(folder).values()
    assert isinstance(last, IngestError) and last.key == "root/a.warc"
    return [raw(one) for one in pages], last.reason


def test_of_a_damaged_archive_what_stands_before_the_damage_is_read(tmp_path: Path) -> None:
    one, two = (warc_record(http_answer(PAGE), name=name) for name in "12")
    pages, reason = damaged(tmp_path, one + b"garbage\r\n" * 3 + two)
    assert [page.key for page in pages] == ["root/a.warc#1"]
    assert reason.startswith("cannot be read behind its record 1 (byte ")


def test_a_record_that_is_cut_off_is_a_page_and_says_so(tmp_path: Path) -> None:
    pages, reason = damaged(tmp_path, warc_record(http_answer(PAGE), name="1") + warc_record(http_answer(PAGE), name="2")[:-20])
    assert [(page.key, page.truncated) for page in pages] == [("root/a.warc#1", False), ("root/a.warc#2", True)]
    assert reason.endswith("its last record is cut off")


@pytest.mark.parametrize(
    "data",
    [
        b"", b"garbage", b"\0" * 5000, b"WARC/1.0\r\n", b"WARC/1.0\r\n\r\n", b"\r\n\r\n\r\n", b"WARC/1.0\r\nWARC-Type: response\r\n\r\nx",
        b"WARC/1.0\r\nContent-Length: -5\r\n\r\nx\r\n\r\ny", b"WARC/1.0\r\nContent-Length: x\r\n\r\nabc", b"a" * 3_000_000,
        b"WARC/1.0\r\n" + b"a: b\r\n" * 180_000 + b"\r\n", b"filedesc://x 0.0.0.0 20200101 text/plain 3\r\nabc\r\n",
        warc_record(b"", name="1").replace(b"WARC-Target-URI: https://news.example/a\r\n", b""),
    ],
)  # fmt: skip
def test_what_is_no_archive_ends_with_a_reason(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.warc").write_bytes(data)
    assert [isinstance(one, IngestError) and one.reason for one in read(tmp_path).values()] != [""]


def test_a_damaged_gzip_says_where_it_ends(tmp_path: Path) -> None:
    whole = gzip.compress(warc_record(http_answer(PAGE), name="1"))
    (tmp_path / "a.warc.gz").write_bytes(whole + gzip.compress(warc_record(http_answer(PAGE), name="2"))[:60])
    found = read(tmp_path)
    assert raw(found["root/a.warc.gz#1"]).data == PAGE
    assert "cannot be read behind its record" in problem(found["root/a.warc.gz"])


def test_a_table_declares_about_single_records(tmp_path: Path) -> None:
    write(tmp_path, warc_record(http_answer(PAGE), name="1"), warc_record(http_answer(PAGE), name="2"))
    (tmp_path / "metadata.csv").write_text("path,outlet,date\na.warc,All,\na.warc#2,Two,2020-06-08\n")
    found = read(tmp_path)
    assert claims(found["root/a.warc#1"])["outlet"] == ("All", "metadata.csv")
    assert claims(found["root/a.warc#2"]) == {
        "url": ("https://news.example/a", "warc"), "outlet": ("Two", "metadata.csv"), "date": ("2020-06-08", "metadata.csv"),
    }  # fmt: skip


@pytest.mark.parametrize("charset", ["windows-1256", "utf-8", "no-such-thing", "hex", "idna", "unicode_escape"])
def test_the_charset_of_the_server_is_believed_below_what_shows_in_the_bytes(charset: str) -> None:
    arabic = "أعلنت الوزارة أن القوات وصلت إلى البلدة. " * 3
    for encoding in ("cp1256", "utf-8"):
        page = parse(RawFile("r/a.warc#1", arabic.encode(encoding), kind="html", charset=charset))
        assert page.blocks[0].text == arabic.strip()
    latin = RawFile("r/a.warc#1", ("Türkiye Cumhurbaşkanı " * 3).encode("cp1254"), kind="html", charset="iso-8859-9")
    assert parse(latin).hints["encoding"] == ("cp1254",)
