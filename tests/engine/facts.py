"""What documents say of themselves, as plain sets, and what their facets must say for it; nothing here knows an engine.

For archives that are too large to be looked at document by document for every question.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Literal

from searchapp.facets import FacetSet
from searchapp.model import Document, FacetCount, Filter, Results, SearchQuery

MISSING: tuple[Literal["chosen", "excluded"] | None, ...] = (None, None, "chosen", "excluded")


@dataclass(frozen=True, slots=True)
class Carried:
    """A value that a document carries; `sure` is one that was not guessed."""

    value: str
    sure: bool = True
    discovered: bool = False
    salient: bool = True


@dataclass(frozen=True, slots=True)
class Fact:
    """One document: its values by facet, its whole date, its words; those of one `story` are copies of each other."""

    story: str
    facets: Mapping[str, tuple[Carried, ...]]
    day: str | None
    words: frozenset[str] = frozenset()


def facts_of(document: Document, story: str, facets: FacetSet, names: Iterable[str]) -> Fact:
    """What a document says of itself in these facets, its words being split at blanks."""
    carried = {
        name: tuple(Carried(one.value.id, one.status in ("declared", "curated"), one.status == "discovered", one.salient)
                    for one in facets.entries(document, name))
        for name in names
    }  # fmt: skip
    text = f"{document.title.value or ''} {document.text}".lower().replace(".", " ")
    return Fact(story, carried, document.date.value, frozenset(text.split()))


@dataclass
class Facts:
    """All documents of an archive, by number."""

    documents: Sequence[Fact]
    _holders: dict[tuple[str, bool, bool], dict[str, set[int]]] = field(default_factory=dict)
    _speaking: dict[str, set[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._every = set(range(len(self.documents)))
        sizes = Counter(one.story for one in self.documents)
        self._copied = {number for number, one in enumerate(self.documents) if sizes[one.story] > 1}

    def results(self, numbers: set[int], query: SearchQuery) -> int:
        """How many results these documents are."""
        if query.dupes == "show":
            return len(numbers)
        copied = numbers & self._copied
        return len(numbers) - len(copied) + len({self.documents[one].story for one in copied})

    def passing(self, query: SearchQuery, *, ranged: bool = True) -> set[int]:
        """The documents that hold all words of the query and pass its filters; with `ranged`, also those of the date."""
        found = self._every
        for word in query.text.split():
            found = found & self._with_word(word.strip('"'))
        for own in query.filters:
            if own.facet != "date" and own.active:
                found = found & self._chosen(own, query)
        return {one for one in found if self._in_time(one, query)} if ranged else found

    def counts(self, facet: str, query: SearchQuery) -> dict[str, tuple[int, int]]:
        """How many results carry each value, and of how many it was only guessed."""
        own = query.filter(facet)
        lifted = replace(own, chosen=own.chosen if own.combine == "and" else (), missing=None)
        counts = self._carried(facet, self.passing(query.with_filter(lifted)), query)
        for value in own.excluded:
            without = replace(lifted, excluded=tuple(one for one in own.excluded if one != value))
            counts.update({
                held: count for held, count in self._carried(facet, self.passing(query.with_filter(without)), query).items()
                if held == value
            })  # fmt: skip
        return counts

    def without(self, facet: str, query: SearchQuery) -> int:
        """How many results carry no value of the facet, its choices lifted."""
        own = replace(query.filter(facet), chosen=(), missing=None)
        return self.results(self.passing(query.with_filter(own)) - self._having(facet, query), query)

    def dated(self, query: SearchQuery, bars: Sequence[tuple[str, str]]) -> list[int]:
        """How many results are of the days of each bar, from its first to its last, those of the query's range alone."""
        start, end = query.date_from or "0", f"{query.date_to or '9'}~"
        days = [(one, self.documents[one].day or "") for one in self.passing(query, ranged=False)]
        days = [(one, day) for one, day in days if start <= day <= end]
        return [self.results({one for one, day in days if first <= day <= last}, query) for first, last in bars]

    def undated(self, query: SearchQuery) -> int:
        """How many results have no date, its choices lifted."""
        return self.results({one for one in self.passing(query, ranged=False) if not self.documents[one].day}, query)

    def holders(self, facet: str, query: SearchQuery) -> Mapping[str, set[int]]:
        """The documents with each value that counts in the query."""
        key = facet, query.discovered, facet in query.salient
        if key not in self._holders:
            held: defaultdict[str, set[int]] = defaultdict(set)
            for number in self._every:
                for one in self._counted(number, facet, query):
                    held[one.value].add(number)
            self._holders[key] = dict(held)
        return self._holders[key]

    def _counted(self, number: int, facet: str, query: SearchQuery) -> Iterator[Carried]:
        for one in self.documents[number].facets[facet]:
            if (query.discovered or not one.discovered) and (one.salient or facet not in query.salient):
                yield one

    def _carried(self, facet: str, numbers: set[int], query: SearchQuery) -> dict[str, tuple[int, int]]:
        copied = numbers & self._copied if query.dupes == "fold" else set()
        alone = [one for number in numbers - copied for one in self._counted(number, facet, query)]
        told = [(one.value, self.documents[number].story, one.sure)
                for number in copied for one in self._counted(number, facet, query)]  # fmt: skip
        every = Counter(one.value for one in alone) + Counter(value for value, _ in {each[:2] for each in told})
        sure = Counter(one.value for one in alone if one.sure)
        sure += Counter(value for value, _ in {each[:2] for each in told if each[2]})
        return {value: (count, count - sure[value]) for value, count in every.items()}

    def _chosen(self, own: Filter, query: SearchQuery) -> set[int]:
        holders, having = self.holders(own.facet, query), self._having(own.facet, query)
        choices = [holders.get(value, set()) for value in own.chosen]
        if own.missing == "chosen":
            choices.append(self._every - having)
        found = having if own.missing == "excluded" else self._every
        if choices:
            found = found & (set.union(*choices) if own.combine == "or" else set.intersection(*choices))
        return found.difference(*(holders.get(value, set()) for value in own.excluded))

    def _having(self, facet: str, query: SearchQuery) -> set[int]:
        return set().union(*self.holders(facet, query).values())

    def _in_time(self, number: int, query: SearchQuery) -> bool:
        day, missing = self.documents[number].day, query.filter("date").missing
        ranged = query.date_from is not None or query.date_to is not None
        if day is None:
            return missing == "chosen" or (missing is None and not ranged)
        if not ranged:
            return missing != "chosen"
        return (query.date_from or "0") <= day <= (query.date_to or "9") + "~"

    def _with_word(self, word: str) -> set[int]:
        if word not in self._speaking:
            self._speaking[word] = {number for number, one in enumerate(self.documents) if word in one.words}
        return self._speaking[word]


def any_query(facts: Facts, names: Sequence[str], texts: Sequence[str], seed: int) -> SearchQuery:
    """A query with filters by chance, made of what documents carry; the same for the same seed."""
    chance = Random(seed)
    first, last = sorted(chance.choice([one.day for one in facts.documents[:1000] if one.day]) for _ in range(2))
    cut = chance.choice((4, 7, 10))
    query = SearchQuery(
        text=chance.choice(texts) if chance.random() < 0.5 else "", dupes=chance.choice(("fold", "show")), discovered=chance.random() < 0.3,
        salient=(chance.choice(names),) if chance.random() < 0.3 else (), per_page=0, facets=(*names, "date"),
        date_from=first[:cut] if chance.random() < 0.3 else None, date_to=last[:cut] if chance.random() < 0.3 else None,
    )  # fmt: skip
    if chance.random() < 0.2:
        query = query.with_filter(Filter("date", missing=chance.choice(("chosen", "excluded"))))
    for name in chance.sample(names, chance.choice((0, 1, 1, 2, 3))):
        query = query.with_filter(_any_filter(facts, name, chance))
    return query


def _any_filter(facts: Facts, name: str, chance: Random) -> Filter:
    carried = [one.value for fact in chance.sample(facts.documents, 8) for one in fact.facets[name]]
    values = list(dict.fromkeys((*carried, "no such value")))
    picked = chance.sample(values, min(len(values), chance.choice((0, 1, 1, 2, 3))))
    combine: Literal["and", "or"] = chance.choice(("and", "or"))
    missing = chance.choice(MISSING)
    split = 0 if missing == "chosen" and combine == "and" else chance.choice((0, len(picked), len(picked)))
    return Filter(name, tuple(picked[:split]), tuple(picked[split:]), missing, combine)


def check(found: Results, facts: Facts, query: SearchQuery) -> None:
    """Fail where the answer is not what plain counting gives: totals, rows and their order, bars."""
    assert found.total == facts.results(facts.passing(query), query)
    for facet in found.facets:
        counts = facts.counts(facet.name, query)
        own = query.filter(facet.name)
        assert facet.distinct == len(counts), facet.name
        assert facet.none.count == facts.without(facet.name, query), facet.name
        for row in facet.values:
            assert (row.count, row.inferred) == counts.get(row.value.id, (0, 0)), (facet.name, row.value.id)
        _check_first(facet.values, counts, {*own.chosen, *own.excluded})
    histogram = found.histogram
    assert histogram is not None
    assert histogram.none.count == facts.undated(query)
    spans = [(bar.first, bar.last) for bar in histogram.bars]
    assert [bar.count for bar in histogram.bars] == facts.dated(query, spans)


def _check_first(rows: Sequence[FacetCount], counts: Mapping[str, tuple[int, int]], pinned: set[str]) -> None:
    """The rows listed are the most frequent ones, those of a choice apart."""
    listed = [row.count for row in rows if row.value.id not in pinned]
    highest = sorted((count for value, (count, _) in counts.items() if value not in pinned), reverse=True)
    assert listed == highest[: len(listed)]
