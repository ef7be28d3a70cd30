"""In which order do the stages run? Read and parse all, then make documents, then find the copies among them."""

from __future__ import annotations

import datetime
import hashlib
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from searchapp.engine.base import Engine, Writer
from searchapp.errors import IndexNotReady, IngestError, UsageError
from searchapp.ingest.duplicates import clusters, fingerprint
from searchapp.ingest.journal import Journal, SourceRecord
from searchapp.ingest.parse import parse
from searchapp.ingest.pipeline.assemble import Knowledge, document_of
from searchapp.ingest.pipeline.report import IngestReport
from searchapp.ingest.seeds import PathPattern, Root, iter_raw
from searchapp.model import Document, Fingerprint, Page, RawFile, SourceStamp

BATCH_DOCUMENTS = 5_000
BATCH_BYTES = 64 * 2**20
MAX_SHARED_LINE = 200
"""Furniture is short: longer lines are no evidence of a site's template."""

Progress = Callable[[str, int, int | None], None]
"""Called with the pass ("reading", "indexing"), how many are done, and of how many where that is known."""


@dataclass(frozen=True, slots=True)
class Options:
    """How an ingest treats what it finds; `patterns` are path patterns by root name."""

    prune_missing: bool = True
    replace_root: bool = False
    force: bool = False
    clean_text: bool = False
    lock_timeout: float = 30.0
    patterns: Mapping[str, PathPattern] = field(default_factory=dict)


@dataclass(slots=True)
class _Run:
    """The state of one run while it goes on."""

    engine: Engine
    writer: Writer
    journal: Journal
    knowledge: Knowledge
    options: Options
    report: IngestReport
    progress: Progress
    held: Mapping[str, SourceStamp]
    known: dict[str, SourceRecord]
    stamps: dict[str, tuple[str, str]] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)


def ingest(
    roots: Iterable[Root], engine: Engine, knowledge: Knowledge, options: Options,
    *, journal: Path | None, progress: Progress = lambda stage, done, total: None,
) -> IngestReport:  # fmt: skip
    """Make the index hold what lies under the roots now, and give an account of it.

    UsageError where a root shares no key with what the index holds under its name; nothing is changed then.
    """
    started = time.monotonic()
    report = IngestReport(run=_now())
    with engine.writer(run=report.run, lock_timeout=options.lock_timeout) as writer, Journal(journal) as memory:
        held, settled = _held(engine)
        run = _Run(engine, writer, memory, knowledge, options, report, progress, held, _reconciled(held, memory))
        roots = tuple(roots)
        for root in roots:
            _read(root, run)
        _remove_missing(roots, run)
        _rebuild_fingerprints(roots, run)
        _index(run)
        report.generation = _settle(run, already=settled)
    report.seconds = time.monotonic() - started
    return report


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _held(engine: Engine) -> tuple[Mapping[str, SourceStamp], bool]:
    """What is indexed, by source key, and whether its last run was finished."""
    try:
        return engine.sources(), engine.info().settled
    except IndexNotReady:
        return {}, False


def _reconciled(held: Mapping[str, SourceStamp], journal: Journal) -> dict[str, SourceRecord]:
    """What journal and engine agree on; what only the journal believes (after a crash or a rollback) is forgotten."""
    known: dict[str, SourceRecord] = {}
    stale: dict[str, str] = {}
    for key, record in journal.sources().items():
        stamp = held.get(key)
        if stamp and (stamp.id, stamp.sha256, stamp.last_changed) == (record.document, record.sha256, record.run):
            known[key] = record
        else:
            stale[key] = record.document
    journal.forget(stale)
    return known


def _read(root: Root, run: _Run) -> None:
    """Pass A for one root: what is new or changed is parsed and spooled."""
    for raw, refused in iter_raw(root, run.options.patterns.get(root.name)):
        run.report.seen += 1
        run.progress("reading", run.report.seen, None)
        run.report.refused.extend((raw.key, reason) for reason in refused)
        run.keys.add(raw.key)
        if isinstance(raw, IngestError):
            run.report.problems.append(raw)
            continue
        run.report.bytes += len(raw.data)
        try:
            _read_one(raw, run)
        except IngestError as problem:
            run.report.problems.append(problem)


def _read_one(raw: RawFile, run: _Run) -> None:
    sha256 = hashlib.sha256(raw.data).hexdigest()
    stamp = _stamp(raw, sha256, run)
    known = run.known.get(raw.key)
    if known and known.stamp == stamp and not run.options.force:
        run.report.unchanged += 1
        return
    page = parse(raw)
    if run.options.clean_text and not page.clean:
        page = replace(page, clean=True)
    run.journal.spool(raw, page, run.report.run, _shared_lines(page))
    run.stamps[raw.key] = (sha256, stamp)


def _stamp(raw: RawFile, sha256: str, run: _Run) -> str:
    """Equal as long as content, declarations and everything that the pipeline knows are equal."""
    said = msgspec.json.encode((sha256, raw.declared, raw.values, run.options.clean_text), order="deterministic")
    return hashlib.sha256(said + run.knowledge.fingerprint.encode()).hexdigest()[:32]


def _shared_lines(page: Page) -> Iterable[str]:
    return {block.text for block in page.blocks if len(block.text) <= MAX_SHARED_LINE} if page.clean else ()


def _remove_missing(roots: tuple[Root, ...], run: _Run) -> None:
    """Delete what lay under the roots and does so no longer, and what can no longer be read."""
    failed = {problem.key for problem in run.report.problems}
    gone = {key: run.held[key].id for key in run.keys & failed if key in run.held}
    for root in roots:
        under = {key for key in run.held if root.owns(key)}
        if under and not under & run.keys and not run.options.replace_root:
            raise UsageError(
                f"{root.path} shares no file with the {len(under)} documents that the index holds as {root.name!r}. "
                f"To add it beside them: --root NAME={root.path}. To put it in their place: --replace-root."
            )
        if run.options.prune_missing:
            gone.update((key, run.held[key].id) for key in under - run.keys)
    _delete(gone, run)


def _delete(gone: Mapping[str, str], run: _Run) -> None:
    for document in gone.values():
        run.writer.delete(document)
    run.journal.forget(gone)
    run.report.removed += len(gone)


def _rebuild_fingerprints(roots: tuple[Root, ...], run: _Run) -> None:
    """After a lost journal: what other roots brought is fingerprinted again from what the engine stores."""
    have = {one.document for one in run.journal.fingerprints()}
    others = (key for key in run.held if not any(root.owns(key) for root in roots))
    for key in (key for key in others if run.held[key].id not in have):
        document = run.engine.get(run.held[key].id)
        if document is not None:
            run.journal.mark((), (_fingerprint(document),))


def _index(run: _Run) -> None:
    """Pass B: spooled pages become documents; every full batch is published before its sources are marked."""
    records: list[SourceRecord] = []
    fingerprints: list[Fingerprint] = []
    size = 0
    for raw, page in run.journal.spooled(run.stamps):
        try:
            document = _document(raw, page, run)
        except IngestError as problem:
            run.report.problems.append(problem)
            _delete({raw.key: run.held[raw.key].id} if raw.key in run.held else {}, run)
            continue
        run.writer.add(document)
        run.report.indexed += 1
        run.progress("indexing", run.report.indexed, len(run.stamps))
        records.append(SourceRecord(raw.key, document.id, run.stamps[raw.key][1], document.sha256, run.report.run))
        fingerprints.append(_fingerprint(document))
        size += len(document.text)
        if len(records) >= BATCH_DOCUMENTS or size >= BATCH_BYTES:
            run.writer.commit()
            _mark(run, records, fingerprints)
            records, fingerprints, size = [], [], 0
    # The rest is published by the settled commit; until then it is only fingerprinted.
    run.journal.mark((), fingerprints)
    run.known = {record.key: record for record in records}


def _mark(run: _Run, records: list[SourceRecord], fingerprints: list[Fingerprint]) -> None:
    run.journal.mark(records, fingerprints)
    run.journal.keep()


def _document(raw: RawFile, page: Page, run: _Run) -> Document:
    held = run.held.get(raw.key)
    made = document_of(raw, page, run.knowledge, run.report.undeclared)
    return replace(
        made,
        sha256=run.stamps[raw.key][0],
        first_indexed=held.first_indexed if held else run.report.run,
        last_changed=run.report.run,
    )


def _fingerprint(document: Document) -> Fingerprint:
    return fingerprint(document.id, document.title.value or "", document.text)


def _settle(run: _Run, *, already: bool) -> int:
    """Pass C: say which documents are copies, and publish what makes the run whole."""
    if already and not run.report.changes:
        return run.engine.info().generation
    known = [one.document for one in run.journal.fingerprints()]
    found = clusters(run.journal.fingerprints())
    run.writer.assign({document: found.get(document) for document in known})
    generation = run.writer.commit(settled=True)
    run.journal.mark(run.known.values(), ())
    return generation
