"""What may somebody be about to type? Words and names that begin so, whatever engine counts them."""

from __future__ import annotations

from collections.abc import Iterable

from searchapp.analysis import fold, look_up
from searchapp.errors import LimitExceeded
from searchapp.facets import FacetSet
from searchapp.grammar import MAX_CHARACTERS
from searchapp.model import CompletedValue, Completion


def beginning_of_form(prefix: str) -> str | None:
    """How a form begins that begins with what was typed; None where that is not one word. LimitExceeded if too long."""
    if len(prefix) > MAX_CHARACTERS:
        raise LimitExceeded(
            f"What is to be completed is longer than {MAX_CHARACTERS} characters.", param="prefix", limit=MAX_CHARACTERS
        )
    forms = look_up(prefix, ()).forms
    return forms[0] if len(forms) == 1 else None


def completed_facets(facets: FacetSet, prefix: str) -> tuple[str, ...]:
    """The names of the facets whose values may be meant; none by what has neither letters nor digits."""
    return tuple(spec.name for spec in facets.shown if spec.name != "date" and look_up(prefix, ()).forms)


def completion(words: Iterable[tuple[str, int]], values: Iterable[CompletedValue], limit: int) -> Completion:
    """The first of the words and values: those of the highest counts, of equal ones by the alphabet."""
    words = sorted(words, key=lambda word: (-word[1], word[0]))
    values = sorted(values, key=lambda one: (-one.count, fold(one.value.label), one.facet, one.value.id))
    return Completion(tuple(words[:limit]), tuple(values[:limit]))
