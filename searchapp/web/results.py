"""How does a page of results come to be? Everything that it needs is gathered, and the template filled."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from searchapp.model import SORTS, Results, SearchQuery
from searchapp.reports.cards import cards, earliest, groups
from searchapp.reports.links import Links
from searchapp.reports.pages import exact_words, page_links, range_form, size_links, sort_links, ways_out
from searchapp.reports.panels import bars, panels
from searchapp.reports.present import Plain, envelope
from searchapp.web.archive import Archive
from searchapp.web.boxes import box
from searchapp.web.templating import render

MOST_REMEMBERED = 4_096


class ResultsPage:
    """Makes pages of results; it remembers in how many outlets the stories of a generation ran."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._outlets: dict[tuple[int, str], int] = {}

    def render(self, results: Results, links: Links) -> str:
        """The page as HTML."""
        query = results.query
        # The page shows cards; the results as JSON would be made for nothing.
        answer = envelope(replace(results, hits=()), links)
        around = box(query, links, answer["facets"], total=results.total, count=self._count)
        shown = self.cards(results, links)
        return render(
            "search.html",
            answer=answer,
            query=query,
            cards=shown,
            groups=groups(shown, query),
            earliest=earliest(shown, query),
            panels=panels(self._reviewed(answer["facets"], query), query, results.total, links),
            histogram=bars(answer["facets"]["date"], query, results.total) if "date" in answer["facets"] else None,
            range=range_form(query, links),
            sorts=sort_links(query, links, SORTS),
            sizes=size_links(query, links),
            pages=page_links(query, results.total, links),
            out=None if results.total else self._ways_out(results, links, around["chips"]),
            exact_url=exact_words(query, links) if results.suggestions.forms else None,
            suggested_url=links.search(replace(query, text=results.suggestions.did_you_mean or "", page=1)),
            copies_url=links.search(replace(query, dupes="show" if query.folds else "fold", page=1)),
            json_url=replace(links, path="/api/search").search(query),
            canonical_url=replace(links, base=self._archive.base_url(), ui=None).search(query),
            **around,
        )

    def cards(self, results: Results, links: Links) -> list[Plain]:
        """The results as cards."""
        engine = self._archive.engine
        untitled = {hit.id: engine.get(hit.id) for hit in results.hits if not hit.title.value}
        known = {key: one for key, one in untitled.items() if one is not None}
        clusters = {hit.cluster for hit in results.hits if hit.cluster and hit.copies > 1}
        outlets = {cluster: self._outlets_of(cluster, results.index.generation) for cluster in clusters}
        return cards(results, links, known, outlets)

    def _outlets_of(self, cluster: str, generation: int) -> int:
        """In how many outlets a story ran; two threads may find out at once, and the same."""
        known = self._outlets.get((generation, cluster))
        if known is None:
            asked = SearchQuery(cluster=cluster, per_page=0, facets=(), suggestions=False)
            known = self._archive.engine.search(asked, deadline=self._archive.deadline()).outlets
            if len(self._outlets) >= MOST_REMEMBERED:
                self._outlets = {}
            self._outlets[generation, cluster] = known
        return known

    def _count(self, query: SearchQuery) -> int:
        plain = replace(query, per_page=0, facets=(), suggestions=False)
        return self._archive.engine.search(plain, deadline=self._archive.deadline()).total

    def _reviewed(self, facets: dict[str, Plain], query: SearchQuery) -> dict[str, Plain]:
        """The facets; where names that nobody has reviewed are listed too, those are marked."""
        if not query.discovered or "actor" not in facets:
            return facets
        rows = facets["actor"]["values"]
        listed = tuple(row["value"] for row in rows)
        plain = replace(query, discovered=False)
        counted = self._archive.engine.facet("actor", plain, values=listed, limit=len(listed) or 1)
        reviewed = {row.value.id for row in counted.values if row.count}
        marked = [{**row, "unreviewed": bool(row["count"]) and row["value"] not in reviewed} for row in rows]
        return {**facets, "actor": {**facets["actor"], "values": marked}}

    def _ways_out(self, results: Results, links: Links, filters: list[Plain]) -> dict[str, Any]:
        out = ways_out(results.query, links, filters, any_total=results.suggestions.any_total)
        wordless = replace(results.query, text="", match="all", sort=None)
        # By itself a misspelt word is told what was meant, even where another finds nothing at all.
        alone = {word: links.search(replace(results.query, text=word, page=1)) for word, _ in results.suggestions.words}
        return {**out, "alone": alone, "wordless_total": self._count(wordless) if out["wordless_url"] else None}
