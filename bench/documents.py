"""Made documents as the engine takes them, and as the peers do: our own tokens joined by blanks, the same facets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from bench.corpora import PARAGRAPH, Spliced
from searchapp.analysis import Tokens, analyze
from searchapp.model import ABSENT, Block, Claim, Document, FacetEntry, FacetValue, Mention

FACETS = ("outlet", "actor", "location")
"""The facets that every engine counts, beside the dates."""

BOUNDARY = "|"
"""Stands between title and text, so that no phrase goes from the one into the other."""

RUN = "2026-01-01T00:00:00Z"


def document_of(made: Spliced) -> Document:
    """The document that our engine stores."""
    text = made.text
    return Document(
        id=f"{made.number:07}",
        source=f"bench/{made.number // 1000:04}/{made.number:07}.txt",
        sha256=sha256(text.encode()).hexdigest(),
        text=text,
        title=Claim(made.title, "declared", "json"),
        outlet=Claim(made.outlet, "declared", "json"),
        date=Claim(made.date, "declared", "json", precision="day") if made.date else ABSENT,
        language=Claim(made.language, "declared", "json"),
        blocks=tuple(_blocks(text)),
        mentions=tuple(_mentions(made, text)),
        facets={"actor": _entries(made.actors), "location": _entries(made.locations)},
        first_indexed=RUN,
        last_changed=RUN,
    )


def _entries(names: Sequence[str]) -> tuple[FacetEntry, ...]:
    return tuple(FacetEntry(FacetValue(name, name), "declared") for name in names)


def _blocks(text: str) -> Iterator[Block]:
    """The paragraphs, all kept."""
    start = 0
    for paragraph in text.split(PARAGRAPH):
        yield Block(paragraph, start, start + len(paragraph), blank_before=start > 0)
        start += len(paragraph) + len(PARAGRAPH)


def _mentions(made: Spliced, text: str) -> Iterator[Mention]:
    """Where the text first names what it is declared to be about."""
    for facet, names in (("actor", made.actors), ("location", made.locations)):
        for name in names:
            start = text.find(name)
            if start >= 0:
                yield Mention(facet, name, start, start + len(name), name, "name", "declared")


@dataclass(frozen=True, slots=True)
class Ready:
    """A document as a peer takes it: forms and stems are tokens joined by blanks, one a position."""

    number: int
    forms: str
    stems: str
    facets: dict[str, tuple[str, ...]]
    month: int | None


class TokenBook:
    """The tokens of sentences, each analysed once: no token goes beyond a sentence, so those of a text are joined."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[str, str]] = {}

    def ready(self, documents: Iterable[Spliced]) -> Iterator[Ready]:
        """The documents as peers take them."""
        for made in documents:
            pieces = [self.tokens(piece, made.language) for piece in (made.title, *made.sentences)]
            forms, stems = ([piece[stream] for piece in pieces if piece[stream]] for stream in (0, 1))
            facets = {"outlet": (made.outlet,), "actor": made.actors, "location": made.locations}
            title = bool(pieces[0][0])
            forms.insert(title, BOUNDARY)
            stems.insert(title, BOUNDARY)
            yield Ready(made.number, " ".join(forms), " ".join(stems), facets, month_number(made.date))

    def tokens(self, piece: str, language: str) -> tuple[str, str]:
        """The forms of a title or a sentence and its stems, each joined by blanks."""
        key = piece, language
        if key not in self._known:
            tokens = analyze(piece, language)
            self._known[key] = " ".join(tokens.forms), " ".join(searched(tokens))
        return self._known[key]


def searched(tokens: Tokens) -> list[str]:
    """What a plain word finds at each position: the stem, or the form where there is none."""
    return [stem or form for stem, form in zip(tokens.stems, tokens.forms, strict=True)]


def month_number(day: str | None) -> int | None:
    """Months since the year 0 of an ISO date."""
    return int(day[:4]) * 12 + int(day[5:7]) - 1 if day else None
