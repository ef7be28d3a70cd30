"""The states in which a page can be looked at: twelve, over the small archive, each with the address that leads to it."""

from __future__ import annotations

STATES = {
    "start": "/",
    "results": "/search?q=haftar",
    "filtered": "/search?q=recruits&outlet=Zaman%20al-Wasl&actor=haftar&date_from=2020",
    "excluded": "/search?q=haftar&-outlet=Blog&-location=geo%3Atripoli&sort=date",
    "no-result": "/search?q=zzz+haftar&outlet=Blog",
    "broken-query": "/search?q=%22haftar",
    "refused": "/search?q=haftar&date_from=8.6.2020",
    "not-found": "/document/none",
    "no-index": "/search?q=haftar",
    "document": "/document/d01?q=recruits",
    "removed": "/document/d01?q=share&scope=raw",
    "facet": "/facets/outlet?q=haftar",
}
"""`no-index` is asked of a site that has none; `removed` opens what was removed."""

MORE = {
    "evidence": "/facets/actor/evidence?value=haftar",
    "about": "/about",
    "advanced": "/advanced?q=haftar",
    "help": "/help",
    "everything": "/search",
    "arabic": "/document/d09",
}
"""Other pages that a person meets."""

STATUS = {"refused": 422, "not-found": 404, "no-index": 503}
LANGUAGES = ("en", "ar")
WIDTHS = (320, 1280)


def address(state: str, language: str) -> str:
    """The address of a state in a language of the interface."""
    path = {**STATES, **MORE}[state]
    return f"{path}{'&' if '?' in path else '?'}ui={language}"
