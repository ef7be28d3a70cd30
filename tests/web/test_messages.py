"""What is wrong with a question is said in Arabic on Arabic pages; nothing of the reader's own words is lost."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from searchapp.reports.messages import MESSAGES, message_said
from searchapp.reports.wording import ENGLISH, Words
from tests.web.reading import one, page_of, words

SAID_BACK = Words("fr", lambda text: f"{text} #")
BROKEN = (
    '"libya', "(libya", "date:[2020", "libya)", "title:", "title:[a TO b]", "outlett:x", "nonsense:x", "title:-x",
    "title:(text:x)", "AND libya", "libya OR", '"a b"~0', "libya~5", "date:[2021 TO 2020]", "date:soon", "libya?", "l%b*",
    "https://example.org/none",
)  # fmt: skip
WRONG = (
    "/search?q=l*", f"/search?q={'x' * 1025}", f"/search?q={'+'.join(['word'] * 129)}", f"/search?q={'(' * 30}x{')' * 30}",
    "/search?page=600&per_page=20", "/search?page=0", "/search?per_page=1000", "/search?sort=best", "/search?date_from=soon",
    "/search?date_from=2021&date_to=2020", "/search?outlet=Blog&-outlet=Blog", "/search?missing=outlet&-missing=outlet",
    "/search?page=1&page=2", "/facets/outlets", "/facets/zzz", "/document/none", "/nowhere", "/search?missing=outlets",
)  # fmt: skip


@pytest.mark.parametrize("query", BROKEN)
def test_warnings_of_queries_are_said_in_arabic(client: FlaskClient, query: str) -> None:
    english = page_of(client, f"/search?q={quote(query)}")
    arabic = page_of(client, f"/search?q={quote(query)}&ui=ar")
    assert english.select("p.note"), "there is something to say"
    assert not arabic.select("p.note[lang=en]")
    assert len(arabic.select("p.note")) == len(english.select("p.note"))


@pytest.mark.parametrize("url", WRONG)
def test_errors_are_said_in_arabic(client: FlaskClient, url: str) -> None:
    answer = client.get(f"{url}{'&' if '?' in url else '?'}ui=ar")
    assert answer.status_code in (404, 422)
    said = one(BeautifulSoup(answer.data, "lxml"), "#what-is-wrong")
    assert "lang" not in said.attrs
    assert re.search("[\u0621-\u064a]{2}", words(said))


def test_what_was_typed_stays_as_it_is_with_its_own_direction(client: FlaskClient) -> None:
    page = page_of(client, "/search?outlett=<b>&ui=ar")
    assert [words(note) for note in page.select("p.note")] == ["المعامل \u2068'outlett'\u2069 غير معروف؛ هل تقصد \u2068'outlet'\u2069؟"]


@pytest.mark.parametrize("text", MESSAGES)
def test_each_message_is_known_again_whatever_stands_in_its_places(text: str) -> None:
    holes = set(re.findall(r"%\((\w+)\)s", text))
    kinds = {**dict.fromkeys(("n", "most", "least", "then", "now"), "1,024"), "facet": "outlet"}
    values = {name: kinds.get(name, "'a. (b)\n[c]'") for name in holes}
    filled = {name: SAID_BACK.isolated(value) for name, value in values.items()}
    assert message_said(SAID_BACK, text % values) == f"{text} #" % filled
    assert message_said(ENGLISH, text % values) == text % values


def test_a_message_that_nobody_translated_is_shown_in_english() -> None:
    assert message_said(SAID_BACK, "A new kind of message.") is None
