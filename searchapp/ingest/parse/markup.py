"""Which blocks does a page show? The text of its block-level elements in reading order, with what surrounds it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
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
_AROUND_ALL = frozenset(("[document]", "html", "body"))
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WORDS = re.compile(r"[A-Z][a-z]+|[a-z]{2,}|[A-Z]{2,}(?![a-z])")
_TAG = re.compile("<")
_NAMED = {
    **{name: name for name in ("article", "main", "nav", "footer", "aside", "header", "form", "figure", "table")},
    "ul": "list", "ol": "list", "menu": "list",
}  # fmt: skip
_ROLES = {
    "navigation": "nav", "main": "main", "contentinfo": "footer", "complementary": "aside", "banner": "header",
    "search": "form", "dialog": "dialog", "alertdialog": "dialog", "article": "article",
}  # fmt: skip
_SAYING = ("id", "class", "role", "itemprop")
_MAX_HOMES = 4
_MAX_KEPT_WORDS = 48
"""Words of all elements around a block, the innermost ones."""
_MAX_HINT_WORDS = 12
"""Words taken of one element: pages built by frameworks carry hundreds of class names."""


class _Place(NamedTuple):
    """Where in the tree a text stands: its block element, the words around it, the elements that say what they are for.

    `homes` are the numbers of the block elements around it, the innermost first.
    """

    tag: str = ""
    hints: tuple[str, ...] = ()
    landmarks: tuple[str, ...] = ()
    homes: tuple[int, ...] = ()


_Open = tuple[Iterator[PageElement], _Place, int, bool, bool]
"""An element that is being read: what of it is left, the place of its texts, the number of elements around them, whether
a link holds them, and whether it is a block element."""


class _Gathering:
    """The block that is being read; `depth` counts all elements around it."""

    __slots__ = ("blank_before", "depth", "letters", "linked", "pieces", "place")

    def __init__(self, place: _Place, depth: int, *, blank_before: bool = False) -> None:
        self.place = place
        self.depth = depth
        self.pieces: list[str] = []
        self.letters = 0
        self.linked = 0
        self.blank_before = blank_before

    def add(self, text: str, *, linked: bool) -> None:
        self.pieces.append(text)
        if not text.isspace():
            letters = len("".join(text.split()))
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
        # References such as &#8238; stand for characters that the source itself does not hold.
        text = scrubbed_line("".join(gathered.pieces).replace("\xad", ""))
        if text:
            start, end = locator.span(text)
            density = round(gathered.linked / gathered.letters, 3)
            place = gathered.place
            block = Block(text, start, end, place.tag, " ".join(place.hints), density, gathered.blank_before)
            yield block, Layout(depth=gathered.depth, homes=place.homes, landmarks=place.landmarks)


class _Walk:
    """A walk through the tree without recursion, so that no depth of nesting can end it."""

    def __init__(self, tree: BeautifulSoup) -> None:
        self._open: list[_Open] = [(iter((tree,)), _Place(), 0, False, False)]
        self._current = _Gathering(_Place(), 0)
        self._homes = 0

    def gathered(self) -> Iterator[_Gathering]:
        """The blocks in reading order."""
        while self._open:
            one = self._open[-1]
            children, _, _, linked, is_block = one
            for node in children:
                if isinstance(node, Tag):
                    done = self._enter(node, one)
                    if done:
                        yield done
                    if self._open[-1] is not one:
                        break
                elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
                    self._current.add(node, linked=linked)
            else:
                self._open.pop()
                done = self._broken(*self._open[-1][1:3]) if is_block else None
                if done:
                    yield done
        if self._current.letters:
            yield self._current

    def _broken(self, place: _Place, depth: int, *, blank: bool = False) -> _Gathering | None:
        """The block so far, None where it holds no letters; the next one stands at `place`."""
        done = self._current
        if done.letters:
            self._current = _Gathering(place, depth, blank_before=blank)
            return done
        done.place, done.depth, done.blank_before = place, depth, blank or done.blank_before
        done.pieces.clear()
        return None

    def _enter(self, tag: Tag, above: _Open) -> _Gathering | None:
        """The block that ends where the element begins, None where it goes on."""
        name, attributes = tag.name, tag.attrs
        if name in _UNSEEN or (attributes and _hidden(attributes)):
            return None
        _, place, depth, linked, _ = above
        if name == "br":
            return self._broken(place, depth, blank=not self._current.letters)
        done = None
        is_block = name in _BLOCKS
        if name not in _AROUND_ALL:
            depth += 1
            place = self._inside(tag, place)
        if is_block:
            done = self._broken(place, depth, blank=True)
        elif name == "a" and self._current.pieces:
            # Links side by side are read as two words, whatever the markup leaves out between them.
            self._current.pieces.append(" " if self._current.linked and not _runs_on(tag) else "")
        if is_block or tag.contents:
            self._open.append((iter(tag.contents), place, depth, linked or name == "a", is_block))
        return done

    def _inside(self, tag: Tag, place: _Place) -> _Place:
        """The place of what the element holds."""
        name = tag.name
        words = hint_words(tag) if tag.attrs or name in _LANDMARKS else ()
        hints = (place.hints + words)[-_MAX_KEPT_WORDS:] if words else place.hints
        if name not in _BLOCKS:
            return _Place(place.tag, hints, place.landmarks, place.homes) if words else place
        self._homes += 1
        landmarks = place.landmarks
        named = _NAMED.get(name) or ("role" in tag.attrs and _ROLES.get(str(tag.attrs["role"])))
        if named and named not in landmarks:
            landmarks = (*landmarks, named)
        return _Place(name, hints, landmarks, (self._homes, *place.homes[: _MAX_HOMES - 1]))


def _runs_on(tag: Tag) -> bool:
    """Whether text stands directly before the element, so that it continues a word or a sentence."""
    return isinstance(tag.previous_sibling, NavigableString) and not isinstance(tag.previous_sibling, PreformattedString)


def _hidden(attributes: Mapping[str, object]) -> bool:
    return "hidden" in attributes or ("style" in attributes and _HIDING.search(str(attributes["style"])) is not None)


def hint_words(tag: Tag) -> tuple[str, ...]:
    """The lower-case words of an element's class, id and role, and its name where that says what it is for."""
    attributes = tag.attrs
    said = " ".join([str(attributes[name]) for name in _SAYING if name in attributes])
    return _words_in(f"{tag.name} {said}" if tag.name in _LANDMARKS else said)


@lru_cache(maxsize=10_000)
def _words_in(said: str) -> tuple[str, ...]:
    words = " ".join(_WORDS.findall(said)).lower().split()
    return tuple(dict.fromkeys(words))[:_MAX_HINT_WORDS]
