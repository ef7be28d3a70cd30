"""What do two libraries of extraction hold to be the article? For each block, how much of it they would keep."""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Sequence

from lxml import html
from lxml.etree import LxmlError
from msgspec.structs import replace

from searchapp.errors import ConfigError
from searchapp.model import Block, Layout

try:
    from readability import Document
    from readability.readability import Unparseable
    from trafilatura import extract
except ImportError as error:
    _ABSENT = error.name
else:
    _ABSENT = None

LIBRARIES = ("trafilatura", "readability")
UNKNOWN = -1.0
"""The vote of a library that could not read the page."""
_RUN = 4
_WORD = re.compile(r"\w+")


def require_libraries() -> None:
    """ConfigError where a library that is to vote is not installed; those that are keep quiet from now on."""
    if _ABSENT:
        raise ConfigError(f"SEARCHAPP_CLEANING_VOTES is 1, and {_ABSENT} is not installed: pip install 'searchapp[votes]'")
    for name in LIBRARIES:
        # They complain of pages that they cannot read; these are judged without them.
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def voted(source: str, blocks: Sequence[Block], layout: Sequence[Layout]) -> tuple[Layout, ...]:
    """The layout with the votes on each block: the share of its runs of four words that each library keeps."""
    try:
        tree = html.document_fromstring(source.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except (LxmlError, ValueError):
        return tuple(layout)
    kept = [_by_trafilatura(tree), _by_readability(tree)]
    runs = [None if text is None else _runs(_WORD.findall(text)) for text in kept]
    words = [_WORD.findall(block.text) for block in blocks]
    return tuple(
        replace(stands, votes=tuple(UNKNOWN if known is None else _share(said, known) for known in runs))
        for stands, said in zip(layout, words, strict=True)
    )


def _by_trafilatura(tree: html.HtmlElement) -> str | None:
    """What trafilatura takes for the article and its title; None where it finds none."""
    found: str | None = extract(copy.deepcopy(tree), fast=True, include_comments=False)
    return found or None


def _by_readability(tree: html.HtmlElement) -> str | None:
    """What readability takes for the article; None where it finds none."""
    try:
        summary = Document(tree).summary(html_partial=True)
        return str(html.fromstring(summary).xpath("string()")) or None if summary else None
    except (Unparseable, LxmlError):
        return None


def _runs(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """All runs of up to four words, those at each word."""
    return frozenset(tuple(words[start : start + size]) for size in range(1, _RUN + 1) for start in range(len(words) - size + 1))


def _share(words: Sequence[str], known: frozenset[tuple[str, ...]]) -> float:
    size = min(_RUN, len(words))
    starts = range(len(words) - size + 1) if words else range(0)
    return sum(tuple(words[start : start + size]) in known for start in starts) / (len(starts) or 1)
