"""`python -m bench`: how fast is an ingest, how fast a faceted answer beside Whoosh's own, how big a worker, how soon it starts?"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from pathlib import Path

from bench.faceting import measure_facets
from bench.ingesting import measure_ingest
from bench.outside import corpus
from bench.serving import measure_worker
from bench.starting import measure_start

WHAT = ("ingest", "facets", "worker", "startup")


def main() -> int:
    """Run the measurements that were asked for and print them."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("what", nargs="*", choices=[*WHAT, []], help="what to measure (default: all)")
    parser.add_argument("--corpus", type=Path, default=corpus("news-10000.jsonl.gz"), help="a .jsonl or .jsonl.gz")
    parser.add_argument("--index", type=Path, default=Path("/tmp/searchapp-bench"), help="a scratch folder")
    given = parser.parse_args()
    if not given.corpus.exists():
        print(f"{given.corpus} is not here; name one with --corpus or set SEARCHAPP_DATA", file=sys.stderr)
        return 2
    found: dict[str, object] = {"machine": f"{platform.machine()}, Python {platform.python_version()}"}
    if not given.what or "ingest" in given.what or not given.index.exists():
        found |= {"ingest": measure_ingest(given.corpus, given.index)}
    if not given.what or "facets" in given.what:
        found |= {"facets": measure_facets(given.index)}
    if not given.what or "worker" in given.what:
        found |= {"worker": measure_worker(given.index)}
    if not given.what or "startup" in given.what:
        found |= {"startup": measure_start(given.index)}
    print(json.dumps(found, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
