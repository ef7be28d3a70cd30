"""Which blocks of a page are its article? The same blocks, each kept or dropped with its reason."""

from __future__ import annotations

from dataclasses import replace

from searchapp.ingest.clean.paragraph import paragraphs_of
from searchapp.ingest.clean.passes import PASSES, Sheet
from searchapp.model import Block, Page


def clean(page: Page) -> tuple[Block, ...]:
    """The blocks of the page in order, each kept or dropped with its reason; all kept where the text is clean already."""
    if not page.clean:
        return page.blocks
    sheet = Sheet(paragraphs_of(page.blocks), [None] * len(page.blocks))
    for one_pass in PASSES:
        for number, reason in list(one_pass(sheet)):
            sheet.reasons[number] = reason
    return tuple(replace(one.block, reason=reason) for one, reason in zip(sheet.paragraphs, sheet.reasons, strict=True))
