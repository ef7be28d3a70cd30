"""Ingesters as processes of their own that can be started many times a second, watched, signalled and killed."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PROJECT = Path(__file__).resolve().parent.parent.parent
COMMITTED = re.compile(r"^committed generation (\d+)", re.MULTILINE)
LONGEST = 120.0
PAUSE = 0.005
ORPHANS = 5.0
"""Seconds after which nothing may run of what a killed ingest had started."""


class Ingesters:
    """One warm process, and the ingests that it forks off."""

    def __init__(self, scratch: Path, *, under: tuple[str, ...] = ()) -> None:
        """`under` is a command that runs the warm process and watches what it does."""
        self._scratch = scratch
        self._started = 0
        self._errors = (scratch / "driver.errors").open("w")
        self._driver = subprocess.Popen(
            [*under, sys.executable, "-m", "tests.torture.driver"], cwd=PROJECT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors,
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._driver.communicate(timeout=LONGEST)
        self._errors.close()

    @property
    def process(self) -> int:
        """The id of the warm process."""
        return self._driver.pid

    def start(self, *arguments: object) -> Ingester:
        """`searchapp` with these arguments, just begun."""
        self._started += 1
        output = self._scratch / f"{self._started}.output"
        process = self.ask({"start": [str(one) for one in arguments], "output": str(output)})
        return Ingester(process, output, self)

    def ask(self, question: dict[str, Any]) -> Any:
        assert self._driver.stdin and self._driver.stdout
        self._driver.stdin.write(json.dumps(question) + "\n")
        self._driver.stdin.flush()
        answer = self._driver.stdout.readline()
        assert answer, f"the driver has died: {(self._scratch / 'driver.errors').read_text()}"
        return json.loads(answer)


@dataclass(slots=True)
class Ingester:
    """A running or ended ingest."""

    process: int
    output: Path
    ingesters: Ingesters
    code: int | None = None

    def has_ended(self) -> bool:
        if self.code is None:
            self.code = self.ingesters.ask({"poll": self.process})
        return self.code is not None

    def wait(self, seconds: float = LONGEST) -> int:
        """The exit code; AssertionError when it does not come in time."""
        deadline = time.monotonic() + seconds
        while not self.has_ended():
            assert time.monotonic() < deadline, f"still running after {seconds:g} s: {self.said()}"
            time.sleep(PAUSE)
        assert self.code is not None
        return self.code

    def signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if not self.has_ended():
            os.kill(self.process, number)

    def kill(self) -> bool:
        """End it as a crash would, and say whether it was still running; what it had started must end too."""
        children = children_of(self.process)
        self.signal(signal.SIGKILL)
        code = self.wait()
        deadline = time.monotonic() + ORPHANS
        while any(is_running(child) for child in children):
            assert time.monotonic() < deadline, f"still there after {ORPHANS:g} s: {children}"
            time.sleep(PAUSE)
        return code == 128 + signal.SIGKILL

    def said(self) -> str:
        return self.output.read_text(encoding="utf-8") if self.output.exists() else ""

    def committed(self) -> int | None:
        """The generation that it has acknowledged."""
        found = COMMITTED.findall(self.said())
        return int(found[-1]) if found else None


def children_of(process: int) -> list[int]:
    """The processes that this one has started and that run."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # Name in brackets, state, parent.
            state, parent = status.read_text().rpartition(") ")[2].split()[:2]
            if int(parent) == process and state != "Z":
                found.append(int(status.parent.name))
    return found


def is_running(process: int) -> bool:
    """Whether there is such a process, ended ones that nobody has waited for left aside."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except OSError:
        return False
