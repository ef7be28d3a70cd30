"""How much are two copies of a story alike, and what differs? Whole paragraphs are compared, and some that differ shown."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Literal

from searchapp.analysis import fold
from searchapp.model import Document
from searchapp.reports.present import Plain

MOST_PARAGRAPHS = 400
"""Of longer texts the beginnings are compared, so that the work is bounded."""

MOST_SHOWN = 3
Level = Literal["exact", "same text", "shares text"]
_SHOWN = 160


def level_of(own: Document, other: Document) -> Level:
    """How much a copy is alike: `exact` where the folded body is equal, else `same text`."""
    return "exact" if fold(own.text) == fold(other.text) else "same text"


def differences(own: Document, other: Document) -> Plain:
    """How many paragraphs `other` has not or has besides, and the beginnings of a few of them.

    `same` says that it holds the same paragraphs and title, `partial` that only the beginnings were compared.
    """
    mine, theirs = _paragraphs(own), _paragraphs(other)
    own_folded, other_folded = ([fold(paragraph) for paragraph in side[:MOST_PARAGRAPHS]] for side in (mine, theirs))
    missing: list[str] = []
    added: list[str] = []
    for kind, start, end, first, last in SequenceMatcher(a=own_folded, b=other_folded, autojunk=False).get_opcodes():
        if kind != "equal":
            missing += mine[start:end]
            added += theirs[first:last]
    retitled = fold(own.title.value or "") != fold(other.title.value or "")
    return {
        "same": not missing and not added and not retitled,
        "retitled": retitled,
        "missing": len(missing),
        "added": len(added),
        "missing_shown": [_short(paragraph) for paragraph in missing[:MOST_SHOWN]],
        "added_shown": [_short(paragraph) for paragraph in added[:MOST_SHOWN]],
        "partial": max(len(mine), len(theirs)) > MOST_PARAGRAPHS,
    }


def _paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if block.kept and block.text.strip()] or document.text.split("\n\n")


def _short(paragraph: str) -> str:
    line = " ".join(paragraph.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN].rpartition(' ')[0] or line[:_SHOWN]} …"
