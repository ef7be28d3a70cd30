"""Which files lie under a root, in which state, and which of what lies there is no file to read?"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from searchapp.errors import ConfigError, IngestError
from searchapp.ingest.data.scrubbing import escaped
from searchapp.ingest.seeds.declared import Declaration
from searchapp.ingest.seeds.files import FileState, Kind, Refused, SeedFile, kind_of, refused, suffix_of
from searchapp.ingest.seeds.opening import Unreadable, regular_status
from searchapp.ingest.seeds.patterns import PathPattern
from searchapp.ingest.seeds.roots import Root
from searchapp.ingest.seeds.tables import TABLE, BrokenTable, Row, read_table, split_record

SIDECARS = (".json", ".yaml", ".yml")


def list_files(root: Root, pattern: PathPattern | None = None) -> Iterator[SeedFile | Refused]:
    """Every file under the root that can be read, without opening it, and why others cannot.

    In the order of their folders and names; sidecars, and the tables that are read on the way, are no files of their own.
    """
    try:
        real = root.path.resolve()
        is_folder = stat.S_ISDIR(real.stat().st_mode)
    except (OSError, RuntimeError) as error:
        yield refused(root.name, f"cannot be read: {_why(error)}")
        return
    listing = _Listing(root, real if is_folder else real.parent, pattern)
    if is_folder:
        yield from listing.walk()
    else:
        sidecars = (str(real.with_name(name)) for name in _sidecar_names(real.name))
        kind = kind_of(root.path.name)
        beside = next(filter(os.path.lexists, sidecars), None) if kind in ("text", "html") else None
        yield listing.seed(str(real), "", kind, sidecar=beside)


def _why(error: BaseException) -> str:
    return str(getattr(error, "strerror", None) or error)


@dataclass(slots=True)
class _Listing:
    """A walk through one root: `real` is the folder that nothing may lie outside of."""

    root: Root
    real: Path
    pattern: PathPattern | None
    files: dict[str, Row] = field(default_factory=dict)
    records: dict[str, dict[str, Row]] = field(default_factory=dict)
    escapes: set[str] = field(default_factory=set)

    def walk(self) -> Iterator[SeedFile | Refused]:
        """Every file, the folders below after the files beside them."""
        waiting = [("", str(self.real))]
        while waiting:
            below, folder = waiting.pop()
            try:
                with os.scandir(folder) as found:
                    entries = sorted((one for one in found if not one.name.startswith(".")), key=lambda one: one.name)
                folders = [one.name for one in entries if one.is_dir(follow_symlinks=False)]
            except OSError as error:
                yield refused(self._key(below.rstrip("/")), f"is a folder that cannot be listed: {_why(error)}")
                continue
            waiting.extend((f"{below}{name}/", f"{folder}/{name}") for name in reversed(folders))
            names = {one.name for one in entries}.difference(folders)
            if TABLE in names:
                yield from self._learn(f"{folder}/{TABLE}", below)
            yield from self._files(folder, below, names - {TABLE})

    def _files(self, folder: str, below: str, names: set[str]) -> Iterator[SeedFile | Refused]:
        """What the names in one folder stand for, each page with the sidecar that lies beside it."""
        kinds = {name: kind_of(name) for name in names}
        beside = {name for name in names if name.endswith(SIDECARS)}
        of_pages = {name: _present(name, beside) for name in names if beside and kinds[name] in ("text", "html")}
        for name in sorted(names.difference(*of_pages.values())):
            sidecar = next((f"{folder}/{found}" for found in of_pages.get(name, ())), None)
            yield self.seed(f"{folder}/{name}", f"{below}{name}", kinds[name], sidecar=sidecar)

    def _key(self, below: str) -> str:
        return f"{self.root.name}/{escaped(below)}" if below else self.root.name

    def _learn(self, path: str, below: str) -> Iterator[Refused]:
        """Keep what a table declares; one further down is believed before those above it.

        ConfigError for a broken one at the top of the root, which whoever ingests has put there; the others may have been
        scraped with all the rest.
        """
        try:
            table = read_table(path, self.real, self._key(f"{below}{TABLE}"))
        except IngestError as error:
            if isinstance(error, BrokenTable) and not below:
                raise ConfigError(f"{path}: {error.reason}. Correct the table, or give it another name.") from error
            yield error
            return
        for name, row in table.items():
            file, record = split_record(escaped(below) + name)
            kept = self.records.setdefault(file, {}) if record else self.files
            kept[record or file] = replace(row, weaker=kept.get(record or file))

    def seed(self, path: str, below: str, kind: Kind | None, *, sidecar: str | None) -> SeedFile | Refused:
        """The file, `below` being its path under the root, "" where it is the root itself."""
        key = self._key(below)
        try:
            states = [FileState.of(regular_status(path, self.real))]
            if kind is None:
                reason = f"is of a kind that cannot be ingested ({suffix_of(path) or 'no suffix'})"
                return refused(key, escaped(reason), skipped=True)
            if self._is_twin(key):
                reason = "has the name of another file, once what is no text in it is written out"
                return refused(key.replace("\\", "\\\\"), reason)
            if sidecar is not None:
                states.append(_state_of(sidecar))
        except Unreadable as error:
            return refused(key, _why(error), skipped=error.skipped)
        except OSError as error:
            return refused(key, f"cannot be read: {_why(error)}")
        shown = escaped(below or self.root.path.name)
        rows = {record: row.declares() for record, row in self.records.get(shown, {}).items()}
        said = self._said(shown)
        return SeedFile(key, path, self.real, kind, tuple(states), said, rows, sidecar)

    def _said(self, shown: str) -> Declaration:
        path_says = self.pattern.declares(shown) if self.pattern else Declaration()
        row = self.files.get(shown)
        return path_says if row is None else row.declares().beyond(path_says).over(path_says)

    def _is_twin(self, key: str) -> bool:
        """Whether a file has this key already; it is named with its backslashes doubled, for the key is the other's."""
        # Only names with a backslash can come out alike: one that was escaped, and one that looks so.
        twin = key in self.escapes
        if "\\" in key:
            self.escapes.add(key)
        return twin


def _state_of(sidecar: str) -> FileState:
    """The state of what a sidecar leads to, or of a link that leads nowhere."""
    try:
        return FileState.of(os.stat(sidecar))
    except OSError:
        return FileState.of(os.lstat(sidecar))


def _present(name: str, beside: Collection[str]) -> tuple[str, ...]:
    """The sidecars of a page that are among the names beside it, the one that is read first."""
    return tuple(sidecar for sidecar in _sidecar_names(name) if sidecar in beside)


def _sidecar_names(name: str) -> tuple[str, ...]:
    stem = os.path.splitext(name[:-3] if name.lower().endswith(".gz") else name)[0]
    return tuple(stem + suffix for suffix in SIDECARS)
