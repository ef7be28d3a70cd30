"""All places by id: the rows of a table, each read when it is asked for, and records laid over them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from searchapp.authority.records import Place

_COLUMNS = 9


class Gazetteer(Mapping[str, Place]):
    """Places in the order in which they were first named.

    `edition` is a digest of the table, "" without one; the first `listed` places are its rows. `written` are the ids
    of the places that are not, or not only, what a row says.
    """

    def __init__(self, places: Iterable[Place] = ()) -> None:
        self.edition = ""
        self.listed = 0
        self.written: set[str] = set()
        self._rows: dict[str, str] = {}
        self._places: dict[str, Place | None] = {}
        for place in places:
            self.put(place)

    def read(self, table: bytes) -> None:
        """Take over a table: tab-separated, a heading, then a place a line. ValueError where it is none."""
        _, *lines = table.decode("utf-8").splitlines()
        if any(line.count("\t") != _COLUMNS - 1 for line in lines):
            raise ValueError(f"not every row has {_COLUMNS} columns")
        if self._places:
            for line in lines:
                self.put(_place(line))
            return
        self.edition = hashlib.sha256(table).hexdigest()
        self._rows = {line[: line.index("\t")]: line for line in lines}
        self._places = dict.fromkeys(self._rows)
        self.listed = len(self._rows)

    def put(self, place: Place) -> None:
        """Let the record stand for its id from now on."""
        self._places[place.id] = place
        self.written.add(place.id)

    def row(self, name: str) -> Place | None:
        """What the table's row of this id says, whatever was laid over it; None where it has none."""
        return _place(self._rows[name]) if name in self._rows else None

    def listed_names(self, name: str) -> tuple[str, ...]:
        """The names that the table's row of this id holds, () where it has none."""
        columns = self._rows[name].split("\t") if name in self._rows else ()
        return (columns[4], *filter(None, columns[8].split("|"))) if columns else ()

    def branches(self) -> Iterator[tuple[str, str, str | None]]:
        """Id, kind and parent of every place, without reading more of its row."""
        for name, place in self._places.items():
            if place is not None:
                yield name, place.kind, place.parent
            else:
                _, kind, parent, _ = self._rows[name].split("\t", 3)
                yield name, kind, parent or None

    def __getitem__(self, name: str) -> Place:
        place = self._places[name]
        if place is None:
            place = self._places[name] = _place(self._rows[name])
        return place

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _place(line: str) -> Place:
    name, kind, parent, country, label, latitude, longitude, population, aliases = line.split("\t")
    return Place(
        id=name,
        kind=kind,  # type: ignore[arg-type]
        parent=parent or None,
        country=country or None,
        name=label,
        latitude=float(latitude) if latitude else None,
        longitude=float(longitude) if longitude else None,
        population=int(population),
        alias=tuple(aliases.split("|")) if aliases else (),
    )
