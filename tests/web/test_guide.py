"""What a reader sees around the search: the start, what the archive holds, evidence, citations, how heavy it all is."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from searchapp import web
from searchapp.config import Settings
from searchapp.facets import FacetSet
from tests.engine.corpus import CLUSTERS, DOCUMENTS, FACETS
from tests.web.conftest import site_of
from tests.web.reading import link, one, page_of, rows_of, titles_of, total_of, words


def test_the_start_shows_the_archive_and_what_is_new(client: FlaskClient) -> None:
    page = page_of(client, "/")
    assert words(one(page, "h1")) == "26 articles"
    assert "21 stories · 11 outlets · dated 2017 to 2021" in words(one(page, ".counts"))
    assert len(titles_of(page)) == 5
    assert titles_of(page) == titles_of(page_of(client, "/search"))[:5]
    assert link(page, "All 11 outlets") == "/facets/outlet"
    for row in page.select(".overview a.value"):
        shown = int(words(one(row, ".n")).replace(",", ""))
        assert total_of(page_of(client, str(row["href"]))) <= shown, "stories are no more than articles"
    assert all("per_page" not in str(element["href"]) for element in page.select("main [href]"))


def test_a_question_asked_of_the_start_is_a_search(client: FlaskClient) -> None:
    assert client.get("/?q=haftar&outlet=Blog").headers["Location"] == "/search?q=haftar&outlet=Blog"


def test_an_empty_archive_names_the_command() -> None:
    assert "searchapp ingest FOLDER" in words(page_of(site_of([], facets=FacetSet()), "/"))


def test_the_archive_tells_what_it_holds_by_outlet_and_time(client: FlaskClient) -> None:
    page = page_of(client, "/about")
    head = [words(cell) for cell in page.select("thead th")]
    assert head == ["Outlet", "All", "undated", "2017", "2018", "2019", "2020", "2021"]
    assert all(page.select(f".scroll tbody td:nth-child({at}) a") for at in range(4, 9)), "no column is empty"
    for row in page.select(".scroll tbody tr"):
        counts = [int(words(cell) or 0) for cell in row.select("td")]
        assert sum(counts[1:]) == counts[0]
        for cell, count in zip(row.select("td"), counts, strict=True):
            if cell.a is not None:
                assert total_of(page_of(client, f"{cell.a['href']}&dupes=show")) == count
    undated = page.select_one(".shares li")
    assert undated is not None and words(undated) == "undated 4 · 15.4 %"


def test_what_was_taken_down_is_listed_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "withheld.csv").write_text("url,date,reason\nhttps://example.org/x,2021-02-03,asked for\n", encoding="utf-8")
    settings = Settings(engine="memory", archive=tmp_path)
    row = one(page_of(site_of(DOCUMENTS[:2], facets=FACETS, settings=settings), "/about"), "[aria-label='Taken down'] tbody tr")
    assert words(row).startswith("https://example.org/x") and words(row).endswith("asked for")
    public = Settings(engine="memory", archive=tmp_path, public=True)
    assert "example.org/x" not in page_of(site_of(DOCUMENTS[:2], facets=FACETS, settings=public), "/about").get_text()


def test_the_evidence_for_a_value_is_counted_and_quoted(client: FlaskClient) -> None:
    page = page_of(client, "/facets/actor")
    why = next(row for row in page.select(".row") if "Khalifa Haftar" in words(row)).select_one(".why")
    assert why is not None
    evidence = page_of(client, str(why["href"]))
    assert words(one(evidence, "h1")) == "Evidence for Khalifa Haftar"
    assert words(one(evidence, ".words li")) == "Khalifa Haftar 4 results"
    assert evidence.select(".snippet mark")
    assert total_of(page_of(client, link(evidence, "4 results"))) == 4


def test_each_filter_says_what_it_takes_away(client: FlaskClient) -> None:
    page = page_of(client, "/search?q=recruits&outlet=IranWire&date_from=2019")
    for chip in page.select(".chip"):
        shown = one(chip, "small").get_text() if chip.small else "−0"
        without = total_of(page_of(client, str(chip["href"])))
        assert without - total_of(page) == int(shown.replace("−", "").replace("+", "-")), words(chip)


def test_names_nobody_has_reviewed_are_listed_on_request_and_marked(client: FlaskClient) -> None:
    page = page_of(client, "/search")
    section = one(page, "#facet-actor").find_parent("section")
    assert section is not None and "more were found" in words(section)
    more = page_of(client, link(section, "list them too"))
    named = {row.label: row.name for row in rows_of(more, "actor")}
    assert named["Omar Nasser"].endswith(", not reviewed")
    assert "not reviewed" not in named["Khalifa Haftar"]


def test_a_document_is_cited_in_two_formats(client: FlaskClient) -> None:
    page = page_of(client, "/document/d01")
    assert words(one(page, ".citation")).startswith("“Recruits leave for Libya”. Zaman al-Wasl, 8 June 2020.")
    assert client.get(link(page, "RIS")).text.startswith("TY  - NEWS")
    assert client.get(link(page, "BibTeX")).text.startswith("@article{searchapp-d01,")
    assert client.get("/document/none.ris").status_code == 404


def test_a_document_knows_its_place_its_hits_and_its_copies(client: FlaskClient) -> None:
    page = page_of(client, "/document/d01?q=recruits")
    assert "1 of 4" in words(one(page, ".trail"))
    assert [mark["id"] for mark in page.select("mark")] == ["hit-1", "hit-2"]
    assert words(one(page, ".hit-count")) == "2 hits"
    assert "the same words" in words(one(page, "#copies"))
    assert not page_of(client, "/document/d01").select(".trail [rel], mark")


def test_a_public_archive_tells_no_words_of_copies() -> None:
    settings = Settings(engine="memory", public=True, text="snippets")
    page = page_of(site_of(DOCUMENTS, CLUSTERS, facets=FACETS, settings=settings), "/document/d01")
    assert len(page.select("#copies li")) == 2
    assert not page.select("#copies details, #copies del, #copies .status, .text > p:not(.how)")


def test_the_description_for_browsers_names_this_site(client: FlaskClient) -> None:
    answer = client.get("/opensearch.xml")
    assert answer.mimetype == "application/opensearchdescription+xml"
    assert 'template="http://localhost/search?q={searchTerms}"' in answer.text


def test_the_assets_and_a_page_are_light(client: FlaskClient) -> None:
    static = Path(web.__file__).parent / "static"
    assert sum(path.stat().st_size for path in static.iterdir()) < 60_000
    assert len(gzip.compress(client.get("/search").data)) < 40_000


@pytest.mark.parametrize("url", ["/", "/search", "/document/d01", "/facets/outlet", "/about"])
def test_nothing_is_fetched_from_outside(client: FlaskClient, url: str) -> None:
    page = page_of(site_of(DOCUMENTS, CLUSTERS, facets=FACETS), url)
    fetched = [str(one.get("src") or one.get("href")) for one in page.select("[src], link[rel=stylesheet], link[rel=icon]")]
    assert fetched and all(address.startswith("/static/") for address in fetched)


def test_the_start_leads_to_what_came_or_changed_with_the_latest_ingest(client: FlaskClient) -> None:
    way = one(page_of(client, "/"), ".newest a")
    found = page_of(client, str(way["href"]))
    assert words(way) == f"{total_of(found)} stories added or changed"
    assert 0 < total_of(found) < total_of(page_of(client, "/search"))
    assert words(one(found, ".chip bdi")) == "since 1 July 2020 08:00 UTC"


def test_an_archive_of_one_ingest_has_no_latest_one() -> None:
    page = page_of(site_of(DOCUMENTS[:1], facets=FACETS), "/")
    assert page.select(".newest") == []


def test_bars_compare_the_times_of_one_outlet(client: FlaskClient) -> None:
    for row in page_of(client, "/about").select(".scroll tbody tr"):
        bars = [int(str(bar["width"])) for bar in row.select("td rect")]
        assert not bars or max(bars) == 100
