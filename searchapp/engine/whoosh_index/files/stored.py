"""How does a segment store its documents? In three parts, so that what is asked for often is read without the rest.

The record, which a line of an answer is made of, and the text stand beside the segment as they are. The rest, a column
of the segment that Whoosh pays no heed to, is JSON, compressed with the text as dictionary, because blocks hold it too.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping

import msgspec
from whoosh.columns import VarBytesColumn
from whoosh.reading import SegmentReader

from searchapp.engine.whoosh_index.files.records import BUILT_IN, Texts
from searchapp.engine.whoosh_index.files.tables import Tables
from searchapp.facets import FacetSet
from searchapp.model import Block, Document, FacetEntry, Mention

REST = "_rest"
"""Whoosh's name of the column; no field of a schema begins with an underscore."""

_COMPRESSION = 1
_LONGEST_DICTIONARY = 1 << 15
"""Bytes up to which zlib looks back."""

UNREADABLE = (zlib.error, msgspec.DecodeError, UnicodeDecodeError, IndexError)
"""What reading a document raises where its parts do not fit together."""


class _Rest(msgspec.Struct, array_like=True, frozen=True):
    """What neither record nor text say; `facets` are those that the record leaves out."""

    blocks: tuple[Block, ...]
    mentions: tuple[Mention, ...]
    facets: Mapping[str, tuple[FacetEntry, ...]]
    quality: str | None
    truncated: bool
    last_changed: str
    retrieved: str | None


_RESTS = msgspec.json.Decoder(_Rest)


def rest_of(document: Document, facets: FacetSet) -> bytes:
    """The rest of a document."""
    recorded = {*BUILT_IN, *(spec.name for spec in facets.own)}
    rest = _Rest(
        document.blocks, document.mentions,
        {name: entries for name, entries in document.facets.items() if name not in recorded},
        document.quality, document.truncated, document.last_changed, document.retrieved,
    )  # fmt: skip
    packer = zlib.compressobj(_COMPRESSION, zdict=document.text.encode()[-_LONGEST_DICTIONARY:])
    return packer.compress(msgspec.json.encode(rest)) + packer.flush()


class StoredDocuments:
    """The documents of one segment, by row, deleted ones included."""

    def __init__(self, reader: SegmentReader, tables: Tables) -> None:
        self.records = tables.records
        self.texts: Texts = tables.texts
        self._ids = tables.ids
        self._rests = reader._perdoc.column_reader(REST, VarBytesColumn())

    def document(self, row: int) -> Document:
        """The whole document."""
        card, text = self.records.card(row), self.texts.stored(row)
        unpacker = zlib.decompressobj(zdict=text[-_LONGEST_DICTIONARY:])
        rest = _RESTS.decode(unpacker.decompress(self._rests[row]))
        return Document(
            id=self._ids[row].decode(), source=card.source, sha256=card.sha256, text=str(text, "utf-8"),
            title=card.title, author=card.author, outlet=card.outlet, date=card.date, language=card.language,
            url=card.url, blocks=rest.blocks, mentions=rest.mentions,
            facets={**self.records.facets(row), **rest.facets}, quality=rest.quality, truncated=rest.truncated,
            first_indexed=card.first_indexed, last_changed=rest.last_changed, retrieved=rest.retrieved,
        )  # fmt: skip

    def __iter__(self) -> Iterator[Document]:
        return map(self.document, range(len(self.records)))
