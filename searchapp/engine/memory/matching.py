"""Which documents does the text of a query match?"""

from __future__ import annotations

from collections.abc import Iterator

from searchapp.analysis import Tokens
from searchapp.engine.memory.records import Record, labels_of
from searchapp.engine.memory.state import State
from searchapp.engine.reading import Like, Reading, check_expansions, places, read
from searchapp.engine.resolve import chosen_days
from searchapp.grammar import And, Field, Leaf, Node, Not, Or, Range
from searchapp.model import FacetEntry, SearchQuery


def is_eligible(entry: FacetEntry, facet: str, query: SearchQuery) -> bool:
    """Whether the entry counts and filters: discovered names on request, and what a document is mainly about."""
    if entry.status == "discovered" and not query.discovered:
        return False
    return entry.salient or facet not in query.salient


def stands_in(reading: Reading, tokens: Tokens) -> bool:
    """Whether what is read stands anywhere in the tokens."""
    return next(places(reading, tokens), None) is not None


class Matcher:
    """Compares documents with one tree (None: which all match) in the scope of its query.

    Raises LimitExceeded where a pattern finds too many words of the index.
    """

    def __init__(self, state: State, query: SearchQuery, tree: Node | None) -> None:
        self._state = state
        self._query = query
        self._tree = tree
        self._readings: dict[Leaf, Reading] = {}
        for field, leaf in _leaves(tree, None):
            self._readings[leaf] = reading = read(leaf, state.languages)
            if isinstance(reading, Like):
                lexicon = state.lexicon(field, query.scope, reading.stream)
                check_expansions(reading, sum(map(reading.accepts, lexicon)))

    def matches(self, record: Record, scope: str | None = None) -> bool:
        """Whether the document matches, in the query's own scope or another one."""
        return self._tree is None or self._holds(self._tree, None, record, scope or self._query.scope)

    def matches_only_removed(self, record: Record) -> bool:
        """Whether a document that matches would not in what was kept."""
        return self._query.scope != "clean" and not self.matches(record, "clean")

    def _holds(self, node: Node, field: str | None, record: Record, scope: str) -> bool:
        match node:
            case And(nodes):
                return all(self._holds(one, field, record, scope) for one in nodes)
            case Or(nodes):
                return any(self._holds(one, field, record, scope) for one in nodes)
            case Not(inner):
                return not self._holds(inner, field, record, scope)
            case Field(name, inner):
                return self._holds(inner, name, record, scope)
            case Range(start, end):
                return scope != "removed" and _is_within(record, start, end)
        reading = self._readings[node]
        texts = (piece for _, piece in record.read(field, scope))
        return any(stands_in(reading, text) for text in (*texts, *self._labels(record, field, scope)))

    def _labels(self, record: Record, field: str | None, scope: str) -> Iterator[Tokens]:
        """The labels of what the document carries, where the field is a facet."""
        if field is None or scope == "removed" or record.has(field):
            return
        for entry in self._state.entries(record.document.id, field):
            if is_eligible(entry, field, self._query):
                yield from labels_of(field, entry.value)


def _is_within(record: Record, start: str | None, end: str | None) -> bool:
    asked = chosen_days(start, end)
    return record.days is not None and (asked is None or asked.holds(record.days))


def _leaves(node: Node | None, field: str | None) -> Iterator[tuple[str | None, Leaf]]:
    """Each leaf with its field, those below a Not too."""
    match node:
        case None:
            return
        case And(nodes) | Or(nodes):
            for one in nodes:
                yield from _leaves(one, field)
        case Not(inner):
            yield from _leaves(inner, field)
        case Field(name, inner):
            yield from _leaves(inner, name)
        case leaf:
            yield field, leaf
