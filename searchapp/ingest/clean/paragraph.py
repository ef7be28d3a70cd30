"""What can be asked of one block of a page? Its length, its marks, its words and the cues it gives."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

import regex

from searchapp.ingest.clean.cues import Cue, Words, cue_book, fold
from searchapp.ingest.data import word_sets
from searchapp.model import Block

# Scripts written without blanks: two signs are counted as a word, which made the lengths of Chinese and Japanese
# pages of the development set agree with those of the other languages.
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_ENDS = re.compile(r"""[.!?…。！？؟۔।]["'”’»)\]]*$""")
_SENTENCE = re.compile(r"""[.!?…。！？؟۔।]["'”’»)\]]*(?=\s|$)|[。！？]""")
_LABEL = regex.compile(r"\W*\w+\s*[:：|–—-]")
_RUBRIC = re.compile(r"\s[|›»/>·•]\s")

PROSE_WORDS = 15
"""From this length on an ended line is prose: 91 % of such lines of the development set belong to an article."""
CUE_WORDS = 25
"""A line longer than this is not judged by how it begins: sentences may begin like an invitation."""
SENTENCE_WORDS = 14
"""A finished sentence from this length on is not judged by a phrase in it at all."""
INSIDE_WORDS = 15
"""A line longer than this is not judged by a phrase somewhere in it."""
_MEASURED = 20_000
"""Letters of a block that are looked at: a longer one is a text without line breaks, and known by its beginning."""
_KNOWN_SHARE = 0.12
"""Share of function words in the long lines of a page below which its language has none in our lists."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block and what was measured of it; shares go from 0 to 1.

    `grammar` is the share of function words against that of the page's long lines; 1 where the language is unknown.
    """

    block: Block
    folded: Words
    words: int
    sentences: int
    function_share: float
    capital_share: float
    grammar: float = 1.0

    @property
    def ends(self) -> bool:
        """Whether it closes with a mark that ends a sentence."""
        return _ENDS.search(self.block.text) is not None

    @property
    def prose(self) -> bool:
        """Whether it reads like running text."""
        return self.words >= PROSE_WORDS and self.sentences > 0 and self.block.link_density < 0.5

    @property
    def closed_sentence(self) -> bool:
        """Whether it is a sentence so long and finished that a phrase in it is no cue."""
        return self.ends and self.words >= SENTENCE_WORDS

    @property
    def rubric(self) -> bool:
        """Whether bars and arrows part it, as in `News | Sport | Video`."""
        return len(_RUBRIC.findall(self.block.text)) >= 2

    def whole_cue(self) -> Cue | None:
        """The cue that the whole line is."""
        return cue_book().whole_line(self.folded) if len(self.folded) <= CUE_WORDS else None

    def partial_cue(self) -> Cue | None:
        """The cue that a short line begins with or contains."""
        if len(self.folded) > CUE_WORDS:
            return None
        # One word, as in "Listen, she said.", is a cue in a line that is no sentence, or with a colon behind it.
        labelled = not self.ends or _LABEL.match(self.block.text) is not None
        found = cue_book().beginning(self.folded, least=1 if labelled else 2)
        if found is None and len(self.folded) <= INSIDE_WORDS:
            found = cue_book().inside(self.folded, least=3 if self.ends else 1)
        return found


@cache
def function_words() -> frozenset[str]:
    """The folded function words of all languages that come with the program."""
    listed = word_sets("function_words.yaml")
    return frozenset(folded for words in listed.values() for word in words for folded in fold(word))


def paragraphs_of(blocks: Iterable[Block]) -> list[Paragraph]:
    """The paragraphs of a page, in order."""
    measured = [_measured(block) for block in blocks]
    long = [one for one in measured if one.words >= PROSE_WORDS]
    usual = sum(one.function_share * one.words for one in long) / (sum(one.words for one in long) or 1)
    if usual < _KNOWN_SHARE:
        return [replace(one, grammar=1.0) for one in measured] if long else measured
    return [replace(one, grammar=min(1.0, one.function_share / usual)) for one in measured]


def _measured(block: Block) -> Paragraph:
    text = block.text[:_MEASURED]
    words = text.split()
    folded = fold(text)
    unspaced = len(_UNSPACED.findall(text)) if not text.isascii() else 0
    count = len(folded) or 1
    return Paragraph(
        block=block,
        folded=folded,
        words=max(len(folded), unspaced // 2),
        sentences=len(_SENTENCE.findall(text)),
        function_share=sum(word in function_words() for word in folded) / count,
        capital_share=sum(word[0].isupper() for word in words) / (len(words) or 1),
    )
