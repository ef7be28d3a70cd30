"""What do the names and values that stand in a sidecar, a table, a record or a path declare about a document?"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from searchapp.ingest.data.scrubbing import scrubbed_line
from searchapp.model import Claim, days_of

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
_PRECISIONS = {4: "year", 7: "month", 10: "day"}

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
        for claim in (_claim(name, fields[alias], origin) for alias in aliases if _means(name, alias, fields)):
            if isinstance(claim, str):
                refused.append(claim)
            elif claim is not None:
                claims.setdefault(name, claim)
    if "outlet" not in claims and "url" not in claims:
        hosts = (_host(text) for alias in _HOSTS for text in _texts(fields.get(alias)))
        claims.update(("outlet", Claim(host, "declared", origin, host)) for host in [next(hosts, "")] if host)
    retrieved = next((_moment(text) for name in _RETRIEVED for text in _texts(fields.get(name))), None)
    return Declaration(claims, _values(fields), tuple(refused), retrieved)


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


def _claim(name: str, given: Any, origin: str) -> Claim | str | None:
    """The claim, None where nothing is said, or a sentence that says why it is refused."""
    text = ", ".join(_texts(given)) if name == "author" else next(iter(_texts(given)), "")
    if not text:
        return None
    if name != "date":
        return Claim(text, "declared", origin, text)
    day = text[:10] if len(text) > 10 and text[10] in "T " else text
    try:
        days = days_of(day)
    except ValueError:
        return f"{origin} declares the date {_short(text)!r}, which is none"
    if days.first > datetime.date.today():
        return f"{origin} declares the date {_short(text)!r}, which is yet to come"
    return Claim(day, "declared", origin, text, _PRECISIONS[len(day)])  # type: ignore[arg-type]


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _values(fields: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    values: dict[str, tuple[str, ...]] = {}
    for name in KEYWORDS:
        values[name] = tuple(word for text in _texts(fields.get(name)) for word in _texts(text.split(";")))
    for name, facet in _FACETS.items():
        if name in fields:
            values[facet] = _texts(fields[name])
    facets = fields.get("facets")
    if isinstance(facets, Mapping):
        values.update((scrubbed_line(str(name)), _texts(given)) for name, given in facets.items())
    return {name: given for name, given in values.items() if given}


def _moment(text: str) -> str | None:
    """The moment in UTC (a day where no more is said); None for what is no date."""
    try:
        moment = datetime.datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            moment = moment.astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return None
    return moment.date().isoformat() if len(text) <= 10 else moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _texts(given: Any) -> tuple[str, ...]:
    listed: Iterable[Any] = given if isinstance(given, list | tuple) else (given,)
    texts = (scrubbed_line(_text(one)) for one in listed if one is not None and not isinstance(one, dict | list))
    return tuple(dict.fromkeys(text for text in texts if text))


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime.datetime | datetime.date) else str(value)
