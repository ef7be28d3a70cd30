"""How does one page become a document? Each stage in turn, its answer handed to the next as a value."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from searchapp import __version__
from searchapp.authority import Authority
from searchapp.config import Settings
from searchapp.facets import FacetSet
from searchapp.ingest.actors import actor_entries, discover, discovered_entries, find_actors, load_actor_names
from searchapp.ingest.clean import Learned, Orders, clean, load_cues, quality_of
from searchapp.ingest.data import data_folder
from searchapp.ingest.data.written_dates import load_calendar
from searchapp.ingest.dates import find_date
from searchapp.ingest.headline import find_headline
from searchapp.ingest.language import detect_language, load_detectors
from searchapp.ingest.outlets import cited_entries, find_cited, find_outlet, home_of, load_outlet_names
from searchapp.ingest.parse import parse, require_libraries
from searchapp.ingest.places import find_places, load_place_names
from searchapp.model import Block, Claim, Document, FacetEntry, FacetValue, Mention, Page, RawFile
from searchapp.withheld import WithheldList

PATH_SIGN = " > "
"""Between the steps of a declared value of a facet that is a tree."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the stages know besides the page: records, declared facets, the day of the run, what was taken down.

    With `votes` two libraries are asked which blocks of a page of markup they would keep. `fingerprint` stands for all
    of it but the day and that list, `rules` for all but the records.
    """

    authority: Authority
    facets: FacetSet
    today: datetime.date
    fingerprint: str
    withheld: WithheldList = field(default_factory=WithheldList)
    rules: str = ""
    orders: Orders = field(default_factory=Orders)
    votes: bool = False

    @classmethod
    def load(cls, settings: Settings, facets: FacetSet) -> Knowledge:
        """The shipped records with the archive's own over them; ConfigError where libraries that shall vote are absent."""
        votes = settings.cleaning_votes
        if votes:
            require_libraries()
        authority = Authority.read(settings.archive, data_folder())
        orders = Orders.read(settings.archive)
        rules = f"{__version__} {[repr(spec) for spec in facets.own]} {_shipped()} {_told(orders)} {votes}"
        today = datetime.datetime.now(datetime.UTC).date()
        fingerprint = hashlib.sha256(f"{rules} {authority.fingerprint}".encode()).hexdigest()
        return cls(authority, facets, today, fingerprint, WithheldList.read(settings.archive), rules, orders, votes)

    def warm(self) -> None:
        """Load what the first document would load, so that processes that are forked now share it."""
        load_cues()
        load_calendar()
        load_detectors()
        load_actor_names(self.authority)
        load_outlet_names(self.authority)
        load_place_names(self.authority)


def _shipped() -> str:
    """A digest of every word list and table that the stages read."""
    digest = hashlib.sha256()
    for path in sorted(path for path in data_folder().iterdir() if path.is_file()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _told(orders: Orders) -> str:
    """What the archive's own orders are, in words that are equal as long as they are."""
    return repr(sorted((site, sorted(said.keep), sorted(said.drop)) for site, said in orders.sites.items()))


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A page after cleaning: its blocks with reasons, the kept ones as text, and what its head says."""

    blocks: tuple[Block, ...]
    text: str
    title: Claim
    author: Claim
    date: Claim
    quality: str | None = None


def clean_page(
    page: Page, declared: Mapping[str, Claim], *, learned: Learned | None = None, orders: Orders | None = None
) -> Cleaned:
    """The page with its furniture marked, and title, author and date taken out of its body."""
    headline = find_headline(page, clean(page, learned=learned, orders=orders or Orders()), declared)
    text = "\n\n".join(block.text for block in headline.blocks if block.kept)
    quality = quality_of(headline.blocks) if page.clean else None
    return Cleaned(headline.blocks, text, headline.title, headline.author, headline.date, quality)


def clean_raw(raw: RawFile) -> Cleaned:
    """A file parsed and cleaned; IngestError where it cannot be."""
    return clean_page(parse(raw, dated=False), raw.declared)


def clean_text(data: bytes | str, filename: str) -> str:
    """The kept body of a file that is given by its content and its name, which says what kind it is."""
    content = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return clean_raw(RawFile(filename, content)).text


def document_id(key: str) -> str:
    """The id of the document that the source with this key becomes."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def document_of(
    raw: RawFile, page: Page, knowledge: Knowledge, undeclared: Counter[str], *, learned: Learned | None = None
) -> Document:
    """The document that the page becomes; `undeclared` counts declared values of facets that nobody declared."""
    cleaned = clean_page(page, raw.declared, learned=learned, orders=knowledge.orders)
    title = cleaned.title.value or ""
    authority = knowledge.authority
    language = detect_language(f"{title}\n\n{cleaned.text}", raw.declared.get("language"))
    outlet = find_outlet(cleaned.text, page, cleaned.blocks, raw.declared.get("outlet"), authority)
    mentions, found = _names_in(title, cleaned.text, outlet, authority)
    url = raw.declared.get("url")
    return Document(
        id=document_id(raw.key),
        source=raw.key,
        sha256=raw.sha256,
        text=cleaned.text,
        title=cleaned.title,
        author=cleaned.author,
        outlet=outlet,
        date=find_date(page, cleaned.date, raw.declared.get("date"), knowledge.today),
        language=language,
        url=url.value if url else page.url,
        blocks=cleaned.blocks,
        mentions=mentions,
        facets=facets_of(found, raw.values, knowledge, undeclared),
        quality=cleaned.quality,
        truncated=raw.truncated or page.truncated,
        retrieved=raw.retrieved,
    )


def _names_in(
    title: str, text: str, outlet: Claim, authority: Authority
) -> tuple[tuple[Mention, ...], dict[str, tuple[FacetEntry, ...]]]:
    """Where actors, places and sources are named, and what the facets of each say."""
    actors = find_actors(title, text, authority)
    places = find_places(title, text, authority, masked=actors, home=home_of(outlet, authority))
    cited = find_cited(text, outlet, authority)
    unknown = discover(text, (*actors, *cited), places.mentions, authority)
    return (*actors, *unknown, *places.mentions, *cited), {
        "actor": (*actor_entries(actors, authority), *discovered_entries(unknown)),
        "location": places.entries,
        "cites": cited_entries(cited, authority),
    }


def facets_of(
    found: Mapping[str, tuple[FacetEntry, ...]], declared: Mapping[str, tuple[str, ...]], knowledge: Knowledge,
    undeclared: Counter[str],
) -> dict[str, tuple[FacetEntry, ...]]:  # fmt: skip
    """What was found and what was declared, the declared first; only facets that the archive knows."""
    facets = {name: _declared_names(name, declared.get(name, ()), found[name], knowledge) for name in found}
    for name, values in declared.items():
        spec = knowledge.facets.get(name)
        if spec is not None and spec.archive:
            facets[name] = _entries_of_paths(values) if spec.hierarchy else _entries_of(values)
        elif name not in facets:
            undeclared[name] += 1
    return {name: entries for name, entries in facets.items() if entries}


def _declared_names(
    facet: str, names: Iterable[str], found: tuple[FacetEntry, ...], knowledge: Knowledge
) -> tuple[FacetEntry, ...]:
    """The entries of declared names, each with its ancestors, then the found ones that nobody declared."""
    entries: dict[str, FacetEntry] = {}
    for name in names:
        for value in knowledge.authority.values_of(facet, name):
            entries.setdefault(value.id, FacetEntry(value, "declared"))
    for entry in found:
        entries.setdefault(entry.value.id, entry)
    return tuple(entries.values())


def _entries_of(values: Iterable[str]) -> tuple[FacetEntry, ...]:
    return tuple(FacetEntry(FacetValue(value, value), "declared") for value in dict.fromkeys(values))


def _entries_of_paths(values: Iterable[str]) -> tuple[FacetEntry, ...]:
    """Every step of `Grain > Wheat` as a value of its own, under the one before."""
    entries: dict[str, FacetEntry] = {}
    for value in values:
        steps = [step.strip() for step in value.split(PATH_SIGN.strip()) if step.strip()]
        for depth, step in enumerate(steps):
            path = PATH_SIGN.join(steps[: depth + 1])
            parent = PATH_SIGN.join(steps[:depth]) or None
            entries.setdefault(path, FacetEntry(FacetValue(path, step, parent=parent), "declared"))
    return tuple(entries.values())
