"""How is a tree written down? With every AND spelled out, and parentheses only where they are needed."""

from __future__ import annotations

from searchapp.grammar.limits import MAX_CHARACTERS
from searchapp.grammar.tree import And, Field, Fuzzy, Leaf, Near, Node, Not, Or, Phrase, Prefix, Range, Wildcard, Word


def to_text(tree: Node | None) -> str:
    """The query that `parse` (with match "all") reads as `tree`; "" for None.

    Where the text would be longer than a query may be, AND is left unwritten, which means the same. Even so the text of
    a query read with match "any", or typed without spaces around quotes, may be past a limit of `parse`.
    """
    if tree is None:
        return ""
    text = _print(tree, " AND ")
    return text if len(text) <= MAX_CHARACTERS else _print(tree, " ")


def _print(node: Node, together: str) -> str:
    match node:
        case Or(nodes):
            return " OR ".join(_print(one, together) for one in nodes)
        case And(nodes):
            return together.join(_enclosed(one, together) for one in nodes)
        case Not(inner):
            return f"-{_enclosed(inner, together)}"
        case Field(name, inner):
            return f"{name}:{_enclosed(inner, together)}"
    return _leaf(node)


def _enclosed(node: Node, together: str) -> str:
    text = _print(node, together)
    return f"({text})" if isinstance(node, And | Or) else text


def _leaf(leaf: Leaf) -> str:
    match leaf:
        case Word(text) | Wildcard(text):
            return text
        case Phrase(text):
            return f'"{text}"'
        case Near(text, distance):
            return f'"{text}"~{distance}'
        case Prefix(text):
            return f"{text}*"
        case Fuzzy(text, distance):
            return f"{text}~" if distance == 1 else f"{text}~{distance}"
        case Range(start, end):
            return start if start and start == end else f"[{start or '*'} TO {end or '*'}]"
