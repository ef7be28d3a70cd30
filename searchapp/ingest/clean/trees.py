"""What do boosted trees say of rows of numbers? Read from JSON, and asked all at the same time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from searchapp.ingest.data import data_folder

LEAF = -1
"""Stands in a tree where a feature's number would, before the value of a leaf."""
_ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Trees:
    """A forest of which every question is asked of every row, tree beside tree; none has more than 64 leaves.

    `columns`, `thresholds` and `rules` hold a line for each question of a tree, in which each tree has its own: which
    column it asks, from which value on the answer is yes, and which leaves, as bits, a yes rules out: those on the left.
    The first leaf that is left is the one to which the answers lead. `values` holds the leaves of a tree in a line.
    """

    base: float
    columns: npt.NDArray[np.intp]
    thresholds: npt.NDArray[np.float32]
    rules: npt.NDArray[np.unsignedinteger[Any]]
    values: npt.NDArray[np.float32]

    @classmethod
    def read(cls, base: float, trees: Sequence[Sequence[float]]) -> Trees:
        """The forest of trees that are written as column, threshold, all below on the left, all on the right."""
        laid = [_laid(tree) for tree in trees]
        most = max((len(leaves) for leaves, _ in laid), default=1)
        columns = np.zeros((most - 1, len(laid)), np.intp)
        thresholds = np.full(columns.shape, np.inf, np.float32)
        rules = np.zeros(columns.shape, np.min_scalar_type((1 << most) - 1))
        values = np.zeros((len(laid), most), np.float32)
        for place, (leaves, questions) in enumerate(laid):
            values[place, : len(leaves)] = leaves
            for number, (column, threshold, left) in enumerate(questions):
                columns[number, place], thresholds[number, place], rules[number, place] = column, threshold, left
        return cls(base, columns, thresholds[:, :, np.newaxis], rules[:, :, np.newaxis], values)

    def verdicts(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """For each row how sure it is that it belongs to the article, from 0 to 1."""
        parts = [self._some(rows[start : start + _ROWS_AT_ONCE]) for start in range(0, len(rows), _ROWS_AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)

    def _some(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        by_column = np.ascontiguousarray(rows.T, dtype=np.float32)
        gone = np.zeros((len(self.values), len(rows)), self.rules.dtype)
        for columns, thresholds, rules in zip(self.columns, self.thresholds, self.rules, strict=True):
            gone |= np.multiply(by_column.take(columns, axis=0) > thresholds, rules)
        leaves = np.bitwise_count(gone ^ (gone + 1)) - 1
        found = np.take_along_axis(self.values, leaves.astype(np.intp), axis=1)
        total = np.ascontiguousarray(found.T).sum(axis=1, dtype=np.float64) + self.base
        verdicts: npt.NDArray[np.float32] = (1 / (1 + np.exp(-np.clip(total, -30, 30)))).astype(np.float32)
        return verdicts


def _laid(tree: Sequence[float]) -> tuple[list[float], list[tuple[int, float, int]]]:
    """The leaves of a tree from left to right, and its questions: column, threshold, the leaves on the left as bits."""
    leaves: list[float] = []
    questions: list[tuple[int, float, int]] = []
    nodes = zip(tree[::2], tree[1::2], strict=True)

    def below() -> int:
        column, number = next(nodes)
        if column == LEAF:
            leaves.append(number)
            return 1 << (len(leaves) - 1)
        left = below()
        questions.append((int(column), number, left))
        return left | below()

    below()
    return leaves, questions


@dataclass(frozen=True, slots=True)
class Model:
    """One or two rounds of trees; the second one sees what the first one said of the neighbours.

    Where all is sure, what has a verdict above `threshold` belongs to the article.
    """

    rounds: tuple[Trees, ...]
    threshold: float


@cache
def model(name: str) -> Model:
    """The model of this name that comes with the program."""
    return model_of(json.loads((data_folder() / f"cleaning_{name}.json").read_text(encoding="utf-8")))


def model_of(written: dict[str, Any]) -> Model:
    """The model that is written so."""
    rounds = tuple(Trees.read(part["base"], part["trees"]) for part in written["rounds"])
    return Model(rounds, written["threshold"])
