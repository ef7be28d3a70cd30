"""The day of publication: what says it is believed in order, what does not is never taken for it."""

from __future__ import annotations

import datetime
import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from searchapp.ingest.clean import clean
from searchapp.ingest.data.written_dates import dates_in
from searchapp.ingest.dates import find_date
from searchapp.ingest.headline import find_headline
from searchapp.ingest.parse import parse
from searchapp.model import ABSENT, Block, Claim, Page, RawFile
from tests import floors
from tests.ingest.development import annotated_pages, read

SEEDS = Path(__file__).parents[2] / "seeds"
TODAY = datetime.date(2026, 1, 1)


def date_of(line: str = "", declared: Claim | None = None, url: str | None = None, **hints: str) -> Claim:
    headline = Claim(line, "inferred", "date line", line) if line else ABSENT
    page = Page("r/a", (), url=url, hints={name.replace("__", "-").replace("_", ":"): (value,) for name, value in hints.items()})
    return find_date(page, headline, declared, TODAY)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2020-06-08", "2020-06-08"),
        ("2020-06-08T23:10:00+03:00", "2020-06-08"),
        ("date 2020-06-08", "2020-06-08"),
        ("2020/6/8", "2020-06-08"),
        ("April 29, 2020", "2020-04-29"),
        ("Wed, 29 Apr 2020 10:00", "2020-04-29"),
        ("29th of April 2020", "2020-04-29"),
        ("29 avril 2020", "2020-04-29"),
        ("1er mai 2020", "2020-05-01"),
        ("29. April 2020", "2020-04-29"),
        ("29.04.2020", "2020-04-29"),
        ("29 de abril de 2020", "2020-04-29"),
        ("29 апреля 2020 г.", "2020-04-29"),
        ("29 Nisan 2020", "2020-04-29"),
        ("٢٩ أبريل ٢٠٢٠", "2020-04-29"),
        ("12 تشرين الثاني 2019", "2019-11-12"),
        ("8 حزيران/يونيو 2020", "2020-06-08"),
        ("۱۹ خرداد ۱۳۹۹", "2020-06-08"),
        ("1399/03/19", "2020-06-08"),
        ("30 اسفند 1399", "2021-03-20"),
        ("2020年6月8日", "2020-06-08"),
        ("22/12/2023", "2023-12-22"),
        ("12/22/2023", "2023-12-22"),
        ("06/08/2020", "2020"),
        ("June 2020", "2020-06"),
    ],
)
def test_a_written_date_is_read_as_far_as_it_is_certain(written: str, value: str) -> None:
    claim = date_of(written)
    assert (claim.value, claim.precision) == (value, {4: "year", 7: "month", 10: "day"}[len(value)])
    assert (claim.status, claim.origin, claim.evidence) == ("inferred", "date line", written)


@pytest.mark.parametrize(
    "written",
    ["31 February 2020", "2020-13-01", "29 February 2021", "Tuesday", "last April", "1441/10/16", "version 12.2020", "10:20"],
)
def test_a_date_that_no_calendar_has_is_none(written: str) -> None:
    assert date_of(written) == ABSENT


def test_the_language_of_a_page_says_how_its_numbers_are_read() -> None:
    assert date_of("06/08/2020", lang="en-US").value == "2020-06-08"
    assert date_of("06/08/2020", lang="fr").value == "2020-08-06"
    assert date_of("06/08/2020", lang="en").value == "2020"


def test_what_is_declared_wins_over_markup_and_that_over_the_text() -> None:
    declared = Claim("2019", "declared", "sidecar", "2019", "year")
    assert date_of("May 5, 2020", declared, meta_date="2020-01-03") == declared
    page = Page("r/a", (), hints={"meta:date": ("2020-01-03",), "json-ld:date": ("2020-01-02T10:00",)})
    assert find_date(page, ABSENT, None, TODAY).value == "2020-01-02"
    assert date_of("May 5, 2020", meta_date="2020-01-03").origin == "meta:date"


def test_the_address_is_asked_last() -> None:
    assert date_of(url="https://a.example/2020/01/04/story") == Claim(
        "2020-01-04", "inferred", "address", "2020/01/04", "day"
    )
    assert date_of(url="https://a.example/story-20200104") == ABSENT


def test_a_day_to_come_is_refused_with_the_reason_and_the_next_answer_taken() -> None:
    assert date_of("May 5, 2099") == Claim(None, "absent", "date line", "2099-05-05 is yet to come")
    assert date_of("", Claim("soon", "declared", "path")) == Claim(None, "absent", "path", "soon is no date")
    assert date_of("May 5, 2020", meta_date="2099-01-01").value == "2020-05-05"


def test_a_moment_in_universal_time_gives_way_to_the_day_that_the_page_shows_beside_it() -> None:
    assert date_of("May 5, 2020", json__ld_date="2020-05-06T01:10:00Z").value == "2020-05-05"
    assert date_of("May 7, 2020", json__ld_date="2020-05-06T22:10:00.000+00:00").value == "2020-05-07"
    assert date_of("May 5, 2020", json__ld_date="2020-05-06T01:10:00+03:00").value == "2020-05-06"
    assert date_of("May 5, 2020", json__ld_date="2020-05-06").value == "2020-05-06"
    assert date_of("May 3, 2020", json__ld_date="2020-05-06T01:10:00Z").value == "2020-05-06"


def test_the_day_that_a_page_shows_is_taken_if_its_markup_knows_it_too() -> None:
    said = {"json__ld_date": "2019-08-11T10:00:00-05:00"}
    assert date_of("November 21, 2025", modified="2025-11-21", **said).value == "2025-11-21"
    assert date_of("November 21, 2025", time="2025-11-21T10:00-05:00", **said).origin == "date line"
    assert date_of("November 21, 2025", modified="2025-11-20", **said).value == "2019-08-11"
    assert date_of("November 2025", modified="2025-11", **said).value == "2019-08-11"
    assert date_of("November 21, 2099", modified="2099-11-21", **said).value == "2019-08-11"
    hints = {"json-ld:date": ("2019-08-11",), "time": ("2025-11-21", "2025-11-23")}
    line = Claim("November 21, 2025", "inferred", "date line", "November 21, 2025")
    assert find_date(Page("r/a", (), hints=hints), line, None, TODAY).value == "2019-08-11"


def test_the_other_dates_of_a_page_say_in_which_order_it_writes_numbers() -> None:
    assert date_of("10/12/2023", time="2023-10-12T19:38").value == "2023-10-12"
    assert date_of("10/12/2023", time="2023-12-10T19:38").value == "2023-12-10"
    for others, value in (("12/17/2025", "2025-12-04"), ("17/12/2025", "2025-04-12"), ("17/12/2025\n12/17/2025", "2025")):
        blocks = tuple(Block(text, 0, 0) for text in ("12/04/2025", *others.split()))
        line = Claim("12/04/2025", "inferred", "date line", "12/04/2025")
        assert find_date(Page("r/a", blocks), line, None, TODAY).value == value


@pytest.mark.parametrize(
    ("markup", "value", "origin"),
    [
        ('<span itemprop="datePublished" content="2020-05-05T10:00">last week</span>', "2020-05-05", "itemprop:date"),
        ('<p itemprop="datePublished">May 5, 2020</p>', "2020-05-05", "itemprop:date"),
        ('<span property="dc:date dc:created" content="2020-05-05"></span>', "2020-05-05", "itemprop:date"),
        ('<meta property="dc:date dc:created" content="2020-05-05">', "2020-05-05", "meta:date"),
        ('<i itemprop="datePublished">May 5, 2020</i><i itemprop="datePublished">May 6, 2020</i>', None, ""),
        (
            '<script type="application/ld+json">{"@type":"WebPage","datePublished":"2020-05-05T10:00"}</script>',
            "2020-05-05",
            "json-ld:page",
        ),
        ('<script type="application/ld+json">{"@type":"Person","datePublished":"2020-05-05"}</script>', None, ""),
    ],
)
def test_a_day_is_read_wherever_markup_says_that_it_is_the_one_of_publication(
    markup: str, value: str | None, origin: str
) -> None:
    page = parse(RawFile("r/a.html", f"<html><body>{markup}<p>It sails.</p></body></html>".encode()))
    hints = {name: values for name, values in page.hints.items() if name != "search"}
    claim = find_date(replace(page, hints=hints), ABSENT, None, TODAY)
    assert (claim.value, claim.origin) == (value, origin)


def test_what_markup_calls_a_change_is_kept_apart() -> None:
    source = """<meta property="article:modified_time" content="2020-05-05"><p itemprop="dateModified">May 6, 2020</p>
    <script type="application/ld+json">{"@type":"NewsArticle","dateModified":"2020-05-07"}</script><p>It sails.</p>"""
    page = parse(RawFile("r/a.html", source.encode()))
    assert page.hints["modified"] == ("May 6, 2020", "2020-05-05", "2020-05-07")
    assert find_date(page, ABSENT, None, TODAY) == ABSENT


def searched(body: str) -> Claim:
    page = parse(RawFile("r/a.html", f"<html><body>{body}</body></html>".encode()))
    return find_date(page, ABSENT, None, TODAY)


def test_where_a_page_says_nothing_of_itself_it_is_searched_and_the_line_found_is_the_evidence() -> None:
    line = "<p>Ann Lee</p><div class='post-date'>Posted on May 5, 2020 by Ann</div>"
    assert searched(line) == Claim("2020-05-05", "inferred", "page search", "Posted on May 5, 2020 by Ann", "day")
    data = '<script>{"id":7,"datePublished":"2020-05-05T10:00","x":1}</script><p>It sails.</p>'
    assert '"datePublished":"2020-05-05T10:00"' in searched(data).evidence


def test_a_search_passes_over_the_days_of_other_articles() -> None:
    assert searched("<p>It sails.</p><div class='related-posts'><p>May 5, 2020</p></div>") == ABSENT
    assert searched("<p>It sails.</p><div class='post'><p>May 5, 2020</p></div>").value == "2020-05-05"


@pytest.mark.parametrize(
    "body",
    [
        "<p>It sails.</p><footer>© 2020 Coast Wire</footer>",
        '<meta property="article:modified_time" content="2020-05-05"><p>It sails.</p>',
        "<p>https://example.org/2020/05/05/story</p>",
        "<p>It sails today.</p>",
    ],
)
def test_a_search_believes_no_day_that_the_page_does_not_show(body: str) -> None:
    assert searched(body) == ABSENT


def test_a_page_that_is_nothing_but_an_address_is_not_fetched() -> None:
    page = parse(RawFile("r/a.html", b"http://127.0.0.1:9/2020/05/05/story"))
    assert find_date(page, ABSENT, None, TODAY) == ABSENT


def test_the_date_line_beside_the_heading_of_a_page_is_seen_whatever_stands_around_it() -> None:
    source = (
        "<h1>Ferry sails again</h1><aside class='sidebar'><p>June 6, 2021</p></aside>"
        "<div class='comments'><p>June 7, 2021</p></div><p>" + "The ferry sails on Thursdays in the fog. " * 9 + "</p>"
    )
    page = parse(RawFile("r/a.html", source.encode()))
    line = find_headline(page, clean(page), {}).date
    assert line.value == "June 6, 2021"


def test_the_day_of_a_change_is_not_the_day_of_publication() -> None:
    assert date_of("Updated: May 5, 2020") == ABSENT
    assert date_of("Published 29 April 2020, updated 3 May 2020").value == "2020-04-29"


def test_of_two_days_of_a_line_the_first_of_the_calendar_is_taken() -> None:
    assert date_of("May 3, 2020 29 April 2020 by Ann Lee").value == "2020-04-29"


def test_a_month_begins_anew_behind_the_name_to_which_pages_glue_it() -> None:
    assert date_of("By Ann LeeDec. 21, 2023 11:00 pm EST").value == "2023-12-21"
    for text in ("decomay 5, 2020", "COMAY 5, 2020", "Decomay 5, 2020"):
        assert dates_in(text) == ()


def test_dates_of_a_line_do_not_overlap() -> None:
    assert [one.value for one in dates_in("29 April 2020 / 3 May 2020")] == ["2020-04-29", "2020-05-03"]


def test_no_day_is_taken_from_prose_captions_or_teasers() -> None:
    text = (
        "A ferry in the fog on June 29, 2019. (AFP File Photo)\n\n"
        "The ferry sailed on May 5, 2020 for the first time since the fog came down on the islands in the spring.\n\n"
        "It sailed again on May 7, 2020 with all those who had waited in the school and their luggage on board.\n\n"
        "Related stories\nA well dug by hand\nApril 29, 2020\n"
    )
    page = parse(RawFile("r/a.txt", text.encode()))
    assert find_date(page, find_headline(page, clean(page), {}).date, None, TODAY) == ABSENT


def test_the_dates_of_the_seeds_are_those_annotated(data: Path) -> None:
    gold = json.loads((data / "cleaning/seeds_gold.json").read_text(encoding="utf-8"))["seeds"]
    for name, seed in gold.items():
        page = parse(RawFile(f"r/{name}", (SEEDS / name).read_bytes()))
        assert find_date(page, find_headline(page, clean(page), {}).date, None, TODAY).value == seed["date"]


@pytest.mark.long
@pytest.mark.parametrize(("kind", "suffix"), [("html", ".html"), *((kind, f".{kind}.txt") for kind in ("ins", "bs4", "box"))])
def test_dates_of_annotated_pages_are_as_right_as_they_were(development: Path, kind: str, suffix: str) -> None:
    given = right = asked = 0
    for path, said in annotated_pages(development):
        if said.get("date"):
            page, headline = read(path, suffix)
            value = find_date(page, headline.date, None, datetime.date(2026, 12, 31)).value
            asked, given, right = asked + 1, given + bool(value), right + (value == str(said["date"])[:10])
    assert right / given >= floors.DATES_RIGHT[kind]
    assert right / asked >= floors.DATES_FOUND[kind]


@pytest.mark.long
def test_no_article_without_a_date_line_is_given_a_date(data: Path) -> None:
    with gzip.open(data / "ner/lgl.jsonl.gz", "rt", encoding="utf-8") as lines:
        pages = [parse(RawFile("r/a.txt", json.loads(line)["text"].encode())) for line in lines]
    dated = [page for page in pages if find_date(page, find_headline(page, clean(page), {}).date, None, TODAY).value]
    assert (len(pages), len(dated)) == (588, floors.DATES_INVENTED)


def test_of_several_date_lines_the_one_below_the_title_is_taken() -> None:
    title = "Ferry to the outer islands sails again"
    prose = "The ferry to the outer islands will sail again from Thursday, its owner said, after divers freed the propeller."
    page = parse(RawFile("r/a.txt", f"Bees return\n\nMay 3, 2020\n\n{title}\n\nMay 5, 2020\n\n{prose}\n\n{prose}".encode()))
    assert find_headline(page, clean(page), {}).date.value == "May 5, 2020"


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (("Updated on", "May 9, 2020"), None),
        (("| Last updated", "May 9, 2020"), None),
        (("May 5, 2020", "Updated on", "May 9, 2020"), "May 5, 2020"),
        (("May 9, 2020", "May 5, 2020"), "May 5, 2020"),
        (("May 5, 2020", "May 9, 2020"), "May 5, 2020"),
        (("May 9, 2020 (updated)",), None),
        (("May 9, 2020 See updates",), None),
        (("Ferry updates", "May 5, 2020"), "May 5, 2020"),
        (("May 5, 2020", "Picture: Harbour in May 2, 2020"), "May 5, 2020"),
        (("By Ann LeeUpdated: May 9, 2020",), None),
        (("posted on 2020-05-05 23:30 EST by Rafael Antonio Pineda",), "posted on 2020-05-05 23:30 EST by Rafael Antonio Pineda"),
        (("Rafael Antonio Pineda drew it, May 5, 2020",), None),
        (("May 2020",), "May 2020"),
    ],
)
def test_the_lines_around_a_day_say_whether_it_is_that_of_publication(lines: tuple[str, ...], value: str | None) -> None:
    title = "Ferry to the outer islands sails again"
    prose = "The ferry to the outer islands will sail again from Thursday, its owner said, after divers freed the propeller."
    page = parse(RawFile("r/a.txt", "\n\n".join((title, *lines, prose, prose)).encode()))
    assert find_headline(page, clean(page), {}).date.value == value


def test_a_month_between_paragraphs_is_one_of_the_text() -> None:
    prose = "The ferry to the outer islands will sail again from Thursday, its owner said, after divers freed the propeller."
    page = parse(RawFile("r/a.txt", f"{prose}\n\nFebruary 2020\n\n{prose}\n\n{prose}".encode()))
    assert find_headline(page, clean(page), {}).date == ABSENT


def test_a_numbered_line_of_a_list_is_no_date_line() -> None:
    prose = "The ferry to the outer islands will sail again from Thursday, its owner said, after divers freed the propeller."
    page = parse(RawFile("r/a.txt", f"1. Community spotlight 2023.12.23\n\n{prose}\n\n{prose}".encode()))
    assert find_headline(page, clean(page), {}).date == ABSENT
