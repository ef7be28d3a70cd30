"""What do the names and values that stand in a sidecar, a table, a record or a path declare about a document?"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from searchapp.ingest.data.scrubbing import scrubbed_line
from searchapp.ingest.seeds.values import claim_of, possible_values, texts_of
from searchapp.model import Claim

# The names that say the same, the one to be believed first in front: ours, then those that trafilatura, news-please
# and Media Cloud write.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "headline"),
    "author": ("author", "authors", "byline"),
    "outlet": ("outlet", "publisher", "sitename", "source-hostname", "media_name", "source"),
    "date": ("date", "published", "date_published", "date_publish", "publish_date"),
    "language": ("language", "lang"),
    "url": ("url", "source"),
}
_HOSTS = ("hostname", "source_domain", "media_url")
"""Names of an outlet's host; where the address of a page is known, it says more."""
_FACETS = {"actors": "actor", "actor": "actor", "locations": "location", "location": "location"}
KEYWORDS = ("tags", "categories")
"""Facets whose values trafilatura joins by semicolons."""
_RETRIEVED = ("retrieved", "date_download", "filedate", "indexed_date")
MAX_FACETS = 100
"""Facets that are declared of one document."""

KNOWN = frozenset((
    *(name for names in _NAMES.values() for name in names), *_HOSTS, *_FACETS, *KEYWORDS, *_RETRIEVED, "facets",
))  # fmt: skip
"""Every name that declares something."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """Claims by field, values by facet name, what had to be refused (a sentence each), when the page was fetched."""

    claims: Mapping[str, Claim] = field(default_factory=dict)
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    retrieved: str | None = None

    def over(self, weaker: Declaration) -> Declaration:
        """Both, this one winning where both speak."""
        return Declaration(
            {**weaker.claims, **self.claims},
            {**weaker.values, **self.values},
            (*weaker.refused, *self.refused),
            self.retrieved or weaker.retrieved,
        )

    def beyond(self, other: Declaration) -> Declaration:
        """This one without what the other says as well, so that a repetition does not change where it is known from."""
        said = {name: claim.value for name, claim in other.claims.items()}
        claims = {name: claim for name, claim in self.claims.items() if said.get(name) != claim.value}
        values = {name: given for name, given in self.values.items() if other.values.get(name) != given}
        return Declaration(claims, values, self.refused, self.retrieved)


def declaration_of(fields: Mapping[str, Any], origin: str) -> Declaration:
    """What a mapping of declared fields says; what cannot be a value of its field is refused, the rest kept."""
    refused: list[str] = []
    claims: dict[str, Claim] = {}
    for name, aliases in _NAMES.items():
        for claim in (claim_of(name, fields[alias], origin) for alias in aliases if _means(name, alias, fields)):
            if isinstance(claim, str):
                refused.append(claim)
            elif claim is not None:
                claims.setdefault(name, claim)
    if "outlet" not in claims and "url" not in claims:
        hosts = (_host(text) for alias in _HOSTS for text in texts_of(fields.get(alias)))
        claims.update(("outlet", Claim(host, "declared", origin, host)) for host in [next(hosts, "")] if host)
    retrieved = next((_moment(text) for name in _RETRIEVED for text in texts_of(fields.get(name))), None)
    values: dict[str, tuple[str, ...]] = {}
    for name, given in _values(fields, refused, origin).items():
        values[name], impossible = possible_values(name, given, origin)
        refused += impossible
    return Declaration(claims, {name: given for name, given in values.items() if given}, tuple(refused), retrieved)


def _means(name: str, alias: str, fields: Mapping[str, Any]) -> bool:
    """Whether the alias stands for this field: `source` is an address in some dumps and an outlet in others."""
    if alias not in fields:
        return False
    return alias != "source" or _is_address(fields[alias]) == (name == "url")


def _is_address(given: Any) -> bool:
    return isinstance(given, str) and given.strip().lower().startswith(("http://", "https://"))


def _host(text: str) -> str:
    try:
        return (urlsplit(text if "//" in text else f"//{text}").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _values(fields: Mapping[str, Any], refused: list[str], origin: str) -> dict[str, tuple[str, ...]]:
    """What is declared by facet; `refused` receives a sentence where it is too many facets to be meant."""
    values: dict[str, tuple[str, ...]] = {}
    for name in KEYWORDS:
        values[name] = tuple(word for text in texts_of(fields.get(name)) for word in texts_of(text.split(";")))
    for name, facet in _FACETS.items():
        if name in fields:
            values[facet] = texts_of(fields[name])
    facets = fields.get("facets")
    if isinstance(facets, Mapping) and len(facets) > MAX_FACETS:
        refused.append(f"{origin} declares {len(facets):,} facets, which is more than {MAX_FACETS}")
    elif isinstance(facets, Mapping):
        values.update((scrubbed_line(str(name)), texts_of(given)) for name, given in facets.items())
    return values


def _moment(text: str) -> str | None:
    """The moment in UTC (a day where no more is said); None for what is no date."""
    try:
        moment = datetime.datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            moment = moment.astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return None
    return moment.date().isoformat() if len(text) <= 10 else moment.strftime("%Y-%m-%dT%H:%M:%SZ")
