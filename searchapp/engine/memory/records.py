"""What is known of a document once its words are read: the tokens of each stream and field, its days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from searchapp.analysis import Tokens, analyze
from searchapp.model import Days, Document, FacetValue, days_of

Pieces = tuple[Tokens, ...]
"""Texts that no phrase reaches across."""

_READ = {
    (None, "clean"): ("title", "text"),
    (None, "raw"): ("title", "text", "removed"),
    (None, "removed"): ("removed",),
    ("title", "clean"): ("title",),
    ("title", "raw"): ("title",),
    ("text", "clean"): ("text",),
    ("text", "raw"): ("text", "removed"),
    ("text", "removed"): ("removed",),
}
"""Which streams are read, by field and scope."""


@dataclass(frozen=True, slots=True)
class Record:
    """A document with its tokens: `streams` are title, text and removed, `fields` author, url, file and id."""

    document: Document
    streams: Mapping[str, Pieces]
    fields: Mapping[str, Pieces]
    days: Days | None

    @classmethod
    def of(cls, document: Document) -> Record:
        language = document.language.value
        streams = {
            "title": (analyze(document.title.value or "", language),),
            "text": (analyze(document.text, language),),
            "removed": tuple(analyze(block, language) for block in document.removed),
        }
        values = {"author": document.author.value, "url": document.url, "file": document.source, "id": document.id}
        fields = {name: (forms_alone(value or ""),) for name, value in values.items()}
        return cls(document, streams, fields, days_of(document.date.value) if document.date.value else None)

    def read(self, field: str | None, scope: str) -> Iterator[tuple[str, Tokens]]:
        """The texts that a leaf in this field (None: without one) reads, each with its stream; facets apart."""
        if field is not None and field in self.fields and scope != "removed":
            for piece in self.fields[field]:
                yield field, piece
        for stream in _READ.get((field, scope), ()):
            for piece in self.streams[stream]:
                yield stream, piece

    def has(self, field: str) -> bool:
        """Whether the field is a text of the document, not one of its facets."""
        return field in self.fields or field in self.streams


def forms_alone(text: str) -> Tokens:
    """The tokens of a text of no language, read by its forms: neither stems nor wholes."""
    tokens = analyze(text, None)
    nothing = ("",) * len(tokens.forms)
    return Tokens(tokens.forms, nothing, nothing, tokens.starts, tokens.ends)


def labels_of(facet: str, value: FacetValue) -> Iterator[Tokens]:
    """The texts by which words find the value: each of its labels; a language is also found by its code."""
    for label in (value.label, *value.labels, *([value.id] if facet == "language" else [])):
        yield forms_alone(label)
