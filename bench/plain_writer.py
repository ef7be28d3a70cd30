"""Whoosh's own writer given the same documents: the same fields, tokens of the same analysis, the same stored JSON.

Each text is analysed once by our analysis; the tokens are joined by blanks, and Whoosh's own KeywordAnalyzer splits
them again, which is the quickest analyzer that Whoosh has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from whoosh.fields import STORED
from whoosh.index import create_in

from searchapp.analysis import Tokens, analyze
from searchapp.engine.whoosh_index.files.indexing import last_part
from searchapp.engine.whoosh_index.files.schema import WORDS, make_schema, stems_of, values_of, wholes_of
from searchapp.facets import FacetSet
from searchapp.model import Document

DOCUMENT = "document"
"""The stored field with the whole document as JSON."""


def write(folder: Path, documents: Iterable[Document]) -> None:
    """Make a Whoosh index of the documents in the folder, in one commit."""
    facets = FacetSet()
    folder.mkdir(parents=True)
    schema = make_schema(facets)
    schema.add(DOCUMENT, STORED())
    writer = create_in(str(folder), schema).writer(limitmb=512)
    for document in documents:
        writer.add_document(**{name: value for name, value in fields(document, facets).items() if value})
    writer.commit()


def fields(document: Document, facets: FacetSet) -> dict[str, object]:
    """What Whoosh is given of a document, by field."""
    language = document.language.value
    streams = {
        "title": [analyze(document.title.value or "", language)],
        "text": [analyze(document.text, language)],
        "removed": [analyze(block, language) for block in document.removed],
    }
    words = {"author": document.author.value, "url": document.url, "file": document.source, "id": document.id}
    return {
        DOCUMENT: msgspec.json.encode(document),
        **{name: value for stream, pieces in streams.items() for name, value in _stream(stream, pieces).items()},
        **{WORDS[name]: " ".join(analyze(value or "", None).forms) for name, value in words.items()},
        "id": document.id, "source": document.source, "name": last_part(document.source), "sha256": document.sha256,
        "address": document.url,
        **{values_of(spec.name): [entry.value.id for entry in facets.entries(document, spec.name)]
           for spec in facets.counted},
    }  # fmt: skip


def _stream(name: str, pieces: Sequence[Tokens]) -> dict[str, str]:
    held = {name: "forms", stems_of(name): "stems", wholes_of(name): "wholes"}
    return {
        field: " ".join(token for piece in pieces for token in getattr(piece, kind) if token)
        for field, kind in held.items()
    }
