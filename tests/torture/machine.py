"""A machine that does again what strace has written down, and takes a picture of a folder after each call."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.disk import Disk, Moment
from tests.torture.calls import Call

ACKNOWLEDGED = re.compile(rb"committed generation (\d+)")
WITHOUT_EFFECT = frozenset({"close", "fcntl", "mmap", "lseek", "dup", "sendfile"})
FORKS = frozenset({"clone", "clone3", "fork", "vfork"})


@dataclass(slots=True)
class Opened:
    """An open file: which one, and where the next write goes."""

    inode: int
    offset: int = 0
    appends: bool = False


class Machine:
    """The files under `top`, as the calls of one recording change them."""

    def __init__(self, top: Path, seen: Disk, acknowledged: int) -> None:
        self.moments: list[Moment] = []
        self.mapped: list[str] = []
        self._top = str(top)
        self._root = top.stat().st_ino
        self._seen = seen
        self._acknowledged = acknowledged
        self._next = 1 << 60
        self._opened: dict[tuple[int, int], Opened] = {}
        self._groups: dict[int, int] = {}
        self._doing: dict[str, Callable[[Call], tuple[str, int] | None]] = {
            "openat": self._open, "write": self._write, "pwrite64": self._write, "ftruncate": self._truncate,
            "lseek": self._seek, "fsync": self._sync, "fdatasync": self._sync, "rename": self._rename,
            "link": self._link, "unlink": self._unlink, "unlinkat": self._unlink, "rmdir": self._unlink,
            "mkdir": self._make_folder, "mmap": self._map, "sendfile": self._copy, "clone": self._fork,
            "clone3": self._fork, "fork": self._fork, "vfork": self._fork,
        }  # fmt: skip

    def run(self, calls: Iterable[Call]) -> None:
        """Do all that concerns the folder; AssertionError for a call that is not understood."""
        listed = list(calls)
        self._groups = threads(listed)
        for call in listed:
            doing = self._doing.get(call.name)
            concerned = any(self._top in argument for argument in call.arguments)
            assert doing or not concerned or call.name in WITHOUT_EFFECT, f"not understood: {call}"
            done = doing(call) if doing and (concerned or call.name in FORKS | {"write"}) else None
            if done is not None:
                self._note(call.name, *done)

    def _note(self, name: str, subject: str, inode: int) -> None:
        picture = Disk(dict(self._seen.files), {folder: dict(names) for folder, names in self._seen.folders.items()})
        self.moments.append(Moment(name, subject, inode, picture, self._acknowledged))

    def _open(self, call: Call) -> tuple[str, int] | None:
        path, flags = call.path(0, 1), call.arguments[2].split("|")
        if not path.startswith(self._top):
            return None
        known = self._find(path)
        created = known is None
        inode = self._create(path, self._seen.files, b"") if known is None else known
        self._opened[self._key(call, call.result)] = Opened(inode, appends="O_APPEND" in flags)
        if "O_TRUNC" in flags and self._seen.files[inode]:
            self._seen.files[inode] = b""
            created = True
        return (path, 0) if created else None

    def _write(self, call: Call) -> tuple[str, int] | None:
        descriptor, path = call.descriptor(0)
        if not path.startswith(self._top):
            found = ACKNOWLEDGED.search(call.data(1)) if descriptor in (1, 2) else None
            if found is None:
                return None
            self._acknowledged = int(found[1])
            return "acknowledged", 0
        opened = self._opened[self._key(call, descriptor)]
        before = self._seen.files[opened.inode]
        at = call.number(3) if call.name == "pwrite64" else len(before) if opened.appends else opened.offset
        data = call.data(1)[: call.result]
        self._seen.files[opened.inode] = before[:at].ljust(at, b"\0") + data + before[at + len(data) :]
        if call.name == "write":
            opened.offset = at + len(data)
        return path, 0

    def _seek(self, call: Call) -> None:
        opened = self._opened.get(self._key(call, call.descriptor(0)[0]))
        if opened is not None:
            opened.offset = call.result

    def _copy(self, call: Call) -> tuple[str, int] | None:
        """sendfile, by which files are copied where the file system has no links."""
        target, source = (self._opened.get(self._key(call, call.descriptor(position)[0])) for position in (0, 1))
        assert target and source and call.arguments[2] != "NULL", f"not understood: {call}"
        data = self._seen.files[source.inode][call.number(2) :][: call.result]
        self._seen.files[target.inode] += data
        return call.descriptor(0)[1], 0

    def _truncate(self, call: Call) -> tuple[str, int]:
        inode, size = self._opened[self._key(call, call.descriptor(0)[0])].inode, call.number(1)
        self._seen.files[inode] = self._seen.files[inode][:size].ljust(size, b"\0")
        return call.descriptor(0)[1], 0

    def _sync(self, call: Call) -> tuple[str, int]:
        descriptor, path = call.descriptor(0)
        return path, self._opened[self._key(call, descriptor)].inode

    def _rename(self, call: Call) -> tuple[str, int]:
        source, target = call.text(0), call.text(1)
        self._names(target)[Path(target).name] = self._names(source).pop(Path(source).name)
        return target, 0

    def _link(self, call: Call) -> tuple[str, int]:
        source, target = call.text(0), call.text(1)
        self._names(target)[Path(target).name] = self._names(source)[Path(source).name]
        return target, 0

    def _unlink(self, call: Call) -> tuple[str, int]:
        path = call.path(0, 1) if call.name == "unlinkat" else call.text(0)
        del self._names(path)[Path(path).name]
        return path, 0

    def _make_folder(self, call: Call) -> tuple[str, int]:
        self._create(call.text(0), self._seen.folders, {})
        return call.text(0), 0

    def _map(self, call: Call) -> None:
        if "MAP_SHARED" in call.arguments[3] and "PROT_WRITE" in call.arguments[2]:
            self.mapped.append(call.descriptor(4)[1])

    def _fork(self, call: Call) -> None:
        """A thread shares its process's table of descriptors, a process has a copy of its parent's."""
        parent = self._groups.get(call.process, call.process)
        if call.result not in self._groups:
            inherited = {key[1]: opened for key, opened in self._opened.items() if key[0] == parent}
            for descriptor, opened in inherited.items():
                self._opened.setdefault((call.result, descriptor), opened)

    def _key(self, call: Call, descriptor: int) -> tuple[int, int]:
        return self._groups.get(call.process, call.process), descriptor

    def _create(self, path: str, kind: dict[int, bytes] | dict[int, dict[str, int]], empty: object) -> int:
        self._next += 1
        kind[self._next] = empty  # type: ignore[assignment]
        self._names(path)[Path(path).name] = self._next
        return self._next

    def _names(self, path: str) -> dict[str, int]:
        """The folder in which the path lies."""
        inode = self._find(str(Path(path).parent))
        assert inode is not None, path
        return self._seen.folders[inode]

    def _find(self, path: str) -> int | None:
        inode: int | None = self._root
        for name in Path(path).relative_to(self._top).parts:
            inode = self._seen.folders[inode].get(name) if inode is not None else None
        return inode


def threads(listed: Iterable[Call]) -> dict[int, int]:
    """The process of each thread; it may call before its parent's call that made it has ended."""
    groups: dict[int, int] = {}
    for call in listed:
        if call.name in FORKS and any("CLONE_THREAD" in argument for argument in call.arguments):
            groups[call.result] = groups.get(call.process, call.process)
    return groups


def pictured(top: Path) -> Disk:
    """What lies under the folder now; files with several names are one."""
    disk = Disk()
    for folder in (top, *(path for path in top.rglob("*") if path.is_dir())):
        disk.folders[folder.stat().st_ino] = {path.name: path.stat().st_ino for path in sorted(folder.iterdir())}
        disk.files |= {path.stat().st_ino: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    return disk
