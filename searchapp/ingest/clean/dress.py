"""What does the markup say of each block, of those beside it, and of the elements around it?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from searchapp.ingest.clean.landmarks import furniture_words, reason_of
from searchapp.ingest.clean.paragraph import Paragraph
from searchapp.ingest.clean.series import Column, Numbers, shifted, stacked, windowed

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
    homes = _home_shares(paragraphs)
    dress: Counter[str] = Counter()
    worn: Counter[str] = Counter()
    for one in paragraphs:
        dress[one.block.tag + one.block.hint] += 1
        worn[one.block.tag + one.block.hint] += one.words if one.prose else 0
    titles = [frozenset(value.lower().split()) for name in ("h1", "og:title", "title") for value in hints.get(name, ())[:2]]
    said: dict[str, tuple[float, ...]] = {}
    tags: dict[str, tuple[bool, ...]] = {}
    places: dict[tuple[str, ...], tuple[bool, ...]] = {}
    total = sum(worn.values()) or 1
    rows = []
    for one, shares in zip(paragraphs, homes, strict=True):
        tag = _ALIKE.get(one.block.tag, one.block.tag)
        hint = one.block.hint
        if hint not in said:
            said[hint] = (*_said(hint), reason_of(one, named) is not None)
        around = one.layout.landmarks
        if tag not in tags:
            tags[tag] = (*(tag == name for name in _TAGS), tag not in _TAGS)
        if around not in places:
            places[around] = tuple(name in around for name in _LANDMARKS)
        rows.append((
            *tags[tag], one.block.link_density, one.layout.depth, *places[around], *said[hint], *shares,
            dress[one.block.tag + hint], worn[one.block.tag + hint] / total, _likeness(one, titles),
        ))  # fmt: skip
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(MARKUP_NAMES))


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
    columns += [_linked_share(paragraphs, level) for level in (1, 2, 3)]
    return stacked(columns)


def vote_rows(paragraphs: Sequence[Paragraph]) -> Numbers:
    """What the libraries that were asked say of each block, and their sum; columns as in `VOTE_NAMES`."""
    votes = np.array([one.layout.votes for one in paragraphs], dtype=np.float32)
    return np.concatenate([votes, votes.sum(axis=1, keepdims=True)], axis=1)


def _linked_share(paragraphs: Sequence[Paragraph], level: int) -> Column:
    """Share of the words in the element that many elements outside each block that are links."""
    homes = [one.layout.homes[level] if len(one.layout.homes) > level else 0 for one in paragraphs]
    linked: dict[int, float] = {}
    total: dict[int, int] = {}
    for one, home in zip(paragraphs, homes, strict=True):
        linked[home] = linked.get(home, 0.0) + one.words * one.block.link_density
        total[home] = total.get(home, 0) + one.words
    return np.array([linked[home] / (total[home] or 1) for home in homes], dtype=np.float32)


def _likeness(one: Paragraph, titles: Sequence[frozenset[str]]) -> float:
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


def _home_shares(paragraphs: Sequence[Paragraph]) -> list[tuple[float, ...]]:
    """For the elements around each block, how much of the page's running text stands in them."""
    held: Counter[int] = Counter()
    children: Counter[int] = Counter()
    total = 0
    for one in paragraphs:
        homes = one.layout.homes[1:]
        children.update(homes[:2])
        if len(one.block.text) > 60 and one.block.link_density < 0.4:
            total += one.words
            for home in homes:
                held[home] += one.words
    best = max(held.values(), default=1) or 1
    total = total or 1
    out = []
    for one in paragraphs:
        homes = (*one.layout.homes[1:], 0, 0, 0)[:3]
        words = [held[home] for home in homes]
        out.append((*(each / best for each in words), words[0] / total, words[1] / total, children[homes[0]], children[homes[1]]))
    return out
