"""Which generations are worth their bytes: the last ones, those someone may be reading, one for each day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from searchapp.engine.storage.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Retention:
    """The rule: `younger_than` in seconds since a generation was current, `budget` in sizes of the newest one."""

    keep_last: int = 3
    younger_than: float = 600.0
    days: int = 7
    budget: float = 2.0


def retained(
    manifests: Sequence[Manifest], rule: Retention, *, named: Collection[int] = (), now: datetime | None = None
) -> frozenset[int]:  # fmt: skip
    """The numbers to keep of these generations (oldest first), the `named` ones and the last, the current, with them."""
    kept = {manifest.generation for manifest in manifests[-max(rule.keep_last, 1) :]}
    kept |= {manifest.generation for manifest in manifests if manifest.generation in named}
    kept |= _recent(manifests, rule, now or datetime.now(UTC))
    room = rule.budget * manifests[-1].size if manifests else 0.0
    for manifest in _settled_by_day(manifests)[: rule.days]:
        held = _contents(each for each in manifests if each.generation in kept)
        room -= sum(stamp.size for stamp in manifest.files.values() if stamp.sha256 not in held)
        if room < 0:
            break
        kept.add(manifest.generation)
    return frozenset(kept)


def _recent(manifests: Sequence[Manifest], rule: Retention, now: datetime) -> set[int]:
    # A reader may have opened it in its last moment as the current one, so its age begins with its successor.
    return {
        old.generation
        for old, successor in pairwise(manifests)
        if (now - datetime.fromisoformat(successor.created)).total_seconds() < rule.younger_than
    }


def _settled_by_day(manifests: Sequence[Manifest]) -> list[Manifest]:
    """The last settled generation of each day (UTC) that has one, newest day first."""
    last = {manifest.created[:10]: manifest for manifest in manifests if manifest.settled}
    return [last[day] for day in sorted(last, reverse=True)]


def _contents(manifests: Iterable[Manifest]) -> set[str]:
    return {stamp.sha256 for manifest in manifests for stamp in manifest.files.values()}
