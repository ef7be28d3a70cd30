"""What do child processes do? Raw files become pages; pages become documents in a part of the index."""

from __future__ import annotations

import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias, TypeVar

import msgspec

from searchapp.engine.base import Builder, Engine
from searchapp.errors import IngestError
from searchapp.ingest.duplicates import fingerprint
from searchapp.ingest.parse import parse
from searchapp.ingest.pipeline.assemble import Knowledge, document_of
from searchapp.ingest.pipeline.learning import packed_lines, unpacked_lesson
from searchapp.ingest.workers import Culprit, Task
from searchapp.model import Document, Fingerprint, Page, RawFile
from searchapp.withheld import Withheld, WithheldList

K = TypeVar("K")
Outcome = TypeVar("Outcome")
Begin: TypeAlias = Callable[[int | None], None]


class Refusal(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """Why an item became nothing."""

    stage: str
    reason: str
    skipped: bool


class Parsed(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """A page, packed, with its size when it is unpacked, its site and the digests of its lines."""

    page: bytes
    size: int
    site: str
    lines: bytes


class Ready(msgspec.Struct, frozen=True, array_like=True):
    """A spooled page on its way into a part: what its site repeats, the runs that brought its document and change it."""

    part: str
    raw: bytes
    page: bytes
    told: bytes
    first_indexed: str
    run: str


class Made(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """A document that stands in the part: its id, its source's hash, its length, what its copies must share."""

    document: str
    sha256: str
    characters: int
    fingerprint: Fingerprint
    undeclared: tuple[str, ...]


class Pages(msgspec.Struct, frozen=True):
    """The answer to a batch of raw files; CPU seconds by stage."""

    results: list[Parsed | Refusal]
    seconds: dict[str, float]


class Documents(msgspec.Struct, frozen=True):
    """The answer to a batch of pages; CPU seconds by stage."""

    results: list[Made | Refusal]
    seconds: dict[str, float]


class Clock:
    """CPU seconds of this process by stage."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        start = time.process_time()
        try:
            yield
        finally:
            self.seconds[stage] += time.process_time() - start


def withheld_because(entry: Withheld) -> str:
    """Why a document is not indexed although its file is there."""
    when, why = f" on {entry.date}" if entry.date else "", f": {entry.reason}" if entry.reason else ""
    return f"was taken down{when}{why}"


def pack_raw(raw: RawFile, *, data: bool) -> bytes:
    """The raw file as bytes, or what remains of it when its content is no longer needed."""
    return msgspec.msgpack.encode(raw if data else replace(raw, data=b"", record=None))


def parsing(withheld: WithheldList, *, clean_text: bool, votes: bool = False) -> Task:
    """Parses packed raw files into `Pages`; with `clean_text` also what is declared to be clean is to be cleaned.

    A page whose markup says that it was taken down is refused here already: nothing of it is to be spooled.
    """
    decoder = msgspec.msgpack.Decoder(RawFile)

    def work(items: Sequence[bytes], begin: Begin) -> bytes:
        clock = Clock()
        results: list[Parsed | Refusal] = []
        for position, item in enumerate(items):
            begin(position)
            with clock("parse"):
                results.append(_parsed(decoder.decode(item), withheld, clean_text=clean_text, votes=votes))
        return msgspec.msgpack.encode(Pages(results, clock.seconds))

    return work


def _parsed(raw: RawFile, withheld: WithheldList, *, clean_text: bool, votes: bool) -> Parsed | Refusal:
    try:
        page = parse(raw, votes=votes)
    except IngestError as problem:
        return Refusal(problem.stage, problem.reason, problem.skipped)
    entry = withheld.of(url=page.url) if "url" not in raw.declared else None
    if entry is not None:
        return Refusal("withheld", withheld_because(entry), skipped=True)
    if clean_text and not page.clean:
        page = replace(page, clean=True)
    plain = msgspec.msgpack.encode(page)
    return Parsed(zlib.compress(plain, 1), len(plain), page.site or "", packed_lines(page))


def making(engine: Engine, knowledge: Knowledge) -> Task:
    """Makes documents of packed `Ready` pages of one part, puts them there, and answers with `Documents`."""
    decoder = msgspec.msgpack.Decoder(Ready)

    def work(items: Sequence[bytes], begin: Begin) -> bytes:
        clock = Clock()
        results: list[Made | Refusal] = []
        builder: Builder | None = None
        for position, item in enumerate(items):
            begin(position)
            ready = decoder.decode(item)
            builder = builder or engine.builder(Path(ready.part))
            results.append(_made(ready, builder, knowledge, clock))
        begin(None)
        if builder is not None and any(isinstance(result, Made) for result in results):
            with clock("index"):
                builder.finish()
        return msgspec.msgpack.encode(Documents(results, clock.seconds))

    return work


def _made(ready: Ready, builder: Builder, knowledge: Knowledge, clock: Clock) -> Made | Refusal:
    undeclared: Counter[str] = Counter()
    try:
        with clock("recognise"):
            document = _document(ready, knowledge, undeclared)
            shared = fingerprint_of(document)
    except IngestError as problem:
        return Refusal(problem.stage, problem.reason, problem.skipped)
    withheld = knowledge.withheld.of(document=document.id, sha256=document.sha256, url=document.url)
    if withheld is not None:
        return Refusal("withheld", withheld_because(withheld), skipped=True)
    with clock("index"):
        builder.add(document)
    return Made(document.id, document.sha256, len(document.text), shared, tuple(undeclared))


def _document(ready: Ready, knowledge: Knowledge, undeclared: Counter[str]) -> Document:
    raw = msgspec.msgpack.decode(ready.raw, type=RawFile)
    page = msgspec.msgpack.decode(zlib.decompress(ready.page), type=Page)
    document = document_of(raw, page, knowledge, undeclared, learned=unpacked_lesson(ready.told))
    return replace(document, first_indexed=ready.first_indexed, last_changed=ready.run)


def resulting(
    batch: Sequence[K], results: Sequence[Outcome | Refusal], culprits: Iterable[Culprit]
) -> Iterator[tuple[K, Outcome | Refusal]]:
    """Each of the batch with what became of it; the results are of those that ended no process."""
    ended = {culprit.position: Refusal("process", culprit.reason, skipped=False) for culprit in culprits}
    others = iter(results)
    for position, one in enumerate(batch):
        yield one, ended.get(position) or next(others)


def fingerprint_of(document: Document) -> Fingerprint:
    """What the document must share with another to be its copy."""
    return fingerprint(document.id, document.title.value or "", document.text)
