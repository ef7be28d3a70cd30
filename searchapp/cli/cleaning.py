"""`searchapp clean`: show what of a file is kept, what is removed, and why."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from searchapp.cli.options import index_options, json_option, print_json, settings_of
from searchapp.config import Settings
from searchapp.errors import CannotWrite, IngestError
from searchapp.ingest.pipeline import FIELDS, Cleaned, Orders, Root, clean_files, iter_raw, learned_lines, roots_of

_KINDS = ".txt, .html, .htm, .jsonl, .ndjson or .warc"


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--text", "text_only", is_flag=True, help="Print the kept body alone.")
@click.option("--to", "target", metavar="DIR", type=click.Path(path_type=Path), help="Write the kept body of each file into this folder.")
@click.option("--root", "named", metavar="NAME=PATH", multiple=True, help="A file or folder under another name.")
@click.option("--site", metavar="NAME", help="An outlet, a host, or the first file of a template in a folder.")
@click.option("--report", is_flag=True, help="List the lines that the indexed documents of --site repeat.")
@json_option
@index_options
def clean(
    paths: tuple[Path, ...], text_only: bool, target: Path | None, named: tuple[str, ...], site: str | None, report: bool,
    as_json: bool, index: Path | None, archive: Path | None,
) -> None:  # fmt: skip
    """Show which blocks of files are the article, and the reason for each one that is not.

    Lines with - are removed; those with = are the title, the author or the date, and leave the text for a field.
    What the files of one outlet repeat is cleaned away, too: name folders, not single files. Outlets are declared in a
    metadata.csv there, as for an ingest. With --site NAME --report: what ingests learned of a site.
    """
    settings = settings_of(index, archive)
    if report or site:
        _report(settings, site if report else None, as_json=as_json)
    elif not paths and not named:
        raise click.UsageError("Name at least one file or folder to clean.")
    else:
        _clean(roots_of(paths, named), settings, _Shown(text_only, as_json, target))


@dataclass(frozen=True, slots=True)
class _Shown:
    text_only: bool
    as_json: bool
    target: Path | None


def _clean(roots: tuple[Root, ...], settings: Settings, shown: _Shown) -> None:
    """Clean what lies under the roots; the exit code is 1 where a file failed or no page was found."""
    pages = _Pages(Orders.read(settings.archive), settings.cleaning_votes)
    found = pages.cleaned(roots)
    if shown.target is not None:
        _write(shown.target, found, keep_root=len(roots) > 1)
    elif shown.as_json:
        print_json([_plain(key, cleaned) for key, cleaned in found])
    else:
        for key, cleaned in found:
            _tell(key, cleaned, text_only=shown.text_only)
    if not pages.found:
        places = ", ".join(str(root.path) for root in roots)
        click.echo(f"searchapp: {places}: no page was found. Pages are files with {_KINDS}, each also .gz.", err=True)
    sys.exit(1 if pages.failed or not pages.found else 0)


@dataclass(slots=True)
class _Pages:
    """Cleaned pages, with complaints about files that are none on standard error."""

    orders: Orders
    votes: bool
    found: bool = False
    failed: bool = False

    def cleaned(self, roots: tuple[Root, ...]) -> Iterator[tuple[str, Cleaned]]:
        read = (raw for root in roots for raw, _ in iter_raw(root))
        for key, cleaned in clean_files(read, self.orders, votes=self.votes):
            if isinstance(cleaned, IngestError):
                self.failed = self.failed or not cleaned.skipped
                click.echo(f"searchapp: {cleaned}", err=True)
            else:
                self.found = True
                yield key, cleaned


def _report(settings: Settings, site: str | None, *, as_json: bool) -> None:
    if site is None:
        raise click.UsageError("--site NAME and --report go together.")
    lines = learned_lines(settings.journal, site)
    if as_json:
        print_json([{"text": line.text, "documents": line.articles, "share": line.tenths / 10} for line in lines])
    for line in () if as_json else lines:
        click.echo(f"{line.articles:>6}+  {10 * line.tenths:>3} %  {line.text}")


def _write(target: Path, found: Iterator[tuple[str, Cleaned]], *, keep_root: bool) -> None:
    written: dict[Path, str] = {}
    for key, cleaned in found:
        path = target / _name_of(key if keep_root else key.partition("/")[2] or key)
        if path in written:
            raise CannotWrite(f"{written[path]} and {key} would both be written to {path}: clean one of them into another folder.")
        written[path] = key
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(cleaned.text + "\n", encoding="utf-8")
        except OSError as error:
            raise CannotWrite(f"{path} cannot be written: {error.strerror}. --to names a folder to write into.") from error
        if cleaned.quality:
            click.echo(f"searchapp: {key}: {cleaned.quality}", err=True)
    if written:
        click.echo(f"{len(written)} {'file' if len(written) == 1 else 'files'} written below {target}", err=True)


def _name_of(key: str) -> str:
    file, _, record = key.partition("#")
    below = f"{file}_{record.replace('/', '_')}" if record else file
    return below + ("" if below.endswith(".txt") else ".txt")


def _plain(key: str, cleaned: Cleaned) -> dict[str, Any]:
    return {
        "key": key,
        "title": cleaned.title.value,
        "author": cleaned.author.value,
        "text": cleaned.text,
        "quality": cleaned.quality,
        "blocks": [
            {"text": block.text, "kept": block.kept, "reason": block.reason, "start": block.start, "end": block.end}
            for block in cleaned.blocks
        ],
    }


def _tell(key: str, cleaned: Cleaned, *, text_only: bool) -> None:
    if text_only:
        click.echo(cleaned.text)
        return
    kept = sum(block.kept for block in cleaned.blocks)
    said = f": {cleaned.quality}" if cleaned.quality else ""
    click.echo(click.style(key, bold=True) + f" ({kept} of {len(cleaned.blocks)} blocks kept{said})")
    for block in cleaned.blocks:
        if block.kept:
            click.echo(f"  {block.text}")
        elif block.reason in FIELDS:
            click.echo(click.style(f"= [{block.reason}] {block.text}", fg="blue"))
        else:
            click.echo(click.style(f"- [{block.reason}] {block.text}", fg="red"))
