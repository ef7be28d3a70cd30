"""`searchapp clean`: show what of a file is kept, what is removed, and why."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from searchapp.cli.options import json_option, print_json
from searchapp.errors import CannotWrite, IngestError
from searchapp.ingest.pipeline import Cleaned, clean_raw, iter_raw, roots_of


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--text", "text_only", is_flag=True, help="Print the kept body alone.")
@click.option("--to", "target", type=click.Path(path_type=Path), help="Write one cleaned .txt for each file.")
@json_option
def clean(paths: tuple[Path, ...], text_only: bool, target: Path | None, as_json: bool) -> None:
    """Show which blocks of files are the article, and the reason for each one that is not."""
    failed = False
    listed: list[dict[str, Any]] = []
    for key, cleaned in _cleaned(paths):
        if isinstance(cleaned, IngestError):
            failed = failed or not cleaned.skipped
            click.echo(f"searchapp: {cleaned}", err=True)
        elif target is not None:
            _write(target, key, cleaned)
        elif as_json:
            listed.append(_plain(key, cleaned))
        elif text_only:
            click.echo(cleaned.text)
        else:
            _tell(key, cleaned)
    if as_json:
        print_json(listed)
    sys.exit(1 if failed else 0)


def _cleaned(paths: tuple[Path, ...]) -> Iterator[tuple[str, Cleaned | IngestError]]:
    for root in roots_of(paths):
        for raw, _ in iter_raw(root):
            if isinstance(raw, IngestError):
                yield raw.key, raw
                continue
            try:
                yield raw.key, clean_raw(raw)
            except IngestError as error:
                yield raw.key, error


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
        "blocks": [{"text": block.text, "kept": block.kept, "reason": block.reason} for block in cleaned.blocks],
    }


def _tell(key: str, cleaned: Cleaned) -> None:
    click.echo(click.style(key, bold=True))
    for block in cleaned.blocks:
        if block.kept:
            click.echo(f"  {block.text}")
        else:
            click.echo(click.style(f"- [{block.reason}] {block.text}", fg="red"))
