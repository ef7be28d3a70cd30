"""In which order does an ingest work? Read and parse all, then make documents, then find the copies among them."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TypeVar

from searchapp.engine.base import Engine, Writer
from searchapp.errors import ConfigError, UsageError
from searchapp.ingest.duplicates import Overlap, clusters, overlaps, sharing
from searchapp.ingest.journal import Journal, JournalDamaged, drop_set_aside, set_aside
from searchapp.ingest.pipeline.assemble import Knowledge, document_id
from searchapp.ingest.pipeline.indexing import Unpublished, index, publish
from searchapp.ingest.pipeline.known_records import known_records
from searchapp.ingest.pipeline.learning import teach
from searchapp.ingest.pipeline.reading import read
from searchapp.ingest.pipeline.report import IngestReport
from searchapp.ingest.pipeline.run import Options, Progress, Run, held_by, listed_in, mark_of, now, reconcile
from searchapp.ingest.pipeline.tasks import fingerprint_of
from searchapp.ingest.seeds import Root
from searchapp.left_out import LeftOut

T = TypeVar("T")

NAMED_AT_MOST = 5


def silent(stage: str, done: int, total: int | None) -> None:
    """Progress that nobody watches."""


def ingest(
    roots: Iterable[Root], engine: Engine, knowledge: Knowledge, options: Options,
    *, journal: Path | None, progress: Progress = silent,
) -> IngestReport:  # fmt: skip
    """Make the index hold what lies under the roots now, and give an account of it.

    UsageError where a root shares no key with what the index holds under its name; nothing is changed then.
    """
    under = tuple(roots)

    def work() -> IngestReport:
        with running(engine, knowledge, options, journal, progress) as run:
            read(under, run)
            gone = _remove_missing(under, run)
            _rebuild_fingerprints(run, gone)
            finish(run)
            run.journal.mark_files(run.problems)
            if not options.retry_failed:
                run.journal.drop_files(root.name for root in under)
            if journal is not None and run.writer is not None:
                LeftOut.of(run.report.run, run.journal.problems()).write(journal.parent)
        return run.report

    return with_sound_journal(work, journal)


def upgrade(
    engine: Engine, knowledge: Knowledge, options: Options, *, journal: Path | None, progress: Progress = silent
) -> IngestReport:
    """Make the documents anew out of the journal's pages, those that other rules, models or lists had made.

    ConfigError where the journal has no page of a document; nothing is changed then.
    """
    with running(engine, knowledge, options, journal, progress) as run:
        require_pages(run)
        for record in run.journal.sources():
            run.report.seen += 1
            if options.force or record.pipeline != knowledge.fingerprint:
                run.journal.plan(record.key, record.file)
            else:
                run.report.unchanged += 1
        finish(run)
    return run.report


def forget_pages(journal: Path, documents: Collection[str]) -> None:
    """Erase all that the journal knows of the documents with these ids, so that no byte of it is left."""

    def work() -> None:
        with Journal(journal) as memory:
            memory.forget({key: document for key in memory.known_keys() if (document := document_id(key)) in documents})
            memory.copies.drop(documents)
            memory.erase()

    if journal.exists():
        with_sound_journal(work, journal)
    drop_set_aside(journal)


def with_sound_journal(work: Callable[[], T], journal: Path | None) -> T:
    """What the work gives; a damaged journal is set aside first, for nothing but time is lost with it."""
    try:
        return work()
    except JournalDamaged:
        if journal is None:
            raise
        set_aside(journal)
        return work()


@contextmanager
def running(
    engine: Engine, knowledge: Knowledge, options: Options, journal: Path | None, progress: Progress
) -> Iterator[Run]:
    """A run with writer and journal, or with neither written to where it is only tried out."""
    started = time.monotonic()
    report = IngestReport(run=now())
    dry = options.dry_run
    with (
        nullcontext() if dry else _writer(engine, report.run, options) as writer,
        Journal.copy_of(journal) if dry else Journal(journal) as memory,
    ):
        held, already = held_by(engine)
        reconcile(held, memory)
        listed = listed_in(engine, knowledge.withheld)
        basis = mark_of(knowledge.fingerprint, tuple(knowledge.withheld), options.clean_text)
        yield Run(engine, writer, memory, knowledge, options, report, progress, held, already, basis, listed)
    report.seconds = time.monotonic() - started


def _writer(engine: Engine, run: str, options: Options) -> Writer:
    """The writer, which has the half of the memory that the processes beside it leave."""
    memory = options.memory // 2 if options.memory is not None else None
    return engine.writer(run=run, lock_timeout=options.lock_timeout, memory=memory)


def _remove_missing(roots: tuple[Root, ...], run: Run) -> dict[str, str]:
    """Delete what lay under the roots and does so no longer, and what can no longer be read; gives key and id."""
    failed = {problem.key for problem in run.report.problems}
    gone = {key: run.held[key].id for key in failed if key in run.held}
    if not run.options.retry_failed:
        for root in roots:
            gone.update(_missing(root, failed, run))
    if run.writer is not None:
        for document in gone.values():
            run.writer.delete(document)
    run.journal.forget(gone)
    run.report.removed += len(gone)
    return gone


def _missing(root: Root, failed: Collection[str], run: Run) -> dict[str, str]:
    """Key and id of what lay under the root and does so no longer; what is there and cannot be read is not missing."""
    under = [key for key in run.held if root.owns(key)]
    missing = [key for key in run.journal.unseen(under) if key not in failed]
    if under and len(missing) == len(under) and not run.options.replace_root:
        raise UsageError(
            f"{root.path} shares no file with the {len(under)} documents that the index holds as {root.name!r}. "
            f"To add it beside them: --root NAME={root.path}. To put it in their place: --replace-root."
        )
    return {key: run.held[key].id for key in missing} if run.options.prune_missing else {}


def _rebuild_fingerprints(run: Run, gone: Mapping[str, str]) -> None:
    """After a lost journal: what this run does not read is fingerprinted again from what the engine stores."""
    have = run.journal.copies.known()
    without = [key for key, stamp in run.held.items() if stamp.id not in have and key not in gone]
    for key in run.journal.unseen(without):
        document = run.engine.get(run.held[key].id)
        if document is not None:
            run.journal.copies.mark([fingerprint_of(document)])


def require_pages(run: Run) -> None:
    known = run.journal.pages()
    missing = sorted(key for key in run.held if key not in known)
    if missing:
        roots = ", ".join(sorted({key.partition("/")[0].partition("#")[0] for key in missing})[:NAMED_AT_MOST])
        raise ConfigError(
            f"the journal has no page of {len(missing):,} documents, so they cannot be made anew from it. "
            f"Run `searchapp ingest` with the folders that they came from: {roots}."
        )


def finish(run: Run) -> None:
    """Index what is planned, and publish what makes the run whole; or say how much that would be."""
    if run.writer is None:
        run.report.indexed = run.journal.planned()
        return
    run.journal.know(run.knowledge.fingerprint, known_records(run.knowledge).pack())
    waiting = _index_all(run, run.writer)
    run.report.generation = _settle(run, run.writer, waiting)
    run.journal.tidy()


def _index_all(run: Run, writer: Writer) -> Unpublished:
    """Make what is planned, and what is to be cleaned again: once more where something became no document after all,
    for then its lines do not count."""
    while True:
        _plan_again(run)
        refused = len(run.report.problems)
        waiting = index(run, writer)
        if len(run.report.problems) == refused:
            return waiting
        publish(run, writer, waiting)
        run.journal.drop_plan()
        run.journal.lessons.tidy()


def _plan_again(run: Run) -> None:
    """Plan the documents that were cleaned before it was known what their sites repeat."""
    with run.timed("learn"):
        for key, file in teach(run.journal).items():
            if run.journal.plan(key, file):
                run.again.add(key)


def _settle(run: Run, writer: Writer, waiting: Unpublished) -> int:
    """Pass C: say which documents are copies, and publish that with the rest."""
    if run.already and not run.report.changes:
        return run.engine.info().generation
    run.journal.copies.mark(waiting.fingerprints)
    with run.timed("copies"):
        fingerprints = run.journal.copies.fingerprints()
        new = overlaps(fingerprints, run.journal.copies.uncompared())
        run.journal.copies.compared((one.first, one.second, one.of_first, one.of_second) for one in new)
        pairs = [Overlap(*row) for row in run.journal.copies.shared()]
        found = clusters(fingerprints, pairs)
        documents = [one.document for one in fingerprints]
        writer.assign({one: found.get(one) for one in documents}, sharing=sharing(documents, pairs, found))
    return publish(run, writer, waiting, settled=True)
