"""`searchapp export --metadata`: what is known of the documents of a root, as a table to be filled in and ingested."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from searchapp.cli.options import index_options, settings_of
from searchapp.engine import open_engine
from searchapp.engine.base import Engine
from searchapp.errors import CannotWrite, UsageError
from searchapp.facets import FacetSet
from searchapp.ingest.pipeline import INFERRED, SEPARATOR, write_table
from searchapp.model import Document, FacetEntry

CLAIMS = ("title", "author", "outlet", "date", "language")
LISTS = {"actors": "actor", "locations": "location"}


@click.command()
@click.option("--metadata", is_flag=True, help="A metadata.csv for the folder of a root; the one form there is now.")
@click.option("--root", metavar="NAME", help="The root; needed where the index holds several.")
@click.option("--to", "target", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
@click.option("--replace", is_flag=True, help="Write over the file where there is one.")
@index_options
def export(
    metadata: bool, root: str | None, target: Path | None, replace: bool, index: Path | None, archive: Path | None
) -> None:
    """Write what is known of the documents of a root as a metadata.csv.

    Declared values stand in the plain columns, inferred ones in the columns beside them. Fill in or correct the plain
    ones, put the file into the folder of the root and ingest: what stands there is declared. Only --metadata exists now.
    """
    if not metadata:
        raise click.UsageError("Say what to export. The one form there is now: searchapp export --metadata")
    engine = open_engine(settings_of(index, archive))
    try:
        name = _root(engine, root)
        rows = _rows(engine, name)
        if target is None:
            sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
            write_table(sys.stdout, _columns(engine.facets), rows)
            return
        try:
            with target.open("w" if replace else "x", encoding="utf-8", newline="") as file:
                count = write_table(file, _columns(engine.facets), rows)
        except FileExistsError as error:
            raise UsageError(f"{target} is there already; --replace writes over it") from error
        except OSError as error:
            raise CannotWrite(f"{target} cannot be written: {error.strerror}") from error
    finally:
        engine.close()
    click.echo(f"{count:,} documents of {name} in {target}", err=True)


def _root(engine: Engine, wanted: str | None) -> str:
    """The root that is meant, which is a folder; UsageError where that cannot be told."""
    files = {key.partition("#")[0] for key in engine.sources()}
    roots = {file.partition("/")[0] for file in files}
    if wanted is None and len(roots) > 1:
        raise UsageError(f"The index holds several roots ({', '.join(sorted(roots))}): name one with --root.")
    name = wanted if wanted is not None else next(iter(roots), None)
    if name not in roots or name is None:
        raise UsageError(f"The index holds no root named {wanted!r}." if wanted else "The index holds no documents.")
    if name in files:
        raise UsageError(f"{name} is a single file, and a metadata.csv describes the files of a folder.")
    return name


def _columns(facets: FacetSet) -> tuple[str, ...]:
    pairs = [column for name in CLAIMS for column in (name, INFERRED + name)]
    lists = [column for name in LISTS for column in (name, INFERRED + name)]
    return ("path", *pairs, "url", *lists, *(spec.name for spec in facets.own))


def _rows(engine: Engine, root: str) -> Iterator[Mapping[str, str]]:
    """One row a document, in the order of their paths."""
    for key, stamp in sorted(engine.sources().items()):
        if key.startswith(f"{root}/"):
            document = engine.get(stamp.id)
            if document is not None:
                yield _row(document, key.removeprefix(f"{root}/"), engine.facets)


def _row(document: Document, path: str, facets: FacetSet) -> dict[str, str]:
    row = {"path": path, "url": document.url or ""}
    for name in CLAIMS:
        claim = getattr(document, name)
        row[name if claim.status == "declared" else INFERRED + name] = claim.value or ""
    for name, facet in LISTS.items():
        entries = document.facets.get(facet, ())
        row[name] = _labels(entry for entry in entries if entry.status == "declared")
        row[INFERRED + name] = _labels(entry for entry in entries if entry.status != "declared")
    for spec in facets.own:
        # The id of a value in a tree is its path; everywhere else it is the value as it was declared.
        row[spec.name] = SEPARATOR.join(entry.value.id for entry in _innermost(document.facets.get(spec.name, ())))
    return row


def _labels(entries: Iterator[FacetEntry]) -> str:
    return SEPARATOR.join(dict.fromkeys(entry.value.label for entry in _innermost(tuple(entries))))


def _innermost(entries: tuple[FacetEntry, ...]) -> Iterator[FacetEntry]:
    """The entries without those that stand there only because another one lies below them."""
    above = {entry.value.parent for entry in entries}
    return (entry for entry in entries if entry.value.id not in above)
