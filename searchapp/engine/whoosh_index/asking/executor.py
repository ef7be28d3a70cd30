"""Which rows does the text of a query find? The tree over arrays, node by node."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_, sub

from searchapp.engine.base import Deadline
from searchapp.engine.resolve import chosen_days
from searchapp.engine.whoosh_index.facets.labels import named_values
from searchapp.engine.whoosh_index.files.rowset import RowSet
from searchapp.engine.whoosh_index.files.schema import WORDS
from searchapp.engine.whoosh_index.generation.snapshot import Snapshot
from searchapp.engine.whoosh_index.words.evidence import Evidence, evidence_of
from searchapp.engine.whoosh_index.words.leaves import FULL_TEXT, LeafReader
from searchapp.grammar import And, Field, Leaf, Node, Not, Or, Range
from searchapp.model import SearchQuery


class Matcher:
    """Answers for one generation and one query, in the scope and with the kinds of entries that it asks for."""

    def __init__(self, snapshot: Snapshot, query: SearchQuery, deadline: Deadline) -> None:
        self._snapshot = snapshot
        self._query = query
        self._deadline = deadline
        self._live = snapshot.living
        self.leaves = LeafReader(snapshot.postings, snapshot.lexicon, snapshot.languages, deadline)

    def matching(self, tree: Node | None, scope: str) -> RowSet:
        """The live rows that the tree finds in this scope; None finds all."""
        return self._live if tree is None else self._matching(tree, None, scope)

    def evidence(self, leaf: Leaf, field: str | None, scope: str) -> Evidence:
        """What a leaf finds in words."""
        limited = scope == self._query.scope
        key = field, leaf, scope, limited
        held = self._snapshot.evidence.get(key)
        if held is None:
            self._deadline.check()
            held = evidence_of(self.leaves.find(leaf, field, scope, limited=limited), self._live)
            self._snapshot.evidence.put(key, held)
        return held

    def _matching(self, node: Node, field: str | None, scope: str) -> RowSet:
        match node:
            case And(nodes):
                return self._all_of(nodes, field, scope)
            case Or(nodes):
                found = (self._matching(one, field, scope) for one in nodes)
                return reduce(or_, found, RowSet.none(self._snapshot.size))
            case Not(inner):
                return self._live - self._matching(inner, field, scope)
            case Field(name, inner):
                return self._matching(inner, name, scope)
            case Range(start, end):
                return self._dated(start, end, scope)
        return self._holding(node, field, scope)

    def _all_of(self, nodes: Sequence[Node], field: str | None, scope: str) -> RowSet:
        """The rows that all nodes find; what is not wanted is taken from them, so that nobody looks at all rows."""
        wanted = [self._matching(one, field, scope) for one in nodes if not isinstance(one, Not)]
        unwanted = [self._matching(one.node, field, scope) for one in nodes if isinstance(one, Not)]
        return reduce(sub, unwanted, reduce(and_, sorted(wanted, key=len)) if wanted else self._live)

    def _holding(self, leaf: Leaf, field: str | None, scope: str) -> RowSet:
        if field not in FULL_TEXT and field not in WORDS:
            return self._labelled(leaf, field or "", scope)
        return self.evidence(leaf, field, scope).rows

    def _dated(self, start: str | None, end: str | None, scope: str) -> RowSet:
        days = chosen_days(start, end)
        if scope == "removed":
            return RowSet.none(self._snapshot.size)
        return self._live & RowSet.where(self._snapshot.within(days) if days is not None else self._snapshot.dated)

    def _labelled(self, leaf: Leaf, facet: str, scope: str) -> RowSet:
        """The rows that carry a value with a label in which the leaf finds something."""
        if scope == "removed":
            return RowSet.none(self._snapshot.size)
        self._deadline.check()
        salient = facet in self._query.salient
        index = self._snapshot.facet(facet, discovered=self._query.discovered)
        return index.carrying_numbers(named_values(index, leaf), salient=salient)
