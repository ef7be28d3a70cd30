"""Why does a value of a facet count what it counts? The record behind it, the words it stands in, sample lines."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from searchapp.authority import Authority
from searchapp.engine.base import Deadline, Engine
from searchapp.errors import NotFound
from searchapp.model import SearchQuery
from searchapp.reports.evidence import carrying, forms_of, lines_of
from searchapp.reports.links import Links

LINES = 5


def explained(
    name: str, value: str, query: SearchQuery, *, engine: Engine, authority: Authority, links: Links, deadline: Deadline
) -> dict[str, Any]:  # fmt: skip
    """What is known of the value in the results of the query; NotFound where none of them carries it."""
    asked = carrying(name, value, engine.facets.complete(query))
    results = engine.search(
        replace(asked, per_page=LINES, facets=(), snippets=False, suggestions=False), deadline=deadline
    )
    if not results.documents:
        said = " ".join(warning.message for warning in results.warnings)
        raise NotFound(f"No result carries {value!r} in {name}. {said}".strip())
    documents = [document for hit in results.hits if (document := engine.get(hit.id)) is not None]
    forms, whole = forms_of(name, results, engine, deadline=deadline)
    (identifier, *_) = results.query.filter(name).chosen
    return {
        "facet": name,
        "value": identifier,
        "stories": results.stories,
        "documents": results.documents,
        "records": [_record(name, one.id, authority) for one in authority.named(name, identifier)],
        "forms": forms,
        "forms_complete": whole,
        "lines": lines_of(name, results, documents, links),
    }


def _record(name: str, identifier: str, authority: Authority) -> dict[str, Any]:
    (record, *_) = authority.named(name, identifier)
    return {
        "id": record.id,
        "name": record.name,
        "written": authority.written.get(record.id),
        "alias": list(record.alias),
        "weakAlias": list(record.weak_alias),
        "ambiguous": list(record.ambiguous),
    }


def tell_explained(plain: dict[str, Any]) -> None:
    """The explanation as text."""
    click.echo(f"{plain['value']}: {plain['stories']:,} stories, {plain['documents']:,} articles")
    for record in plain["records"]:
        click.echo(f"record: {record['name']}, {record['written'] or 'in the gazetteer'}")
        for kind, said in (("alias", "stands alone"), ("weakAlias", "beside another name"), ("ambiguous", "of several")):
            if record[kind]:
                click.echo(f"  {said}: {', '.join(record[kind])}")
    click.echo("forms:" if plain["forms_complete"] else "forms, of the most frequent ones:")
    for form in plain["forms"]:
        click.echo(f"{form['count']:>8,}  {form['form']}")
    for line in plain["lines"]:
        how = f"{line['rule']}, {line['confidence']:.2f}" if line["rule"] else line["status"]
        click.echo(f"\n{line['document']} · {line['title'] or '(untitled)'} · {how}")
        click.echo("  " + "".join(click.style(text, bold=True) if match else text for text, match in line["line"]))
