"""`searchapp ingest`: make the index hold what lies in these folders now."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from searchapp.cli.options import index_options, json_option, print_json, settings_of
from searchapp.config import Settings
from searchapp.engine import open_engine
from searchapp.ingest.pipeline import (
    IngestReport,
    Knowledge,
    Options,
    PathPattern,
    Progress,
    Root,
    keep_pattern,
    read_patterns,
    roots_of,
)
from searchapp.ingest.pipeline import ingest as run_ingest

MAX_PROBLEMS_SHOWN = 50


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--root", "named", multiple=True, metavar="NAME=PATH", help="A folder or file under another name.")
@click.option("--path", "pattern", metavar="PATTERN", help="What paths say, as {outlet}/{date:%Y/%m/%d}/{name}.")
@click.option("--prune-missing", type=click.Choice(["yes", "no"]), default="yes", show_default=True,
              help="Remove documents whose file is gone.")  # fmt: skip
@click.option("--replace-root", is_flag=True, help="Put a root in the place of another one of its name.")
@click.option("--force", is_flag=True, help="Read and index unchanged files again.")
@click.option("--clean-text", is_flag=True, help="Clean the `text` of records too.")
@click.option("--lock-timeout", type=click.FloatRange(min=0), default=30.0, show_default=True,
              help="Seconds to wait for another ingest.")  # fmt: skip
@json_option
@index_options
def ingest(
    paths: tuple[Path, ...], named: tuple[str, ...], pattern: str | None, prune_missing: str, replace_root: bool,
    force: bool, clean_text: bool, lock_timeout: float, as_json: bool, index: Path | None, archive: Path | None,
) -> None:  # fmt: skip
    """Read files, clean them, and put them into the index.

    Reads .txt, .html, .jsonl, each also .gz, and folders of them. What lies under a PATH now is what the index holds
    of it afterwards; documents of other roots stay.
    """
    settings = settings_of(index, archive)
    roots = roots_of(paths, named)
    if not roots:
        raise click.UsageError("Name at least one folder or file to ingest.")
    options = Options(
        prune_missing=prune_missing == "yes", replace_root=replace_root, force=force, clean_text=clean_text,
        lock_timeout=lock_timeout, patterns=_patterns(pattern, roots, settings),
    )  # fmt: skip
    engine = open_engine(settings)
    journal = settings.index / "journal.sqlite" if settings.engine == "whoosh" else None
    try:
        with _progress() as progress:
            knowledge = Knowledge.load(settings, engine.facets)
            report = run_ingest(roots, engine, knowledge, options, journal=journal, progress=progress)
    finally:
        engine.close()
    if as_json:
        print_json(report.plain())
    else:
        _tell(report)
    sys.exit(1 if report.failed else 0)


def _patterns(text: str | None, roots: tuple[Root, ...], settings: Settings) -> dict[str, PathPattern]:
    patterns = dict(read_patterns(settings.archive))
    if text is not None:
        given = PathPattern.compile(text)
        patterns.update((root.name, given) for root in roots)
        if settings.archive is not None:
            for root in roots:
                keep_pattern(settings.archive, root.name, given)
    return patterns


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on a terminal, silence elsewhere."""
    if not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from tqdm import tqdm

    bar = tqdm(unit=" documents", file=sys.stderr, leave=False)

    def show(stage: str, done: int, total: int | None) -> None:
        if bar.desc != f"{stage}: ":
            bar.reset(total)
            bar.set_description(stage)
        bar.update(done - bar.n)

    with bar:
        yield show


def _tell(report: IngestReport) -> None:
    click.echo(
        f"seen {report.seen:,} = indexed {report.indexed:,} + unchanged {report.unchanged:,} + "
        f"skipped {report.skipped:,} + failed {report.failed:,}; removed {report.removed:,}"
    )
    for problem in report.problems[:MAX_PROBLEMS_SHOWN]:
        click.echo(f"{'skipped' if problem.skipped else 'failed'}: {problem}", err=True)
    if len(report.problems) > MAX_PROBLEMS_SHOWN:
        click.echo(f"and {len(report.problems) - MAX_PROBLEMS_SHOWN:,} more: --json lists them all", err=True)
    for key, reason in report.refused[:MAX_PROBLEMS_SHOWN]:
        click.echo(f"refused: {key}: {reason}", err=True)
    for name, count in sorted(report.undeclared.items()):
        click.echo(f"not a facet of this archive: {name} ({count:,} documents); facets.yaml can declare it", err=True)
    click.echo(f"committed generation {report.generation} in {report.seconds:.1f} s")
