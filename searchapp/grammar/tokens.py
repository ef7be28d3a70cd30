"""What do the parts of a query hand each other? Tokens, and the reason why a query is broken."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from searchapp.grammar.tree import Node


class Kind(Enum):
    """What a token is to the parser."""

    LEAF = "a word, phrase, pattern or range, alone or in a field"
    OPEN = "an opening parenthesis, that of a field's group too"
    CLOSE = "a closing parenthesis"
    AND = "AND"
    OR = "OR"
    NOT = "NOT, or the minus sign"
    END = "the end of the query"


@dataclass(frozen=True, slots=True)
class Token:
    """`position` counts characters from 1, `field` names the field of a group; a leaf without node asks for nothing."""

    kind: Kind
    position: int
    node: Node | None = None
    field: str | None = None


class Broken(Exception):
    """The query is not well formed; the message is the sentence that the reader gets to see. Never leaves the room."""


def no_value(field: str, position: int) -> Broken:
    """What is wrong with a field after whose colon there is nothing to look for."""
    return Broken(f"The field “{field}” at character {position} has no value; it stands right after the colon.")
