"""Which folders and files are to be ingested, and under which name does each stand in the index?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from searchapp.errors import UsageError
from searchapp.ingest.data.scrubbing import escaped


@dataclass(frozen=True, slots=True)
class Root:
    """A folder, or a single file, and the name that its keys begin with."""

    name: str
    path: Path

    def owns(self, key: str) -> bool:
        """Whether a source key belongs to this root."""
        return key == self.name or key.startswith((f"{self.name}/", f"{self.name}#"))


def roots_of(paths: Iterable[Path], named: Iterable[str] = ()) -> tuple[Root, ...]:
    """The roots of plain paths and of `NAME=PATH` texts; UsageError where one is missing or two share a name."""
    roots = [Root(escaped(path.resolve().name), path) for path in paths]
    for text in named:
        name, sign, path = text.partition("=")
        if not sign or not name.strip() or "/" in name or "#" in name:
            raise UsageError(f"--root {text!r}: write NAME=PATH, with a name without / and #")
        roots.append(Root(escaped(name.strip()), Path(path)))
    taken: dict[str, Path] = {}
    for root in roots:
        if not root.path.exists():
            raise UsageError(f"{root.path} does not exist")
        if root.name in taken:
            raise UsageError(
                f"{taken[root.name]} and {root.path} would both be named {root.name!r}: "
                f"give one of them another name with --root NAME={root.path}"
            )
        taken[root.name] = root.path
    return tuple(roots)
