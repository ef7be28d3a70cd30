"""`python -m bench.cleaning DATA`: learns the models of cleaning, prints how well they do on sites never met."""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.cleaning.fitting import Growth, grown, second
from bench.cleaning.packed import DATA_HELP, unpacked
from bench.cleaning.pages import FOLDS, Example, examples_made, examples_of, fold_of
from bench.cleaning.scoring import precision_and_recall, summed
from bench.cleaning.teasers import teased
from searchapp.ingest.clean.borders import BORDER_NAMES
from searchapp.ingest.clean.dress import BESIDE_NAMES, MARKUP_NAMES, VOTE_NAMES
from searchapp.ingest.clean.judging import placed
from searchapp.ingest.clean.lines import LAYOUT_NAMES, LINE_NAMES, column
from searchapp.ingest.clean.passes import reasons_of
from searchapp.ingest.clean.second import SECOND_MARKUP, SECOND_NAMES
from searchapp.ingest.clean.series import Numbers
from searchapp.ingest.clean.speech import SPEECH_NAMES
from searchapp.ingest.clean.surroundings import CONTEXT_NAMES
from searchapp.ingest.clean.template import TEMPLATE_NAMES
from searchapp.ingest.data import data_folder
from searchapp.ingest.headline import find_headline


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is learned for one kind of page."""

    name: str
    kinds: tuple[str, ...]
    growth: tuple[Growth, ...]
    threshold: float
    votes: bool = False
    teased: tuple[str, ...] = ()
    """The kinds of pages that are learned from with teasers added, too."""


DATA = (
    "article-extraction-benchmark (MIT)", "article-extraction-dataset (Apache-2.0)",
    "web-content-extraction-benchmark (CC-BY-4.0)",
)  # fmt: skip
"""The sets that the annotated pages are from, with their licences; of each the half of sites that is for development."""

_MARKUP = Growth(90, 16, 0.1, shown=0.4, forests=2), Growth(90, 16, 0.07, shown=0.4, forests=2)
RECIPES = (
    Recipe("text", ("ins", "bs4", "box"), (Growth(180, 16, 0.08, shown=0.3),), 0.52, teased=("ins", "bs4")),
    Recipe("markup", ("html",), _MARKUP, 0.5),
    Recipe("voted", ("html",), _MARKUP, 0.5, votes=True),
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
    reasons = reasons_of(example.paragraphs, verdicts, learned=example.learned)
    blocks = tuple(block.because(reason) for block, reason in zip(example.page.blocks, reasons, strict=True))
    headline = find_headline(example.page, blocks, {})
    return "\n\n".join(block.text for block in headline.blocks if block.kept)


def scores(examples: Sequence[Example], found: Sequence[Numbers]) -> dict[str, dict[str, float]]:
    """How well each kind of page of each set is cleaned by itself, and those with others of their site beside these."""
    grouped: defaultdict[str, list[tuple[float | None, float]]] = defaultdict(list)
    beside = {(one.kind, one.data, one.name) for one in examples if one.learned is not None}
    for one, verdicts in zip(examples, found, strict=True):
        if one.made:
            continue
        pair = precision_and_recall(one.gold, text_of(one, verdicts))
        if one.learned is not None:
            grouped[f"{one.kind} {one.data}, these beside each other"].append(pair)
            continue
        grouped[f"{one.kind} {one.data}"].append(pair)
        if (one.kind, one.data, one.name) in beside:
            grouped[f"{one.kind} {one.data}, of those with others of their site"].append(pair)
    return {name: summed(pairs) for name, pairs in sorted(grouped.items())}


def written(recipe: Recipe, table: dict[str, dict[str, float]], rounds: list[object]) -> dict[str, object]:
    """The model as its file holds it: where it is from, what it sees, how good it is, and its trees."""
    markup = recipe.kinds == ("html",)
    spoken = (*SPEECH_NAMES, *TEMPLATE_NAMES, *BORDER_NAMES)
    dress = (*MARKUP_NAMES, *BESIDE_NAMES, *(VOTE_NAMES if recipe.votes else ()))
    features = [*LINE_NAMES, *CONTEXT_NAMES, *((*spoken, *dress) if markup else (*LAYOUT_NAMES, *spoken))]
    if len(recipe.growth) > 1:
        features += [*SECOND_NAMES, *(SECOND_MARKUP if markup else ())]
    return {
        "data": DATA, "features": features, "scores out of fold": table, "threshold": recipe.threshold, "rounds": rounds,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.cleaning", description=__doc__)
    parser.add_argument("data", type=Path, help=DATA_HELP)
    parser.add_argument("--only", help="learn this model alone")
    asked = parser.parse_args()
    for recipe in RECIPES:
        if asked.only in (None, recipe.name):
            with unpacked(asked.data) as folder:
                examples = examples_of(folder, recipe.kinds, votes=recipe.votes)
                examples += examples_made(teased(folder, recipe.teased))
            found, rounds = learned(recipe, examples)
            sure = [placed(verdicts, column(one.rows, "words"), recipe.threshold) for one, verdicts in zip(examples, found, strict=True)]
            table = scores(examples, sure)
            for name, said in table.items():
                print(f"{recipe.name:8} {name:60} {said}", flush=True)
            path = data_folder() / f"cleaning_{recipe.name}.json"
            model = json.dumps(written(recipe, table, rounds), separators=(",", ":"))
            path.write_text(model + "\n", encoding="utf-8")
            print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
