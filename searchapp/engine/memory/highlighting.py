"""Where does a document hold what a query looks for? Its title and texts are analysed again and marked."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from searchapp.engine.marks import Marker
from searchapp.engine.snippets import Passage, best_snippets, whole_title
from searchapp.grammar import Node
from searchapp.model import Snippet


class Highlighter:
    """Shows what the positive parts of one query match, in the title and in the passages that its scope reads."""

    def __init__(self, tree: Node | None, scope: str, languages: Collection[str]) -> None:
        self._marker = Marker(tree, scope, languages)

    def title(self, title: str, language: str | None) -> Snippet:
        """The whole title in pieces."""
        return whole_title(title, self._marker.title(title, language))

    def snippets(self, passages: Sequence[str], language: str | None) -> tuple[Snippet, ...]:
        """The best windows of the passages: the kept text, or the removed blocks, or both, as the scope has it."""
        return best_snippets([Passage(one, self._marker.text(one, language)) for one in passages])
