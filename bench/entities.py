"""How right are the facets? Languages, places, actors, outlets, dates and copies against annotated sets, beside the goals."""

from __future__ import annotations

import json
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.copying import measure_copies
from bench.goals import Goal, Row, table
from bench.naming import measure_curated, measure_discovered
from bench.placing import lines_of, measure_local, measure_wire, tagger, wire_of
from bench.publishing import measure_outlets
from bench.seeding import measure_seeds
from searchapp.authority import Authority
from searchapp.config import Settings
from searchapp.facets import FacetSet
from searchapp.ingest.actors import discover, find_actors
from searchapp.ingest.duplicates import fingerprint
from searchapp.ingest.language import detect_language
from searchapp.ingest.outlets import find_cited, find_outlet, home_of
from searchapp.ingest.parse import parse
from searchapp.ingest.pipeline.assemble import Knowledge, document_of
from searchapp.ingest.places import find_places
from searchapp.model import Claim, Document, RawFile

# Every so many-th headline, and article of local papers read for its date.
_HEADLINES = 4
# Pidgin is counted as English.
_ALIKE = {"pcm": "en"}
_DATED = 4
_TIMED = 150
_WORDS = range(450, 551)


@dataclass(frozen=True, slots=True)
class Found:
    """What one set says of one facet, and what it should say; `goal` is None where nothing is asked for."""

    set: str
    goal: Goal
    value: float
    of: int


def measure_entities(data: Path) -> list[Found]:
    """The measures of every development set that is there, those that are not left out."""
    knowledge = Knowledge.load(Settings(archive=None), FacetSet())
    measures: tuple[tuple[str, Callable[[Path, Knowledge], Iterator[Found]]], ...] = (
        ("langid/headlines.jsonl.gz", _languages),
        ("ner/conll2003-en-dev.jsonl.gz", _wire),
        ("ner/lgl.jsonl.gz", _local),
        ("cleaning/seeds_gold.json", _seeds),
        ("corpus/news-1000.jsonl.gz", _costs),
        ("corpus/news-10000.jsonl.gz", _copies),
        ("corpus/news-25110.jsonl.gz", _outlets),
    )
    return [one for path, measure in measures if (data / path).exists() for one in measure(data / path, knowledge)]


def report(found: Sequence[Found]) -> str:
    """The table of what was measured."""
    lines = []
    for one in found:
        row, sign = Row(one.goal, one.value), "<=" if one.goal.better == "less" else ">="
        lines.append((one.set, one.goal.what, f"{one.value:.3f}", one.of, f"{sign} {one.goal.least:g}",
                      f"{sign} {one.goal.aim:g}", row.reached))  # fmt: skip
    return table(("set", "measure", "ours", "of", "must reach", "aim", "reached"), lines)


def document(key: str, data: bytes, knowledge: Knowledge) -> Document:
    """What an ingest makes of a file that says nothing beside its bytes."""
    raw = RawFile(key, data)
    return document_of(raw, parse(raw), knowledge, Counter())


def _more(what: str, least: float, aim: float) -> Goal:
    return Goal(what, least, aim, unit="", better="more")


def _less(what: str, least: float, aim: float, unit: str = "") -> Goal:
    return Goal(what, least, aim, unit=unit)


def _languages(path: Path, knowledge: Knowledge) -> Iterator[Found]:
    asked: Counter[str] = Counter()
    right, wrong = asked.copy(), asked.copy()
    headlines = 0
    for one in lines_of(path):
        headlines += one["genre"] == "headline"
        if one["genre"] == "lead" or headlines % _HEADLINES == 0:
            said, truly = detect_language(one["text"], None).value, _ALIKE.get(one["lang"], one["lang"])
            asked[one["genre"]] += 1
            right[one["genre"]] += said == truly
            wrong[one["genre"]] += said not in (None, truly)
    for genre, number in asked.items():
        yield Found(f"{genre}s", _more("language right", 0.985, 0.99), right[genre] / number, number)
        yield Found(f"{genre}s", _less("language wrong", 0.004, 0.002), wrong[genre] / number, number)


def _wire(path: Path, knowledge: Knowledge) -> Iterator[Found]:
    score = measure_wire(wire_of(path), tagger(knowledge.authority))
    yield Found("CoNLL dev, no sport", _more("places, exact spans, F1", 0.80, 0.86), score.f1, score.wanted)
    found = measure_discovered(path, knowledge.authority)
    yield Found("CoNLL dev", _more("discovered names: an actor", 0.80, 0.90), found.real, found.mentions)
    yield Found("CoNLL dev", _more("discovered names: of that type", 0.70, 0.85), found.typed, found.mentions)


def _local(path: Path, knowledge: Knowledge) -> Iterator[Found]:
    authority = knowledge.authority
    found = measure_local(path, authority, tagger(authority), lambda host: _home(host, authority))
    yield Found("LGL", _more("countries, F1", 0.75, 0.82), found.countries.f1, found.countries.wanted)
    yield Found("LGL", _more("places, exact spans, F1", 0.60, 0.65), found.spans.f1, found.spans.wanted)
    told = found.cities.precision
    yield Found("LGL", _more("cities within 161 km, of those told", 0.75, 0.85), told, found.cities.given)
    dated = [document(one["id"], one["text"].encode(), knowledge).date for one in list(lines_of(path))[::_DATED]]
    false = sum(claim.value is not None for claim in dated)
    yield Found("LGL", _less("false dates of bodies", 0, 0), false, len(dated))


def _home(host: str, authority: Authority) -> str | None:
    (name,) = [one.name for one in authority.outlets.values() if host in one.website][:1] or [""]
    return home_of(Claim(name, "curated", "url"), authority) if name else None


def _seeds(path: Path, knowledge: Knowledge) -> Iterator[Found]:
    gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["seeds"]
    folder = path.parents[2] / "seeds"
    made = {name: document(f"seeds/{name}", (folder / name).read_bytes(), knowledge) for name in gold if (folder / name).exists()}
    if made:
        for what, least, aim, value, of in measure_seeds(made, gold, knowledge.authority):
            goal = _less(what, least, aim) if least == 0 else _more(what, least, aim)
            yield Found("seeds", goal, value, of)
        score = measure_curated(made, gold)
        yield Found("seeds", _more("curated actors, F1", 0.95, 0.97), score.f1, score.wanted)


def _costs(path: Path, knowledge: Knowledge) -> Iterator[Found]:
    """CPU milliseconds a document of each stage that recognises, its title and text being at hand."""
    articles = [one for one in lines_of(path) if len(one["text"].split()) in _WORDS][:_TIMED]
    spent: dict[str, list[float]] = {}
    for one in articles:
        for name, milliseconds in _timed(one["title"] or "", one["text"], knowledge):
            spent.setdefault(name, []).append(milliseconds)
    typical = {name: statistics.median(times) for name, times in spent.items()}
    for name, value in typical.items():
        yield Found("news-1000", _less(f"{name}, CPU ms a document", 15, 8, "ms"), value, len(articles))
    yield Found("news-1000", _less("all of it, CPU ms a document", 15, 8, "ms"), sum(typical.values()), len(articles))


def _timed(title: str, text: str, knowledge: Knowledge) -> Iterator[tuple[str, float]]:
    authority, page = knowledge.authority, parse(RawFile("a.txt", text.encode()))
    outlet = find_outlet(text, page, (), None, authority)
    actors = find_actors(title, text, authority)
    for name, work in (
        ("language", lambda: detect_language(f"{title}\n\n{text}", None)),
        ("outlets", lambda: (find_outlet(text, page, (), None, authority), find_cited(text, outlet, authority))),
        ("actors", lambda: find_actors(title, text, authority)),
        ("discovered names", lambda: discover(text, actors, (), authority)),
        ("places", lambda: find_places(title, text, authority, masked=actors)),
        ("copies", lambda: fingerprint("x", title, text)),
    ):
        start = time.thread_time()
        work()
        yield name, 1000 * (time.thread_time() - start)


def _copies(path: Path, knowledge: Knowledge) -> Iterator[Found]:
    found = measure_copies((one["text"] for one in lines_of(path)), copied=500)
    for change, share in found.found.items():
        yield Found("news-10000", _more(f"shares text: {change}", 0.98, 0.99), share, 500)
    yield Found("news-10000", _less("shares text: false a query", 0.02, 0.01), found.false, 2000)


def _outlets(path: Path, knowledge: Knowledge) -> Iterator[Found]:
    found = measure_outlets(lines_of(path), knowledge.authority)
    yield Found("news-25110", _more("outlet from the text alone: right", 0.92, 0.97), found.precision, found.articles)
    yield Found("news-25110", _more("outlet from the text alone: given", 0.20, 0.25), found.coverage, found.articles)
    # The goal is for a set of which 55.6 % of the articles name their publisher.
    yield Found("news-25110", _more("outlet given, of articles that name it", 0.36, 0.45), found.told, found.named)
    yield Found("news-25110", _less("outlets of agency reports", 0, 0), found.invented, found.reports)
