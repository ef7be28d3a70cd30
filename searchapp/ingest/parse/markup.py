"""Which blocks does a page show? The text of its block-level elements in reading order, with what surrounds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from searchapp.ingest.data.scrubbing import scrubbed_line
from searchapp.ingest.parse.offsets import Locator
from searchapp.model import Block, Layout

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
_NAMED = {
    **{name: name for name in ("article", "main", "nav", "footer", "aside", "header", "form", "figure", "table")},
    "ul": "list", "ol": "list", "menu": "list",
}  # fmt: skip
_ROLES = {
    "navigation": "nav", "main": "main", "contentinfo": "footer", "complementary": "aside", "banner": "header",
    "search": "form", "dialog": "dialog", "alertdialog": "dialog", "article": "article",
}  # fmt: skip
_MAX_HOMES = 4
_MAX_KEPT_WORDS = 48
"""Words of all elements around a block, the innermost ones."""
_MAX_HINT_WORDS = 12
"""Words taken of one element: pages built by frameworks carry hundreds of class names."""


class _Place(NamedTuple):
    """Where in the tree a text stands: its block element, the words around it, whether a link holds it.

    `homes` are the numbers of the block elements around it, the innermost first; `depth` counts all elements.
    """

    tag: str = ""
    hints: tuple[str, ...] = ()
    linked: bool = False
    landmarks: tuple[str, ...] = ()
    homes: tuple[int, ...] = ()
    depth: int = 0


class _Gathering:
    """The block that is being read."""

    __slots__ = ("blank_before", "letters", "linked", "pieces", "place")

    def __init__(self, place: _Place = _Place(), *, blank_before: bool = False) -> None:  # noqa: B008
        self.place = place
        self.pieces: list[str] = []
        self.letters = 0
        self.linked = 0
        self.blank_before = blank_before

    def add(self, text: str, *, linked: bool) -> None:
        self.pieces.append(text)
        if not text.isspace():
            letters = sum(map(len, text.split()))
            self.letters += letters
            self.linked += letters if linked else 0


def readable(source: str) -> str:
    """The source up to as many tags as can be held in memory."""
    last = next(islice(_TAG.finditer(source), MAX_TAGS, None), None)
    return source[: last.start()] if last else source


def blocks_of(tree: BeautifulSoup, source: str) -> Iterator[tuple[Block, Layout]]:
    """The blocks of the page in reading order, each with its place in the source and how it stands on the page."""
    locator = Locator(source)
    for gathered in _Walk(tree).gathered():
        if not gathered.letters:
            continue
        # References such as &#8238; stand for characters that the source itself does not hold.
        text = scrubbed_line("".join(gathered.pieces).replace("\xad", ""))
        if text:
            start, end = locator.span(text)
            density = round(gathered.linked / gathered.letters, 3) if gathered.letters else 0.0
            place = gathered.place
            block = Block(text, start, end, place.tag, " ".join(place.hints), density, gathered.blank_before)
            yield block, Layout(depth=place.depth, homes=place.homes, landmarks=place.landmarks)


class _Walk:
    """A walk through the tree without recursion, so that no depth of nesting can end it."""

    def __init__(self, tree: BeautifulSoup) -> None:
        self._open: list[tuple[Iterator[PageElement], _Place, _Place | None]] = [(iter((tree,)), _Place(), None)]
        self._current = _Gathering()
        self._homes = 0
        self._words: dict[tuple[object, ...], tuple[str, ...]] = {}

    def gathered(self) -> Iterator[_Gathering]:
        """The blocks in reading order, empty ones among them."""
        while self._open:
            children, place, behind = self._open[-1]
            for node in children:
                if isinstance(node, Tag):
                    done = self._enter(node, place)
                    if done:
                        yield done
                    if self._open[-1][0] is not children:
                        break
                elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
                    self._current.add(node, linked=place.linked)
            else:
                self._open.pop()
                if behind:
                    yield self._broken(behind)
        yield self._broken(_Place())

    def _broken(self, place: _Place, *, blank: bool = False) -> _Gathering:
        """The block so far; the next one stands at `place`."""
        done = self._current
        self._current = _Gathering(place, blank_before=blank or (not done.letters and done.blank_before))
        return done

    def _enter(self, tag: Tag, place: _Place) -> _Gathering | None:
        """The block that ends where the element begins, None where it goes on."""
        name = tag.name
        if name in _UNSEEN or (tag.attrs and _hidden(tag)):
            return None
        if name == "br":
            return self._broken(place, blank=not self._current.letters)
        inner = self._inside(tag, place)
        done = behind = None
        if name in _BLOCKS:
            behind = place
            done = self._broken(inner, blank=True)
        elif name == "a" and self._current.pieces:
            # Links side by side are read as two words, whatever the markup leaves out between them.
            self._current.pieces.append(" " if self._current.linked and not _runs_on(tag) else "")
        self._open.append((iter(tag.contents), inner, behind))
        return done

    def _inside(self, tag: Tag, place: _Place) -> _Place:
        """The place of what the element holds."""
        name = tag.name
        if name in ("html", "body", "[document]"):
            return place
        words = self._words_of(tag) if tag.attrs or name in _LANDMARKS else ()
        hints = (place.hints + words)[-_MAX_KEPT_WORDS:] if words else place.hints
        depth = place.depth + 1
        if name not in _BLOCKS:
            return _Place(place.tag, hints, place.linked or name == "a", place.landmarks, place.homes, depth)
        self._homes += 1
        landmarks = place.landmarks
        named = _NAMED.get(name) or _ROLES.get(str(tag.attrs.get("role", "")))
        if named and named not in landmarks:
            landmarks = (*landmarks, named)
        return _Place(name, hints, place.linked, landmarks, (self._homes, *place.homes[: _MAX_HOMES - 1]), depth)

    def _words_of(self, tag: Tag) -> tuple[str, ...]:
        """The words of an element; most elements of a page are dressed like one before them."""
        get = tag.attrs.get
        key = tag.name, get("id"), get("class"), get("role"), get("itemprop")
        words = self._words.get(key)
        if words is None:
            words = self._words[key] = hint_words(tag)
        return words


def _runs_on(tag: Tag) -> bool:
    """Whether text stands directly before the element, so that it continues a word or a sentence."""
    return isinstance(tag.previous_sibling, NavigableString) and not isinstance(tag.previous_sibling, PreformattedString)


def _hidden(tag: Tag) -> bool:
    attributes = tag.attrs
    return "hidden" in attributes or ("style" in attributes and _HIDING.search(str(attributes["style"])) is not None)


def hint_words(tag: Tag) -> tuple[str, ...]:
    """The lower-case words of an element's class, id and role, and its name where that says what it is for."""
    said = [tag.name] if tag.name in _LANDMARKS else []
    for name in ("id", "class", "role", "itemprop"):
        if name in tag.attrs:
            said += _words_in(str(tag.attrs[name]))
    return tuple(dict.fromkeys(said))[:_MAX_HINT_WORDS]


@lru_cache(maxsize=5_000)
def _words_in(value: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _WORDS.findall(value) if len(word) > 1)
