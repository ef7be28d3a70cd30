"""The command line: `searchapp`, one module a command group."""

from __future__ import annotations

import click

from searchapp import __version__
from searchapp.cli.archive import check, info, keep, rollback
from searchapp.cli.cleaning import clean
from searchapp.cli.entities import entities
from searchapp.cli.exporting import export
from searchapp.cli.forgetting import forget
from searchapp.cli.ingesting import ingest, upgrade
from searchapp.cli.options import Group
from searchapp.cli.searching import facets, search
from searchapp.cli.serving import serve


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="searchapp")
def main() -> None:
    """A search engine for folders of scraped news.

    Exit codes: 0 ok, 1 some files failed, 2 usage, 65 damaged index, 69 engine down, 73 cannot write,
    74 disk or I/O, 75 locked, 78 bad configuration.
    """


for command in (ingest, upgrade, forget, search, facets, entities, serve, info, check, rollback, keep, clean, export):
    main.add_command(command)
