"""What do a sidecar, a metadata table, a path or a record declare about a document?"""

from __future__ import annotations

import csv
import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from searchapp.errors import IngestError
from searchapp.model import Claim, days_of

_KEYS = {
    "title": "title", "headline": "title", "author": "author", "authors": "author", "byline": "author",
    "outlet": "outlet", "source": "outlet", "publisher": "outlet", "date": "date", "published": "date",
    "date_published": "date", "language": "language", "lang": "language", "url": "url",
}  # fmt: skip
_LISTS = {"actors": "actor", "actor": "actor", "locations": "location", "location": "location"}
_PRECISIONS = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True, slots=True)
class Declaration:
    """Claims by field, values by facet name, and what had to be refused (a sentence each)."""

    claims: Mapping[str, Claim] = field(default_factory=dict)
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    refused: tuple[str, ...] = ()

    def over(self, weaker: Declaration) -> Declaration:
        """Both, this one winning where both speak."""
        return Declaration(
            {**weaker.claims, **self.claims}, {**weaker.values, **self.values}, (*weaker.refused, *self.refused)
        )


def declaration_of(fields: Mapping[str, Any], origin: str) -> Declaration:
    """What a mapping of declared fields says; what cannot be a value of its field is refused, the rest kept."""
    claims: dict[str, Claim] = {}
    values: dict[str, tuple[str, ...]] = {}
    refused: list[str] = []
    for key, given in fields.items():
        name = _KEYS.get(key)
        if name is not None and name not in claims:
            claim = _claim(name, given, origin)
            if isinstance(claim, str):
                refused.append(claim)
            elif claim is not None:
                claims[name] = claim
        elif key in _LISTS:
            values[_LISTS[key]] = _texts(given)
    facets = fields.get("facets")
    if isinstance(facets, Mapping):
        values.update((str(name), _texts(given)) for name, given in facets.items())
    return Declaration(claims, {name: given for name, given in values.items() if given}, tuple(refused))


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
        return f"{origin} declares the date {text!r}, which is none"
    if days.first > datetime.date.today():
        return f"{origin} declares the date {text!r}, which is yet to come"
    return Claim(day, "declared", origin, text, _PRECISIONS[len(day)])  # type: ignore[arg-type]


def _texts(given: Any) -> tuple[str, ...]:
    listed: Iterable[Any] = given if isinstance(given, list | tuple) else (given,)
    texts = (" ".join(_text(one).split()) for one in listed if one is not None and not isinstance(one, dict | list))
    return tuple(dict.fromkeys(text for text in texts if text))


def _text(value: Any) -> str:
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()
    return str(value).encode("utf-8", "replace").decode("utf-8")


def read_sidecar(path: Path, key: str) -> Declaration:
    """What the sidecar of the file with this key declares."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        fields = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise IngestError(key, "seeds", f"its sidecar {path.name} cannot be read: {reason}") from error
    if not isinstance(fields, dict):
        raise IngestError(key, "seeds", f"its sidecar {path.name} must hold names and values, as in title: …")
    return declaration_of(fields, "sidecar")


def read_table(path: Path, key: str) -> dict[str, Declaration]:
    """What a `metadata.csv` declares, by path relative to its folder; several values of a facet are joined by ` | `."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except (OSError, ValueError, csv.Error) as error:
        raise IngestError(key, "seeds", f"cannot be read: {error}") from error
    if rows and "path" not in rows[0]:
        raise IngestError(key, "seeds", "has no column named path, which says what each row is about")
    return {row["path"]: _table_row(row) for row in rows if row.get("path")}


def _table_row(row: Mapping[str | None, Any]) -> Declaration:
    known = {name: value for name, value in row.items() if name and isinstance(value, str) and value.strip()}
    facets = {
        name: value.split(" | ") for name, value in known.items() if name not in _KEYS and name not in (*_LISTS, "path")
    }
    lists = {name: value.split(" | ") for name, value in known.items() if name in _LISTS}
    plain = {name: value for name, value in known.items() if name in _KEYS}
    return declaration_of({**plain, **lists, "facets": facets}, "metadata.csv")
