"""Which lines does a site repeat? Counted by article over its documents, and told in steps, so that little changes."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

from searchapp.ingest.clean.body import best_run
from searchapp.ingest.clean.cues import cue_book, folds
from searchapp.ingest.clean.paragraph import Paragraph

UNKNOWN, ONCE, SOMETIMES, OFTEN = -1.0, 0.0, 1.0, 2.0
"""What is known of a line: nothing, for its site has one article; that it stands in one, in some, in many articles."""

_MEASURED = 2_000
_LONGEST = 60
"""Words: what is longer says nothing to the models, which learned from lines of templates."""
_SHORT_WORDS = 8
_SHARED_SHORT = 5
"""Short lines that two files of a folder share when they are of one site and nothing says so."""
_SHARED_TELLING = 2
"""How many of these must be their site's own: menus of all sites say Home, News and Contact."""
_SAME_ARTICLE = 0.4
"""Share of the long sentences of the shorter one which two documents have in common when they are one article."""
_LEAD, _SAME_LEAD = 6, 0.5
"""Long sentences that an article is known by, and the share of them that its copies have: what stands below many pages
(notes, teasers of the same articles) may be longer than the articles above it, but copies begin alike."""
_WORDS_A_POINT = 12
_COMMON = 40
"""Documents in which a sentence may stand and still tell of copies: more than that is a template."""
_FEW_SHARE, _MANY = 3, 4
"""Tenths of the site's articles, and the step of their number (9 to 16), from which a line is shared by them."""
_CAREFUL_WORDS = 16
"""From this length on a line needs a third article: background paragraphs are used again inside of one outlet."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one document by the digests of what is left of them without case, marks and the value of numbers.

    `all` are those that are not cut, `short` the short ones of these, `telling` those of the short ones
    that are no phrase which many sites use, `prose` the long sentences, `lead` the first of these where most of the
    text stands.
    """

    all: frozenset[int] = frozenset()
    short: frozenset[int] = frozenset()
    telling: frozenset[int] = frozenset()
    prose: frozenset[int] = frozenset()
    lead: frozenset[int] = frozenset()

    def same_article(self, other: Lines, template: Set[int]) -> bool:
        """Whether both hold one article, whatever stands around it and whatever the template says in long sentences."""
        mine, theirs = self.prose - template, other.prose - template
        common = mine & theirs
        alike = len(common) > _SAME_ARTICLE * min(len(mine), len(theirs))
        return alike and all(len(lead & common) >= _SAME_LEAD * len(lead - template) for lead in (self.lead, other.lead))


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """In how many articles of its site a line stands, by steps: 0 one, 1 two, 2 up to four, 3 up to eight, …; and in how
    many tenths of them."""

    step: int
    tenths: int

    @property
    def least(self) -> int:
        """The fewest articles of this step."""
        return 2 ** (self.step - 1) + 1 if self.step else 1

    @property
    def shared(self) -> bool:
        """Whether so many of the site's articles have the line that it is of none of them."""
        return self.tenths >= _FEW_SHARE or self.step >= _MANY

    def level(self, words: int) -> float:
        """How much it says of a line of so many words."""
        if not self.step:
            return ONCE
        careful = words >= _CAREFUL_WORDS and self.step == 1
        return OFTEN if self.shared and not careful else SOMETIMES


Learned = Mapping[int, Evidence]
"""What a site repeats, by digest of the line; lines of one article are not in it."""


def digest(words: Sequence[str]) -> int:
    """64 bits that stand for the folded words of a line."""
    return int.from_bytes(hashlib.blake2b(" ".join(words).encode(), digest_size=8).digest(), "big", signed=True)


def lines_of(texts: Iterable[str]) -> Lines:
    """The lines of a document that has these blocks."""
    written = list(texts)
    folded = folds([text[:_MEASURED] for text in written])
    marks = [*map(digest, folded)]
    found = {
        mark: words for mark, words, text in zip(marks, folded, written, strict=True) if words and len(text) <= _MEASURED
    }
    long = {number: mark for number, (mark, words) in enumerate(zip(marks, folded, strict=True)) if len(words) >= _CAREFUL_WORDS}
    short = {mark: words for mark, words in found.items() if len(words) <= _SHORT_WORDS}
    telling = [mark for mark, words in short.items() if len(words) > 1 and not cue_book().whole_line(words)]
    first, last = best_run([len(words) / _WORDS_A_POINT - 1 for words in folded])
    lead = [mark for number, mark in long.items() if first <= number < last][:_LEAD]
    return Lines(frozenset(found), frozenset(short), frozenset(telling), frozenset(long.values()), frozenset(lead))


def learn(documents: Mapping[str, Lines]) -> tuple[int, dict[int, Evidence]]:
    """How many articles the documents of one site are, and what they repeat."""
    article = _articles(documents)
    total = len(set(article.values()))
    holders: defaultdict[int, set[str]] = defaultdict(set)
    for key, lines in documents.items():
        for line in lines.all:
            holders[line].add(article[key])
    return total, {
        line: Evidence((len(held) - 1).bit_length(), 10 * len(held) // total)
        for line, held in holders.items()
        if len(held) > 1
    }


def _articles(documents: Mapping[str, Lines]) -> dict[str, str]:
    """For each document the first one of those that hold the same article."""
    holders: defaultdict[int, list[str]] = defaultdict(list)
    for key in sorted(documents):
        for line in documents[key].prose:
            holders[line].append(key)
    template = {line for line, held in holders.items() if len(held) > _COMMON}
    pairs = {pair for line, held in holders.items() if line not in template for pair in combinations(held, 2)}
    alike = [pair for pair in sorted(pairs) if documents[pair[0]].same_article(documents[pair[1]], template)]
    return _joined(sorted(documents), [*alike, *_equal(documents)])


def _equal(documents: Mapping[str, Lines]) -> Iterator[tuple[str, str]]:
    """Pairs of documents with the very same long sentences, however many documents have them."""
    first: dict[frozenset[int], str] = {}
    for key in sorted(documents):
        prose = documents[key].prose
        if prose:
            yield first.setdefault(prose, key), key


def _joined(keys: Sequence[str], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For each key the first one of all that pairs join it with."""
    above = {key: key for key in keys}

    def top(key: str) -> str:
        while above[key] != key:
            above[key] = key = above[above[key]]
        return key

    for one, other in pairs:
        first, second = sorted((top(one), top(other)))
        above[second] = first
    return {key: top(key) for key in keys}


Templates = tuple[Mapping[str, Lines], Mapping[int, list[str]]]
"""The files that stand for the templates of a folder, and which of them hold each short line."""


def templates_of(documents: Mapping[str, Lines]) -> Templates:
    """The templates of a folder: each file that shares that of no file before it stands for one of its own."""
    leaders: dict[str, Lines] = {}
    holders: dict[int, list[str]] = {}
    for key in sorted(documents):
        lines = documents[key]
        if template_of(lines, (leaders, holders)) is None:
            leaders[key] = lines
            for line in lines.short:
                holders.setdefault(line, []).append(key)
    return leaders, holders


def template_of(lines: Lines, templates: Templates) -> str | None:
    """The file whose template a document shares, the one with most lines in common; None where there is none."""
    leaders, holders = templates
    shared = Counter(leader for line in lines.short for leader in holders.get(line, ()))
    for leader, common in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if common < _SHARED_SHORT:
            return None
        if len(lines.telling & leaders[leader].telling) >= _SHARED_TELLING:
            return leader
    return None


def levels(paragraphs: Sequence[Paragraph], learned: Learned | None) -> list[float]:
    """For each paragraph how much its site repeats it; all unknown where nothing was learned of the site."""
    if learned is None:
        return [UNKNOWN] * len(paragraphs)
    found = (learned.get(digest(one.folded)) if one.words <= _LONGEST else None for one in paragraphs)
    return [evidence.level(one.words) if evidence else ONCE for one, evidence in zip(paragraphs, found, strict=True)]
