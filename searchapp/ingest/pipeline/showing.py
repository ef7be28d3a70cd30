"""How are files cleaned that are not to be indexed, and what was learned of the site of those that are?"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from searchapp.errors import IngestError, NotFound
from searchapp.ingest.clean import Orders
from searchapp.ingest.clean.cues import folds
from searchapp.ingest.clean.repetition import Evidence, Lines, digest
from searchapp.ingest.journal import Journal
from searchapp.ingest.parse import parse, require_libraries
from searchapp.ingest.pipeline.assemble import Cleaned, clean_page
from searchapp.ingest.pipeline.learning import lessons_of, packed_lines, place_of, unpacked_lesson, unpacked_lines
from searchapp.model import Page, RawFile

NAMED_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class LearnedLine:
    """A line that a site repeats: in how many articles at least, and in how many tenths of all."""

    text: str
    articles: int
    tenths: int


def clean_files(
    found: Iterable[RawFile | IngestError], orders: Orders, *, votes: bool = False
) -> Iterator[tuple[str, Cleaned | IngestError]]:
    """Each file cleaned by itself and by what the files of its site repeat, in the order in which they came.

    ConfigError where libraries that shall vote are absent.
    """
    if votes:
        require_libraries()
    kept: list[tuple[RawFile, bytes] | IngestError] = []
    places: defaultdict[str, dict[str, Lines]] = defaultdict(dict)
    for raw in found:
        try:
            if isinstance(raw, IngestError):
                raise raw
            page = parse(raw, votes=votes)
        except IngestError as error:
            kept.append(error)
            continue
        places[place_of(raw.key, page.site)][raw.key] = unpacked_lines(packed_lines(page))
        kept.append((replace(raw, data=b"", record=None), _packed(page)))
    told = {one.key: one.told for place, lines in places.items() for one in lessons_of(place, lines, lines.items())}
    for one in kept:
        if isinstance(one, IngestError):
            yield one.key, one
        else:
            raw, packed = one
            learned = unpacked_lesson(told.get(raw.key, b""))
            yield raw.key, clean_page(_unpacked(packed), raw.declared, learned=learned, orders=orders)


def _packed(page: Page) -> bytes:
    return zlib.compress(msgspec.msgpack.encode(page), 1)


def _unpacked(packed: bytes) -> Page:
    return msgspec.msgpack.decode(zlib.decompress(packed), type=Page)


def learned_lines(journal: Path | None, site: str) -> list[LearnedLine]:
    """What the documents of a site repeat, the commonest lines first; NotFound names the sites that are known."""
    if journal is None or not journal.exists():
        raise NotFound("nothing was learned yet: there is no journal. Run `searchapp ingest` first.")
    with Journal(journal) as memory:
        keys = memory.lessons.site_of(site)
        if not keys:
            known = sorted(memory.lessons.sites().items(), key=lambda item: (-item[1], item[0]))[:NAMED_AT_MOST]
            listed = ", ".join(name for name, _ in known) or "none"
            raise NotFound(f"nothing is known of a site {site!r}. Sites: {listed}.")
        evidence: dict[int, Evidence] = {}
        for key in keys:
            evidence.update(unpacked_lesson(memory.lessons.told(key)) or {})
        texts = _texts(memory, keys, set(evidence))
    lines = [LearnedLine(texts[mark], one.least, one.tenths) for mark, one in evidence.items() if mark in texts]
    return sorted(lines, key=lambda line: (-line.articles, -line.tenths, line.text))


def _texts(memory: Journal, keys: Iterable[str], wanted: set[int]) -> dict[int, str]:
    """How the lines with these digests are written where they are met first."""
    texts: dict[int, str] = {}
    for key in keys:
        if len(texts) == len(wanted):
            break
        packed = memory.page(key)
        written = [block.text for block in _unpacked(packed).blocks] if packed else []
        for text, mark in zip(written, map(digest, folds(written)), strict=True):
            if mark in wanted:
                texts.setdefault(mark, text)
    return texts
