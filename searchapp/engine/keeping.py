"""May a generation be kept under this name?"""

from __future__ import annotations

from collections.abc import Mapping

from searchapp.errors import UsageError

LONGEST_NAME = 100


def renamed(names: Mapping[int, str], number: int, name: str | None) -> dict[int, str]:
    """The names by generation with one changed, or let go (None); UsageError where it is no name or another's."""
    others = {other: held for other, held in names.items() if other != number}
    if name is None:
        return others
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable() or name != name.strip():
        raise UsageError(f"{name!r} is no name: give 1 to {LONGEST_NAME} printable characters")
    for other, held in others.items():
        if held == name:
            raise UsageError(f"generation {other} is kept as {name} already: let that name go first")
    return {**others, number: name}
