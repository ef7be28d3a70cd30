"""Which blocks does a page show? The text of its block-level elements in reading order, with what surrounds it."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PreformattedString, Tag

from searchapp.ingest.data.scrubbing import scrubbed_line
from searchapp.ingest.parse.offsets import Locator
from searchapp.model import Block

MAX_TAGS = 200_000
"""Tags after which the rest of a page is left unread: a tree of them takes 300 MB; the largest of 778 pages has 22,000."""

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "label", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section",
    "select", "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_LANDMARKS = frozenset((
    "article", "aside", "button", "figcaption", "figure", "footer", "form", "header", "label", "main", "nav",
    "option", "table",
))  # fmt: skip
_UNSEEN = frozenset((
    "applet", "audio", "canvas", "head", "iframe", "math", "noframes", "noscript", "object", "script", "style",
    "svg", "template", "title", "video",
))  # fmt: skip
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]{2,}(?![a-z])")
_TAG = re.compile("<")
_MAX_KEPT_WORDS = 48
"""Words of all elements around a block, the innermost ones."""
_MAX_HINT_WORDS = 12
"""Words taken of one element: pages built by frameworks carry hundreds of class names."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the tree a text stands: its block element, the words around it, whether a link holds it."""

    tag: str = ""
    hints: tuple[str, ...] = ()
    linked: bool = False


@dataclass(slots=True)
class _Gathering:
    """The block that is being read."""

    place: _Place = _Place()
    pieces: list[str] = field(default_factory=list)
    letters: int = 0
    linked: int = 0
    blank_before: bool = False

    def add(self, text: str, *, linked: bool) -> None:
        letters = sum(map(len, text.split()))
        self.pieces.append(text)
        self.letters += letters
        self.linked += letters if linked else 0


def tree_of(source: str) -> BeautifulSoup:
    """The tree of a page's source, whatever kind of document it says it is."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        return BeautifulSoup(source, "lxml")


def readable(source: str) -> str:
    """The source up to as many tags as can be held in memory."""
    last = next(islice(_TAG.finditer(source), MAX_TAGS, None), None)
    return source[: last.start()] if last else source


def blocks_of(tree: BeautifulSoup, source: str) -> Iterator[Block]:
    """The blocks of the page in reading order, each with its place in the source."""
    locator = Locator(source)
    for gathered in _Walk(tree).gathered():
        # References such as &#8238; stand for characters that the source itself does not hold.
        text = scrubbed_line("".join(gathered.pieces).replace("\xad", ""))
        if text:
            start, end = locator.span(text)
            density = round(gathered.linked / gathered.letters, 3) if gathered.letters else 0.0
            hint = " ".join(gathered.place.hints)
            yield Block(text, start, end, gathered.place.tag, hint, density, gathered.blank_before)


class _Walk:
    """A walk through the tree without recursion, so that no depth of nesting can end it."""

    def __init__(self, tree: BeautifulSoup) -> None:
        self._stack: list[tuple[object, _Place]] = [(tree, _Place())]
        self._current = _Gathering()

    def gathered(self) -> Iterator[_Gathering]:
        """The blocks in reading order, empty ones among them."""
        while self._stack:
            node, place = self._stack.pop()
            if node is None:
                yield self._broken(place)
            elif isinstance(node, Tag):
                yield from self._enter(node, place)
            elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
                self._current.add(str(node), linked=place.linked)
        yield self._broken(_Place())

    def _broken(self, place: _Place, *, blank: bool = False) -> _Gathering:
        """The block so far; the next one stands at `place`."""
        done = self._current
        self._current = _Gathering(place, blank_before=blank or (not done.letters and done.blank_before))
        return done

    def _enter(self, tag: Tag, place: _Place) -> Iterator[_Gathering]:
        if tag.name in _UNSEEN or _hidden(tag):
            return
        if tag.name == "br":
            yield self._broken(place, blank=not self._current.letters)
            return
        inner = _inside(tag, place)
        if tag.name in _BLOCKS:
            self._stack.append((None, place))
            yield self._broken(inner, blank=True)
        elif tag.name == "a" and self._current.pieces:
            # Links side by side are read as two words, whatever the markup leaves out between them.
            self._current.pieces.append(" " if self._current.linked and not _runs_on(tag) else "")
        self._stack.extend((child, inner) for child in reversed(tag.contents))


def _runs_on(tag: Tag) -> bool:
    """Whether text stands directly before the element, so that it continues a word or a sentence."""
    return isinstance(tag.previous_sibling, NavigableString) and not isinstance(tag.previous_sibling, PreformattedString)


def _hidden(tag: Tag) -> bool:
    return tag.has_attr("hidden") or _HIDING.search(str(tag.get("style", ""))) is not None


def _inside(tag: Tag, place: _Place) -> _Place:
    """The place of what the element holds."""
    block = tag.name if tag.name in _BLOCKS else place.tag
    hints = place.hints
    if tag.name not in ("html", "body"):
        words = hint_words(tag)
        hints = (*hints, *words)[-_MAX_KEPT_WORDS :] if words else hints
    return _Place(block, hints, place.linked or tag.name == "a")


def hint_words(tag: Tag) -> tuple[str, ...]:
    """The lower-case words of an element's class, id and role, and its name where that says what it is for."""
    said = [tag.name] if tag.name in _LANDMARKS else []
    for name in ("id", "class", "role", "itemprop"):
        value = tag.get(name)
        if value:
            said.extend(word.lower() for word in _WORDS.findall(value if isinstance(value, str) else " ".join(value)))
    return tuple(dict.fromkeys(word for word in said if len(word) > 1))[:_MAX_HINT_WORDS]
