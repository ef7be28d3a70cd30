"""Which kinds of signs stand in each text of a page? Looked up for all of them at once: what is not there is not sought."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import accumulate

import numpy as np
import numpy.typing as npt

BLANK, CAPITAL, SMALL, LETTER, NUMERIC, BEYOND_ASCII, FAR, END, BAR, COMMA, QUOTE, CREDIT, ADDRESS = (
    1 << bit for bit in range(13)
)
"""The kinds: `FAR` are the scripts that are written without blanks and what stands beside them in the table, `END` to
`ADDRESS` the signs of which ends of sentences, parts of a menu, quotations, picture credits and addresses hold one."""
_LISTED = {END: ".!?…。！？؟۔।", BAR: "|›»/>·•", COMMA: ",", QUOTE: "\"“”«»„", CREDIT: ")]©/", ADDRESS: "@:."}
_FAR = (0x0E00, 0x1FFF), (0x2E80, 0x1FFFF)
_LOOKED_UP = 0x20000
"""Signs in the table; those behind it are letters and numbers of Chinese, and none of the other kinds."""


def signs_of(texts: Sequence[str]) -> tuple[list[int], list[float]]:
    """For each text the kinds of signs in it, as bits, and the share of its words that begin with a capital letter."""
    if not texts:
        return [], []
    joined = "\n".join((*texts, ""))
    begins = np.fromiter(accumulate((len(text) + 1 for text in texts[:-1]), initial=0), np.intp, len(texts))
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _kinds().take(codes, mode="clip")
    blank = (kinds & BLANK) > 0
    firsts = ~blank
    firsts[1:] &= blank[:-1]
    words, capitals = (np.add.reduceat(each, begins, dtype=np.int32) for each in (firsts, firsts & ((kinds & CAPITAL) > 0)))
    return np.bitwise_or.reduceat(kinds, begins).tolist(), (capitals / np.maximum(words, 1)).tolist()


@cache
def _kinds() -> npt.NDArray[np.uint16]:
    """The kinds of each sign, by its code point."""
    signs, tests = np.arange(_LOOKED_UP, dtype=np.uint32).view("U1"), np.strings
    capitals = tests.isupper(signs)
    told = {
        BLANK: tests.isspace(signs),
        CAPITAL: capitals,
        SMALL: tests.islower(signs) | (tests.istitle(signs) & ~capitals),
        LETTER: tests.isalpha(signs),
        NUMERIC: tests.isnumeric(signs),
    }
    kinds = np.zeros(_LOOKED_UP, np.uint16)
    for kind, flags in told.items():
        kinds[flags] |= kind
    kinds[128:] |= BEYOND_ASCII
    for first, last in _FAR:
        kinds[first : last + 1] |= FAR
    for kind, listed in _LISTED.items():
        kinds[[ord(sign) for sign in listed]] |= kind
    # What stands for all signs behind the table.
    kinds[-1] |= NUMERIC
    return kinds
