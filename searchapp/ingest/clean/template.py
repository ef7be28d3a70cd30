"""Where do lines that the site repeats stand around each block? An article has none inside, so that they are its borders."""

from __future__ import annotations

import numpy as np

from searchapp.ingest.clean.body import best_run
from searchapp.ingest.clean.lines import column
from searchapp.ingest.clean.repetition import SOMETIMES, UNKNOWN
from searchapp.ingest.clean.series import Numbers, above, since, stacked, until, windowed

_REPEATED_LIKING = -3.0
_MOST_WORDS = 10
TEMPLATE_NAMES = (
    "since_repeated", "until_repeated", "repeated_window_1", "repeated_window_8", "repeated_words_window_3",
    "repeated_since_run", "repeated_words_since_run", "place_in_own_run", "past_own_run", "repeated_above",
)  # fmt: skip


def template_rows(repeated: Numbers, said: Numbers) -> Numbers:
    """Where repeated lines stand around each block, and around the best run without any; all unknown where nothing is."""
    size = len(repeated)
    if not size or repeated[0] == UNKNOWN:
        return np.full((size, len(TEMPLATE_NAMES)), UNKNOWN, np.float32)
    again = repeated >= SOMETIMES
    flags, words = again.astype(np.float32), np.maximum(column(said, "words"), 1)
    first, last = best_run(np.where(again, _REPEATED_LIKING, column(said, "liking")))
    places = np.arange(size)
    lines_above, words_above = above(flags), above(flags * np.minimum(words, _MOST_WORDS))
    return stacked([
        since(again), until(again), windowed(flags, 1), windowed(flags, 8) / windowed(np.ones_like(flags), 8),
        windowed(flags * words, 3) / windowed(words, 3),
        *(np.where(places >= first, counted - counted[min(first, size - 1)], UNKNOWN) for counted in (lines_above, words_above)),
        places - first, places - last, lines_above / max(1.0, float(flags.sum())),
    ])  # fmt: skip
