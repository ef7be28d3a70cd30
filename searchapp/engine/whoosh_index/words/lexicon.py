"""The distinct tokens of fields, and which of them a pattern stands for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import numpy.typing as npt

from searchapp.analysis import look_up
from searchapp.engine.reading import literal_beginning
from searchapp.engine.whoosh_index.files.rowset import RowSet, among
from searchapp.engine.whoosh_index.files.schema import STEM_FORMS, stems_of
from searchapp.engine.whoosh_index.files.tables import Tables
from searchapp.engine.whoosh_index.words.postings import PostingReader
from searchapp.grammar import Fuzzy, Prefix, Wildcard

_FIRST = 64


class Lexicon:
    """The tokens of a generation, read from the tables of its segments and kept once they were asked for."""

    def __init__(self, tables: Sequence[Tables], postings: PostingReader, live: npt.NDArray[np.bool_]) -> None:
        self._tables = tables
        self._postings = postings
        self._live = live
        self._whole = bool(live.all())
        self._words: dict[tuple[str, ...], list[str]] = {}
        self._guard = threading.Lock()

    def words(self, fields: Sequence[str]) -> list[str]:
        """The distinct tokens of these fields in order, those that only deleted documents hold included."""
        key = tuple(fields)
        with self._guard:
            if key not in self._words:
                lists = [tables.words(field) for tables in self._tables for field in key]
                self._words[key] = lists[0] if len(lists) == 1 else sorted(set().union(*lists))
            return self._words[key]

    def beginning(self, fields: Sequence[str], prefix: str) -> list[str]:
        """Those of `words` that begin with `prefix`, read without the others."""
        if not prefix:
            return self.words(fields)
        return sorted({word for tables in self._tables for field in fields for word in tables.beginning(field, prefix)})

    def matching(
        self, fields: Sequence[str], leaf: Prefix | Wildcard | Fuzzy, accepts: Callable[[str], bool]
    ) -> list[str]:
        """The tokens of live documents that the leaf accepts, in order."""
        if isinstance(leaf, Fuzzy):
            near = self._near(fields, leaf)
        else:
            near = self.beginning(fields, literal_beginning(leaf))
        return [token for token in near if accepts(token) and self._is_alive(fields, token)]

    def frequency(self, fields: Iterable[str], token: str) -> int:
        """How many live documents hold the token in one of the fields."""
        rows = [self._postings.rows(field, token)[0] for field in fields]
        return len(RowSet.united(len(self._live), rows) & RowSet.where(self._live))

    def forms_of(self, stem: str) -> list[str]:
        """The forms that have this stem in some document of its language, deleted ones included."""
        prefix = f"{stem} ".encode()
        pairs = {pair for tables in self._tables for pair in tables.listed(STEM_FORMS).beginning(prefix)}
        return sorted([pair[len(prefix) :].decode() for pair in pairs])

    def live_forms_of(self, fields: Sequence[str], stem: str) -> list[str]:
        """The forms that have this stem in these fields of some live document of its language."""
        # A form may be listed for another field, or for documents deleted since, and stand here in another language.
        # The last field is that of the texts, which hold nearly every form: it is asked first.
        return [form for form in self.forms_of(stem) if any(self._is_form(field, stem, form) for field in reversed(fields))]

    def _is_form(self, field: str, stem: str, form: str) -> bool:
        """Whether some live document has the stem and the form in this field."""
        stemmed, formed = (self._postings.rows(name, token)[0] for name, token in ((stems_of(field), stem), (field, form)))
        # The first rows nearly always tell.
        parts = (formed[:_FIRST], formed[_FIRST:])
        return any(self._live[rows[among(rows, stemmed)]].any() for rows in parts)

    def _near(self, fields: Sequence[str], leaf: Fuzzy) -> list[str]:
        """The tokens that as few edits as allowed make of the leaf's, and that itself."""
        found = look_up(leaf.text, ())
        target = found.forms[0] if len(found.forms) == 1 else found.whole
        lists = [tables.listed(field) for tables in self._tables for field in fields]
        near = {other for words in lists for other, _, _ in words.near(target, leaf.distance)}
        if any(words.frequency(target.encode()) for words in lists):
            near.add(target)
        return sorted(near)

    def _is_alive(self, fields: Sequence[str], token: str) -> bool:
        return self._whole or any(self._live[self._postings.rows(field, token)[0]].any() for field in fields)
