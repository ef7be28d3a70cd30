"""The form of many fields writes a query that means what the fields say."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchapp.errors import LimitExceeded
from searchapp.grammar import parse
from searchapp.reports.advanced import written_query


@pytest.mark.parametrize(
    ("fields", "query"),
    [
        ({}, ""),
        ({"all": " haftar  libya "}, "haftar libya"),
        ({"exact": 'eastern "Syria"'}, '"eastern Syria"'),
        ({"any_words": "wagner"}, "wagner"),
        ({"any_words": "wagner haftar", "none": "wheat corn"}, "(wagner OR haftar) -wheat -corn"),
        ({"near": "fighters Libya", "distance": "10"}, '"fighters Libya"~10'),
        ({"near": "fighters Libya", "distance": "1000"}, '"fighters Libya"~5'),
        ({"near": "fighters"}, "fighters"),
        ({"inside": "libya", "field": "title"}, "title:libya"),
        ({"inside": "al wasl", "field": "outlet"}, 'outlet:"al wasl"'),
        ({"inside": "x", "field": "password"}, ""),
        ({"all": "AND -x a:b"}, '"AND" "-x" "a:b"'),
    ],
)  # fmt: skip
def test_fields_become_a_query(fields: dict[str, str], query: str) -> None:
    assert written_query(fields) == query


WORDS = st.text(st.characters(categories=("L", "N", "P", "Z", "S")), max_size=30)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(("exact", "any_words", "near", "none", "all", "inside"), WORDS)))
def test_whatever_is_typed_no_parenthesis_or_mark_is_left_open(fields: dict[str, str]) -> None:
    query = written_query({**fields, "field": "title"})
    assert query.count('"') % 2 == 0
    with suppress(LimitExceeded):
        assert not any("never closed" in warning for warning in parse(query).warnings)
