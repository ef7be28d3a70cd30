"""Which documents are copies of each other? Those with the same folded body; a short one needs the same title too."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from searchapp.analysis import analyze, fold
from searchapp.model import Fingerprint

MIN_WORDS = 30
"""A body of fewer words is no evidence by itself: pages that only say "Video" are no copies of each other."""


def fingerprint(document: str, title: str, text: str) -> Fingerprint:
    """What the document must share with another to be its copy."""
    body = fold(text)
    words = len(body.split())
    if words < MIN_WORDS:
        # Scripts without spaces count by their signs.
        words = len(analyze(body, None).forms)
    return Fingerprint(document, _digest(body), _digest(fold(title)), words)


def clusters(fingerprints: Iterable[Fingerprint]) -> dict[str, str]:
    """Cluster id (its smallest document id) by document id, of every document that has a copy."""
    groups: dict[tuple[str, str], list[str]] = {}
    for one in fingerprints:
        if one.body and (one.words >= MIN_WORDS or one.title):
            groups.setdefault((one.body, "" if one.words >= MIN_WORDS else one.title), []).append(one.document)
    return {document: min(group) for group in groups.values() if len(group) > 1 for document in group}


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest() if text else ""
