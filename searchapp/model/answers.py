"""What is answered: Results and what they are made of, facets counted, hits with their snippets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from searchapp.model.documents import Claim, FacetEntry, FacetValue
from searchapp.model.queries import SearchQuery

Snippet = tuple[tuple[str, bool], ...]
"""Pieces of text in order, each with whether it matched."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the asker should know; `param` is the URL parameter it is about, `nearest` what may have been meant."""

    message: str
    param: str | None = None
    nearest: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of an answer; `copies` counts the whole cluster, `title_pieces` marks what matched in the title."""

    id: str
    source: str
    sha256: str
    title: Claim
    author: Claim
    outlet: Claim
    date: Claim
    language: Claim
    url: str | None
    score: float | None
    title_pieces: Snippet
    snippets: tuple[Snippet, ...]
    facets: Mapping[str, tuple[FacetEntry, ...]]
    cluster: str | None
    copies: int
    only_removed: bool
    first_indexed: str
    text: str | None = None


@dataclass(frozen=True, slots=True)
class FacetCount:
    """A row of a facet: `count` results carry the value, `after` is the total behind its link.

    `ancestors` are the ids above the value in a tree, the root first.
    """

    value: FacetValue
    count: int
    after: int
    inferred: int = 0
    selected: bool = False
    excluded: bool = False
    ancestors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet counted over the whole match set.

    `distinct` values have a count above 0; `truncated` says that some of them are not among `values`. `discovered`
    counts the names that only `discovered=1` would list. `exact` is False where an engine can only estimate.
    """

    name: str
    values: tuple[FacetCount, ...]
    none: FacetCount
    distinct: int
    truncated: bool
    exact: bool = True
    discovered: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the histogram: its link sets exactly `first` to `last` (ISO days, both included)."""

    label: str
    first: str
    last: str
    count: int
    after: int


@dataclass(frozen=True, slots=True)
class Histogram:
    """Publication dates counted; `unit` is None where nothing is dated.

    `imprecise` results have a date too vague for a bar, `overlapping` ones a vaguer date that overlaps the chosen
    range without lying in it. `wider` is the range one step out: None where no range is chosen, (None, None) for none.
    """

    unit: Literal["day", "month", "year"] | None
    bars: tuple[Bar, ...]
    imprecise: int
    overlapping: int
    none: FacetCount
    wider: tuple[str | None, str | None] | None = None


@dataclass(frozen=True, slots=True)
class NameSuggestion:
    """A record whose name was typed: `count` results lie behind `query`."""

    facet: str
    value: FacetValue
    count: int
    query: SearchQuery


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What else could be asked.

    `forms` are words of the index that a typed word also finds; `words` says for each typed word how many results it
    has by itself; `any_total` is the total with `match=any`, None where it was not needed.
    """

    did_you_mean: str | None = None
    names: tuple[NameSuggestion, ...] = ()
    forms: tuple[str, ...] = ()
    words: tuple[tuple[str, int], ...] = ()
    any_total: int | None = None


@dataclass(frozen=True, slots=True)
class CompletedValue:
    """A value of a facet with a label, or a word in one, that begins as was typed; `count` documents carry it."""

    facet: str
    value: FacetValue
    count: int


@dataclass(frozen=True, slots=True)
class Completion:
    """What may be meant by the beginning of a word or a name, the most frequent first.

    `words` are forms of titles and texts, each with the number of documents that hold it.
    """

    words: tuple[tuple[str, int], ...] = ()
    values: tuple[CompletedValue, ...] = ()


@dataclass(frozen=True, slots=True)
class GenerationInfo:
    """A published state of the index; `settled` when its run was finished, `name` where it is kept by name."""

    number: int
    run: str
    created: str
    documents: int
    settled: bool
    name: str | None = None


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """What the index holds; `built_at` is when this generation was published (UTC), `notice` what is wrong with it."""

    generation: int
    documents: int
    built_at: str
    engine: str
    languages: tuple[str, ...] = ()
    settled: bool = True
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """The whole answer to one query; `query` is the asked one with labels replaced by value ids.

    `total` counts stories when copies are folded, else documents. `stories`, `documents`, `outlets` and `undated`
    describe the result itself.
    """

    query: SearchQuery
    parsed: str
    escaped: bool
    total: int
    stories: int
    documents: int
    outlets: int
    undated: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    histogram: Histogram | None
    suggestions: Suggestions
    warnings: tuple[Notice, ...]
    index: IndexInfo
    more: bool = False
    timings: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Crosstab:
    """Results that carry a row's and a column's value at once: `counts[row][column]`."""

    rows: tuple[FacetValue, ...]
    columns: tuple[FacetValue, ...]
    counts: tuple[tuple[int, ...], ...]
