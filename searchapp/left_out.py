"""Which files are not in the archive, and why? The account that an ingest leaves beside the index, for pages to read."""

from __future__ import annotations

import errno
import json
import logging
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from searchapp.errors import CannotWrite, IngestError, StorageFailure

FILE = "left_out.json"
MOST_REASONS = 200
MOST_FILES = 20
"""Of each reason; a folder of a million pictures makes no account that takes a second to read."""

FILE_MODE = 0o644

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why files or records are left out, how many, and the keys of the first; `failed`: they should have been read."""

    reason: str
    failed: bool
    count: int
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """All that is left out as of `run`, failures first, then by number; what was taken down is not among it.

    `failed` and `skipped` count all, also those whose reason is not listed any more.
    """

    run: str
    failed: int
    skipped: int
    reasons: tuple[Reason, ...]

    @classmethod
    def of(cls, run: str, problems: Iterable[IngestError]) -> LeftOut:
        """The account of these problems."""
        keys: dict[tuple[bool, str], list[str]] = {}
        for one in problems:
            if one.stage != "withheld":
                keys.setdefault((not one.skipped, one.reason), []).append(one.key)
        found = [Reason(why, failed, len(of), tuple(sorted(of)[:MOST_FILES])) for (failed, why), of in keys.items()]
        found.sort(key=lambda one: (not one.failed, -one.count, one.reason))
        counts = [sum(one.count for one in found if one.failed is failed) for failed in (True, False)]
        return cls(run, counts[0], counts[1], tuple(found[:MOST_REASONS]))

    @classmethod
    def read(cls, folder: Path) -> LeftOut | None:
        """The account in an index folder; None where no ingest has left one that can be read."""
        path = folder / FILE
        try:
            plain: dict[str, Any] = json.loads(path.read_bytes())
            reasons = tuple(Reason(**{**one, "files": tuple(one["files"])}) for one in plain["reasons"])
            return cls(plain["run"], plain["failed"], plain["skipped"], reasons)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError) as error:
            logger.error("%s cannot be read: %s; the next ingest writes it anew", path, error)
            return None

    def write(self, folder: Path) -> None:
        """Leave the account in an index folder; whoever reads it meanwhile reads the old one or this one whole.

        StorageFailure where the disk is full or fails, CannotWrite where the folder cannot be written.
        """
        path = folder / FILE
        draft = path.with_name(f"{FILE}.tmp")
        try:
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE), "w", encoding="ascii") as file:
                json.dump(asdict(self), file, indent=1)
            os.replace(draft, path)
        except OSError as error:
            kind = StorageFailure if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO) else CannotWrite
            raise kind(f"{path}: {error.strerror}; what was published before still stands") from error
