"""How are stored documents recognised again in child processes? Those that say something else become parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from searchapp.engine.base import Builder, Engine
from searchapp.ingest.actors import load_actor_names
from searchapp.ingest.journal import SourceRecord
from searchapp.ingest.pipeline.again import Values, recognised_again
from searchapp.ingest.pipeline.assemble import Knowledge
from searchapp.ingest.pipeline.indexing import COMMIT_DOCUMENTS, LARGEST_PART, Unpublished, publish, refuse
from searchapp.ingest.pipeline.known_records import Differences
from searchapp.ingest.pipeline.run import Run
from searchapp.ingest.pipeline.tasks import Begin, Clock, Refusal, resulting
from searchapp.ingest.workers import Done, Task, Workers
from searchapp.model import Document, RawFile

SMALLEST_PART = 100
"""Documents; fewer are recognised sooner than a second process has begun."""


class Stored(msgspec.Struct, frozen=True, array_like=True):
    """A document as it is indexed, its declared values, what may differ in it, the folder it goes to if it does."""

    document: Document
    values: Values | None
    differences: Differences
    part: str | None


class Renewed(msgspec.Struct, frozen=True):
    """The answer to a batch: which of the documents say something else now; CPU seconds by stage."""

    results: list[bool]
    seconds: dict[str, float]


@dataclass(frozen=True, slots=True)
class Batch:
    """Sources whose documents are recognised again together; no folder where nothing is to be written."""

    folder: Path | None
    records: Sequence[SourceRecord]


_RENEWED = msgspec.msgpack.Decoder(Renewed)
_RAW = msgspec.msgpack.Decoder(RawFile)


def renew(run: Run, records: Sequence[SourceRecord], differences: Mapping[str, Differences]) -> Unpublished:
    """Recognise the documents of these sources again; gives what is left to be published.

    `differences` are what the present records may change, by the pipeline that made a document.
    """
    waiting = Unpublished()
    load_actor_names(run.knowledge.authority)
    size = min(LARGEST_PART, max(SMALLEST_PART, -(-len(records) // run.options.jobs)))
    passed = 0

    def watch(begun: int) -> None:
        run.progress("indexing", passed + begun, len(records))

    task = renewing(run.engine, run.knowledge, run.report.run)
    with Workers(task, jobs=run.options.jobs, watch=watch) as workers:
        for done in workers.run(_batches(run, records, differences, size=size)):
            _take(done, run, waiting)
            passed += len(done.batch.records)
            if run.writer is not None and len(waiting.records) + size > COMMIT_DOCUMENTS:
                publish(run, run.writer, waiting)
                waiting = Unpublished()
    return waiting


def renewing(engine: Engine, knowledge: Knowledge, run: str) -> Task:
    """Recognises packed `Stored` documents again, puts those that differ into their part, and answers with `Renewed`."""
    decoder = msgspec.msgpack.Decoder(Stored)

    def work(items: Sequence[bytes], begin: Begin) -> bytes:
        clock = Clock()
        results: list[bool] = []
        builder: Builder | None = None
        for position, item in enumerate(items):
            begin(position)
            stored = decoder.decode(item)
            with clock("recognise"):
                again = recognised_again(stored.document, stored.values, knowledge, differences=stored.differences)
                results.append(again != stored.document)
            if results[-1] and stored.part is not None:
                builder = builder or engine.builder(Path(stored.part))
                with clock("index"):
                    builder.add(replace(again, last_changed=run))
        begin(None)
        if builder is not None:
            with clock("index"):
                builder.finish()
        return msgspec.msgpack.encode(Renewed(results, clock.seconds))

    return work


def _batches(
    run: Run, records: Sequence[SourceRecord], differences: Mapping[str, Differences], *, size: int
) -> Iterator[tuple[Batch, Sequence[bytes]]]:
    for start in range(0, len(records), size):
        folder = None if run.writer is None else run.writer.part()
        part = None if folder is None else str(folder)
        chosen: list[SourceRecord] = []
        items: list[bytes] = []
        for record in records[start : start + size]:
            document = run.engine.get(record.document)
            if document is not None:
                stored = Stored(document, _values(run, record), differences[record.pipeline], part)
                chosen.append(record)
                items.append(msgspec.msgpack.encode(stored))
        yield Batch(folder, chosen), items


def _values(run: Run, record: SourceRecord) -> Values | None:
    packed = run.journal.raw(record.key)
    return None if packed is None else _RAW.decode(packed).values


def _take(done: Done[Batch], run: Run, waiting: Unpublished) -> None:
    answer = _RENEWED.decode(done.answer)
    for stage, seconds in answer.seconds.items():
        run.report.stages[stage] += seconds
    changed: list[SourceRecord] = []
    for record, result in resulting(done.batch.records, answer.results, done.culprits):
        if isinstance(result, Refusal):
            refuse(record, result, run)
        elif result:
            changed.append(replace(record, pipeline=run.knowledge.fingerprint, run=run.report.run))
    run.report.indexed += len(changed)
    waiting.records += changed
    if changed and run.writer is not None and done.batch.folder is not None:
        with run.timed("publish"):
            run.writer.adopt(done.batch.folder)
