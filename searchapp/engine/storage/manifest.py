"""What a generation says of itself: JSON text under its own checksum, readable before any other file is touched."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from searchapp.errors import IndexDamaged, IndexOutdated

FORMAT = 2
OLDEST_REWRITABLE = 1
"""The oldest format whose stored documents this program can read and write anew."""

MANIFEST = "MANIFEST"
SEAL_LENGTH = 12
CURE = (
    "`searchapp check --deep` lists all that is damaged; go back with `searchapp rollback`, "
    "or put the folder back from a backup, or delete it and run `searchapp ingest` again"
)
CURE_OF_EARLIER = (
    "The current generation is another one and is judged by itself: put the file back from a backup, "
    "or leave it until this generation is no longer kept"
)
ANEW = "Delete the index folder and run `searchapp ingest` again"


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
    """A generation's stamp; `created` is UTC in ISO 8601, `history` every generation before it, oldest first.

    `original` is the kept generation that this one was rewritten from; then it never was the current one.
    """

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
    original: int | None = None

    @property
    def size(self) -> int:
        """The bytes of all files together."""
        return sum(stamp.size for stamp in self.files.values())

    @property
    def lineage(self) -> tuple[Earlier, ...]:
        """Every generation up to and with this one, oldest first: the history of the next."""
        return (*self.history, Earlier(self.generation, self.run, self.created, self.settled))

    @property
    def seal(self) -> str:
        """What tells this manifest from every other: the first digits of its checksum."""
        return _checksum(self._body())[:SEAL_LENGTH]

    def dumps(self) -> str:
        """The text of the MANIFEST file; plain ASCII, so that no damage can hide behind an encoding."""
        return sealed(self._body())

    @classmethod
    def loads(cls, text: str, *, file: str = MANIFEST, cure: str = CURE) -> Manifest:
        """The manifest `dumps` gave this text for; else IndexDamaged, or IndexOutdated for a format nobody here reads.

        An older format is given where its documents can be rewritten: `require_format` tells it from ours.
        """
        record = json.loads(unsealed(text, file=file, cure=cure))
        if record["format"] > FORMAT:
            raise IndexOutdated(
                f"{file} is of format {record['format']}, this program reads format {FORMAT}: "
                "install the newer searchapp that wrote it. Nothing in it was changed."
            )
        if record["format"] < OLDEST_REWRITABLE:
            raise IndexOutdated(
                f"{file} is of format {record['format']}, this program reads format {FORMAT} and cannot rewrite that. "
                f"{ANEW}."
            )
        record["files"] = {name: FileStamp(**stamp) for name, stamp in record["files"].items()}
        record["history"] = tuple(Earlier(**earlier) for earlier in record["history"])
        return cls(**record)

    def require_format(self) -> None:
        """Raise IndexOutdated where the generation must be rewritten before it can be read."""
        if self.format != FORMAT:
            raise IndexOutdated(
                f"Generation {self.generation} is of format {self.format}, this program reads format {FORMAT}: "
                "run `searchapp upgrade`, or `searchapp ingest` with a folder that it holds. "
                "Either rewrites it out of the documents that it stores."
            )

    def _body(self) -> str:
        return json.dumps(asdict(self), indent=1, sort_keys=True)


def damaged(file: str, what: str, cure: str = CURE) -> IndexDamaged:
    """The error that names the file (relative to the index folder), what is wrong with it and the cure."""
    return IndexDamaged(f"{file}: {what}. {cure}.", file=file)


def sealed(body: str) -> str:
    """The text followed by a line with its checksum."""
    return f"{body}\nsha256 {_checksum(body)}\n"


def unsealed(text: str, *, file: str, cure: str = CURE) -> str:
    """The body that `sealed` gave this text for; else IndexDamaged."""
    body = text.rstrip("\n").rpartition("\n")[0]
    if text != sealed(body):
        raise damaged(file, "its checksum does not fit its text", cure)
    return body


def seal_in(text: str) -> str:
    """The seal of the manifest with this text, of whatever format; IndexDamaged where its checksum does not fit."""
    return _checksum(unsealed(text, file=MANIFEST))[:SEAL_LENGTH]


def _checksum(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()
