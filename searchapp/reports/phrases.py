"""Which words of the data are said in the language of the interface? Facets, origins, statuses, reasons of removal."""

from __future__ import annotations

import re

from searchapp.reports.wording import N_, Words

FACETS = (
    N_("Outlet"), N_("Outlets"), N_("Published by"), N_("no outlet known"),
    N_("Actor"), N_("Actors"), N_("People and groups named"), N_("no actor named"),
    N_("Location"), N_("Locations"), N_("Places mentioned"), N_("no place mentioned"),
    N_("Who is cited"), N_("Outlets and agencies the text credits"), N_("nobody cited"),
    N_("Language"), N_("Languages"), N_("language not known"),
    N_("Date"), N_("Dates"), N_("Published"), N_("undated"),
    N_("Folder"), N_("Folders"), N_("Where the file lies"), N_("no folder"),
    N_("Spelling"), N_("Spellings"), N_("How the outlet is known"), N_("Where the date was found"), N_("First indexed"),
    N_("none"),
)  # fmt: skip
"""What the built-in facets say of themselves."""

STATUSES = {
    "declared": N_("declared"), "curated": N_("from a list"), "inferred": N_("inferred"),
    "discovered": N_("not reviewed"), "absent": N_("not known"),
}  # fmt: skip
"""How a value is known."""

ORIGINS = {
    "text": N_("the text"), "byline": N_("the byline"), "dateline": N_("the dateline"), "url": N_("the address"),
    "path": N_("the path"), "sidecar": N_("a file beside it"), "metadata.csv": N_("metadata.csv"),
    "front matter": N_("the front matter"), "record": N_("the record"), "meta": N_("the page’s metadata"),
    "json-ld": N_("the page’s metadata"), "time": N_("the page’s markup"), "title": N_("the title"),
    "html": N_("the page’s markup"), "file name": N_("the file name"), "host": N_("the address"),
    "date line": N_("the line of the date"), "metadata prefix": N_("the lines above the text"),
    "line above the text": N_("the line above the text"), "first line": N_("the first line"),
    "name line": N_("the line of the author"),
}  # fmt: skip
"""Where a value was found; what is not here is said as it is."""

REASONS = (
    N_("navigation"), N_("title"), N_("search box"), N_("comment form"), N_("share or vote counter"),
    N_("teaser of another article"), N_("cookie notice"), N_("advertisement"), N_("newsletter or account"),
    N_("caption"), N_("tags"), N_("about the author"), N_("author and date line"),
    N_("author line"), N_("date line"), N_("metadata prefix"), N_("reading time"), N_("link list"),
    N_("repeated title"), N_("above the article"), N_("below the article"), N_("copyright notice"), N_("page footer"),
    N_("sidebar"), N_("window over the page"), N_("form"), N_("site notice"), N_("unlike the text around it"),
    N_("dropped by clean.yaml"),
)  # fmt: skip
"""Why a block was removed; what is not here is said as it is."""

QUALITIES = {
    "no article found": N_("No article was found in this file. What it holds is listed as removed."),
    "only a teaser": N_("This is only the beginning of an article, or a teaser of it."),
}
"""What is wrong with a text, as its page says it."""

_REPEATED = re.compile(r"repeats in at least (\d+) documents of this outlet")


def reason_said(words: Words, reason: str) -> str:
    """Why a block was removed, in the language of the interface."""
    repeated = _REPEATED.fullmatch(reason)
    if repeated:
        return words.say(N_("repeats in at least %(n)s documents of this outlet"), n=repeated[1])
    return words.say(reason)
