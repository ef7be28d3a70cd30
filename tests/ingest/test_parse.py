"""What a raw file shows: its blocks and where they stand, what its markup says, and when it is no text."""

from __future__ import annotations

import pytest

from searchapp.errors import IngestError
from searchapp.ingest.parse import MAX_BLOCKS, MAX_CHARACTERS, parse
from searchapp.model import Claim, Page, RawFile


def page_of(content: str | bytes, name: str = "a.txt") -> Page:
    return parse(RawFile(f"root/{name}", content.encode() if isinstance(content, str) else content))


def record_of(**record: object) -> Page:
    return parse(RawFile("root/a.jsonl#1", b"{}", record=record))


def texts(page: Page) -> list[str]:
    return [block.text for block in page.blocks]


def test_each_line_of_a_text_is_a_block_that_knows_its_place() -> None:
    source = "Title\n\n  First  paragraph.\nSecond\u00a0one.\n"
    page = page_of(source)
    assert texts(page) == ["Title", "First paragraph.", "Second one."]
    assert [" ".join(source[block.start : block.end].split()) for block in page.blocks] == texts(page)
    assert [block.blank_before for block in page.blocks] == [False, True, False]


def test_a_sentence_broken_at_its_links_is_whole_again() -> None:
    page = page_of("The envoy met\nthe general\n, who left.\nNobody knew.\n- a list\n- of things")
    assert texts(page) == ["The envoy met the general, who left.", "Nobody knew.", "- a list", "- of things"]


def test_a_name_between_two_halves_of_a_sentence_is_of_it() -> None:
    text = "The clinic of the steppe was opened again, its head physician\nOlena Haiova\n, who came back in\nMay 2021\n, said.\nMore\n"
    assert [block.text for block in parse(RawFile("r/a.txt", text.encode())).blocks] == [
        "The clinic of the steppe was opened again, its head physician Olena Haiova, who came back in May 2021, said.", "More",
    ]  # fmt: skip
    headed = "The clinic\nOlena Haiova\nand others\n"
    assert [block.text for block in parse(RawFile("r/a.txt", headed.encode())).blocks] == ["The clinic", "Olena Haiova and others"]


def test_items_of_a_nested_list_are_no_continuations() -> None:
    text = "Sport\n  o Football\n  o 2020\n  + Rowing\nThe boats\no los remos\n"
    assert [block.text for block in parse(RawFile("r/a.txt", text.encode())).blocks] == [
        "Sport", "o Football", "o 2020", "+ Rowing", "The boats o los remos",
    ]  # fmt: skip


def test_lines_wrapped_at_a_width_are_one_paragraph_and_a_menu_is_not() -> None:
    wrapped = "The rescue team reached the lower gallery of the mine on\nSunday and heard knocking behind the rubble, its leader\nTom Reyes said."
    assert len(page_of(wrapped).blocks) == 1
    assert texts(page_of("Home\nWorld News\nSport")) == ["Home", "World News", "Sport"]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("Zażółć gęślą jaźń".encode(), "utf-8"),
        ("\ufeffZażółć gęślą jaźń".encode(), "utf-8"),
        ("Zażółć gęślą jaźń".encode("utf-16"), "utf-16"),
        ("Hello there, people of the hills".encode("utf-16-le"), "utf-16-le"),
        (("أعلنت الوزارة أن القوات وصلت إلى البلدة. " * 3).encode("cp1256"), "cp1256"),
        (("Zażółć gęślą jaźń. " * 20).encode()[:-1] + b"\xc5", "utf-8, damaged"),
    ],
)
def test_the_encoding_is_found_and_named(data: bytes, encoding: str) -> None:
    page = page_of(data)
    assert page.hints["encoding"] == (encoding,)
    assert page.blocks[0].text[:3] in ("Zaż", "Hel", "أعل")


def test_a_page_is_read_in_the_encoding_that_it_declares() -> None:
    source = '<meta charset="windows-1254"><p>Türkiye Cumhurbaşkanı Erdoğan</p>'
    assert texts(page_of(source.encode("cp1254"), "a.html")) == ["Türkiye Cumhurbaşkanı Erdoğan"]


@pytest.mark.parametrize(
    ("data", "name", "skipped"),
    [
        (b"", "a.txt", True),
        (b" \n\n ", "a.html", True),
        (b"%PDF-1.4 text", "a.txt", True),
        (bytes(range(256)) * 40, "a.html", True),
        (b"<html><script>var a = 1</script><style>p {}</style></html>", "a.html", True),
        (bytes(range(128, 256)) * 40, "a.txt", False),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(data: bytes, name: str, skipped: bool) -> None:
    with pytest.raises(IngestError) as caught:
        page_of(data, name)
    assert (caught.value.stage, caught.value.skipped) == ("parse", skipped)
    assert caught.value.reason


def test_a_page_becomes_its_visible_blocks_with_what_surrounds_them() -> None:
    page = page_of(
        "<nav class='mainMenu'><a href='/'>Home</a><a href='/n'>News</a></nav>"
        "<div id='story-body'><p>One <b>bold</b> word.<br>A new line.</p><p hidden>Gone.</p>"
        "<p style='display: none'>Gone too.</p><ul><li>An item</li></ul></div>",
        "a.htm",
    )
    assert [(block.tag, block.text, block.link_density) for block in page.blocks] == [
        ("nav", "Home News", 1.0),
        ("p", "One bold word.", 0.0),
        ("p", "A new line.", 0.0),
        ("li", "An item", 0.0),
    ]
    assert page.blocks[0].hint == "nav main menu"
    assert page.blocks[3].hint == "story body"


def test_blocks_of_a_page_know_their_place_in_its_source() -> None:
    source = "<script>One word</script><p class='One'>One &amp; <i>two</i>.</p>\n<p>Three&nbsp;of them &mdash; here.</p>"
    page = page_of(source, "a.html")
    assert [source[block.start : block.end] for block in page.blocks] == [
        "One &amp; <i>two</i>.",
        "Three&nbsp;of them &mdash; here.",
    ]


def test_what_the_head_of_a_page_says_is_kept_as_hints() -> None:
    page = page_of(
        "<html lang='fr'><head><title>T | Site</title><link rel='canonical' href='https://www.site.example/a'>"
        "<meta property='og:title' content='T'><meta name='author' content='A B'>"
        "<meta property='article:published_time' content='2021-05-01T10:00:00Z'>"
        '<script type="application/ld+json">[{"@type": ["NewsArticle"], "headline": "T &amp; U", "datePublished": "2021-05-01",'
        '"author": {"name": "A B"}}, {"@type": "WebSite", "headline": "no"}]</script>'
        '<script type="application/ld+json">{not json</script></head><body><h1>T</h1><p>Text.</p></body></html>',
        "a.html",
    )
    assert (page.url, page.site) == ("https://www.site.example/a", "site.example")
    expected = {
        "lang": "fr", "title": "T | Site", "og:title": "T", "meta:author": "A B", "h1": "T", "json-ld:headline": "T & U",
        "meta:date": "2021-05-01T10:00:00Z", "json-ld:date": "2021-05-01", "json-ld:author": "A B",
    }  # fmt: skip
    assert {name: page.hints[name] for name in expected} == {name: (value,) for name, value in expected.items()}


def test_the_declared_address_and_outlet_win() -> None:
    declared = {"url": Claim("https://b.example/x", "declared"), "outlet": Claim("The B", "declared")}
    page = parse(RawFile("r/a.html", b"<link rel=canonical href='https://a.example/'><p>Text.</p>", declared))
    assert (page.url, page.site) == ("https://b.example/x", "The B")


def test_a_record_is_read_by_the_field_that_it_has() -> None:
    clean = record_of(id="1", text="Title\nbroken line\n\nNext.")
    assert (texts(clean), clean.clean) == (["Title", "broken line", "Next."], False)
    assert texts(record_of(id="1", raw="Broken\nline.")) == ["Broken line."]
    assert texts(record_of(id="1", html="<p>One</p><p>Two</p>")) == ["One", "Two"]
    assert record_of(id="1").blocks == ()


def test_a_record_that_holds_nothing_or_no_text_is_refused() -> None:
    with pytest.raises(IngestError, match="neither id, title nor text"):
        record_of(note="x")
    with pytest.raises(IngestError, match="its text is no text"):
        record_of(id="1", text=["a"])


def test_a_half_character_of_a_record_is_a_blank() -> None:
    assert record_of(id="1", text="a\ud800b").blocks[0].text == "a b"


def test_no_depth_of_nesting_ends_the_walk() -> None:
    page = page_of("<div>" * 5000 + "<p>Deep down.</p>", "a.html")
    assert texts(page) == ["Deep down."]


def test_a_page_past_the_limits_says_that_it_was_cut() -> None:
    assert page_of("a" * (MAX_CHARACTERS + 1)).truncated
    many = page_of("A.\n" * (MAX_BLOCKS + 1))
    assert (many.truncated, len(many.blocks)) == (True, MAX_BLOCKS)
    assert not page_of("A short text.").truncated


def test_a_page_of_another_kind_of_document_is_read_without_warnings() -> None:
    assert texts(page_of('<?xml version="1.0" encoding="utf-8"?><html><p>Hello.</p></html>', "a.html")) == ["Hello."]
    assert texts(page_of("https://example.com/page", "a.html")) == ["https://example.com/page"]
