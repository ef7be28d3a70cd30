"""What a file is on its way to the index: RawFile, Page, Document, and the claims and mentions that are evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

Status = Literal["declared", "curated", "inferred", "discovered", "absent"]
Precision = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One value that a document is said to have, and how we know.

    `origin` names where it was found ("sidecar", "metadata.csv", "json-ld", "dateline", …), `evidence` quotes it.
    """

    value: str | None
    status: Status
    origin: str = ""
    evidence: str = ""
    precision: Precision | None = None


ABSENT = Claim(None, "absent")


@dataclass(frozen=True, slots=True)
class RawFile:
    """The bytes of one file or of one record of a file, before any opinion.

    `key` is `root/relative/path[#record]`. `declared` holds title, author, outlet, date, language and url as said by
    a sidecar, a metadata table or the path; `values` the declared values of many-valued facets by facet name.
    `record` is the parsed line of a JSONL file; `data` are then the bytes of that line. `sha256` is that of the file's
    content or of the record's bytes. `kind` None means that the suffix of the key says it; `charset` is what a server
    said of the bytes, `retrieved` when it sent them (UTC, ISO 8601); `truncated` marks bytes that were cut off.
    """

    key: str
    data: bytes
    declared: Mapping[str, Claim] = field(default_factory=dict)
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    record: Mapping[str, object] | None = None
    sha256: str = ""
    kind: Literal["text", "html", "record"] | None = None
    charset: str | None = None
    retrieved: str | None = None
    truncated: bool = False


class Block(Struct, frozen=True, gc=False):
    """One paragraph, line or list item of a page; `reason` says why it was removed, None that it was kept.

    `start` and `end` are offsets into the decoded source (for a record: into the field it came from). `tag` is the
    nearest HTML block element ("" in plain text), `hint` the class, id and role words of the elements around it,
    `link_density` the share of its letters that stand in links (0 to 1).
    """

    text: str
    start: int
    end: int
    tag: str = ""
    hint: str = ""
    link_density: float = 0.0
    blank_before: bool = False
    reason: str | None = None

    @property
    def kept(self) -> bool:
        return self.reason is None

    def because(self, reason: str | None) -> Block:
        """The same block, dropped for this reason or kept."""
        return replace(self, reason=reason)


class Layout(Struct, frozen=True, gc=False):
    """How a block stands on its page, which only cleaning asks.

    In a text: `blanks` empty lines above it, `indent` blanks before it, `joined` lines of which it was made. In markup:
    `depth` elements around it, the numbers of the nearest block elements (`homes`, its own first), and the names of
    the elements that say what they are for (`landmarks`). Where libraries were asked, how much of it each would keep
    (`votes`, from 0 to 1, -1 where one could not say).
    """

    blanks: int = 0
    indent: int = 0
    joined: int = 1
    depth: int = 0
    homes: tuple[int, ...] = ()
    landmarks: tuple[str, ...] = ()
    votes: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed file, not yet cleaned; `layout` has one entry for each block, or none.

    `hints` are what its markup says of it: lists of values by name ("title", "og:title", "json-ld:date", …).
    `clean` is False for text that is declared to be clean already.
    """

    key: str
    blocks: tuple[Block, ...]
    site: str | None = None
    url: str | None = None
    hints: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    clean: bool = True
    truncated: bool = False
    layout: tuple[Layout, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet with all that a reader of answers must know of it.

    `labels` are further spellings in any script; `parent` is the id of the node above it in a tree.
    """

    id: str
    label: str
    labels: tuple[str, ...] = ()
    parent: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    ambiguous: bool = False
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetEntry:
    """That a document carries a value; `salient` when the document is mainly about it."""

    value: FacetValue
    status: Status
    salient: bool = True


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of a facet value in a document, `start` and `end` being offsets into its title or text."""

    facet: str
    value: str
    start: int
    end: int
    surface: str
    rule: str
    status: Status
    confidence: float = 1.0
    field: Literal["title", "text"] = "text"
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A cleaned page with everything that is known of it: what the engine stores.

    `facets` holds the entries of the many-valued facets (actor, location, cites, the archive's own); in a tree every
    ancestor of a value is an entry too. `text` is the kept blocks, `first_indexed` and `last_changed` are the runs
    (UTC, `2020-06-08T12:00:00Z`) that brought it and changed it last, `retrieved` is when the page was fetched.
    """

    id: str
    source: str
    sha256: str
    text: str
    title: Claim = ABSENT
    author: Claim = ABSENT
    outlet: Claim = ABSENT
    date: Claim = ABSENT
    language: Claim = ABSENT
    url: str | None = None
    blocks: tuple[Block, ...] = ()
    mentions: tuple[Mention, ...] = ()
    facets: Mapping[str, tuple[FacetEntry, ...]] = field(default_factory=dict)
    quality: str | None = None
    truncated: bool = False
    first_indexed: str = ""
    last_changed: str = ""
    retrieved: str | None = None

    @property
    def removed(self) -> tuple[str, ...]:
        """The texts of the blocks that were cleaned away, in the order of the page."""
        return tuple(block.text for block in self.blocks if not block.kept)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What two documents must share to be copies: digests of the folded body and title ("" when empty), and length.

    `hashes` are kept of the runs of words of the body, in order, each four bytes with the lowest first.
    """

    document: str
    body: str
    title: str
    words: int
    hashes: bytes = b""


@dataclass(frozen=True, slots=True)
class SourceStamp:
    """Which state of a source is indexed: the document made of it, the hash of its bytes, and the runs that did so."""

    id: str
    sha256: str
    first_indexed: str
    last_changed: str
