"""Planned pages become documents: child processes build parts of the index, and the one writer adopts them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from searchapp.engine.base import Writer
from searchapp.errors import IngestError
from searchapp.ingest.journal import SourceRecord, Spooled
from searchapp.ingest.pipeline.run import Options, Run
from searchapp.ingest.pipeline.tasks import Documents, Made, Ready, Refusal, making, resulting
from searchapp.ingest.workers import Done, Workers
from searchapp.model import Fingerprint

COMMIT_DOCUMENTS = 5_000
COMMIT_CHARACTERS = 64 * 2**20
LARGEST_PART = 2_500
SMALLEST_PART = 250
"""Documents; a smaller part is not worth a process of its own."""

PART_BYTES = 64 * 2**20
"""Of pages."""

MEMORY_FOR_PAGES = 12
"""Bytes of memory that a process needs for each byte of the pages that it indexes."""

_DOCUMENTS = msgspec.msgpack.Decoder(Documents)


@dataclass(frozen=True, slots=True)
class Part:
    """A folder to be built, of these sources."""

    folder: Path
    pages: list[Spooled]


@dataclass(slots=True)
class Unpublished:
    """What the writer was given since the last commit."""

    records: list[SourceRecord] = field(default_factory=list)
    fingerprints: list[Fingerprint] = field(default_factory=list)
    characters: int = 0


def index(run: Run, writer: Writer) -> Unpublished:
    """Pass B: all planned pages become documents; gives what is left for the settled commit to publish."""
    waiting = Unpublished()
    planned = run.journal.planned()
    if not planned:
        return waiting
    with run.timed("load"):
        run.knowledge.warm()
    size = max(SMALLEST_PART, min(LARGEST_PART, -(-planned // run.options.jobs)))
    passed = 0

    def watch(begun: int) -> None:
        run.progress("indexing", passed + begun, planned)

    with Workers(making(run.engine, run.knowledge), jobs=run.options.jobs, watch=watch) as workers:
        for done in workers.run(_parts(run, writer, size)):
            _take(done, run, writer, waiting)
            passed += len(done.batch.pages)
            if len(waiting.records) + size > COMMIT_DOCUMENTS or waiting.characters >= COMMIT_CHARACTERS:
                publish(run, writer, waiting)
                waiting = Unpublished()
    return waiting


def publish(run: Run, writer: Writer, waiting: Unpublished, *, settled: bool = False, quick: bool = False) -> int:
    """Commit what the writer was given, and only then mark it as indexed."""
    with run.timed("publish"):
        generation = writer.commit(settled=settled, quick=quick)
        run.journal.mark(waiting.records, waiting.fingerprints)
        run.journal.keep()
    run.progress("committed", generation, len(waiting.records))
    return generation


def _parts(run: Run, writer: Writer, size: int) -> Iterator[tuple[Part, Sequence[bytes]]]:
    pages: list[Spooled] = []
    volume, most = 0, _part_bytes(run.options)
    for page in run.journal.planned_pages():
        pages.append(page)
        volume += page.size
        if len(pages) >= size or volume >= most:
            yield _part(pages, run, writer)
            pages, volume = [], 0
    if pages:
        yield _part(pages, run, writer)


def _part_bytes(options: Options) -> int:
    """How many bytes of pages a part may have: all processes together have half of the memory."""
    if options.memory is None:
        return PART_BYTES
    return min(PART_BYTES, options.memory // (2 * options.jobs * MEMORY_FOR_PAGES))


def _part(pages: list[Spooled], run: Run, writer: Writer) -> tuple[Part, Sequence[bytes]]:
    part = Part(writer.part(), pages)
    return part, [msgspec.msgpack.encode(_ready(page, part.folder, run)) for page in pages]


def _ready(page: Spooled, folder: Path, run: Run) -> Ready:
    held = run.held.get(page.key)
    first_indexed = held.first_indexed if held else run.report.run
    told = run.journal.lessons.told(page.key)
    return Ready(str(folder), page.raw, page.page, told, first_indexed, run.report.run)


def _take(done: Done[Part], run: Run, writer: Writer, waiting: Unpublished) -> None:
    answer = _DOCUMENTS.decode(done.answer)
    for stage, seconds in answer.seconds.items():
        run.report.stages[stage] += seconds
    before = len(waiting.records)
    for page, result in resulting(done.batch.pages, answer.results, done.culprits):
        if isinstance(result, Refusal):
            refuse(page, result, run)
        else:
            _note(page, result, run, waiting)
    if len(waiting.records) > before:
        with run.timed("publish"):
            writer.adopt(done.batch.folder)


def refuse(source: Spooled | SourceRecord, result: Refusal, run: Run) -> None:
    """What became no document is none any longer, where it was one."""
    run.refuse(source.file, IngestError(source.key, result.stage, result.reason, skipped=result.skipped))
    run.report.withheld += result.stage == "withheld"
    held = run.held.get(source.key)
    if held is not None and run.writer is not None:
        run.writer.delete(held.id)
        run.journal.forget({source.key: held.id})
        run.report.removed += 1


def _note(page: Spooled, made: Made, run: Run, waiting: Unpublished) -> None:
    if page.key in run.again:
        run.report.cleaned_again += 1
    else:
        run.report.indexed += 1
    run.report.undeclared.update(made.undeclared)
    waiting.records.append(
        SourceRecord(
            page.key, page.file, made.document, page.stamp, run.knowledge.fingerprint, made.sha256, run.report.run
        )
    )
    waiting.fingerprints.append(made.fingerprint)
    waiting.characters += made.characters
