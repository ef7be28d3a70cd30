"""How long are the files and the functions? `python -m bench.lengths` prints it; a file past the limit fails."""

from __future__ import annotations

import ast
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 300
SHOWN = 5


@dataclass(frozen=True, slots=True, order=True)
class Length:
    """Lines of a file or a function; ordered by them."""

    lines: int
    name: str


def files(folder: Path) -> list[Length]:
    """The length of every Python file below `folder`, longest first."""
    return sorted((Length(_count(path), _name(path)) for path in folder.rglob("*.py")), reverse=True)


def functions(folder: Path) -> list[Length]:
    """The length of every function below `folder`, from its `def` to its last line, longest first."""
    return sorted((length for path in folder.rglob("*.py") for length in _functions(path)), reverse=True)


def median(lengths: list[Length]) -> float:
    """The length that half of them do not pass; 0 where there are none."""
    return statistics.median(length.lines for length in lengths) if lengths else 0


def nine_in_ten(lengths: list[Length]) -> int:
    """The length that nine in ten do not pass; 0 where there are none."""
    ordered = sorted(length.lines for length in lengths)
    return ordered[max(0, -(-len(ordered) * 9 // 10) - 1)] if ordered else 0


def _count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _functions(path: Path) -> Iterator[Length]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            yield Length(node.end_lineno - node.lineno + 1, f"{_name(path)}:{node.lineno} {node.name}")


def _name(path: Path) -> str:
    return str(path.relative_to(PROJECT)) if path.is_relative_to(PROJECT) else path.name


def _print(title: str, lengths: list[Length]) -> None:
    print(f"{title}: {len(lengths)}, median {median(lengths):g} lines, nine in ten up to {nine_in_ten(lengths)}")
    for length in lengths[:SHOWN]:
        print(f"  {length.lines:5} {length.name}")


def main() -> int:
    """The exit code: 1 where a file of the package is past the limit."""
    package = PROJECT / "searchapp"
    _print("files of searchapp/", files(package))
    _print("functions of searchapp/", functions(package))
    _print("files of tests/", files(PROJECT / "tests"))
    past = [length for length in files(package) if length.lines > LONGEST_FILE]
    for length in past:
        print(f"{length.name} has {length.lines} lines; the limit is {LONGEST_FILE}", file=sys.stderr)
    return 1 if past else 0


if __name__ == "__main__":
    sys.exit(main())
