"""`searchapp clean`: show what of a file is kept, what is removed, and why."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from searchapp.cli.options import index_options, json_option, print_json, settings_of
from searchapp.config import Settings
from searchapp.errors import CannotWrite, IngestError
from searchapp.ingest.pipeline import Cleaned, Orders, clean_files, iter_raw, learned_lines, roots_of


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--text", "text_only", is_flag=True, help="Print the kept body alone.")
@click.option("--to", "target", type=click.Path(path_type=Path), help="Write one cleaned .txt for each file.")
@click.option("--site", metavar="NAME", help="An outlet, a host, or the first file of a template in a folder.")
@click.option("--report", is_flag=True, help="List the lines that the indexed documents of --site repeat.")
@json_option
@index_options
def clean(
    paths: tuple[Path, ...], text_only: bool, target: Path | None, site: str | None, report: bool, as_json: bool,
    index: Path | None, archive: Path | None,
) -> None:  # fmt: skip
    """Show which blocks of files are the article, and the reason for each one that is not.

    Files of one outlet are cleaned by what they repeat, too. With --site NAME --report: what ingests learned of a site.
    """
    settings = settings_of(index, archive)
    if report or site:
        _report(settings, site if report else None, as_json=as_json)
    elif not paths:
        raise click.UsageError("Name at least one file or folder to clean.")
    else:
        sys.exit(1 if _clean(paths, Orders.read(settings.archive), _Shown(text_only, as_json, target)) else 0)


@dataclass(frozen=True, slots=True)
class _Shown:
    text_only: bool
    as_json: bool
    target: Path | None


def _clean(paths: tuple[Path, ...], orders: Orders, shown: _Shown) -> bool:
    """Whether a file failed."""
    failed = False
    listed: list[dict[str, Any]] = []
    found = (raw for root in roots_of(paths) for raw, _ in iter_raw(root))
    for key, cleaned in clean_files(found, orders):
        if isinstance(cleaned, IngestError):
            failed = failed or not cleaned.skipped
            click.echo(f"searchapp: {cleaned}", err=True)
        elif shown.target is not None:
            _write(shown.target, key, cleaned)
        elif shown.as_json:
            listed.append(_plain(key, cleaned))
        elif shown.text_only:
            click.echo(cleaned.text)
        else:
            _tell(key, cleaned)
    if shown.as_json:
        print_json(listed)
    return failed


def _report(settings: Settings, site: str | None, *, as_json: bool) -> None:
    if site is None:
        raise click.UsageError("--site NAME and --report go together.")
    lines = learned_lines(settings.journal, site)
    if as_json:
        print_json([{"text": line.text, "documents": line.articles, "share": line.tenths / 10} for line in lines])
    for line in () if as_json else lines:
        click.echo(f"{line.articles:>6}+  {10 * line.tenths:>3} %  {line.text}")


def _write(target: Path, key: str, cleaned: Cleaned) -> None:
    file, _, record = (key.partition("/")[2] or key).partition("#")
    below = f"{file}_{record.replace('/', '_')}" if record else file
    path = target / (below + ("" if below.endswith(".txt") else ".txt"))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(cleaned.text + "\n", encoding="utf-8")
    except OSError as error:
        raise CannotWrite(f"{path} cannot be written: {error.strerror}") from error


def _plain(key: str, cleaned: Cleaned) -> dict[str, Any]:
    return {
        "key": key,
        "title": cleaned.title.value,
        "text": cleaned.text,
        "quality": cleaned.quality,
        "blocks": [
            {"text": block.text, "kept": block.kept, "reason": block.reason, "start": block.start, "end": block.end}
            for block in cleaned.blocks
        ],
    }


def _tell(key: str, cleaned: Cleaned) -> None:
    click.echo(click.style(key, bold=True) + (f" ({cleaned.quality})" if cleaned.quality else ""))
    for block in cleaned.blocks:
        if block.kept:
            click.echo(f"  {block.text}")
        else:
            click.echo(click.style(f"- [{block.reason}] {block.text}", fg="red"))
