"""What is in the JSON of one document, of evidence and of completions?"""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

from msgspec import Meta

from searchapp.model import Status
from searchapp.reports.comparing import Level
from searchapp.reports.shapes import Count, CountedWord, Entry, Piece, SuggestedName, Warned

Confidence = Annotated[float, Meta(ge=0, le=1)]


class Claimed(TypedDict):
    """A claim with its evidence."""

    value: str | None
    status: Status
    origin: str | None
    evidence: str | None
    precision: str | None


class Claims(TypedDict):
    """What is claimed of a document."""

    title: Claimed
    author: Claimed
    outlet: Claimed
    date: Claimed
    language: Claimed


class ValueMention(TypedDict):
    """Where the title or text of a document names a value."""

    surface: Annotated[str, Meta(description="The form as it stands there")]
    field: str
    start: Count
    end: Count
    rule: str
    status: Status
    confidence: Confidence
    evidence: str | None


class FoundMention(TypedDict):
    """A mention of any facet's value."""

    facet: str
    value: str
    field: str
    start: Count
    end: Count
    surface: str
    rule: str
    status: Status
    confidence: Confidence
    evidence: str


class KnownValue(Entry):
    """A value that a document carries, and how that is known."""

    parent: str | None
    salient: Annotated[bool, Meta(description="Whether the document is mainly about it")]
    source: Annotated[
        str | None,
        Meta(description="The origin of the claim; text where it is mentioned, within where what lies inside of it is, path"),
    ]
    evidence: str | None
    within: list[str]
    confidence: Confidence | None
    mentions: list[ValueMention]


class Removed(TypedDict):
    """A block that was cleaned away."""

    text: str
    reason: str | None


class ShortDocument(TypedDict):
    """A document without its words."""

    id: str
    url: str | None
    page_url: str
    source: str
    sha256: str
    claims: Claims
    facets: dict[str, list[Entry]]
    quality: str | None
    truncated: bool
    first_indexed: str
    last_changed: str
    retrieved: str | None


class WholeDocument(TypedDict):
    """A document with everything that is known of it; words only where whole texts may be shown."""

    id: str
    url: str | None
    page_url: str
    source: str
    sha256: str
    claims: Claims
    facets: dict[str, list[KnownValue]]
    quality: str | None
    truncated: bool
    first_indexed: str
    last_changed: str
    retrieved: str | None
    text: NotRequired[str]
    mentions: NotRequired[list[FoundMention]]
    removed: NotRequired[list[Removed]]


class DocumentsAnswer(TypedDict):
    """The documents that were published at an address."""

    documents: list[ShortDocument]


class Copy(ShortDocument):
    """A document that is alike."""

    level: Annotated[
        Level | None,
        Meta(description="exact: the same words; same text: each holds four fifths of the other, or both are of one story; "
             "shares text: half of the shorter one or more, and no copy; null: the document itself"),
    ]  # fmt: skip


class CopiesAnswer(TypedDict):
    """The copies of a document, itself among them, and the documents that share text with it, both the earliest first."""

    copies: list[Copy]
    sharing: Annotated[list[Copy], Meta(description="At most two hundred")]


class CountedForm(TypedDict):
    """A form and how many results have the value in it."""

    form: str
    count: Count


class SampleLine(TypedDict):
    """What says in one document that it carries the value."""

    document: str
    page_url: str
    title: str | None
    outlet: str | None
    published: str | None
    language: str | None
    status: Status
    surface: str | None
    rule: str | None
    confidence: Confidence | None
    source: str | None
    line: list[Piece]


class EvidenceAnswer(TypedDict):
    """In which words a value stands in the results."""

    facet: str
    value: str
    total: Count
    url: str
    forms: list[CountedForm]
    exact: Annotated[bool, Meta(description="Whether all forms were looked through")]
    lines: list[SampleLine]
    warnings: list[Warned]


class Completed(TypedDict):
    """What somebody may be about to type, with the documents of the archive that have it."""

    prefix: str
    words: list[CountedWord]
    values: list[SuggestedName]
