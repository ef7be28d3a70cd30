"""Which forms tell what a document is about, in one generation?"""

from __future__ import annotations

from collections import Counter

import numpy as np

from searchapp.analysis import analyze
from searchapp.engine.similar import telling_forms
from searchapp.engine.whoosh_index.leaves import fields_read
from searchapp.engine.whoosh_index.snapshot import Snapshot

_READ = fields_read(None, "clean")


def telling(snapshot: Snapshot, row: int) -> tuple[str, ...]:
    """The telling forms of the title and the text in a row."""
    document = snapshot.document(row)
    language = document.language.value
    texts = (document.title.value or "", document.text)
    counts = Counter(form for text in texts for form in analyze(text, language).forms)
    documents = int(np.count_nonzero(snapshot.live))
    lexicon = snapshot.lexicon
    return telling_forms(counts, lambda form: lexicon.frequency(_READ, form), documents, lexicon.common)
