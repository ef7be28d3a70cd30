"""A disk that is full, or becomes so while an ingest runs: it ends with 74, leaves nothing and goes on afterwards."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from searchapp.errors import StorageFailure
from tests.torture.conftest import Prove
from tests.torture.newsroom import Newsroom
from tests.torture.recording import JOURNAL
from tests.torture.small_disk import SIZE, SmallDisk, mounted
from tests.torture.standing import held, unexplained

SEED = 1871
STEP = 64 * 1024
MOMENTS = (".staging-part-*/*", ".staging-[0-9]*", ".staging-[0-9]*")
"""What is there when segments, and when a generation is written; that is the shorter time."""
LARGEST_JOURNAL = 4 * 1024 * 1024


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with mounted(tmp_path) as disk:
        yield disk


class Filling:
    """Ingests of one newsroom into an index on the small disk."""

    def __init__(self, disk: SmallDisk, newsroom: Newsroom) -> None:
        self.disk = disk
        self.newsroom = newsroom
        self.index = disk.folder / "index"
        self.refused = self.filled = 0

    def ingest(self, dice: random.Random | None = None) -> int:
        """The exit code; with dice the rest of the disk is taken while segments or the generation are written."""
        running = self.disk.ingesters.start("ingest", self.newsroom.path, "--index", self.disk.inside / "index")
        moment = dice.choice(MOMENTS) if dice else ""
        while dice and not running.has_ended():
            if any((self.index / "generations").glob(moment)):
                self.disk.leave(0)
                self.filled += 1
                break
        code = running.wait()
        assert code in (0, StorageFailure.exit_code), running.said()
        assert code == 0 or "Traceback" not in running.said() and "searchapp: " in running.said(), running.said()
        return code

    def need(self) -> int:
        """Bytes that must be free for the next version to be ingested."""
        low, high = 0, 8 * 1024 * 1024
        while high - low > STEP:
            middle = (low + high) // 2
            self.newsroom.rewrite()
            self.disk.leave(middle)
            low, high = (middle, high) if self.ingest() else (low, middle)
        return high

    def step(self, free: int, dice: random.Random | None = None) -> None:
        """Try with that much space, look at what is left, then let there be space again."""
        self.disk.leave(SIZE)
        before, bytes_before = held(self.index), self.bytes_outside_journal()
        self.newsroom.rewrite()
        self.disk.leave(free)
        if self.ingest(dice):
            self.refused += 1
            assert held(self.index) == before
            assert self.bytes_outside_journal() == bytes_before
        assert unexplained(self.index, JOURNAL) == []
        journal = sum(path.stat().st_size for path in self.index.glob(f"{JOURNAL}*"))
        assert journal <= LARGEST_JOURNAL
        self.disk.leave(SIZE)
        assert self.ingest() == 0
        assert held(self.index)[1] == self.newsroom.versions[-1]
        assert unexplained(self.index) == []

    def bytes_outside_journal(self) -> dict[str, int]:
        return {
            path.relative_to(self.index).as_posix(): path.stat().st_size
            for path in self.index.rglob("*")
            if path.is_file() and not path.name.startswith((JOURNAL, "LOCK"))
        }


@pytest.mark.parametrize("steps", [12, pytest.param(None, marks=pytest.mark.long)])
def test_a_full_disk_is_refused_without_a_trace_and_the_next_run_works(
    steps: int | None, disk: SmallDisk, tmp_path: Path, prove: Prove
) -> None:
    filling = Filling(disk, Newsroom(tmp_path / "press", fewest=12))
    filling.newsroom.rewrite()
    assert filling.ingest() == 0
    need = filling.need()
    width = 2 * need // (steps - 1) if steps else STEP
    free = range(0, 2 * need + 1, width)
    dice = random.Random(SEED)
    for number, each in enumerate(free):
        filling.step(each, dice if number % 2 else None)
    assert 0 < filling.refused < len(free) and filling.filled
    prove(
        "disk full",
        f"{len(free)} steps from 0 to {2 * need:,} free bytes, {filling.refused} refused, "
        f"{filling.filled} times filled while writing",
        "exit 74, old generation served, 0 bytes left over, next run works",
    )
