"""More than one writer, and writers that are asked to stop: who waits says for whom, who stops loses nothing."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from searchapp.engine.storage import Store
from searchapp.errors import IndexLocked
from tests.torture.conftest import Prove
from tests.torture.ingesters import PROJECT, Ingesters
from tests.torture.newsroom import Newsroom
from tests.torture.standing import held, searchapp, unexplained, versions

SEED = 143
AT_ONCE = 8
GRACE = 5.0
"""Seconds within which a run that is asked to stop must have ended."""


def test_a_second_writer_ends_with_75_and_names_the_holder(
    index: Path, tmp_path: Path, ingesters: Ingesters, prove: Prove
) -> None:
    newsroom = Newsroom(tmp_path / "press")
    newsroom.rewrite()
    with Store(index).writer():
        started = time.monotonic()
        command = searchapp("ingest", newsroom.path, "--index", index, "--lock-timeout", "1.5")
        ended = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
        assert ended.returncode == IndexLocked.exit_code
        assert f"pid {os.getpid()} on {socket.gethostname()}" in ended.stderr
        assert time.monotonic() - started >= 1.5
    assert ingesters.start("ingest", newsroom.path, "--index", index).wait() == 0
    prove("locks", "a second writer waits 1.5 s", "exit 75, names pid and host")


@pytest.mark.parametrize("rounds", [1, pytest.param(10, marks=pytest.mark.long)])
def test_of_many_ingesters_that_start_at_once_none_is_lost(
    rounds: int, index: Path, tmp_path: Path, ingesters: Ingesters, prove: Prove
) -> None:
    newsrooms = [Newsroom(tmp_path / f"press{number}", fewest=2) for number in range(AT_ONCE)]
    for version in range(1, rounds + 1):
        for newsroom in newsrooms:
            newsroom.rewrite()
        running = [
            ingesters.start("ingest", newsroom.path, "--index", index, "--lock-timeout", "60") for newsroom in newsrooms
        ]
        for one in running:
            assert one.wait() == 0, one.said()
        assert len({one.committed() for one in running}) == AT_ONCE
        assert versions(index, newsrooms) == {newsroom.path.name: version for newsroom in newsrooms}
        assert unexplained(index) == []
    prove("locks", f"{AT_ONCE} ingesters at once, {rounds} times", "none lost")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("rounds", [8, pytest.param(60, marks=pytest.mark.long)])
def test_an_ingest_asked_to_stop_ends_soon_and_the_next_run_goes_on(
    number: signal.Signals, rounds: int, index: Path, tmp_path: Path, ingesters: Ingesters, prove: Prove
) -> None:
    dice, newsroom = random.Random(SEED + number), Newsroom(tmp_path / "press", fewest=12)
    newsroom.rewrite()
    started = time.monotonic()
    assert ingesters.start("ingest", newsroom.path, "--index", index).wait() == 0
    usual, stopped, slowest = time.monotonic() - started, 0, 0.0
    for _ in range(rounds):
        newsroom.rewrite()
        running = ingesters.start("ingest", newsroom.path, "--index", index)
        time.sleep(dice.uniform(0.05, usual))
        asked = time.monotonic()
        running.signal(number)
        code = running.wait(GRACE)
        slowest = max(slowest, time.monotonic() - asked)
        assert code in (0, 128 + number), (code, running.said())
        assert "Traceback" not in running.said(), running.said()
        stopped += code != 0
        assert newsroom.version_of(held(index)[1]) >= newsroom.version - (code != 0)
        again = ingesters.start("ingest", newsroom.path, "--index", index)
        assert again.wait() == 0, again.said()
        assert held(index)[1] == newsroom.versions[-1]
        assert unexplained(index) == []
    assert stopped
    prove("signals", f"{rounds} {number.name}, {stopped} before the end", f"ended in {slowest:.1f} s, nothing doubled")
