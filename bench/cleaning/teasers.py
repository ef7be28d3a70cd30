"""What would a dump hold with more teasers of other articles? Pages made so are learned from beside those that are.

Teasers read like articles, and each site lists them in its own way: pages of a few hundred sites show too few of these,
and too few short articles among them.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from bench.cleaning.pages import CONTENT, SUFFIXES, Job, covered, fold_of
from searchapp.ingest.language import detect_language

_FEWEST, _MOST = 3, 14
_SHORTEST_PARAGRAPH, _SHORTEST_LINE = 12, 6
"""Words of what a teaser may quote, and of a line of the article that tells where it stands."""
_LENGTHS, _LONGEST = (14, 45), 60
_SENTENCES = re.compile(r"(?<=[.!?。])\s+")
_HEADINGS = (
    "Latest", "More stories", "Popular", "Related", "Deals", "Read next", "More news", "Trending", "Top stories",
    "You may also like", "", "", "", "", "", "",
)  # fmt: skip
_DAYS = ("2 hours ago", "November 3, 2019", "1 day ago", "12/04/2021", "Mar 3")
_MARKS = ("", "", "", "* ", "- ", "» ", "+ ")
_SHAPES = ("title and text", "title and text", "dated", "glued", "text")
_ENDS = ("...", "...", "…", " [...]")
_BEFORE, _AFTER = "before", "after"
_PLACES = ((_AFTER,), (_AFTER,), (_AFTER,), (_BEFORE,), (_BEFORE, _AFTER))
_SHORTENED, _LEFT = 0.5, (2, 6)
"""How many of the articles are cut short, and to how many lines."""
_AWAY = (0, 0, 1, 2, 4, 8, 16)
"""Lines between the article and the teasers."""


@dataclass(frozen=True, slots=True)
class Told:
    """An annotated article as others' pages may tease it."""

    site: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A dump made of another, and what of its text is the article."""

    text: str
    gold: str


def teased(folder: Path, kinds: Sequence[str]) -> Iterator[Job]:
    """Set, name, kind, annotation and content of each dump of these kinds with teasers added, always the same ones.

    They quote articles in the same language that are of other sites, but of the same fold: no fold learns of another.
    """
    annotated = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    pages = [(data, name, said) for data, found in sorted(annotated.items()) for name, said in sorted(found.items())]
    groups = [(detect_language(said["text"], None).value, fold_of(said["site"])) for _, _, said in pages]
    others: defaultdict[tuple[str | None, int], list[Told]] = defaultdict(list)
    for (_, _, said), group in zip(pages, groups, strict=True):
        if told := _told(said):
            others[group].append(told)
    for kind in kinds:
        for (data, name, said), group in zip(pages, groups, strict=True):
            told_elsewhere = [one for one in others[group] if one.site != said["site"]]
            text = (folder / data / f"{name}{SUFFIXES[kind]}").read_text(encoding="utf-8", errors="replace")
            if made := with_teasers(text, said["text"], told_elsewhere, Random(f"{data} {name} {kind}")):
                yield data, name, kind, {**said, "text": made.gold}, made.text.encode()


def _told(said: Mapping[str, Any]) -> Told | None:
    paragraphs = tuple(line.strip() for line in said["text"].split("\n") if len(line.split()) >= _SHORTEST_PARAGRAPH)
    return Told(said["site"], said.get("title") or "", paragraphs) if paragraphs else None


def with_teasers(text: str, gold: str, others: Sequence[Told], chance: Random) -> Made | None:
    """The dump with a list of teasers before or after its article, or both; None where the article is not met in it.

    Of half of the articles no more than a few paragraphs are left: most of what is lost was short.
    """
    lines = text.split("\n")
    shares, words = covered(lines, gold)
    article = [
        place for place, (share, count) in enumerate(zip(shares, words, strict=True))
        if share >= CONTENT and count >= _SHORTEST_LINE
    ]  # fmt: skip
    if not article or len(others) < _FEWEST:
        return None
    if chance.random() < _SHORTENED and len(article) > (left := chance.randint(*_LEFT)):
        kept = range(article[0], article[left])
        gold = "\n".join(lines[place] for place in kept if shares[place] >= CONTENT)
        del lines[article[left] : article[-1] + 1]
        article = article[:left]
    filled = [bool(line.strip()) for line in lines]
    gap = [""] if sum(one and not below for one, below in zip(filled, filled[1:], strict=False)) > sum(filled) / 2 else []
    places = chance.choice(_PLACES)
    away = [chance.choice(_AWAY) * (1 + len(gap)) for _ in range(2)]
    if _AFTER in places:
        end = article[-1] + 1 + away[0]
        lines[end:end] = [*gap, *_listed(others, gap, chance)]
    if _BEFORE in places:
        start = max(0, article[0] - away[1])
        lines[start:start] = [*_listed(others, gap, chance), *gap]
    return Made("\n".join(lines), gold)


def _listed(others: Sequence[Told], gap: list[str], chance: Random) -> list[str]:
    """The lines of a list of teasers, all in one shape."""
    shape, mark, heading = chance.choice(_SHAPES), chance.choice(_MARKS), chance.choice(_HEADINGS)
    listed = [heading, *gap] if heading else []
    for one in chance.sample(others, min(len(others), chance.randint(_FEWEST, _MOST))):
        title, text = _quoted(one, chance)
        match shape:
            case "glued":
                parts = [f"{mark}{title}{text}"]
            case "text":
                parts = [f"{mark}{text}"]
            case "dated":
                parts = [f"{mark}{title}", chance.choice(_DAYS), text]
            case _:
                parts = [f"{mark}{title}", text]
        listed += [line for part in parts for line in (part, *gap)]
    return listed


def _quoted(one: Told, chance: Random) -> tuple[str, str]:
    """A title and the beginning of a paragraph, nearly always of the first: its sentences, or so many words of it."""
    paragraph = one.paragraphs[0] if chance.random() < 0.8 else chance.choice(one.paragraphs[:4])
    words, length = paragraph.split(), chance.randint(*_LENGTHS)
    title = one.title or " ".join(words[: chance.randint(6, 12)]).rstrip(".,;:")
    if chance.random() < 0.5:
        cut = " ".join(words[:length])
        return title, cut + chance.choice(_ENDS) if len(words) > length else cut
    taken: list[str] = []
    for sentence in _SENTENCES.split(paragraph):
        if taken and len(taken) + len(sentence.split()) > length:
            break
        taken += sentence.split()
    return title, " ".join(taken[:_LONGEST])
