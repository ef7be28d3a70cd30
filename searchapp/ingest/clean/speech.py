"""Of what does a line speak? Of the news, or to its reader, of the page, its owner and its author: counted by words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, chain, compress, count

import numpy as np

from searchapp.ingest.clean.body import Body
from searchapp.ingest.clean.cues import fold
from searchapp.ingest.clean.paragraph import Paragraph
from searchapp.ingest.clean.series import Column, Numbers, above, since, stacked, sums, until
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


def speech_rows(paragraphs: Sequence[Paragraph], body: Body) -> Numbers:
    """Of what each block and those around it speak; columns as in `SPEECH_NAMES`."""
    words = np.maximum(body.sizes, 1)
    counts, appeals_first = _counts(paragraphs, body)
    addressed, told, narrated = counts[_ADDRESSED].sum(axis=0), counts[_TOLD].sum(axis=0), counts[_NARRATOR]
    told_share = told / words
    # An article may speak to its readers all the way: what counts is whether a line does so more than those above it.
    usual = above(np.stack([words, addressed, told, narrated]) * body.prose)
    addressed_above, told_above, narrated_above = usual[1:] / np.maximum(usual[0], 1)
    surely, lawful = _surely(told, words, _TELLING), _surely(counts[_LEGAL], words, _LAWFUL)
    names = body.titled(_NAME_WORDS, _NAME_CAPITALS)
    since_told, since_legal, since_name = since(np.stack([surely, lawful, names]))
    glued, addresses = _signs([one.block.text[:_LOOKED_AT] for one in paragraphs])
    counted = np.stack([words, addressed, told, narrated, glued, names])
    by_2, by_3, by_4, by_6 = sums(counted, *((-width, width) for width in (2, 3, 4, 6)))
    return stacked([
        *(counts / words), *np.minimum(counts[_TOLD], _MOST), told_share, appeals_first,
        by_2[2] / by_2[0], by_6[2] / by_6[0], by_4[1] / by_4[0], addressed_above, addressed / words - addressed_above,
        told_share - told_above, by_4[3] / by_4[0], narrated / words - narrated_above,
        since_told, until(surely), above(surely), since_legal, glued, by_3[4], addresses, by_4[5], since_name,
    ])  # fmt: skip


@cache
def _topics() -> tuple[Mapping[str, int], Numbers]:
    """By folded word the number of its kind; and which kind is counted (1) for which topic, a topic a line."""
    found: dict[str, set[int]] = {}
    for topic, words in word_sets("furniture_words.yaml").items():
        for word in words:
            for folded in fold(word):
                found.setdefault(folded, set()).add(_TOPICS.index(topic))
    kinds = list(dict.fromkeys(map(frozenset, found.values())))
    counted = np.array([[topic in kind for kind in kinds] for topic in range(len(_TOPICS))], np.float32)
    return {word: kinds.index(frozenset(topics)) for word, topics in found.items()}, counted


def _counts(paragraphs: Sequence[Paragraph], body: Body) -> tuple[Numbers, Column]:
    """How many words of each block there are of each topic, a topic a line; and which blocks begin with an appeal."""
    kind_of, counted = _topics()
    words = [*chain.from_iterable([one.folded for one in paragraphs])]
    places = [*compress(count(), map(kind_of.__contains__, words))]
    kinds = np.fromiter((kind_of[words[place]] for place in places), np.intp, len(places))
    begins = np.cumsum(body.sizes, dtype=np.intp) - body.sizes.astype(np.intp)
    blocks = np.searchsorted(begins, places, side="right") - 1
    appeals = np.zeros(len(begins), bool)
    appeals[blocks[(begins[blocks] == places) & (counted[_APPEAL, kinds] > 0)]] = True
    told = np.bincount(kinds * len(begins) + blocks, minlength=len(begins) * counted.shape[1])
    return counted @ told.astype(np.float32).reshape(-1, len(begins)), appeals


def _surely(counted: Column, words: Column, least: tuple[int, float]) -> Column:
    """Which lines surely speak of the page: they have so many words of it, and more than such a share."""
    fewest, share = least
    surely: Column = (counted >= fewest) & (counted / words > share)
    return surely


def _signs(texts: Sequence[str]) -> tuple[Column, Column]:
    """How many glued words and addresses each text holds; all are looked through at once, since most hold none."""
    joined = "\n".join(texts)
    begins = [0, *accumulate([len(text) + 1 for text in texts])]
    glued = np.zeros(len(texts), np.float32)
    for number in {bisect_right(begins, found.start()) - 1 for found in _ANY_GLUED.finditer(joined)}:
        glued[number] = min(len(_GLUED.findall(texts[number])), _FEW)
    places = [place for sign in _ADDRESS_SIGNS for place in _found(joined, sign)]
    addresses = np.bincount(np.searchsorted(begins, places, side="right") - 1, minlength=len(texts))
    return glued, np.minimum(addresses, _FEW)


def _found(text: str, sign: str) -> Iterator[int]:
    place = text.find(sign)
    while place >= 0:
        yield place
        place = text.find(sign, place + len(sign))
