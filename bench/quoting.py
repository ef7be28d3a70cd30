"""Does every value of actors and places open to evidence that quotes its texts? Every value and every document is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from searchapp.config import Settings
from searchapp.engine import open_engine
from searchapp.engine.base import Engine
from searchapp.model import SearchQuery
from searchapp.web import create_app

FACETS = ("actor", "location")
_LINES = 100
_VALUES_AT_ONCE = 1_000
_DEADLINE = 600.0


@dataclass(slots=True)
class Quotes:
    """What was looked at, and what is wrong: a line each."""

    documents: int = 0
    values: Counter[str] = field(default_factory=Counter)
    mentions: int = 0
    lines: int = 0
    wrong: list[str] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """The numbers, with the first of what is wrong."""
        return {
            "documents": self.documents, "values": dict(self.values), "mentions": self.mentions, "lines": self.lines,
            "mismatches": len(self.wrong), "first": self.wrong[:20],
        }  # fmt: skip


def measure_quotes(index: Path) -> dict[str, Any]:
    """Documents, values, mentions and sample lines of the index, and how many do not say exactly what the text says."""
    return quotes_of(index).plain()


def quotes_of(index: Path) -> Quotes:
    """All of the index looked through, as its server answers."""
    settings = Settings(index=index, deadline=_DEADLINE)
    engine = open_engine(settings)
    client = create_app(settings, partial(open_engine, settings)).test_client()
    found = Quotes()
    try:
        carried = _look_at_documents(client, engine, found)
        for facet in FACETS:
            for value, count in _values(engine, facet):
                found.values[facet] += 1
                if carried[facet, value] != count:
                    found.wrong.append(f"{facet} {value}: counted {count}, carried by {carried[facet, value]} documents")
                _look_at_value(client, facet, value, count=count, found=found)
    finally:
        engine.close()
    return found


def _look_at_documents(client: FlaskClient, engine: Engine, found: Quotes) -> Counter[tuple[str, str]]:
    """How many documents carry each value, by facet and value."""
    carried: Counter[tuple[str, str]] = Counter()
    for hit in engine.iterate(SearchQuery(dupes="show", sort="-added")):
        document = client.get(f"/api/documents/{hit.id}").get_json()
        found.documents += 1
        texts = {"title": document["claims"]["title"]["value"] or "", "text": document["text"]}
        for facet in FACETS:
            for entry in document["facets"].get(facet, ()):
                carried[facet, entry["value"]] += entry["status"] != "discovered"
                _look_at_entry(entry, texts, f"{hit.id}: {facet} {entry['value']}", found)
    return carried


def _look_at_entry(entry: dict[str, Any], texts: dict[str, str], where: str, found: Quotes) -> None:
    for mention in entry["mentions"]:
        found.mentions += 1
        quoted = texts[mention["field"]][mention["start"] : mention["end"]]
        if quoted != mention["surface"] or not quoted.strip():
            found.wrong.append(f"{where}: {mention['surface']!r} is {quoted!r} in the text")
    if not entry["mentions"] and not entry["within"] and entry["status"] != "declared":
        found.wrong.append(f"{where}: nothing says it")


def _values(engine: Engine, facet: str) -> Iterator[tuple[str, int]]:
    offset, query = 0, SearchQuery(dupes="show")
    while rows := engine.facet(facet, query, offset=offset, limit=_VALUES_AT_ONCE).values:
        yield from ((row.value.id, row.count) for row in rows)
        offset += len(rows)


def _look_at_value(client: FlaskClient, facet: str, value: str, *, count: int, found: Quotes) -> None:
    asked = {"value": value, "dupes": "show", "limit": _LINES}
    page = client.get(f"/facets/{facet}/evidence", query_string=asked)
    evidence = client.get(f"/api/facets/{facet}/evidence", query_string=asked).get_json()
    where = f"{facet} {value}"
    if page.status_code != 200 or evidence["total"] != count or len(evidence["lines"]) != min(count, _LINES):
        found.wrong.append(f"{where}: {page.status_code}, {evidence['total']} of {count}, {len(evidence['lines'])} lines")
    for line in evidence["lines"]:
        found.lines += 1
        quoted = [text for text, match in line["line"] if match]
        if line["status"] != "declared" and quoted != [line["surface"]]:
            found.wrong.append(f"{where}: {line['document']} shows {quoted!r} for {line['surface']!r}")
