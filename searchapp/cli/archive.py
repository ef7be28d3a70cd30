"""`searchapp info` and `searchapp check`: what the index holds, and whether it is whole."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import click

from searchapp.cli.options import index_options, json_option, print_json, settings_of
from searchapp.engine import open_engine
from searchapp.errors import IndexDamaged


@click.command()
@json_option
@index_options
def info(as_json: bool, index: Path | None, archive: Path | None) -> None:
    """Say what the index holds and when it was built."""
    engine = open_engine(settings_of(index, archive))
    try:
        found = engine.info()
        kept = [dataclasses.asdict(one) for one in engine.generations()]
    finally:
        engine.close()
    plain = {**dataclasses.asdict(found), "generation": str(found.generation), "generations": kept}
    if as_json:
        print_json(plain)
        return
    click.echo(f"generation {found.generation}, {found.documents:,} documents, built {found.built_at}")
    click.echo(f"languages: {', '.join(found.languages) or 'none'}; engine: {found.engine}")
    for one in kept:
        state = "settled" if one["settled"] else "unfinished run"
        click.echo(f"  {one['number']}: {one['documents']:,} documents, {one['created']}, {state}")
    if found.notice:
        click.echo(found.notice, err=True)


@click.command()
@click.option("--deep", is_flag=True, help="Read every byte and compare tables with stored documents.")
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
