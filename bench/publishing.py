"""How right are outlets that are told by the text alone? Articles of known outlets, and reports that speak of none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from searchapp.authority import Authority
from searchapp.ingest.outlets import find_outlet
from searchapp.model import Page

_NAMES = {
    "breitbart": "Breitbart News",
    "huff-post": "HuffPost",
    "nyt": "The New York Times",
    "politico": "Politico",
    "usa-today": "USA Today",
    "wash-post": "The Washington Post",
    "west-journal": "The Western Journal",
    "Wikinews": "Wikinews",
}
"""The outlets of the set whose articles speak of their publisher now and then, by the name the set gives them."""
_OTHERS = {"BBC": "BBC", "Reuters": ""}
_EVERY = 10


@dataclass(frozen=True, slots=True)
class Publishing:
    """The share of articles that an outlet is told for and of those the right ones, and outlets told of agency reports.

    `named` is how many articles name their publisher at all, as few others can tell it, and `told` the share of these.
    """

    coverage: float
    told: float
    named: int
    precision: float
    articles: int
    invented: int
    reports: int


def measure_outlets(articles: Iterable[dict[str, Any]], authority: Authority) -> Publishing:
    """Articles with title, text and the outlet's name in the set; of the news that name nobody every tenth is read."""
    sample = list(_sample(articles))
    told = [(name, _told(one, authority)) for name, one in sample]
    known = [(name, outlet) for name, outlet in told if name]
    spelled = {one.name: (one.name, *one.alias) for one in authority.outlets.values()}
    naming = [outlet for (name, one), (_, outlet) in zip(sample, told, strict=True)
              if name and any(form in one["text"] for form in spelled[name])]  # fmt: skip
    given = [(name, outlet) for name, outlet in known if outlet is not None]
    reports = [outlet for name, outlet in told if not name]
    right = sum(name == outlet for name, outlet in given)
    return Publishing(
        coverage=len(given) / max(1, len(known)),
        told=sum(outlet is not None for outlet in naming) / max(1, len(naming)),
        named=len(naming),
        precision=right / max(1, len(given)),
        articles=len(known),
        invented=sum(outlet is not None for outlet in reports),
        reports=len(reports),
    )


def _sample(articles: Iterable[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, one in enumerate(articles):
        label = one["outlet"]
        if label in _NAMES or (label in _OTHERS and number % _EVERY == 0):
            yield _NAMES.get(label, _OTHERS.get(label, "")), one


def _told(article: dict[str, Any], authority: Authority) -> str | None:
    text = f"{article['title'] or ''}\n\n{article['text']}"
    return find_outlet(text, Page("a.txt", ()), (), None, authority).value
