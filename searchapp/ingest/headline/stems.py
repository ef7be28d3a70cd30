"""By which stems is a text compared with another, and how often does it say them?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import repeat

import numpy as np
import regex

from searchapp.ingest.headline.lines import PLAIN, simplified, words_of

_LETTERS = 5
"""Letters by which two words are one, so that `recruits` in a title is met by `recruiting` in the text."""
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]{2,}")
_FIRST_UNSPACED = "\u0e00"
_BLANK = ord(" ")
_WIDTH = 8
_FRONT = np.uint64((1 << 8 * _LETTERS) - 1)
"""What a number of eight letters is cut to: those of a stem, a blank behind a shorter one."""


def stems_of(words: Sequence[str]) -> list[str]:
    """The beginnings of the long words; of scripts without blanks every two signs that stand side by side."""
    if max(words, default="") < _FIRST_UNSPACED:
        return [word[:_LETTERS] for word in words if len(word) > 3]
    stems: list[str] = []
    for word in words:
        if _UNSPACED.match(word):
            stems += (word[at : at + 2] for at in range(len(word) - 1))
        elif len(word) > 3:
            stems.append(word[:_LETTERS])
    return stems


class Sought:
    """Stems that are looked for in texts."""

    def __init__(self, stems: Iterable[str]) -> None:
        self._plain = [stem for stem in stems if stem.isascii()]
        padded = "".join(map(str.ljust, self._plain, repeat(_WIDTH)))
        self._numbers = np.frombuffer(padded.encode(), "<u8") & _FRONT

    def counted(self, text: str) -> dict[str, int]:
        """How often a text says each of them, and perhaps others."""
        simple = simplified(text)
        if simple.isascii():
            return self._counted(simple)
        # One word of another script makes no other word slow.
        lines = simple.split("\n")
        mixed = " ".join([line for line in lines if not line.isascii()]).split()
        plain = [line for line in lines if line.isascii()] + [word for word in mixed if word.isascii()]
        others = Counter(stems_of(words_of(" ".join([word for word in mixed if not word.isascii()]))))
        return {**others, **{stem: times + others[stem] for stem, times in self._counted(" ".join(plain)).items()}}

    def _counted(self, plain: str) -> dict[str, int]:
        letters = b" " + plain.encode().translate(PLAIN) + b" " * _WIDTH
        in_word = np.frombuffer(letters, np.uint8) > _BLANK
        begins = np.flatnonzero(in_word[1:] > in_word[:-1]) + 1
        # Compared as numbers, words need not be made and put into a table one by one, which is most of what counting costs.
        fronts = np.ndarray(len(letters) - _WIDTH + 1, "<u8", letters, strides=(1,))[begins] & _FRONT
        fronts.sort()
        times = fronts.searchsorted(self._numbers, "right") - fronts.searchsorted(self._numbers)
        return dict(zip(self._plain, times.tolist(), strict=True))
