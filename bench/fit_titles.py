"""Fit the weights by which the line of a text dump that is its title is told, and say how well they do on other sites.

    python -m bench.fit_titles FOLDER

FOLDER holds the annotated pages as `gold.json` and `SET/PAGE.{ins,bs4,box}.txt`. The weights go to
`searchapp/ingest/data/title_weights.yaml`; the same pages give the same weights.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from bench.cleaning.pages import FOLDS, fold_of
from searchapp.ingest.clean import clean
from searchapp.ingest.data import data_folder
from searchapp.ingest.headline.title_lines import title_lines
from searchapp.ingest.parse import parse
from searchapp.model import RawFile

Numbers = NDArray[np.float64]

KINDS = ("ins", "bs4", "box")
STEPS = 400
RATE = 0.05
SHRINK = 3.0
ENOUGH = 1.25
"""How much less than even chance a line needs to be given rather than none: titles lost cost more than wrong ones."""


@dataclass(frozen=True, slots=True)
class Dump:
    """One dump: its lines as rows of looks, which of them are the title, whether any could be, its fold and its kind."""

    looks: Numbers
    right: NDArray[np.bool_]
    stands: bool
    fold: int
    kind: str


def same_words(one: str, other: str) -> bool:
    """Whether two titles share four of five words."""
    left, right = (Counter(re.findall(r"\w+", text.casefold())) for text in (one, other))
    return 2 * (left & right).total() >= 0.8 * (left.total() + right.total())


def dumps_of(folder: Path, names: list[str]) -> Iterator[Dump]:
    """The dumps that have an annotated title; `names` receives the names of the looks."""
    for collection, pages in json.loads((folder / "gold.json").read_text(encoding="utf-8")).items():
        for page, said in sorted(pages.items()):
            for kind in KINDS if said.get("title") else ():
                path = folder / collection / f"{page}.{kind}.txt"
                parsed = parse(RawFile(path.name, path.read_bytes()))
                lines = list(title_lines(clean(parsed)))
                names[:] = names or list(lines[0].looks)
                looks = np.array([[line.looks[name] for name in names] for line in lines]).reshape(len(lines), len(names))
                right = np.array([same_words(line.text, said["title"]) for line in lines], dtype=bool)
                stands = any(said["title"] in block.text for block in parsed.blocks)
                fold = fold_of(said["site"])
                yield Dump(looks, right, stands, fold, f"{collection} {kind}")


def fitted(dumps: Sequence[Dump]) -> tuple[Numbers, float]:
    """The weights under which the right lines are the likeliest of each dump, and the score of giving none."""
    used = [dump for dump in dumps if len(dump.right)]
    rows = np.vstack([dump.looks for dump in used])
    middle, spread = rows.mean(0), rows.std(0) + 1e-6
    rows = (rows - middle) / spread
    owner = np.repeat(np.arange(len(used)), [len(dump.right) for dump in used])
    right = np.concatenate([dump.right for dump in used])
    known = np.array([dump.right.any() for dump in used])
    values = np.zeros(rows.shape[1] + 1)
    first, second = np.zeros_like(values), np.zeros_like(values)
    for step in range(1, STEPS + 1):
        slope = _slope(values, rows, owner, right, known)
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        values -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    weights = values[:-1] / spread
    return weights, float(values[-1] + weights @ middle)


def _slope(values: Numbers, rows: Numbers, owner: NDArray[np.int64], right: NDArray[np.bool_], known: NDArray[np.bool_]) -> Numbers:
    """The gradient of the negated mean log likelihood; no line being given is one more choice of every dump."""
    weights, none = values[:-1], values[-1]
    scores = rows @ weights
    highest = np.full(len(known), none)
    np.maximum.at(highest, owner, scores)
    lines, nothing = np.exp(scores - highest[owner]), np.exp(none - highest)
    total, correct = nothing.copy(), np.zeros(len(known))
    np.add.at(total, owner, lines)
    np.add.at(correct, owner, lines * right)
    wanted = np.where(known[owner], lines * right / np.where(known, correct, 1.0)[owner], 0.0)
    of_lines = rows.T @ (lines / total[owner] - wanted) + SHRINK * weights
    return np.append(of_lines, (nothing / total - ~known).sum()) / len(known)


def measured(dumps: Sequence[Dump]) -> Iterator[str]:
    """A line for each kind of dump: the share of titles found, and of those given that are right, on unseen sites."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for fold in range(FOLDS):
        weights, none = fitted([dump for dump in dumps if dump.fold != fold])
        for dump in (one for one in dumps if one.fold == fold):
            scores = dump.looks @ weights
            given = len(scores) > 0 and scores.max() >= none - ENOUGH
            right = bool(given and dump.right[scores.argmax()])
            counts[dump.kind].update(pages=1, stands=dump.stands, given=bool(given), right=right, found=right and dump.stands)
    for kind, count in sorted(counts.items()):
        found, precision = count["found"] / count["stands"], count["right"] / count["given"]
        yield f"{kind:10} {count['pages']:4} pages; of titles that stand there {found:.3f} found; of given {precision:.3f} right"


def main(folder: Path) -> None:
    """Write the weights and print how well they do."""
    names: list[str] = []
    dumps = list(dumps_of(folder, names))
    sys.stdout.writelines(f"{line}\n" for line in measured(dumps))
    weights, none = fitted(dumps)
    listed = {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}
    head = "# How much the looks of a line speak for its being the title; made by bench/fit_titles.py, never by hand.\n"
    said = yaml.safe_dump({**dict(sorted(listed.items())), "enough": round(none - ENOUGH, 3)}, sort_keys=False)
    (data_folder() / "title_weights.yaml").write_text(head + said, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
