"""What must be reached, what is aimed at, and what was measured: the rows of the table that the bench is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Goal:
    """What a measurement must reach; `better` says in which direction."""

    what: str
    least: float
    aim: float
    unit: str = "x"
    better: Literal["less", "more"] = "less"


GOALS = {
    "warm p50": Goal("full faceted query, warm, p50 / tantivy", 0.6, 0.35),
    "warm p95": Goal("full faceted query, warm, p95 / tantivy", 0.8, 0.5),
    "first p50": Goal("first query after opening, p50 / tantivy", 0.9, 0.6),
    "first p95": Goal("first query after opening, p95 / tantivy", 0.9, 0.6),
    "grouped": Goal("Whoosh groupedby / full faceted query, p50", 400, 1000, better="more"),
    "snippets": Goal("snippets for 10 hits, p50", 1.5, 0.8, unit="ms"),
    "plain p50": Goal("top 10 and total, no facets, p50 / tantivy", 3, 1.5),
    "plain p95": Goal("top 10 and total, no facets, p95 / tantivy", 10, 4),
    "http": Goal("JSON through gunicorn beyond the engine, p50", 4, 2, unit="ms"),
    "indexing": Goal("documents per CPU second / Whoosh's own writer", 2, 4, better="more"),
    "opening": Goal("opening a generation, hashing apart", 0.3, 0.1, unit="s"),
    "private": Goal("private memory of a worker", 80, 40, unit="MB"),
    "size": Goal("index with derived files / plain Whoosh's", 1.5, 1.0),
    "growth": Goal("p50 / matches, ten times the documents", 1.0, 1.0),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A goal and what was measured."""

    goal: Goal
    measured: float

    @property
    def reached(self) -> str:
        """Which of both is reached: "aim", "least" or "MISSED"."""
        sign = 1 if self.goal.better == "less" else -1
        if sign * self.measured <= sign * self.goal.aim:
            return "aim"
        return "least" if sign * self.measured <= sign * self.goal.least else "MISSED"


def rows(measured: dict[str, float]) -> list[dict[str, object]]:
    """The rows of the measured goals, as they are printed."""
    made = [(name, Row(GOALS[name], value)) for name, value in measured.items()]
    return [
        {
            "goal": name, "what": row.goal.what, "measured": round(row.measured, 3), "unit": row.goal.unit,
            "must reach": row.goal.least, "aim": row.goal.aim, "better": row.goal.better, "reached": row.reached,
        }
        for name, row in made
    ]  # fmt: skip


def table(head: Iterable[str], lines: Iterable[Iterable[object]]) -> str:
    """The lines under their heads, in columns."""
    cells = [[_shown(cell) for cell in line] for line in (head, *lines)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    shown = ("  ".join(_placed(cell, width) for cell, width in zip(line, widths, strict=True)) for line in cells)
    return "\n".join(line.rstrip() for line in shown)


def goal_table(found: list[dict[str, object]]) -> str:
    """The rows as a table."""
    lines = []
    for row in found:
        sign, unit = ("<=" if row["better"] == "less" else ">="), row["unit"]
        least, aim = (f"{sign} {row[name]:g} {unit}" for name in ("must reach", "aim"))
        lines.append((row["what"], f"{row['measured']:g} {unit}", least, aim, row["reached"]))
    return table(("", "ours", "must reach", "aim", "reached"), lines)


def quality_table(sets: Mapping[str, Mapping[str, float]]) -> str:
    """nDCG of each engine on each set; ours must be no lower than Whoosh's, and should be above all others."""
    engines = list(next(iter(sets.values())))
    lines = []
    for name, by_engine in sets.items():
        ours, others = by_engine["ours"], [by_engine[engine] for engine in engines if engine != "ours"]
        reached = "aim" if ours > max(others) else "least" if ours >= by_engine["whoosh"] else "MISSED"
        lines.append((name, *(f"{by_engine[engine]:.4f}" for engine in engines), ">= whoosh", "> all", reached))
    return table(("", *engines, "must reach", "aim", "reached"), lines)


def _shown(cell: object) -> str:
    return f"{cell:,.2f}" if isinstance(cell, float) else str(cell)


def _placed(cell: str, width: int) -> str:
    return cell.rjust(width) if cell[:1].isdigit() else cell.ljust(width)
