"""Actors in news that was annotated elsewhere: no worse than once measured."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from bench.naming import measure_curated, measure_discovered
from searchapp.config import Settings
from searchapp.facets import FacetSet
from searchapp.ingest.parse import parse
from searchapp.ingest.pipeline.assemble import Knowledge, document_of
from searchapp.model import RawFile
from tests import floors
from tests.ingest.shipped import shipped

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def test_curated_actors_of_the_seeds(data: Path) -> None:
    knowledge = Knowledge.load(Settings(archive=None), FacetSet())
    gold = json.loads((data / "cleaning/seeds_gold.json").read_text(encoding="utf-8"))["seeds"]
    raws = {name: RawFile(f"seeds/{name}", (SEEDS / name).read_bytes()) for name in gold}
    made = {name: document_of(raw, parse(raw), knowledge, Counter()) for name, raw in raws.items()}
    score = measure_curated(made, gold)
    assert score.f1 >= floors.CURATED_ACTORS_OF_THE_SEEDS, score.wrong


def test_discovered_names_are_actors_of_that_type(data: Path) -> None:
    found = measure_discovered(data / "ner/conll2003-en-dev.jsonl.gz", shipped())
    assert found.real >= floors.DISCOVERED_NAMES_ARE_ACTORS
    assert found.typed >= floors.DISCOVERED_NAMES_OF_THEIR_TYPE
    assert found.mentions >= floors.DISCOVERED_MENTIONS
