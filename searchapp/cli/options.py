"""What do all commands share? Their options, the settings these amount to, and how an error ends a command."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from searchapp.config import Settings
from searchapp.errors import SearchappError

LEAST_MEMORY = 64 << 20

_BYTES = re.compile(r"([0-9]{1,15})([KMGT]?)(?:I?B)?")

Command = TypeVar("Command", bound=Callable[..., Any])


class Group(click.Group):
    """A group whose commands end with our exit codes, and with one sentence instead of a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SearchappError as error:
            click.echo(f"searchapp: {error}", err=True)
            sys.exit(error.exit_code)
        except BrokenPipeError:
            # The reader of a pipe has seen enough.
            sys.stderr.close()
            sys.exit(0)


def memory_of(text: str) -> int:
    """The bytes that `512M` or `2G` amount to."""
    number = _BYTES.fullmatch(str(text).strip().upper())
    if number is None:
        raise click.BadParameter(f"{text!r} is no amount of memory: write 512M or 2G.")
    amount = int(number[1]) << 10 * " KMGT".index(number[2] or " ")
    if amount < LEAST_MEMORY:
        raise click.BadParameter(f"{text!r} is too little: it takes {LEAST_MEMORY >> 20}M at least.")
    return amount


def index_options(command: Command) -> Command:
    """`--index` and `--archive`, which override the environment."""
    archive = click.option("--archive", type=click.Path(path_type=Path), help="Folder of the archive's own lists.")
    index = click.option("--index", type=click.Path(path_type=Path), help="Folder of the index (default: index).")
    return index(archive(command))


def json_option(command: Command) -> Command:
    """`--json`: print JSON instead of text."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def lock_option(command: Command) -> Command:
    """`--lock-timeout`: how long to wait for the one who writes."""
    option = click.option(
        "--lock-timeout", type=click.FloatRange(min=0), default=30.0, show_default=True,
        help="Seconds to wait for another one that writes.",
    )  # fmt: skip
    return option(command)


def settings_of(index: Path | None, archive: Path | None) -> Settings:
    """The settings of the environment with the options of the command over them."""
    settings = Settings.from_env()
    if index is not None:
        settings = replace(settings, index=index)
    if archive is not None:
        settings = replace(settings, archive=archive)
    return settings


def print_json(plain: Any) -> None:
    """Print a value as indented JSON, letters of all scripts as they are."""
    click.echo(json.dumps(plain, ensure_ascii=False, indent=2))


def pairs_of(texts: tuple[str, ...]) -> list[tuple[str, str]]:
    """`outlet=IranWire` arguments as the parameters of a URL."""
    pairs = []
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign:
            raise click.UsageError(f"{text!r} is no filter: write NAME=VALUE, as in outlet=IranWire")
        pairs.append((name, value))
    return pairs
