"""Lines of a sorted text are found by their beginnings as a search through all of them finds them."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from searchapp.engine.whoosh_index.files.lines import lines_beginning

WORDS = st.text(st.sampled_from("abéعz"), min_size=1, max_size=6)


@given(st.sets(WORDS, max_size=40), WORDS)
@example(words={"a" * 300, "b", "b" * 200}, prefix="b")
@example(words={"a", "ab", "b"}, prefix="z")
@example(words=set(), prefix="a")
def test_the_lines_that_begin_alike_are_found(words: set[str], prefix: str) -> None:
    text = np.frombuffer("\n".join(sorted(words)).encode(), np.uint8)
    found = [line.decode() for line in lines_beginning(text, prefix.encode())]
    assert found == sorted(word for word in words if word.startswith(prefix))
