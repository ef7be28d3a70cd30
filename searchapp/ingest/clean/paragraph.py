"""What can be asked of one block of a page? Its length, its marks, its words and the cues it gives."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import filterfalse
from operator import itemgetter

import regex

from searchapp.ingest.clean.cues import Cue, Words, cue_book, fold
from searchapp.ingest.clean.patterns import is_counter
from searchapp.ingest.data import word_sets
from searchapp.model import Block, Layout

# Scripts written without blanks: two signs are counted as a word, which made the lengths of Chinese and Japanese
# pages of the development set agree with those of the other languages.
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_FAR = re.compile("[\u0e00-\u1fff\u2e80-\U0010ffff]")
"""Where these scripts stand among others, but no typographic marks: a search that most texts end without a find."""
_ENDS = frozenset(".!?…。！？؟۔।")
_CLOSES = "\"'”’»)]」』"
"""Signs that may stand behind the end of a line's last sentence."""
# All begins with one set of signs, which is sought faster than either of two things.
_SENTENCE = re.compile(r"""[.!?…。！？؟۔।](?:["'”’»)\]]*(?=\s|$)|(?<=[。！？]))""")
_LABEL = regex.compile(r"\W*\w+\s*[:：|–—-]")
_RUBRIC = re.compile(r"\s[|›»/>·•]\s")
_RUBRIC_SIGNS = frozenset("|›»/>·•")

PROSE_WORDS = 15
"""From this length on an ended line is prose: 91 % of such lines of the development set belong to an article."""
CUE_WORDS = 25
"""A line longer than this is not judged by how it begins: sentences may begin like an invitation."""
SENTENCE_WORDS = 14
"""A finished sentence from this length on is not judged by a phrase in it at all."""
COUNTER_WORDS = 8
INSIDE_WORDS = 15
"""A line longer than this is not judged by a phrase somewhere in it."""
_MEASURED = 20_000
"""Letters of a block that are looked at: a longer one is a text without line breaks, and known by its beginning."""
SHORT_LETTERS = 80
"""Letters up to which a text is remembered: the lines of menus and forms come again on page after page."""
_CLOSING = 40
_CONTENT_LETTERS = 4
_KNOWN_SHARE = 0.12
"""Share of function words in the long lines of a page below which its language has none in our lists."""


@dataclass(slots=True)
class Paragraph:
    """A block and what was measured of it; shares go from 0 to 1.

    `grammar` is the share of function words against that of the page's long lines; 1 where the language is unknown.
    `rubric` says whether bars and arrows part it, as in `News | Sport | Video`, `counter` whether it has no word, `prose`
    whether it reads like running text.
    `whole` is the cue that the whole line is, `partial` the one that a short line begins with or contains, or the label
    of a long list of tags; `content` are its long words that are no function words, each once.
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
    content: tuple[str, ...]
    prose: bool
    grammar: float = 1.0

    @property
    def closed_sentence(self) -> bool:
        """Whether it is a sentence so long and finished that a phrase in it is no cue."""
        return self.ends and self.words >= SENTENCE_WORDS


def _partial_cue(text: str, folded: Words, *, opens: bool, ends: bool) -> Cue | None:
    """The cue of a line that is no longer than a cue may be, or that lists more than that behind a label."""
    if len(folded) > CUE_WORDS:
        return cue_book().label(folded) if opens and not _SENTENCE.search(text) else None
    book, found = cue_book(), None
    if opens:
        # One word, as in "Listen, she said.", is a cue in a line that is no sentence, or with a colon behind it.
        labelled = not ends or _LABEL.match(text) is not None
        found = book.beginning(folded, least=1 if labelled else 2)
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
    measured = [_measured(block, layout) for block, layout in standing]
    long = [one for one in measured if one.words >= PROSE_WORDS]
    usual = sum(one.function_share * one.words for one in long) / (sum(one.words for one in long) or 1)
    if usual >= _KNOWN_SHARE or not long:
        for one in measured:
            one.grammar = min(1.0, one.function_share / usual) if usual else 1.0
    return measured


def _measured(block: Block, layout: Layout) -> Paragraph:
    text = block.text[:_MEASURED]
    said = _remembered(text) if len(text) <= SHORT_LETTERS else _said(text)
    _, words, sentences, *_ = said
    return Paragraph(block, layout, *said, words >= PROSE_WORDS and sentences > 0 and block.link_density < 0.5)


_Said = tuple[Words, int, int, float, float, bool, bool, bool, Cue | None, Cue | None, tuple[str, ...]]
"""What a `Paragraph` keeps of its text, from `folded` to `content`."""


def _said(text: str) -> _Said:
    words = text.split()
    folded = fold(text)
    others = [*filterfalse(function_words().__contains__, folded)]
    unspaced = len(_UNSPACED.findall(text)) if not text.isascii() and _FAR.search(text) else 0
    ends = text[-_CLOSING:].rstrip(_CLOSES)[-1:] in _ENDS
    short = len(folded) <= CUE_WORDS
    opens = cue_book().opens(folded)
    return (
        folded,
        max(len(folded), unspaced // 2),
        len(_SENTENCE.findall(text)),
        (len(folded) - len(others)) / (len(folded) or 1),
        sum(map(str.isupper, map(_first, words))) / (len(words) or 1),
        ends,
        not _RUBRIC_SIGNS.isdisjoint(words) and len(_RUBRIC.findall(text)) > 1,
        len(folded) < COUNTER_WORDS and is_counter(text),
        cue_book().whole_line(folded) if (short and opens) or not folded else None,
        _partial_cue(text, folded, opens=opens, ends=ends),
        (*{word for word in others if len(word) >= _CONTENT_LETTERS},),
    )


_first = itemgetter(0)
_remembered = lru_cache(maxsize=10_000)(_said)
