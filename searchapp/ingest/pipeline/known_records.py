"""Which records did a pipeline know, and which names tell two such states apart?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import msgspec

from searchapp.authority import Authority, Place, Record, name_key
from searchapp.ingest.pipeline.assemble import Knowledge


class KnownRecords(msgspec.Struct, frozen=True, array_like=True):
    """Digests of what the stages knew: by rules, places and outlets, and for each actor with its names, by id.

    `taken` stands for all names under which nobody is discovered; "" where that was not noted. `located` are the places
    that are not, or not only, rows of the gazetteer; None where that was not noted.
    """

    rules: str
    places: str
    outlets: str
    actors: dict[str, tuple[str, tuple[str, ...]]]
    rejected: tuple[str, ...]
    taken: str = ""
    located: dict[str, Place] | None = None

    def pack(self) -> bytes:
        return msgspec.msgpack.encode(self)

    @classmethod
    def unpack(cls, packed: bytes) -> KnownRecords:
        return msgspec.msgpack.decode(packed, type=cls)


class Differences(msgspec.Struct, frozen=True, array_like=True):
    """What two states may find otherwise in a text besides actors: its places, names that no record knows."""

    places: bool
    names: bool


class Changes(msgspec.Struct, frozen=True):
    """The ids of actors that came, went or changed, and all names that they had or have."""

    actors: tuple[str, ...]
    names: tuple[str, ...]


def known_records(knowledge: Knowledge) -> KnownRecords:
    """What this knowledge knows."""
    authority = knowledge.authority
    places = {name: authority.places[name] for name in sorted(authority.places.written)}
    return KnownRecords(
        rules=knowledge.rules,
        places=_digest((authority.places.edition, *places.values())),
        outlets=_digest(authority.outlets.values()),
        actors={one.id: (_digest([one]), (*one.names, *one.weak_alias)) for one in authority.actors.values()},
        rejected=tuple(sorted(authority.rejected)),
        taken=_digest(sorted(_taken(authority))),
        located=places,
    )


def differences_between(before: KnownRecords, after: KnownRecords) -> Differences:
    """What must be looked for anew in a document of the first state; a merger of actors is neither."""
    return Differences(before.places != after.places, not before.taken or before.taken != after.taken)


def changes_between(before: KnownRecords, after: KnownRecords) -> Changes:
    """What differs between the actors of two states."""
    ids = [
        name
        for name in sorted({*before.actors, *after.actors})
        if before.actors.get(name) != after.actors.get(name)
    ]
    names = {name for state in (before, after) for one in ids for name in _names(state, one)}
    return Changes(tuple(ids), tuple(sorted(names.union(set(before.rejected) ^ set(after.rejected)))))


def _taken(authority: Authority) -> set[str]:
    """Ids count as they are, names whatever their case and accents."""
    actors = authority.actors.values()
    ids = {name for one in actors for name in (one.id, *one.referents)}
    return {*ids, *authority.rejected, *(name_key(name) for one in actors for name in one.names)}


def _names(state: KnownRecords, name: str) -> Iterator[str]:
    if name in state.actors:
        yield from state.actors[name][1]


def _digest(things: Iterable[Record | str]) -> str:
    return hashlib.sha256("\n".join(map(repr, things)).encode()).hexdigest()[:32]
