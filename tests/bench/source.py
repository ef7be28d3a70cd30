"""A corpus of made sentences, to be spliced where no data from outside is to be had."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

WORDS = 400


def write_source(path: Path) -> Path:
    """Forty documents of plain words, some far more frequent than others, with names in them; every fifth is undated."""
    rng = random.Random(1)
    words = ["".join(rng.choices("aeioubcdfgklmnprst", k=rng.randint(3, 8))) for _ in range(WORDS)]
    names = [f"{rng.choice(words).capitalize()} {rng.choice(words).capitalize()}" for _ in range(60)]
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        for number in range(40):
            sentences = (
                f"The {' '.join(rng.choices(words, range(WORDS, 0, -1), k=9))} of {rng.choice(names)}." for _ in range(8)
            )
            day = "" if number % 5 == 0 else f"2020-0{number % 9 + 1}-11"
            record = {"id": str(number), "title": f"Title {number}", "text": " ".join(sentences), "date": day}
            lines.write(json.dumps({**record, "outlet": f"Paper {number % 3}", "lang": "en"}) + "\n")
    return path
