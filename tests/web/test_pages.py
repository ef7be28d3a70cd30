"""What a reader sees of a search: counts, results, the ways out of an empty or a refused one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import Tag
from flask.testing import FlaskClient

from searchapp.facets import FacetSet
from tests.engine.corpus import CLUSTERS, DOCUMENTS, FACETS
from tests.web.conftest import site_of
from tests.web.reading import (
    envelope_of,
    hidden,
    link,
    one,
    page_of,
    titles_of,
    total_of,
    words,
)


def test_a_search_for_nothing_shows_the_whole_archive(client: FlaskClient) -> None:
    page = page_of(client, "/search")
    assert total_of(page) == 21
    assert words(one(page, ".counts")) == "26 articles · 11 outlets · 4 undated · show every article"
    assert one(page, "[role=status] h1")
    assert len(titles_of(page)) == 20
    assert words(one(page, "title")) == "21 stories · searchapp"
    assert one(page, "search form")["action"] == "/search"
    assert one(page, "a.skip")["href"] == f"#{one(page, 'main')['id']}"


def test_without_copies_results_are_articles(client: FlaskClient) -> None:
    page = page_of(site_of(DOCUMENTS[:1]), "/search")
    assert words(one(page, "h1")) == "1 article"
    assert words(one(page, ".counts")) == "1 outlet · 0 undated"


def test_the_results_follow_the_main_text_and_the_filters_come_last(client: FlaskClient) -> None:
    html = client.get("/search").text
    assert html.index("<search>") < html.index("<main") < html.index('id="filters"')


def test_a_result_shows_where_it_is_from_and_what_matched(client: FlaskClient) -> None:
    page = page_of(client, "/search?q=recruits&outlet=Zaman+al-Wasl&sort=date")
    hit = one(page, ".hit")
    assert words(one(hit, "h3")) == "Recruits leave for Libya"
    assert one(hit, "h3 mark").get_text() == "Recruits"
    assert one(hit, ".snippet mark").get_text() == "recruits"
    assert str(one(hit, "h3 a")["href"]) == "/document/d01?q=recruits&outlet=Zaman%20al-Wasl&sort=date"
    assert one(hit, "time")["datetime"] == "2020-06-08"
    assert words(one(hit, ".meta")) == "Zaman al-Wasl 8 June 2020 English 3 copies in 2 outlets"
    assert link(hit, "3 copies in 2 outlets") == "/search?cluster=d01"
    assert link(hit, "Khalifa Haftar") == "/search?q=recruits&outlet=Zaman%20al-Wasl&actor=haftar&sort=date"
    assert link(hit, "Tripoli").endswith("&location=geo%3Atripoli&sort=date")
    assert link(hit, "cites Reuters").endswith("&cites=Reuters&sort=date")
    assert "Libya" not in [words(chip) for chip in hit.select(".tags li")], "Tripoli says it already"


def test_a_guessed_outlet_carries_a_mark(client: FlaskClient) -> None:
    page = page_of(client, "/search?q=harvest&outlet=Reuters")
    guess = one(page, ".hit b .guess")
    assert words(guess) == "Reuters (inferred)"
    assert not page_of(client, "/search?q=corn+prices").select(".hit b .guess")


def test_a_missing_title_is_replaced_by_the_first_words_and_said(client: FlaskClient) -> None:
    hit = one(page_of(client, "/search?outlet=Blog&q=twice"), ".hit")
    assert words(one(hit, "h3")) == "A text without a title names Khalifa Haftar twice: Haftar, and recruits."
    assert "untitled" in words(one(hit, ".meta"))
    assert words(one(page_of(client, "/document/d15"), ".doc .meta")).startswith("untitled")


def test_language_and_direction_are_those_of_the_document(client: FlaskClient) -> None:
    for selector in ("h3", ".snippet"):
        arabic = one(page_of(client, "/search?language=ar"), f".hit {selector}")
        assert (arabic["lang"], arabic["dir"]) == ("ar", "rtl")
        english = one(page_of(client, "/search?language=en"), f".hit {selector}")
        assert (english["lang"], english["dir"]) == ("en", "ltr")
    text = one(page_of(client, "/document/d09"), ".text")
    assert (text["lang"], text["dir"]) == ("ar", "rtl")
    assert one(page_of(client, "/document/d14"), ".text")["dir"] == "auto"


def test_undated_results_have_their_own_heading_where_dates_order(client: FlaskClient) -> None:
    page = page_of(client, "/search?sort=date&per_page=50")
    (heading,) = [one for one in page.select("h2.group") if words(one) == "Undated"]
    listed = heading.find_next("ol")
    assert isinstance(listed, Tag)
    assert all("undated" in words(one(hit, ".meta")) for hit in listed.select(".hit"))
    assert len(listed.select(".hit")) == 2
    assert page_of(client, "/search?sort=title&per_page=50").select("h2.group") == []
    assert "Earliest dated: Blog, 31 December 2017. 4 undated articles may be earlier." in words(page)


def test_pages_have_numbers_and_neighbours(client: FlaskClient) -> None:
    page = page_of(client, "/search?per_page=2&page=5")
    numbers = [words(item) for item in page.select(".pages li")]
    assert numbers == ["Page 1", "…", "Page 3", "Page 4", "Page 5", "Page 6", "Page 7", "…", "Page 11"]
    assert words(one(page, ".pages [aria-current=page]")) == "Page 5"
    assert link(page, "Previous") == one(page, "head link[rel=prev]")["href"] == "/search?per_page=2&page=4"
    assert link(page, "Next") == one(page, "head link[rel=next]")["href"] == "/search?per_page=2&page=6"
    assert page_of(client, "/search?per_page=50").select(".pages") == []
    assert words(one(page, "title")).endswith("page 5 · searchapp")


def test_a_page_past_the_last_one_leads_back_to_it(client: FlaskClient) -> None:
    page = page_of(client, "/search?q=haftar&page=9")
    assert link(page, "Page 1 is the last one") == "/search?q=haftar"


@pytest.mark.parametrize(
    "text",
    ["https://iranwire.com/en/features/65432", "d04.txt", "root/press/d04.txt", DOCUMENTS[3].sha256.upper()],
)
def test_what_points_at_a_document_opens_it(client: FlaskClient, text: str) -> None:
    answer = client.get("/search", query_string={"q": f" {text} ", "outlet": "Reuters"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/document/d04?outlet=Reuters"


@pytest.mark.parametrize("text", ["https://example.org/nothing", "ab" * 32, "0123456789abcdef", "none.txt"])
def test_what_points_at_nothing_here_is_said_to(client: FlaskClient, text: str) -> None:
    page = page_of(client, f"/search?q={text}")
    assert "This is not in this archive." in words(one(page, ".note"))


def test_an_id_that_is_typed_opens_its_document() -> None:
    found = replace(DOCUMENTS[0], id="0123456789abcdef")
    answer = site_of([found], facets=FACETS).get("/search?q=0123456789abcdef")
    assert answer.headers["Location"] == "/document/0123456789abcdef"


def test_no_results_a_page_still_counts(client: FlaskClient) -> None:
    page = page_of(client, "/search?per_page=0")
    assert total_of(page) == 21
    assert page.select(".nothing, .hit, .pages") == []


def test_relevance_is_offered_for_words_alone(client: FlaskClient) -> None:
    assert "relevance" not in words(one(page_of(client, "/search"), ".sorts"))
    sorts = one(page_of(client, "/search?q=haftar"), ".sorts")
    assert words(one(sorts, "[aria-current]")) == "relevance"
    assert link(sorts, "oldest") == "/search?q=haftar&sort=date"


def test_copies_can_be_shown_and_folded_again(client: FlaskClient) -> None:
    every = link(page_of(client, "/search"), "show every article")
    page = page_of(client, every)
    assert total_of(page) == len(DOCUMENTS)
    assert link(page, "fold copies") == "/search"
    story = page_of(client, "/search?cluster=d01")
    assert total_of(story) == list(CLUSTERS.values()).count("d01")
    assert words(one(story, "h1")) == "3 articles"


def test_a_name_is_offered_in_all_its_spellings(client: FlaskClient) -> None:
    page = page_of(client, "/search?q=khalifa+hifter")
    note = one(page, ".note-name")
    assert words(note).startswith("Named in this archive’s list: Khalifa Haftar, all spellings and scripts: ")
    offered = one(note, "a")
    assert total_of(page_of(client, str(offered["href"]))) == int(words(offered).rpartition(" ")[2])


def test_other_forms_are_named_and_can_be_left_out(client: FlaskClient) -> None:
    page = page_of(client, "/search?q=recruits&outlet=IranWire")
    assert "also finding: " in words(one(page, ".also"))
    exact = link(page, "exact words only")
    assert exact == "/search?q=%22recruits%22&outlet=IranWire"
    assert "also finding" not in words(page_of(client, exact))


def test_a_spelling_that_is_meant_is_offered(client: FlaskClient) -> None:
    page = page_of(client, "/search?q=recruitz")
    assert link(page, "recruits") == "/search?q=recruits"


def test_a_broken_query_is_answered_and_explained(client: FlaskClient) -> None:
    page = page_of(client, "/search?q=%22haftar")
    assert total_of(page) > 0
    assert page.select(".note")


def test_an_unknown_parameter_is_a_warning(client: FlaskClient) -> None:
    page = page_of(client, "/search?q=haftar&outlett=x")
    assert "'outlett' is not known; did you mean 'outlet'?" in words(one(page, ".note"))


def test_nothing_found_shows_the_ways_out(client: FlaskClient) -> None:
    page = page_of(client, "/search?q=harvest+haftar&outlet=Reuters&date_from=2020&date_to=2020")
    section = one(page, ".nothing")
    assert words(one(section, "h2")) == "Nothing matches harvest haftar within Reuters, 2020"
    assert [words(item) for item in section.select(".words li")] == ["harvest 0 results", "haftar 1 result"]
    ways = {words(way): str(way["href"]) for way in section.select("a")}
    assert ways["Any of the words instead of all: 1 result"].startswith("/search?q=harvest%20haftar&match=any&")
    for text, url in ways.items():
        if text.endswith(("result", "results")):
            assert total_of(page_of(client, url)) == int(text.split()[-2])
    assert any(text.startswith("Drop the filter Outlet Reuters: ") for text in ways)
    assert ways["Whatever its words, within Reuters, 2020: 3 results"].startswith("/search?outlet=Reuters&")
    assert ways["Search the whole archive"] == "/search?q=harvest%20haftar"
    assert page_of(client, "/search?q=haftar").select(".nothing") == []


@pytest.mark.parametrize(
    ("query", "param"),
    [("page=0", "page"), ("date_from=8.6.2020", "date_from"), ("missing=outlets", "missing"), ("sort=best", "sort")],
)
def test_a_refused_search_keeps_what_was_typed(client: FlaskClient, query: str, param: str) -> None:
    page = page_of(client, f"/search?q=haftar+libya&outlet=Reuters&{query}", status=422)
    assert one(page, "#q")["value"] == "haftar libya"
    assert hidden(one(page, "search form")) == [("outlet", "Reuters")]
    assert param in words(one(page, "[role=alert]"))
    assert link(page, f"The same search without {param}") == "/search?q=haftar%20libya&outlet=Reuters"


def test_what_is_not_there_is_said_with_a_way_on(client: FlaskClient) -> None:
    for url in ("/document/none", "/facets/outlets", "/nowhere"):
        page = page_of(client, url, status=404)
        assert link(page, "everything in this archive") == "/search"
        assert words(one(page, "title")).endswith("· searchapp")


def test_the_page_links_to_its_json(client: FlaskClient) -> None:
    page = page_of(client, "/search?q=haftar&outlet=Reuters")
    alternate = one(page, "head link[rel=alternate][type='application/json']")
    assert alternate["href"] == "/api/search?q=haftar&outlet=Reuters"
    assert envelope_of(client, str(alternate["href"]))["total"] == total_of(page)


def test_ids_on_a_page_are_unique_and_labels_find_their_fields(client: FlaskClient) -> None:
    for url in ("/", "/search", "/about", "/advanced", "/help", "/search?q=haftar&sort=date", "/document/d01", "/facets/actor", "/search?page=0"):
        page = page_of(client, url, status=422 if "page=0" in url else 200)
        ids = [str(element["id"]) for element in page.select("[id]")]
        assert len(ids) == len(set(ids))
        for reference in page.select("[aria-labelledby], label[for]"):
            assert reference.get("aria-labelledby", reference.get("for")) in ids
        headings = [int(element.name[1]) for element in page.select("h1, h2, h3, h4")]
        assert headings[0] == 1 and headings.count(1) == 1
        assert all(after - before <= 1 for before, after in zip(headings, headings[1:], strict=False)), url


def test_an_empty_archive_says_so() -> None:
    page = page_of(site_of([], facets=FacetSet()), "/search")
    assert total_of(page) == 0
    assert page.select(".facet") == [] or page.select("#facet-date")


def test_a_word_that_finds_nothing_leads_to_what_may_have_been_meant(client: FlaskClient) -> None:
    page = page_of(client, "/search?q=zzzzzz+haftr")
    alone = page_of(client, link(page, "haftr"))
    assert "haftar" in words(one(alone, "main"))
