"""How is a document recognised again by other records, from what is stored of it?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from searchapp.ingest.actors import FACET as ACTOR
from searchapp.ingest.actors import actor_entries, discover, discovered_entries, find_actors
from searchapp.ingest.outlets import home_of
from searchapp.ingest.pipeline.assemble import Knowledge, facets_of
from searchapp.ingest.pipeline.known_records import Differences
from searchapp.ingest.places import FACET as LOCATION
from searchapp.ingest.places import find_places
from searchapp.model import Document, FacetEntry, Mention

Values = Mapping[str, tuple[str, ...]]


def recognised_again(
    document: Document, values: Values | None, knowledge: Knowledge, *, differences: Differences
) -> Document:  # fmt: skip
    """The document with the actors and places that these records find in it; the same one where nothing differs.

    `values` are its declared values by facet, None where nobody knows them any longer. Places and names that no record
    knows are looked for anew where `differences` say so, or where actors stand elsewhere: no place and no such name is
    looked for within the names of actors.
    """
    title, authority = document.title.value or "", knowledge.authority
    actors = find_actors(title, document.text, authority)
    others = tuple(one for one in document.mentions if one.facet not in (ACTOR, LOCATION))
    found = {name: _found(document, name) for name in (LOCATION, "cites")}
    located, unknown = _of(document, LOCATION), tuple(one for one in _of(document, ACTOR) if one.status == "discovered")
    moved = _spans(actors) != _spans(one for one in _of(document, ACTOR) if one.status != "discovered")
    if differences.places or moved:
        seen = find_places(title, document.text, authority, masked=actors, home=home_of(document.outlet, authority))
        located, found[LOCATION] = seen.mentions, seen.entries
    if differences.places or differences.names or moved:
        unknown = discover(document.text, (*actors, *_of(document, "cites")), located, authority)
    found[ACTOR] = (*actor_entries(actors, authority), *discovered_entries(unknown))
    declared = _declared(document) if values is None else {name: values[name] for name in found if name in values}
    kept = {name: entries for name, entries in document.facets.items() if name not in found}
    facets = {**kept, **facets_of(found, declared, knowledge, Counter())}
    return replace(document, mentions=(*actors, *unknown, *located, *others), facets=facets)


def _of(document: Document, facet: str) -> tuple[Mention, ...]:
    return tuple(one for one in document.mentions if one.facet == facet)


def _spans(mentions: Iterable[Mention]) -> set[tuple[str, int, int]]:
    return {(one.field, one.start, one.end) for one in mentions}


def _found(document: Document, facet: str) -> tuple[FacetEntry, ...]:
    """The entries that are not declared; a place above a declared one may be both, and was declared then."""
    return tuple(one for one in document.facets.get(facet, ()) if one.status != "declared")


def _declared(document: Document) -> dict[str, tuple[str, ...]]:
    """The labels of what was declared, for a document of which only its index knows."""
    declared = {
        name: tuple(one.value.label for one in document.facets.get(name, ()) if one.status == "declared")
        for name in (ACTOR, LOCATION, "cites")
    }
    return {name: labels for name, labels in declared.items() if labels}
