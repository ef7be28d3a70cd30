"""What may a record say? Each key with what it must hold; the keys are those of FollowTheMoney where it has them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, get_args

from searchapp.authority.records import Actor, Outlet, OutletKind, Place, PlaceKind, Record
from searchapp.errors import ConfigError

SCHEMATA = ("Person", "Organization", "Company", "PublicBody", "LegalEntity", "Airplane", "Vessel")

_ID = re.compile(r"[\w.:-]+")
_COUNTRY = re.compile(r"[a-z]{2}")


class _Wrong(Exception):
    """What the value should be, in words."""


def fields_of(entry: Any, kind: type[Record], where: str) -> dict[str, Any]:
    """The record's fields by the names that `kind` gives them; ConfigError for what may not stand in it."""
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str) or not _ID.fullmatch(entry["id"]):
        raise ConfigError(f"{where}: needs an `id` of letters, digits and . : - _, as in `- id: wagner-group`.")
    where = f"{where} ({entry['id']})"
    known = _KEYS[kind]
    fields = {}
    for key, value in entry.items():
        if key not in known:
            raise ConfigError(f"{where}: {key!r} is unknown here. Known are {', '.join(known)}.")
        name, check = known[key]
        try:
            fields[name] = check(value)
        except _Wrong as wrong:
            raise ConfigError(f"{where}: `{key}` must be {wrong}, and is {value!r}.") from wrong
    return fields


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Wrong("a text (put quotes around numbers, yes and no)")
    return " ".join(value.split())


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(_text(one) for one in (value if isinstance(value, list) else [value]))


def _country(value: Any) -> str:
    if not isinstance(value, str) or not _COUNTRY.fullmatch(value):
        raise _Wrong('the two lower-case letters of ISO 3166-1, as in ly (Norway in quotes: "no")')
    return value


def _one_of(*allowed: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if value not in allowed:
            raise _Wrong(f"one of {', '.join(allowed)}")
        return str(value)

    return check


def _degrees(limit: int) -> Callable[[Any], float]:
    def check(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not -limit <= value <= limit:
            raise _Wrong(f"degrees between -{limit} and {limit}")
        return float(value)

    return check


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _Wrong("a whole number")
    return value


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Wrong("true or false")
    return value


_Check = Callable[[Any], Any]

_COMMON: dict[str, tuple[str, _Check]] = {
    "id": ("id", _text),
    "name": ("name", _text),
    "alias": ("alias", _texts),
    "weakAlias": ("weak_alias", _texts),
    "ambiguous": ("ambiguous", _texts),
    "country": ("country", _country),
    "notes": ("notes", _text),
}
_KEYS: dict[type[Record], dict[str, tuple[str, _Check]]] = {
    Actor: {
        **_COMMON,
        "schema": ("schema", _one_of(*SCHEMATA)),
        "topics": ("topics", _texts),
        "referents": ("referents", _texts),
        "withdrawn": ("withdrawn", _yes_or_no),
    },
    Outlet: {**_COMMON, "kind": ("kind", _one_of(*get_args(OutletKind))), "website": ("website", _texts), "phrase": ("phrase", _texts)},
    Place: {
        **_COMMON,
        "kind": ("kind", _one_of(*get_args(PlaceKind))),
        "parent": ("parent", _text),
        "latitude": ("latitude", _degrees(90)),
        "longitude": ("longitude", _degrees(180)),
        "population": ("population", _count),
        "demonym": ("demonym", _texts),
        "abbreviation": ("abbreviation", _texts),
    },
}
