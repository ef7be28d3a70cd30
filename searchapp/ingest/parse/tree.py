"""Which tree does a page's source make? BeautifulSoup's, grown from the events of lxml's forgiving parser."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import Comment, Doctype, NavigableString, ProcessingInstruction, Tag


@contextmanager
def tree_of(source: str) -> Iterator[BeautifulSoup]:
    """The tree of a page's source, whatever kind of document it says it is, as long as it is needed.

    All values of attributes are texts.
    """
    with warnings.catch_warnings(), _without_collecting():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        tree = BeautifulSoup(source, builder=_Builder())
        try:
            yield tree
        finally:
            tree.decompose()


@contextmanager
def _without_collecting() -> Iterator[None]:
    """No search for garbage while a tree stands: it would find none, and takes a fifth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class _Element(Tag):
    """An element whose own is only what differs from element to element: making one takes a fifth of the time."""

    parser_class = BeautifulSoup
    namespace = prefix = sourceline = sourcepos = None
    hidden = known_xml = False
    can_be_empty_element = False
    interesting_string_types = Tag.MAIN_CONTENT_STRING_TYPES

    def __init__(self, name: str, attributes: Mapping[str, str]) -> None:
        self.name = name
        self.attrs = dict(attributes)
        self.contents = []


class _Builder(LXMLTreeBuilder):
    """Puts elements and texts where they belong as they come; there are no namespaces in pages."""

    soup: BeautifulSoup

    def __init__(self) -> None:
        super().__init__(multi_valued_attributes=None)

    def feed(self, markup: Any) -> None:
        """Grow the whole tree."""
        self._open: list[Tag] = [self.soup]
        self._kinds: list[type[NavigableString]] = [NavigableString]
        self._text: list[str] = []
        self._last: Tag | NavigableString = self.soup
        super().feed(markup)
        self._add_text()

    def start(self, tag: Any, attrib: Any, nsmap: Any = None) -> None:
        """An element begins."""
        if self._text:
            self._add_text()
        element = _Element(tag, attrib)
        self._add(element)
        self._open.append(element)
        kind = self.string_containers.get(tag)
        if kind:
            element.interesting_string_types = {kind}
        self._kinds.append(kind or self._kinds[-1])

    def end(self, tag: Any) -> None:
        """The innermost element of this name ends."""
        if self._text:
            self._add_text()
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].name == tag:
                del self._open[place:], self._kinds[place:]
                break

    def data(self, data: Any) -> None:
        """A piece of text."""
        self._text.append(data)

    def comment(self, text: Any) -> None:
        """A comment."""
        self._add_apart(text, Comment)

    def pi(self, target: str, data: str) -> None:
        """A processing instruction."""
        self._add_apart(f"{target} {data}", ProcessingInstruction)

    def doctype(self, name: str, pubid: str, system: str) -> None:
        """The declaration of the kind of document."""
        self._add_apart(name, Doctype)

    def _add_apart(self, text: str, kind: type[NavigableString]) -> None:
        self._add_text()
        self._add(str.__new__(kind, text))

    def _add_text(self) -> None:
        if self._text:
            # What `NavigableString` itself would set is set by `_add`.
            self._add(str.__new__(self._kinds[-1], "".join(self._text)))
            self._text = []

    def _add(self, element: Tag | NavigableString) -> None:
        parent, last = self._open[-1], self._last
        element.parent = parent
        element.next_element = element.next_sibling = element.previous_sibling = None
        element.previous_element = last
        last.next_element = self._last = element
        if parent.contents:
            before = parent.contents[-1]
            element.previous_sibling, before.next_sibling = before, element
        parent.contents.append(element)
