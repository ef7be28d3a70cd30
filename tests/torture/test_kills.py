"""Two ingesters into one index, killed at random moments: what was acknowledged stays, whole and once."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from searchapp.engine.storage import Store
from tests.torture.conftest import Prove
from tests.torture.ingesters import LONGEST, Ingester, Ingesters
from tests.torture.newsroom import Newsroom
from tests.torture.standing import unexplained, versions

SEED = 4711
AIMS = {None: 0.0, "writing": 0.15, "published": 0.02}
"""What a kill waits for, and at most how many seconds later it comes."""
QUIET_EVERY = 5
"""Kills after which both ingesters run to their end, and nothing may be left over."""


@dataclass(slots=True)
class Slot:
    """One of the ingesters: its folder, its run and when that is killed, and the version that must be in the index.

    `aim` is a moment that the kill waits for, one of AIMS; `before` is what CURRENT was when the run got the lock.
    """

    newsroom: Newsroom
    running: Ingester | None = None
    end: float = 0.0
    aim: str | None = None
    before: object = None
    floor: int = 0


class Massacre:
    """Two slots over one index, and what happened to them."""

    def __init__(self, folder: Path, ingesters: Ingesters, dice: random.Random) -> None:
        self.index = folder / "index"
        self.slots = [Slot(Newsroom(folder / name)) for name in ("east", "west")]
        self.kills = self.acknowledged = self.silent = 0
        self._ingesters = ingesters
        self._dice = dice
        self._shortest = 1.0

    def kill_one(self) -> None:
        """Let both run, and kill the one whose moment comes first; one that ends before is no kill."""
        for slot in self.slots:
            if slot.running is None:
                self._start(slot)
        slot = self._due()
        assert slot.running is not None
        self.kills += slot.running.kill()
        self._account(slot)

    def quiet(self) -> None:
        """Let both run to their end and begin once more: nothing may be left over then."""
        started = time.monotonic()
        for slot in self.slots:
            if slot.running is None:
                self._start(slot)
            assert slot.running is not None
            assert slot.running.wait() == 0, slot.running.said()
            self._shortest = min(self._shortest, time.monotonic() - started)
            self._account(slot)
            assert slot.floor == slot.newsroom.version
            started = time.monotonic()
        assert unexplained(self.index) == []

    def _due(self) -> Slot:
        """The slot whose run has ended or is to be killed now."""
        while True:
            for slot in self.slots:
                assert slot.running is not None
                if slot.running.has_ended() or time.monotonic() > slot.end:
                    return slot
                if slot.aim and self._has_come(slot, slot.aim):
                    slot.end, slot.aim = time.monotonic() + self._dice.uniform(0.0, AIMS[slot.aim]), None
            time.sleep(0.002)

    def _has_come(self, slot: Slot, aim: str) -> bool:
        lock = self.index / "LOCK"
        if slot.running is None or f"pid {slot.running.process} " not in lock.read_text():
            return False
        token = Store(self.index).token()
        slot.before = slot.before or token
        return token != slot.before if aim == "published" else any((self.index / "generations").glob(".staging-*"))

    def _start(self, slot: Slot) -> None:
        slot.newsroom.rewrite()
        slot.running = self._ingesters.start("ingest", slot.newsroom.path, "--index", self.index)
        slot.aim, slot.before = self._dice.choice(list(AIMS)), None
        slot.end = time.monotonic() + (LONGEST if slot.aim else self._dice.uniform(0.0, 2 * self._shortest))

    def _account(self, slot: Slot) -> None:
        """Whatever its end was: the index opens, and holds of each folder one version, none older than before."""
        assert slot.running is not None
        if slot.running.committed():
            assert slot.running.code == 0 or slot.running.code == 137, slot.running.said()
            self.acknowledged += 1
            slot.floor = slot.newsroom.version
        slot.running = None
        found = versions(self.index, [each.newsroom for each in self.slots])
        self.silent += slot.floor < found[slot.newsroom.path.name] == slot.newsroom.version
        for each in self.slots:
            assert found[each.newsroom.path.name] >= each.floor
            each.floor = found[each.newsroom.path.name]


@pytest.mark.parametrize("kills", [50, pytest.param(500, marks=pytest.mark.long)])
def test_killed_ingesters_lose_double_and_halve_nothing(
    kills: int, tmp_path: Path, ingesters: Ingesters, prove: Prove
) -> None:
    massacre = Massacre(tmp_path, ingesters, random.Random(SEED))
    massacre.quiet()
    quiet = 0
    # Where none of so many met the moment between publishing and saying so, some more are made: it is short.
    while massacre.kills < kills or (not massacre.silent and massacre.kills < 4 * kills):
        massacre.kill_one()
        if massacre.kills >= (quiet + 1) * QUIET_EVERY:
            quiet += 1
            massacre.quiet()
    assert massacre.silent, "no run was killed between publishing and saying so"
    prove(
        "kill -9",
        f"{massacre.kills} kills of two ingesters, {massacre.acknowledged} acknowledged runs, {massacre.silent} published unsaid",
        "0 documents lost, 0 doubled, 0 half batches, 0 left-over files",
    )
