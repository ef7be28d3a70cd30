"""The first of many counts are found without sorting them all."""

from __future__ import annotations

import numpy as np
import pytest

from searchapp.engine.whoosh_index.facets.tally import Frequent, leading

VALUES = 20_000


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("share", [0.0, 0.0003, 0.01, 0.3, 1.0])
@pytest.mark.parametrize("size", [0, 1, 10, 700])
def test_the_highest_counts_stand_first_and_equal_ones_by_number(seed: int, share: float, size: int) -> None:
    chance = np.random.default_rng(seed)
    steep = chance.choice([0.3, 1.0, 4.0])
    of_all = np.bincount((VALUES * chance.random(60_000) ** steep).astype(np.int64), minlength=VALUES)
    chance.shuffle(of_all)
    counts = chance.binomial(of_all, share)
    ranked = sorted(np.flatnonzero(counts).tolist(), key=lambda number: (-counts[number], number))
    assert leading(counts, size, Frequent.of(of_all)).tolist() == ranked[:size]


def test_a_count_that_equals_what_others_may_have_is_compared_with_theirs() -> None:
    of_all = np.full(1_000, 3)
    of_all[600:] = 4
    counts = np.zeros(1_000, np.int64)
    counts[[5, 700, 900]] = 3
    assert leading(counts, 2, Frequent.of(of_all)).tolist() == [5, 700]
