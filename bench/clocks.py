"""CPU time of calls, taken in turns so that what else the machine does falls on all alike, and what is said of it."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Callable, Sequence
from datetime import UTC, datetime


def milliseconds(clock: Callable[[], float], work: Callable[[], object]) -> float:
    """What one call costs by that clock."""
    before = clock()
    work()
    return (clock() - before) * 1000


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of them do not pass; 0 where there are none."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * round(share * 100) // 100) - 1)] if ordered else 0.0


def typical(rounds: Sequence[Sequence[float]]) -> list[float]:
    """The median of each place over all rounds."""
    return [statistics.median(times) for times in zip(*rounds, strict=True)]


def spread(values: Sequence[float]) -> dict[str, float]:
    """Half of the values are no larger than `p50`, 95 in 100 no larger than `p95`."""
    return {"p50": round(percentile(values, 0.5), 3), "p95": round(percentile(values, 0.95), 3)}


def circumstances() -> dict[str, object]:
    """Where and when this is measured, and how busy the machine is."""
    return {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load": round(os.getloadavg()[0], 1),
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
    }
