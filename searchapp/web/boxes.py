"""What does the box at the top show? The words, the filters that stay with the next ones, and the way to more fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from searchapp.model import SearchQuery
from searchapp.reports import urls
from searchapp.reports.chips import chips, everything, in_words, with_effects
from searchapp.reports.links import Links
from searchapp.reports.pages import kept
from searchapp.reports.present import Plain
from searchapp.web.languages import words


def box(
    query: SearchQuery, links: Links, facets: Mapping[str, Plain], *, total: int | None = None,
    count: Callable[[SearchQuery], int] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The variables of the box; with `total` and `count` each filter says how many results it takes away."""
    shown = chips(query, links, facets, words())
    if total is not None and count is not None:
        shown = with_effects(shown, total, count)
    carried = kept(query, links, "q")
    return {
        "typed": query.text,
        "kept": carried,
        "chips": shown,
        "within": in_words(shown, words()),
        "cleared": links.search(everything(query)),
        "advanced_url": urls.join([("q", query.text), *carried] if query.text else carried, "/advanced"),
    }
