"""Whatever a file holds, each of its blocks knows where it stands in it, kept or removed."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searchapp.errors import IngestError
from searchapp.ingest.clean import clean
from searchapp.ingest.data.scrubbing import scrubbed
from searchapp.ingest.headline import find_headline
from searchapp.ingest.parse import parse
from searchapp.model import Block, RawFile
from tests.ingest.own_pages import PAGES

LINES = (
    "Home", "Breadcrumb", "(65)   (63)", "5 min read", "date 2020-06-08  The ferry sails again from Thursday, said its owner",
    "The ferry to the outer islands will sail again", "from Thursday, said", ", its owner.", "Read also: the well",
    "“Nobody asked the dead.”", "  indented\tand\u00a0wide ", "- 1 egg", "Leave a comment", "Accept all", "\u00ad\u00adsoft",
    "تعليقات (3)", "‏عاد الماء إلى ثلاث قرى، كما قال رئيس المجلس\u200f.", "١٢ حزيران ٢٠٢١", "بئر\u0640\u0640\u0640 قديمة",
    "قنات کهن روستا می‌گوید", "שתפו", "湖边的小渔村星期六有了自己的图书馆，", "分享到：", "島の渡し船、若い船長が引き継ぐ。", "e\u0301te\u0301",
    "\u202eevil\u202c", "\ufeffmark", "🏴\u200d☠️", "<b>no markup</b> &amp;", "\x0bodd\x0cbreaks\x1c", "ﬁ ŉ İ ß", "\u2028line\u2029", "…",
)  # fmt: skip
BREAKS = ("\n", "\n\n", "\r\n", "\r", " \n \n\n", "\u2028", "\x85", "\n\u200f\n")

texts = st.lists(st.tuples(st.sampled_from(LINES) | st.text(max_size=12), st.sampled_from(BREAKS)), max_size=12).map(
    lambda pairs: "".join(line + end for line, end in pairs)
)


def blocks_of(name: str, source: str) -> tuple[Block, ...]:
    """The blocks of a file after cleaning, title, author and date taken out; none of what is no text."""
    try:
        page = parse(RawFile(f"r/{name}", source.encode("utf-8", "replace")), dated=False)
    except IngestError:
        return ()
    return find_headline(page, clean(page), {}).blocks


def bare(text: str) -> str:
    return "".join(text.split())


def in_order(blocks: tuple[Block, ...], length: int) -> bool:
    edges = [edge for block in blocks for edge in (block.start, block.end)]
    return edges == sorted(edges) and all(0 <= edge <= length for edge in edges)


@settings(max_examples=100)
@given(texts)
def test_the_blocks_of_a_text_stand_where_they_say_and_leave_nothing_out(source: str) -> None:
    readable = scrubbed(source.encode("utf-8", "replace").decode().removeprefix("\ufeff"))
    blocks = blocks_of("a.txt", source)
    assert in_order(blocks, len(readable))
    assert [bare(readable[block.start : block.end]) for block in blocks] == [bare(block.text) for block in blocks]
    assert not blocks or "".join(bare(block.text) for block in blocks) == bare(readable)


WRAPPED = (
    "<p>{}</p>", "<div class='cookie-consent'>{}</div>", "<li><a href='/1'>{}</a></li>", "<h1>{}</h1>", "<p>{} <b>&#8220;bold&#8221;</b></p>",
    "<script>{}</script>", "<!-- {} --><p>seen</p>", "<p title='{}'>told</p>", "<nav>{}</nav>", "<td>{}", "</p>{}<br>", "<p hidden>{}</p>",
)  # fmt: skip

pages = st.lists(st.tuples(st.sampled_from(WRAPPED), st.sampled_from(LINES)), min_size=1, max_size=12).map(
    lambda pairs: "<body dir=rtl>" + "\n".join(form.format(html.escape(line)) for form, line in pairs)
)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@settings(max_examples=100)
@given(pages)
@example("<td>The ferry sails again from Thursday\n<p hidden>Home</p>\n</p>Breadcrumb<br>")
def test_the_blocks_of_a_page_stand_where_they_say_or_nowhere(source: str) -> None:
    blocks = blocks_of("a.html", source)
    assert in_order(blocks, len(source))
    for block in blocks:
        if block.start < block.end:
            visible = html.unescape(re.sub(r"<!--.*?-->|<script>.*?</script>|<[^>]*>", " ", source[block.start : block.end], flags=re.DOTALL))
            assert words(scrubbed(visible.replace("\xad", ""))) == words(block.text)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_blocks_of_pages_written_for_tests_stand_where_they_say(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    for block in blocks_of(path.name, source):
        assert words(html.unescape(re.sub(r"<[^>]*>", " ", source[block.start : block.end]))) == words(block.text)
