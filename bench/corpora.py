"""Corpora of any size, spliced of the sentences of another: the same words in new documents, with wide facets.

The same source, seed and sizes give the same bytes. Each document depends on its number alone, so any part can be made.
"""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import regex

from bench.names import Names, actor_spread, capitalised, outlet_spread

_ENDS = regex.compile(r"(?<=[.!?؟。][\"'”’)]?)\s+|\s*\n\s*")
_LONGEST_SENTENCE = 1_000
_RUN = (2, 6)
"""How many sentences of one document follow each other."""

YEARS = 9
PARAGRAPH = "\n\n"


class CorpusError(Exception):
    """The corpus that is to be spliced cannot be read, or has nothing to splice."""


@dataclass(frozen=True, slots=True)
class Spliced:
    """A made document. `runs` are its paragraphs, each the sentences that one document of the source lent."""

    number: int
    title: str
    runs: tuple[tuple[str, ...], ...]
    date: str | None
    outlet: str
    language: str
    actors: tuple[str, ...]
    locations: tuple[str, ...]

    @property
    def text(self) -> str:
        return PARAGRAPH.join(" ".join(run) for run in self.runs)

    @property
    def sentences(self) -> Iterator[str]:
        return (sentence for run in self.runs for sentence in run)


@dataclass(slots=True)
class Source:
    """The documents that are spliced: titles, sentences and languages, and the day of the last one."""

    titles: list[str] = field(default_factory=list)
    sentences: list[tuple[str, ...]] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    dated: list[bool] = field(default_factory=list)
    outlets: Counter[str] = field(default_factory=Counter)
    last_day: str = "2020-12-31"

    @classmethod
    def read(cls, path: Path) -> Source:
        """The documents of a .jsonl or .jsonl.gz that have a text."""
        source = cls()
        days = []
        for record in _records(path):
            sentences = tuple(split(_said(record, "text", "maintext", "story_text")))
            if sentences:
                days.append(_day(_said(record, "date", "date_publish", "publish_date")))
                source._take(record, sentences)
        source.dated = [day is not None for day in days]
        source.last_day = max(filter(None, days), default=source.last_day)
        if not source.titles:
            raise CorpusError(f"{path} holds no line with a text (`text`, `maintext` or `story_text`)")
        return source

    def _take(self, record: dict[str, object], sentences: tuple[str, ...]) -> None:
        self.titles.append(_said(record, "title") or sentences[0][:80])
        self.sentences.append(sentences)
        self.languages.append(_said(record, "language", "lang") or "en")
        self.outlets[_said(record, "outlet", "source", "source_domain", "media_name") or "Unknown"] += 1


def _records(path: Path) -> Iterator[dict[str, object]]:
    """The records of all lines that are not blank; CorpusError names the line that is none."""
    read = 0
    try:
        with path.open("rb") as file, gzip.open(file) if path.suffix == ".gz" else file as lines:
            for line in lines:
                read += 1
                if line.strip():
                    yield _record(line)
    except (ValueError, EOFError, gzip.BadGzipFile) as problem:
        raise CorpusError(f"{path} cannot be read at line {max(read, 1)}: {problem}") from problem


def _record(line: bytes) -> dict[str, object]:
    record = json.loads(line.decode("utf-8-sig"))
    if not isinstance(record, dict):
        raise ValueError("a record is an object, as {\"text\": \"…\"}")
    return record


def _said(record: dict[str, object], *names: str) -> str:
    """The text under the first of these names that has one."""
    return next((said for name in names if isinstance(said := record.get(name), str) and said.strip()), "")


def _day(said: str) -> str | None:
    """The day that an ISO date or moment begins with."""
    try:
        return date.fromisoformat(said[:10]).isoformat()
    except ValueError:
        return None


def split(text: str) -> Iterator[str]:
    """The sentences of a text, none of them absurdly long."""
    for sentence in _ENDS.split(text):
        if sentence and not sentence.isspace() and len(sentence) <= _LONGEST_SENTENCE:
            yield " ".join(sentence.split())


class Splicer:
    """Makes documents of about `words` words; `documents` says how many there will be, and so how wide facets are."""

    def __init__(self, source: Source, documents: int, *, words: int = 500, seed: int = 0) -> None:
        self.source = source
        self.documents = documents
        self._words = words
        self._seed = seed
        self._alike: defaultdict[str, list[int]] = defaultdict(list)
        for place, language in enumerate(source.languages):
            self._alike[language].append(place)
        rng = random.Random(f"{seed} names")
        every = [sentence for sentences in source.sentences for sentence in sentences]
        self._names = Names(every, spread=actor_spread(documents), rng=rng)
        self._outlets = self._names.editions([name for name, _ in source.outlets.most_common()], outlet_spread(documents))
        self._last = date.fromisoformat(source.last_day)

    def __iter__(self) -> Iterator[Spliced]:
        return map(self.make, range(self.documents))

    def make(self, number: int) -> Spliced:
        """The document of that number."""
        rng = random.Random(f"{self._seed} {number}")
        base = number % len(self.source.titles)
        runs = tuple(self._runs(base, rng))
        spread = capitalised(sentence for run in runs for sentence in run)
        share = -(-self._names.spread // self.documents)
        return Spliced(
            number, self._title(base, number, rng), runs, self._day(base, rng), self._outlet(rng),
            self.source.languages[base], self._names.actors(spread, rng, dealt=range(number * share, (number + 1) * share)),
            self._names.locations(spread, rng),
        )  # fmt: skip

    def _title(self, base: int, number: int, rng: random.Random) -> str:
        """The title of the document that it begins like; another one when that has been used."""
        used = number >= len(self.source.titles)
        return self.source.titles[rng.choice(self._alike[self.source.languages[base]]) if used else base]

    def _runs(self, base: int, rng: random.Random) -> Iterator[tuple[str, ...]]:
        """Sentences of the base, then of others in its language, until there are words enough."""
        alike = self._alike[self.source.languages[base]]
        wanted = self._words * rng.uniform(0.5, 1.5)
        place = base
        while wanted > 0:
            sentences = self.source.sentences[place]
            start = rng.randrange(len(sentences))
            run = sentences[start : start + rng.randint(*_RUN)]
            run = tuple(_until(run, wanted))
            wanted -= sum(map(_count_words, run))
            yield run
            place = rng.choice(alike)

    def _day(self, base: int, rng: random.Random) -> str | None:
        """A day of the last years of the source, for documents whose base is dated."""
        day = self._last - timedelta(days=rng.randrange(YEARS * 365))
        return day.isoformat() if self.source.dated[base] else None

    def _outlet(self, rng: random.Random) -> str:
        return self._outlets[int(len(self._outlets) * rng.random() ** 2)]


def _until(run: Sequence[str], words: float) -> Iterator[str]:
    """The sentences up to the one with which there are words enough."""
    for sentence in run:
        yield sentence
        words -= _count_words(sentence)
        if words <= 0:
            return


def _count_words(sentence: str) -> int:
    return sentence.count(" ") + 1


def write(splicer: Splicer, path: Path, *, first: int | None = None) -> int:
    """Write the documents (or the first few) as lines that `searchapp ingest` reads; gives how many they are."""
    with path.open("wb") as file, gzip.GzipFile("", "wb", fileobj=file, mtime=0) as lines:
        for document in islice(splicer, first):
            lines.write(json.dumps(record(document), ensure_ascii=False).encode() + b"\n")
    return splicer.documents if first is None else min(first, splicer.documents)


def record(document: Spliced) -> dict[str, object]:
    """The line of a JSONL file that says the same."""
    return {
        "id": f"bench-{document.number:07}", "title": document.title, "text": document.text, "date": document.date,
        "outlet": document.outlet, "language": document.language, "actors": list(document.actors),
        "locations": list(document.locations),
    }  # fmt: skip
