"""What is asked of every engine that is compared."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.corpora import Spliced
from bench.documents import TokenBook
from bench.questions import Question

TOP = 10
LISTED = 10
"""Rows of a facet that an answer lists."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An exact total, the first ten ids, the most frequent values of each facet with their counts, results by month."""

    total: int
    ids: tuple[str, ...]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    months: Mapping[int, int] = field(default_factory=dict)


class Peer(ABC):
    """An open index; `clock` takes the CPU seconds that an answer costs."""

    name: str
    clock: Callable[[], float] = staticmethod(time.thread_time)

    @classmethod
    @abstractmethod
    def build(cls, folder: Path, documents: Iterable[Spliced], book: TokenBook) -> None:
        """Make an index of the documents in the empty folder; `book` has their tokens for who cannot make them."""

    @abstractmethod
    def __init__(self, folder: Path) -> None:
        """Open the index."""

    @abstractmethod
    def full(self, question: Question) -> Answer:
        """The whole faceted answer, without snippets."""

    @abstractmethod
    def plain(self, question: Question) -> Answer:
        """The first ten and the total, without facets."""

    def close(self) -> None:
        """Let go of the index."""
        return
