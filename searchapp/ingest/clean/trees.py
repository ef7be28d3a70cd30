"""What do boosted trees say of rows of numbers? Read from JSON, and asked all at the same time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from searchapp.ingest.data import data_folder

LEAF = -1
"""Stands in a tree where a feature's number would, before the value of a leaf."""
_ROWS_AT_ONCE, _QUESTIONS_AT_ONCE = 1024, 256
"""Numbers that are compared with thresholds at once; of many more the processor's cache would not hold the copies."""
_Question = tuple[int, float]
_Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Trees:
    """A forest that is walked from its roots on, all trees side by side, and all rows at once: a node has a bit for each.

    `questions` are the different ones, in parts: which columns they ask, and above which thresholds the answer is yes.
    `steps` say which nodes of the step before ask now, and which questions; behind those to which a yes leads stand
    those to which a no leads. `nodes` is how many there are in all.

    The leaves of a tree have numbers. For each bit of the numbers of the leaves of two trees, and for each two trees,
    `leaves` holds the nodes that are leaves with this bit, or `nodes` where there are fewer. `values` holds by both
    numbers what the leaves of two trees say together, and `firsts` where those of each two begin.
    """

    base: float
    questions: tuple[tuple[_Places, npt.NDArray[np.float32]], ...]
    steps: tuple[tuple[_Places, _Places], ...]
    nodes: int
    leaves: _Places
    values: npt.NDArray[np.float64]
    firsts: _Places

    @classmethod
    def read(cls, base: float, trees: Sequence[Sequence[float]]) -> Trees:
        """The forest of trees that are written as column, threshold, all below on the left, all on the right."""
        roots = [_node(zip(tree[::2], tree[1::2], strict=True)) for tree in trees]
        steps, leaves, nodes = _laid([*roots, 0.0] if len(roots) % 2 else roots)
        questions = {one: number for number, one in enumerate(dict.fromkeys(one for _, asked in steps for one in asked))}
        bits = max([1, *(len(own) - 1 for own in leaves)]).bit_length()
        places = np.full((len(leaves), 1 << bits), nodes, np.intp)
        values = np.zeros(places.shape)
        for tree, own in enumerate(leaves):
            places[tree, : len(own)] = [place for place, _ in own]
            values[tree, : len(own)] = np.array([value for _, value in own], np.float32)
        set_in = [np.flatnonzero(np.arange(1 << bits) >> bit & 1) for bit in reversed(range(bits))]
        return cls(
            base,
            _parts([*questions]),
            tuple((np.array(here, np.intp), np.array([questions[one] for one in asked], np.intp)) for here, asked in steps),
            nodes,
            np.array([places[half::2, numbers].T for half in (0, 1) for numbers in set_in], np.intp),
            (values[::2, :, np.newaxis] + values[1::2, np.newaxis]).ravel(),
            np.arange(0, len(leaves) << (2 * bits - 1), 1 << 2 * bits)[:, np.newaxis],
        )

    def verdicts(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """For each row how sure it is that it belongs to the article, from 0 to 1."""
        parts = [self._some(rows[start : start + _ROWS_AT_ONCE]) for start in range(0, len(rows), _ROWS_AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)

    def _some(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        by_column = np.ascontiguousarray(rows.T, dtype=np.float32)
        answers = np.concatenate([
            np.packbits(by_column.take(columns, axis=0) > thresholds, axis=1) for columns, thresholds in self.questions
        ])  # fmt: skip
        leaves = np.bitwise_or.reduce(self._reached(answers).take(self.leaves, axis=0), axis=1)
        bits = np.unpackbits(leaves, axis=-1, count=len(rows))
        numbers = bits[0].astype(np.min_scalar_type((1 << len(bits)) - 1))
        for bit in bits[1:]:
            numbers += numbers
            numbers += bit
        total = self.values.take(numbers + self.firsts).sum(axis=0) + self.base
        verdicts: npt.NDArray[np.float32] = (1 / (1 + np.exp(-np.clip(total, -30, 30)))).astype(np.float32)
        return verdicts

    def _reached(self, answers: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
        """For each node which rows come to it."""
        reached = np.empty((self.nodes + 1, answers.shape[1]), np.uint8)
        start, end = 0, 2 * len(self.firsts)
        reached[:end] = 0xFF
        for places, questions in self.steps:
            here = reached[start:end].take(places, axis=0)
            start, middle, end = end, end + len(places), end + 2 * len(places)
            yes = np.bitwise_and(here, answers.take(questions, axis=0), out=reached[start:middle])
            np.bitwise_xor(here, yes, out=reached[middle:end])
        reached[end:] = 0
        return reached


def _parts(questions: Sequence[_Question]) -> tuple[tuple[_Places, npt.NDArray[np.float32]], ...]:
    """Columns and thresholds of as many questions as are asked at once, and of the next ones, and so on."""
    columns = np.array([column for column, _ in questions], np.intp)
    thresholds = np.array([threshold for _, threshold in questions], np.float32).reshape(-1, 1)
    starts = range(0, len(questions) or 1, _QUESTIONS_AT_ONCE)
    return tuple((columns[start : start + _QUESTIONS_AT_ONCE], thresholds[start : start + _QUESTIONS_AT_ONCE]) for start in starts)


class _Asking(NamedTuple):
    """A node that asks, with the nodes below it; a leaf is its value alone."""

    question: _Question
    no: _Asking | float
    yes: _Asking | float


def _node(written: Iterator[tuple[float, float]]) -> _Asking | float:
    column, number = next(written)
    return number if column == LEAF else _Asking((int(column), number), _node(written), _node(written))


def _laid(
    roots: Sequence[_Asking | float],
) -> tuple[list[tuple[list[int], list[_Question]]], list[list[tuple[int, float]]], int]:
    """Step by step which nodes of those met last ask what; the leaves of each tree, with their places; all nodes."""
    steps: list[tuple[list[int], list[_Question]]] = []
    leaves: list[list[tuple[int, float]]] = [[] for _ in roots]
    nodes, met = 0, list(enumerate(roots))
    while met:
        asking: list[tuple[int, int, _Asking]] = []
        for place, (tree, node) in enumerate(met):
            if isinstance(node, _Asking):
                asking.append((place, tree, node))
            else:
                leaves[tree].append((nodes + place, node))
        steps.append(([place for place, _, _ in asking], [node.question for _, _, node in asking]))
        nodes += len(met)
        met = [*((tree, node.yes) for _, tree, node in asking), *((tree, node.no) for _, tree, node in asking)]
    return steps[:-1], leaves, nodes


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
