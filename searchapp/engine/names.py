"""Which words of a query are the name of a record, and what does the query ask for without them?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from searchapp.analysis import look_up
from searchapp.grammar import And, Node, Phrase, Word, to_text
from searchapp.model import FacetValue, SearchQuery

FACETS = ("actor", "location")
"""The facets whose records are offered; those of values that are only discovered are not."""

LONGEST = 6


@dataclass(frozen=True, slots=True)
class Name:
    """A record of a facet that words of the query name, and the text of the query without those words."""

    facet: str
    value: FacetValue
    rest: str


def find_names(
    tree: Node | None, records: Callable[[tuple[str, ...]], Collection[tuple[str, FacetValue]]]
) -> tuple[Name, ...]:
    """The records that runs of words, or a phrase, name in full; a run within a longer name is not taken by itself.

    `records` gives the values of FACETS one of whose labels has exactly these forms, with their facets.
    """
    nodes = tree.nodes if isinstance(tree, And) else (tree,) if tree else ()
    read = [look_up(node.text, ()).forms if isinstance(node, Word | Phrase) else () for node in nodes]
    found: dict[tuple[str, str], Name] = {}
    taken: set[int] = set()
    for run in _runs(nodes):
        if taken.issuperset(run):
            continue
        forms = read[run.start] if len(run) == 1 else tuple([form for at in run for form in read[at]])
        named = records(forms) if forms else ()
        for facet, value in sorted(named, key=lambda one: (one[0], one[1].id)) if named else ():
            found.setdefault((facet, value.id), Name(facet, value, _without(nodes, run)))
            taken.update(run)
    return tuple(found.values())


def named_query(name: Name, query: SearchQuery, ancestors: tuple[str, ...]) -> SearchQuery | None:
    """The query with the record chosen in place of its name; None where it is chosen already."""
    if name.value.id in query.filter(name.facet).chosen:
        return None
    chosen = query.toggle(name.facet, name.value.id, ancestors=ancestors)
    # Without words nothing is more relevant than anything else.
    sort = None if query.sort == "relevance" and not name.rest else query.sort
    return replace(chosen, text=name.rest, sort=sort)


def _runs(nodes: tuple[Node, ...]) -> Iterator[range]:
    """Every phrase and every run of words, by their places among the nodes, longer runs first."""
    for length in range(min(LONGEST, len(nodes)), 0, -1):
        for start in range(len(nodes) - length + 1):
            run = range(start, start + length)
            if all(isinstance(nodes[at], Word) for at in run) or (length == 1 and isinstance(nodes[start], Phrase)):
                yield run


def _without(nodes: tuple[Node, ...], left_out: Collection[int]) -> str:
    kept = tuple(node for at, node in enumerate(nodes) if at not in left_out)
    return to_text(And(kept) if len(kept) > 1 else kept[0] if kept else None)
