"""Which files are new or changed? Those are read, and parsed in child processes, and their pages spooled."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import msgspec

from searchapp import __version__
from searchapp.errors import IngestError
from searchapp.ingest.journal import FileRecord, Spooled
from searchapp.ingest.pipeline.assemble import document_id
from searchapp.ingest.pipeline.learning import place_of, rank_of
from searchapp.ingest.pipeline.run import Run, mark_of
from searchapp.ingest.pipeline.tasks import Pages, Parsed, Refusal, pack_raw, parsing, resulting, withheld_because
from searchapp.ingest.seeds import Declaration, Refused, Root, SeedFile, list_files, read_file
from searchapp.ingest.workers import Done, Workers
from searchapp.model import RawFile

BATCH_FILES = 64
BATCH_BYTES = 4 * 2**20
FILES_LOOKED_UP = 500
KEEP_PAGES = 2_000
"""Pages after which what was parsed is kept, so that an interrupted run goes on from there."""

CLOCK_TICK = 2_000_000_000
"""Nanoseconds: the coarsest clock of the file systems in use (FAT). A file may change within it and keep its time."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A source to be parsed: its stamp, the key of its file, and what is kept of its raw file."""

    key: str
    file: str
    stamp: str
    raw: bytes


_Batch = list[Unread]
_NOTHING_SAID = Declaration()

PARSER = __version__
"""Pages of another version of the program are parsed again."""


def read(roots: Iterable[Root], run: Run) -> None:
    """Pass A: what is new or changed is parsed, spooled and planned."""
    spooled = 0
    task = parsing(run.knowledge.withheld, clean_text=run.options.clean_text, votes=run.knowledge.votes)
    with Workers(task, jobs=run.options.jobs) as workers:
        for done in workers.run(_batches(_timed(_unread(roots, run), run))):
            spooled += _spool(done, run)
            if spooled >= KEEP_PAGES:
                run.journal.keep()
                spooled = 0


def _timed(found: Iterator[tuple[Unread, bytes]], run: Run) -> Iterator[tuple[Unread, bytes]]:
    while True:
        with run.timed("read"):
            one = next(found, None)
        if one is None:
            return
        yield one


def _batches(found: Iterable[tuple[Unread, bytes]]) -> Iterator[tuple[_Batch, Sequence[bytes]]]:
    batch: _Batch = []
    items: list[bytes] = []
    size = 0
    for unread, item in found:
        batch.append(unread)
        items.append(item)
        size += len(item)
        if len(items) >= BATCH_FILES or size >= BATCH_BYTES:
            yield batch, items
            batch, items, size = [], [], 0
    if items:
        yield batch, items


def _unread(roots: Iterable[Root], run: Run) -> Iterator[tuple[Unread, bytes]]:
    only = run.journal.failed_files() if run.options.retry_failed else None
    for root in roots:
        listed = list_files(root, run.options.patterns.get(root.name))
        wanted = (file for file in listed if only is None or file.key in only)
        while files := list(islice(wanted, FILES_LOOKED_UP)):
            yield from _unread_among(files, run)


def _unread_among(files: Sequence[SeedFile | Refused], run: Run) -> Iterator[tuple[Unread, bytes]]:
    again = run.options.force or run.options.retry_failed
    known = {} if again else run.journal.files([file.key for file in files])
    unchanged: list[FileRecord] = []
    for file in files:
        if isinstance(file, IngestError):
            _count(run)
            run.refuse(file.key, file)
        elif (record := known.get(file.key)) and record.state == _state(file, run):
            unchanged.append(record)
        else:
            yield from _unread_of(file, run)
    _count_unchanged(unchanged, run)


def _count(run: Run, number: int = 1) -> None:
    run.report.seen += number
    run.progress("reading", run.report.seen, None)


def _state(file: SeedFile, run: Run) -> str:
    """Equal as long as nothing shows that file, declarations or pipeline changed."""
    said = mark_of(file.said, file.rows) if file.said != _NOTHING_SAID or file.rows else ""
    shown = [f"{one.size} {one.modified} {one.changed} {one.inode}" for one in file.states]
    return " ".join([run.basis, said, *shown])


def _count_unchanged(files: Sequence[FileRecord], run: Run) -> None:
    """What is as it was by size and times is counted without being opened."""
    run.journal.meet_again([file.key for file in files])
    for file in files:
        run.report.unchanged += file.documents
        run.report.bytes += file.bytes
        run.report.withheld += sum(problem.stage == "withheld" for problem in file.problems)
        run.report.problems.extend(file.problems)
    _count(run, sum(file.documents + len(file.problems) for file in files))


def _unread_of(file: SeedFile, run: Run) -> Iterator[tuple[Unread, bytes]]:
    settled = all(max(one.modified, one.changed) + CLOCK_TICK < time.time_ns() for one in file.states)
    size = 0
    readable = True
    for found, refused in read_file(file):
        _count(run)
        run.report.refused.extend((found.key, reason) for reason in refused)
        if isinstance(found, IngestError):
            readable = readable and found.key != file.key
            run.refuse(file.key, found)
            continue
        size += len(found.data)
        unread = _examine(found, file.key, run)
        if unread is not None:
            yield unread, pack_raw(found, data=True)
    # What could not be read may be readable the next time without having changed.
    state = _state(file, run) if settled and readable else ""
    run.report.bytes += size
    run.journal.meet(file.key, state, size)


def _examine(raw: RawFile, file: str, run: Run) -> Unread | None:
    """The source as one to be parsed; None where it is refused, unchanged, or parsed already."""
    if not run.journal.see(raw.key):
        run.refuse(file, IngestError(f"{raw.key} (again)", "read", "stands twice: another file or record has this key already"))
        return None
    document = document_id(raw.key)
    url = raw.declared.get("url")
    asked = run.options.clean_text, run.knowledge.votes
    stamp = mark_of(raw.sha256, raw.declared, raw.values, raw.retrieved, *asked)
    known = run.journal.source(raw.key)
    same = known is not None and (known.stamp, known.pipeline) == (stamp, run.knowledge.fingerprint)
    unchanged = same and not run.options.force
    withheld = run.knowledge.withheld.of(document=document, sha256=raw.sha256, url=url.value if url else None)
    if withheld is None and unchanged:
        withheld = run.listed.get(document)
    if withheld is not None:
        run.report.withheld += 1
        run.refuse(file, IngestError(raw.key, "withheld", withheld_because(withheld), skipped=True))
        return None
    if unchanged:
        run.report.unchanged += 1
        return None
    if run.journal.has_page(raw.key, stamp, PARSER) and not run.options.force:
        run.journal.plan(raw.key, file)
        return None
    return Unread(raw.key, file, stamp, pack_raw(raw, data=False))


_PAGES = msgspec.msgpack.Decoder(Pages)


def _spool(done: Done[_Batch], run: Run) -> int:
    """Keep the pages of a batch, and give how many they are."""
    answer = _PAGES.decode(done.answer)
    for stage, seconds in answer.seconds.items():
        run.report.stages[stage] += seconds
    spooled = 0
    for unread, result in resulting(done.batch, answer.results, done.culprits):
        if isinstance(result, Refusal):
            run.report.withheld += result.stage == "withheld"
            run.refuse(unread.file, IngestError(unread.key, result.stage, result.reason, skipped=result.skipped))
            continue
        run.journal.plan(unread.key, unread.file)
        if not run.options.dry_run:
            run.journal.spool(_spooled(unread, result), PARSER)
            spooled += 1
    return spooled


def _spooled(unread: Unread, parsed: Parsed) -> Spooled:
    place = place_of(unread.key, parsed.site)
    return Spooled(
        unread.key, unread.file, unread.stamp, unread.raw, parsed.page, parsed.size,
        place=place, rank=rank_of(unread.key), lines=parsed.lines,
    )  # fmt: skip
