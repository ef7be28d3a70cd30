"""When a page was fetched is said on its page and in its JSON, and nothing is said where nobody knows."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from werkzeug.test import Client

from searchapp.cli import main
from searchapp.config import Settings
from searchapp.engine import open_engine
from searchapp.web import create_app
from tests.ingest.seeding import http_answer, warc_record

PAGE = b"<html><title>A page</title><body><p>The council of the town met on Monday and spoke about the harvest.</p></body></html>"


@pytest.fixture
def client(tmp_path: Path) -> Client:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.warc").write_bytes(warc_record(http_answer(PAGE), name="1"))
    (news / "b.html").write_bytes(PAGE)
    settings = Settings(index=tmp_path / "index")
    result = CliRunner().invoke(main, ["ingest", str(news), "--index", str(tmp_path / "index")])
    assert result.exit_code == 0, result.output
    return create_app(settings, partial(open_engine, settings)).test_client()


def test_when_a_page_was_fetched_stands_in_its_provenance(client: Client) -> None:
    results = client.get("/api/search?q=harvest&dupes=show").json["results"]  # type: ignore[index]
    found = {one["source"]: one["id"] for one in results}
    fetched = found["news/a.warc#1"]
    assert client.get(f"/api/documents/{fetched}").json["retrieved"] == "2020-06-08T12:00:00Z"  # type: ignore[index]
    assert "<dt>Fetched</dt><dd>8 June 2020, 12:00 UTC</dd>" in client.get(f"/document/{fetched}").text
    other = found["news/b.html"]
    assert client.get(f"/api/documents/{other}").json["retrieved"] is None  # type: ignore[index]
    assert "Fetched" not in client.get(f"/document/{other}").text
