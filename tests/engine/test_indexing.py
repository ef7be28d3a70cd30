"""Pieces of a page that are read as lines of one text, and what each of them is by itself."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from searchapp.analysis import Tokens, analyze
from searchapp.engine.whoosh_index.files.indexing import Pieces

WRITTEN = ("al-", "bin", "-", "'s", "AL-A", "عبد", "الله", "ال", "U.S.", "3.", "5", "e-", "\n", "\r", "\u2028", "\u0640", "中文", "İ", " ")
PIECES = st.one_of(st.text(max_size=10), st.lists(st.sampled_from(WRITTEN), max_size=8).map("".join))
STREAMS = ("forms", "stems", "wholes", "starts", "ends")


def stream(tokens: Tokens, name: str) -> tuple[object, ...]:
    return tuple(getattr(tokens, name))


@settings(max_examples=400, derandomize=True)
@given(st.lists(PIECES, max_size=5), st.sampled_from(("en", "ar", "zh", None)))
def test_pieces_have_the_tokens_that_each_has_by_itself(texts: list[str], language: str | None) -> None:
    read, alone = Pieces.read(texts, language), [analyze(text, language) for text in texts]
    assert list(read.sizes) == [len(one.forms) for one in alone]
    for name in STREAMS:
        assert stream(read.tokens, name) == tuple(value for one in alone for value in stream(one, name))
