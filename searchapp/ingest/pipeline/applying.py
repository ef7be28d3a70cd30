"""How do changed records reach the index without an ingest? Only what they may concern is recognised again."""

from __future__ import annotations

from pathlib import Path

from searchapp.engine.base import Engine, Writer
from searchapp.errors import ConfigError
from searchapp.ingest.journal import SourceRecord
from searchapp.ingest.pipeline.assemble import Knowledge
from searchapp.ingest.pipeline.concerned import concerned
from searchapp.ingest.pipeline.indexing import COMMIT_DOCUMENTS, Unpublished, publish
from searchapp.ingest.pipeline.ingesting import finish, running, silent
from searchapp.ingest.pipeline.known_records import KnownRecords, differences_between, known_records
from searchapp.ingest.pipeline.renewing import renew
from searchapp.ingest.pipeline.report import IngestReport
from searchapp.ingest.pipeline.run import Options, Progress, Run, mark_of


def apply_records(
    engine: Engine, knowledge: Knowledge, options: Options, *, journal: Path | None, progress: Progress = silent
) -> IngestReport:
    """Make the index say what a fresh ingest with the present records would say; no source is read or cleaned.

    Where records of outlets changed, documents are made anew of the journal's pages, for pages declare outlets.
    ConfigError where the journal does not know what documents were made with; nothing is changed then.
    """
    with running(engine, knowledge, options, journal, progress) as run:
        now = known_records(knowledge)
        states = _states_before(run, now)
        if any(state.outlets != now.outlets for state in states.values()):
            _plan_pages(run)
            finish(run)
        else:
            _recognise_again(run, states, now)
    return run.report


def _states_before(run: Run, now: KnownRecords) -> dict[str, KnownRecords]:
    """What was known to the pipelines of all indexed sources but the present one."""
    sources = list(run.journal.sources())
    known = run.journal.known()
    pipelines = {one.pipeline for one in sources} - {run.knowledge.fingerprint}
    states = {name: KnownRecords.unpack(known[name]) for name in pipelines if name in known}
    unknown = len(run.held) - sum(one.pipeline in states or one.pipeline == run.knowledge.fingerprint for one in sources)
    if unknown or any(state.rules != now.rules for state in states.values()):
        raise ConfigError(
            "records cannot be applied to documents that other rules, or rules that the journal does not know, have "
            "made. Run `searchapp upgrade`, or `searchapp ingest` with the folders that they came from."
        )
    return states


def _plan_pages(run: Run) -> None:
    pages = run.journal.pages()
    if len(pages) < len(run.held):
        raise ConfigError(
            "outlets.yaml changed, and the journal lacks pages to read outlets from again. Run `searchapp ingest` "
            "with the folders that the documents came from."
        )
    for record in run.journal.sources():
        run.report.seen += 1
        run.journal.plan(record.key, record.file)


def _recognise_again(run: Run, states: dict[str, KnownRecords], now: KnownRecords) -> None:
    records = {one.document: one for one in run.journal.sources() if one.pipeline in states}
    run.report.seen = len(run.held)
    if run.held:
        run.report.generation = run.engine.info().generation
    found = _concerned(run, states, now, records)
    if found:
        differences = {name: differences_between(state, now) for name, state in states.items()}
        waiting = renew(run, [records[name] for name in found], differences)
        if run.writer is not None and run.report.changes:
            run.report.generation = _publish(run, run.writer, waiting)
    run.report.unchanged = run.report.seen - run.report.indexed - len(run.report.problems)
    _take_over(run, states)


def _publish(run: Run, writer: Writer, waiting: Unpublished) -> int:
    # What was removed may leave copies of it behind, which the next ingest will look at.
    settled = run.already and not run.report.removed
    return publish(run, writer, waiting, settled=settled, quick=run.report.changes <= COMMIT_DOCUMENTS)


def _take_over(run: Run, states: dict[str, KnownRecords]) -> None:
    """Note that every document is now what the present pipeline makes, so that the next ingest finds all unchanged."""
    if run.writer is None:
        return
    present, listed = run.knowledge.fingerprint, tuple(run.knowledge.withheld)
    bases = {
        mark_of(old, listed, clean): mark_of(present, listed, clean) for old in states for clean in (False, True)
    }
    run.journal.move(present, bases=bases)
    run.journal.know(present, known_records(run.knowledge).pack())
    run.journal.keep()


def _concerned(
    run: Run, states: dict[str, KnownRecords], now: KnownRecords, records: dict[str, SourceRecord]
) -> list[str]:
    """The ids of the documents that may say something else now."""
    found: set[str] = set()
    with run.timed("search"):
        for pipeline, state in states.items():
            of_state = {name for name, record in records.items() if record.pipeline == pipeline}
            these = concerned(run.engine, state, now, run.knowledge.authority)
            found |= of_state if these is None else of_state & these
    return sorted(found)
