"""What is made of the postings of a segment for the file beside it: sidecar, offsets, lengths, lists of words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from searchapp.engine.whoosh_index.files.arrays import Array, as_array
from searchapp.engine.whoosh_index.files.inverted import FieldPostings
from searchapp.engine.whoosh_index.files.offsets import TokenOffsets
from searchapp.engine.whoosh_index.files.schema import KEPT, STEM_FORMS, STREAMS
from searchapp.engine.whoosh_index.files.sidecar import FIELDS, sidecar_arrays


class Derived:
    """Takes the fields of a segment of so many documents, one after the other."""

    def __init__(self, documents: int) -> None:
        self._documents = documents
        self._arrays: dict[str, Array] = {f"{stream}.length": np.zeros(documents, np.uint32) for stream in STREAMS}
        self._streams: dict[str, FieldPostings] = {}

    def add(self, field: str, postings: FieldPostings) -> None:
        """All postings of a field."""
        if field in FIELDS:
            self._arrays |= sidecar_arrays(field, postings)
        if field in STREAMS:
            self._arrays[f"{field}.length"] = postings.lengths(self._documents).astype(np.uint32)
            self._streams[field] = replace(postings, positions=None)

    def add_offsets(self, stream: str, offsets: TokenOffsets) -> None:
        """Where the tokens of a stream stand."""
        self._arrays |= offsets.arrays(stream)

    def arrays(self, stem_forms: Iterable[bytes]) -> dict[str, Array]:
        """All arrays; of the forms under their stems only those that a document still has."""
        forms = {form for postings in self._streams.values() for form in postings.tokens}
        pairs = sorted(pair for pair in stem_forms if pair.partition(b" ")[2] in forms)
        words, held = _kept_words(self._streams)
        return {
            **self._arrays,
            f"{STEM_FORMS}.words": as_array(b"\n".join(pairs)),
            f"{KEPT}.words": as_array(b"\n".join(words)),
            f"{KEPT}.held": held,
        }


def _kept_words(streams: dict[str, FieldPostings]) -> tuple[list[bytes], Array]:
    """The words of titles and texts in order, and how many documents hold each in either."""
    counts: dict[bytes, int] = {}
    for stream in ("text", "title"):
        postings = streams.get(stream)
        if postings is not None:
            for token, held in zip(postings.tokens, postings.held.tolist(), strict=True):
                counts[token] = counts.get(token, 0) + held
    for token, both in _in_both(streams):
        counts[token] -= both
    words = sorted(counts)
    return words, np.array([counts[word] for word in words], np.uint32)


def _in_both(streams: dict[str, FieldPostings]) -> Iterable[tuple[bytes, int]]:
    """The words that titles and texts have in common, and how many documents hold each in both."""
    if not {"title", "text"} <= streams.keys():
        return
    title, text = streams["title"], streams["text"]
    place = {token: number for number, token in enumerate(text.tokens)}
    for number, token in enumerate(title.tokens):
        other = place.get(token)
        if other is not None:
            in_title = title.documents[title.begins[number] : title.begins[number + 1]]
            in_text = text.documents[text.begins[other] : text.begins[other + 1]]
            at = in_text.searchsorted(in_title)
            yield token, int(np.count_nonzero(in_text.take(at, mode="clip") == in_title))
