"""How fast is an answer beside that of other engines over the same documents? CPU time, asked in turns."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby

from bench import goals
from bench.agreement import check
from bench.cache import Corpus, peers
from bench.clocks import circumstances, milliseconds, spread, typical
from bench.peers.base import Peer
from bench.peers.ours import OurPeer, full_query
from bench.questions import KINDS, Question

GROUPED_EACH = 2
"""Questions of each kind that are put to Whoosh: its facets take seconds."""

Times = dict[str, list[float]]
"""Milliseconds of each question by the name of the engine."""


def measure_search(corpus: Corpus, names: Sequence[str], *, rounds: int = 5) -> dict[str, object]:
    """Everything that is measured of searching, and the rows of the goals; Disagreement where counts differ."""
    kinds, missing = peers(names)
    questions = corpus.questions()
    opened = [kind(corpus.index_of(kind)) for kind in kinds]
    quick = [peer for peer in opened if peer.name != "whoosh"]
    sample = [one for _, group in groupby(questions, lambda one: one.kind) for one in list(group)[:GROUPED_EACH]]
    totals = [check(quick, question) for question in questions]
    for question in sample if len(quick) < len(opened) else ():
        check(opened, question)
    measured = {
        "warm": in_turns([(peer, peer.full) for peer in quick], questions, rounds),
        "plain": in_turns([(peer, peer.plain) for peer in opened], questions, rounds),
        "first": first_answers(kinds, corpus, questions),
        "grouped": in_turns([(peer, peer.full) for peer in opened if peer.name in ("ours", "whoosh")], sample, 1),
    }
    snippets, pages = _snippets(quick[0], questions, rounds)
    for peer in opened:
        peer.close()
    return {
        "what": f"{corpus.documents} documents of about {corpus.words} words from {corpus.path.name}, seed {corpus.seed}",
        **circumstances(),
        "left out": missing,
        "counts agree": f"{len(questions)} questions, with Whoosh {len(sample) if len(quick) < len(opened) else 0}",
        "matches": {kind: statistics.median(values) for kind, values in by_kind(questions, totals).items()},
        "cpu ms": {name: summary(sample if name == "grouped" else questions, times) for name, times in measured.items()},
        "snippets ms": spread(snippets),
        "whole page with snippets and all facets ms": spread(pages),
        "goals": goals.rows({**_ratios(measured), "snippets": statistics.median(snippets)}),
    }


def in_turns(
    asked: Sequence[tuple[Peer, Callable[[Question], object]]], questions: Sequence[Question], rounds: int
) -> Times:
    """The median milliseconds of each question over the rounds, each put to one engine after the other."""
    taken: dict[str, list[list[float]]] = {peer.name: [] for peer, _ in asked}
    for _ in range(rounds):
        gc.collect()
        for peer, _ in asked:
            taken[peer.name].append([])
        for question in questions:
            for peer, answer in asked:
                taken[peer.name][-1].append(milliseconds(peer.clock, partial(answer, question)))
    return {name: typical(times) for name, times in taken.items()}


def first_answers(kinds: Sequence[type[Peer]], corpus: Corpus, questions: Sequence[Question]) -> Times:
    """The milliseconds of each question put to an index that was just opened; the opening is not counted."""
    taken: Times = {kind.name: [] for kind in kinds if kind.name != "whoosh"}
    for question in questions:
        for kind in kinds:
            if kind.name in taken:
                peer = kind(corpus.index_of(kind))
                taken[kind.name].append(milliseconds(peer.clock, partial(peer.full, question)))
                peer.close()
    return taken


def by_kind(questions: Sequence[Question], values: Sequence[float]) -> dict[str, list[float]]:
    """The values by the kinds of their questions."""
    return {
        kind: found for kind in KINDS
        if (found := [value for one, value in zip(questions, values, strict=True) if one.kind == kind])
    }  # fmt: skip


def summary(questions: Sequence[Question], times: Times) -> dict[str, dict[str, dict[str, float]]]:
    """p50 and p95 of each engine, for each kind of question and for all."""
    return {
        name: {"all": spread(values), **{kind: spread(held) for kind, held in by_kind(questions, values).items()}}
        for name, values in times.items()
    }


def _snippets(ours: Peer, questions: Sequence[Question], rounds: int) -> tuple[list[float], list[float]]:
    """What the snippets of a page cost, and a whole page, for each question."""
    assert isinstance(ours, OurPeer)
    engine = ours.engine

    def asked(snippets: bool, question: Question) -> object:
        return engine.search(full_query(question.text, snippets=snippets))

    without, with_them, pages = (
        typical([[milliseconds(ours.clock, partial(answer, one)) for one in questions] for _ in range(rounds)])
        for answer in (partial(asked, False), partial(asked, True), ours.everything)
    )
    return [more - less for more, less in zip(with_them, without, strict=True)], pages


def _ratios(measured: dict[str, Times]) -> dict[str, float]:
    """Ours divided by tantivy's, and Whoosh's by ours, as far as they were asked."""
    found: dict[str, float] = {}
    for name in ("warm", "first", "plain"):
        if "tantivy" in measured[name]:
            ours, theirs = spread(measured[name]["ours"]), spread(measured[name]["tantivy"])
            found |= {f"{name} {share}": ours[share] / theirs[share] for share in ("p50", "p95")}
    grouped = measured["grouped"]
    if "whoosh" in grouped:
        found["grouped"] = statistics.median(grouped["whoosh"]) / statistics.median(grouped["ours"])
    return found


def report(found: dict[str, object]) -> str:
    """The measurements as tables."""
    lines = [f"search: {found['what']}", f"{found['machine']}, load {found['load']}, {found['date']}"]
    lines += [*found["left out"], f"counts agree: {found['counts agree']}"]  # type: ignore[misc]
    for name, title in _TITLES.items():
        engines: dict[str, dict[str, dict[str, float]]] = found["cpu ms"][name]  # type: ignore[index]
        if len(engines) > 1:
            lines += ["", f"{title}, CPU ms p50 / p95", _engine_table(engines)]
    for name in ("snippets ms", "whole page with snippets and all facets ms"):
        held: dict[str, float] = found[name]  # type: ignore[assignment]
        lines += ["", f"{name}: {held['p50']:.2f} / {held['p95']:.2f}"]
    return "\n".join((*lines, "", goals.goal_table(found["goals"])))  # type: ignore[arg-type]


_TITLES = {
    "warm": "full faceted answer without snippets",
    "first": "the same, first question after opening",
    "plain": "top 10 and total, no facets",
    "grouped": f"full faceted answer beside Whoosh's groupedby ({GROUPED_EACH} questions a kind)",
}


def _engine_table(engines: dict[str, dict[str, dict[str, float]]]) -> str:
    names = list(engines)
    lines = [
        (kind, *(f"{engines[name][kind]['p50']:.2f} / {engines[name][kind]['p95']:.2f}" for name in names),
         *(f"{engines['ours'][kind]['p50'] / engines[name][kind]['p50']:.3g}x" for name in names[1:]))
        for kind in engines["ours"]
    ]  # fmt: skip
    return goals.table(("", *names, *(f"ours/{name}" for name in names[1:])), lines)
