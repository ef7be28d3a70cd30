"""Measurements of this engine beside others: python -m bench WHAT, where WHAT is one of

search    answers beside tantivy, FTS5 and Whoosh over the same documents: full, first after opening, without facets
index     documents per CPU second and bytes beside Whoosh's own writer, opening, memory of a worker
growth    how answers grow from --documents to ten and a hundred times as many short documents
http      what a JSON answer through gunicorn costs beyond the engine
ranking   nDCG@10 over judged sets beside Whoosh, FTS5 and tantivy
corpus    write the made documents to --to as lines that `searchapp ingest` reads
ingest    documents that an ingest reads, cleans, tags and indexes in a CPU second
groupedby full faceted answers beside Whoosh's groupedby on one ingested index
worker    memory and answers of a gunicorn worker over that index
facets    how right languages, places, actors, outlets, dates and copies are, by the sets below --data
evidence  whether every value of actors and places in that index opens to evidence that quotes its texts
startup   CPU time until a fresh process has its first document

Without WHAT all but corpus are measured. The first four and corpus make documents: sentences of --corpus spliced anew, with
as many different facet values as a real archive of that size has. What is built is kept in --scratch for the next run.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from bench import corpora, entities, goals, growing, indexing, over_http, searching
from bench.agreement import Disagreement
from bench.cache import Corpus
from bench.clocks import circumstances
from bench.entities import measure_entities
from bench.faceting import measure_facets
from bench.growing import measure_growth
from bench.indexing import measure_index
from bench.ingesting import measure_ingest
from bench.outside import DATA, corpus
from bench.over_http import measure_http
from bench.quoting import measure_quotes
from bench.ranking import measure_ranking
from bench.searching import measure_search
from bench.serving import measure_worker
from bench.starting import measure_start

SPLICED = corpus("news-25110.jsonl.gz")
INGESTED = corpus("news-10000.jsonl.gz")

Found = dict[str, object]


def main(arguments: list[str] | None = None) -> int:
    """Run the measurements that were asked for and print them; 1 where engines do not agree, 2 for bad arguments."""
    given = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    logging.getLogger("bench").setLevel(logging.INFO)
    try:
        found: Found = {}
        for what in given.what or ALL:
            found[what], shown = COMMANDS[what](given)
            print("" if given.json else f"{shown}\n\n", end="", flush=True)
        print(json.dumps(found, indent=2, ensure_ascii=False) if given.json else "", end="")
    except Disagreement as difference:
        print(f"The engines do not agree. {difference}", file=sys.stderr)
        return 1
    except FileNotFoundError as missing:
        print(f"{missing.filename} is not here; name a --corpus or set SEARCHAPP_DATA", file=sys.stderr)
        return 2
    except IsADirectoryError as folder:
        print(f"{folder.filename} is a folder; --corpus is a .jsonl or .jsonl.gz", file=sys.stderr)
        return 2
    except corpora.CorpusError as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


def _positive(text: str) -> int:
    if not (text.isdecimal() and int(text)):
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="*", choices=[*COMMANDS, []], metavar="WHAT", help="what to measure, see above")
    parser.add_argument("--corpus", type=Path, help=f"a .jsonl or .jsonl.gz ({SPLICED}, or {INGESTED})")
    parser.add_argument("--data", type=Path, default=DATA, help=f"the folder of the annotated sets ({DATA})")
    parser.add_argument("--documents", type=_positive, help="how many documents to make of it (20000, 5000 for index, 1000 for growth)")
    parser.add_argument("--words", type=_positive, help="how many words a document has, about (500, 30 for growth)")
    parser.add_argument("--seed", type=int, default=0, help="another seed gives other documents and questions (0)")
    parser.add_argument("--peers", default="tantivy,fts5,whoosh", help="the engines to compare (tantivy,fts5,whoosh)")
    parser.add_argument("--rounds", type=_positive, default=5, help="how often each question is asked (5)")
    parser.add_argument("--scratch", type=Path, default=Path("/tmp/searchapp-bench"), help="where indexes are kept")
    parser.add_argument("--to", type=Path, default=Path("bench.jsonl.gz"), help="the file that `corpus` writes")
    parser.add_argument("--json", action="store_true", help="print the measurements as JSON")
    return parser


def _corpus(given: argparse.Namespace, *, documents: int = 20_000, words: int = 500) -> Corpus:
    """What to splice, as it was asked for; the sizes are those where none were."""
    return Corpus(
        given.corpus or SPLICED, given.documents or documents, words=given.words or words, seed=given.seed, scratch=given.scratch
    )  # fmt: skip


def _search(given: argparse.Namespace) -> tuple[Found, str]:
    found = measure_search(_corpus(given), given.peers.split(","), rounds=given.rounds)
    return found, searching.report(found)


def _index(given: argparse.Namespace) -> tuple[Found, str]:
    found = measure_index(_corpus(given, documents=5_000))
    return found, indexing.report(found)


def _growth(given: argparse.Namespace) -> tuple[Found, str]:
    found = measure_growth(_corpus(given, documents=1_000, words=growing.WORDS), given.peers.split(","))
    return found, growing.report(found)


def _http(given: argparse.Namespace) -> tuple[Found, str]:
    found = measure_http(_corpus(given), rounds=given.rounds)
    return found, over_http.report(found)


def _ranking(given: argparse.Namespace) -> tuple[Found, str]:
    sets = measure_ranking()
    found: Found = {"what": "mean nDCG@10", **circumstances(), "sets": sets}
    return found, f"ranking: {found['what']}, {found['date']}\n\n{goals.quality_table(sets)}"


def _write(given: argparse.Namespace) -> tuple[Found, str]:
    found: Found = {"written": corpora.write(_corpus(given).splicer, given.to), "to": str(given.to)}
    return found, f"{found['written']} documents in {found['to']}"


def _ingested(name: str, measure: Callable[[Path], object]) -> Callable[[argparse.Namespace], tuple[object, str]]:
    """A measurement of an index that an ingest made; it is made when it is not there."""

    def run(given: argparse.Namespace) -> tuple[object, str]:
        source, index = _ingested_corpus(given)
        if not index.exists():
            measure_ingest(source, index)
        found = measure(index)
        return found, f"{name}: {json.dumps(found, indent=2)}"

    return run


def _facets(given: argparse.Namespace) -> tuple[object, str]:
    found = measure_entities(given.data)
    return [asdict(one) for one in found], entities.report(found)


def _ingest(given: argparse.Namespace) -> tuple[Found, str]:
    found: Found = {**measure_ingest(*_ingested_corpus(given))}
    return found, f"ingest: {json.dumps(found, indent=2)}"


def _ingested_corpus(given: argparse.Namespace) -> tuple[Path, Path]:
    """What is ingested, and the index folder for it."""
    source: Path = given.corpus or INGESTED
    return source, given.scratch / f"ingested-{source.name}"


COMMANDS: dict[str, Callable[[argparse.Namespace], tuple[object, str]]] = {
    "search": _search,
    "index": _index,
    "growth": _growth,
    "http": _http,
    "ranking": _ranking,
    "corpus": _write,
    "ingest": _ingest,
    "groupedby": _ingested("groupedby", measure_facets),
    "facets": _facets,
    "worker": _ingested("worker", measure_worker),
    "evidence": _ingested("evidence", measure_quotes),
    "startup": _ingested("startup", measure_start),
}
ALL = [what for what in COMMANDS if what != "corpus"]


if __name__ == "__main__":
    sys.exit(main())
