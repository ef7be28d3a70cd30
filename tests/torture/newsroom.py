"""A folder of scraped news that changes from version to version, and what an index must hold of each version."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

Holding = Mapping[str, str]
"""SHA-256 of a source by its key."""

FEWEST = 5
SPREAD = 4


@dataclass(slots=True)
class Newsroom:
    """The folder `path`, at its latest version; every version changes each file and adds or takes away some."""

    path: Path
    versions: list[Holding] = field(default_factory=lambda: [{}])
    fewest: int = FEWEST

    @property
    def version(self) -> int:
        """The number of the latest version; 0 is no folder at all."""
        return len(self.versions) - 1

    def rewrite(self) -> int:
        """Write the next version over the folder, and give its number."""
        shutil.rmtree(self.path, ignore_errors=True)
        self.path.mkdir(parents=True)
        number = len(self.versions)
        self.versions.append(dict(self._written(number, position) for position in range(self._files(number))))
        return number

    def version_of(self, sources: Holding) -> int:
        """Which version, whole, these sources are; AssertionError when they are a mixture or a part of one."""
        for number in range(self.version, -1, -1):
            if self.versions[number] == sources:
                return number
        raise AssertionError(f"{self.path.name} is in the index as no version of it ever was: {sorted(sources)}")

    def _files(self, number: int) -> int:
        return self.fewest + number % SPREAD

    def _written(self, number: int, position: int) -> tuple[str, str]:
        text = article(self.path.name, position, number).encode()
        file = self.path / f"{position:03}.txt"
        file.write_bytes(text)
        return f"{self.path.name}/{file.name}", hashlib.sha256(text).hexdigest()


def article(root: str, position: int, version: int) -> str:
    """A text whose words `word_of` are in no other."""
    return (
        f"Council of {root} debates plan {position}\n\n"
        f"The council met on Monday to debate plan {word_of(root, position, version)}, which is its {version}th draft.\n\n"
        f"Nobody in {root} expected a decision on plan {position} before the end of the year, members said.\n"
    )


def word_of(root: str, position: int, version: int) -> str:
    """The word by which this version of this text is found."""
    return f"{root}plan{position}draft{version}"
