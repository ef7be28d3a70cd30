"""How are the trees grown? Rounds of boosted trees, each one forest or the mean of two, and how they are written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from bench.cleaning.pages import Example
from searchapp.ingest.clean.second import second_rows
from searchapp.ingest.clean.series import Numbers
from searchapp.ingest.clean.trees import LEAF, Trees

SEED = 3
_DULL_WORDS, _DULL_SHARE = 8, 4
"""Of the short lines that are furniture one in four is learned from, with four times its weight."""


@dataclass(frozen=True, slots=True)
class Growth:
    """How one round grows; `shown` is the share of the columns that each split may choose among.

    Of `forests` that differ in which columns these were the mean is taken.
    """

    trees: int
    leaves: int
    rate: float
    least: int = 60
    shown: float = 1.0
    forests: int = 1


def grown(examples: Sequence[Example], rows: Sequence[Numbers], growth: Growth) -> tuple[Trees, list[object]]:
    """A forest learned from the rows of the examples, and how it is written down.

    Where some examples are made, it says the mean of those learned from all and of those learned from the others alone.
    """
    real = [number for number, one in enumerate(examples) if not one.made]
    lessons = [([examples[number] for number in real], [rows[number] for number in real])]
    if len(real) < len(examples):
        lessons.append((examples, rows))
    forests = [_forest(*lesson, growth, SEED + number) for lesson in lessons for number in range(growth.forests)]
    share = 1 / len(forests)
    trees = [_written(predictor[0].nodes, share) for forest in forests for predictor in forest._predictors]
    base = sum(float(forest._baseline_prediction.ravel()[0]) for forest in forests) * share
    return Trees.read(base, trees), [base, trees]


def _forest(examples: Sequence[Example], rows: Sequence[Numbers], growth: Growth, seed: int) -> HistGradientBoostingClassifier:
    columns = np.concatenate(rows)
    content = np.concatenate([one.content for one in examples])
    weights = np.concatenate([one.weights for one in examples])
    dull = (content == 0) & (columns[:, 0] < _DULL_WORDS)
    taken = ~dull | (np.random.default_rng(SEED).random(len(content)) < 1 / _DULL_SHARE)
    weights = np.where(dull, weights * _DULL_SHARE, weights)[taken]
    return HistGradientBoostingClassifier(
        max_iter=growth.trees, learning_rate=growth.rate, max_leaf_nodes=growth.leaves, min_samples_leaf=growth.least,
        l2_regularization=1.0, max_bins=64, max_features=growth.shown, early_stopping=False, random_state=seed,
    ).fit(columns[taken], content[taken], sample_weight=weights / weights.mean())  # fmt: skip


def _written(nodes: np.ndarray, share: float) -> list[float]:
    """The tree as column, threshold, all below on the left, all below on the right; a leaf as LEAF and its share of the sum."""
    out: list[float] = []
    waiting = [0]
    while waiting:
        node = nodes[waiting.pop()]
        if node["is_leaf"]:
            out += [LEAF, _short(node["value"] * share, 4)]
        else:
            out += [int(node["feature_idx"]), _short(node["num_threshold"], 6)]
            waiting += [int(node["right"]), int(node["left"])]
    return out


def _short(number: float, digits: int) -> float:
    rounded = float(f"{float(number):.{digits}g}")
    return int(rounded) if rounded == int(rounded) else rounded


def second(example: Example, rows: Numbers, first: Numbers) -> Numbers:
    """What the second round sees of a page."""
    more = second_rows(example.paragraphs, rows, first, example.own, markup=example.kind == "html")
    return np.concatenate([rows, more], axis=1)
