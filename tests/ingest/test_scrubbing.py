"""No character that could harm a reader or a terminal comes through, by whatever road it enters."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchapp.config import Settings
from searchapp.errors import IngestError
from searchapp.facets import FacetSet
from searchapp.ingest.data.scrubbing import escaped, scrubbed, scrubbed_line
from searchapp.ingest.parse import parse
from searchapp.ingest.pipeline.assemble import Knowledge, document_of
from searchapp.ingest.seeds import Root, iter_raw
from searchapp.model import Document, RawFile

HARMFUL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
SIGNS = (
    "\x00", "\x07", "\x0b", "\x0c", "\x1b", "\x1c", "\x1f", "\x7f", "\x80", "\x85", "\x9b", "\u2028", "\u2029", "\u202a",
    "\u202e", "\u2066", "\u2069", "\ufeff", "\ud800", "\udfff", "\t", "\n", "\r",
)  # fmt: skip
KEPT = "\u200c\u200d\u200e\u200f"

mixed = st.text(st.one_of(st.sampled_from(SIGNS), st.sampled_from("ab Żم" + KEPT)), max_size=12)


@given(mixed)
def test_scrubbing_keeps_every_other_character_in_its_place(text: str) -> None:
    clean = scrubbed(text)
    assert len(clean) == len(text)
    assert not HARMFUL.search(clean)
    assert all(after == before for before, after in zip(text, clean, strict=True) if not HARMFUL.match(before))
    assert clean.encode().decode() == clean


@given(mixed)
def test_a_line_is_one_and_a_name_is_written_out(text: str) -> None:
    line, name = scrubbed_line(text), escaped(text)
    assert line == " ".join(line.split()) and not HARMFUL.search(line)
    assert not HARMFUL.search(name) and not set(name) & {"\t", "\n", "\r"}
    assert name == text or "\\" in name


def test_lines_stay_lines() -> None:
    assert scrubbed("a\x85b\u2028c\u2029d\x0be\x1cf\x00g\u202eh\r\ni").split("\n") == ["a", "b", "c", "d", "e", "f g h\r", "i"]


def texts_of(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from texts_of(name)
            yield from texts_of(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts_of(one)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load(Settings(), FacetSet())


def document(raw: RawFile | IngestError, knowledge: Knowledge) -> Document | None:
    """The document of the file; None where it is none, for half a character makes some bytes undecodable."""
    if isinstance(raw, IngestError):
        return None
    try:
        return document_of(raw, parse(raw), knowledge, Counter())
    except IngestError:
        return None


def fields_of(text: str) -> dict[str, object]:
    return {
        "title": f"T{text}", "author": f"A{text}", "outlet": f"O{text}", "url": f"https://a.example/{text}", "date": "2020-06-08",
        "actors": [f"W{text}"], "locations": [f"L{text}"], "retrieved": "2020-06-08",
    }  # fmt: skip


def write_all(folder: Path, text: str) -> None:
    """The text on every road into a document."""
    references = "".join(f"&#x{ord(sign):x};" for sign in text)
    loose = text.encode("utf-8", "surrogatepass")
    head = (
        f"<html lang='en{references}'><title>T{references}</title><meta name=author content='A{references}'>"
        f"<link rel=canonical href='https://a.example/{references}'><h1 class='x{references}'>H{references}</h1>"
    )
    linked = f"<script type='application/ld+json'>{json.dumps({'@type': 'Article', **fields_of(text), 'headline': 'J' + text})}</script>"
    body = f"<p>Ali{references} spoke.</p><p title='{references}'>Said ".encode() + loose + b" Reuters.</p>"
    (folder / "a.html").write_bytes((head + linked).encode() + body)
    (folder / "b.txt").write_bytes(b"Headline " + loose + b"\n\nBy John " + loose + b"\n\n" + b"The text goes on. " * 50 + loose)
    (folder / "b.json").write_text(json.dumps(fields_of(text)))
    (folder / "c.txt").write_text("Text.")
    (folder / "c.yaml").write_text(yaml.safe_dump(fields_of(text)))
    (folder / "d.txt").write_text("---\n" + yaml.safe_dump(fields_of(text)) + "---\nText.")
    (folder / "e.txt").write_text("Text.")
    (folder / "f.jsonl").write_text(json.dumps({**fields_of(text), "id": f"i{text}", "text": f"Said{text} he."}))
    table = {"path": "e.txt", "title": f"T{text}", "outlet": f"O{text}", "actors": f"W{text}"}
    with (folder / "metadata.csv").open("w", newline="", encoding="utf-8", errors="replace") as file:
        writer = csv.DictWriter(file, table)
        writer.writeheader()
        writer.writerow(table)


@given(mixed)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_harmful_character_comes_through_by_any_road(tmp_path: Path, knowledge: Knowledge, text: str) -> None:
    write_all(tmp_path, text)
    found = [raw for raw, _ in iter_raw(Root("root", tmp_path))]
    documents = [one for one in (document(raw, knowledge) for raw in found) if one is not None]
    # Half a character makes bytes undecodable and YAML unreadable, but never what JSON, tables and front matter say.
    assert len(documents) >= 3
    for one in documents:
        for value in texts_of(msgspec.to_builtins(one)):
            assert not HARMFUL.search(value), (one.source, value)
        msgspec.json.encode(one)
    assert not any(HARMFUL.search(str(raw)) for raw in found if not isinstance(raw, RawFile))


def test_joiners_and_direction_marks_stay() -> None:
    source = f"می\u200cخواهم و آن‌ها می\u200dروند.{KEPT} متن"
    assert parse(RawFile("root/a.txt", source.encode(), kind="text")).blocks[0].text == source
