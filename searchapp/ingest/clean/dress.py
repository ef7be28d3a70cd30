"""What does the markup say of each block, of those beside it, and of the elements around it?"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from searchapp.ingest.clean.landmarks import furniture_words, reason_of
from searchapp.ingest.clean.paragraph import Paragraph
from searchapp.ingest.clean.series import Column, Numbers, shifted, stacked, windowed

Key = TypeVar("Key", bound=Hashable)
_TAGS = ("p", "h1", "h2", "li", "div", "td", "figcaption", "button", "blockquote", "span")
_ALIKE = {
    "h3": "h2", "h4": "h2", "h5": "h2", "h6": "h2", "th": "td", "tr": "td", "table": "td", "dd": "li", "dt": "li",
    "caption": "figcaption", "figure": "figcaption", "label": "button", "option": "button", "legend": "button",
    "select": "button", "pre": "blockquote", "section": "div", "article": "div", "main": "div",
}  # fmt: skip
_LANDMARKS = ("article", "main", "nav", "footer", "aside", "header", "form", "figure", "table", "list", "dialog")
_AWAY = re.compile(
    r"comment|disqus|shar|social|relat|promo|sidebar|nav|menu|foot|widget|newsletter|subscri|advert|^ads?$|banner|"
    r"cookie|consent|gdpr|caption|credit|byline|author|^tags?$|^meta|recomm|popular|trend|teaser|breadcrumb|masthead|"
    r"^header|sponsor|outbrain|taboola|modal|popup|login|signup|tool|pag(?:er|ination)|^more|^most|latest|recent|bio|"
    r"gallery|figure|image|copyright|disclaim|donat|paywall|search|list|card|grid|carousel|slide|embed|video|player"
)
_HOME = re.compile(r"article|body|content|entry|post|story|text|main|hentry|paragraph|prose|rich|single")
MARKUP_NAMES = (
    *(f"tag_{name}" for name in _TAGS), "tag_other", "link_density", "depth", *(f"in_{name}" for name in _LANDMARKS),
    "away", "home", "since_away", "since_home", "named", "share_home_1", "share_home_2", "share_home_3", "total_home_1",
    "total_home_2", "siblings", "cousins", "dressed_alike", "dressed_prose", "title_likeness",
)  # fmt: skip
BESIDE_NAMES = (
    "link_density-2", "link_density-1", "link_density+1", "link_density+2", "title-1", "title+1", "tag_p-1", "tag_p+1",
    "linked_window_3", "linked_window_8", "linked_home_1", "linked_home_2", "linked_home_3",
)  # fmt: skip
VOTE_NAMES = ("vote_trafilatura", "vote_readability", "votes")
_TITLES = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def markup_rows(paragraphs: Sequence[Paragraph], hints: Mapping[str, tuple[str, ...]]) -> Numbers:
    """What the markup says of each block; columns as in `MARKUP_NAMES`."""
    named = furniture_words(paragraphs)
    titles = {frozenset(value.lower().split()) for name in ("h1", "og:title", "title") for value in hints.get(name, ())[:2]}
    return np.concatenate([
        each_once([_ALIKE.get(one.block.tag, one.block.tag) for one in paragraphs], _tag_row),
        _numbers([(one.block.link_density, one.layout.depth) for one in paragraphs], 2),
        each_once([one.layout.landmarks for one in paragraphs], lambda around: [name in around for name in _LANDMARKS]),
        each_once([one.block.hint for one in paragraphs], lambda hint: [*_said(hint), reason_of(hint, named) is not None]),
        _home_shares(paragraphs),
        _dress(paragraphs),
        _numbers([(_likeness(one, titles),) for one in paragraphs], 1),
    ], axis=1)  # fmt: skip


def _numbers(rows: Sequence[Sequence[float]], columns: int) -> Numbers:
    return np.array(rows, dtype=np.float32).reshape(len(rows), columns)


def each_once(keys: Sequence[Key], row: Callable[[Key], Sequence[float]]) -> Numbers:
    """A row for each key; those of equal keys are made once."""
    places = numbered(keys)
    return np.array([row(key) for key in dict.fromkeys(keys)], dtype=np.float32)[places]


def numbered(keys: Sequence[Hashable]) -> list[int]:
    """For each key the number of different ones before it is met first."""
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(key, len(numbers)) for key in keys]


def _tag_row(tag: str) -> list[bool]:
    return [*(tag == name for name in _TAGS), tag not in _TAGS]


def _dress(paragraphs: Sequence[Paragraph]) -> Numbers:
    """How many blocks are dressed like each, and how much of the page's running text they hold."""
    dress = np.array(numbered([one.block.tag + one.block.hint for one in paragraphs]))
    prose = np.array([one.words if one.prose else 0 for one in paragraphs])
    return stacked([np.bincount(dress)[dress], np.bincount(dress, prose)[dress] / (prose.sum() or 1)])


def beside_rows(paragraphs: Sequence[Paragraph]) -> Numbers:
    """How much of what stands beside each block, and of what the elements around it hold, is links.

    A teaser stands below a title that is a link, in an element that is mostly links. Columns as in `BESIDE_NAMES`.
    """
    words = np.array([one.words for one in paragraphs], dtype=np.float32)
    density = np.array([one.block.link_density for one in paragraphs], dtype=np.float32)
    title = np.array([one.block.tag in _TITLES for one in paragraphs], dtype=np.float32)
    text = np.array([one.block.tag == "p" for one in paragraphs], dtype=np.float32)
    columns: list[Column] = [shifted(density, place, -1) for place in (-2, -1, 1, 2)]
    columns += [shifted(tags, place, 0) for tags in (title, text) for place in (-1, 1)]
    columns += [windowed(density * words, width) / np.maximum(windowed(words, width), 1) for width in (3, 8)]
    return stacked([*columns, *_linked_shares(paragraphs)])


def vote_rows(paragraphs: Sequence[Paragraph]) -> Numbers:
    """What the libraries that were asked say of each block, and their sum; columns as in `VOTE_NAMES`."""
    votes = np.array([one.layout.votes for one in paragraphs], dtype=np.float32)
    return np.concatenate([votes, votes.sum(axis=1, keepdims=True)], axis=1)


def _linked_shares(paragraphs: Sequence[Paragraph]) -> list[Column]:
    """Share of the words in the first, second and third element outside each block that are links."""
    words = np.array([one.words for one in paragraphs])
    linked = words * np.array([one.block.link_density for one in paragraphs])
    return [np.bincount(home, linked)[home] / np.maximum(np.bincount(home, words)[home], 1) for home in homes_of(paragraphs)]


def _likeness(one: Paragraph, titles: Collection[frozenset[str]]) -> float:
    if one.words > 30 or not titles:
        return 0.0
    mine = set(one.block.text.lower().split())
    return max(len(mine & title) / max(len(mine), len(title), 1) for title in titles)


def _said(hint: str) -> tuple[float, float, float, float]:
    words = hint.split()
    kinds = [_kind(word) for word in words]
    away = [number for number, (is_away, _) in enumerate(kinds) if is_away]
    home = [number for number, (_, is_home) in enumerate(kinds) if is_home]
    since_away = len(words) - away[-1] if away else 50
    since_home = len(words) - home[-1] if home else 50
    return len(away), len(home), since_away, since_home


@lru_cache(maxsize=20_000)
def _kind(word: str) -> tuple[bool, bool]:
    """Whether the word speaks of furniture, and whether it speaks of the article."""
    return _AWAY.search(word) is not None, _HOME.search(word) is not None


def homes_of(paragraphs: Sequence[Paragraph]) -> npt.NDArray[np.intp]:
    """The numbers of the first, second and third element outside each block in a line each; 0 where there is none."""
    homes = [(*one.layout.homes, 0, 0, 0, 0)[1:4] for one in paragraphs]
    return np.array(homes, dtype=np.intp).reshape(len(homes), 3).T


def _home_shares(paragraphs: Sequence[Paragraph]) -> Numbers:
    """For the elements around each block, how much of the page's running text stands in them, and how many blocks."""
    homes = homes_of(paragraphs)
    running = np.array([
        one.words if len(one.block.text) > 60 and one.block.link_density < 0.4 else 0 for one in paragraphs
    ])  # fmt: skip
    size = int(homes.max(initial=0)) + 1
    held = np.sum([np.bincount(home, running, size) for home in homes], axis=0)
    children = np.sum([np.bincount(home, minlength=size) for home in homes[:2]], axis=0)
    held[0] = children[0] = 0
    words = held[homes]
    return stacked([
        *(words / (held.max() or 1)), *(words[:2] / (running.sum() or 1)), *children[homes[:2]],
    ])  # fmt: skip
