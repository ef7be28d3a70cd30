"""Where does a whole text hold what a query looks for? It is analysed again and marked."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from searchapp.analysis import analyze
from searchapp.engine.reading import places
from searchapp.engine.snippets import Mark, Part, Parts
from searchapp.grammar import Node


class Marker:
    """Marks what the positive parts of one query match in titles and in texts."""

    def __init__(self, tree: Node | None, scope: str, languages: Collection[str]) -> None:
        self._parts = Parts.of(tree, scope, languages)

    def title(self, title: str, language: str | None) -> list[Mark]:
        """The marks in a title, in order."""
        return _marks(self._parts.title, title, language)

    def text(self, text: str, language: str | None) -> list[Mark]:
        """The marks in a kept text or a removed block, in order."""
        return _marks(self._parts.text, text, language)


def _marks(parts: Sequence[Part], text: str, language: str | None) -> list[Mark]:
    if not parts or not text:
        return []
    tokens = analyze(text, language)
    return sorted({
        Mark(tokens.starts[first], tokens.ends[last - 1], number)
        for number, part in enumerate(parts)
        for first, last in places(part.reading, tokens)
    })  # fmt: skip
