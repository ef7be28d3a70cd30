"""`searchapp ingest` and `searchapp upgrade`: make the index hold what lies in these folders now, by today's rules."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from searchapp.cli.options import Command, index_options, json_option, lock_option, memory_of, settings_of
from searchapp.cli.progress import shown_progress
from searchapp.cli.reporting import tell_report
from searchapp.config import Settings
from searchapp.engine import open_engine
from searchapp.engine.base import Engine
from searchapp.ingest.pipeline import (
    IngestReport,
    Knowledge,
    Options,
    PathPattern,
    Progress,
    Root,
    available_jobs,
    available_memory,
    keep_pattern,
    read_patterns,
    roots_of,
)
from searchapp.ingest.pipeline import ingest as run_ingest
from searchapp.ingest.pipeline import upgrade as run_upgrade


def run_options(command: Command) -> Command:
    """The options of a command that makes documents."""
    for option in (
        index_options,
        json_option,
        lock_option,
        click.option(
            "--jobs", type=click.IntRange(1, 64), default=available_jobs, show_default="one a core",
            help="Processes that work at the same time.",
        ),
        click.option(
            "--memory", type=memory_of, metavar="SIZE", default=available_memory, show_default="half of the machine's",
            help="Memory to fill with what is indexed and merged, as 512M or 2G; a process needs 200M besides.",
        ),
        click.option("--force", is_flag=True, help="Make unchanged documents anew too."),
        click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing."),
    ):  # fmt: skip
        command = option(command)
    return command


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--root", "named", multiple=True, metavar="NAME=PATH", help="A folder or file under another name.")
@click.option("--path", "pattern", metavar="PATTERN", help="What paths say, as {outlet}/{date:%Y/%m/%d}/{name}.")
@click.option("--prune-missing", type=click.Choice(["yes", "no"]), default="yes", show_default=True,
              help="Remove documents whose file is gone.")  # fmt: skip
@click.option("--replace-root", is_flag=True, help="Put a root in the place of another one of its name.")
@click.option("--retry-failed", is_flag=True, help="Read nothing but the files that failed before.")
@click.option("--clean-text", is_flag=True, help="Clean the `text` of records too.")
@run_options
def ingest(
    paths: tuple[Path, ...], named: tuple[str, ...], pattern: str | None, prune_missing: str, replace_root: bool,
    retry_failed: bool, clean_text: bool, dry_run: bool, force: bool, jobs: int, memory: int, lock_timeout: float,
    as_json: bool, index: Path | None, archive: Path | None,
) -> None:  # fmt: skip
    """Read files, clean them, and put them into the index.

    Reads .txt, .html, .jsonl and .warc, each also .gz, and folders of them. What lies under a PATH now is what the
    index holds of it afterwards; documents of other roots stay. An interrupted run is simply run again.
    """
    settings = settings_of(index, archive)
    roots = roots_of(paths, named)
    if not roots:
        raise click.UsageError("Name at least one folder or file to ingest.")
    options = Options(
        prune_missing=prune_missing == "yes", replace_root=replace_root, retry_failed=retry_failed, force=force,
        clean_text=clean_text, dry_run=dry_run, jobs=jobs, memory=memory, lock_timeout=lock_timeout,
        patterns=_patterns(pattern, roots, settings, keep=not dry_run),
    )  # fmt: skip

    def work(engine: Engine, knowledge: Knowledge, journal: Path | None, progress: Progress) -> IngestReport:
        return run_ingest(roots, engine, knowledge, options, journal=journal, progress=progress)

    _run(work, settings, as_json=as_json, dry_run=dry_run)


@click.command()
@run_options
def upgrade(
    dry_run: bool, force: bool, jobs: int, memory: int, lock_timeout: float, as_json: bool,
    index: Path | None, archive: Path | None,
) -> None:  # fmt: skip
    """Make the documents anew by the present rules, models and lists, without reading their files again.

    Works on the pages that the journal keeps; documents that these rules had made already stay.
    """
    options = Options(force=force, dry_run=dry_run, jobs=jobs, memory=memory, lock_timeout=lock_timeout)

    def work(engine: Engine, knowledge: Knowledge, journal: Path | None, progress: Progress) -> IngestReport:
        return run_upgrade(engine, knowledge, options, journal=journal, progress=progress)

    _run(work, settings_of(index, archive), as_json=as_json, dry_run=dry_run)


_Work = Callable[[Engine, Knowledge, Path | None, Progress], IngestReport]


def _run(work: _Work, settings: Settings, *, as_json: bool, dry_run: bool) -> None:
    """Do the work with an engine that is closed afterwards, and end with what its report says."""
    engine = open_engine(settings)
    journal = settings.journal if settings.engine == "whoosh" else None
    try:
        with shown_progress(as_json=as_json) as progress:
            report = work(engine, Knowledge.load(settings, engine.facets), journal, progress)
    finally:
        engine.close()
    tell_report(report, as_json=as_json, dry_run=dry_run)
    sys.exit(1 if report.failed else 0)


def _patterns(
    text: str | None, roots: tuple[Root, ...], settings: Settings, *, keep: bool
) -> dict[str, PathPattern]:
    patterns = dict(read_patterns(settings.archive))
    if text is not None:
        given = PathPattern.compile(text)
        patterns.update((root.name, given) for root in roots)
        if keep and settings.archive is not None:
            for root in roots:
                keep_pattern(settings.archive, root.name, given)
    return patterns
