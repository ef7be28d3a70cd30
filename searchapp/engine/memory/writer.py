"""Collects changes and publishes them as the next generation, one writer at a time."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from pathlib import Path
from tempfile import mkdtemp

import msgspec

from searchapp.engine.base import NOTHING_SHARED, Builder, Writer
from searchapp.engine.memory.generations import Generations, described
from searchapp.engine.memory.records import Record
from searchapp.engine.memory.state import State
from searchapp.engine.sharing import after
from searchapp.model import Document

DOCUMENTS = "documents.msgpack"
"""The file of a finished part."""


class MemoryWriter(Writer):
    """Holds the lock until it is closed; a document given twice counts as given last."""

    def __init__(self, generations: Generations, *, run: str, lock_timeout: float) -> None:
        generations.acquire(lock_timeout)
        self._generations = generations
        self._run = run
        self._open = True
        self._changes: dict[str, Document | None] = {}
        self._clusters: dict[str, str | None] = {}
        self._sharing: dict[str, Collection[str]] = {}
        self._parts: set[Path] = set()

    def add(self, document: Document) -> None:
        self._changes[document.id] = document

    def delete(self, document: str) -> None:
        self._changes[document] = None

    def assign(self, clusters: Mapping[str, str | None], *, sharing: Mapping[str, Collection[str]] = NOTHING_SHARED) -> None:
        self._clusters.update(clusters)
        self._sharing.update(sharing)

    def part(self) -> Path:
        folder = Path(mkdtemp())
        self._parts.add(folder)
        return folder

    def adopt(self, part: Path) -> None:
        if part not in self._parts:
            raise ValueError(f"{part} is not a part of this writer, or has been adopted before")
        try:
            held = (part / DOCUMENTS).read_bytes()
        except FileNotFoundError:
            raise ValueError(f"{part}: the part has not been finished, so it cannot be adopted") from None
        for document in msgspec.msgpack.decode(held, type=list[Document]):
            self.add(document)
        self._remove(part)

    def commit(self, *, settled: bool = False, quick: bool = False) -> int:
        old = self._generations.newest
        deleted = dict.fromkeys(one for one, document in self._changes.items() if document is None)
        added = {one: Record.of(document) for one, document in self._changes.items() if document is not None}
        records = {one: record for one, record in {**old.records, **added}.items() if one not in deleted}
        assigned = {**old.assigned, **self._clusters, **deleted}
        number = old.generation.number + 1
        state = State(
            described(number, self._run, len(records), settled=settled), records,
            assigned={one: cluster for one, cluster in assigned.items() if cluster is not None},
            sharing=after(old.sharing, self._sharing, deleted),
            runs={**old.runs, number: self._run}, facets=old.facets,
        )  # fmt: skip
        self._generations.publish(state)
        self._forget()
        return number

    def close(self) -> None:
        self._forget()
        for part in tuple(self._parts):
            self._remove(part)
        if self._open:
            self._open = False
            self._generations.lock.release()

    def _forget(self) -> None:
        self._changes.clear()
        self._clusters.clear()
        self._sharing.clear()

    def _remove(self, part: Path) -> None:
        self._parts.remove(part)
        shutil.rmtree(part)


class MemoryBuilder(Builder):
    """Keeps its documents until they are written to one file."""

    def __init__(self, part: Path) -> None:
        self._part = part
        self._documents: list[Document] = []

    def add(self, document: Document) -> None:
        self._documents.append(document)

    def finish(self) -> None:
        (self._part / DOCUMENTS).write_bytes(msgspec.msgpack.encode(self._documents))
