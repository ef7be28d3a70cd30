"""How sure is each block of a page to belong to its article? The model that fits the page, asked in its rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from searchapp.ingest.clean.dress import beside_rows, markup_rows, vote_rows
from searchapp.ingest.clean.lines import layout_rows, line_rows
from searchapp.ingest.clean.paragraph import Paragraph
from searchapp.ingest.clean.second import second_rows
from searchapp.ingest.clean.series import Numbers
from searchapp.ingest.clean.speech import speech_rows
from searchapp.ingest.clean.surroundings import ContentWords, content_words, context_rows
from searchapp.ingest.clean.template import template_rows
from searchapp.ingest.clean.trees import Model, model

TEXT, MARKUP, VOTED = "text", "markup", "voted"


def load_models() -> None:
    """Read the models that the first page would wait for."""
    for name in (TEXT, MARKUP, VOTED):
        model(name)


def verdicts(
    paragraphs: Sequence[Paragraph], hints: Mapping[str, tuple[str, ...]], *, repeated: Sequence[float]
) -> Numbers:
    """For each paragraph how sure it is that it belongs to the article, above or below 0.5."""
    if not paragraphs:
        return np.zeros(0, np.float32)
    markup = any(one.block.tag for one in paragraphs)
    chosen = model((VOTED if paragraphs[0].layout.votes else MARKUP) if markup else TEXT)
    own = content_words(paragraphs)
    rows = first_rows(paragraphs, hints, np.array(repeated, np.float32), own, markup=markup)
    return placed(_asked(chosen, paragraphs, rows, own, markup=markup), chosen.threshold)


def first_rows(
    paragraphs: Sequence[Paragraph], hints: Mapping[str, tuple[str, ...]], repeated: Numbers, own: ContentWords, *,
    markup: bool,
) -> Numbers:  # fmt: skip
    """What the first round sees of each paragraph."""
    said = line_rows(paragraphs)
    around = context_rows(paragraphs, said, repeated, own)
    spoken = [speech_rows(paragraphs, said, own), template_rows(repeated, said)]
    if not markup:
        return np.concatenate([said, around, layout_rows(paragraphs), *spoken], axis=1)
    votes = [vote_rows(paragraphs)] if paragraphs and paragraphs[0].layout.votes else []
    dressed = [markup_rows(paragraphs, hints), beside_rows(paragraphs), *votes]
    return np.concatenate([said, around, *spoken, *dressed], axis=1)


def _asked(
    chosen: Model, paragraphs: Sequence[Paragraph], rows: Numbers, own: ContentWords, *, markup: bool
) -> Numbers:
    found = chosen.rounds[0].verdicts(rows)
    if len(chosen.rounds) > 1:
        more = second_rows(paragraphs, rows, found, own, markup=markup)
        found = chosen.rounds[1].verdicts(np.concatenate([rows, more], axis=1))
    return found


def placed(found: Numbers, threshold: float) -> Numbers:
    """The verdicts, moved so that 0.5 parts what is kept from what is dropped."""
    low = found * (0.5 / threshold)
    high = 1 - (1 - found) * (0.5 / (1 - threshold))
    return np.where(found <= threshold, low, high).astype(np.float32)
