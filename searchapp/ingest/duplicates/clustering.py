"""Which documents are one story? Those with one body, those with nearly the same text, and what hangs together by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from searchapp.ingest.duplicates.comparing import Overlap
from searchapp.model import Fingerprint

SAME = 0.8
"""The part of each other that two texts hold at least which are the same."""
FEWEST_WORDS = 30
"""A body of fewer words is no evidence by itself: pages that only say "Video" are no copies of each other."""


def clusters(fingerprints: Iterable[Fingerprint], overlaps: Iterable[Overlap]) -> dict[str, str]:
    """Cluster id (its smallest document id) by document id, of every document that has a copy.

    A body of fewer than thirty words counts only under the same title, an empty one never.
    """
    known = {one.document: one for one in fingerprints}
    roots: dict[str, str] = {}
    for first, second in (*_equal(known.values()), *_alike(known, overlaps)):
        one, other = sorted((_root(roots, first), _root(roots, second)))
        roots[other] = one
        roots.setdefault(one, one)
    return {document: _root(roots, document) for document in roots}


def sharing(
    documents: Iterable[str], overlaps: Iterable[Overlap], clusters: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """For each document the others that share half of the shorter text with it and are not of its cluster."""
    found: dict[str, list[str]] = {document: [] for document in documents}
    for one in overlaps:
        cluster = clusters.get(one.first)
        if one.first in found and one.second in found and (cluster is None or cluster != clusters.get(one.second)):
            found[one.first].append(one.second)
            found[one.second].append(one.first)
    return {document: tuple(others) for document, others in found.items()}


def _equal(fingerprints: Iterable[Fingerprint]) -> Iterator[tuple[str, str]]:
    """The pairs of documents that have one body."""
    groups: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for one in fingerprints:
        if one.body and (one.words >= FEWEST_WORDS or one.title):
            groups[one.body, "" if one.words >= FEWEST_WORDS else one.title].append(one.document)
    for first, *others in groups.values():
        yield from ((first, other) for other in others)


def _alike(known: Mapping[str, Fingerprint], overlaps: Iterable[Overlap]) -> Iterator[tuple[str, str]]:
    """The pairs whose texts are the same."""
    for one in overlaps:
        if one.same >= SAME and one.first in known and one.second in known:
            first, second = known[one.first], known[one.second]
            if min(first.words, second.words) >= FEWEST_WORDS or first.title == second.title != "":
                yield one.first, one.second


def _root(roots: Mapping[str, str], document: str) -> str:
    while roots.get(document, document) != document:
        document = roots[document]
    return document
