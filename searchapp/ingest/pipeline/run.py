"""What does one run know while it goes on?"""

from __future__ import annotations

import datetime
import hashlib
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from searchapp.engine.base import Engine, Writer
from searchapp.errors import IndexNotReady, IngestError
from searchapp.ingest.journal import Journal
from searchapp.ingest.pipeline.assemble import Knowledge
from searchapp.ingest.pipeline.report import IngestReport
from searchapp.ingest.seeds import PathPattern
from searchapp.model import SourceStamp
from searchapp.withheld import Withheld, WithheldList

Progress = Callable[[str, int, int | None], None]
"""Called with "reading" or "indexing", how many are done, and of how many where that is known; with "committed",
the generation and its number of documents."""

MOST_JOBS = 8
"""More processes than this wait for the one that writes."""


_CONTAINER_LIMIT = Path("/sys/fs/cgroup/memory.max")


def available_jobs() -> int:
    """How many processes can work at the same time on this machine."""
    return min(MOST_JOBS, len(os.sched_getaffinity(0)))


def available_memory() -> int:
    """Half of the bytes of memory that this machine has, or that it gives to the container it runs us in."""
    limits = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    if _CONTAINER_LIMIT.is_file() and (given := _CONTAINER_LIMIT.read_text().strip()).isdecimal():
        limits.append(int(given))
    return min(limits) // 2


@dataclass(frozen=True, slots=True)
class Options:
    """How an ingest treats what it finds; `patterns` are path patterns by root name, `jobs` how many processes work,
    `memory` how many bytes they and the writer may fill all together, beside what each needs to start (None: no limit).

    `dry_run` says what would be done and changes nothing; `retry_failed` reads nothing but the files that failed.
    """

    prune_missing: bool = True
    replace_root: bool = False
    force: bool = False
    clean_text: bool = False
    dry_run: bool = False
    retry_failed: bool = False
    jobs: int = 1
    memory: int | None = None
    lock_timeout: float = 30.0
    patterns: Mapping[str, PathPattern] = field(default_factory=dict)


@dataclass(slots=True)
class Run:
    """The state of one run.

    `held` is what the engine holds, `already` whether its last run was finished, `listed` what it holds although its
    address was taken down, by document id; `problems` are by file, `basis` stands for all that a document depends on
    besides its file. `again` are the keys of what is cleaned again because its site turned out to repeat other lines.
    """

    engine: Engine
    writer: Writer | None
    journal: Journal
    knowledge: Knowledge
    options: Options
    report: IngestReport
    progress: Progress
    held: Mapping[str, SourceStamp]
    already: bool
    basis: str
    listed: Mapping[str, Withheld]
    problems: defaultdict[str, list[IngestError]] = field(default_factory=lambda: defaultdict(list))
    again: set[str] = field(default_factory=set)

    def refuse(self, file: str, problem: IngestError) -> None:
        """Note why a file, or a record of it, is not in the index."""
        self.report.problems.append(problem)
        self.problems[file].append(problem)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Count the seconds of the block for a stage."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.report.stages[stage] += time.perf_counter() - start


def mark_of(*facts: object) -> str:
    """Equal as long as the facts are; 32 hex digits."""
    return hashlib.sha256(msgspec.json.encode(facts, order="deterministic")).hexdigest()[:32]


def now() -> str:
    """This moment as the name of a run."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def held_by(engine: Engine) -> tuple[Mapping[str, SourceStamp], bool]:
    """What is indexed, by source key, and whether its last run was finished."""
    try:
        return engine.sources(), engine.info().settled
    except IndexNotReady:
        return {}, False


def listed_in(engine: Engine, withheld: WithheldList) -> dict[str, Withheld]:
    """The lines that name the address of an indexed document, by its id: a page that is not read again is not asked."""
    try:
        return {document: entry for entry in withheld if entry.url for document in engine.find(url=entry.url)}
    except IndexNotReady:
        return {}


def reconcile(held: Mapping[str, SourceStamp], journal: Journal) -> None:
    """Forget what only the journal believes to be indexed, as after a crash or a rollback; its pages stay."""
    journal.doubt(
        [record for record in journal.sources() if not _agrees(held.get(record.key), record.sha256, record.run)]
    )
    journal.copies.drop(journal.copies.known().difference(stamp.id for stamp in held.values()))


def _agrees(stamp: SourceStamp | None, sha256: str, run: str) -> bool:
    return stamp is not None and (stamp.sha256, stamp.last_changed) == (sha256, run)
