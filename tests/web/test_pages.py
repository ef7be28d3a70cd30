"""What a reader sees: counts, filters, results, one document, the ways out of an empty or a refused search."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from bs4 import Tag
from flask.testing import FlaskClient

from searchapp.facets import FacetSet
from searchapp.model import Block, Claim, Document, Mention
from tests.engine.corpus import CLUSTERS, DOCUMENTS, document
from tests.web.conftest import site_of
from tests.web.reading import (
    bars_of,
    envelope_of,
    labels_of,
    one,
    page_of,
    row_of,
    rows_of,
    spoken,
    titles_of,
    total_of,
    words,
)


def hidden(form: Tag) -> list[tuple[str, str]]:
    """What a form carries along."""
    return [(str(field["name"]), str(field["value"])) for field in form.select("input[type=hidden]")]


def link(page: Tag, text: str) -> str:
    """Where the link with this text leads."""
    found = [str(element["href"]) for element in page.select("a") if words(element) == text]
    assert found, f"no link is {text!r}"
    return found[0]


def test_the_start_page_shows_the_whole_archive(client: FlaskClient) -> None:
    page = page_of(client, "/")
    assert total_of(page) == 21
    assert words(one(page, ".counts")) == "26 articles · 11 outlets · 4 undated · show every article"
    assert one(page, "[role=status] h1")
    assert len(titles_of(page)) == 20
    assert words(one(page, "title")) == "21 stories · searchapp"
    assert one(page, "search form")["action"] == "/search"
    assert one(page, "a.skip")["href"] == f"#{one(page, 'main')['id']}"


def test_without_copies_results_are_articles(client: FlaskClient) -> None:
    page = page_of(site_of(DOCUMENTS[:1]), "/")
    assert words(one(page, "h1")) == "1 article"
    assert words(one(page, ".counts")) == "1 outlet · 0 undated"


def test_the_results_follow_the_main_text_and_the_filters_come_last(client: FlaskClient) -> None:
    html = client.get("/").text
    assert html.index("<search>") < html.index("<main") < html.index('id="filters"')


def test_a_row_says_its_count_to_everybody(client: FlaskClient) -> None:
    rows = {row.label: row for row in rows_of(page_of(client, "/"), "outlet")}
    assert rows["Reuters"].name == "Reuters, 5 results, 1 inferred"
    assert rows["no outlet known"].name == "no outlet known, 1 result"
    assert rows["Reuters"].exclude_url == "/search?-outlet=Reuters"
    assert spoken(one(page_of(client, "/"), "a.not")).startswith("not ")


def test_a_second_choice_in_an_any_of_facet_says_what_it_adds(client: FlaskClient) -> None:
    page = page_of(client, "/search?outlet=IranWire")
    rows = {row.label: row for row in rows_of(page, "outlet")}
    assert (rows["IranWire"].chosen, rows["IranWire"].number) == (True, "3")
    assert rows["IranWire"].name == "IranWire, 3 results, 1 inferred, chosen"
    assert (rows["Reuters"].number, rows["Reuters"].name) == ("+5", "Reuters, adds 5 results")
    assert rows["no outlet known"].number == "+1"
    assert rows["AFP"].number == "+1", "the other report of AFP is a copy of what is found already"


def test_an_excluded_row_stays_and_says_what_it_brings_back(client: FlaskClient) -> None:
    page = page_of(client, "/search?-outlet=Reuters")
    row = next(row for row in rows_of(page, "outlet") if row.label == "Reuters")
    assert (row.excluded, row.number, row.url, row.exclude_url) == (True, "+5", "/search", None)
    assert row.name == "Reuters, left out, brings back 5 results"


def test_rows_below_a_chosen_node_say_their_count(client: FlaskClient) -> None:
    page = page_of(client, "/search?folder=root%2Fpress")
    rows = {row.label: row.number for row in rows_of(page, "folder")}
    assert rows["2019"] == "2"
    assert rows["arabic"] == "+2"


def test_places_stand_below_what_they_lie_in(client: FlaskClient) -> None:
    panel = one(page_of(client, "/"), "#facet-location").find_parent("section")
    assert panel is not None
    libya = next(item for item in panel.select(".rows > li") if labels_of(item)[0] == "Libya")
    assert labels_of(libya) == ["Libya", "Tripoli District", "Tripoli"]
    assert labels_of(one(libya, ":scope > ul > li > ul")) == ["Tripoli"]


def test_folders_are_closed_until_one_is_chosen(client: FlaskClient) -> None:
    assert page_of(client, "/").select("#filters details .rows")
    assert not page_of(client, "/search?folder=root").select("#filters details")


def test_a_facet_says_how_choices_combine_and_offers_the_other_way(client: FlaskClient) -> None:
    def how(url: str, facet: str) -> Tag:
        section = one(page_of(client, url), f"#facet-{facet}").find_parent("section")
        assert section is not None
        return one(section, ".how")

    assert words(how("/", "outlet")) == "Published by · any of these"
    assert words(how("/", "actor")) == "People and groups named · all of these"
    assert how("/search?actor=un", "actor").a is None
    both = how("/search?actor=un&actor=haftar", "actor")
    assert link(both, "any of these") == "/search?actor=un&actor=haftar&any=actor"
    either = how("/search?actor=un&actor=haftar&any=actor&missing=actor", "actor")
    assert link(either, "all of these") == "/search?actor=un&actor=haftar"


def test_more_values_than_are_listed_lie_behind_a_link(client: FlaskClient) -> None:
    more = one(page_of(client, "/search?q=-zzz&facet_size=3"), "a.more")
    assert more["href"] == "/facets/outlet?q=-zzz&facet_size=3"
    assert words(more) == "All 11 outlets"


def test_the_box_keeps_the_filters_and_says_so(client: FlaskClient) -> None:
    url = "/search?q=haftar&outlet=Reuters&-actor=un&date_from=2020&date_to=2020&sort=date&page=1"
    page = page_of(client, url)
    form = one(page, "search form")
    assert one(form, "#q")["value"] == "haftar"
    kept = [pair for pair in parse_qsl(urlsplit(url).query) if pair[0] not in ("q", "page")]
    assert sorted(hidden(form)) == sorted(kept)
    assert words(one(page, ".within")) == "within Reuters, without United Nations, 2020 · search everything"
    assert link(page, "search everything") == "/search?q=haftar&sort=date"
    assert page_of(client, "/search?q=haftar").select(".within") == []


def test_each_filter_is_a_chip_that_takes_it_away(client: FlaskClient) -> None:
    page = page_of(client, "/search?q=haftar&actor=haftar&-outlet=Blog&missing=cites&date_from=2020&dupes=show")
    chips = {words(chip): str(chip["href"]) for chip in page.select(".chip")}
    rest = "/search?q=haftar&"
    assert chips == {
        "Remove the filter Actor Khalifa Haftar ✕": f"{rest}-outlet=Blog&missing=cites&date_from=2020&dupes=show",
        "Remove the filter Outlet, without Blog ✕": f"{rest}actor=haftar&missing=cites&date_from=2020&dupes=show",
        "Remove the filter Who is cited nobody cited ✕": f"{rest}-outlet=Blog&actor=haftar&date_from=2020&dupes=show",
        "Remove the filter Published from 2020 on ✕": f"{rest}-outlet=Blog&actor=haftar&missing=cites&dupes=show",
    }
    assert link(page, "clear all") == "/search?q=haftar&dupes=show"


def test_a_result_shows_where_it_is_from_and_what_matched(client: FlaskClient) -> None:
    page = page_of(client, "/search?q=recruits&outlet=Zaman+al-Wasl&sort=date")
    hit = one(page, ".hit")
    assert words(one(hit, "h3")) == "Recruits leave for Libya"
    assert one(hit, "h3 mark").get_text() == "Recruits"
    assert one(hit, ".snippet mark").get_text() == "recruits"
    assert str(one(hit, "h3 a")["href"]) == "/document/d01?q=recruits&outlet=Zaman%20al-Wasl&sort=date"
    assert one(hit, "time")["datetime"] == "2020-06-08"
    assert words(one(hit, ".meta")) == "Zaman al-Wasl 8 June 2020 English 3 copies"
    assert link(hit, "3 copies") == "/search?cluster=d01"
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


def test_bars_narrow_the_range_and_the_range_can_be_widened(client: FlaskClient) -> None:
    page = page_of(client, "/search?q=-zzz")
    assert "/search?q=-zzz&date_from=2020-01-01&date_to=2020-12-31" in bars_of(page)
    assert page.select(".when a") and "wider" not in words(one(page, ".when-head"))
    inside = page_of(client, "/search?q=-zzz&date_from=2020-06-01&date_to=2020-06-30")
    assert link(inside, "wider") == "/search?q=-zzz&date_from=2020-01-01&date_to=2020-12-31"
    assert "8 June 2020: 2 results" in [spoken(bar) for bar in inside.select(".bars a")]
    assert words(one(inside, ".when h2")) == "Published 8 June 2020 to 21 June 2020, by day"


def test_the_form_for_a_range_keeps_everything_else(client: FlaskClient) -> None:
    page = page_of(client, "/search?q=haftar&outlet=Reuters&missing=date&date_from=2020&date_to=2020-06")
    form = one(page, "form.range")
    assert hidden(form) == [("q", "haftar"), ("outlet", "Reuters")]
    assert one(form, "[name=date_from]")["value"] == "2020"
    assert one(form, "[name=date_to]")["value"] == "2020-06"


def test_what_a_range_leaves_out_is_said(client: FlaskClient) -> None:
    page = page_of(client, "/search?date_from=2020-06-01&date_to=2020-06-30")
    assert "overlap the range and are not in the result" in words(page)
    undated = rows_of(page, "date")[0]
    assert undated.name.startswith("undated, adds ")
    assert undated.url.startswith("/search?missing=date&date_from=2020-06-01") or "missing=date" in undated.url


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


def test_relevance_is_offered_for_words_alone(client: FlaskClient) -> None:
    assert "relevance" not in words(one(page_of(client, "/"), ".sorts"))
    sorts = one(page_of(client, "/search?q=haftar"), ".sorts")
    assert words(one(sorts, "[aria-current]")) == "relevance"
    assert link(sorts, "oldest") == "/search?q=haftar&sort=date"


def test_copies_can_be_shown_and_folded_again(client: FlaskClient) -> None:
    every = link(page_of(client, "/"), "show every article")
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
    assert any(text.startswith("Drop the filter outlet Reuters: ") for text in ways)
    assert ways["Everything within Reuters, 2020, whatever its words"].startswith("/search?outlet=Reuters&")
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


def test_the_page_of_a_facet_lists_every_value(client: FlaskClient) -> None:
    listed = envelope_of(client, "/api/facets/location?q=-zzz")
    page = page_of(client, "/facets/location?q=-zzz")
    assert sorted(labels_of(one(page, ".all"))) == sorted(
        row["label"] for row in listed["values"]
    )
    assert [str(row.get("href")) for row in page.select(".none a.value")] == ["/search?q=-zzz&missing=location"]
    assert "Libya" in [row.label for row in map(row_of, page.select(".all > ul > li > .row"))]


def test_the_values_of_a_facet_can_be_searched_ordered_and_paged(client: FlaskClient) -> None:
    page = page_of(client, "/facets/outlet?q=-zzz&order=label&limit=5")
    assert labels_of(one(page, ".all"))[:3] == ["AFP", "Blog", "IranWire"]
    assert "1 to 5 of 11" in words(one(page, ".pages"))
    assert one(page, "head link[rel=next]")["href"] == "/facets/outlet?q=-zzz&order=label&offset=5&limit=5"
    found = page_of(client, "/facets/outlet?prefix=star")
    assert labels_of(one(found, ".all")) == ["The Daily Star"]
    assert hidden(one(page, "form.find")) == [("q", "-zzz"), ("order", "label")]
    assert "No value begins with" in words(page_of(client, "/facets/outlet?prefix=zzz"))


def test_several_values_can_be_ticked_at_once(client: FlaskClient) -> None:
    page = page_of(client, "/facets/actor?q=haftar&actor=haftar&actor=un&-actor=assad&outlet=Reuters")
    form = one(page, "form:has(.all)")
    assert form["action"] == "/search"
    ticked = {str(box["value"]) for box in form.select("input[type=checkbox][checked]")}
    assert ticked == {"haftar", "un"}
    assert hidden(form) == [("q", "haftar"), ("outlet", "Reuters"), ("-actor", "assad")]
    alone = one(page_of(client, "/facets/actor?missing=actor"), "form:has(.all)")
    assert hidden(alone) == [], "values cannot stand beside the none row of an all-of facet"


def test_a_document_shows_its_text_with_what_it_names(client: FlaskClient) -> None:
    text = "Wagner sent men to Libya.\n\nNobody came back."
    found = Document(
        id="a1", source="root/a.txt", sha256="ab" * 32, text=text, title=Claim("Men sent", "inferred"),
        blocks=(Block("Share", 0, 5, reason="share"), Block("Menu", 5, 9, reason="navigation"),
                Block("Wagner sent men to Libya.", 9, 34), Block("More news", 40, 49, reason="teaser"),
                Block("Nobody came back.", 50, 67)),
        mentions=(Mention("location", "ly", 19, 24, "Libya", "name", "curated"),
                  Mention("actor", "wagner", 0, 6, "Wagner", "name", "curated")),
    )  # fmt: skip
    page = page_of(site_of([found]), "/document/a1")
    assert [words(paragraph) for paragraph in page.select(".text > p")] == text.split("\n\n")
    assert [words(mark) for mark in page.select(".text .actor")] == ["Wagner"]
    assert [words(mark) for mark in page.select(".text .place")] == ["Libya"]
    summaries = [words(summary) for summary in page.select(".removed summary")]
    assert summaries == ["2 lines removed: share, navigation", "1 line removed: teaser"]
    assert [words(gone) for gone in page.select(".removed del")] == ["Share", "Menu", "More news"]
    order = [child.name for child in one(page, ".text").find_all(["p", "details"], recursive=False)]
    assert order == ["details", "p", "details", "p"]


def test_a_document_shows_the_evidence(client: FlaskClient) -> None:
    outlet = Claim("Zaman", "inferred", "dateline", "(Zaman)- Russia")
    date = Claim("2020-06-08", "inferred", "text", "date 2020-06-08", "day")
    sentence = "Reuters reported the news."
    base = document("b1", "A title", f"Hundreds left. {sentence}", cites="Reuters", url="https://example.org/a")
    cited = Mention("cites", "Reuters", 15, 22, "Reuters", "reported", "inferred", evidence=sentence)
    found = Document(**{**{name: getattr(base, name) for name in base.__slots__}, "outlet": outlet, "date": date,
                        "mentions": (cited,)})  # fmt: skip
    side = one(page_of(site_of([found]), "/document/b1"), ".side")
    for said in ("inferred · dateline", "(Zaman)- Russia", "inferred · text", "date 2020-06-08", "root/press/b1.txt",
                 found.sha256, "https://example.org/a", sentence):  # fmt: skip
        assert said in words(side)
    assert link(side, "Reuters") == "/search?cites=Reuters"
    assert "noopener" in (one(side, "dd a").get("rel") or [])


def test_a_document_leads_on_into_searches_and_back(client: FlaskClient) -> None:
    page = page_of(client, "/document/d01?q=recruits&outlet=Reuters&page=2")
    assert link(page, "Back to the results") == "/search?q=recruits&outlet=Reuters&page=2"
    side = one(page, ".side")
    assert link(side, "Wagner Group") == "/search?actor=wagner"
    assert link(side, "Libya") == "/search?location=geo%3Aly"
    assert {str(copy["href"]).partition("?")[0] for copy in page.select("#copies a")} == {"/document/d02", "/document/d03"}
    assert link(page_of(client, "/document/d01"), "All articles") == "/search"
    assert one(page, "head link[rel=alternate]")["href"] == "/api/documents/d01"


def test_what_is_not_stated_is_said_so(client: FlaskClient) -> None:
    page = page_of(client, "/document/d14")
    assert words(one(page, ".doc .meta")) == "no outlet known undated"
    assert words(one(page, ".side")).count("not stated in the file") == 2


def test_the_page_links_to_its_json(client: FlaskClient) -> None:
    page = page_of(client, "/search?q=haftar&outlet=Reuters")
    alternate = one(page, "head link[rel=alternate][type='application/json']")
    assert alternate["href"] == "/api/search?q=haftar&outlet=Reuters"
    assert envelope_of(client, str(alternate["href"]))["total"] == total_of(page)


def test_ids_on_a_page_are_unique_and_labels_find_their_fields(client: FlaskClient) -> None:
    for url in ("/", "/search?q=haftar&sort=date", "/document/d01", "/facets/actor", "/search?page=0"):
        page = page_of(client, url, status=422 if "page=0" in url else 200)
        ids = [str(element["id"]) for element in page.select("[id]")]
        assert len(ids) == len(set(ids))
        for reference in page.select("[aria-labelledby], label[for]"):
            assert reference.get("aria-labelledby", reference.get("for")) in ids
        headings = [int(element.name[1]) for element in page.select("h1, h2, h3, h4")]
        assert headings[0] == 1 and headings.count(1) == 1
        assert all(after - before <= 1 for before, after in zip(headings, headings[1:], strict=False)), url


def test_an_empty_archive_says_so() -> None:
    page = page_of(site_of([], facets=FacetSet()), "/")
    assert total_of(page) == 0
    assert page.select(".facet") == [] or page.select("#facet-date")
