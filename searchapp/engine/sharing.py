"""Which documents share text, after a change? Each is told of the others, and none of one that is gone."""

from __future__ import annotations

from collections.abc import Collection, Mapping

Sharing = Mapping[str, tuple[str, ...]]
"""The other documents that share text with each that does, by document id, in order."""


def after(known: Sharing, said: Mapping[str, Collection[str]], gone: Collection[str] = ()) -> dict[str, tuple[str, ...]]:
    """What holds once some documents are said to share text with others than before, and some are gone."""
    changed = {**known, **{document: tuple(sorted(others)) for document, others in said.items()}}
    if gone:
        left = set(gone)
        changed = {
            document: tuple(one for one in others if one not in left)
            for document, others in changed.items() if document not in left
        }  # fmt: skip
    return {document: others for document, others in changed.items() if others}
