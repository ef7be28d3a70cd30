"""What a reader sees of one document: its text, what was removed, the evidence, the ways on."""

from __future__ import annotations

from flask.testing import FlaskClient

from searchapp.model import Block, Claim, Document, Mention
from tests.engine.corpus import document
from tests.web.conftest import site_of
from tests.web.reading import (
    link,
    one,
    page_of,
    words,
)


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


def without_an_article(quality: str) -> FlaskClient:
    blocks = (Block("Главная", 0, 7, reason="navigation"), Block("Groves", 8, 14, reason="repeats in at least 5 documents of this outlet"))
    return site_of([Document("a1", "root/a.txt", "ab" * 32, "", Claim("Groves", "inferred"), blocks=blocks, quality=quality)])


def test_a_page_without_an_article_says_so_and_shows_what_there_is() -> None:
    page = page_of(without_an_article("no article found"), "/document/a1")
    assert words(one(page, ".note")) == "No article was found in this file. What it holds is listed as removed."
    assert one(page, "details.removed").has_attr("open")
    assert "teaser" in words(one(page_of(without_an_article("only a teaser"), "/document/a1"), ".note"))


def test_the_reasons_are_told_in_the_language_of_the_interface() -> None:
    page = page_of(without_an_article("no article found"), "/document/a1?ui=ar")
    assert "يتكرر في 5 من وثائق هذا المصدر على الأقل" in words(one(page, "details.removed summary"))
    assert "لم يُعثر على مقال" in words(one(page, ".note"))


def test_a_document_shows_the_evidence(client: FlaskClient) -> None:
    outlet = Claim("Zaman", "inferred", "dateline", "(Zaman)- Russia")
    date = Claim("2020-06-08", "inferred", "text", "date 2020-06-08", "day")
    sentence = "Reuters reported the news."
    base = document("b1", "A title", f"Hundreds left. {sentence}", cites="Reuters", url="https://example.org/a")
    cited = Mention("cites", "Reuters", 15, 22, "Reuters", "reported", "inferred", evidence=sentence)
    found = Document(**{**{name: getattr(base, name) for name in base.__slots__}, "outlet": outlet, "date": date,
                        "mentions": (cited,)})  # fmt: skip
    side = one(page_of(site_of([found]), "/document/b1"), ".side")
    for said in ("inferred · the dateline", "(Zaman)- Russia", "inferred · the text", "date 2020-06-08", "root/press/b1.txt",
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
    copies = {str(copy["href"]).partition("?")[0] for copy in page.select("#copies a")}
    assert copies == {"/document/d02", "/document/d03"}
    assert link(page_of(client, "/document/d01"), "All articles") == "/search"
    assert one(page, "head link[rel=alternate]")["href"] == "/api/documents/d01"


def test_what_shares_text_is_listed_apart_from_copies_the_oldest_first(client: FlaskClient) -> None:
    page = page_of(client, "/document/d04")
    lines = [words(line) for line in page.select("#sharing li")]
    assert lines == ["15 June 2019 · Reuters: Wheat harvest burns", "May 2020 · IranWire: Recruiting goes on"]
    assert [str(one["href"]) for one in page.select("#sharing a")] == ["/document/d06", "/document/d05"]
    assert not page.select("#copies")
    assert not page_of(client, "/document/d01").select("#sharing")


def test_what_is_not_stated_is_said_so(client: FlaskClient) -> None:
    page = page_of(client, "/document/d14")
    assert words(one(page, ".doc .meta")) == "no outlet known undated"
    assert words(one(page, ".side")).count("not stated in the file") == 2
