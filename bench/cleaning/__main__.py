"""`python -m bench.cleaning DATA`: learns the models of cleaning, prints how well they do on sites never met."""

from __future__ import annotations

import argparse
import json
import statistics
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bench.cleaning.fitting import FOLDS, Growth, fold_of, grown, second
from bench.cleaning.pages import Example, examples_of, shingles, with_sites
from searchapp.ingest.clean.judging import placed
from searchapp.ingest.clean.passes import reasons_of
from searchapp.ingest.clean.series import Numbers
from searchapp.ingest.data import data_folder
from searchapp.ingest.headline import find_headline


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is learned for one kind of page."""

    name: str
    kinds: tuple[str, ...]
    growth: tuple[Growth, ...]
    threshold: float


RECIPES = (
    Recipe("text", ("ins", "bs4", "box"), (Growth(140, 16, 0.08),), 0.45),
    Recipe("markup", ("html",), (Growth(90, 16, 0.1), Growth(90, 16, 0.07)), 0.48),
)


def folded(examples: Sequence[Example], rows: Sequence[Numbers], growth: Growth) -> list[Numbers]:
    """The verdicts on each page by trees that have met no page of its site."""
    found: list[Numbers] = [np.zeros(0, np.float32)] * len(examples)
    for fold in range(FOLDS):
        others = [number for number, one in enumerate(examples) if fold_of(one.site) != fold]
        trees, _ = grown([examples[n] for n in others], [rows[n] for n in others], growth)
        for number, one in enumerate(examples):
            if fold_of(one.site) == fold:
                found[number] = trees.verdicts(rows[number])
    return found


def learned(recipe: Recipe, examples: Sequence[Example]) -> tuple[list[Numbers], list[object]]:
    """The verdicts out of fold, and the rounds grown from all pages."""
    rows = [one.rows for one in examples]
    rounds: list[object] = []
    found: list[Numbers] = []
    for number, growth in enumerate(recipe.growth):
        if number:
            rows = [second(one, own, verdicts) for one, own, verdicts in zip(examples, rows, found, strict=True)]
        found = folded(examples, rows, growth)
        base, trees = grown(examples, rows, growth)[1]
        rounds.append({"base": base, "trees": trees})
    return found, rounds


def text_of(example: Example, verdicts: Numbers) -> str:
    """What is kept of the page when these are the verdicts."""
    reasons = reasons_of(example.paragraphs, verdicts)
    blocks = tuple(replace(block, reason=reason) for block, reason in zip(example.page.blocks, reasons, strict=True))
    headline = find_headline(example.page, blocks, {})
    return "\n\n".join(block.text for block in headline.blocks if block.kept)


def scores(examples: Sequence[Example], found: Sequence[Numbers], threshold: float) -> Iterator[tuple[str, str, dict[str, float]]]:
    """F1 of precision and recall, both as means over pages, for each kind of page and each set of data."""
    grouped: defaultdict[tuple[str, str], list[tuple[float | None, float]]] = defaultdict(list)
    for one, verdicts in zip(examples, found, strict=True):
        gold, kept = shingles(one.gold), shingles(text_of(one, placed(verdicts, threshold)))
        common = (gold & kept).total()
        kind = one.kind if one.alone else f"{one.kind} with its site"
        grouped[kind, one.data].append((common / kept.total() if kept else None, common / (gold.total() or 1)))
    for (kind, data), pairs in grouped.items():
        precision = statistics.fmean(p for p, _ in pairs if p is not None)
        recall = statistics.fmean(r for _, r in pairs)
        lost = sum(r < 0.5 for _, r in pairs) / len(pairs)
        f1 = 2 * precision * recall / (precision + recall)
        yield kind, data, {"f1": round(f1, 4), "p": round(precision, 4), "r": round(recall, 4), "lost": round(lost, 4)}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.cleaning", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with gold.json and a folder of pages for each of its sets")
    parser.add_argument("--only", help="learn this model alone")
    asked = parser.parse_args()
    for recipe in RECIPES:
        if asked.only in (None, recipe.name):
            examples = examples_of(asked.data, recipe.kinds)
            examples += with_sites(examples)
            found, rounds = learned(recipe, examples)
            table = {f"{kind} {data}": said for kind, data, said in scores(examples, found, recipe.threshold)}
            for name, said in table.items():
                print(f"{recipe.name:8} {name:10} {said}", flush=True)
            model = {"scores": table, "threshold": recipe.threshold, "rounds": rounds}
            path = data_folder() / f"cleaning_{recipe.name}.json"
            path.write_text(json.dumps(model, separators=(",", ":")) + "\n", encoding="utf-8")
            print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
