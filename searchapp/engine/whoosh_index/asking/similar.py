"""Which forms tell what a document is about, in one generation?"""

from __future__ import annotations

from collections import Counter

import numpy as np

from searchapp.analysis import analyze
from searchapp.engine.similar import telling_forms
from searchapp.engine.whoosh_index.generation.snapshot import Snapshot


def telling(snapshot: Snapshot, row: int) -> tuple[str, ...]:
    """The telling forms of the title and the text in a row."""
    card = snapshot.card(row)
    language = card.language.value
    counts: Counter[str] = Counter()
    for text in (card.title.value or "", snapshot.text(row)):
        counts.update(analyze(text, language).forms)
    frequencies = snapshot.frequencies
    documents = _documents_in(snapshot, language)
    return telling_forms(counts, frequencies.frequency, documents, at_least=frequencies.at_least)


def _documents_in(snapshot: Snapshot, language: str | None) -> int:
    """How many live documents are in this language; None: in any or none."""
    if language is None:
        return int(np.count_nonzero(snapshot.live))
    return snapshot.remember(
        f"documents in {language}",
        lambda: len(snapshot.facet("language", discovered=True).carrying((language,), salient=False)),
    )
