"""The pages around the search: the start, what the archive holds, the form of many fields, help."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from searchapp.model import SearchQuery
from searchapp.reports import urls
from searchapp.reports.advanced import DISTANCES, FIELDS, written_query
from searchapp.reports.coverage import latest, overview
from searchapp.reports.links import Choices
from searchapp.reports.pages import kept
from searchapp.reports.panels import bars
from searchapp.reports.present import histogram_of
from searchapp.reports.wording import N_
from searchapp.web.account import about
from searchapp.web.archive import Archive
from searchapp.web.boxes import box
from searchapp.web.results import ResultsPage
from searchapp.web.templating import render

NEWEST = 5
NOTHING_TYPED: dict[str, Any] = {"typed": "", "kept": [], "within": "", "cleared": None, "chips": []}
EXAMPLES = (
    ("haftar libya", N_("both words, in any of their forms")),
    ('"eastern Syria"', N_("these words in this order, exactly as they are written")),
    ("wagner OR haftar", N_("at least one of the two")),
    ("libya -haftar", N_("the first without the second")),
    ("(wagner OR haftar) AND oil", N_("parentheses group")),
    ('"fighters Libya"~10', N_("both words with at most ten others between them")),
    ("recruit*", N_("every word that begins like this")),
    ("qam?shli", N_("any letter in the place of the mark")),
    ("haftar~", N_("a word that differs in one letter; ~2 in two")),
    ("title:libya", N_("in titles; also text, outlet, actor, location, cites, language, author, folder, url, file, id")),
    ("actor:haftar", N_("in the names of actors, in all their spellings")),
    ("date:2020-06", N_("published in June 2020")),
    ("date:[2020-01-01 TO 2020-06-30]", N_("published between two days")),
)
FIELD_LABELS = {
    "title": N_("title"), "text": N_("text"), "outlet": N_("outlet"), "actor": N_("actor"), "location": N_("place"),
    "cites": N_("who is cited"), "language": N_("language"), "author": N_("author"), "folder": N_("folder"),
    "url": N_("address"), "file": N_("file"), "id": N_("id"),
}  # fmt: skip
OPENSEARCH = """<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>searchapp</ShortName>
<Description>Search this archive of news</Description>
<InputEncoding>UTF-8</InputEncoding>
<Url type="text/html" template="{base}/search?q={{searchTerms}}"/>
<Url type="application/json" template="{base}/api/search?q={{searchTerms}}"/>
</OpenSearchDescription>
"""


class Guide:
    """One method a page."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._results = ResultsPage(archive)

    def start(self) -> AnyResponse:
        """What is new, and an overview. Whoever asks something here is led to the search."""
        archive = self._archive
        if set(request.args) - {"ui"}:
            # The names too are whatever somebody wrote.
            asked = [(urls.quoted(name), value) for name, value in request.args.items(multi=True)]
            return redirect(urls.join(asked, "/search"))
        links = archive.links()
        query = archive.engine.facets.complete(SearchQuery(suggestions=False))
        few = archive.engine.search(replace(query, per_page=NEWEST), deadline=archive.deadline())
        results = replace(few, query=query)
        dated = histogram_of(results.histogram, Choices(query, links)) if results.histogram else None
        return Response(
            render(
                "start.html", page=overview(results, links), cards=self._results.cards(results, links),
                histogram=bars(dated, query, results.total) if dated else None, notice=results.index.notice,
                latest=latest(archive.engine, links, archive.deadline()),
                built_at=results.index.built_at, all_url=links.search(SearchQuery()),
                canonical_url=archive.base_url() + "/", **NOTHING_TYPED,
            )
        )  # fmt: skip

    def about(self) -> AnyResponse:
        info = self._archive.engine.info()
        page = about(self._archive, self._archive.links())
        known = {"notice": info.notice, "generation": info.generation, "built_at": info.built_at}
        return Response(render("about.html", page=page, **known, **NOTHING_TYPED))

    def advanced(self) -> AnyResponse:
        """The form, with the filters and words of the search that it was opened from."""
        links = self._archive.links()
        query = self._archive.asked(strict=False).query
        return Response(
            render(
                "advanced.html", carried=kept(query, links, "q", "date_from", "date_to", "scope"), distances=DISTANCES,
                fields=[(name, FIELD_LABELS[name]) for name in FIELDS], **box(query, links, {}),
            )
        )  # fmt: skip

    def compose(self) -> AnyResponse:
        """The search that the fields of the form ask."""
        written = written_query(request.args)
        own = ("q", "all", "exact", "any_words", "none", "near", "distance", "inside", "field")
        rest = [(name, value) for name, value in request.args.items(multi=True) if name not in own and value.strip()]
        scope = [pair for pair in rest if pair != ("scope", "clean")]
        return redirect(urls.join([("q", written), *scope] if written else scope, "/search"))

    def help(self) -> AnyResponse:
        links = self._archive.links()
        examples = [(query, meaning, links.search(SearchQuery(text=query))) for query, meaning in EXAMPLES]
        return Response(render("help.html", examples=examples, **NOTHING_TYPED))

    def opensearch(self) -> AnyResponse:
        text = OPENSEARCH.format(base=self._archive.base_url())
        return Response(text, content_type="application/opensearchdescription+xml; charset=utf-8")


def blueprint(archive: Archive) -> Blueprint:
    """The pages around the search."""
    rules, guide = Blueprint("guide", __name__), Guide(archive)
    rules.add_url_rule("/", view_func=guide.start)
    rules.add_url_rule("/about", view_func=guide.about)
    rules.add_url_rule("/advanced", view_func=guide.advanced)
    rules.add_url_rule("/advanced/search", view_func=guide.compose)
    rules.add_url_rule("/help", view_func=guide.help)
    rules.add_url_rule("/opensearch.xml", view_func=guide.opensearch)
    return rules
