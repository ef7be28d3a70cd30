"""What does one line of an answer say of its document?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from searchapp.engine.base import NO_DEADLINE, Deadline
from searchapp.engine.snippets import Parts, Passage, best_snippets, whole_title
from searchapp.engine.whoosh_index.asking.executor import Matcher
from searchapp.engine.whoosh_index.asking.marking import Marker
from searchapp.engine.whoosh_index.files.records import DISCOVERED, PASSING, Card
from searchapp.engine.whoosh_index.generation.snapshot import Snapshot
from searchapp.grammar import Node
from searchapp.model import FacetEntry, Hit, SearchQuery, Snippet

_STREAMS = {"clean": ("text",), "removed": ("removed",), "raw": ("text", "removed")}
"""What snippets are cut from, by scope."""

_Shown = tuple[Snippet, tuple[Snippet, ...]]
"""The title in pieces, and snippets."""


class HitMaker:
    """Makes hits for one query and the tree it is read as."""

    def __init__(
        self, snapshot: Snapshot, query: SearchQuery, *, tree: Node | None, matcher: Matcher,
        deadline: Deadline = NO_DEADLINE,
    ) -> None:  # fmt: skip
        self._snapshot = snapshot
        self._query = query
        self._tree = tree
        self._matcher = matcher
        self._deadline = deadline
        self._with_text = "text" in query.fields
        self._left_out = (0 if query.discovered else DISCOVERED) | (PASSING if query.salient else 0)

    def make(self, row: int, score: float | None) -> Hit:
        """The hit for a row that matches, without snippets and with nothing marked."""
        card = self._snapshot.card(row)
        title = card.title.value
        return self._hit(row, score, card, (((title, False),) if title else (), ()))

    def page(self, ranked: Sequence[tuple[int, float | None]]) -> tuple[Hit, ...]:
        """The hits for rows that match, each given with its score; with snippets, if the query wants them."""
        if not self._query.snippets:
            return tuple([self.make(row, score) for row, score in ranked])
        cards = {row: self._snapshot.card(row) for row, _ in ranked}
        shown = self._shown(cards)
        return tuple([self._hit(row, score, cards[row], shown[row]) for row, score in ranked])

    def _hit(self, row: int, score: float | None, card: Card, shown: _Shown) -> Hit:
        snapshot, clean = self._snapshot, self._query.scope == "clean"
        return Hit(
            snapshot.id(row), card.source, card.sha256, card.title, card.author, card.outlet, card.date,
            card.language, card.url, score, *shown,
            card.facets if not card.bits & self._left_out else self._counting(card.facets),
            snapshot.stories.cluster(row), snapshot.stories.copies.item(row),
            not clean and not self._kept[row], card.first_indexed, snapshot.text(row) if self._with_text else None,
        )  # fmt: skip

    @cached_property
    def _kept(self) -> npt.NDArray[np.bool_]:
        """The rows that what was kept finds."""
        return self._matcher.matching(self._tree, "clean").mask

    def _shown(self, cards: Mapping[int, Card]) -> dict[int, _Shown]:
        """What is shown of the rows with these cards."""
        scope = self._query.scope
        parts = Parts.of(self._tree, scope, self._snapshot.languages)
        languages = {row: card.language.value for row, card in cards.items()}
        marker = Marker(
            self._snapshot, self._matcher.leaves, languages=languages, scope=scope, deadline=self._deadline
        )  # fmt: skip
        titles = marker.marks("title", parts.title, {row: (card.title.value or "",) for row, card in cards.items()})
        passages: dict[int, list[Passage]] = {row: [] for row in cards}
        for stream in _STREAMS[scope]:
            texts = self._texts(stream, cards)
            for row, marks in marker.marks(stream, parts.text, texts).items():
                passages[row] += map(Passage, texts[row], marks)
        shown = {}
        for row, card in cards.items():
            self._deadline.check()
            shown[row] = whole_title(card.title.value or "", titles[row][0]), best_snippets(passages[row])
        return shown

    def _texts(self, stream: str, rows: Iterable[int]) -> dict[int, Sequence[str]]:
        """The texts that each row has in the stream; what was removed is read with the whole document alone."""
        if stream == "removed":
            return {row: self._snapshot.document(row).removed for row in rows}
        return {row: (self._snapshot.text(row),) for row in rows}

    def _counting(self, facets: Mapping[str, tuple[FacetEntry, ...]]) -> dict[str, tuple[FacetEntry, ...]]:
        """The entries that count."""
        discovered, salient = self._query.discovered, self._query.salient
        return {
            name: tuple([
                entry for entry in entries
                if (discovered or entry.status != "discovered") and (entry.salient or name not in salient)
            ])
            for name, entries in facets.items()
        }  # fmt: skip
