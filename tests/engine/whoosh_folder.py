"""A Whoosh engine with a folder of its own, and ways to fill the one and to look into the other."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from searchapp.engine.whoosh_index import WhooshEngine
from searchapp.model import Document
from tests.engine.corpus import FACETS, FIRST_RUN, document


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[WhooshEngine]:
    engine = WhooshEngine(tmp_path / "index", FACETS)
    yield engine
    engine.close()


def newest(tmp_path: Path, index: str = "index") -> Path:
    root = tmp_path / index
    return root / "generations" / (root / "CURRENT").read_text().split()[0]


def add(engine: WhooshEngine, *documents: Document, run: str = FIRST_RUN) -> int:
    with engine.writer(run=run) as writer:
        for one in documents:
            writer.add(one)
        return writer.commit(settled=True)


def random_documents(count: int) -> list[Document]:
    """Documents of few words, so that the postings of a word fill several blocks."""
    dice = random.Random(7)
    words = [f"word{number}" for number in range(40)]
    return [
        document(f"r{number:03}", " ".join(dice.choices(words, k=3)), " ".join(dice.choices(words, k=30)),
                 outlet=f"Outlet, {number % 3}", actor="haftar" if number % 2 else "wagner")
        for number in range(count)
    ]  # fmt: skip
