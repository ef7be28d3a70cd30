"""How fast is a full faceted answer beside Whoosh's own `groupedby` on the same index, with equal counts?"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from whoosh import index as whoosh_index
from whoosh import sorting
from whoosh.qparser import QueryParser

from searchapp.engine.whoosh_index import WhooshEngine
from searchapp.facets import FacetSet
from searchapp.model import SearchQuery

QUERIES = (
    "bank", "said", "market shares", "government", "oil price", "president", "company million", "war", "football",
)  # fmt: skip
FACETS = ("outlet", "actor", "location", "cites", "language", "folder")
ROUNDS = 7


def measure_facets(index: Path) -> dict[str, object]:
    """Thread CPU milliseconds a query, ours (with its histogram) and Whoosh's of the same facets, and the ratio."""
    engine = WhooshEngine(index, FacetSet())
    folder = index / "generations" / str(engine.info().generation)
    searcher = whoosh_index.open_dir(str(folder)).searcher()
    parser = QueryParser("text", searcher.schema)
    rows = []
    for text in QUERIES:
        words = " ".join(f'"{word}"' for word in text.split())
        asked = f"text:{words.replace(' ', ' text:')}"
        counting = SearchQuery(text=asked, dupes="show", per_page=0)
        page = SearchQuery(text=asked, dupes="show", per_page=10)
        parsed = parser.parse(text)
        groups = _groups()
        ours = engine.search(SearchQuery(text=asked, dupes="show", facet_size=1000))
        _compare(text, ours, searcher.search(parsed, limit=10, groupedby=groups))
        rows.append(
            (
                text,
                ours.total,
                _milliseconds(partial(engine.search, counting)),
                _milliseconds(partial(engine.search, page)),
                _milliseconds(partial(searcher.search, parsed, limit=10, groupedby=groups)),
            )
        )
    engine.close()
    return {
        "queries": [
            {"q": text, "total": total, "facets_ms": ours, "page_ms": page, "whoosh_ms": whoosh}
            for text, total, ours, page, whoosh in rows
        ],
        "median_ratio_to_whoosh": round(statistics.median(row[4] / row[2] for row in rows)),
        "lowest_ratio_to_whoosh": round(min(row[4] / row[2] for row in rows)),
        "median_ratio_with_snippets": round(statistics.median(row[4] / row[3] for row in rows)),
        "counts_equal": True,
    }


def _groups() -> sorting.Facets:
    groups = sorting.Facets()
    for name in FACETS:
        groups.add_field(f"facet_{name}", allow_overlap=True, maptype=sorting.Count)
    return groups


def _compare(text: str, ours: object, grouped: object) -> None:
    """Stop where the counts differ: a fast wrong answer is worth nothing."""
    for name in FACETS:
        counted = {row.value.id: row.count for facet in ours.facets if facet.name == name for row in facet.values}  # type: ignore[attr-defined]
        theirs = {value: count for value, count in grouped.groups(f"facet_{name}").items() if value}  # type: ignore[attr-defined]
        if any(theirs.get(value) != count for value, count in counted.items()) or len(counted) < min(len(theirs), 1000):
            raise AssertionError(f"{text}: the counts of {name} differ from Whoosh's")


def _milliseconds(answer: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.thread_time()
        answer()
        times.append((time.thread_time() - start) * 1000)
    return round(statistics.median(times), 3)
