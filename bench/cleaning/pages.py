"""Which annotated pages are there, and what does cleaning see of each of their blocks?"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from bench.cleaning.scoring import SHINGLE, shingles, words_of
from searchapp.ingest.clean.judging import first_rows
from searchapp.ingest.clean.paragraph import Paragraph, paragraphs_of
from searchapp.ingest.clean.repetition import Learned, Lines, learn, levels, lines_of
from searchapp.ingest.clean.series import Numbers
from searchapp.ingest.clean.surroundings import ContentWords, content_words
from searchapp.ingest.parse import parse, require_libraries
from searchapp.model import Page, RawFile

FOLDS = 5
SUFFIXES = {"html": ".html", "ins": ".ins.txt", "bs4": ".bs4.txt", "box": ".box.txt"}
"""The kinds of files of each page: markup, and three kinds of text made of it."""

_LARGEST_WEIGHT, _LEAST_WEIGHT, _FEWEST_WORDS = 0.2, 0.0015, 20
_BESIDE = 0.6
"""How much of a page is learned from it beside others of its site: most pages of an archive have such."""
_MADE = 0.3
CONTENT = 0.5
"""Share of a block's words that must stand in the annotated text for it to be content."""

Job = tuple[str, str, str, Mapping[str, Any], bytes]
"""Set, name, kind, annotation and content of a page."""


@dataclass(frozen=True, slots=True)
class Example:
    """A page as cleaning sees it, and for each block whether it is content and how much that matters.

    `learned` is what its site repeats; None of a page by itself. What was `made` of a page is learned from alone.
    """

    data: str
    name: str
    kind: str
    site: str
    gold: str
    page: Page
    paragraphs: list[Paragraph]
    own: ContentWords
    rows: Numbers
    content: Numbers
    weights: Numbers
    lines: Lines
    learned: Learned | None = None
    made: bool = False


def fold_of(site: str) -> int:
    """The fold of all pages of a site: no template is met twice."""
    return int(hashlib.sha256(site.encode()).hexdigest(), 16) % FOLDS


def lessons_of(examples: Sequence[Example]) -> list[Learned | None]:
    """For each page what its site repeats among the pages of its kind; None where it is the only article there."""
    sites: defaultdict[tuple[str, str], dict[str, Lines]] = defaultdict(dict)
    for one in examples:
        sites[one.kind, one.site][one.name] = one.lines
    known = {place: learn(documents) for place, documents in sites.items()}
    found = [known[one.kind, one.site] for one in examples]
    return [learned if articles > 1 else None for articles, learned in found]


def examples_of(folder: Path, kinds: tuple[str, ...], *, votes: bool = False) -> list[Example]:
    """All annotated pages of the folder in these kinds, in the order of their names, then those beside others again.

    A page with others of its site is met by itself and beside them, and counts no more for it.
    """
    if votes:
        require_libraries()
    with ProcessPoolExecutor(2) as pool:
        alone = list(pool.map(partial(_example, votes=votes), _jobs(folder, kinds), chunksize=16))
    lessons = lessons_of(alone)
    beside = [_beside_others(one, learned) for one, learned in zip(alone, lessons, strict=True) if learned is not None]
    halved = [one if learned is None else replace(one, weights=one.weights * (1 - _BESIDE)) for one, learned in zip(alone, lessons, strict=True)]
    return [*halved, *beside]


def _beside_others(one: Example, learned: Learned) -> Example:
    repeated = np.array(levels(one.paragraphs, learned), np.float32)
    rows = first_rows(one.paragraphs, one.page.hints, repeated, one.own, markup=one.kind == "html")
    return replace(one, rows=rows, weights=one.weights * _BESIDE, learned=learned)


def examples_made(pages: Iterable[Job]) -> list[Example]:
    """What was made of annotated pages, to be learned from with less weight than these."""
    with ProcessPoolExecutor(2) as pool:
        made = pool.map(partial(_example, votes=False), pages, chunksize=16)
        return [replace(one, weights=one.weights * _MADE, made=True) for one in made]


def _jobs(folder: Path, kinds: tuple[str, ...]) -> Iterator[Job]:
    annotated = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    for kind in kinds:
        for data, pages in sorted(annotated.items()):
            for name, said in sorted(pages.items()):
                yield data, name, kind, said, (folder / data / f"{name}{SUFFIXES[kind]}").read_bytes()


def _example(job: Job, *, votes: bool) -> Example:
    data, name, kind, said, content = job
    page = parse(RawFile(f"r/{name}{SUFFIXES[kind]}", content), votes=votes)
    paragraphs = paragraphs_of(zip(page.blocks, page.layout, strict=True))
    own = content_words(paragraphs)
    rows = first_rows(paragraphs, page.hints, np.full(len(paragraphs), -1, np.float32), own, markup=kind == "html")
    shares, words = covered([block.text for block in page.blocks], said["text"])
    size = max(_FEWEST_WORDS, len(words_of(said["text"])))
    return Example(
        data, name, kind, said["site"], said["text"], page, paragraphs, own, rows,
        (np.array(shares) >= CONTENT).astype(np.float32),
        np.array([min(count / size, _LARGEST_WEIGHT) + _LEAST_WEIGHT for count in words], np.float32),
        lines_of(block.text for block in page.blocks),
    )  # fmt: skip


def covered(blocks: list[str], gold: str) -> tuple[list[float], list[int]]:
    """Share of the words of each block that lie in a run of four which the annotated text holds, and their number."""
    words = [words_of(block) for block in blocks]
    flat = [word for block in words for word in block]
    known = shingles(gold).keys()
    met = [False] * len(flat)
    for start in range(len(flat) - SHINGLE + 1):
        if tuple(flat[start : start + SHINGLE]) in known:
            met[start : start + SHINGLE] = [True] * SHINGLE
    shares, start = [], 0
    for block in words:
        shares.append(sum(met[start : start + len(block)]) / (len(block) or 1))
        start += len(block)
    return shares, [len(block) for block in words]
