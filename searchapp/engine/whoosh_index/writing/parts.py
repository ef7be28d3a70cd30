"""What has a builder in another process left for the writer? A whole segment, and a few words about it in JSON.

The process that made it has read files of unknown origin, so nothing of what describes the segment is unpickled.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import msgspec
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.index import _DEF_INDEX_NAME as INDEX_NAME

from searchapp.engine.whoosh_index.files.tables import SUFFIX, Tables

FILE = "part.json"

_SEGMENT_NAME = re.compile(r"[0-9a-z]{16}")


class _Description(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Name of the segment, its documents, and the sum of the lengths of each field; no name where it has none."""

    segment: str | None
    documents: int
    lengths: dict[str, int]


class Part:
    """A finished part: the ids of its documents by row, and the segment, None where it holds no document."""

    def __init__(self, folder: Path, segment: Any, ids: tuple[str, ...]) -> None:
        self.segment = segment
        self.ids = ids
        self._folder = folder

    @property
    def files(self) -> tuple[Path, ...]:
        """The files of the segment."""
        return _files(self._folder, self.segment) if self.segment is not None else ()

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(path.stat().st_size for path in self.files)

    def move(self, folder: Path) -> None:
        """Put the files into another folder of the same file system."""
        for path in self.files:
            path.rename(folder / path.name)


def describe(folder: Path, segment: Any | None) -> None:
    """Say that the part in the folder is finished."""
    if segment is None:
        description = _Description(None, 0, {})
    else:
        lengths = {name: int(length) for name, length in segment._fieldlengths.items()}
        description = _Description(segment.segid, segment.doc_count_all(), lengths)
    (folder / FILE).write_bytes(msgspec.json.encode(description))


def read_part(folder: Path) -> Part:
    """The finished part in the folder; ValueError where there is none."""
    try:
        description = msgspec.json.decode((folder / FILE).read_bytes(), type=_Description)
    except FileNotFoundError:
        raise ValueError(f"{folder}: the part has not been finished, so it cannot be adopted") from None
    if description.segment is None:
        return Part(folder, None, ())
    segment = _segment(folder, description)
    ids = tuple(one.decode() for one in Tables(_files(folder, segment)[1]).ids.tolist())
    if len(set(ids)) != description.documents:
        raise ValueError(f"{folder}: the part does not hold the {description.documents} documents that it should")
    return Part(folder, segment, ids)


def _segment(folder: Path, description: _Description) -> Any:
    """The segment as Whoosh knows it; a name that is no name of Whoosh's could lead out of the folder."""
    if not _SEGMENT_NAME.fullmatch(description.segment or ""):
        raise ValueError(f"{folder}: {description.segment!r} is not the name of a segment")
    segment = W3Segment(W3Codec(), INDEX_NAME, description.documents, description.segment)
    segment.compound = True
    segment._fieldlengths = defaultdict(int, description.lengths)
    return segment


def _files(folder: Path, segment: Any) -> tuple[Path, ...]:
    return tuple(folder / f"{segment.segment_id()}{suffix}" for suffix in (segment.COMPOUND_EXT, SUFFIX))
