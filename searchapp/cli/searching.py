"""`searchapp search` and `searchapp facets`: the questions of the search page, from a shell."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import click

from searchapp.authority import Authority
from searchapp.cli.explaining import explained, tell_explained
from searchapp.cli.options import index_options, json_option, pairs_of, print_json, settings_of
from searchapp.config import Settings
from searchapp.engine import open_engine
from searchapp.engine.base import Deadline, Engine
from searchapp.ingest.pipeline import shipped_records
from searchapp.model import Hit, Results, SearchQuery
from searchapp.reports import urls
from searchapp.reports.links import Choices, Links
from searchapp.reports.present import envelope, facet_of


@click.command()
@click.argument("text", metavar="QUERY")
@click.argument("filters", nargs=-1, metavar="[NAME=VALUE]...")
@json_option
@index_options
def search(text: str, filters: tuple[str, ...], as_json: bool, index: Path | None, archive: Path | None) -> None:
    """Search the index.

    Filters are the parameters of the search page: searchapp search 'recruit*' outlet=IranWire sort=date
    """
    settings = settings_of(index, archive)
    engine = open_engine(settings)
    try:
        query = urls.parse([("q", text), *pairs_of(filters)], engine.facets).query
        results = engine.search(query, deadline=Deadline.after(settings.deadline))
        if as_json:
            print_json(envelope(results, Links(engine.facets, settings.base_url or "", "/api/search")))
        else:
            _tell(results)
    finally:
        engine.close()


def _tell(results: Results) -> None:
    for warning in results.warnings:
        click.echo(warning.message, err=True)
    click.echo(
        f"{results.stories:,} stories, {results.documents:,} articles, {results.outlets:,} outlets, "
        f"{results.undated:,} undated"
    )
    for hit in results.hits:
        _tell_hit(hit)


def _tell_hit(hit: Hit) -> None:
    click.echo()
    click.echo(click.style("".join(text for text, _ in hit.title_pieces) or "(untitled)", bold=True))
    facts = (hit.outlet.value or "no outlet", hit.date.value or "undated", hit.language.value or "?", hit.id)
    click.echo(" · ".join(facts))
    for snippet in hit.snippets:
        click.echo("  " + "".join(click.style(text, bold=True) if match else text for text, match in snippet))


@click.command()
@click.argument("name")
@click.argument("filters", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--prefix", default="", help="Only values whose label, or a word of it, begins like this.")
@click.option("--order", type=click.Choice(["count", "label"]), default="count", show_default=True)
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, show_default=True)
@click.option("--offset", type=click.IntRange(0), default=0)
@click.option("--explain", metavar="VALUE", help="Say of one value which record it is, and in which words it stands where.")
@json_option
@index_options
def facets(
    name: str, filters: tuple[str, ...], prefix: str, order: Literal["count", "label"], limit: int, offset: int,
    explain: str | None, as_json: bool, index: Path | None, archive: Path | None,
) -> None:  # fmt: skip
    """List the values of a facet with their counts, within the filters given."""
    settings = settings_of(index, archive)
    engine = open_engine(settings)
    try:
        urls.facet_named(name, engine.facets)
        query = urls.parse(pairs_of(filters), engine.facets).query
        if explain is not None:
            _explain(name, explain, query, engine, settings=settings, as_json=as_json)
            return
        facet = engine.facet(name, query, prefix=prefix, order=order, offset=offset, limit=limit)
        links = Links(engine.facets, settings.base_url or "", "/api/search")
        plain = {"name": name, **facet_of(facet, Choices(engine.facets.complete(query), links))}
    finally:
        engine.close()
    if as_json:
        print_json(plain)
    else:
        _tell_facet(plain)


def _explain(
    name: str, value: str, query: SearchQuery, engine: Engine, *, settings: Settings, as_json: bool
) -> None:  # fmt: skip
    plain = explained(
        name, value, query, engine=engine, authority=Authority.read(settings.archive, shipped_records()),
        links=Links(engine.facets, settings.base_url or "", "/api/search"), deadline=Deadline.after(settings.deadline),
    )  # fmt: skip
    print_json(plain) if as_json else tell_explained(plain)


def _tell_facet(plain: dict[str, Any]) -> None:
    for row in plain["values"]:
        known_as = f"  ({row['value']})" if row["value"] != row["label"] else ""
        click.echo(f"{row['count']:>8,}  {row['label']}{known_as}")
    click.echo(f"{plain['none']['count']:>8,}  ({plain['none']['label']})")
    click.echo(f"{plain['distinct']:,} values", err=True)
