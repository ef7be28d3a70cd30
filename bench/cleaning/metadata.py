"""`python -m bench.cleaning.metadata DATA`: how right are titles, dates, authors and outlets of the annotated pages?

A title is right with four of five words; an author with one full name of those annotated, or four of five of all their
words; an outlet where its name fits the host of the page. A day is right where it is the annotated one; months and years
that are annotated are passed over. Shares are of the pages with an annotation; of dumps, `stands` are the shares of those
in which the annotated title or day stands, and `precise` those of the days that were given.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from bench.cleaning.packed import ANNOTATIONS, DATA_HELP, unpacked
from bench.cleaning.pages import SUFFIXES
from bench.fit_titles import same_words
from bench.goals import table
from searchapp.authority import Authority
from searchapp.ingest.data import data_folder
from searchapp.ingest.dates import find_date
from searchapp.ingest.outlets import find_outlet
from searchapp.ingest.parse import parse
from searchapp.ingest.pipeline import clean_page
from searchapp.model import RawFile

_LATEST = date(2026, 12, 31)
_COLUMNS = ("title", "title stands", "date", "date precise", "date precise stands", "author", "outlet")

Job = tuple[Path, str, Mapping[str, Any]]
"""A page, its kind and what is annotated of it."""
Answers = dict[str, bool]
"""By column whether the answer is right; a column that does not ask of this page is not in it."""


def stands(day: date, text: str) -> bool:
    """Whether a day is written in the text, in numbers or in English."""
    month, number, year = rf"{day:%b}[a-z]*\.?", rf"0?{day.day}(?:st|nd|rd|th)?", f"{day.year}"
    forms = (
        rf"{year}[-/.]0?{day.month}[-/.]0?{day.day}\b",
        rf"\b0?{day.month}[-/.]0?{day.day}[-/.](?:{year}|{year[2:]})\b",
        rf"\b0?{day.day}[-/.]0?{day.month}[-/.](?:{year}|{year[2:]})\b",
        rf"{month}\s+{number},?\s+{year}",
        rf"\b{number}\.?,?\s+(?:of\s+)?{month},?\s+{year}",
    )
    return any(re.search(form, text, re.IGNORECASE) for form in forms)


def fits_host(name: str, host: str, authority: Authority) -> bool:
    """Whether the outlet lives at this host, or its name and the host's have the same letters in them."""
    hosts = {site for record in authority.outlets.values() if record.name == name for site in record.website}
    letters = re.sub(r"\W|_", "", name.casefold()).removeprefix("the")
    core = re.sub(r"\W", "", host.split(".")[0])
    return host in hosts or core in letters or letters in core or core == "".join(word[0] for word in name.casefold().split())


def answers(job: Job) -> Answers:
    """What of the metadata of a page is right."""
    path, kind, said = job
    page = parse(RawFile(path.name, path.read_bytes()))
    cleaned = clean_page(page, {})
    found: Answers = {}
    if said.get("title"):
        found["title"] = same_words(cleaned.title.value or "", said["title"])
        if any(said["title"] in block.text for block in page.blocks):
            found["title stands"] = found["title"]
    try:
        day = date.fromisoformat(str(said.get("date"))[:10])
    except ValueError:
        day = None
    if day:
        given = find_date(page, cleaned.date, None, _LATEST).value
        found["date"] = given == day.isoformat()
        if given:
            found["date precise"] = found["date"]
            if stands(day, "\n".join(block.text for block in page.blocks)):
                found["date precise stands"] = found["date"]
    if kind == "html":
        names = [name.casefold() for name in said.get("authors") or ()]
        author = (cleaned.author.value or "").casefold()
        if names:
            found["author"] = same_words(author, " ".join(names)) or any(name in author for name in names)
        authority = _authority()
        outlet = find_outlet(cleaned.text, page, cleaned.blocks, None, authority).value
        found["outlet"] = outlet is not None and fits_host(outlet, said["site"], authority)
    return found


@cache
def _authority() -> Authority:
    return Authority.read(None, data_folder())


def jobs_of(data: Path) -> Iterator[tuple[tuple[str, str], Job]]:
    """The annotated pages, each with its kind and set."""
    annotated = json.loads((data / ANNOTATIONS).read_text(encoding="utf-8"))
    for kind, suffix in SUFFIXES.items():
        for name, pages in annotated.items():
            for page, said in sorted(pages.items()):
                yield (kind, name), (data / name / f"{page}{suffix}", kind, said)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.cleaning.metadata", description=__doc__)
    parser.add_argument("data", type=Path, help=DATA_HELP)
    right: defaultdict[tuple[str, str], defaultdict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    with unpacked(parser.parse_args().data) as data, ProcessPoolExecutor() as processes:
        places, jobs = zip(*jobs_of(data), strict=True)
        for (kind, name), found in zip(places, processes.map(answers, jobs, chunksize=20), strict=True):
            for column, answer in found.items():
                right[kind, name][column].append(answer)
                right[kind, "all"][column].append(answer)
    lines = [(*place, *(_share(told[column]) for column in _COLUMNS)) for place, told in right.items()]
    print(table(("kind", "set", *_COLUMNS), lines))


def _share(told: list[bool]) -> str:
    return f"{sum(told) / len(told):.3f} of {len(told)}" if told else ""


if __name__ == "__main__":
    main()
