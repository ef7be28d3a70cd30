"""What sidecars, tables, front matter and records of others declare, and who is believed first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchapp.ingest.parse import parse
from searchapp.ingest.seeds import Root, SeedFile, list_files, write_table
from searchapp.ingest.seeds.tables import neutral_cell, plain_cell
from tests.ingest.seeding import claims, notes, problem, raw, read

TRAFILATURA = {
    "title": "T", "author": "A B; C D", "hostname": "news.example", "date": "2020-06-08", "fingerprint": "x", "id": None,
    "license": None, "comments": "", "raw_text": "Menu Text.", "text": "Text.", "language": "en", "image": "i",
    "pagetype": "article", "filedate": "2020-06-10", "source": "https://news.example/a", "source-hostname": "The News",
    "excerpt": "e", "categories": "World", "tags": "grain;wheat; oil",
}  # fmt: skip
NEWS_PLEASE = {
    "authors": ["A B", "C D"], "date_download": "2020-06-10 08:30:00", "date_modify": "2020-06-09 01:00:00",
    "date_publish": "2020-06-08 10:00:00", "description": "d", "filename": "x.html", "image_url": "i", "language": "en",
    "localpath": None, "maintext": "Text.", "source_domain": "www.news.example", "title": "T", "title_page": None,
    "title_rss": None, "url": "https://news.example/a",
}  # fmt: skip
MEDIA_CLOUD = {
    "stories_id": 4711, "id": "abc", "title": "T", "publish_date": "2020-06-08", "media_name": "The News",
    "media_url": "news.example", "url": "https://news.example/a", "language": "en",
    "indexed_date": "2020-06-10T08:30:00.123456+02:00", "story_text": "Text.",
}  # fmt: skip


def record(folder: Path, fields: dict[str, object]) -> dict[str, tuple[str | None, str]]:
    (folder / "a.jsonl").write_text(json.dumps(fields))
    (found,) = read(folder).values()
    page = parse(raw(found))
    assert ([block.text for block in page.blocks], page.clean) == (["Text."], False)
    return claims(found)


def test_records_of_trafilatura_are_read(tmp_path: Path) -> None:
    said = record(tmp_path, TRAFILATURA)
    assert {name: value for name, (value, _) in said.items()} == {
        "title": "T", "author": "A B; C D", "outlet": "The News", "date": "2020-06-08", "language": "en",
        "url": "https://news.example/a",
    }  # fmt: skip
    (found,) = read(tmp_path).values()
    assert raw(found).retrieved == "2020-06-10"
    assert raw(found).values == {"tags": ("grain", "wheat", "oil"), "categories": ("World",)}


def test_records_of_news_please_are_read(tmp_path: Path) -> None:
    said = record(tmp_path, NEWS_PLEASE)
    assert {name: value for name, (value, _) in said.items()} == {
        "title": "T", "author": "A B, C D", "date": "2020-06-08", "language": "en", "url": "https://news.example/a",
    }  # fmt: skip
    (found,) = read(tmp_path).values()
    assert raw(found).retrieved == "2020-06-10T08:30:00Z"


def test_records_of_media_cloud_are_read(tmp_path: Path) -> None:
    said = record(tmp_path, MEDIA_CLOUD)
    assert {name: value for name, (value, _) in said.items()} == {
        "title": "T", "outlet": "The News", "date": "2020-06-08", "language": "en", "url": "https://news.example/a",
    }  # fmt: skip
    (found,) = read(tmp_path).values()
    assert (raw(found).key, raw(found).retrieved) == ("root/a.jsonl#abc", "2020-06-10T06:30:00Z")
    record(tmp_path, {name: value for name, value in MEDIA_CLOUD.items() if name != "id"})
    assert list(read(tmp_path)) == ["root/a.jsonl#4711"]


def test_a_source_is_an_address_or_an_outlet_and_a_host_stands_in_for_both(tmp_path: Path) -> None:
    assert record(tmp_path, {"id": 1, "text": "Text.", "source": "The News"}) == {"outlet": ("The News", "record")}
    url = record(tmp_path, {"id": 1, "text": "Text.", "source": "https://news.example/"})
    assert url == {"url": ("https://news.example/", "record")}
    host = record(tmp_path, {"id": 1, "text": "Text.", "hostname": "www.news.example"})
    assert host == {"outlet": ("news.example", "record")}


def test_only_known_names_hold_the_text_of_a_record(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": 1, "content": "x", "body": "y", "comments": "z"}\n{"id": 2, "text": ["x"]}')
    found = read(tmp_path)
    assert parse(raw(found["root/a.jsonl#1"])).blocks == ()
    assert problem(found["root/a.jsonl#2"]) == "failed: its text is no text"


def test_an_id_too_long_for_a_name_gives_way_to_the_number_of_the_line(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "x" * 201, "title": "T"}) + "\n" + json.dumps({"id": "a\n\u202eb"}))
    assert list(read(tmp_path)) == ["root/a.jsonl#1", r"root/a.jsonl#a\x0a\u202eb"]


FRONT = "---\ntitle: Über die Grenze\ndate: 2020-06-08\ntags: [a, b]\n---\n"


def test_front_matter_declares_and_is_no_part_of_the_text(tmp_path: Path) -> None:
    source = f"{FRONT}First.\n\nSecond.\n"
    (tmp_path / "a.txt").write_text(source)
    page = raw(read(tmp_path)["root/a.txt"])
    assert claims(page) == {"title": ("Über die Grenze", "front matter"), "date": ("2020-06-08", "front matter")}
    assert page.values == {"tags": ("a", "b")}
    blocks = parse(page).blocks
    assert [block.text for block in blocks] == ["First.", "Second."]
    assert [source[block.start : block.end] for block in blocks] == ["First.", "Second."]


@pytest.mark.parametrize("line", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_front_matter_may_end_with_points_and_begin_with_a_mark(tmp_path: Path, line: str, mark: str) -> None:
    source = line.join(("---", "title: T", "...", "Text."))
    (tmp_path / "a.txt").write_bytes((mark + source).encode())
    page = raw(read(tmp_path)["root/a.txt"])
    assert claims(page) == {"title": ("T", "front matter")}
    (block,) = parse(page).blocks
    assert source[block.start : block.end] == block.text == "Text."


@pytest.mark.parametrize(
    "text",
    [
        "---\nOne line.\n---\nMore.", "---\n- title\n---\nMore.", "---\nnote: x\n---\nMore.", "---\ntitle: T\nMore.",
        "--- \ntitle: [\n---\nMore.", "Text.\n---\ntitle: T\n---\n", "---\n---\nMore.", "---", "---\ntitle: \xff\n---\nx",
        "---\ntitle: T\n" + "a: b\n" * 14_000 + "---\nMore.",
    ],
)  # fmt: skip
def test_what_only_looks_like_front_matter_is_text(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode("latin-1"))
    page = raw(read(tmp_path)["root/a.txt"])
    assert (page.declared, page.data) == ({}, text.encode("latin-1"))


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{after}: &{after} [{','.join([f'*{before}'] * 9)}]\n" for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "yaml", [BOMB + "title: T\n", "title: !!timestamp x\n", "title: !!python/object:os.system x\n", "title: " + "[" * 5000 + "\n"]
)
def test_a_bomb_of_yaml_is_not_set_off(tmp_path: Path, yaml: str) -> None:
    (tmp_path / "a.txt").write_text(f"---\n{yaml}---\nText.")
    (tmp_path / "b.txt").write_text("Text.")
    (tmp_path / "b.yaml").write_text(yaml)
    found = read(tmp_path)
    assert raw(found["root/a.txt"]).declared == {}
    assert "its sidecar b.yaml cannot be read: it " in problem(found["root/b.txt"])


def test_who_is_nearer_to_the_document_is_believed(tmp_path: Path) -> None:
    (tmp_path / "P").mkdir()
    path = tmp_path / "P" / "a.txt"
    for fields, text, origin in [
        ({"outlet": "S"}, "---\noutlet: F\n---\nText.", "sidecar"),
        ({"title": "S"}, "---\noutlet: F\n---\nText.", "front matter"),
        ({"title": "S"}, "Text.", "metadata.csv"),
    ]:
        path.write_text(text)
        path.with_suffix(".json").write_text(json.dumps(fields))
        (tmp_path / "metadata.csv").write_text("path,outlet\nP/a.txt,M\n")
        assert claims(read(tmp_path, "{outlet}/{name}")["root/P/a.txt"])["outlet"][1] == origin
    (tmp_path / "metadata.csv").unlink()
    assert claims(read(tmp_path, "{outlet}/{name}")["root/P/a.txt"])["outlet"] == ("P", "path")


def test_a_table_that_repeats_what_is_known_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "P").mkdir()
    (tmp_path / "P" / "a.jsonl").write_text('{"id": 1, "title": "T"}')
    (tmp_path / "metadata.csv").write_text("path,title,outlet,date\nP/a.jsonl#1,T,P,2020\n")
    said = claims(read(tmp_path, "{outlet}/{name}")["root/P/a.jsonl#1"])
    assert said == {"title": ("T", "record"), "outlet": ("P", "path"), "date": ("2020", "metadata.csv")}


def test_a_row_about_one_record_is_believed_before_the_record(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "x#1", "title": "T"}\n{"id": 2, "title": "T"}')
    (tmp_path / "metadata.csv").write_text("path,title\na.jsonl#x#1,Corrected\na.jsonl,All\n")
    (file,) = list_files(Root("root", tmp_path))
    assert isinstance(file, SeedFile) and list(file.rows) == ["x#1"]
    assert {key: claims(one)["title"] for key, one in read(tmp_path).items()} == {
        "root/a.jsonl#x#1": ("Corrected", "metadata.csv"), "root/a.jsonl#2": ("T", "record"),
    }  # fmt: skip


def test_columns_for_people_are_passed_over_and_doubled_rows_reported(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    (tmp_path / "metadata.csv").write_text("path,inferred_title,title,actors\na.txt,No,Yes,A | B\n./a.txt,,Other,\n")
    page = raw(read(tmp_path)["root/a.txt"])
    assert claims(page) == {"title": ("Yes", "metadata.csv")}
    assert page.values == {"actor": ("A", "B")}
    assert notes(tmp_path) == ["metadata.csv has more than one row for a.txt"]


def test_the_nearest_table_is_believed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Text.")
    (tmp_path / "metadata.csv").write_text("path,title,outlet\nin/a.txt,Far,O\n")
    (tmp_path / "in" / "metadata.csv").write_text("path,title\na.txt,Near\n")
    said = claims(read(tmp_path)["root/in/a.txt"])
    assert {name: value for name, (value, _) in said.items()} == {"title": "Near", "outlet": "O"}


def test_cells_that_spreadsheets_would_run_are_read_back_as_they_were(tmp_path: Path) -> None:
    names = ["=SUM(A1).txt", "+1.txt", "'quoted.txt", "'=both.txt"]
    for name in names:
        (tmp_path / name).write_text("Text.")
    with (tmp_path / "metadata.csv").open("w", newline="") as file:
        assert write_table(file, ["path", "title"], [{"path": name, "title": f"@{name}"} for name in names]) == 4
    assert "\n=" not in (tmp_path / "metadata.csv").read_text()
    found = read(tmp_path)
    assert {key: claims(one)["title"][0] for key, one in found.items()} == {f"root/{name}": f"@{name}" for name in names}


@given(st.text(st.sampled_from("'=+-@\t\ra"), max_size=6))
def test_every_cell_survives_being_made_harmless(text: str) -> None:
    cell = neutral_cell(text)
    assert plain_cell(cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("data", [b"path,title\n\xff,x\n", b"path,title\n\"" + b"x" * 2_000_000 + b"\n", b"\0", b"title\nx\n"])
def test_a_table_below_that_cannot_be_read_fails_alone(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Text.")
    (tmp_path / "in" / "metadata.csv").write_bytes(data)
    found = read(tmp_path)
    assert problem(found["root/in/metadata.csv"]).startswith("failed: ")
    assert raw(found["root/in/a.txt"]).declared == {}


def test_an_empty_table_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "metadata.csv").write_text("")
    assert read(tmp_path) == {}
