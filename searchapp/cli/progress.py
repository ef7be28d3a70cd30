"""How does a long command say how far it is? A bar on a terminal, a line a minute elsewhere, or events as JSON."""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import click

from searchapp.errors import Interrupted
from searchapp.ingest.pipeline import Progress

SECONDS_BETWEEN_LINES = 60.0
SECONDS_BETWEEN_EVENTS = 1.0


class Stopper:
    """Ends the command when a signal asks for it: at once where Python runs, at the next step at the latest.

    What a signal raises inside a destructor or a callback of the collector is lost there: Python prints it and goes on.
    It is not printed here, because `check` raises it again.
    """

    SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

    def __init__(self) -> None:
        self._asked: int | None = None

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """A block in which the signals raise Interrupted."""
        say = sys.unraisablehook
        sys.unraisablehook = lambda lost: None if lost.exc_type is Interrupted else say(lost)
        before = {number: signal.signal(number, self._stop) for number in self.SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            sys.unraisablehook = say

    def check(self) -> None:
        """Raise what a signal raised before, should it have been lost."""
        if self._asked is not None:
            raise Interrupted(self._asked)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if self._asked is None:
            self._asked = number
            raise Interrupted(number)


@contextmanager
def shown_progress(*, as_json: bool) -> Iterator[Progress]:
    """What tells the reader of standard error how far a run is; signals end the block with Interrupted."""
    stopper = Stopper()
    with stopper(), _telling(as_json=as_json) as tell:

        def show(stage: str, done: int, total: int | None) -> None:
            stopper.check()
            tell(stage, done, total)

        yield show


@contextmanager
def _telling(*, as_json: bool) -> Iterator[Progress]:
    if as_json:
        yield _Lines(SECONDS_BETWEEN_EVENTS, _event).show
    elif sys.stderr.isatty():
        with _bar() as show:
            yield show
    else:
        yield _Lines(SECONDS_BETWEEN_LINES, _line).show


@contextmanager
def _bar() -> Iterator[Progress]:
    from tqdm import tqdm

    # Its thread would be a second one in the processes that are forked.
    tqdm.monitor_interval = 0
    with tqdm(unit=" documents", unit_scale=False, file=sys.stderr, leave=False, dynamic_ncols=True) as bar:

        def show(stage: str, done: int, total: int | None) -> None:
            if stage == "committed":
                bar.write(_committed(done, total), file=sys.stderr)
                return
            if bar.desc != stage:
                bar.reset(total)
                bar.set_description_str(stage)
            bar.update(done - bar.n)

        yield show


class _Lines:
    """Says it in lines, at most one every so many seconds, and each commit."""

    def __init__(self, pause: float, write: Any) -> None:
        self._pause = pause
        self._write = write
        self._started = self._last = time.monotonic()

    def show(self, stage: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        if stage == "committed" or now - self._last >= self._pause:
            self._write(stage, done, total, seconds=now - self._started)
            self._last = now


def _line(stage: str, done: int, total: int | None, *, seconds: float) -> None:
    if stage == "committed":
        click.echo(_committed(done, total), err=True)
        return
    rate = done / seconds if seconds else 0.0
    of = "" if total is None else f" of {total:,}"
    left = "" if total is None or not rate else f", about {(total - done) / rate:,.0f} s left"
    click.echo(f"{stage}: {done:,}{of} after {seconds:,.0f} s{left}", err=True)


def _event(stage: str, done: int, total: int | None, *, seconds: float) -> None:
    plain: dict[str, Any] = {"event": "progress", "stage": stage, "done": done, "total": total}
    if stage == "committed":
        plain = {"event": "committed", "generation": str(done), "documents": total}
    click.echo(json.dumps({**plain, "seconds": round(seconds, 3)}), err=True)


def _committed(generation: int, documents: int | None) -> str:
    return f"committed generation {generation} ({documents or 0:,} documents)"
