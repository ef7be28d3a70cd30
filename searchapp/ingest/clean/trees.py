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

    `columns` and `thresholds` hold the different questions: which column they ask, and from which value on the answer is
    yes. `places` and `rules` hold a line for each question of a tree, in which each tree has its own: which of those it
    is, and which leaves, as bits, a yes rules out: those on the left. The first leaf that is left is the one to which
    the answers lead. `values` holds the leaves of tree after tree, `firsts` the place before the first one of each.
    """

    base: float
    columns: npt.NDArray[np.intp]
    thresholds: npt.NDArray[np.float32]
    places: npt.NDArray[np.intp]
    rules: npt.NDArray[np.unsignedinteger[Any]]
    values: npt.NDArray[np.float64]
    firsts: npt.NDArray[np.intp]

    @classmethod
    def read(cls, base: float, trees: Sequence[Sequence[float]]) -> Trees:
        """The forest of trees that are written as column, threshold, all below on the left, all on the right."""
        laid = [_laid(tree) for tree in trees]
        most = max((len(leaves) for leaves, _ in laid), default=1)
        numbers: dict[tuple[int, float], int] = {}
        places = np.zeros((most - 1, len(laid)), np.intp)
        rules = np.zeros(places.shape, np.min_scalar_type((1 << most) - 1))
        for place, (_, questions) in enumerate(laid):
            for number, (column, threshold, left) in enumerate(questions):
                places[number, place] = numbers.setdefault((column, threshold), len(numbers))
                rules[number, place] = left
        columns = np.array([column for column, _ in numbers], np.intp)
        thresholds = np.array([[threshold] for _, threshold in numbers], np.float32).reshape(-1, 1)
        values = np.array([leaf for leaves, _ in laid for leaf in leaves], np.float32).astype(np.float64)
        firsts = np.cumsum([0, *(len(leaves) for leaves, _ in laid)], dtype=np.intp)[:-1] - 1
        return cls(base, columns, thresholds, places, rules[:, :, np.newaxis], values, firsts[:, np.newaxis])

    def verdicts(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """For each row how sure it is that it belongs to the article, from 0 to 1."""
        parts = [self._some(rows[start : start + _ROWS_AT_ONCE]) for start in range(0, len(rows), _ROWS_AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)

    def _some(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        by_column = np.ascontiguousarray(rows.T, dtype=np.float32)
        answers = (by_column.take(self.columns, axis=0) > self.thresholds).astype(self.rules.dtype)
        gone = np.zeros((len(self.firsts), len(rows)), self.rules.dtype)
        for places, rules in zip(self.places, self.rules, strict=True):
            told = answers.take(places, axis=0)
            told *= rules
            gone |= told
        # As many bits differ as leaves are ruled out before the first that is left, and one more.
        leaves = np.bitwise_count(gone ^ (gone + 1)) + self.firsts
        total = self.values.take(leaves).sum(axis=0) + self.base
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
