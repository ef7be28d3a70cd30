"""How do answers grow with the archive? The same questions of ten and of a hundred times as many short documents."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import replace

from bench import goals
from bench.agreement import check
from bench.cache import Corpus, peers
from bench.clocks import circumstances, spread
from bench.searching import by_kind, in_turns

TIMES = (1, 10, 100)
WORDS = 30


def measure_growth(corpus: Corpus, names: Sequence[str], *, rounds: int = 3) -> dict[str, object]:
    """p50 of full answers and matches at each size; Disagreement where the totals are not exact."""
    questions = corpus.questions()
    kinds, missing = peers([name for name in names if name != "whoosh"])
    sizes: dict[int, dict[str, object]] = {}
    for times in TIMES:
        larger = replace(corpus, documents=corpus.documents * times)
        opened = [kind(larger.index_of(kind)) for kind in kinds]
        matches = [check(opened, question) for question in questions]
        taken = in_turns([(peer, peer.full) for peer in opened], questions, rounds)
        for peer in opened:
            peer.close()
        sizes[larger.documents] = {
            "matches": statistics.median(matches),
            "ms": {name: spread(values) for name, values in taken.items()},
            "ours by kind": {
                kind: {"matches": statistics.median(found), "p50": spread(values)["p50"]}
                for (kind, found), values in zip(
                    by_kind(questions, matches).items(), by_kind(questions, taken["ours"]).values(), strict=True
                )
            },
        }
    return {
        "what": f"{corpus.documents} to {corpus.documents * TIMES[-1]} documents of about {corpus.words} words",
        **circumstances(), "left out": missing, "sizes": sizes,
        "goals": goals.rows({"growth": _against_matches(list(sizes.values()))}),
    }  # fmt: skip


def _against_matches(sizes: Sequence[dict[str, object]]) -> float:
    """The largest factor, from one size to the next, by which p50 grew more than the matches did."""

    def grown(before: dict[str, object], after: dict[str, object]) -> float:
        p50 = after["ms"]["ours"]["p50"] / before["ms"]["ours"]["p50"]  # type: ignore[index]
        return float(p50 / (after["matches"] / before["matches"]))  # type: ignore[operator]

    return max(grown(before, after) for before, after in zip(sizes, sizes[1:], strict=False))


def report(found: dict[str, object]) -> str:
    """The measurements as tables."""
    lines = [f"growth: {found['what']}", f"{found['machine']}, load {found['load']}, {found['date']}"]
    lines += found["left out"]  # type: ignore[arg-type]
    sizes: dict[int, dict[str, dict[str, dict[str, float]]]] = found["sizes"]  # type: ignore[assignment]
    names = list(next(iter(sizes.values()))["ms"])
    rows = [(size, held["matches"], *(_shown(held["ms"][name]) for name in names)) for size, held in sizes.items()]
    lines += ["", "full faceted answer, CPU ms p50 / p95", goals.table(("documents", "matches", *names), rows)]
    kinds = [
        (kind, *(f"{held['ours by kind'][kind]['p50']:.2f} ({held['ours by kind'][kind]['matches']:g})"
                 for held in sizes.values()))
        for kind in next(iter(sizes.values()))["ours by kind"]
    ]  # fmt: skip
    lines += ["", "ours, p50 ms (matches)", goals.table(("", *map(str, sizes)), kinds)]
    return "\n".join((*lines, "", goals.goal_table(found["goals"])))  # type: ignore[arg-type]


def _shown(held: dict[str, float]) -> str:
    return f"{held['p50']:.2f} / {held['p95']:.2f}"
