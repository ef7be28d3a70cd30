"""Which result of the search that a document was opened from comes before it, and which after?"""

from __future__ import annotations

from dataclasses import replace

from searchapp.engine.base import Deadline, Engine
from searchapp.model import MAX_PER_PAGE, Hit, SearchQuery
from searchapp.reports.links import Links
from searchapp.reports.present import Plain


def neighbours(identifier: str, query: SearchQuery, engine: Engine, *, links: Links, deadline: Deadline) -> Plain | None:
    """The place of the document among the results, their total, and the pages of its neighbours.

    None where the document is not on the page of results that the query names.
    """
    per_page = query.per_page or 1
    start = max(0, query.offset - 1)
    asked = replace(
        query, start=start, per_page=min(per_page + 2, MAX_PER_PAGE + 2), facets=(), snippets=False, suggestions=False,
        fields=(),
    )  # fmt: skip
    results = engine.search(asked, deadline=deadline)
    hits = results.hits
    at = next((at for at, hit in enumerate(hits) if hit.id == identifier), None)
    if at is None:
        return None

    def url(hit: Hit, rank: int) -> str:
        return links.document(hit.id, query.on_page(rank // per_page + 1))

    return {
        "number": start + at + 1,
        "total": results.total,
        "previous": url(hits[at - 1], start + at - 1) if at else None,
        "next": url(hits[at + 1], start + at + 1) if at + 1 < len(hits) else None,
    }
