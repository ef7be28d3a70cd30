"""Our queries as queries of Whoosh, so that its own searcher can be asked the same of the same files."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import permutations
from math import log
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from whoosh import index as whoosh_index
from whoosh.query import And, Every, Or, Phrase, Prefix, Term, Wildcard
from whoosh.scoring import BaseScorer, WeightingModel
from whoosh.sorting import Count, FieldFacet

from searchapp.analysis import look_up_pattern
from searchapp.engine.reading import Like, Together, Words, read
from searchapp.engine.whoosh_index.asking.scoring import K1, RARITY_POWER, STREAM_WEIGHTS, B
from searchapp.engine.whoosh_index.files.schema import WORDS, stems_of, values_of, wholes_of
from searchapp.grammar import Field, Leaf, Near, Node, Not, tree
from tests.engine import drawing

FIELDS = ("title", "text", "author", "url", "file")
"""The fields of a query that Whoosh's own index has; labels of values and dates are beside it."""


def trees() -> st.SearchStrategy[Node]:
    """Trees of words, patterns and fields that can be said in Whoosh too."""
    pairs = st.sampled_from((("haftar", "wheat"), ("state", "art"), ("of", "the"), ("recruit", "Hasakah")))
    leaves = st.one_of(
        drawing.leaves().filter(lambda leaf: not isinstance(leaf, Near)),
        st.builds(Near, pairs.map(" ".join), st.integers(1, 4)),
    )
    nodes = st.one_of(leaves, st.builds(tree.within, st.sampled_from(FIELDS), leaves))
    return st.recursive(
        nodes,
        lambda inner: st.one_of(
            inner.map(tree.negation),
            st.lists(inner, min_size=2, max_size=3).map(lambda all_of: tree.conjunction(all_of) or all_of[0]),
            st.lists(inner, min_size=2, max_size=3).map(lambda any_of: tree.disjunction(any_of) or any_of[0]),
        ),
        max_leaves=6,
    )


class Oracle:
    """Plain Whoosh over a generation, where documents are of these languages; nothing of our engine takes part."""

    def __init__(self, folder: Path, languages: Collection[str], *, weighting: WeightingModel | None = None) -> None:
        self._languages = languages
        given = {"weighting": weighting} if weighting is not None else {}
        self._searcher = whoosh_index.open_dir(str(folder)).searcher(**given)

    def ids(self, node: Node, field: str | None = None) -> AbstractSet[str]:
        """The ids of the documents that the tree finds.

        What negates is worked out on sets of ids: Whoosh's own negation finds too much where it meets a phrase.
        """
        if not any(isinstance(one, Not) for one in tree.walk(node)):
            return self._ask(self._query(node, field)).keys()
        match node:
            case tree.And(nodes):
                return set.intersection(*({*self.ids(one, field)} for one in nodes))
            case tree.Or(nodes):
                return set.union(*({*self.ids(one, field)} for one in nodes))
            case Not(inner):
                return self._ask(Every()).keys() - self.ids(inner, field)
            case Field(name, inner):
                return self.ids(inner, name)
        raise ValueError(f"{node} negates nothing")

    def scores(self, node: Node) -> dict[str, float]:
        """The score of each document that the tree finds, by id."""
        return self._ask(self._query(node, None))

    def counts(self, ids: Collection[str], facet: str) -> dict[str, int]:
        """How many of these documents carry each value of the facet."""
        grouped = FieldFacet(values_of(facet), allow_overlap=True, maptype=Count)
        asked = Or([Term("id", one) for one in ids])
        found = self._searcher.search(asked, limit=None, groupedby={"counted": grouped})
        return {value: count for value, count in found.groups("counted").items() if value}

    def _ask(self, query: Any) -> dict[str, float]:
        return {hit["id"]: hit.score for hit in self._searcher.search(query, limit=None)}

    def close(self) -> None:
        self._searcher.close()

    def _query(self, node: Node, field: str | None) -> Any:
        match node:
            case tree.And(nodes):
                return And([self._query(one, field) for one in nodes])
            case tree.Or(nodes):
                return Or([self._query(one, field) for one in nodes])
            case Field(name, inner):
                return self._query(inner, name)
        return Or([one for each in _read_in(field) for one in self._leaf(node, each)])

    def _leaf(self, leaf: Leaf, field: str) -> Iterator[Any]:
        full = field not in WORDS.values()
        match read(leaf, self._languages):
            case Words(forms, whole, stems):
                yield from _words(field, forms)
                if full:
                    yield from (Term(wholes_of(field), one) for one in (whole,) if one)
                    yield from (Term(stems_of(field), stem) for stem in stems)
            case Together(forms, width):
                yield from _together(field, forms, width)
            case Like(stream, accepts) if full or stream == "forms":
                yield self._like(leaf, field if stream == "forms" else wholes_of(field), accepts)

    def _like(self, leaf: Leaf, field: str, accepts: Any) -> Any:
        match leaf:
            case tree.Prefix(text):
                pattern = look_up_pattern(f"{text}*")
                return Prefix(field, pattern.text[:-1] if pattern else text)
            case tree.Wildcard(text):
                pattern = look_up_pattern(text)
                return Wildcard(field, pattern.text if pattern else text)
        tokens = (token.decode() for token in self._searcher.reader().lexicon(field))
        return Or([Term(field, token) for token in tokens if accepts(token)])


def _read_in(field: str | None) -> Sequence[str]:
    return ("title", "text") if field is None else (WORDS.get(field, field),)


def _words(field: str, forms: Sequence[str]) -> Iterator[Any]:
    if forms:
        yield Phrase(field, list(forms)) if len(forms) > 1 else Term(field, forms[0])


def _together(field: str, forms: Sequence[str], width: int) -> Iterator[Any]:
    if len(forms) == 1:
        yield Term(field, forms[0])
    elif forms:
        yield from (Phrase(field, list(pair), slop=width - 1) for pair in permutations(forms))


class OurWeighting(WeightingModel):  # type: ignore[misc]
    """What our engine makes of a form in one stream, worked out from Whoosh's own frequencies, lengths and counts."""

    def scorer(self, searcher: Any, fieldname: str, text: bytes, qf: int = 1) -> BaseScorer:
        whole = searcher.get_parent()
        documents, held = whole.doc_count_all(), whole.doc_frequency(fieldname, text)
        rarity = log(1 + (documents - held + 0.5) / (held + 0.5)) ** RARITY_POWER
        return _OurScorer(searcher, fieldname, rarity, max(1.0, whole.avg_field_length(fieldname)))


class _OurScorer(BaseScorer):  # type: ignore[misc]
    def __init__(self, searcher: Any, field: str, rarity: float, average: float) -> None:
        self._searcher, self._field, self._rarity, self._average = searcher, field, rarity, average

    def score(self, matcher: Any) -> float:
        length = self._searcher.doc_field_length(matcher.id(), self._field, 1)
        strength = matcher.weight() * STREAM_WEIGHTS[self._field] / (1 - B + B * length / self._average)
        return float(self._rarity * strength * (K1 + 1) / (strength + K1))
