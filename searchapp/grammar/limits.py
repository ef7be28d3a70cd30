"""How large may a query be? Every limit by name, and the checks that come before the work."""

from __future__ import annotations

from collections.abc import Sequence

from searchapp.errors import LimitExceeded
from searchapp.grammar.characters import has_word, is_letter, quoted
from searchapp.grammar.tokens import Kind, Token
from searchapp.grammar.tree import Range, positive_leaves

MAX_CHARACTERS = 1024
MAX_WORDS = 128
MAX_CLAUSES = 128
MAX_DEPTH = 20
MIN_PREFIX = 3
MAX_EXPANSIONS = 256


def check_characters(text: str) -> None:
    """Raise LimitExceeded where `text` is too long."""
    _check("characters", len(text), MAX_CHARACTERS)


def check_words(count: int) -> None:
    """Raise LimitExceeded where there are too many words."""
    _check("words", count, MAX_WORDS)


def check_tokens(tokens: Sequence[Token]) -> None:
    """Raise LimitExceeded where there are too many words, clauses or levels of parentheses.

    A clause is a word, phrase, pattern, date range or pair of parentheses.
    """
    _check("levels of parentheses", _depth(tokens), MAX_DEPTH)
    leaves = [leaf for token in tokens for _, leaf in positive_leaves(token.node)]
    texts = [leaf.text for leaf in leaves if not isinstance(leaf, Range)]
    check_words(sum(has_word(piece) for text in texts for piece in text.split()))
    _check("clauses", len(leaves) + sum(token.kind is Kind.OPEN for token in tokens), MAX_CLAUSES)


def check_literals(pattern: str, position: int) -> None:
    """Raise LimitExceeded where fewer than three letters or digits stand before the first `*` of `pattern`."""
    before, star, _ = pattern.partition("*")
    if star and sum(map(is_letter, before)) < MIN_PREFIX:
        raise LimitExceeded(
            f"{quoted(pattern)} at character {position} needs at least {MIN_PREFIX} letters or digits before the *.",
            param="q",
            limit=MIN_PREFIX,
        )


def _depth(tokens: Sequence[Token]) -> int:
    depth = deepest = 0
    for token in tokens:
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        deepest = max(deepest, depth)
    return deepest


def _check(what: str, count: int, limit: int) -> None:
    if count > limit:
        message = f"A query may have at most {limit:,} {what}; this one has {count:,}."
        raise LimitExceeded(message, param="q", limit=limit)
