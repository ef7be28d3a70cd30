"""What a generation says of itself: JSON text under its own checksum, readable before any other file is touched."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from searchapp.errors import IndexDamaged, IndexOutdated

FORMAT = 1
MANIFEST = "MANIFEST"
CURE = (
    "`searchapp check --deep` lists all that is damaged; "
    "put the folder back from a backup, or delete it and run `searchapp ingest` again"
)


@dataclass(frozen=True, slots=True)
class FileStamp:
    """A file's size in bytes and the SHA-256 of its content, in hex."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """A generation that came before, whether or not it is still on disk."""

    generation: int
    run: str
    created: str
    settled: bool


@dataclass(frozen=True, slots=True)
class Manifest:
    """A generation's stamp; `created` is UTC in ISO 8601, `history` every generation before it, oldest first."""

    generation: int
    format: int
    schema: str
    configuration: str
    documents: int
    run: str
    created: str
    settled: bool
    files: Mapping[str, FileStamp]
    history: tuple[Earlier, ...]

    @property
    def size(self) -> int:
        """The bytes of all files together."""
        return sum(stamp.size for stamp in self.files.values())

    @property
    def lineage(self) -> tuple[Earlier, ...]:
        """Every generation up to and with this one, oldest first: the history of the next."""
        return (*self.history, Earlier(self.generation, self.run, self.created, self.settled))

    def dumps(self) -> str:
        """The text of the MANIFEST file; plain ASCII, so that no damage can hide behind an encoding."""
        return _sealed(json.dumps(asdict(self), indent=1, sort_keys=True))

    @classmethod
    def loads(cls, text: str, *, file: str = MANIFEST) -> Manifest:
        """The manifest `dumps` gave this text for; else IndexDamaged, or IndexOutdated for another format."""
        body = text.rstrip("\n").rpartition("\n")[0]
        if text != _sealed(body):
            raise damaged(file, "its checksum does not fit its text")
        record = json.loads(body)
        if record["format"] != FORMAT:
            raise IndexOutdated(
                f"{file} is of format {record['format']}, this program reads format {FORMAT}: "
                "delete the index folder and run `searchapp ingest` again"
            )
        record["files"] = {name: FileStamp(**stamp) for name, stamp in record["files"].items()}
        record["history"] = tuple(Earlier(**earlier) for earlier in record["history"])
        return cls(**record)


def damaged(file: str, what: str, cure: str = CURE) -> IndexDamaged:
    """The error that names the file (relative to the index folder), what is wrong with it and the cure."""
    return IndexDamaged(f"{file}: {what}. {cure}.", file=file)


def _sealed(body: str) -> str:
    return f"{body}\nsha256 {hashlib.sha256(body.encode()).hexdigest()}\n"
