"""Which words of a query are the name of a record, and what does the query ask without them?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from searchapp.analysis import analyze
from searchapp.grammar import And, Node, Phrase, Word, to_text
from searchapp.model import FacetValue, SearchQuery

MAX_NAME_WORDS = 6
NAMED_FACETS = ("actor", "location")

NameTable = Mapping[tuple[str, ...], tuple[tuple[str, FacetValue], ...]]
"""The values, each with its facet, that are called by these forms."""


@dataclass(frozen=True, slots=True)
class Name:
    """A value that the query names, and the query with the value chosen in place of the words."""

    facet: str
    value: FacetValue
    query: SearchQuery


def name_table(values: Iterable[tuple[str, FacetValue]]) -> NameTable:
    """The table of all labels of these (facet, value) pairs."""
    table: dict[tuple[str, ...], dict[tuple[str, str], FacetValue]] = defaultdict(dict)
    for facet, value in values:
        for label in (value.label, *value.labels):
            table[analyze(label, None).forms][facet, value.id] = value
    table.pop((), None)
    return {forms: tuple((facet, value) for (facet, _), value in found.items()) for forms, found in table.items()}


def names(query: SearchQuery, tree: Node | None, table: NameTable) -> tuple[Name, ...]:
    """The names in the query, longest first; a word that is part of a longer name is none by itself."""
    nodes = tree.nodes if isinstance(tree, And) else (tree,) if tree is not None else ()
    taken: set[int] = set()
    found: list[Name] = []
    for start, end in _runs(nodes):
        if not taken.isdisjoint(range(start, end)):
            continue
        meant = table.get(_forms(nodes[start:end]), ())
        if meant:
            taken.update(range(start, end))
        without = (*nodes[:start], *nodes[end:])
        text = to_text(And(without) if len(without) > 1 else without[0] if without else None)
        bare = replace(query, text=text, sort=None if query.sort == "relevance" else query.sort)
        for facet, value in meant:
            chosen = bare if value.id in bare.filter(facet).chosen else bare.toggle(facet, value.id)
            found.append(Name(facet, value, chosen))
    return tuple(found)


def _runs(nodes: tuple[Node, ...]) -> Iterator[tuple[int, int]]:
    """Every run of neighbouring words, and every phrase, as (start, end); the longest first."""
    for length in range(min(MAX_NAME_WORDS, len(nodes)), 0, -1):
        for start in range(len(nodes) - length + 1):
            run = nodes[start : start + length]
            if all(isinstance(node, Word) for node in run) or (length == 1 and isinstance(run[0], Phrase)):
                yield start, start + length


def _forms(nodes: tuple[Node, ...]) -> tuple[str, ...]:
    return tuple(form for node in nodes if isinstance(node, Word | Phrase) for form in analyze(node.text, None).forms)
