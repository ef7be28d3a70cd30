"""Which lines does each site repeat, and which documents were made before that was known?"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from searchapp.ingest.clean.repetition import Evidence, Learned, Lines, learn, lines_of, template_of, templates_of
from searchapp.ingest.journal import Journal, Lesson
from searchapp.model import Page

SITE, FOLDER = "=", "/"
MOST_LEARNED = 2_000
"""Documents of a place that are learned from, those with the smallest digests of their keys: more would say the same."""

_LINES = msgspec.msgpack.Decoder(tuple[tuple[int, ...], ...])
_TOLD = msgspec.msgpack.Decoder(tuple[tuple[int, int, int], ...])


def place_of(key: str, site: str | None) -> str:
    """Where a document's lines are counted: in its site, else in the folder of its file."""
    return f"{SITE}{site}" if site else f"{FOLDER}{key.partition('#')[0].rpartition('/')[0]}"


def rank_of(key: str) -> int:
    """By which of many documents some are taken, whatever their order."""
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=6).digest(), "big")


def packed_lines(page: Page) -> bytes:
    """The lines of a page as bytes; none of a text that is clean already."""
    lines = lines_of(block.text for block in page.blocks) if page.clean else Lines()
    parts = (lines.all, lines.short, lines.telling, lines.prose, lines.lead)
    return msgspec.msgpack.encode([sorted(part) for part in parts])


def unpacked_lines(packed: bytes) -> Lines:
    return Lines(*map(frozenset, _LINES.decode(packed)))


def unpacked_lesson(told: bytes) -> Learned | None:
    """What a document is told of its lines; None where nothing is known of its site."""
    return {line: Evidence(step, tenths) for line, step, tenths in _TOLD.decode(told)} if told else None


def teach(journal: Journal) -> Mapping[str, str]:
    """Tell the documents of all places whose lines changed; gives key and file of those made before that."""
    for place in journal.lessons.touched():
        sample = {key: unpacked_lines(marks) for key, marks in journal.lessons.lines_of(place, MOST_LEARNED)}
        every = ((key, unpacked_lines(marks)) for key, marks in journal.lessons.lines_of(place))
        journal.lessons.teach(place, lessons_of(place, sample, every))
    return journal.lessons.outdated()


def lessons_of(place: str, sample: Mapping[str, Lines], every: Iterable[tuple[str, Lines]]) -> Iterator[Lesson]:
    """What the documents of a place are told, when some of them stand for all."""
    return _of_site(place.removeprefix(SITE), sample, every) if place.startswith(SITE) else _of_folder(sample, every)


def _of_site(site: str, sample: Mapping[str, Lines], every: Iterable[tuple[str, Lines]]) -> Iterator[Lesson]:
    articles, learned = learn(sample)
    return (_lesson(key, site, lines, learned if articles > 1 else None) for key, lines in every)


def _of_folder(sample: Mapping[str, Lines], every: Iterable[tuple[str, Lines]]) -> Iterator[Lesson]:
    """The files of a folder by the templates that they share; those that share none are told nothing."""
    templates = templates_of(sample)
    members: defaultdict[str, dict[str, Lines]] = defaultdict(dict)
    for key, lines in sample.items():
        site = template_of(lines, templates)
        if site:
            members[site][key] = lines
    known = {site: learn(documents) for site, documents in members.items() if len(documents) > 1}
    for key, lines in every:
        site = template_of(lines, templates) or ""
        articles, learned = known.get(site, (0, {}))
        yield _lesson(key, site if articles > 1 else "", lines, learned if articles > 1 else None)


def _lesson(key: str, site: str, lines: Lines, learned: Learned | None) -> Lesson:
    """What a document is told: of each of its lines that others have too, in how many articles."""
    if learned is None:
        return Lesson(key, site, "", b"")
    told = msgspec.msgpack.encode([(line, learned[line].step, learned[line].tenths) for line in sorted(lines.all & learned.keys())])
    return Lesson(key, site, hashlib.blake2b(told, digest_size=12).hexdigest(), told)
