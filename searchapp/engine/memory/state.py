"""One generation: all documents and clusters as they were published, and what is worked out from them once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from searchapp.analysis import look_up
from searchapp.engine.memory.records import Record
from searchapp.engine.names import FACETS
from searchapp.engine.sharing import Sharing
from searchapp.engine.vocabulary import Vocabulary
from searchapp.facets import FacetSet
from searchapp.model import FacetEntry, FacetValue, GenerationInfo

Story = tuple[str, str]
"""What counts once when copies are folded: (cluster, "") or ("", document)."""


class State:
    """A published generation; nothing in it changes any more.

    `assigned` is the cluster of each document as the writer said, `sharing` what else shares text with it; `runs` the
    run of every generation so far.
    """

    def __init__(
        self, generation: GenerationInfo, records: Mapping[str, Record], *, assigned: Mapping[str, str],
        sharing: Sharing, runs: Mapping[int, str], facets: FacetSet,
    ) -> None:  # fmt: skip
        self.generation = generation
        self.records = records
        self.assigned = assigned
        self.sharing = sharing
        self.runs = runs
        self.facets = facets
        self._vocabularies: dict[tuple[str, bool], Vocabulary] = {}
        self._lexicons: dict[tuple[str | None, str, str], frozenset[str]] = {}

    @cached_property
    def clusters(self) -> Mapping[str, tuple[str, ...]]:
        """The documents of each cluster in the order of their ids; what has lost its copies is no cluster."""
        members: defaultdict[str, list[str]] = defaultdict(list)
        for identifier in sorted(self.records):
            if identifier in self.assigned:
                members[self.assigned[identifier]].append(identifier)
        return {cluster: tuple(held) for cluster, held in members.items() if len(held) > 1}

    def cluster(self, identifier: str) -> str | None:
        """The cluster of the document, None where it has no copies."""
        cluster = self.assigned.get(identifier)
        return cluster if cluster in self.clusters else None

    def copies(self, identifier: str) -> tuple[str, ...]:
        """The documents of its cluster, itself included; () where it has no copies."""
        cluster = self.cluster(identifier)
        return self.clusters[cluster] if cluster is not None else ()

    def story(self, identifier: str) -> Story:
        cluster = self.cluster(identifier)
        return ("", identifier) if cluster is None else (cluster, "")

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the documents, by code."""
        codes = {one.document.language.value for one in self.records.values()}
        return tuple(sorted(code for code in codes if code is not None))

    def documents_in(self, language: str | None) -> int:
        """How many documents are in this language, by code; None: in any or none."""
        held = (one.document.language.value for one in self.records.values())
        return len(self.records) if language is None else sum(one == language for one in held)

    def entries(self, identifier: str, facet: str) -> tuple[FacetEntry, ...]:
        return self.facets.entries(self.records[identifier].document, facet)

    def vocabulary(self, facet: str, *, discovered: bool = False) -> Vocabulary:
        """The values of the facet; those that are only discovered on request."""
        key = facet, discovered
        if key not in self._vocabularies:
            entries = (entry for identifier in self.records for entry in self.entries(identifier, facet))
            self._vocabularies[key] = Vocabulary(
                entry.value for entry in entries if discovered or entry.status != "discovered"
            )
        return self._vocabularies[key]

    def lexicon(self, field: str | None, scope: str, stream: str) -> frozenset[str]:
        """The distinct tokens of the stream ("forms" or "wholes") in all that a leaf in this field and scope reads."""
        key = field, scope, stream
        if key not in self._lexicons:
            texts = (text for one in self.records.values() for _, text in one.read(field, scope))
            self._lexicons[key] = frozenset(token for text in texts for token in getattr(text, stream)) - {""}
        return self._lexicons[key]

    def frequencies(self, scope: str) -> Mapping[str, int]:
        """In how many documents each form stands, in all that a word without field reads."""
        return self._frequencies[scope]

    @cached_property
    def _frequencies(self) -> Mapping[str, Mapping[str, int]]:
        return {scope: Counter(_distinct(self.records.values(), scope)) for scope in ("clean", "raw", "removed")}

    @cached_property
    def forms_by_stem(self) -> Mapping[str, Collection[str]]:
        """The forms that have each stem in some title or text."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for record in self.records.values():
            for _, piece in record.read(None, "clean"):
                for stem, form in zip(piece.stems, piece.forms, strict=True):
                    found[stem].add(form)
        return found

    @cached_property
    def named(self) -> Mapping[tuple[str, ...], tuple[tuple[str, FacetValue], ...]]:
        """The values of names.FACETS, each with its facet, by the forms of each of their labels."""
        found: defaultdict[tuple[str, ...], dict[tuple[str, str], FacetValue]] = defaultdict(dict)
        for facet in FACETS:
            for value in self.vocabulary(facet):
                for label in (value.label, *value.labels):
                    found[look_up(label, ()).forms][facet, value.id] = value
        return {forms: tuple((facet, value) for (facet, _), value in held.items()) for forms, held in found.items()}


def _distinct(records: Iterable[Record], scope: str) -> Iterable[str]:
    for record in records:
        yield from {form for _, piece in record.read(None, scope) for form in piece.forms}
