"""What does a query look like once it is read? A tiny tree, always in one canonical shape.

Canonical: no And or Or inside its own kind, none with fewer than two nodes, no Not inside a Not, no Not right below a
Field. Negatives alone stay what they are (a Not, or an And of them) and start from all documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """An unquoted word, without outer punctuation; what it holds inside (`al-Hasakah`, `3.5`) analysis splits."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words next to each other, in this order."""

    text: str


@dataclass(frozen=True, slots=True)
class Near:
    """Words close to each other: `"text"~distance`."""

    text: str
    distance: int


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin with `text`."""

    text: str


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Words like `text`, in which `?` stands for one character and `*` for any number."""

    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words that become `text` by at most `distance` (1 or 2) edits."""

    text: str
    distance: int


@dataclass(frozen=True, slots=True)
class Range:
    """Whole or partial ISO dates, both included; None is an open end. Only found right below `Field("date", …)`."""

    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Field:
    """`node` read in one field; it holds no other Field."""

    name: str
    node: Node


@dataclass(frozen=True, slots=True)
class Not:
    """All documents but those of `node`."""

    node: Node


@dataclass(frozen=True, slots=True)
class And:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    nodes: tuple[Node, ...]


Leaf = Word | Phrase | Near | Prefix | Wildcard | Fuzzy | Range
Node = Leaf | Field | Not | And | Or


def conjunction(nodes: Iterable[Node | None]) -> Node | None:
    """What all of `nodes` ask for together; None, which asks for nothing, is left out."""
    return _joined(And, nodes)


def disjunction(nodes: Iterable[Node | None]) -> Node | None:
    """What any of `nodes` asks for; None, which asks for nothing, is left out."""
    return _joined(Or, nodes)


def _joined(kind: type[And | Or], nodes: Iterable[Node | None]) -> Node | None:
    flat: list[Node] = []
    for node in nodes:
        if isinstance(node, kind):
            flat.extend(node.nodes)
        elif node is not None:
            flat.append(node)
    if len(flat) < 2:
        return flat[0] if flat else None
    return kind(tuple(flat))


def negation(node: Node) -> Node:
    """The opposite of `node`."""
    return node.node if isinstance(node, Not) else Not(node)


def within(name: str, node: Node) -> Node:
    """`node` read in the field `name`."""
    return Not(Field(name, node.node)) if isinstance(node, Not) else Field(name, node)


def is_negative(node: Node) -> bool:
    """Whether `node` only says what must be left out."""
    match node:
        case Not():
            return True
        case Field(_, inner):
            return is_negative(inner)
        case And(nodes) | Or(nodes):
            return all(is_negative(one) for one in nodes)
    return False


def walk(tree: Node | None) -> Iterator[Node]:
    """All nodes, each before what it holds, from left to right."""
    waiting = [] if tree is None else [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(_inside(node)))


def _inside(node: Node) -> tuple[Node, ...]:
    match node:
        case And(nodes) | Or(nodes):
            return nodes
        case Not(inner) | Field(_, inner):
            return (inner,)
    return ()


def positive_leaves(tree: Node | None) -> Iterator[tuple[str | None, Leaf]]:
    """Each leaf that no Not covers, from left to right, with the name of its field or None."""
    waiting: list[tuple[str | None, Node]] = [] if tree is None else [(None, tree)]
    while waiting:
        name, node = waiting.pop()
        match node:
            case And(nodes) | Or(nodes):
                waiting.extend((name, one) for one in reversed(nodes))
            case Field(inner_name, inner):
                waiting.append((inner_name, inner))
            case Not():
                continue
            case leaf:
                yield name, leaf
