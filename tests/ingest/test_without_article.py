"""Pages without an article stay findable in what was removed, and say what is wrong with them."""

from __future__ import annotations

import pytest

from searchapp.config import Settings
from searchapp.engine.memory import MemoryEngine
from searchapp.facets import FacetSet
from searchapp.ingest.pipeline import Knowledge, Options, ingest, roots_of
from searchapp.model import SearchQuery
from tests.ingest.own_pages import PAGES, language_of


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> MemoryEngine:
    folder = tmp_path_factory.mktemp("pages")
    for page in (page for page in PAGES if language_of(page) == "bad"):
        (folder / page.name).write_bytes(page.read_bytes())
    engine = MemoryEngine(FacetSet())
    knowledge = Knowledge.load(Settings(engine="memory"), FacetSet())
    ingest(roots_of([folder]), engine, knowledge, Options(), journal=tmp_path_factory.mktemp("memory") / "journal.sqlite")
    return engine


@pytest.mark.parametrize(
    ("text", "quality"),
    [
        ("demandée n'existe", "no article found"), ("ferrymen refuse", "no article found"), ("шкільний автобус", "no article found"),
        ("unsere partner speichern", "no article found"), ("planos del puerto", "only a teaser"),
    ],
)  # fmt: skip
def test_a_page_without_an_article_is_found_in_its_removed_text(engine: MemoryEngine, text: str, quality: str) -> None:
    assert engine.search(SearchQuery(text=text)).total == 0
    (hit,) = engine.search(SearchQuery(text=text, scope="raw")).hits
    document = engine.get(hit.id)
    assert document is not None
    assert (hit.only_removed, document.quality) == (True, quality)
