"""What a reader sees of the filters: rows, chips, dates, and the page of one facet."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from bs4 import Tag
from flask.testing import FlaskClient

from tests.web.reading import (
    bars_of,
    envelope_of,
    hidden,
    labels_of,
    link,
    one,
    page_of,
    row_of,
    rows_of,
    spoken,
    total_of,
    words,
)


def test_a_row_says_its_count_to_everybody(client: FlaskClient) -> None:
    rows = {row.label: row for row in rows_of(page_of(client, "/search"), "outlet")}
    assert rows["Reuters"].name == "Reuters, 5 results, 1 inferred"
    assert rows["no outlet known"].name == "no outlet known, 1 result"
    assert rows["Reuters"].exclude_url == "/search?-outlet=Reuters"
    assert spoken(one(page_of(client, "/search"), "a.not")).startswith("not ")


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
    panel = one(page_of(client, "/search"), "#facet-location").find_parent("section")
    assert panel is not None
    libya = next(item for item in panel.select(".rows > li") if labels_of(item)[0] == "Libya")
    assert labels_of(libya) == ["Libya", "Tripoli District", "Tripoli"]
    assert labels_of(one(libya, ":scope > details > ul > li > details > ul")) == ["Tripoli"]


def test_folders_are_closed_until_one_is_chosen(client: FlaskClient) -> None:
    assert page_of(client, "/search").select("#filters details.fold .rows")
    assert not page_of(client, "/search?folder=root").select("#filters details.fold")


def test_a_facet_says_how_choices_combine_and_offers_the_other_way(client: FlaskClient) -> None:
    def how(url: str, facet: str) -> Tag:
        section = one(page_of(client, url), f"#facet-{facet}").find_parent("section")
        assert section is not None
        return one(section, ".how")

    assert words(how("/search", "outlet")) == "Published by · any of these"
    assert words(how("/search", "actor")) == "People and groups named · all of these"
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
        "Remove the filter Who is cited nobody cited −1, takes away 1 result ✕": f"{rest}-outlet=Blog&actor=haftar&date_from=2020&dupes=show",
        "Remove the filter Published from 2020 on ✕": f"{rest}-outlet=Blog&actor=haftar&missing=cites&dupes=show",
    }
    assert link(page, "clear all") == "/search?q=haftar&dupes=show"


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
    assert undated.name == f"undated, adds {undated.number[1:]} results"
    assert f"· {undated.number[1:]} undated left out, include them" in words(one(page, ".counts"))
    included = page_of(client, link(page, "include them"))
    assert total_of(included) == total_of(page) + int(undated.number)
    assert "left out" not in words(one(included, ".counts"))


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
