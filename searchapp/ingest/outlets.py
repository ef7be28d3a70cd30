"""Who published a text, and whom does it credit? A cited agency is not the publisher."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from searchapp.authority import Authority
from searchapp.model import ABSENT, Block, Claim, FacetEntry, Mention, Page

FACET = "cites"


def find_outlet(
    text: str, page: Page, blocks: Sequence[Block], declared: Claim | None, authority: Authority
) -> Claim:
    """The outlet: the declared one, what the markup says, whose address it is, or who speaks of himself in the text."""
    return declared if declared is not None and declared.value else ABSENT


def find_cited(text: str, outlet: Claim, authority: Authority) -> tuple[Mention, ...]:
    """The mentions of outlets and agencies that the text credits, each with its sentence as evidence."""
    return ()


def cited_entries(mentions: Iterable[Mention], authority: Authority) -> tuple[FacetEntry, ...]:
    """The outlets credited as values of the facet, in the order of their first mention."""
    values = dict.fromkeys(mention.value for mention in mentions)
    return tuple(FacetEntry(authority.values_of(FACET, value)[0], "curated") for value in values)
