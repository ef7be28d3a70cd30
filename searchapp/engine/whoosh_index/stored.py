"""How does a segment store its documents? In two parts, so that what a list of results shows is read without the rest.

The card, a stored field of Whoosh's, is the document in JSON without its blocks and mentions. The rest, a column that
Whoosh pays no heed to, is these in JSON, compressed with the card as dictionary, because both hold the text.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace

import msgspec
from whoosh.columns import VarBytesColumn
from whoosh.reading import SegmentReader

from searchapp.engine.whoosh_index.schema import DOCUMENT
from searchapp.model import Block, Document, Mention

REST = "_rest"
"""Whoosh's name of the column; no field of a schema begins with an underscore."""

_COMPRESSION = 1
_LONGEST_DICTIONARY = 1 << 15
"""Bytes up to which zlib looks back."""


class _Rest(msgspec.Struct, array_like=True, frozen=True):
    blocks: tuple[Block, ...]
    mentions: tuple[Mention, ...]


_CARDS = msgspec.json.Decoder(Document)
_RESTS = msgspec.json.Decoder(_Rest)


def stored_parts(document: Document) -> tuple[bytes, bytes]:
    """The card and the rest of a document."""
    card = msgspec.json.encode(replace(document, blocks=(), mentions=()))
    packer = zlib.compressobj(_COMPRESSION, zdict=card[-_LONGEST_DICTIONARY:])
    rest = msgspec.json.encode(_Rest(document.blocks, document.mentions))
    return card, packer.compress(rest) + packer.flush()


class StoredDocuments:
    """The documents of one segment, by row, deleted ones included."""

    def __init__(self, reader: SegmentReader) -> None:
        self._reader = reader
        # Segments of earlier versions store all of a document in its card.
        held = reader._perdoc.has_column(REST)
        self._rests = reader._perdoc.column_reader(REST, VarBytesColumn()) if held else None

    def card(self, row: int) -> Document:
        """The document without its blocks and mentions."""
        return _CARDS.decode(self._reader.stored_fields(row)[DOCUMENT])

    def document(self, row: int) -> Document:
        """The whole document."""
        stored: bytes = self._reader.stored_fields(row)[DOCUMENT]
        card = _CARDS.decode(stored)
        if self._rests is None:
            return card
        unpacker = zlib.decompressobj(zdict=stored[-_LONGEST_DICTIONARY:])
        rest = _RESTS.decode(unpacker.decompress(self._rests[row]))
        return replace(card, blocks=rest.blocks, mentions=rest.mentions)

    def __iter__(self) -> Iterator[Document]:
        return map(self.document, range(self._reader.doc_count_all()))
