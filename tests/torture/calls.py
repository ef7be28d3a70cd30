"""What strace wrote down, a call at a time: who called what with which arguments, and what came of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

TRACED = (
    "open,openat,openat2,creat,close,write,pwrite64,writev,pwritev,pwritev2,lseek,dup,dup2,dup3,fcntl,fsync,fdatasync,"
    "sync_file_range,ftruncate,truncate,fallocate,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,"
    "unlinkat,rmdir,mkdir,mkdirat,mknod,mknodat,mmap,msync,sendfile,copy_file_range,clone,clone3,fork,vfork,sync,syncfs"
)
CALL = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+|\?)(.*)", re.DOTALL)
UNFINISHED = re.compile(r"(\d+) +(.*) <unfinished \.\.\.>")
RESUMED = re.compile(r"(\d+) +<\.\.\. \w+ resumed>(.*)")
ARGUMENT = re.compile(r'"(?:[^"\\]|\\.)*"(?:\.\.\.)?|\{[^}]*\}|\[[^\]]*\]|-?\w+<(?:[^>\\]|\\.)*>(?:\(deleted\))?|[^,\s][^,]*')
DESCRIPTOR = re.compile(r"(-?\d+|AT_FDCWD)(?:<(.*)>(?:\(deleted\))?)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Call:
    """A system call that succeeded; arguments as strace writes them, descriptors with their paths."""

    process: int
    name: str
    arguments: tuple[str, ...]
    result: int

    def text(self, position: int) -> str:
        """The argument that is a path."""
        return self.data(position).decode()

    def data(self, position: int) -> bytes:
        """The argument that is a buffer."""
        written = self.arguments[position]
        assert written.startswith('"') and written.endswith('"'), f"cut short: {self.name} {written[:80]}"
        return bytes(ast.literal_eval(f"b{written}"))

    def number(self, position: int) -> int:
        return int(self.arguments[position], 0)

    def descriptor(self, position: int) -> tuple[int, str]:
        """The argument that is a descriptor, and the path it leads to; -100 is the current folder."""
        found = DESCRIPTOR.fullmatch(self.arguments[position])
        assert found, self.arguments[position]
        return -100 if found[1] == "AT_FDCWD" else int(found[1]), found[2] or ""

    def path(self, folder: int | None, name: int) -> str:
        """The path that a folder's descriptor and a name mean together."""
        text = self.text(name)
        return text if text.startswith("/") or folder is None else f"{self.descriptor(folder)[1]}/{text}"


def calls(log: Iterable[str]) -> Iterator[Call]:
    """The calls in the order in which they ended; those that failed are left out."""
    begun: dict[str, str] = {}
    for line in log:
        if unfinished := UNFINISHED.fullmatch(line.rstrip("\n")):
            begun[unfinished[1]] = unfinished[2]
            continue
        if resumed := RESUMED.fullmatch(line.rstrip("\n")):
            if resumed[1] not in begun:
                continue
            line = f"{resumed[1]} {begun.pop(resumed[1])}{resumed[2]}"
        found = CALL.fullmatch(line.rstrip("\n"))
        if found and found[4] != "?" and int(found[4]) >= 0:
            yield Call(int(found[1]), found[2], tuple(ARGUMENT.findall(found[3])), int(found[4]))
