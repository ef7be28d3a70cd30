"""Whom does a text credit? The outlets and agencies whose reports it repeats or that it says people spoke to."""

from __future__ import annotations

from collections.abc import Iterable

from searchapp.authority import Authority
from searchapp.ingest.outlets.naming import named_outlets, sentence_around
from searchapp.ingest.outlets.signs import credit_of, signs_of
from searchapp.model import Claim, FacetEntry, Mention

FACET = "cites"


def find_cited(text: str, outlet: Claim, authority: Authority) -> tuple[Mention, ...]:
    """The mentions of outlets and agencies that the text credits, each with its sentence as evidence, not its own.

    Their value is the outlet's name, as that of a document's own outlet is; their rule says how it is credited.
    """
    own = {record.id for record in authority.named("outlet", outlet.value)} if outlet.value else set()
    found = []
    for one in named_outlets(text, authority):
        credit = credit_of(signs_of(one)) if one.outlet.id not in own else None
        if credit is not None:
            evidence = sentence_around(text, one.start, one.end)
            found.append(
                Mention(FACET, one.outlet.name, one.start, one.end, one.surface, credit, "curated", evidence=evidence)
            )
    return tuple(found)


def cited_entries(mentions: Iterable[Mention], authority: Authority) -> tuple[FacetEntry, ...]:
    """The outlets credited as values of the facet, in the order of their first mention."""
    names = dict.fromkeys(mention.value for mention in mentions)
    return tuple(FacetEntry(record.value, "curated") for name in names for record in authority.named(FACET, name)[:1])
