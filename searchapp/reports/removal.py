"""What would be taken down with these ids, addresses and hashes, and which copies of it would stay?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from rapidfuzz import process

from searchapp.engine.base import Engine
from searchapp.errors import IndexDamaged, IndexOutdated, NotFound, UsageError
from searchapp.model import Document, SearchQuery
from searchapp.reports.pasted import Pointer
from searchapp.withheld import Withheld, WithheldList

LIKE_ENOUGH = 80
"""Of 100: an id with two digits mistyped has 87, another id about 50."""


@dataclass(frozen=True, slots=True)
class Removal:
    """What was named: `documents` that a generation of the index holds, `listed` lines about those that none holds."""

    documents: tuple[Document, ...]
    listed: tuple[Withheld, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """A document that stays, and what it has in common with what goes: "text", "sha256", "url"."""

    document: Document
    shares: tuple[str, ...]


def removal_of(names: Iterable[str], engine: Engine, withheld: WithheldList) -> Removal:
    """What the names mean; NotFound where one means nothing, UsageError where it is no id, address or hash."""
    documents: dict[str, Document] = {}
    listed: list[Withheld] = []
    for name in names:
        pointer = Pointer.read(name)
        if pointer is None:
            raise UsageError(f"{name!r} is no id, no address and no SHA-256.")
        found = _held(pointer, engine)
        entry = withheld.of(document=pointer.document, sha256=pointer.sha256, url=pointer.url)
        if not found and entry is None:
            raise NotFound(f"{name} is not in this archive, and not withheld from it.{_hint(pointer, engine)}")
        if pointer.file is not None:
            raise UsageError(f"{name} is a file, which may change: name its document, {' '.join(found)}.")
        documents.update(found)
        if not found and entry is not None:
            listed.append(entry)
    return Removal(tuple(documents.values()), tuple(listed))


def copies_of(documents: Collection[Document], engine: Engine, withheld: WithheldList) -> tuple[Copy, ...]:
    """The documents that stay and share text, hash or address with these, by id; what is withheld too is left out."""
    going = {one.id for one in documents}
    shares: dict[str, set[str]] = {}
    for one in documents:
        for share, ids in _sharing(one, engine).items():
            for identifier in ids:
                shares.setdefault(identifier, set()).add(share)
    staying = (engine.get(identifier) for identifier in sorted(shares.keys() - going))
    return tuple(
        Copy(one, tuple(sorted(shares[one.id])))
        for one in staying
        if one is not None and withheld.of(document=one.id, sha256=one.sha256, url=one.url) is None
    )


def lines_of(documents: Iterable[Document], copies: Collection[Copy], *, date: str, reason: str) -> list[Withheld]:
    """The lines that keep the documents out and their copies in.

    A hash or an address that a copy has too is left out: the next ingest would take the copy down undecided.
    """
    hashes = {copy.document.sha256 for copy in copies}
    addresses = {copy.document.url for copy in copies}
    return [
        Withheld(
            one.id, "" if one.sha256 in hashes else one.sha256, None if one.url in addresses else one.url, date, reason
        )
        for one in documents
    ]


def _held(pointer: Pointer, engine: Engine) -> dict[str, Document]:
    """The documents pointed at, by id: those of today, and those that only older generations still hold."""
    found = {identifier: engine.get(identifier) for identifier in pointer.find(engine)}
    for generation in reversed(engine.generations()):
        # One that is damaged, of another version or just let go cannot be asked; `forget` deletes it unasked.
        with suppress(NotFound, IndexDamaged, IndexOutdated):
            older = engine.at(generation.number)
            for identifier in pointer.find(older):
                if identifier not in found and engine.get(identifier) is None:
                    found[identifier] = older.get(identifier)
    return {identifier: one for identifier, one in found.items() if one is not None}


def _sharing(document: Document, engine: Engine) -> Mapping[str, tuple[str, ...]]:
    return {
        "text": engine.copies(document.id),
        "sha256": engine.find(sha256=document.sha256) if document.sha256 else (),
        "url": engine.find(url=document.url) if document.url else (),
    }


def _hint(pointer: Pointer, engine: Engine) -> str:
    sources = engine.sources().values()
    if pointer.document is not None:
        nearest = process.extractOne(pointer.document, [one.id for one in sources], score_cutoff=LIKE_ENOUGH)
    elif pointer.sha256 is not None:
        nearest = process.extractOne(pointer.sha256, [one.sha256 for one in sources], score_cutoff=LIKE_ENOUGH)
    elif pointer.url is not None:
        addresses = [hit.url for hit in engine.iterate(SearchQuery()) if hit.url]
        nearest = process.extractOne(pointer.url, addresses, score_cutoff=LIKE_ENOUGH)
    else:
        nearest = None
    return f" The nearest in it is {nearest[0]}" if nearest else ""
