"""`searchapp forget`: take documents down for good, and say which copies of them stay."""

from __future__ import annotations

import datetime
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from searchapp.cli.options import index_options, json_option, print_json, settings_of
from searchapp.config import Settings
from searchapp.engine import open_engine
from searchapp.engine.base import Engine
from searchapp.errors import ConfigError, UsageError
from searchapp.ingest.pipeline import forget_pages
from searchapp.model import Document
from searchapp.reports.removal import Copy, Removal, copies_of, lines_of, removal_of
from searchapp.withheld import Withheld, WithheldList, withhold

SHARED = {"text": "the same text", "sha256": "the same file", "url": "the same address"}


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was done; `generation` is None where nothing of it was left in the index."""

    removal: Removal
    copies: tuple[Copy, ...]
    generation: int | None


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="ID|URL|SHA-256...")
@click.option("--reason", required=True, metavar="TEXT", help="Why; shown to those who ask for the document.")
@click.option("--lock-timeout", type=click.FloatRange(min=0), default=30.0, show_default=True,
              help="Seconds to wait for an ingest.")  # fmt: skip
@json_option
@index_options
def forget(
    names: tuple[str, ...], reason: str, lock_timeout: float, as_json: bool, index: Path | None, archive: Path | None
) -> None:
    """Take documents down for good.

    No byte of their text stays in the index, in none of its generations. The archive's withheld.csv keeps them out of
    later ingests, and their pages answer 410 with date and reason. An address or a hash means all documents that have
    it. Copies stay and are listed. After an interruption, run it again.
    """
    if not reason.strip():
        raise UsageError("Say why: --reason TEXT is shown to those who ask for the document.")
    settings = settings_of(index, archive)
    withheld = WithheldList.read(_archive_of(settings))
    engine = open_engine(settings)
    try:
        removal = removal_of(names, engine, withheld)
        copies = copies_of(removal.documents, engine, withheld)
        withhold(_archive_of(settings), lines_of(removal.documents, copies, date=_today(), reason=reason))
        done = Forgotten(removal, copies, _erase(removal, engine, settings, lock_timeout))
    finally:
        engine.close()
    further = _further(copies, reason=reason, index=index, archive=archive)
    if as_json:
        print_json(_plain(done, further))
    else:
        _tell(done, further)


def _archive_of(settings: Settings) -> Path:
    if settings.archive is None:
        raise ConfigError(
            "Name the folder of the archive's own lists, with --archive or SEARCHAPP_ARCHIVE: what is taken down is "
            "entered there, and without that the next ingest would bring it back."
        )
    return settings.archive


def _today() -> str:
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def _erase(removal: Removal, engine: Engine, settings: Settings, lock_timeout: float) -> int | None:
    """Rewrite the index and clean the journal; the journal too where an interrupted run got no further than that."""
    generation = None
    if removal.documents:
        generation = engine.forget([one.id for one in removal.documents], lock_timeout=lock_timeout)
    # A writer clears what an interrupted one left half deleted, and keeps ingests away from the journal meanwhile.
    with engine.writer(run=_today(), lock_timeout=lock_timeout):
        if settings.engine == "whoosh":
            ids = [*(one.id for one in removal.documents), *(one.document for one in removal.listed if one.document)]
            forget_pages(settings.index / "journal.sqlite", ids)
    return generation


def _further(copies: tuple[Copy, ...], *, reason: str, index: Path | None, archive: Path | None) -> str | None:
    """The command that takes the copies down too; None where there are none."""
    if not copies:
        return None
    places = [f"{name}={path}" for name, path in (("--index", index), ("--archive", archive)) if path is not None]
    ids = (copy.document.id for copy in copies)
    return shlex.join(["searchapp", "forget", *ids, f"--reason={reason}", *places])


def _plain(done: Forgotten, further: str | None) -> dict[str, Any]:
    return {
        "generation": None if done.generation is None else str(done.generation),
        "taken_down": [_facts(one) for one in done.removal.documents],
        "already": [_line(one) for one in done.removal.listed],
        "copies": [{**_facts(copy.document), "shares": list(copy.shares)} for copy in done.copies],
        "command": further,
    }


def _facts(one: Document) -> dict[str, str | None]:
    claims = {"title": one.title.value, "outlet": one.outlet.value, "date": one.date.value}
    return {"id": one.id, **claims, "url": one.url, "sha256": one.sha256}


def _line(one: Withheld) -> dict[str, str | None]:
    named = {"id": one.document or None, "url": one.url, "sha256": one.sha256 or None}
    return {**named, "date": one.date or None, "reason": one.reason or None}


def _tell(done: Forgotten, further: str | None) -> None:
    for document in done.removal.documents:
        click.echo(f"taken down: {_in_words(document)}")
    for entry in done.removal.listed:
        name = entry.document or entry.url or entry.sha256
        click.echo(f"already taken down{f' on {entry.date}' if entry.date else ''}, nothing of it was left: {name}")
    if done.generation is not None:
        click.echo(f"committed generation {done.generation}; every older one is deleted")
    if further:
        click.echo("\nfor decision: what these documents share with it stays in the archive")
        for copy in done.copies:
            click.echo(f"  {_in_words(copy.document)}: {', '.join(SHARED[share] for share in copy.shares)}")
        click.echo(f"to take them down too: {further}")


def _in_words(document: Document) -> str:
    facts = (document.title.value or "(untitled)", document.outlet.value or "no outlet",
             document.date.value or "undated")  # fmt: skip
    return " · ".join((document.id, *facts))
