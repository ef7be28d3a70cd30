"""Record files: YAML lists written by people, and the gazetteer, a table made by a program."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import yaml

from searchapp.authority.fields import fields_of
from searchapp.authority.gazetteer import Gazetteer
from searchapp.authority.records import Actor, Outlet, Place, Record, name_key
from searchapp.errors import ConfigError

R = TypeVar("R", bound=Record)

GAZETTEER = "gazetteer.tsv.gz"
REJECTED = "rejected_names.yaml"
"""The names that somebody looked at and found to be nobody's."""

REVIEWED = "reviewed.yaml"
"""What somebody decided of discovered names; laid over the other records of the folder, of which it may change any."""

_LISTS = ("alias", "weak_alias", "ambiguous", "topics", "website", "phrase", "demonym", "abbreviation", "referents")


class Reader:
    """Reads folder after folder; what a later one says of an id is put over what was said before.

    Lists of names add up, except that a name called weak is strong no longer; everything else is replaced.
    """

    def __init__(self) -> None:
        self.actors: dict[str, Actor] = {}
        self.places = Gazetteer()
        self.outlets: dict[str, Outlet] = {}
        self.rejected: set[str] = set()
        self.files: dict[str, str] = {}
        self._digest = hashlib.sha256()

    @property
    def fingerprint(self) -> str:
        return self._digest.hexdigest()

    def read(self, folder: Path) -> None:
        """Take over what the folder holds: the gazetteer, places.yaml, outlets.yaml, actors.yaml, actors/*.yaml.

        And rejected_names.yaml, a list of names that are nobody's.
        """
        if (folder / GAZETTEER).exists():
            self._read_gazetteer(folder / GAZETTEER)
        for place in self._read_records([folder / "places.yaml"], Place, self.places):
            self.places.put(place)
        self._take([folder / "outlets.yaml"], Outlet, self.outlets)
        reviewed = folder / "actors" / REVIEWED
        actors = sorted(path for path in (folder / "actors").glob("*.yaml") if path != reviewed)
        self._take([folder / "actors.yaml", *actors], Actor, self.actors)
        self._take([reviewed], Actor, self.actors)
        for path in filter(Path.exists, [folder / REJECTED]):
            self.rejected.update(name_key(str(name)) for _, name in self._entries(path))

    def _read_gazetteer(self, path: Path) -> None:
        try:
            self.places.read(gzip.decompress(self._bytes(path)))
        except (OSError, EOFError, ValueError, zlib.error) as error:
            raise ConfigError(f"{path} is damaged ({error}). Install the program again.") from error

    def _take(self, paths: list[Path], kind: type[R], known: dict[str, R]) -> None:
        for record in self._read_records(paths, kind, known):
            known[record.id] = record

    def _read_records(self, paths: list[Path], kind: type[R], known: Mapping[str, R]) -> Iterator[R]:
        """The records of these files, each laid over what is known under its id so far."""
        seen: dict[str, str] = {}
        for path in filter(Path.exists, paths):
            for line, entry in self._entries(path):
                fields = fields_of(entry, kind, f"{path}, line {line}")
                name = fields["id"]
                where = f"{path}, line {line} ({name})"
                if name in seen:
                    raise ConfigError(f"{where}: this id is already in {seen[name]}. Make one record of them.")
                seen[name] = self.files[name] = where
                yield _over(known[name], fields) if name in known else _new(kind, fields, where)

    def _entries(self, path: Path) -> Iterator[tuple[int, Any]]:
        """Each record of the file with the line it begins in."""
        try:
            loader = yaml.CSafeLoader(self._bytes(path).decode("utf-8-sig"))
            listed = loader.get_single_node()
            if listed is None:
                return
            if not isinstance(listed, yaml.SequenceNode):
                raise ConfigError(f"{path} must hold a list of records, each beginning with `- id: …`.")
            for node in listed.value:
                line = node.start_mark.line + 1
                _lint_keys(node, f"{path}, line {line}")
                yield line, loader.construct_object(node, deep=True)
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise ConfigError.unreadable(path, error) from error

    def _bytes(self, path: Path) -> bytes:
        content = path.read_bytes()
        self._digest.update(hashlib.sha256(f"{path.name}\n".encode() + content).digest())
        return content


def _lint_keys(node: yaml.Node, where: str) -> None:
    """Refuse a record that says something twice: YAML would keep the last of it and say nothing."""
    keys = [key.value for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise ConfigError(f"{where}: `{twice}` stands twice in this record. Make one of both.")


def _new(kind: type[R], fields: dict[str, Any], where: str) -> R:
    if "name" not in fields:
        raise ConfigError(f"{where}: needs a `name`, for no record before it has this id.")
    return kind(**fields)


def _over(record: R, fields: dict[str, Any]) -> R:
    changed = dict(fields)
    for key in _LISTS:
        if key in fields:
            changed[key] = tuple(dict.fromkeys((*getattr(record, key), *fields[key])))
    # Who renames a record does not mean that its name so far is wrong.
    names = (*changed.get("alias", record.alias), record.name)
    unwanted = {fields.get("name", record.name), *fields.get("weak_alias", ())}
    changed["alias"] = tuple(name for name in dict.fromkeys(names) if name not in unwanted)
    return replace(record, **changed)
