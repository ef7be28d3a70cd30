"""Which values of a facet does a leaf name? By the forms of their labels."""

from __future__ import annotations

import numpy as np

from searchapp.analysis import Tokens
from searchapp.engine.reading import Like, Together, Words, literal_beginning, places, read
from searchapp.engine.whoosh_index.facets.facet_index import FacetIndex
from searchapp.engine.whoosh_index.files.rowset import Rows
from searchapp.grammar import Leaf, Prefix, Wildcard

_NONE: Rows = np.empty(0, np.intp)


def named_values(index: FacetIndex, leaf: Leaf) -> Rows:
    """The numbers of the values with a label in which the leaf finds something, ascending."""
    reading = read(leaf, ())
    match reading:
        case Words(forms):
            return index.numbers_saying(forms) if forms else _NONE
        case Together(forms):
            return _only(index, index.numbers_saying(forms[:1]), reading) if forms else _NONE
        case Like(stream, accepts):
            beginning = literal_beginning(leaf) if isinstance(leaf, Prefix | Wildcard) else ""
            return index.numbers_saying_like(beginning, accepts) if stream == "forms" else _NONE


def _only(index: FacetIndex, numbers: Rows, reading: Together) -> Rows:
    """Those of the values with a label in which all words stand together."""

    def are_near(number: int) -> bool:
        return any(next(places(reading, _tokens(forms)), None) is not None for forms in index.named(number))

    return np.array(list(filter(are_near, numbers.tolist())), np.intp)


def _tokens(forms: tuple[str, ...]) -> Tokens:
    """A label as it is read: by its forms alone, wherever they stand."""
    nothing = ("",) * len(forms)
    return Tokens(forms, nothing, nothing, (), ())
