"""Pages written for these tests, each with what should be made of it: in `golden/`, a page and a `.gold` beside it.

A `.gold` begins with what the page says of itself and what is wrong with it; then comes a line for each block, with `+`
where it belongs to the article, else with the reason why not. Between them the pages hold every trap that is known:
phrases of furniture in the prose of a recipe, lines broken at tags, lines without blank ones between, a place before the
first sentence, a date glued to it, teasers with a title, a date and an author of their own, counters of votes, headings
between paragraphs, titles that come twice, captions with credits and dates, lists and tables that are the article,
comment forms, a cookie wall longer than the article or alone, furniture from right to left, scripts without blanks, a
newsletter's box inside of an article, a live blog, a page of teasers alone, an error, the beginning of what is sold.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from searchapp.ingest.clean import clean, quality_of
from searchapp.ingest.data.reasons import ABOVE, BELOW, LINKS, UNLIKE
from searchapp.ingest.dates import find_date
from searchapp.ingest.headline import find_headline
from searchapp.ingest.parse import parse
from searchapp.model import RawFile

GOLDEN = Path(__file__).parent / "golden"
PAGES = tuple(sorted(path for path in GOLDEN.iterdir() if path.suffix != ".gold"))
TODAY = datetime.date(2026, 1, 1)
FACTS = 4
VAGUE = (ABOVE, BELOW, LINKS, UNLIKE)
"""Reasons that say no more than where a block stands; which of them it is does not matter."""
_LINE = re.compile(r"(?:\+|\[(?P<reason>[^\]]+)\]) (?P<text>.*)")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Made:
    """A page as lines of facts, and its blocks with the reason why each goes, None for those that stay."""

    facts: tuple[str, ...]
    blocks: tuple[tuple[str, str | None], ...]

    def kept_letters(self) -> Counter[str]:
        """The letters of what stays, by block: they weigh alike in all scripts."""
        return Counter({text: len(_WORD.findall(text)) for text, reason in self.blocks if reason is None})


def expected(path: Path) -> Made:
    """What the file beside the page says."""
    lines = path.with_suffix(".gold").read_text(encoding="utf-8").splitlines()
    found = [match for line in lines[FACTS:] if (match := _LINE.fullmatch(line))]
    return Made(tuple(lines[:FACTS]), tuple((match["text"], match["reason"]) for match in found))


@cache
def made(path: Path) -> Made:
    """What the stages make of the page."""
    page = parse(RawFile(f"golden/{path.name}", path.read_bytes()))
    headline = find_headline(page, clean(page), {})
    date = find_date(page, headline.date, None, TODAY)
    claims = (("title", headline.title), ("author", headline.author), ("date", date))
    facts = [f"{name}: {claim.value} ({claim.status}, {claim.origin})" for name, claim in claims]
    facts.append(f"quality: {quality_of(headline.blocks)}")
    return Made(tuple(facts), tuple((block.text, block.reason) for block in headline.blocks))


def language_of(path: Path) -> str:
    """In which language it is written; `bad` for pages without an article."""
    return path.stem.partition("-")[0]


def f1(paths: Iterable[Path]) -> float:
    """How well what stays of these pages is what should, by letters."""
    wanted: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for path in paths:
        wanted += expected(path).kept_letters()
        given += made(path).kept_letters()
    return 2 * (wanted & given).total() / (wanted.total() + given.total())
