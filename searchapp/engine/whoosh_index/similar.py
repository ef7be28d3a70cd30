"""Which forms tell what a document is about, in one generation?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from searchapp.analysis import analyze
from searchapp.engine.similar import common_forms, telling_forms
from searchapp.engine.whoosh_index.leaves import fields_read
from searchapp.engine.whoosh_index.snapshot import Snapshot
from searchapp.model import Document

_READ = fields_read(None, "clean")


def telling(snapshot: Snapshot, row: int) -> tuple[str, ...]:
    """The telling forms of the title and the text in a row."""
    counts = Counter(_forms(snapshot.document(row)))
    documents = int(np.count_nonzero(snapshot.live))
    common = snapshot.remember("common forms", lambda: _common(snapshot))
    return telling_forms(counts, lambda form: snapshot.lexicon.frequency(_READ, form), documents, common)


def _common(snapshot: Snapshot) -> frozenset[str]:
    """The most frequent forms: the tables count deleted documents too, whose forms are taken off again."""
    counts = snapshot.lexicon.kept_frequencies()
    for row in np.flatnonzero(~snapshot.live).tolist():
        counts.subtract(set(_forms(snapshot.document(row))))
    return common_forms(+counts)


def _forms(document: Document) -> Iterator[str]:
    for text in (document.title.value or "", document.text):
        yield from analyze(text, document.language.value).forms
