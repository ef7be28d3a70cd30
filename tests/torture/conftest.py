"""What every torture asks for: warm ingesters, and the table of what was proved that ends the run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.torture.ingesters import Ingesters


@dataclass(frozen=True, slots=True)
class Proof:
    """A line of the table: what was proved, by doing what, with which result, in how many seconds."""

    name: str
    done: str
    result: str
    seconds: float


PROOFS = pytest.StashKey[list[Proof]]()

Prove = Callable[[str, str, str], None]
"""Called with name, what was done and the result, at the end of a test that passed."""


@pytest.fixture
def prove(request: pytest.FixtureRequest) -> Prove:
    """Puts a line into the table."""
    started = time.monotonic()

    def note(name: str, done: str, result: str) -> None:
        proofs = request.config.stash.setdefault(PROOFS, [])
        proofs.append(Proof(name, done, result, time.monotonic() - started))

    return note


@pytest.fixture(scope="session")
def ingesters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ingesters]:
    with Ingesters(tmp_path_factory.mktemp("ingesters")) as started:
        yield started


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    proofs = terminalreporter.config.stash.get(PROOFS, [])
    if not proofs:
        return
    terminalreporter.section("proved")
    rows = [("proof", "done", "result", "seconds")]
    rows += [(one.name, one.done, one.result, f"{one.seconds:.0f}") for one in proofs]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row[:3], widths, strict=False)]
        terminalreporter.line("  ".join([*cells, row[3].rjust(widths[3])]))


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"
