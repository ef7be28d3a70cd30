"""What does this text ask for? Anything that is typed gets an answer: a tree, and what was wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from searchapp.grammar.characters import plain_words, readable
from searchapp.grammar.lexer import Lexer
from searchapp.grammar.limits import check_characters, check_tokens, check_words
from searchapp.grammar.tokens import Broken, Kind, Token, no_value
from searchapp.grammar.tree import Field, Node, Word, conjunction, disjunction, is_negative, negation, within

FIELDS = (
    "title", "text", "outlet", "actor", "location", "cites", "language", "author", "folder", "url", "file", "id", "date",
)  # fmt: skip
"""The built-in fields; an archive's own facets are fields too."""

Match = Literal["all", "any"]

_STARTS = (Kind.LEAF, Kind.OPEN, Kind.NOT)
_LABELS = {Kind.AND: "AND", Kind.OR: "OR", Kind.NOT: "NOT or minus sign"}


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query as it was read.

    `tree` None asks for everything. `escaped` says that the query was broken and is read as plain words; then the
    one warning is the reason.
    """

    tree: Node | None
    escaped: bool
    warnings: tuple[str, ...]


def parse(text: str, *, match: Match = "all", fields: Collection[str] = FIELDS) -> Parsed:
    """What `text` asks for, with `fields` before a colon; raises LimitExceeded and nothing else.

    `match` "any" joins by OR what stands side by side without an operator, negatives and what is inside them apart: it
    never finds less than "all".
    """
    check_characters(text)
    typed = readable(text)
    lexer = Lexer(typed, fields)
    try:
        tokens = lexer.read()
        check_tokens(tokens)
        return Parsed(_Parser(tokens, match).read(), False, tuple(lexer.warnings))
    except Broken as broken:
        return _escaped(typed, match, str(broken))


def _escaped(typed: str, match: Match, reason: str) -> Parsed:
    words = [Word(word) for word in plain_words(typed)]
    check_words(len(words))
    tree = conjunction(words) if match == "all" else disjunction(words)
    return Parsed(tree, True, (reason,))


def _any_of(nodes: Iterable[Node | None]) -> Node | None:
    """The positive ones among `nodes` joined by OR, and all of the negative ones."""
    asked = [node for node in nodes if node is not None]
    positive = disjunction(node for node in asked if not is_negative(node))
    return conjunction([positive, *(node for node in asked if is_negative(node))])


class _Parser:
    """Reads tokens by recursive descent, as deep as parentheses are nested; None is what asks for nothing.

    alternatives = sequence {OR sequence}; sequence = written {written}; written = factor {AND factor};
    factor = {NOT} (leaf | "(" [alternatives] ")").
    """

    def __init__(self, tokens: Sequence[Token], match: Match) -> None:
        self._tokens = tokens
        self._match = match
        self._index = 0
        self._field: str | None = None
        self._negated = False

    def read(self) -> Node | None:
        """The whole tree; raises Broken where the tokens make none."""
        tree = self._alternatives()
        if not self._next_is(Kind.END):
            raise Broken(f"The parenthesis closed at character {self._next.position} was never opened.")
        return tree

    @property
    def _next(self) -> Token:
        return self._tokens[self._index]

    def _next_is(self, *kinds: Kind) -> bool:
        return self._next.kind in kinds

    def _take(self, kind: Kind) -> bool:
        if self._next_is(kind):
            self._index += 1
            return True
        return False

    def _alternatives(self) -> Node | None:
        if self._next_is(Kind.CLOSE, Kind.END):
            return None
        nodes = [self._sequence()]
        while self._take(Kind.OR):
            nodes.append(self._sequence())
        return disjunction(nodes)

    def _sequence(self) -> Node | None:
        nodes = [self._written()]
        while self._next_is(*_STARTS):
            nodes.append(self._written())
        return conjunction(nodes) if self._match == "all" or self._negated else _any_of(nodes)

    def _written(self) -> Node | None:
        nodes = [self._factor()]
        while self._take(Kind.AND):
            nodes.append(self._factor())
        return conjunction(nodes)

    def _factor(self) -> Node | None:
        outside = self._negated
        while self._take(Kind.NOT):
            self._negated = not self._negated
        negated = self._negated is not outside
        node = self._operand()
        self._negated = outside
        return negation(node) if negated and node is not None else node

    def _operand(self) -> Node | None:
        token = self._next
        if token.kind not in (Kind.LEAF, Kind.OPEN):
            raise self._dangling(token)
        if self._field and (token.field or isinstance(token.node, Field)):
            raise Broken(f"The field at character {token.position} stands inside the field “{self._field}”.")
        self._index += 1
        return self._group(token) if token.kind is Kind.OPEN else token.node

    def _group(self, opening: Token) -> Node | None:
        outer = self._field
        self._field = opening.field or outer
        node = self._alternatives()
        self._field = outer
        if not self._take(Kind.CLOSE):
            raise Broken(f"The parenthesis opened at character {opening.position} is never closed.")
        if opening.field is None:
            return node
        if node is None:
            raise no_value(opening.field, opening.position)
        return within(opening.field, node)

    def _dangling(self, found: Token) -> Broken:
        before = self._tokens[self._index - 1] if self._index else found
        if before.kind in _LABELS and before is not found:
            return Broken(f"The {_LABELS[before.kind]} at character {before.position} has nothing after it.")
        return Broken(f"The {_LABELS[found.kind]} at character {found.position} has nothing before it.")
