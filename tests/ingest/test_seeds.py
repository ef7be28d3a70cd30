"""What is found under a root, what is declared about it, and what happens to files that cannot be read."""

from __future__ import annotations

import gzip
import json
import os
import re
from pathlib import Path

import pytest

from searchapp.errors import ConfigError, UsageError
from searchapp.ingest.seeds import PathPattern, Root, iter_raw, keep_pattern, read_patterns, roots_of
from searchapp.model import RawFile
from tests.ingest.seeding import claims, problem, read


def test_every_page_below_a_folder_is_found_under_its_path(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "one.txt").write_text("one")
    (tmp_path / "two.html").write_text("two")
    assert list(read(tmp_path)) == ["root/two.html", "root/a/b/one.txt"]


def test_a_root_that_is_a_file_has_its_name_as_its_one_key(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("one")
    assert list(read(tmp_path / "one.txt")) == ["root"]


def test_hidden_files_and_folders_are_no_seeds(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text("x")
    (tmp_path / ".x.txt").write_text("x")
    assert read(tmp_path) == {}


def test_compressed_files_are_read_as_what_they_hold(tmp_path: Path) -> None:
    (tmp_path / "one.txt.gz").write_bytes(gzip.compress(b"inside"))
    raw = read(tmp_path)["root/one.txt.gz"]
    assert isinstance(raw, RawFile) and raw.data == b"inside"


def test_a_damaged_compressed_file_fails_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "one.txt.gz").write_bytes(gzip.compress(b"inside" * 1000)[:30])
    assert problem(read(tmp_path)["root/one.txt.gz"]) == "failed: is compressed, and ends before its end was stored"


def test_a_file_of_another_kind_is_skipped_and_named(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"%PDF")
    assert problem(read(tmp_path)["root/scan.pdf"]) == "skipped: is of a kind that cannot be ingested (.pdf)"


def test_a_pipe_is_skipped_without_being_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert problem(read(tmp_path)["root/pipe.txt"]) == "skipped: is no regular file"


def test_a_link_out_of_its_folder_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.txt").write_text("secret")
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "link.txt").symlink_to(tmp_path / "outside" / "secret.txt")
    assert problem(read(tmp_path / "inside")["root/link.txt"]) == "skipped: is a link to a place outside of its root"


def test_a_sidecar_declares_what_stands_in_it_and_is_no_seed_itself(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("one")
    (tmp_path / "one.json").write_text(json.dumps({"title": "T", "date": "2020-06-08T10:00:00Z", "topics": "x"}))
    found = read(tmp_path)
    assert claims(found["root/one.txt"]) == {"title": ("T", "sidecar"), "date": ("2020-06-08", "sidecar")}
    assert list(found) == ["root/one.txt"]


def test_a_yaml_sidecar_declares_dates_and_facets(tmp_path: Path) -> None:
    (tmp_path / "one.html").write_text("one")
    (tmp_path / "one.yaml").write_text("date: 2020-06-08\nfacets: {topics: [grain, wheat]}\nactors: [A]\n")
    raw = read(tmp_path)["root/one.html"]
    assert isinstance(raw, RawFile)
    assert claims(raw) == {"date": ("2020-06-08", "sidecar")}
    assert raw.values == {"topics": ("grain", "wheat"), "actor": ("A",)}


def test_a_broken_sidecar_fails_its_file_and_no_other(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(name)
    (tmp_path / "one.json").write_text("{")
    found = read(tmp_path)
    assert "sidecar one.json cannot be read" in problem(found["root/one.txt"])
    assert isinstance(found["root/two.txt"], RawFile)


def test_a_metadata_table_declares_by_path_and_a_sidecar_overrules_it(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one.txt").write_text("one")
    (tmp_path / "in" / "one.json").write_text('{"outlet": "From the sidecar"}')
    (tmp_path / "metadata.csv").write_text('path,outlet,title,topics\nin/one.txt,From the table,"A, B",grain | wheat\n')
    raw = read(tmp_path)["root/in/one.txt"]
    assert isinstance(raw, RawFile)
    assert claims(raw) == {"outlet": ("From the sidecar", "sidecar"), "title": ("A, B", "metadata.csv")}
    assert raw.values == {"topics": ("grain", "wheat")}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"file,outlet\nx,y\n", "line 1: has no column named path"),
        (b'path,title\na.txt,x\nb.txt,"y\nc.txt,z\n', "line 3: unexpected end of data; a quotation mark may be missing there"),
        ("path,title\na.txt,x\nb.txt,Café\n".encode("latin-1"), "line 3: is not written in UTF-8"),
    ],
)
def test_a_broken_table_is_named_with_its_line_and_ends_the_ingest_at_the_top_of_a_root(
    tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "metadata.csv").write_bytes(content)
    assert said in problem(read(tmp_path)["root/in/metadata.csv"])
    (tmp_path / "metadata.csv").write_bytes(content)
    with pytest.raises(ConfigError, match=re.escape(f"{tmp_path}/metadata.csv: ")) as caught:
        read(tmp_path)
    assert said in str(caught.value)


def test_a_path_pattern_declares_what_the_path_says(tmp_path: Path) -> None:
    folder = tmp_path / "Enab Baladi" / "2020" / "06" / "08"
    folder.mkdir(parents=True)
    (folder / "one.txt").write_text("one")
    raw = read(tmp_path, "{outlet}/{date:%Y/%m/%d}/{name}")["root/Enab Baladi/2020/06/08/one.txt"]
    assert claims(raw) == {"outlet": ("Enab Baladi", "path"), "date": ("2020-06-08", "path")}


def test_a_path_that_does_not_fit_the_pattern_declares_nothing(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("one")
    assert claims(read(tmp_path, "{outlet}/{name}")["root/one.txt"]) == {}


@pytest.mark.parametrize("text", ["no names", "{outlet}/{outlet}", "{date:%H}", "{outlet", "{date:%Y/%d}"])
def test_a_pattern_that_cannot_be_meant_is_refused(text: str) -> None:
    with pytest.raises(ConfigError):
        PathPattern.compile(text)


def test_an_archive_keeps_its_patterns(tmp_path: Path) -> None:
    keep_pattern(tmp_path, "news", PathPattern.compile("{outlet}/{name}"))
    keep_pattern(tmp_path, "more", PathPattern.compile("{language}/{name}"))
    assert {name: one.text for name, one in read_patterns(tmp_path).items()} == {
        "news": "{outlet}/{name}",
        "more": "{language}/{name}",
    }


def test_each_line_of_a_jsonl_file_is_a_record_named_by_its_id_or_number(tmp_path: Path) -> None:
    (tmp_path / "all.jsonl").write_text('{"id": "a", "lang": "en"}\n\n{"title": "B"}\n{"id": 7}\n')
    found = read(tmp_path / "all.jsonl")
    assert list(found) == ["root#a", "root#3", "root#7"]
    assert claims(found["root#a"]) == {"language": ("en", "record")}


def test_lines_that_are_no_records_fail_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "all.jsonl").write_text('{"id": "a"}\n{broken\n[1]\n{"id": "b"}\n')
    found = read(tmp_path / "all.jsonl")
    assert [key for key, raw in found.items() if isinstance(raw, RawFile)] == ["root#a", "root#b"]
    assert "is no JSON" in problem(found["root#line 2"])
    assert "is no JSON object" in problem(found["root#line 3"])


def test_a_declared_date_that_cannot_be_is_refused_and_the_document_kept(tmp_path: Path) -> None:
    (tmp_path / "all.jsonl").write_text('{"id": "a", "date": "2020-02-31"}\n{"id": "b", "date": "2931-01-01"}\n')
    found = list(iter_raw(Root("root", tmp_path / "all.jsonl")))
    assert [claims(raw) for raw, _ in found] == [{}, {}]
    assert [refused for _, refused in found] == [
        ("record declares the date '2020-02-31', which is none",),
        ("record declares the date '2931-01-01', which is yet to come",),
    ]


def test_two_paths_with_one_name_are_refused_and_a_name_can_be_given(tmp_path: Path) -> None:
    for folder in ("a/news", "b/news"):
        (tmp_path / folder).mkdir(parents=True)
    with pytest.raises(UsageError, match="--root"):
        roots_of([tmp_path / "a/news", tmp_path / "b/news"])
    roots = roots_of([tmp_path / "a/news"], [f"more={tmp_path / 'b/news'}"])
    assert [root.name for root in roots] == ["news", "more"]


def test_a_path_that_does_not_exist_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        roots_of([tmp_path / "nowhere"])
