"""Do the engines find and count the same? What is fast and wrong is worth nothing, so a difference ends the run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from bench.documents import FACETS
from bench.peers.base import LISTED, Answer, Peer
from bench.questions import Question


class Disagreement(Exception):
    """Two engines do not count the same."""


def check(peers: Sequence[Peer], question: Question) -> int:
    """Compare the answers of all with that of the first, which is ours; gives the total."""
    ours = peers[0].full(question)
    _same(question, "total without facets", {peers[0].name: peers[0].plain(question).total, "with facets": ours.total})
    for peer in peers[1:]:
        _compare(question, ours, peer.full(question), peer.name)
    return ours.total


def _compare(question: Question, ours: Answer, theirs: Answer, name: str) -> None:
    _same(question, "total", {"ours": ours.total, name: theirs.total})
    for facet in FACETS:
        _compare_facet(question, facet, (ours.facets[facet], theirs.facets[facet]), name)
    if theirs.months:
        _same(question, "results by date", {"ours": dict(ours.months), name: _joined(theirs.months, ours.months)})


def _compare_facet(question: Question, facet: str, counts: tuple[Mapping[str, int], Mapping[str, int]], name: str) -> None:
    """Which of equally frequent values are listed is each engine's own choice."""
    ours, theirs = counts
    most = (sorted(one.values(), reverse=True)[:LISTED] for one in counts)
    _same(question, f"counts of {facet}", dict(zip(("ours", name), most, strict=True)))
    both = ours.keys() & theirs.keys()
    _same(question, f"values of {facet}", {"ours": {one: ours[one] for one in both}, name: {one: theirs[one] for one in both}})


def _joined(months: Mapping[int, int], bars: Mapping[int, int]) -> dict[int, int]:
    """The months added up to the bars that begin with the given ones."""
    starts = sorted(bars)
    joined: Counter[int] = Counter()
    for month, count in months.items():
        joined[max((start for start in starts if start <= month), default=month)] += count
    return dict(joined)


def _same(question: Question, what: str, said: Mapping[str, object]) -> None:
    first, second = said.values()
    if first != second:
        raise Disagreement(f"{question.kind} {question.text!r}: the {what} differ: {dict(said)}")
