"""How right are the actors of a text? Curated ones against the seeds, discovered names against annotated sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.placing import Score, lines_of
from searchapp.authority import Authority
from searchapp.ingest.actors import discover, find_actors
from searchapp.ingest.places import find_places
from searchapp.model import Document

_SENTENCES_A_TEXT = 25
_NO_BLANK_BEFORE = (".", ",", ";", ":", ")", "'s", "'")
_TYPES = {"PER": "person", "ORG": "organisation"}


@dataclass(frozen=True, slots=True)
class Discovered:
    """Of the mentions of discovered names, the share that overlap an actor, and one of the kind they are taken for."""

    real: float
    typed: float
    mentions: int


def measure_discovered(path: Path, authority: Authority) -> Discovered:
    """Sentences annotated with persons and organisations, put together to texts, in which surnames may come again."""
    real = typed = mentions = 0
    for text, spans in _texts(list(lines_of(path))):
        actors = find_actors("", text, authority)
        places = find_places("", text, authority, masked=actors).mentions
        for one in discover(text, actors, places, authority):
            types = {kind for start, end, kind in spans if start < one.end and one.start < end}
            mentions += 1
            real += bool(types & _TYPES.keys())
            typed += any(one.rule.startswith(said) for kind, said in _TYPES.items() if kind in types)
    return Discovered(real / mentions, typed / mentions, mentions)


def _texts(rows: list[dict[str, Any]]) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    for first in range(0, len(rows), _SENTENCES_A_TEXT):
        text, spans = "", list[tuple[int, int, str]]()
        for row in rows[first : first + _SENTENCES_A_TEXT]:
            for word, tag in zip(row["tokens"], row["tags"], strict=True):
                text += "" if not text or text.endswith(("\n", "(")) or word in _NO_BLANK_BEFORE else " "
                start, text = len(text), text + word
                if tag.startswith("B-"):
                    spans.append((start, len(text), tag[2:]))
                elif tag.startswith("I-"):
                    spans[-1] = (spans[-1][0], len(text), spans[-1][2])
            text += "\n"
        yield text, spans


def measure_curated(made: Mapping[str, Document], gold: Mapping[str, Any]) -> Score:
    """Actors of records in the seeds, a document and an actor one case; those seen either way count for neither."""
    score = Score()
    for name, document in made.items():
        mentions = [one for one in document.mentions if one.facet == "actor" and one.status == "curated"]
        surfaces = {value: {_key(one.surface) for one in mentions if one.value == value} for value in {one.value for one in mentions}}
        annotated = [one for one in gold[name]["actors"] if one["type"] != "state"]
        found = {one["canonical"]: _bearers(one, surfaces) for one in annotated}
        states = {value for one in gold[name]["actors"] if one["type"] == "state" for value in _bearers(one, surfaces)}
        either = {value for one in annotated if not one["core"] for value in found[one["canonical"]]} | states
        core = [one["canonical"] for one in annotated if one["core"]]
        known = {value for one in core for value in found[one]}
        score.right += sum(bool(found[one]) for one in core)
        score.wanted += len(core)
        extra = sorted(set(surfaces) - known - either)
        score.given += sum(bool(found[one]) for one in core) + len(extra)
        score.wrong += [f"{name}: {value}" for value in extra] + [f"{name}: not {one}" for one in core if not found[one]]
    return score


def _bearers(annotated: dict[str, Any], surfaces: Mapping[str, set[str]]) -> set[str]:
    forms = {_key(form) for form in (*annotated["surface_forms"], annotated["canonical"])}
    return {value for value, said in surfaces.items() if any(_alike(one, forms) for one in said)}


def _alike(surface: str, forms: Iterable[str]) -> bool:
    """Whether one is the other, or a longer one holds it."""
    return any(surface == form or (len(surface) > 4 and surface in form) or (len(form) > 8 and form in surface) for form in forms)


def _key(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").replace("’", "'").split())
