"""In how many documents does a form stand, which forms are the most frequent, and which are nearly like another?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache, partial

from searchapp.engine.leading import leading
from searchapp.engine.suggesting import allowed_edits, likeliest
from searchapp.engine.whoosh_index.files.schema import KEPT, STEM_FORMS
from searchapp.engine.whoosh_index.files.tables import Tables
from searchapp.engine.whoosh_index.files.word_list import WordList
from searchapp.engine.whoosh_index.words.leaves import fields_read
from searchapp.engine.whoosh_index.words.lexicon import Lexicon

_FORMS_REMEMBERED = 4_096
_STEMS_REMEMBERED = 1_024

_KEPT = fields_read(None, "clean")
_LISTS = {"clean": (KEPT,), "raw": (KEPT, "removed"), "removed": ("removed",)}
"""The lists of the forms that a word reads in each scope."""


class Frequencies:
    """The forms of the titles and texts of a generation, out of the lists of its segments.

    `lost` documents of the segments are deleted since; the lists count them still, so that with any lost the postings
    say what the lists only say at most.
    """

    def __init__(self, tables: Sequence[Tables], lexicon: Lexicon, *, lost: int) -> None:
        self._tables = tables
        self._lexicon = lexicon
        self._lost = lost
        self._kept = [each.listed(KEPT) for each in tables]
        # No method of its own is remembered: held in a circle, the files would stay open until garbage is collected.
        self.at_most = lru_cache(_FORMS_REMEMBERED)(partial(_listed, self._kept))
        counted = lru_cache(_FORMS_REMEMBERED)(partial(lexicon.frequency, _KEPT))
        self.frequency = counted if lost else self.at_most
        """In how many live documents a form stands."""
        self.forms_of = lru_cache(_STEMS_REMEMBERED)(partial(lexicon.live_forms_of, _KEPT))
        """The forms that have a stem in some live document of its language."""

    def prepare(self) -> None:
        """Get the lists ready that nearly every question looks into."""
        for tables in self._tables:
            tables.listed(STEM_FORMS)

    def at_least(self, form: str) -> int:
        """The same, as far as the lists know."""
        return self.at_most(form) - self._lost

    def beginning(self, prefix: str, most: int) -> list[tuple[str, int]]:
        """The forms that begin with `prefix` and are the most frequent, each with its frequency."""
        width = 2 * most
        while True:
            found, unseen = self._leading(prefix, most, width)
            if unseen == 0 or (len(found) == most and found[-1][1] > unseen):
                return found
            width *= 4

    def _leading(self, prefix: str, most: int, width: int) -> tuple[list[tuple[str, int]], int]:
        """The most frequent of the forms that are among the first of a list, and how frequent others are at most."""
        forms: set[str] = set()
        unseen = 0
        for words in self._kept:
            first, least = words.leading(prefix.encode(), width)
            forms.update(word.decode() for word in first)
            unseen += least
        found = leading(((self.at_most(form), form) for form in forms), self.frequency, most)
        return [(form, int(held)) for held, form in found], unseen

    def nearest(self, form: str, scope: str) -> str | None:
        """The likeliest form to be meant by one that stands nowhere, in what a word without field reads in this scope."""
        fields = fields_read(None, scope)
        at_most: Counter[tuple[str, int]] = Counter()
        for tables in self._tables:
            for words in map(tables.listed, _LISTS[scope]):
                for other, edits, held in words.near(form, allowed_edits(form)):
                    at_most[other, edits] += held
        near = ((other, edits, held) for (other, edits), held in at_most.items())
        return likeliest(near, self.frequency if scope == "clean" else partial(self._lexicon.frequency, fields))


def _listed(kept: Sequence[WordList], form: str) -> int:
    word = form.encode()
    return sum([words.frequency(word) for words in kept])
