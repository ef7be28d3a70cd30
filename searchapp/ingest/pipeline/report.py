"""What did an ingest do? Numbers that add up, and a reason for every file that is not in the index."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from searchapp.errors import IngestError


@dataclass(slots=True)
class IngestReport:
    """The account of one run: `seen` = `indexed` + `unchanged` + `skipped` + `failed`.

    `cleaned_again` are unchanged ones whose site turned out to repeat other lines than before.
    `withheld` are those of the skipped that were taken down. `seconds` are of wall time, as those of the stages "read",
    "load", "publish" and "copies" are; those of "parse", "recognise" and "index" are of CPU time in all processes.
    """

    run: str
    generation: int | None = None
    seen: int = 0
    indexed: int = 0
    unchanged: int = 0
    cleaned_again: int = 0
    removed: int = 0
    withheld: int = 0
    bytes: int = 0
    seconds: float = 0.0
    stages: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    problems: list[IngestError] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    undeclared: Counter[str] = field(default_factory=Counter)

    @property
    def skipped(self) -> int:
        return sum(problem.skipped for problem in self.problems)

    @property
    def failed(self) -> int:
        return len(self.problems) - self.skipped

    @property
    def changes(self) -> int:
        """How many documents were brought, replaced or removed."""
        return self.indexed + self.cleaned_again + self.removed

    def plain(self) -> dict[str, Any]:
        """The report as JSON."""
        return {
            "run": self.run,
            "generation": None if self.generation is None else str(self.generation),
            "seen": self.seen,
            "indexed": self.indexed,
            "unchanged": self.unchanged,
            "cleaned_again": self.cleaned_again,
            "skipped": self.skipped,
            "failed": self.failed,
            "removed": self.removed,
            "withheld": self.withheld,
            "bytes": self.bytes,
            "seconds": round(self.seconds, 3),
            "stages": {stage: round(seconds, 3) for stage, seconds in self.stages.items()},
            "problems": [
                {"key": one.key, "stage": one.stage, "reason": one.reason, "skipped": one.skipped}
                for one in self.problems
            ],
            "refused": [{"key": key, "reason": reason} for key, reason in self.refused],
            "undeclared_facets": dict(sorted(self.undeclared.items())),
        }  # fmt: skip
