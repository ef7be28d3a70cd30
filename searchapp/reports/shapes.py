"""What is in each JSON object that the API answers with? The types that its description is made of."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from msgspec import Meta

from searchapp.model import Status

Count = Annotated[int, Meta(ge=0)]
Piece = tuple[str, bool]
Day = Annotated[str, Meta(description="YYYY, YYYY-MM or YYYY-MM-DD")]


class Problem(TypedDict):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: Annotated[int, Meta(ge=400, le=599)]
    detail: str
    param: NotRequired[Annotated[str, Meta(description="The parameter at fault")]]
    nearest: NotRequired[Annotated[str, Meta(description="What may have been meant")]]
    limit: NotRequired[Annotated[int, Meta(description="The limit that was passed")]]
    date: NotRequired[Annotated[str, Meta(description="When the document was taken down")]]
    reason: NotRequired[Annotated[str, Meta(description="Why it was taken down")]]


class Warned(TypedDict):
    """Something the asker should know."""

    message: str
    param: str | None
    nearest: str | None


class ChosenInFacet(TypedDict):
    """What is chosen in one facet."""

    chosen: list[str]
    excluded: list[str]
    missing: Literal["chosen", "excluded"] | None
    combine: Literal["and", "or"]


class Filters(TypedDict):
    """What is chosen in each facet."""

    outlet: ChosenInFacet
    actor: ChosenInFacet
    location: ChosenInFacet
    cites: ChosenInFacet
    language: ChosenInFacet
    date: ChosenInFacet
    folder: ChosenInFacet


class Understood(TypedDict):
    """The question as it was understood."""

    q: str
    parsed: str
    match: Literal["all", "any"]
    scope: Literal["clean", "raw", "removed"]
    filters: Filters
    date_from: Day | None
    date_to: Day | None
    added_from: Day | None
    since: str | None
    outlet_status: list[str]
    date_origin: list[str]
    salient: list[str]
    discovered: bool
    generation: Annotated[int | None, Meta(description="Where the question names one")]
    dupes: Literal["fold", "show"]
    cluster: str | None
    sort: str
    escaped: Annotated[bool, Meta(description="A broken query was read as plain words")]


class Entry(TypedDict):
    """That a document carries a value."""

    value: str
    label: str
    status: Status


class Result(TypedDict):
    """One result."""

    id: str
    url: Annotated[str | None, Meta(description="The address of the article itself")]
    page_url: str
    source: str
    sha256: str
    title: str | None
    author: str | None
    outlet: str | None
    outlet_status: Status
    published: Day | None
    published_precision: Literal["day", "month", "year"] | None
    published_origin: str | None
    language: str | None
    score: float | None
    title_pieces: list[Piece]
    snippets: Annotated[
        list[list[Piece] | str], Meta(description="Pieces, each with whether it matched; text alone with highlight=0")
    ]
    cluster: str | None
    copies: Annotated[int, Meta(ge=1)]
    only_removed: bool
    first_indexed: str
    actors: NotRequired[list[Entry]]
    locations: NotRequired[list[Entry]]
    cites: NotRequired[list[Entry]]
    text: NotRequired[Annotated[str, Meta(description="With fields=text")]]


class NoneRow(TypedDict):
    """The row for results without any value."""

    label: str
    count: Count
    after: Count
    selected: bool
    excluded: bool
    url: str | None
    exclude_url: str | None


class Row(TypedDict):
    """A value of a facet: `count` results carry it, `after` is the total behind `url`."""

    value: str
    label: str
    parent: str | None
    count: Count
    after: Count
    inferred: Count
    selected: bool
    excluded: bool
    ambiguous: bool
    url: Annotated[str | None, Meta(description="Null for a facet that is counted and cannot be chosen from")]
    exclude_url: str | None


class CountedFacet(TypedDict):
    """A facet with the rows that are listed."""

    label: str
    combine: Literal["and", "or"]
    distinct: Count
    truncated: bool
    exact: bool
    discovered: Count
    none: NoneRow
    values: list[Row]


class PageOfValues(CountedFacet):
    """A page of the values of one facet."""

    name: str
    prefix: str
    order: Literal["count", "label"]
    offset: Count
    limit: Count
    next: str | None


# `from` is no name that a class can have.
DateBar = TypedDict(
    "DateBar", {"value": str, "from": Day, "to": Day, "count": Count, "after": Count, "url": str}
)  # fmt: skip


class DateFacet(TypedDict):
    """The dates of the results as a histogram."""

    label: str
    unit: Literal["day", "month", "year"] | None
    imprecise: Count
    overlapping: Count
    wider_url: str | None
    none: NoneRow
    values: list[DateBar]


class Facets(TypedDict, total=False):
    """The counted facets by name."""

    outlet: CountedFacet
    actor: CountedFacet
    location: CountedFacet
    cites: CountedFacet
    language: CountedFacet
    date: DateFacet
    folder: CountedFacet
    form: CountedFacet
    outlet_status: CountedFacet
    date_origin: CountedFacet
    first_indexed: CountedFacet


class SuggestedName(TypedDict):
    """A record whose name was typed: `count` results lie behind `url`."""

    facet: str
    value: str
    label: str
    labels: list[str]
    count: Count
    url: str


class CountedWord(TypedDict):
    """A word and how many results or documents have it."""

    word: str
    count: Count


class Suggested(TypedDict):
    """What else could be asked."""

    did_you_mean: str | None
    names: list[SuggestedName]
    forms: list[str]
    words: list[CountedWord]
    any_total: int | None


class IndexState(TypedDict):
    """The state of the index that answered."""

    generation: str
    documents: Count
    built_at: str
    notice: str | None


class SearchAnswer(TypedDict):
    """The whole answer to a search."""

    query: Understood
    total: Count
    stories: Count
    documents: Count
    outlets: Count
    undated: Count
    page: int | None
    per_page: Count
    pages: Count
    next: Annotated[str | None, Meta(description="Following it to null gives every result once, of one generation")]
    previous: str | None
    results: list[Result]
    facets: Facets
    suggestions: Suggested
    warnings: list[Warned]
    index: IndexState
