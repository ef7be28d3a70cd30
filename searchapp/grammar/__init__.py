"""Our query language: the text a person typed becomes a tiny tree, and the tree a text again; no engine's syntax."""

from searchapp.grammar.lexer import MAX_DISTANCE
from searchapp.grammar.limits import MAX_CHARACTERS, MAX_CLAUSES, MAX_DEPTH, MAX_EXPANSIONS, MAX_WORDS, MIN_PREFIX
from searchapp.grammar.parser import FIELDS, Parsed, parse
from searchapp.grammar.printer import to_text
from searchapp.grammar.tree import (
    And,
    Field,
    Fuzzy,
    Leaf,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    Wildcard,
    Word,
    positive_leaves,
    walk,
)

__all__ = [
    "FIELDS",
    "MAX_CHARACTERS",
    "MAX_CLAUSES",
    "MAX_DEPTH",
    "MAX_DISTANCE",
    "MAX_EXPANSIONS",
    "MAX_WORDS",
    "MIN_PREFIX",
    "And",
    "Field",
    "Fuzzy",
    "Leaf",
    "Near",
    "Node",
    "Not",
    "Or",
    "Parsed",
    "Phrase",
    "Prefix",
    "Range",
    "Wildcard",
    "Word",
    "parse",
    "positive_leaves",
    "to_text",
    "walk",
]
