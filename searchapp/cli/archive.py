"""What does the index hold, is it whole, which of its states are kept, and how to go back to one?"""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import Any

import click

from searchapp.cli.options import index_options, json_option, lock_option, print_json, settings_of
from searchapp.engine import open_engine
from searchapp.engine.base import Engine
from searchapp.errors import IndexDamaged, UsageError


@click.command()
@json_option
@index_options
def info(as_json: bool, index: Path | None, archive: Path | None) -> None:
    """Say what the index holds, when it was built and which generations there are."""
    engine = open_engine(settings_of(index, archive))
    try:
        found = engine.info()
        listed = [
            {**dataclasses.asdict(one), "current": one.number == found.generation} for one in engine.generations()
        ]
    finally:
        engine.close()
    plain = {**dataclasses.asdict(found), "generation": str(found.generation), "generations": listed}
    if as_json:
        print_json(plain)
        return
    click.echo(f"generation {found.generation}, {found.documents:,} documents, built {found.built_at}")
    click.echo(f"languages: {', '.join(found.languages) or 'none'}; engine: {found.engine}")
    for one in listed:
        click.echo(_line(one))
    if found.notice:
        click.echo(found.notice, err=True)


def _line(one: dict[str, Any]) -> str:
    """A generation as a line of `info`, the current one marked with a star."""
    said = [f"{one['documents']:,} documents", one["created"], "settled" if one["settled"] else "unfinished run"]
    named = [f"kept as {one['name']}"] if one["name"] else []
    return f"{'*' if one['current'] else ' '} {one['number']}: {', '.join(said + named)}"


@click.command()
@click.option("--deep", is_flag=True, help="Read the older generations too, and compare tables with stored documents.")
@json_option
@index_options
def check(deep: bool, as_json: bool, index: Path | None, archive: Path | None) -> None:
    """Say whether the index is whole; exit code 65 names each damaged file and what to do."""
    engine = open_engine(settings_of(index, archive))
    try:
        damages = engine.check(deep=deep)
        if not damages:
            engine.info()
    finally:
        engine.close()
    if as_json:
        print_json({"damages": [{"file": one.file, "message": str(one)} for one in damages]})
    else:
        for one in damages:
            click.echo(str(one), err=True)
        click.echo("the index is whole" if not damages else f"{len(damages)} damaged")
    sys.exit(IndexDamaged.exit_code if damages else 0)


@click.command()
@click.argument("generation", type=click.IntRange(min=1), required=False)
@lock_option
@json_option
@index_options
def rollback(
    generation: int | None, *, lock_timeout: float, as_json: bool, index: Path | None, archive: Path | None
) -> None:  # fmt: skip
    """Go back to what GENERATION holds (default: the newest whole settled one before the current).

    It is published under a new number; nothing is deleted. The next ingest brings in again what has come since.
    """
    engine = open_engine(settings_of(index, archive))
    try:
        number = engine.rollback(generation, lock_timeout=lock_timeout)
        found = next(one for one in engine.generations() if one.number == number)
    finally:
        engine.close()
    if as_json:
        print_json({"generation": str(number), "documents": found.documents, "run": found.run})
        return
    click.echo(f"committed generation {number}: {found.documents:,} documents, as of the run {found.run}")


@click.command()
@click.argument("generation", type=click.IntRange(min=1), required=False)
@click.option("--name", help="Keep it under this name.")
@click.option("--drop", metavar="NAME", help="Let this name go; the generation stays as long as others do.")
@lock_option
@json_option
@index_options
def keep(
    generation: int | None, *, name: str | None, drop: str | None, lock_timeout: float, as_json: bool,
    index: Path | None, archive: Path | None,
) -> None:  # fmt: skip
    """Keep GENERATION (default: the current one) under a name, whatever is published after it, or let a name go."""
    if (name is None) == (drop is None) or (drop is not None and generation is not None):
        raise click.UsageError("write `searchapp keep [GENERATION] --name NAME` or `searchapp keep --drop NAME`")
    engine = open_engine(settings_of(index, archive))
    try:
        number = _named(engine, drop) if drop is not None else generation or engine.info().generation
        engine.keep(number, name, lock_timeout=lock_timeout)
    finally:
        engine.close()
    if as_json:
        print_json({"generation": str(number), "name": name})
        return
    click.echo(f"generation {number} is kept as {name}" if name else f"generation {number} is no longer kept as {drop}")


def _named(engine: Engine, name: str) -> int:
    """The generation that is kept under the name."""
    kept = engine.kept()
    if name not in kept:
        raise UsageError(f"no generation is kept as {name}; there are: {', '.join(sorted(kept)) or 'none'}")
    return kept[name]
