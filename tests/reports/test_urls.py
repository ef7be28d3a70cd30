"""A URL is a question and a question is a URL; what cannot be meant is refused by name, and nothing is clamped."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchapp.errors import LimitExceeded, NotFound, QueryError
from searchapp.model import MAX_PER_PAGE, MAX_WINDOW, SORTS, Filter, SearchQuery
from searchapp.reports import urls
from tests.engine.corpus import FACETS

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(str.strip).filter(bool)
some_texts = st.lists(texts, max_size=3, unique=True).map(tuple)
dates = st.sampled_from([None, "2019", "2020-02", "2020-02-29"])


ways: st.SearchStrategy[Literal["and", "or"]] = st.sampled_from(("and", "or"))
none_rows: st.SearchStrategy[Literal["chosen", "excluded"] | None] = st.sampled_from((None, "excluded", "chosen"))


@st.composite
def filters(draw: st.DrawFn) -> tuple[Filter, ...]:
    found = []
    for spec in FACETS.shown:
        chosen = () if spec.name == "date" else draw(some_texts)
        excluded = () if spec.name == "date" else tuple(one for one in draw(some_texts) if one not in chosen)
        combine = draw(ways) if spec.combine == "and" else "or"
        missing = draw(none_rows)
        if combine == "and" and chosen and missing == "chosen":
            missing = None
        found.append(Filter(spec.name, chosen, excluded, missing, combine))
    return tuple(found)


@st.composite
def queries(draw: st.DrawFn) -> SearchQuery:
    per_page = draw(st.integers(0, MAX_PER_PAGE))
    return SearchQuery(
        text=draw(st.just("") | texts),
        match=draw(st.sampled_from(["all", "any"])),
        scope=draw(st.sampled_from(["clean", "raw", "removed"])),
        filters=draw(filters()),
        date_from=draw(dates),
        date_to=draw(st.sampled_from([None, "2020-03", "2021"])),
        added_from=draw(dates),
        since=draw(st.none() | texts),
        sort=draw(st.sampled_from([None, *SORTS])),
        page=draw(st.integers(1, MAX_WINDOW // max(per_page, 1))),
        per_page=per_page,
        dupes=draw(st.sampled_from(["fold", "show"])),
        cluster=draw(st.none() | texts),
        salient=draw(st.sampled_from([(), ("location",)])),
        outlet_status=draw(st.sampled_from([(), ("declared",), ("inferred", "absent")])),
        date_origin=draw(some_texts),
        discovered=draw(st.booleans()),
        facets=draw(st.none() | st.lists(st.sampled_from(FACETS.names), min_size=1, unique=True).map(tuple)),
        facet_size=draw(st.integers(1, urls.MAX_FACET_SIZE)),
        highlight=draw(st.booleans()),
        generation=draw(st.sampled_from([None, None, 0, 41])),
        fields=draw(st.sampled_from([(), ("text",)])),
    )


def parsed(url: str, **options: Any) -> urls.Asked:
    return urls.parse(parse_qsl(urlsplit(url).query, keep_blank_values=True), FACETS, **options)


def question(**changes: Any) -> SearchQuery:
    return FACETS.complete(SearchQuery(**changes))


@given(queries())
def test_the_url_of_a_question_is_that_question(query: SearchQuery) -> None:
    url = urls.build(query, FACETS)
    assert parsed(url).query == query
    assert urls.build(parsed(url).query, FACETS) == url


@given(st.lists(st.tuples(st.sampled_from(sorted(urls.known_parameters(FACETS))), st.text(max_size=20)), max_size=6))
def test_any_values_are_understood_or_refused_by_the_name_of_a_parameter(pairs: list[tuple[str, str]]) -> None:
    try:
        urls.parse(pairs, FACETS)
    except QueryError as error:
        assert error.param in urls.known_parameters(FACETS)
        assert str(error)


def test_a_url_without_parameters_asks_for_everything() -> None:
    assert parsed("/search").query == question()
    assert urls.build(question(), FACETS) == "/search"


def test_defaults_are_left_out_and_words_come_first() -> None:
    query = question(text="a b", page=2).toggle("outlet", "The Star").on_page(3)
    assert urls.build(query, FACETS, "/api/search") == "/api/search?q=a%20b&outlet=The%20Star&page=3"


@pytest.mark.parametrize(
    ("alias", "canonical"),
    [("query=x", "q=x"), ("limit=5", "per_page=5"), ("size=5", "per_page=5"), ("lang=en", "language=en")],
)
def test_an_alias_is_understood_and_noted(alias: str, canonical: str) -> None:
    asked = parsed(f"/search?{alias}")
    assert asked.aliased
    assert urls.build(asked.query, FACETS) == f"/search?{canonical}"
    assert not parsed(f"/search?{canonical}").aliased


def test_marks_of_campaigns_are_ignored() -> None:
    assert parsed("/search?utm_source=x&utm_anything=y") == urls.Asked(question())


def test_empty_parameters_of_a_form_ask_nothing() -> None:
    assert parsed("/search?q=&date_from=&date_to=+&page=").query == question()


def test_an_unknown_parameter_is_an_error_for_a_script_and_a_notice_for_a_reader() -> None:
    with pytest.raises(QueryError, match="'outlett'.*'outlet'") as caught:
        parsed("/search?outlett=x")
    assert (caught.value.param, caught.value.nearest) == ("outlett", "outlet")
    (notice,) = parsed("/search?outlett=x", strict=False).notices
    assert (notice.param, notice.nearest) == ("outlett", "outlet")


@pytest.mark.parametrize(
    ("query", "param"),
    [
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=1.5", "page"),
        ("page=two", "page"),
        ("page=%D9%A2", "page"),
        ("per_page=x", "per_page"),
        ("match=some", "match"),
        ("scope=dirty", "scope"),
        ("sort=newest", "sort"),
        ("dupes=hide", "dupes"),
        ("highlight=yes", "highlight"),
        ("discovered=true", "discovered"),
        ("salient=actor", "salient"),
        ("fields=title", "fields"),
        ("outlet_status=guessed", "outlet_status"),
        ("facet_size=0", "facet_size"),
        ("date_from=2020-13", "date_from"),
        ("date_from=8.6.2020", "date_from"),
        ("date_to=2019-02-29", "date_to"),
        ("date_to=0000", "date_to"),
        ("added_from=yesterday", "added_from"),
        ("date_from=2021&date_to=2020", "date_from"),
        ("facets=outlet,author", "facets"),
        ("missing=author", "missing"),
        ("-missing=author", "-missing"),
        ("any=outlet", "any"),
        ("any=nothing", "any"),
        ("outlet=X&-outlet=X", "-outlet"),
        ("missing=outlet&-missing=outlet", "missing"),
        ("missing=actor&actor=X", "missing"),
        ("q=a&q=b", "q"),
        ("page=1&page=2", "page"),
        ("date=2020", "date"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(query: str, param: str) -> None:
    with pytest.raises(QueryError) as caught:
        parsed(f"/search?{query}")
    assert caught.value.param == param
    assert caught.value.status == 422
    assert len(str(caught.value).split()) > 3


@pytest.mark.parametrize(
    ("query", "param", "limit"),
    [
        ("per_page=101", "per_page", MAX_PER_PAGE),
        ("page=10001", "page", MAX_WINDOW),
        ("page=501", "page", MAX_WINDOW),
        ("page=101&per_page=100", "page", MAX_WINDOW),
        ("facet_size=1001", "facet_size", urls.MAX_FACET_SIZE),
    ],
)
def test_a_limit_is_named_and_nothing_is_clamped(query: str, param: str, limit: int) -> None:
    with pytest.raises(LimitExceeded) as caught:
        parsed(f"/search?{query}")
    assert (caught.value.param, caught.value.limit) == (param, limit)


@pytest.mark.parametrize("query", ["page=500", "page=100&per_page=100", "per_page=0", "facet_size=1000"])
def test_a_limit_itself_is_allowed(query: str) -> None:
    assert urls.build(parsed(f"/search?{query}").query, FACETS) in {
        f"/search?{query}", f"/search?{'&'.join(reversed(query.split('&')))}"
    }  # fmt: skip


def test_the_none_row_may_stand_beside_values_of_an_any_of_facet() -> None:
    assert parsed("/search?missing=outlet&outlet=X").query.filter("outlet").missing == "chosen"
    assert parsed("/search?missing=actor&actor=X&any=actor").query.filter("actor").combine == "or"
    assert parsed("/search?-missing=actor&actor=X").query.filter("actor").missing == "excluded"


def test_lists_may_be_joined_by_commas_or_repeated() -> None:
    assert parsed("/search?facets=outlet,actor").query.facets == ("outlet", "actor")
    assert parsed("/search?facets=outlet&facets=actor").query.facets == ("outlet", "actor")
    assert parsed("/search?outlet=A&outlet=B&outlet=A").query.filter("outlet").chosen == ("A", "B")
    assert parsed("/search?outlet=A,+B").query.filter("outlet").chosen == ("A, B",)


def test_the_facets_of_an_archive_are_parameters_like_the_others() -> None:
    query = question().toggle("topics", "Grain > Wheat").exclude("desk", "North")
    assert urls.build(query, FACETS) == "/search?topics=Grain%20%3E%20Wheat&-desk=North"
    assert parsed(urls.build(query, FACETS)).query == query


def test_an_unknown_facet_in_a_path_is_not_there() -> None:
    assert urls.facet_named("outlet", FACETS) == "outlet"
    with pytest.raises(NotFound, match="'outlet'"):
        urls.facet_named("outlets", FACETS)
    with pytest.raises(NotFound):
        urls.facet_named("date", FACETS)


def test_a_cursor_is_no_part_of_a_url_that_is_built() -> None:
    query = replace(question(text="x"), start=40, generation=3)
    assert urls.build(query, FACETS) == "/search?q=x"
