"""Which documents were taken down? The archive's list as it stands now, wherever a single document is shown."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from werkzeug.exceptions import ServiceUnavailable

from searchapp.errors import ConfigError, Gone
from searchapp.model import Document
from searchapp.reports.pasted import Pointer
from searchapp.withheld import FILE, Withheld, WithheldList

logger = logging.getLogger(__name__)

UNREADABLE = (
    "The list of what was taken down cannot be read, so no single document is shown until it is repaired. "
    "The log of the server names the line."
)

State = tuple[int, int, int] | None


class Removals:
    """The list of an archive folder, read again when its file has changed; safe to use from many threads."""

    def __init__(self, archive: Path | None) -> None:
        self._archive = archive
        self._lock = threading.Lock()
        self._seen: State | str = "never read"
        self._list = WithheldList()
        self._readable = True

    def refuse(self, pointer: Pointer) -> None:
        """Gone, with date and reason, where what the pointer names was taken down."""
        listed, _ = self._current()
        _gone(listed.of(document=pointer.document, sha256=pointer.sha256, url=pointer.url))

    def refuse_document(self, document: Document) -> None:
        """Gone where the document was taken down, though the index may still hold it; the list wins.

        ServiceUnavailable where that is unknown: while the file is broken, what was last read of it still holds, and
        no other document is shown.
        """
        listed, readable = self._current()
        _gone(_entry(listed, document))
        if not readable:
            raise ServiceUnavailable(UNREADABLE)

    def shown(self, document: Document) -> bool:
        """Whether the document may be listed among others."""
        listed, readable = self._current()
        return readable and _entry(listed, document) is None

    def listed(self) -> tuple[Withheld, ...]:
        """What was taken down, as the list was last read."""
        return tuple(self._current()[0])

    def _current(self) -> tuple[WithheldList, bool]:
        with self._lock:
            state = self._state()
            if state != self._seen:
                # The state is that of before the reading: a change meanwhile is seen by the next request.
                self._seen = state
                self._read()
            return self._list, self._readable

    def _read(self) -> None:
        try:
            self._list = WithheldList.read(self._archive)
            self._readable = True
        except ConfigError as error:
            logger.error("%s", error)
            self._readable = False

    def _state(self) -> State:
        if self._archive is None:
            return None
        try:
            found = (self._archive / FILE).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino


def _entry(listed: WithheldList, document: Document) -> Withheld | None:
    return listed.of(document=document.id, sha256=document.sha256, url=document.url)


def _gone(entry: Withheld | None) -> None:
    if entry is not None:
        when = f" on {entry.date}" if entry.date else ""
        raise Gone(f"This document was taken down{when}.", date=entry.date or None, reason=entry.reason or None)
