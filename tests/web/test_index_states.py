"""What visitors and supervisors are told when the newest state of the index cannot be served."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from searchapp.config import Settings
from searchapp.engine import open_engine
from searchapp.web import create_app
from tests.engine.corpus import FIRST_RUN, SECOND_RUN, document
from tests.engine.generations import flip


@pytest.fixture
def index(tmp_path: Path) -> Path:
    engine = open_engine(Settings(index=tmp_path / "index"))
    for run, name in ((FIRST_RUN, "a"), (SECOND_RUN, "b")):
        with engine.writer(run=run) as writer:
            writer.add(document(name, name, "one", outlet="Reuters"))
            writer.commit(settled=True)
    engine.close()
    return tmp_path / "index"


@pytest.fixture
def client(index: Path) -> Iterator[FlaskClient]:
    settings = Settings(index=index, deadline=30)
    engine = open_engine(settings, background=True)
    yield create_app(settings, lambda: engine).test_client()
    engine.close()


def test_an_older_state_is_served_and_every_page_says_so(index: Path, client: FlaskClient) -> None:
    flip(index / "generations/2/MANIFEST")
    ready = client.get("/readyz")
    assert (ready.status_code, ready.get_json()["generation"], ready.get_json()["documents"]) == (200, "1", 1)
    assert "generations/2/MANIFEST" in ready.get_json()["notice"]
    for page in ("/", "/search?q=one", "/document/a", "/facets/outlet", "/api/search"):
        answer = client.get(page)
        assert (answer.status_code, "generations/2/MANIFEST" in answer.get_data(as_text=True)) == (200, True), page


def test_a_whole_state_is_served_without_a_word(client: FlaskClient) -> None:
    for page in ("/", "/document/a", "/facets/outlet"):
        assert "note-bad" not in client.get(page).get_data(as_text=True)


def test_an_index_that_may_not_be_opened_is_not_ready(index: Path, client: FlaskClient) -> None:
    index.chmod(0o777)
    ready = client.get("/readyz")
    assert (ready.status_code, ready.get_json()["ready"]) == (503, False)
    assert "chmod o-w index" in ready.get_json()["detail"]
    assert client.get("/").status_code == client.get("/api/search").status_code == 503
    assert str(index.parent) not in client.get("/").get_data(as_text=True)
