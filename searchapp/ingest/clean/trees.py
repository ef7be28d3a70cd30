"""What do boosted trees say of rows of numbers? Read from JSON, and all of them walked at the same time."""

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
_ROWS_AT_ONCE = 2_000
_LEVELS_OF_MOST = 3
"""After so many questions most rows have come to a leaf of most trees, and only the others are asked on."""


@dataclass(frozen=True, slots=True)
class Trees:
    """A forest laid out flat: for each node which column it asks, from which value on, and where each answer leads.

    `children` holds two nodes for each node, first that for values up to its threshold; a leaf leads to itself.
    """

    base: float
    roots: npt.NDArray[np.intp]
    columns: npt.NDArray[np.intp]
    thresholds: npt.NDArray[np.float32]
    children: npt.NDArray[np.intp]
    values: npt.NDArray[np.float32]
    depth: int

    @classmethod
    def read(cls, base: float, trees: Sequence[Sequence[float]]) -> Trees:
        """The forest of trees that are written as column, threshold, all below on the left, all on the right."""
        roots: list[int] = []
        columns: list[int] = []
        thresholds: list[float] = []
        children: list[list[int]] = []
        values: list[float] = []
        depth = 0
        for tree in trees:
            roots.append(len(columns))
            waiting: list[tuple[int, int, int]] = []
            for column, number in zip(tree[::2], tree[1::2], strict=True):
                node = len(columns)
                level = 0
                if waiting:
                    parent, side, level = waiting.pop()
                    children[parent][side] = node
                leaf = column == LEAF
                columns.append(0 if leaf else int(column))
                thresholds.append(np.inf if leaf else number)
                values.append(number if leaf else 0.0)
                children.append([node, node])
                if not leaf:
                    waiting += [(node, 1, level + 1), (node, 0, level + 1)]
                    depth = max(depth, level + 1)
        return cls(
            base, np.array(roots, np.intp), np.array(columns, np.intp), np.array(thresholds, np.float32),
            np.array(children, np.intp).ravel(), np.array(values, np.float32), depth,
        )  # fmt: skip

    def verdicts(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """For each row how sure it is that it belongs to the article, from 0 to 1."""
        parts = [self._some(rows[start : start + _ROWS_AT_ONCE]) for start in range(0, len(rows), _ROWS_AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)

    def _some(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        flat = np.ascontiguousarray(rows, dtype=np.float32).ravel()
        starts = np.repeat(np.arange(len(rows)) * rows.shape[1], len(self.roots))
        nodes = ends = np.tile(self.roots, len(rows))
        going = np.arange(len(ends))
        for level in range(self.depth):
            asked = flat.take(self.columns.take(nodes) + starts)
            nodes = self.children.take(2 * nodes + (asked > self.thresholds.take(nodes)))
            if level >= _LEVELS_OF_MOST and level % 2:
                ends[going] = nodes
                inner = np.flatnonzero(self.children.take(2 * nodes) != nodes)
                nodes, starts, going = nodes.take(inner), starts.take(inner), going.take(inner)
        ends[going] = nodes
        total = self.values.take(ends).reshape(len(rows), -1).sum(axis=1, dtype=np.float64) + self.base
        verdicts: npt.NDArray[np.float32] = (1 / (1 + np.exp(-np.clip(total, -30, 30)))).astype(np.float32)
        return verdicts


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
