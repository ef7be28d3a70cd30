"""Ingesters and readers side by side for a long time: nobody fails, nothing grows, and reading stays quick."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.torture.conftest import Prove
from tests.torture.ingesters import PROJECT, Ingester, Ingesters
from tests.torture.newsroom import Newsroom
from tests.torture.server import Server
from tests.torture.standing import unexplained, versions

READERS = 4
WARM_UP = 2.0
BURN = "while True: pass"
MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader wrote down."""

    reads: list[tuple[float, float, int]]
    states: list[tuple[float, int, int]]

    def seconds(self, start: float, end: float) -> list[float]:
        return [seconds for moment, seconds, _ in self.reads if start < moment < end]

    def halves(self, start: float, end: float) -> list[tuple[float, float]]:
        """Medians of open files and of memory in the first and in the second half of that time."""
        middle = (start + end) / 2
        parts = [
            [state for state in self.states if low < state[0] < high] for low, high in ((start, middle), (middle, end))
        ]
        return [(statistics.median(state[1] for state in part), statistics.median(state[2] for state in part)) for part in parts]


class Readers:
    """Processes that read one place; leaving gives what they wrote."""

    def __init__(self, place: str, scratch: Path, name: int) -> None:
        self._files = [scratch / f"reader{name}-{number}" for number in range(READERS)]
        self._processes = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.torture.reader", place, file], cwd=PROJECT, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )
            for file in self._files
        ]  # fmt: skip
        for process in self._processes:
            assert process.stdout and process.stdout.readline() == "ready\n", process.communicate()[1]

    def stop(self) -> list[Reading]:
        for process in self._processes:
            _, errors = process.communicate("stop\n", timeout=60)
            assert process.returncode == 0 and "Traceback" not in errors, errors
        return [Reading(**json.loads(file.read_text())) for file in self._files]


@contextmanager
def burners() -> Iterator[None]:
    """Two processes that only burn CPU."""
    burning = [subprocess.Popen([sys.executable, "-c", BURN]) for _ in range(2)]
    yield
    for process in burning:
        process.kill()
        process.wait()


class Press:
    """Two ingesters that go on and on."""

    def __init__(self, folder: Path, ingesters: Ingesters) -> None:
        self.index = folder / "index"
        self.newsrooms = [Newsroom(folder / "east", fewest=20), Newsroom(folder / "west", fewest=20)]
        self.runs = 0
        self._ingesters = ingesters
        self._running: dict[int, Ingester] = {}

    def tend(self) -> None:
        """Start whatever ingester has ended once more."""
        for number, newsroom in enumerate(self.newsrooms):
            if number in self._running and not self._running[number].has_ended():
                continue
            if number in self._running:
                self._end(number)
            newsroom.rewrite()
            self._running[number] = self._ingesters.start(
                "ingest", newsroom.path, "--index", self.index, "--lock-timeout", "120"
            )

    def finish(self) -> None:
        for number in list(self._running):
            self._end(number)

    def _end(self, number: int) -> None:
        running = self._running.pop(number)
        assert running.wait() == 0, running.said()
        self.runs += 1


def percentile(seconds: list[float], share: float = 0.99) -> float:
    return sorted(seconds)[int(len(seconds) * share)]


@pytest.mark.parametrize(
    ("lasting", "alone", "slower", "over_http"),
    [(60.0, 10.0, 3.0, False), pytest.param(1800.0, 120.0, 1.5, True, marks=pytest.mark.long)],
)
def test_readers_beside_ingesters_see_no_fault_and_wait_no_longer_than_beside_any_work(
    lasting: float, alone: float, slower: float, over_http: bool, tmp_path: Path, ingesters: Ingesters, prove: Prove
) -> None:
    press = Press(tmp_path, ingesters)
    press.tend()
    press.finish()
    with ExitStack() as served:
        places = [str(press.index)]
        if over_http:
            server = served.enter_context(Server(press.index, tmp_path / "server.log"))
            places.append(f"http://127.0.0.1:{server.port}")
        sets = [Readers(place, tmp_path, number) for number, place in enumerate(places)]
        time.sleep(WARM_UP)
        burning = time.monotonic()
        with burners():
            time.sleep(alone)
        begun = time.monotonic()
        while time.monotonic() < begun + lasting:
            press.tend()
            time.sleep(0.02)
        ended = time.monotonic()
        press.finish()
        readings = [reading for readers in sets for reading in readers.stop()]
    assert versions(press.index, press.newsrooms) == {one.path.name: one.version for one in press.newsrooms}
    assert unexplained(press.index) == []
    for reading in readings:
        (files, memory), (files_later, memory_later) = reading.halves(begun, ended)
        assert files_later <= files + 4
        assert memory_later <= 1.1 * memory + 8 * MEGABYTE
    engines = readings[:READERS]
    before = percentile([each for reading in engines for each in reading.seconds(burning, begun)])
    beside = percentile([each for reading in engines for each in reading.seconds(begun, ended)])
    reads = sum(len(reading.seconds(begun, ended)) for reading in readings)
    generations = len({read[2] for reading in readings for read in reading.reads})
    prove(
        "soak",
        f"{lasting:g} s, {press.runs} runs of two ingesters, {reads:,} reads by {len(readings)} readers, {generations} generations",
        f"0 faults, files and memory flat, p99 {beside * 1000:.1f} ms (beside two burners {before * 1000:.1f} ms)",
    )
    assert beside <= slower * before, f"p99 {beside:.4f} s, beside processes that only burn CPU {before:.4f} s"
