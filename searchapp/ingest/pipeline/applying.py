"""How do changed records reach the index without an ingest? Only what they may concern is recognised again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from searchapp.analysis import analyze
from searchapp.authority import name_key, with_prefixes
from searchapp.engine.base import Engine, Writer
from searchapp.errors import ConfigError
from searchapp.ingest.actors import FACET as ACTOR
from searchapp.ingest.journal import SourceRecord
from searchapp.ingest.pipeline.assemble import Knowledge
from searchapp.ingest.pipeline.indexing import COMMIT_DOCUMENTS, Unpublished, publish
from searchapp.ingest.pipeline.ingesting import finish, running, silent
from searchapp.ingest.pipeline.known_records import (
    Changes,
    KnownRecords,
    changes_between,
    differences_between,
    known_records,
)
from searchapp.ingest.pipeline.renewing import renew
from searchapp.ingest.pipeline.report import IngestReport
from searchapp.ingest.pipeline.run import Options, Progress, Run, mark_of
from searchapp.model import Filter, SearchQuery

ROWS_AT_ONCE = 10_000
VALUES_AT_ONCE = 50
NAMES_AT_MOST = 2_000
"""Where more names changed, looking for them takes longer than looking into every document."""


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
    concerned = _concerned(run, states, now, records)
    if concerned:
        differences = {name: differences_between(state, now) for name, state in states.items()}
        waiting = renew(run, [records[name] for name in concerned], differences)
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
    """The ids of the documents that may say something else now: all where places changed."""
    found: set[str] = set()
    with run.timed("search"):
        for pipeline, state in states.items():
            of_state = {name for name, record in records.items() if record.pipeline == pipeline}
            changes = changes_between(state, now)
            if state.places != now.places or len(changes.names) > NAMES_AT_MOST:
                found |= of_state
            else:
                values = (*changes.actors, *_declared_names(run, changes))
                found |= of_state & {document for query in _queries(values, changes.names) for document in _found(run, query)}
    return sorted(found)


def _declared_names(run: Run, changes: Changes) -> Iterator[str]:
    """The values of the facet that were declared, were no record's, and have one of the names."""
    keys = set(map(name_key, changes.names))
    if not keys:
        return
    offset = 0
    while rows := run.engine.facet(ACTOR, SearchQuery(dupes="show"), offset=offset, limit=ROWS_AT_ONCE).values:
        yield from (row.value.id for row in rows if name_key(row.value.id) in keys)
        offset += len(rows)


def _queries(values: Sequence[str], names: Sequence[str]) -> Iterator[SearchQuery]:
    """Questions that find every document that carries one of the values or holds one of the names."""
    for start in range(0, len(values), VALUES_AT_ONCE):
        chosen = tuple(values[start : start + VALUES_AT_ONCE])
        yield SearchQuery(filters=(Filter(ACTOR, chosen, combine="or"),), discovered=True, dupes="show", sort="-added")
    for name in names:
        forms = analyze(name, None).forms
        if forms:
            text = " OR ".join(f'"{" ".join((first, *forms[1:]))}"' for first in with_prefixes(forms[0]))
            yield SearchQuery(text=text, dupes="show", sort="-added")


def _found(run: Run, query: SearchQuery) -> Iterator[str]:
    return (hit.id for hit in run.engine.iterate(query))
