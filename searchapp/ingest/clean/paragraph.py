"""What can be asked of one block of a page? Its length, its marks, its words and the cues it gives."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import filterfalse

import regex
from msgspec import Struct

from searchapp.ingest.clean.cues import Cue, CueBook, Words, cue_book, fold, folds
from searchapp.ingest.clean.patterns import is_counter
from searchapp.ingest.clean.signs import BAR, END, FAR, LETTER, NUMERIC, signs_of
from searchapp.ingest.data import word_sets
from searchapp.model import Block, Layout

# Scripts written without blanks: two signs are counted as a word, which made the lengths of Chinese and Japanese
# pages of the development set agree with those of the other languages.
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_ENDS = frozenset(".!?…。！？؟۔।")
_CLOSES = "\"'”’»)]」』"
"""Signs that may stand behind the end of a line's last sentence."""
# All begins with one set of signs, which is sought faster than either of two things.
_SENTENCE = re.compile(r"""[.!?…。！？؟۔।](?:["'”’»)\]]*(?=\s|$)|(?<=[。！？]))""")
_LABEL = regex.compile(r"\W*\w+\s*[:：|–—-]")
_RUBRIC = re.compile(r"\s[|›»/>·•]\s")

PROSE_WORDS = 15
"""From this length on an ended line is prose: 91 % of such lines of the development set belong to an article."""
CUE_WORDS = 25
"""A line longer than this is not judged by how it begins: sentences may begin like an invitation."""
SENTENCE_WORDS = 14
"""A finished sentence from this length on is not judged by a phrase in it at all."""
COUNTER_WORDS = 8
INSIDE_WORDS = 15
"""A line longer than this is not judged by a phrase somewhere in it."""
MEASURED = 20_000
"""Letters of a block that are looked at: a longer one is a text without line breaks, and known by its beginning."""
_CLOSING = 40
_LINKED = 0.5
_KNOWN_SHARE = 0.12
"""Share of function words in the long lines of a page below which its language has none in our lists."""


class Paragraph(Struct, gc=False):
    """A block and what was measured of it; shares go from 0 to 1.

    `grammar` is the share of function words against that of the page's long lines; 1 where the language is unknown.
    `rubric` says whether bars and arrows part it, as in `News | Sport | Video`, `counter` whether it has no word, `prose`
    whether it reads like running text.
    `whole` is the cue that the whole line is, `partial` the one that a short line begins with or contains, or the label
    of a long list of tags; `others` are its words that are no function words, each once; `signs` are the kinds of signs
    in it, as bits of `signs`.
    """

    block: Block
    layout: Layout
    folded: Words
    words: int
    sentences: int
    function_share: float
    capital_share: float
    ends: bool
    rubric: bool
    counter: bool
    whole: Cue | None
    partial: Cue | None
    others: set[str]
    signs: int
    prose: bool
    grammar: float = 1.0

    @property
    def closed_sentence(self) -> bool:
        """Whether it is a sentence so long and finished that a phrase in it is no cue."""
        return self.ends and self.words >= SENTENCE_WORDS


def _partial_cue(book: CueBook, text: str, folded: Words, ends: bool) -> Cue | None:
    """The cue of a line that is no longer than a cue may be, or that lists more than that behind a label."""
    if len(folded) > CUE_WORDS:
        label = book.label(folded)
        return label if label and not _SENTENCE.search(text) else None
    found = book.beginning(folded)
    # One word, as in "Listen, she said.", is a cue in a line that is no sentence, or with a colon behind it.
    if found and ends and not _LABEL.match(text):
        found = book.beginning(folded, least=2)
    if found is None and len(folded) <= INSIDE_WORDS:
        found = book.inside(folded, least=3 if ends else 1)
    return found


@cache
def function_words() -> frozenset[str]:
    """The folded function words of all languages that come with the program."""
    listed = word_sets("function_words.yaml")
    return frozenset(folded for words in listed.values() for word in words for folded in fold(word))


def paragraphs_of(standing: Iterable[tuple[Block, Layout]]) -> list[Paragraph]:
    """The paragraphs of a page, in order."""
    blocks = list(standing)
    texts = [block.text[:MEASURED] for block, _ in blocks]
    signs, capitals = signs_of(texts)
    measured = [*map(_measured, blocks, texts, folds(texts), signs, capitals)]
    long = [one for one in measured if one.words >= PROSE_WORDS]
    usual = sum(one.function_share * one.words for one in long) / (sum(one.words for one in long) or 1)
    if usual >= _KNOWN_SHARE or not long:
        for one in measured:
            one.grammar = min(1.0, one.function_share / usual) if usual else 1.0
    return measured


def _measured(
    standing: tuple[Block, Layout], text: str, folded: Words, signs: int, capital_share: float
) -> Paragraph:
    block, layout = standing
    length, book, ended = len(folded), cue_book(), signs & END > 0
    others = [*filterfalse(function_words().__contains__, folded)]
    words = max(length, len(_UNSPACED.findall(text)) // 2) if signs & FAR else length
    ends = ended and text[-_CLOSING:].rstrip(_CLOSES)[-1:] in _ENDS
    sentences = len(_SENTENCE.findall(text)) if ended else 0
    return Paragraph(
        block,
        layout,
        folded,
        words,
        sentences,
        (length - len(others)) / (length or 1),
        capital_share,
        ends,
        signs & BAR > 0 and len(_RUBRIC.findall(text)) > 1,
        length < COUNTER_WORDS and (signs & NUMERIC > 0 or not signs & LETTER) and is_counter(text),
        book.whole_line(folded) if length <= CUE_WORDS else None,
        _partial_cue(book, text, folded, ends),
        {*others},
        signs,
        words >= PROSE_WORDS and sentences > 0 and block.link_density < _LINKED,
    )
