"""How did earlier versions of this program store a document? As JSON in a stored field of Whoosh's, to be rewritten."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace

import msgspec
from whoosh.columns import VarBytesColumn
from whoosh.reading import SegmentReader

from searchapp.engine.whoosh_index.files.stored import REST
from searchapp.model import Block, Document, Mention

FIELD = "document"
"""The stored field, which no schema of today has."""

_LONGEST_DICTIONARY = 1 << 15


class _Rest(msgspec.Struct, array_like=True, frozen=True):
    blocks: tuple[Block, ...]
    mentions: tuple[Mention, ...]


_DOCUMENTS = msgspec.json.Decoder(Document)
_RESTS = msgspec.json.Decoder(_Rest)


def earlier_documents(reader: SegmentReader) -> Iterator[Document]:
    """Every document of the segment that is not deleted."""
    # The first version had all of a document in the field, the next ones kept blocks and mentions apart.
    held = reader._perdoc.has_column(REST)
    rests = reader._perdoc.column_reader(REST, VarBytesColumn()) if held else None
    for row in reader.all_doc_ids():
        stored: bytes = reader.stored_fields(row)[FIELD]
        document = _DOCUMENTS.decode(stored)
        if rests is not None:
            unpacker = zlib.decompressobj(zdict=stored[-_LONGEST_DICTIONARY:])
            rest = _RESTS.decode(unpacker.decompress(rests[row]))
            document = replace(document, blocks=rest.blocks, mentions=rest.mentions)
        yield document
