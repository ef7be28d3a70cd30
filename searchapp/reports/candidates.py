"""Which discovered names might become records? A table to look through, edit and hand back."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from searchapp.authority import DISCOVERED, Action, Authority, Decision
from searchapp.engine.base import Engine
from searchapp.errors import ConfigError
from searchapp.model import Document, FacetCount, FacetValue, Filter, Mention, SearchQuery

COLUMNS = ("decision", "name", "type", "into", "aliases", "documents", "perhaps", "line 1", "line 2", "line 3")
"""`decision` is accept, merge, reject or empty; `perhaps` is a record with a similar name."""

_FACET = "actor"
_ROWS_AT_ONCE = 1_000
_LINES = 3
_AROUND = 70
_SIMILAR = 88
_TYPES = {"person": "Person", "organisation": "Organization"}
_TYPES_BY_WORD = {
    **dict.fromkeys(("airlines", "airways", "corp", "corporation", "inc", "ltd", "plc", "holdings", "company"), "Company"),
    **dict.fromkeys(("ministry", "department", "court", "parliament", "senate", "police", "directorate"), "PublicBody"),
}
"""What a body is that has this word in its name."""

_ACTIONS: dict[str, Action] = {"accept": "accept", "merge": "merge", "reject": "reject"}
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name in so many documents, with lines that name it; `perhaps` is the id of a record that sounds alike."""

    value: FacetValue
    schema: str
    documents: int
    lines: tuple[str, ...]
    perhaps: str


def candidates(engine: Engine, authority: Authority, *, least: int, most: int) -> Iterator[Candidate]:
    """At most `most` names that are in at least `least` documents, the most frequent first."""
    names = {name: one.id for one in authority.actors.values() for name in one.names}
    given = 0
    for row in _rows(engine):
        if given == most or row.count < least:
            return
        if row.value.id.startswith(DISCOVERED):
            given += 1
            yield _candidate(row, engine, names)


def _rows(engine: Engine) -> Iterator[FacetCount]:
    """All values of the facet, the most frequent first."""
    query = SearchQuery(discovered=True, dupes="show")
    offset = 0
    while rows := engine.facet(_FACET, query, offset=offset, limit=_ROWS_AT_ONCE).values:
        yield from rows
        offset += len(rows)


def _candidate(row: FacetCount, engine: Engine, names: dict[str, str]) -> Candidate:
    query = SearchQuery(
        filters=(Filter(_FACET, (row.value.id,)),), discovered=True, dupes="fold", per_page=_LINES, facets=(),
        snippets=False, suggestions=False,
    )  # fmt: skip
    documents = [document for hit in engine.search(query).hits if (document := engine.get(hit.id)) is not None]
    mentions = [(document, one) for document in documents for one in document.mentions if one.value == row.value.id]
    kinds = Counter(one.rule.partition(" ")[0] for _, one in mentions)
    first = {document.id: (document, one) for document, one in reversed(mentions)}
    similar = process.extractOne(row.value.label, names.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=_SIMILAR)
    return Candidate(
        row.value,
        _type_of(row.value.label, kinds),
        row.count,
        tuple(_line(document, one) for document, one in reversed(first.values())),
        names[similar[0]] if similar else "",
    )


def _type_of(name: str, kinds: Counter[str]) -> str:
    """What the name is most often taken for, or what a word in it says."""
    kind = kinds.most_common(1)[0][0] if kinds else ""
    said = (_TYPES_BY_WORD.get(word) for word in name.lower().split()) if kind == "organisation" else ()
    return next(filter(None, said), _TYPES.get(kind, "LegalEntity"))


def _line(document: Document, mention: Mention) -> str:
    text = document.text if mention.field == "text" else document.title.value or ""
    around = text[max(0, mention.start - _AROUND) : mention.end + _AROUND]
    return f"… {' '.join(around.split())} …"


def table_of(found: Iterable[Candidate]) -> str:
    """The candidates as CSV with an empty column of decisions."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in found:
        cells = ("", one.value.label, one.schema, "", "", str(one.documents), one.perhaps, *one.lines)
        writer.writerow([f"'{cell}" if _FORMULA.match(cell) else cell for cell in cells])
    return text.getvalue()


def decisions_in(path: Path) -> list[Decision]:
    """What was decided in such a table; ConfigError names the line that says something else."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, strict=True)
            missing = {"decision", "name", "type", "into"} - set(reader.fieldnames or ())
            if missing:
                raise ConfigError(f"{path}, line 1: its header lacks {', '.join(sorted(missing))}")
            found = [_decision(row, f"{path}, line {reader.line_num}") for row in reader]
    except (OSError, ValueError, csv.Error) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error
    return [one for one in found if one is not None]


def _decision(row: dict[str, str | None], where: str) -> Decision | None:
    cells = {key: _unquoted(row.get(key) or "") for key in ("decision", "name", "type", "into", "aliases", "country")}
    said = cells["decision"].lower()
    if not said:
        return None
    action = _ACTIONS.get(said)
    if action is None or not cells["name"]:
        raise ConfigError(f"{where}: the decision must be accept, merge, reject or empty, beside a name; it is {said!r}.")
    alias = tuple(name for one in cells["aliases"].split(";") if (name := " ".join(one.split())))
    schema = cells["type"] or "LegalEntity"
    return Decision(action, cells["name"], schema, cells["into"], alias, cells["country"] or None, where)


def _unquoted(cell: str) -> str:
    cell = " ".join(cell.split())
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
