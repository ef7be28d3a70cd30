"""What else could be asked? Spellings, names and further forms of the words, whatever engine counts them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Protocol

from searchapp.analysis import look_up
from searchapp.engine.base import Deadline
from searchapp.engine.leading import leading
from searchapp.engine.names import find_names, named_query
from searchapp.engine.vocabulary import Vocabulary
from searchapp.grammar import MAX_CHARACTERS, And, Node, Or, Word, parse, positive_leaves, to_text
from searchapp.model import FacetValue, NameSuggestion, SearchQuery, Suggestions

MOST_FORMS = 8
MOST_NAMES = 5
LONG_WORD = 6
"""Words of so many letters may be two edits away from what was meant, shorter ones one."""


class Index(Protocol):
    """What suggestions must know of one generation; frequencies count live documents."""

    fields: tuple[str, ...]
    languages: tuple[str, ...]

    def total(self, query: SearchQuery) -> int:
        """How many results the query has, with all its filters."""

    def nearest(self, form: str, scope: str) -> str | None:
        """The `likeliest` form to be meant by one that stands nowhere, in what a word without field reads in this scope."""

    def forms_of(self, stem: str) -> Collection[str]:
        """The forms that have this stem (`en:run`) in titles and texts."""

    def frequency(self, form: str) -> int:
        """In the title or the text of how many documents the form stands, in any language."""

    def records(self, forms: tuple[str, ...]) -> Collection[tuple[str, FacetValue]]:
        """The values of names.FACETS, not those only discovered, one of whose labels has exactly these forms."""

    def vocabulary(self, facet: str) -> Vocabulary:
        """The values of the facet, discovered ones left out."""


def suggest(query: SearchQuery, index: Index, deadline: Deadline) -> Suggestions:
    """All suggestions for the (resolved) query."""
    return _all(query, parse(query.text, match=query.match, fields=index.fields).tree, index, deadline)


def suggest_beside(
    total: int, query: SearchQuery, *, tree: Node | None, index: Index, deadline: Deadline
) -> Suggestions:  # fmt: skip
    """What is suggested beside an answer of `total` results, as far as the query wants suggestions."""
    if not query.suggestions:
        return Suggestions()
    return _further(query, tree, index, deadline) if total else _all(query, tree, index, deadline)


def _all(query: SearchQuery, tree: Node | None, index: Index, deadline: Deadline) -> Suggestions:
    further, instead = _further(query, tree, index, deadline), _instead(query, tree, index, deadline)
    return replace(instead, names=further.names, forms=further.forms)


def _further(query: SearchQuery, tree: Node | None, index: Index, deadline: Deadline) -> Suggestions:
    """Names and forms, which help whatever was found; names on the first page alone."""
    names = _names(query, tree, index, deadline) if query.offset == 0 else ()
    return Suggestions(names=names, forms=_forms(tree, index))


def _instead(query: SearchQuery, tree: Node | None, index: Index, deadline: Deadline) -> Suggestions:
    """Spellings, results of each word by itself, and of any of them: what helps where nothing was found."""
    counts = {}
    for word in _words(tree):
        deadline.check()
        counts[word] = index.total(_asking(query, to_text(word)))
    lacking = [word for word, count in counts.items() if not count]
    corrected = _correction(query, tree, index, lacking, deadline)
    words = tuple([(word.text, count) for word, count in counts.items()])
    return Suggestions(corrected, words=words, any_total=_any_total(query, tree, index))


def allowed_edits(form: str) -> int:
    """How many edits (restricted Damerau-Levenshtein) away from a form another may be that was meant."""
    return 2 if len(form) >= LONG_WORD else 1


def likeliest(near: Iterable[tuple[str, int, int]], frequency: Callable[[str], int]) -> str | None:
    """The form in most documents, of those near one that stands nowhere; of equally frequent ones the nearest.

    Each comes with the edits it is away, and with the number of documents that it is in at most.
    """
    hopes = ((at_most, (edits, form)) for form, edits, at_most in near)
    best = leading(hopes, lambda one: frequency(one[1]), 1)
    return best[0][1][1] if best else None


def _names(query: SearchQuery, tree: Node | None, index: Index, deadline: Deadline) -> tuple[NameSuggestion, ...]:
    found = []
    for name in find_names(tree, index.records):
        deadline.check()
        changed = named_query(name, query, index.vocabulary(name.facet).ancestors(name.value.id))
        count = index.total(changed) if changed and _can_be_asked(changed.text) else 0
        if changed and count:
            found.append(NameSuggestion(name.facet, name.value, count, changed))
    return tuple(sorted(found, key=lambda one: (-one.count, one.facet, one.value.id))[:MOST_NAMES])


def _forms(tree: Node | None, index: Index) -> tuple[str, ...]:
    found: dict[str, None] = {}
    typed: set[str] = set()
    for word in _words(tree):
        looked_up = look_up(word.text, index.languages)
        typed.update(looked_up.forms)
        others = {form for stem in looked_up.stems for form in index.forms_of(stem)}.difference(looked_up.forms)
        counted = sorted([(-index.frequency(form), form) for form in others]) if others else []
        found.update(dict.fromkeys([form for count, form in counted[:MOST_FORMS] if count]))
    return tuple(form for form in found if form not in typed)


def _correction(
    query: SearchQuery, tree: Node | None, index: Index, lacking: Iterable[Word], deadline: Deadline
) -> str | None:
    """The text with a spelling of the index for each word that finds nothing anywhere; None if that finds nothing.

    `lacking` are the words that find nothing where the query looks.
    """
    better: dict[Word, Word] = {}
    everywhere = query.cleared()
    for word in lacking:
        deadline.check()
        forms = look_up(word.text, ()).forms
        if len(forms) != 1 or (everywhere != query and index.total(_asking(everywhere, to_text(word)))):
            continue
        nearest = index.nearest(forms[0], query.scope)
        if nearest:
            better[word] = Word(nearest)
    if not better or tree is None:
        return None
    text = _corrected_text(query, _replaced(tree, better), better, index)
    return text if _can_be_asked(text) and index.total(_asking(query, text)) else None


def _corrected_text(query: SearchQuery, tree: Node, better: Mapping[Word, Word], index: Index) -> str:
    """The text as it was typed but for these words, if that is the tree, else the tree written down."""
    text = query.text
    for word, other in better.items():
        text = text.replace(word.text, other.text)
    same = parse(text, match=query.match, fields=index.fields).tree == tree
    return text if same else to_text(tree)


def _replaced(node: Node, better: Mapping[Word, Word]) -> Node:
    match node:
        case Word():
            return better.get(node, node)
        case And(nodes):
            return And(tuple(_replaced(one, better) for one in nodes))
        case Or(nodes):
            return Or(tuple(_replaced(one, better) for one in nodes))
    return node


def _any_total(query: SearchQuery, tree: Node | None, index: Index) -> int | None:
    asked = replace(_asking(query, query.text), match="any")
    return index.total(asked) if parse(query.text, match="any", fields=index.fields).tree != tree else None


def _words(tree: Node | None) -> Iterator[Word]:
    """The unquoted words that are asked for without a field, each once."""
    yield from dict.fromkeys(leaf for name, leaf in positive_leaves(tree) if name is None and isinstance(leaf, Word))


def _can_be_asked(text: str) -> bool:
    """Whether a text that was written anew is not longer than one that may be typed."""
    return len(text) <= MAX_CHARACTERS


def _asking(query: SearchQuery, text: str) -> SearchQuery:
    return replace(query, text=text, page=1, start=None)
