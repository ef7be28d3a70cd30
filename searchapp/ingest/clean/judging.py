"""How sure is each block of a page to belong to its article? The model that fits the page, asked in its rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from searchapp.ingest.clean.body import Body, best_run
from searchapp.ingest.clean.borders import border_rows
from searchapp.ingest.clean.dress import beside_rows, markup_rows, vote_rows
from searchapp.ingest.clean.lines import column, layout_rows, line_rows
from searchapp.ingest.clean.paragraph import Paragraph
from searchapp.ingest.clean.second import second_rows
from searchapp.ingest.clean.series import Numbers
from searchapp.ingest.clean.speech import speech_rows
from searchapp.ingest.clean.surroundings import ContentWords, content_words, context_rows
from searchapp.ingest.clean.template import template_rows
from searchapp.ingest.clean.trees import Model, model

TEXT, MARKUP, VOTED = "text", "markup", "voted"
_LOWEST_THRESHOLD, _FEWEST_WORDS = 0.25, 20


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
    found = _asked(chosen, paragraphs, rows, own, markup=markup)
    return placed(found, column(rows, "words"), chosen.threshold)


def first_rows(
    paragraphs: Sequence[Paragraph], hints: Mapping[str, tuple[str, ...]], repeated: Numbers, own: ContentWords, *,
    markup: bool,
) -> Numbers:  # fmt: skip
    """What the first round sees of each paragraph."""
    said = line_rows(paragraphs)
    body = _body(paragraphs, said)
    around = context_rows(said, body, own, repeated)
    spoken = [speech_rows(paragraphs, body), template_rows(repeated, said), border_rows(paragraphs, said, body, own)]
    if not markup:
        return np.concatenate([said, around, layout_rows(paragraphs), *spoken], axis=1)
    votes = [vote_rows(paragraphs)] if paragraphs and paragraphs[0].layout.votes else []
    dressed = [markup_rows(paragraphs, hints), beside_rows(paragraphs), *votes]
    return np.concatenate([said, around, *spoken, *dressed], axis=1)


def _body(paragraphs: Sequence[Paragraph], said: Numbers) -> Body:
    prose = np.array([one.prose for one in paragraphs], bool)
    return Body(
        np.array([len(one.folded) for one in paragraphs], np.float32), column(said, "ends") == 0, column(said, "capital_share"),
        prose, prose & (column(said, "partial") == 0), best_run(column(said, "liking")),
    )  # fmt: skip


def _asked(
    chosen: Model, paragraphs: Sequence[Paragraph], rows: Numbers, own: ContentWords, *, markup: bool
) -> Numbers:
    found = chosen.rounds[0].verdicts(rows)
    if len(chosen.rounds) > 1:
        more = second_rows(paragraphs, rows, found, own, markup=markup)
        found = chosen.rounds[1].verdicts(np.concatenate([rows, more], axis=1))
    return found


def placed(found: Numbers, words: Numbers, threshold: float) -> Numbers:
    """The verdicts on blocks of so many words, moved so that 0.5 parts what is kept of the page from what is dropped.

    The less is sure on a page, the more is kept: F1 is greatest when each block is kept whose verdict is above half of
    the best F1 that can be expected (Lipton, Elkan and Naryanaswamy, Optimal Thresholding of Classifiers to Maximize F1
    Measure, 2014, theorem 1). `threshold` stands for that half, as measured. A page that promises no more than a line
    or two has no article of which more could be kept.
    """
    if float((found * words).sum()) >= _FEWEST_WORDS:
        threshold = max(_LOWEST_THRESHOLD, threshold * _expected(found, words))
    low = found * (0.5 / threshold)
    high = 1 - (1 - found) * (0.5 / (1 - threshold))
    return np.where(found <= threshold, low, high).astype(np.float32)


def _expected(found: Numbers, words: Numbers) -> float:
    """The best F1 over words that is expected of keeping the blocks whose verdicts are highest, from 0 to 1."""
    order = np.argsort(-found, kind="stable")
    likely = np.cumsum(found[order] * words[order], dtype=np.float64)
    kept = np.cumsum(words[order], dtype=np.float64)
    return float(np.max(2 * likely / np.maximum(kept + likely[-1], 1))) if len(found) else 0.0
