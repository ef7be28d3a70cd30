"""What does each parameter of an address mean, in a sentence?"""

from __future__ import annotations

from searchapp.facets import FacetSpec

MEANINGS = {
    "q": "The words, in the query language of the README; without them everything is found",
    "match": "Whether all words are wanted, or any of them",
    "scope": "Whether to read what was kept (clean), what was cleaned away (removed), or both (raw)",
    "page": "Which page of results; pages reach to result 10,000, and next goes on from there",
    "per_page": "How many results a page; 0 only counts",
    "cursor": "Where to go on, from next; it knows its question, so that nothing else need be said",
    "sort": "The order of the results: by relevance where there are words, else the latest additions first",
    "missing": "Facets of which a result has no value",
    "-missing": "Facets of which a result has some value",
    "any": "Facets of which one of the chosen values is enough, though all are wanted otherwise",
    "date_from": "The first day of publication; a year or a month is meant from its first day on",
    "date_to": "The last day of publication; a year or a month is meant to its last day",
    "added_from": "The first day of the run that brought a document",
    "since": "Documents that came or changed after a generation or run, or since a date",
    "cluster": "The copies of one story, one by one",
    "dupes": "Whether the copies of a story count once (fold) or each (show)",
    "salient": "Facets that count and filter only what a document is mainly about",
    "outlet_status": "How it is known who published a document",
    "date_origin": "Where the date of a document was found",
    "discovered": "Whether names that nobody has reviewed are listed",
    "facets": "Which facets are counted; all that a page lists unless it is said",
    "facet_size": "How many values of each facet are listed",
    "highlight": "Whether snippets say what matched in them",
    "fields": "What else a result holds: text is all of its words",
    "generation": "The state of the index to ask, as a link has remembered it",
    "was": "How many results there were when a link was made; it is said where that has changed",
    "ui": "The language of the site",
    "url": "The address of an article",
    "prefix": "How a word or a name begins",
    "order": "Whether values come by their counts or by the alphabet",
    "offset": "How many values are left out at the beginning",
    "limit": "How many are listed at most",
    "value": "A value of the facet: its id, or a label that only one has",
}


def of_choosing(spec: FacetSpec) -> str:
    """What it means to name a value of the facet."""
    every = "any of them" if spec.combine == "or" else "all of them, unless any says otherwise"
    inside = "; what lies inside of a value counts as it" if spec.hierarchy else ""
    return f"{spec.plural}, by id or by a label that only one has: {every}{inside}"


def of_excluding(spec: FacetSpec) -> str:
    """What it means to name a value of the facet after a -."""
    return f"{spec.plural} that no result has"
