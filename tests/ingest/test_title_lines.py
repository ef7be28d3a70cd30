"""The line that is given for the title is the one for which all its looks speak most."""

from __future__ import annotations

import random

import pytest
import yaml

from searchapp.ingest.data import data_folder
from searchapp.ingest.headline.lines import body_start
from searchapp.ingest.headline.title_lines import title_line, title_lines
from searchapp.model import Block

WORDS = "bridge river lorries opened minister Forty Bridge Minister crossed 12 | transport market, grain? harbour. News More".split()


def made_page(seed: int) -> list[Block]:
    """Lines of some words above a body that says some of them too."""
    chance = random.Random(seed)
    heads = [" ".join(chance.choices(WORDS, k=chance.randint(1, 12))) for _ in range(chance.randint(0, 30))]
    heads.insert(chance.randint(0, len(heads)), "3 May 2020")
    body = [" ".join(chance.choices(WORDS, k=40)) + "." for _ in range(3)]
    lines = [*heads, *chance.choices(heads, k=2), *body]
    return [Block(line, 0, len(line), blank_before=chance.random() < 0.3) for line in lines]


@pytest.mark.parametrize("seed", range(40))
def test_no_line_that_is_left_unweighed_could_have_been_the_title(seed: int) -> None:
    weights = yaml.safe_load((data_folder() / "title_weights.yaml").read_text(encoding="utf-8"))
    blocks = made_page(seed)
    scores = {line.number: sum(weights[name] * value for name, value in line.looks.items()) for line in title_lines(blocks)}
    given = title_line(blocks, body_start(blocks))
    best = max(scores.values(), default=0.0)
    if given is None:
        assert best < weights["enough"]
    else:
        assert scores[given] == pytest.approx(best) and best >= weights["enough"]
