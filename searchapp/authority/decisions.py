"""What becomes of names that were discovered? Decisions of people, entered into the archive's own records."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import yaml

from searchapp.authority.reading import REJECTED, REVIEWED
from searchapp.authority.records import Record, name_key
from searchapp.authority.registry import Authority
from searchapp.errors import CannotWrite, ConfigError

Action = Literal["accept", "merge", "reject"]

_NO_LETTERS = re.compile(r"[\W_]+")
_AUTHORITY = ("actors.yaml", "places.yaml", "outlets.yaml", REJECTED)


@dataclass(frozen=True, slots=True)
class Decision:
    """That a name is an actor of its own, a name of another one (`into`, an id or a name), or nobody's.

    `where` says where the decision stands, for complaints about it.
    """

    action: Action
    name: str
    schema: str = "LegalEntity"
    into: str = ""
    alias: tuple[str, ...] = ()
    country: str | None = None
    where: str = ""


def enter(decisions: Iterable[Decision], archive: Path, shipped: Path) -> None:
    """Return once the archive's records say what was decided; what they say already stays.

    ConfigError where a name is merged into nobody, or the records would not fit together; nothing is changed then.
    """
    reviewed = _listed(archive / "actors" / REVIEWED)
    rejected = _listed(archive / REJECTED)
    authority = Authority.read(archive, shipped)
    records = {one["id"]: dict(one) for one in reviewed}
    # Who is accepted may be merged into by another line.
    for one in sorted(decisions, key=lambda decision: decision.action != "accept"):
        if one.action == "reject":
            if name_key(one.name) not in map(name_key, map(str, rejected)):
                rejected.append(one.name)
        elif one.action == "accept":
            record = _record(one, records, {*records, *authority.actors})
            records[record["id"]] = record
        else:
            _merge(one, records, authority)
    texts = {f"actors/{REVIEWED}": _dumped(list(records.values())), REJECTED: _dumped(rejected)}
    _try_out(texts, archive, shipped)
    for name, text in texts.items():
        _replace(archive / name, text)


def _record(decision: Decision, records: dict[str, dict[str, Any]], taken: Iterable[str]) -> dict[str, Any]:
    """The record of the name: the one that an earlier decision made, or a new one under an id that is not taken."""
    earlier = (name for name, one in records.items() if name_key(one.get("name", "")) == name_key(decision.name))
    base = _NO_LETTERS.sub("-", name_key(decision.name)).strip("-") or "actor"
    further = (f"{base}-{number}" for number in count(2))
    name = next(earlier, None) or next(one for one in chain((base,), further) if one not in taken)
    record: dict[str, Any] = {"id": name, "schema": decision.schema, "name": decision.name}
    alias = dict.fromkeys((*records.get(name, {}).get("alias", ()), *decision.alias))
    if alias:
        record["alias"] = list(alias)
    if decision.country:
        record["country"] = decision.country
    return record


def _merge(decision: Decision, records: dict[str, dict[str, Any]], authority: Authority) -> None:
    """Make the name an alias of the one record that `into` means."""
    ours = {one["id"] for one in records.values() if name_key(decision.into) in (one["id"], name_key(one.get("name", "")))}
    known: set[str] = {record.id for record in _named(decision.into, authority)}
    meant = ours | known
    if len(meant) != 1:
        said = "several records" if meant else "no record"
        raise ConfigError(f"{decision.where}: {decision.into!r} means {said}. Write the id of one into `into`.")
    (name,) = meant
    record = records.setdefault(name, {"id": name})
    record["alias"] = list(dict.fromkeys((*record.get("alias", ()), decision.name, *decision.alias)))


def _named(into: str, authority: Authority) -> tuple[Record, ...]:
    return authority.named("actor", into) if into else ()


def _listed(path: Path) -> list[Any]:
    if not path.exists():
        return []
    try:
        listed = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigError.unreadable(path, error) from error
    if listed is not None and not isinstance(listed, list):
        raise ConfigError(f"{path} must hold a list.")
    return listed or []


def _dumped(listed: list[Any]) -> str:
    return yaml.safe_dump(listed, allow_unicode=True, sort_keys=False, width=120)


def _try_out(texts: dict[str, str], archive: Path, shipped: Path) -> None:
    """Read the archive's records as they would be, in a folder that nobody else reads."""
    with TemporaryDirectory() as temporary:
        trial = Path(temporary)
        (trial / "actors").mkdir()
        for path in (*(archive / name for name in _AUTHORITY), *(archive / "actors").glob("*.yaml")):
            if path.exists():
                shutil.copyfile(path, trial / path.relative_to(archive))
        for name, text in texts.items():
            (trial / name).write_text(text, encoding="utf-8")
        try:
            Authority.read(trial, shipped)
        except ConfigError as error:
            raise ConfigError(str(error).replace(temporary, str(archive))) from error


def _replace(path: Path, text: str) -> None:
    fresh = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        raise CannotWrite(f"{path}: {error.strerror}; what was decided is not entered") from error
