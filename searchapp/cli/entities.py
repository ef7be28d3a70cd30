"""`searchapp entities`: look through names that nobody knows yet, and let changed records reach the index."""

from __future__ import annotations

from pathlib import Path

import click

from searchapp.authority import Authority, enter
from searchapp.cli.options import index_options, json_option, lock_option, settings_of
from searchapp.cli.progress import shown_progress
from searchapp.cli.reporting import tell_report
from searchapp.config import Settings
from searchapp.engine import open_engine
from searchapp.errors import CannotWrite, ConfigError
from searchapp.ingest.pipeline import (
    Knowledge,
    Options,
    apply_records,
    available_jobs,
    available_memory,
    shipped_records,
)
from searchapp.reports.candidates import candidates, decisions_in, table_of


@click.group()
def entities() -> None:
    """Look after the archive's records of actors, places and outlets."""


@entities.command()
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the table to this file.")
@click.option("--min", "least", type=click.IntRange(1), default=2, show_default=True, help="Documents that name it.")
@click.option("--limit", "most", type=click.IntRange(1, 100_000), default=200, show_default=True)
@index_options
def review(out: Path | None, least: int, most: int, index: Path | None, archive: Path | None) -> None:
    """List discovered names, the most frequent first, with sample lines, as CSV to edit.

    Write accept, merge, reject or nothing into `decision`; correct `name` and `type`; for merge name a record in `into`;
    `aliases` are further spellings, with ; between. Hand it back with `searchapp entities apply FILE`.
    """
    settings = settings_of(index, archive)
    authority = Authority.read(settings.archive, shipped_records())
    engine = open_engine(settings)
    try:
        table = table_of(candidates(engine, authority, least=least, most=most))
    finally:
        engine.close()
    if out is None:
        click.echo(table, nl=False)
        return
    try:
        # Spreadsheets take a table for UTF-8 only with this mark.
        out.write_text(table, encoding="utf-8-sig", newline="")
    except OSError as error:
        raise CannotWrite(f"{out}: {error.strerror}") from error


@entities.command()
@click.argument("decisions", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False, metavar="[FILE]")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
@lock_option
@json_option
@index_options
def apply(
    decisions: Path | None, dry_run: bool, lock_timeout: float, as_json: bool, index: Path | None, archive: Path | None
) -> None:
    """Let changed records reach the index, without an ingest.

    With a FILE of `review`, its decisions are first entered into the archive's actors/reviewed.yaml and
    rejected_names.yaml. The documents that changed records may concern are found by searching, actors and places are
    recognised in their stored texts again, and a generation is published that counts as a fresh ingest would.
    """
    settings = settings_of(index, archive)
    if decisions is not None and not dry_run:
        enter(decisions_in(decisions), _archive_of(settings), shipped_records())
    engine = open_engine(settings)
    journal = settings.journal if settings.engine == "whoosh" else None
    options = Options(
        dry_run=dry_run, lock_timeout=lock_timeout, jobs=available_jobs(), memory=available_memory()
    )  # fmt: skip
    try:
        with shown_progress(as_json=as_json) as progress:
            knowledge = Knowledge.load(settings, engine.facets)
            report = apply_records(engine, knowledge, options, journal=journal, progress=progress)
    finally:
        engine.close()
    tell_report(report, as_json=as_json, dry_run=dry_run)


def _archive_of(settings: Settings) -> Path:
    if settings.archive is None:
        raise ConfigError(
            "Name the folder of the archive's own lists, with --archive or SEARCHAPP_ARCHIVE: decisions are entered there."
        )
    return settings.archive
