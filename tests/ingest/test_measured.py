"""Places and copies in news that was annotated elsewhere: no worse than once measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.copying import measure_copies
from bench.placing import lines_of, measure_local, measure_wire, tagger, wire_of
from tests import floors
from tests.ingest.shipped import shipped


def test_places_are_found_in_wire_news(data: Path) -> None:
    score = measure_wire(wire_of(data / "ner/conll2003-en-dev.jsonl.gz"), tagger(shipped()))
    assert score.f1 >= floors.PLACES_IN_WIRE_NEWS, score.wrong[:20]


@pytest.mark.long
def test_places_are_found_and_told_in_local_news(data: Path) -> None:
    found = measure_local(data / "ner/lgl.jsonl.gz", shipped(), tagger(shipped()), lambda host: None)
    measured = {"spans": found.spans.f1, "countries": found.countries.f1, "cities": found.cities.precision}
    assert {name for name, value in measured.items() if value < floors.PLACES_IN_LOCAL_NEWS[name]} == set(), measured


def test_copies_are_found_whatever_was_done_to_them(data: Path) -> None:
    found = measure_copies((one["text"] for one in lines_of(data / "corpus/news-1000.jsonl.gz")), copied=100)
    assert min(found.found.values()) >= floors.COPIES_FOUND, found
    assert found.false <= floors.COPIES_FALSE, found
