"""The page about the archive and its JSON tell which files are left out and what was taken down, and why."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from searchapp.config import Settings
from searchapp.errors import IngestError
from searchapp.left_out import MOST_FILES, LeftOut
from tests.engine.corpus import DOCUMENTS, FACETS
from tests.web.conftest import site_of
from tests.web.reading import one, page_of, words

WITHHELD = "url,date,reason\nhttps://example.org/x,2021-02-03,asked for\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index folder with an account of what was left out, and an archive folder in it."""
    empty = [IngestError(f"news/empty-{number:02}.txt", "parse", "is empty", skipped=True) for number in range(MOST_FILES + 5)]
    LeftOut.of("2026-01-02T03:04:05Z", [*empty, IngestError("news/<b>.html", "parse", "is <damaged>")]).write(tmp_path)
    (tmp_path / "withheld.csv").write_text(WITHHELD, encoding="utf-8")
    return tmp_path


def site(folder: Path, *, public: bool = False) -> FlaskClient:
    return site_of(DOCUMENTS[:2], facets=FACETS, settings=Settings(index=folder, archive=folder, public=public))


def test_files_left_out_stand_with_reason_number_and_names(folder: Path) -> None:
    page = page_of(site(folder), "/about")
    assert "1 file or record failed · 25 were no articles · as of the ingest of 2 January 2026" in words(one(page, "main"))
    failed, skipped = page.select("[aria-labelledby=left-out] tbody tr")
    assert words(failed) == "failed is <damaged> 1 news/<b>.html"
    assert words(skipped).startswith("no article is empty 25 news/empty-00.txt")
    assert [words(item) for item in skipped.select("li")][-2:] == ["news/empty-19.txt", "and 5 more"]


def test_a_public_archive_counts_them_and_names_none(folder: Path) -> None:
    client = site(folder, public=True)
    page = page_of(client, "/about")
    assert len(page.select("[aria-labelledby=left-out] tbody tr")) == 2
    for text in (page.get_text(), client.get("/api/about").text):
        assert "is empty" in text and "asked for" in text
        assert "news/" not in text and "example.org/x" not in text


def test_an_archive_that_nothing_was_left_out_of_says_so(tmp_path: Path) -> None:
    assert "There is no account here of the files of an ingest that can be read." in words(one(page_of(site(tmp_path), "/about"), "main"))
    assert site(tmp_path).get("/api/about").json["left_out"] is None  # type: ignore[index]
    LeftOut.of("2026-01-02T03:04:05Z", []).write(tmp_path)
    page = page_of(site(tmp_path), "/about")
    assert "0 files or records failed · 0 were no articles" in words(one(page, "main"))
    assert not page.select("[aria-labelledby=left-out]")


def test_the_json_says_what_the_page_says(folder: Path) -> None:
    client = site(folder)
    answer = client.get("/api/about")
    plain = answer.json
    assert plain is not None
    assert (plain["documents"], plain["left_out"]["failed"], plain["left_out"]["skipped"]) == (2, 1, 25)
    assert plain["left_out"]["reasons"][0] == {"reason": "is <damaged>", "failed": True, "count": 1, "files": ["news/<b>.html"]}
    assert plain["taken_down"] == [{"named": "https://example.org/x", "date": "2021-02-03", "reason": "asked for"}]
    for row in plain["rows"]:
        assert client.get(row["url"]).json["total"] <= row["count"]  # type: ignore[index]
    tag = answer.headers["ETag"]
    assert client.get("/api/about", headers={"If-None-Match": tag}).status_code == 304
    LeftOut.of("2026-01-03T03:04:05Z", []).write(folder)
    assert client.get("/api/about", headers={"If-None-Match": tag}).status_code == 200
    assert client.get("/api/about?x=1").status_code == 422
