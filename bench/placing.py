"""How right are the places of a text? Spans, countries and coordinates against annotated news."""

from __future__ import annotations

import gzip
import json
import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from searchapp.authority import AMBIGUOUS, Authority, Place
from searchapp.ingest.actors import find_actors
from searchapp.ingest.places import Places, find_places

NEAR = 161
"""Kilometres, a hundred miles: what papers on resolving places call found."""

_DATELINE = re.compile(r"\S.* \d{4}-\d\d-\d\d")
_SPORT = re.compile(r"[A-Z .]+ - ")
_NO_BLANK_BEFORE = re.compile(r"[.,;:!?)%]|'s|'|n't|'re|'ve|'ll|'d")
_COUNTRY_NAMES = {"Palestinian Territory": "ps", "Czech Republic": "cz"}

Span = tuple[str, int, int]
Tagger = Callable[[str, str, str | None], Places]


@dataclass(slots=True)
class Score:
    """What was found and what was to be found, counted."""

    right: int = 0
    given: int = 0
    wanted: int = 0
    wrong: list[str] = field(default_factory=list)

    def count(self, given: set[Any], wanted: set[Any]) -> None:
        """Add those of one document."""
        self.right += len(given & wanted)
        self.given += len(given)
        self.wanted += len(wanted)

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.given + self.wanted) if self.given + self.wanted else 1.0


@dataclass(frozen=True, slots=True)
class Wire:
    """An agency's article; `places` are the spans of its places, `sport` whether it is of the sports desk."""

    title: str
    text: str
    places: frozenset[Span]
    sport: bool


def tagger(authority: Authority) -> Tagger:
    """Finds places as an ingest does: behind the actors, with the country of the outlet."""

    def tag(title: str, text: str, home: str | None = None) -> Places:
        return find_places(title, text, authority, masked=find_actors(title, text, authority), home=home)

    return tag


def lines_of(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a compressed file of lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def wire_of(path: Path) -> list[Wire]:
    """The articles of a file of annotated sentences; one begins where a dateline follows a headline."""
    sentences = [_written(one) for one in lines_of(path)]
    starts = [number - 1 for number, (text, _) in enumerate(sentences) if number and _DATELINE.fullmatch(text)]
    return [_article(sentences[begin:end]) for begin, end in zip(starts, [*starts[1:], len(sentences)], strict=True)]


def _written(sentence: dict[str, Any]) -> tuple[str, list[tuple[int, int]]]:
    """The sentence as it was printed, and the spans of its places."""
    text, spans, quoted = "", [], False
    for token, tag in zip(sentence["tokens"], sentence["tags"], strict=True):
        opens = token == '"' and not quoted
        glued = not text or text.endswith("(") or _NO_BLANK_BEFORE.fullmatch(token) or (token == '"' and quoted)
        if not glued and not (text.endswith('"') and quoted):
            text += " "
        quoted = opens or (quoted and token != '"')
        if tag == "I-LOC" and spans:
            spans[-1] = (spans[-1][0], len(text) + len(token))
        elif tag.endswith("LOC"):
            spans.append((len(text), len(text) + len(token)))
        text += token
    return text, spans


def _article(sentences: list[tuple[str, list[tuple[int, int]]]]) -> Wire:
    (title, in_title), *rest = sentences
    found: set[Span] = {("title", start, end) for start, end in in_title}
    text = ""
    for sentence, spans in rest:
        found.update(("text", start + len(text), end + len(text)) for start, end in spans)
        text += sentence + "\n"
    return Wire(title, text, frozenset(found), _SPORT.match(title) is not None)


def spans_of(places: Places, fields: Iterable[str] = ("title", "text")) -> set[Span]:
    """Where places are named; words for peoples are none."""
    return {(one.field, one.start, one.end) for one in places.mentions if "demonym" not in one.rule and one.field in fields}


def measure_wire(articles: Iterable[Wire], tag: Tagger) -> Score:
    """Exact spans of the places of articles that are not about sport."""
    score = Score()
    for one in articles:
        if not one.sport:
            given = spans_of(tag(one.title, one.text, None))
            score.count(given, set(one.places))
            score.wrong += _faults(one, given)
    return score


def _faults(one: Wire, given: set[Span]) -> Iterator[str]:
    texts = {"title": one.title, "text": one.text}
    for sign, spans in (("+", given - one.places), ("-", one.places - given)):
        for name, start, end in sorted(spans):
            text = texts[name]
            yield f"{sign} {text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 30]}".replace("\n", "|")


@dataclass(slots=True)
class Local:
    """What was found in articles of local newspapers: spans, countries, and cities that are where they should be."""

    spans: Score
    countries: Score
    cities: Score


def measure_local(path: Path, authority: Authority, tag: Tagger, home: Callable[[str], str | None]) -> Local:
    """Against articles whose places have coordinates; `home` gives the country of an outlet's host."""
    found = Local(Score(), Score(), Score())
    countries = {name: place.country for place in authority.places.values() if place.kind == "country" for name in place.names}
    for one in lines_of(path):
        places = tag("", one["text"], home(one["outlet"]))
        gold = {("text", each["start"], each["end"]): each for each in one["toponyms"] if each["lat"]}
        found.spans.count(spans_of(places), {("text", each["start"], each["end"]) for each in one["toponyms"]})
        named = {_COUNTRY_NAMES.get(each["country"]) or countries.get(each["country"]) for each in gold.values()}
        given = {entry.value.id for entry in places.entries}
        ours = {authority.places[name].country for name in given if name in authority.places and _is_country(authority, name)}
        found.countries.count(ours, named - {None})
        found.countries.wrong += [f"{one['id']} {sorted(ours ^ named, key=str)} ours {sorted(ours, key=str)}"] * (ours != named)
        _count_cities(places, gold, authority, found.cities)
    return found


def _is_country(authority: Authority, name: str) -> bool:
    return authority.places[name].kind == "country"


def _count_cities(places: Places, gold: dict[Span, dict[str, Any]], authority: Authority, score: Score) -> None:
    """Of the annotated spans that we found and take for cities, those that are near where they should be."""
    candidates = {entry.value.id: entry.value.candidates for entry in places.entries if entry.value.ambiguous}
    for mention in places.mentions:
        annotated = gold.get((mention.field, mention.start, mention.end))
        ids = candidates.get(mention.value, (mention.value,))
        if annotated and any(one in authority.places and authority.places[one].kind == "city" for one in ids):
            score.wanted += 1
            told = not mention.value.startswith(AMBIGUOUS)
            score.given += told
            near = told and kilometres(authority.places[mention.value], annotated) <= NEAR
            score.right += near
            if not near:
                score.wrong.append(f"{mention.surface}: {mention.value} for {annotated['name']}, {annotated['country']}")


def kilometres(place: Place, annotated: dict[str, Any]) -> float:
    """How far the place is from where the annotation puts it."""
    if place.latitude is None or place.longitude is None:
        return math.inf
    a, b = math.radians(place.latitude), math.radians(float(annotated["lat"]))
    across = math.radians(place.longitude - float(annotated["lon"]))
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 12_742 * math.asin(math.sqrt(half))
