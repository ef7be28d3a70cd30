"""Of what does a line speak? Of the news, or to its reader, of the page, its owner and its author: counted by words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate

import numpy as np

from searchapp.ingest.clean.cues import fold
from searchapp.ingest.clean.paragraph import Paragraph
from searchapp.ingest.clean.series import Column, Numbers, above, since, stacked, until, windowed
from searchapp.ingest.data import word_sets

_TOPICS = ("reader", "house", "narrator", "appeal", "legal", "author")
"""Whom or what words name, as in `furniture_words.yaml`: the first two are addressed, of the last three is told."""
_ADDRESSED, _TOLD = slice(0, 2), slice(3, 6)
_NARRATOR, _APPEAL, _LEGAL = (_TOPICS.index(topic) for topic in ("narrator", "appeal", "legal"))
_MOST = 12
_TELLING = 3, 0.12
"""Words of the page and their share from which a line surely speaks of it, and below the same of the law alone."""
_LAWFUL = 2, 0.1
_NAME_WORDS, _NAME_CAPITALS = (1, 3), 0.6
_SMALL, _CAPITAL = "[a-zà-ÿа-яё]", "[A-ZÀ-ÞА-ЯЁ]"
_GLUED = re.compile(rf"{_SMALL}{_CAPITAL}{_SMALL}{{2}}")
"""Where a title and the text of a teaser were glued together: `TroyA party`."""
# The same, sought by the capital: there are fewer of these to begin at.
_ANY_GLUED = re.compile(rf"{_CAPITAL}(?<={_SMALL}{_CAPITAL}){_SMALL}{{2}}")
_LOOKED_AT = 2_000
_ADDRESS_SIGNS = ("://", "www.", "@", "#")
_FEW = 5
SPEECH_NAMES = (
    *(f"{topic}_share" for topic in _TOPICS), *_TOPICS[_TOLD], "told_share", "appeals_first", "told_window_2", "told_window_6",
    "addressed_window_4", "addressed_above", "addressed_more", "told_more", "narrator_window_4", "narrator_more",
    "since_told", "until_told", "told_lines_above", "since_legal", "glued", "glued_window_3", "addresses", "name_window_4",
    "since_name",
)  # fmt: skip


def speech_rows(paragraphs: Sequence[Paragraph]) -> Numbers:
    """Of what each block and those around it speak; columns as in `SPEECH_NAMES`."""
    topics, counts = _topics(), _counts(paragraphs)
    words = np.array([len(one.folded) or 1 for one in paragraphs], dtype=np.float32)
    prose = np.array([one.prose for one in paragraphs], dtype=bool)
    addressed, told = counts[:, _ADDRESSED].sum(axis=1), counts[:, _TOLD].sum(axis=1)
    narrated = counts[:, _NARRATOR]
    # An article may speak to its readers all the way: what counts is whether a line does so more than those above it.
    usual = np.maximum(above(words * prose), 1)
    addressed_above, told_above, narrated_above = (above(each * prose) / usual for each in (addressed, told, narrated))
    around = windowed(np.stack([addressed, narrated, words]), 4)
    columns: list[Column] = [
        *(counts.T / words), *np.minimum(counts.T[_TOLD], _MOST), told / words,
        np.array([_APPEAL in topics.get(one.folded[0], ()) if one.folded else False for one in paragraphs]),
        *(np.divide(*windowed(np.stack([told, words]), width)) for width in (2, 6)),
        around[0] / around[2], addressed_above, addressed / words - addressed_above, told / words - told_above,
        around[1] / around[2], narrated / words - narrated_above,
        *_since_told(told, counts[:, _LEGAL], words), *_signs(paragraphs),
    ]  # fmt: skip
    return stacked(columns)


@cache
def _topics() -> Mapping[str, tuple[int, ...]]:
    """By folded word the topics that it is counted for."""
    found: dict[str, set[int]] = {}
    for topic, words in word_sets("furniture_words.yaml").items():
        for word in words:
            for folded in fold(word):
                found.setdefault(folded, set()).add(_TOPICS.index(topic))
    return {word: tuple(sorted(topics)) for word, topics in found.items()}


def _counts(paragraphs: Sequence[Paragraph]) -> Numbers:
    topics = _topics()
    size = len(_TOPICS)
    told: list[int] = []
    for number, one in enumerate(paragraphs):
        for word in filter(topics.__contains__, one.folded):
            told += [number * size + topic for topic in topics[word]]
    return np.bincount(told, minlength=len(paragraphs) * size).astype(np.float32).reshape(len(paragraphs), size)


def _since_told(told: Column, legal: Column, words: Column) -> list[Column]:
    """How far the lines are that surely speak of the page."""
    surely = (told >= _TELLING[0]) & (told / words > _TELLING[1])
    lawful = (legal >= _LAWFUL[0]) & (legal / words > _LAWFUL[1])
    return [since(surely), until(surely), above(surely.astype(np.float32)), since(lawful)]


def _signs(paragraphs: Sequence[Paragraph]) -> list[Column]:
    """What readers' comments and lists of teasers look like: glued words, addresses, names that stand alone."""
    texts = [one.block.text[:_LOOKED_AT] for one in paragraphs]
    glued = np.array([
        min(len(_GLUED.findall(text)), _FEW) if _ANY_GLUED.search(text) else 0 for text in texts
    ], dtype=np.float32)  # fmt: skip
    addresses = np.minimum(_sign_counts(texts, _ADDRESS_SIGNS), _FEW)
    fewest, most = _NAME_WORDS
    names = np.array([
        fewest <= len(one.folded) <= most and not one.ends and one.capital_share > _NAME_CAPITALS for one in paragraphs
    ], dtype=bool)  # fmt: skip
    return [glued, windowed(glued, 3), addresses, windowed(names.astype(np.float32), 4), since(names)]


def _sign_counts(texts: Sequence[str], signs: Sequence[str]) -> Column:
    """How often any of the signs stands in each text; all are looked through at once, since most hold none."""
    joined = "\n".join(texts)
    begins = list(accumulate((len(text) + 1 for text in texts), initial=0))
    places = [place for sign in signs for place in _found(joined, sign)]
    return np.bincount(np.searchsorted(begins, places, side="right") - 1, minlength=len(texts))


def _found(text: str, sign: str) -> Iterator[int]:
    place = text.find(sign)
    while place >= 0:
        yield place
        place = text.find(sign, place + len(sign))
