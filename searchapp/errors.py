"""Everything that can go wrong, as one tree; each error knows its HTTP status, its exit code and a safe message.

SearchappError
├── UsageError            the command line or the request cannot be meant like this
│   └── QueryError        a query, a filter or a page that cannot be answered; names the parameter
│       └── LimitExceeded one of the stated limits; names the limit
├── NotFound              no such document, facet or generation
│   └── Gone              it was here and has been taken down
├── DeadlineExceeded      the answer would have taken longer than allowed
├── IndexNotReady         there is no index yet
├── IndexDamaged          a file of the index is not what the manifest says
├── IndexOutdated         the index was written by another format or schema
├── IndexLocked           another ingest holds the lock
├── CannotWrite           a folder cannot be written
├── StorageFailure        the disk is full or fails
├── EngineDown            the engine's service does not answer
├── ConfigError           a setting or a file of the archive is wrong
│   └── IndexExposed      others may write into the index, so nothing in it can be trusted
├── Interrupted           a signal asked to stop
└── IngestError           one file could not become a document: key, stage, reason
"""

from __future__ import annotations

from pathlib import Path
from typing import Self


class SearchappError(Exception):
    """The root: `str(error)` is a message that may be shown to anyone."""

    status = 500
    exit_code = 1
    title = "Something went wrong"


class UsageError(SearchappError):
    status = 400
    exit_code = 2
    title = "This request cannot be understood"


class QueryError(UsageError):
    """`param` is the URL parameter at fault, `nearest` what may have been meant."""

    status = 422
    title = "This search cannot be answered"

    def __init__(self, message: str, *, param: str, nearest: str | None = None) -> None:
        super().__init__(message)
        self.param = param
        self.nearest = nearest


class LimitExceeded(QueryError):
    """`limit` is the number that may not be passed."""

    title = "This search is past a limit"

    def __init__(self, message: str, *, param: str, limit: int) -> None:
        super().__init__(message, param=param)
        self.limit = limit


class NotFound(SearchappError):
    status = 404
    exit_code = 2
    title = "Not in this archive"


class Gone(NotFound):
    """`date` (YYYY-MM-DD) is the day a document was taken down, `reason` why; None where neither is known."""

    status = 410
    title = "No longer in this archive"

    def __init__(self, message: str, *, date: str | None = None, reason: str | None = None) -> None:
        super().__init__(message)
        self.date = date
        self.reason = reason


class DeadlineExceeded(SearchappError):
    status = 503
    title = "This search takes too long"


class IndexNotReady(SearchappError):
    status = 503
    exit_code = 78
    title = "There is no index yet"


class IndexDamaged(SearchappError):
    """`file` is the damaged file, relative to the index folder."""

    status = 503
    exit_code = 65
    title = "The index is damaged"

    def __init__(self, message: str, *, file: str) -> None:
        super().__init__(message)
        self.file = file


class IndexOutdated(SearchappError):
    status = 503
    exit_code = 78
    title = "The index was written by another version"


class IndexLocked(SearchappError):
    status = 503
    exit_code = 75
    title = "Another ingest is running"


class CannotWrite(SearchappError):
    exit_code = 73
    title = "A folder cannot be written"


class StorageFailure(SearchappError):
    exit_code = 74
    title = "The disk is full or fails"


class EngineDown(SearchappError):
    status = 503
    exit_code = 69
    title = "The search engine does not answer"


class ConfigError(SearchappError):
    exit_code = 78
    title = "A setting is wrong"

    @classmethod
    def unreadable(cls, path: Path, error: Exception) -> Self:
        """That a file of the archive cannot be read as YAML in UTF-8: where, why, and what to do about it."""
        if isinstance(error, UnicodeDecodeError):
            line = error.object.count(b"\n", 0, error.start) + 1
            return cls(f"{path}, line {line}: is not written in UTF-8. Save the file in it.")
        # What YAML's parser says, which is imported where files are read alone.
        mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
        if mark is not None:
            return cls(f"{path}, line {mark.line + 1}, column {mark.column + 1}: {problem}. Correct the YAML there or before.")
        return cls(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}. Correct the file, or take it away.")


class IndexExposed(ConfigError):
    status = 503
    title = "The index is open to others"


class Interrupted(SearchappError):
    """`signal` is the number of the signal that asked to stop; the exit code is 128 more, as a shell expects."""

    status = 503
    title = "Interrupted"

    def __init__(self, signal: int) -> None:
        super().__init__("interrupted; what was committed stays, and running it again goes on from there")
        self.exit_code = 128 + signal


class IngestError(SearchappError):
    """`key` names the file or record, `stage` the room that gave up; `skipped` marks what never was a document."""

    title = "A file could not be read"

    def __init__(self, key: str, stage: str, reason: str, *, skipped: bool = False) -> None:
        super().__init__(f"{key}: {reason} ({stage})")
        self.key = key
        self.stage = stage
        self.reason = reason
        self.skipped = skipped
