"""Which values of a facet does a leaf name? By the forms of their labels."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from searchapp.analysis import Tokens
from searchapp.engine.reading import Like, Reading, Together, Words, places, read
from searchapp.engine.whoosh_index.facet_index import FacetIndex, Label
from searchapp.grammar import Leaf


def named_values(index: FacetIndex, leaf: Leaf) -> set[str]:
    """The ids of the values with a label in which the leaf finds something."""
    reading = read(leaf, ())
    candidates = _candidates(index, reading)
    return {label.value for label in candidates if next(places(reading, _tokens(label)), None) is not None}


def _candidates(index: FacetIndex, reading: Reading) -> Iterable[Label]:
    match reading:
        case Words(forms) | Together(forms):
            return index.labels_with(forms[0]) if forms else ()
        case Like(stream, accepts):
            accepted = filter(accepts, index.forms()) if stream == "forms" else ()
            return chain.from_iterable(map(index.labels_with, accepted))


def _tokens(label: Label) -> Tokens:
    """The label as it is read: by its forms alone, wherever they stand."""
    nothing = ("",) * len(label.forms)
    return Tokens(label.forms, nothing, nothing, (), ())
