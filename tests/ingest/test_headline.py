"""Title, author and date line of an article, and the blocks they are taken from."""

from __future__ import annotations

import json
import re
import statistics
from pathlib import Path

import pytest

from searchapp.ingest.clean import clean
from searchapp.ingest.headline import Headline, find_headline
from searchapp.ingest.parse import parse
from searchapp.model import ABSENT, Claim, RawFile
from tests import floors
from tests.ingest.development import annotated_pages, read

SEEDS = Path(__file__).parents[2] / "seeds"
BODY = """
The ferry to the outer islands will sail again from Thursday, its owner said, after divers freed the propeller.

Passengers who were stranded on the islands have lived in the school since last week, and teachers cooked for them.

The next boat leaves at eight in the morning, weather permitting, and takes no cars at all until the end of June.
"""


def headline_of(content: str, name: str = "a.txt", **declared: str) -> Headline:
    claims = {field: Claim(value, "declared", "sidecar", value) for field, value in declared.items()}
    page = parse(RawFile(f"r/{name}", content.encode(), claims))
    return find_headline(page, clean(page), claims)


def reasons(headline: Headline) -> dict[str, str | None]:
    return {block.text: block.reason for block in headline.blocks}


def test_the_title_is_the_line_above_the_text_and_stands_outside_it() -> None:
    headline = headline_of(f"Menu\n\nFerry to the outer islands sails again\n{BODY}")
    assert headline.title == Claim(
        "Ferry to the outer islands sails again", "inferred", "first line", "Ferry to the outer islands sails again"
    )
    assert reasons(headline)["Ferry to the outer islands sails again"] == "title"


def test_a_repeated_title_goes_too() -> None:
    title = "Ferry to the outer islands sails again"
    headline = headline_of(f"{title}\n\nJune 8, 2020\n{title}\n{BODY}")
    assert [block.reason for block in headline.blocks if block.text == title] == ["title", "repeated title"]


def test_a_text_that_begins_at_once_has_no_title() -> None:
    headline = headline_of(BODY)
    assert (headline.title, headline.author, headline.date) == (ABSENT, ABSENT, ABSENT)
    assert all(block.kept for block in headline.blocks)


def test_a_declared_title_wins_and_its_line_still_goes() -> None:
    headline = headline_of(f"Ferry to the outer islands sails again\n{BODY}", title="Ferry to the outer islands sails again!")
    assert headline.title.status == "declared"
    assert reasons(headline)["Ferry to the outer islands sails again"] == "title"


def test_a_clean_record_has_the_title_that_it_declares_and_keeps_every_block() -> None:
    declared = {"title": Claim("Ferry", "declared", "record", "Ferry")}
    page = parse(RawFile("r/a.jsonl#1", b"", declared, record={"id": "1", "text": "Ferry\nBy Ann Lee\nIt sails."}))
    headline = find_headline(page, clean(page), declared)
    assert (headline.title.value, headline.author) == ("Ferry", ABSENT)
    assert all(block.kept for block in headline.blocks)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Ann Lee", "Ann Lee"),
        ("By Ann Lee and Omar al-Hadi", "Ann Lee, Omar al-Hadi"),
        ("Par Claire Dumas | 12 mai 2021", "Claire Dumas"),
        ("Von Petra Lindner, Redakteurin", "Petra Lindner"),
        ("بقلم سلمى الحداد", "سلمى الحداد"),
        ("Автор: Ольга Серова", "Ольга Серова"),
        ("By News Desk", None),
        ("By Reuters", None),
        ("By the river", None),
    ],
)
def test_an_author_is_a_person_whom_a_byline_names(line: str, author: str | None) -> None:
    headline = headline_of(f"Ferry to the outer islands sails again\n{line}\n{BODY}")
    assert headline.author.value == author
    if author:
        assert headline.author.evidence == line
        assert not headline.blocks[1].kept


def test_a_name_alone_is_the_author_beside_a_date_and_a_section_is_not() -> None:
    title = "Ferry to the outer islands sails again"
    assert headline_of(f"{title}\n\nJune 8, 2020\nTaym Al-Ahmad\n5 min read\n{BODY}").author == Claim(
        "Taym Al-Ahmad", "inferred", "name line", "Taym Al-Ahmad"
    )
    assert headline_of(f"{title}\n\nTaym Al-Ahmad\n{BODY}").author == ABSENT
    assert headline_of(f"{title}\n\nJune 8, 2020\nMiddle East\n{BODY}").author == ABSENT


def test_a_name_that_the_article_speaks_of_is_not_its_author() -> None:
    headline = headline_of(f"Ferry to the islands sails again\n\nJune 8, 2020\nSalt Haven\n{BODY}Salt Haven was glad of it.")
    assert headline.author == ABSENT


def test_a_signature_below_the_article_is_no_author() -> None:
    headline = headline_of(f"Ferry to the outer islands sails again\n{BODY}\nCoast Wire Daily\n(65) (63)")
    assert headline.author == ABSENT
    assert reasons(headline)["Coast Wire Daily"] == "below the article"


@pytest.mark.parametrize(
    ("line", "is_date"),
    [
        ("April 29, 2020", True),
        ("Publié le 29 avril 2020 à 18h30", True),
        ("Wednesday, 29 April 2020 10:15 GMT", True),
        ("Updated: April 29, 2020", False),
        ("Haftar's forces on April 29, 2020 in Tajoura near the capital", False),
    ],
)
def test_a_date_line_says_a_date_and_little_else(line: str, is_date: bool) -> None:
    headline = headline_of(f"Ferry to the outer islands sails again\n{line}\n{BODY}")
    assert (headline.date.value == line) is is_date
    assert (reasons(headline)[line] == "date line") is is_date


def test_the_heading_that_the_head_of_a_page_agrees_with_is_its_title() -> None:
    page = (
        "<title>Ferry sails again | Coast Wire</title><meta property='og:site_name' content='Coast Wire'>"
        "<meta property='og:title' content='Ferry sails again'><h1>Coast Wire</h1>{}<p>" + BODY + "</p>"
    )
    assert headline_of(page.format("<h1>Ferry sails again</h1>"), "a.html").title.origin == "h1"
    without = headline_of(page.format(""), "a.html").title
    assert (without.value, without.origin) == ("Ferry sails again", "og:title")


def test_the_name_of_the_outlet_is_no_part_of_a_title() -> None:
    page = "<title>Ferry sails again | Coast Wire</title><link rel=canonical href='https://coastwire.example/a'><p>{}</p>"
    assert headline_of(page.format(BODY), "a.html").title.value == "Ferry sails again"


def test_the_author_of_a_page_is_a_person_and_not_its_outlet() -> None:
    page = "<meta property='og:site_name' content='Coast Wire'><meta name='author' content='{}'><p>{}</p>"
    assert headline_of(page.format("Ann Lee", BODY), "a.html").author == Claim("Ann Lee", "inferred", "meta:author", "Ann Lee")
    assert headline_of(page.format("Coast Wire", BODY), "a.html").author == ABSENT
    assert headline_of(page.format("https://www.facebook.com/ann.lee", BODY), "a.html").author == ABSENT


def test_title_and_author_of_the_seeds_are_those_annotated(data: Path) -> None:
    gold = json.loads((data / "cleaning/seeds_gold.json").read_text(encoding="utf-8"))["seeds"]
    for name, seed in gold.items():
        headline = headline_of((SEEDS / name).read_text(encoding="utf-8"))
        assert (headline.title.value, headline.author.value) == (seed["title"], seed["author"])


def same_words(one: str | None, other: str) -> bool:
    left, right = set(re.findall(r"\w+", (one or "").lower())), set(re.findall(r"\w+", other.lower()))
    return 2 * len(left & right) >= 0.8 * (len(left) + len(right))


@pytest.mark.long
@pytest.mark.parametrize(("kind", "suffix"), [("html", ".html"), *((kind, f".{kind}.txt") for kind in ("ins", "bs4", "box"))])
def test_titles_of_annotated_pages_are_found_as_often_as_they_were(development: Path, kind: str, suffix: str) -> None:
    found: list[bool] = []
    for path, said in annotated_pages(development):
        page, headline = read(path, suffix) if said.get("title") else (None, None)
        if page and headline and (suffix == ".html" or any(said["title"] in block.text for block in page.blocks)):
            found.append(same_words(headline.title.value, said["title"]))
    assert statistics.fmean(found) >= floors.TITLES_FOUND[kind]


@pytest.mark.parametrize(
    ("block", "author"),
    [
        ('<div class="post-author">Ann Lee Senior Writer</div>', "Ann Lee"),
        ('<p class="article-byline">Published August 7, 2023 by Ann Lee</p>', "Ann Lee"),
        ('<div class="authorName">ByAnn Lee</div>', "Ann Lee"),
        ('<div class="byline">Ann Lee USA TODAY</div>', "Ann Lee"),
        ('<span itemprop="author">View all posts by Ann Lee</span>', "Ann Lee"),
        ('<div class="related"><p class="author">Ann Lee</p></div>', None),
        ('<div class="comment"><p class="author">Ann Lee</p></div>', None),
        ('<div class="author-box">Written By</div>', None),
        ('<div class="author-box">Follow us</div>', None),
    ],
)
def test_classes_of_a_page_say_which_line_is_a_byline(block: str, author: str | None) -> None:
    page = f"<h1>Ferry sails again</h1><p>{BODY}</p><p>{BODY}</p><footer>{block}</footer>"
    claim = headline_of(page, "a.html").author
    assert claim.value == author


def test_a_line_of_author_and_date_names_its_author_behind_the_date() -> None:
    title = "Ferry to the outer islands sails again"
    for line in ("May 5, 2020 by Ann Lee in Growth", "May 5, 2020 By Ann Lee 4 Comments"):
        headline = headline_of(f"{title}\n{line}\n{BODY}")
        assert (headline.author.value, headline.date.value) == ("Ann Lee", line)


@pytest.mark.parametrize(
    ("said", "author"), [("Coast Team", "Coast Team"), ("Susan", "Susan"), ("admin", None), ("4711", None), ("Coast Wire", None)]
)
def test_a_team_or_one_word_is_an_author_only_where_the_markup_says_so(said: str, author: str | None) -> None:
    page = f"<meta property='og:site_name' content='Coast Wire'><meta name='author' content='{said}'><p>{BODY}</p>"
    assert headline_of(page, "a.html").author.value == author


def test_the_title_is_taken_out_of_the_text_whatever_its_line_was_taken_for() -> None:
    page = f"<h1>Ferry sails again</h1><aside class='related'><h2>Ferry sails again</h2></aside><p>{BODY}</p><p>{BODY}</p>"
    blocks = [block.reason for block in headline_of(page, "a.html").blocks if block.text == "Ferry sails again"]
    assert blocks[0] == "title"
    assert None not in blocks


@pytest.mark.parametrize(
    ("above", "title"),
    [
        (("Home", "World", "Ferry to the outer islands sails again", "June 8, 2020", "Divers freed the propeller"), 2),
        (("渡轮再次开往外岛", "2020年6月8日"), 0),
        (("القائمة", "العبارة تبحر من جديد إلى الجزر الخارجية", "8 حزيران 2020"), 1),
        (("Menu", "Search", "Log in"), None),
    ],
)
def test_among_the_lines_above_a_text_the_one_that_looks_like_its_title_is_taken(above: tuple[str, ...], title: int | None) -> None:
    body = {
        "渡": "渡轮的主人说，渡轮将从星期四起再次开往外岛，潜水员已经修好了螺旋桨。被困在岛上的乘客从上周起一直住在学校里，老师们为他们做饭。",
        "ا": "قال مالك العبارة إن العبارة ستبحر من جديد إلى الجزر الخارجية اعتبارا من يوم الخميس بعد أن حرر الغواصون المروحة من الشباك.",
    }.get(above[0][0], BODY)
    text = "\n\n".join((*above, body))
    assert headline_of(text).title.value == (None if title is None else above[title])


@pytest.mark.long
def test_authors_of_annotated_pages_are_found_as_often_as_they_were(development: Path) -> None:
    given = right = asked = 0
    for path, said in annotated_pages(development):
        if said.get("authors"):
            value = read(path, ".html")[1].author.value
            named = [name.casefold() for name in said["authors"]]
            fits = value is not None and (same_words(value, " ".join(named)) or any(name in value.casefold() for name in named))
            asked, given, right = asked + 1, given + bool(value), right + fits
    assert right / given >= floors.AUTHORS_RIGHT
    assert right / asked >= floors.AUTHORS_FOUND
