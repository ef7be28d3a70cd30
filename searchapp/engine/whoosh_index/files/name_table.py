"""The names of a facet's values in one segment, in the order of listing: each is read when it is asked for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate

import msgspec
import numpy as np
import numpy.typing as npt

from searchapp.analysis import analyze, fold
from searchapp.engine.whoosh_index.files.arrays import Array, as_array
from searchapp.engine.whoosh_index.files.beginnings import Beginnings, beginning_arrays
from searchapp.model import FacetValue

Places = npt.NDArray[np.intp]

_BETWEEN_KEYS = b"\xff"
"""No byte of UTF-8."""

_BETWEEN_FORMS = "\0"
"""In no form."""

_PARTS = ("names", "ends", "keys", "key_ends", "calls", "called", "ids", "identified", "facts")
_LABELS, _FORMS = "labels", "forms"


class NamedValue(msgspec.Struct, array_like=True, frozen=True):
    """A value with the forms of each of its labels."""

    value: FacetValue
    forms: tuple[tuple[str, ...], ...]


class _Value(msgspec.Struct, array_like=True, frozen=True):
    """The beginning of a named value, read without what follows."""

    value: FacetValue


_NAME = msgspec.json.Decoder(NamedValue)
_VALUE = msgspec.json.Decoder(_Value)


class NameTable:
    """The names by place: by folded label, then id, then all that they say.

    Two names may be of one value that documents describe differently.
    """

    def __init__(self, arrays: Mapping[str, Array], facet: str) -> None:
        parts = (arrays[f"{facet}.{part}"] for part in _PARTS)
        self._names, self._ends, self._keys, self._key_ends, self._calls, self._called, *rest = parts
        self.ids, self.places_by_id, facts = rest
        self.distinct, self.is_tree = int(facts[0]), bool(facts[1])
        self._labels, self._forms = (Beginnings(arrays, f"{facet}.{name}") for name in (_LABELS, _FORMS))

    def __len__(self) -> int:
        return len(self._ends)

    def name(self, place: int) -> NamedValue:
        """The name in a place."""
        start = self._ends[place - 1] if place else 0
        return _NAME.decode(self._names[start : self._ends[place]].data)

    def keys(self) -> list[bytes]:
        """What each name is ordered by."""
        return self._keys.tobytes().split(_BETWEEN_KEYS) if len(self) else []

    def key(self, place: int) -> bytes:
        """What the name in a place is ordered by."""
        start = int(self._key_ends[place - 1]) + len(_BETWEEN_KEYS) if place else 0
        return self._keys[start : int(self._key_ends[place])].tobytes()

    def identified(self, identifier: str) -> list[int]:
        """The places of the names of the value with this id."""
        found = _those(self.ids, self.places_by_id, _digest(identifier))
        return [place for place in found if id_in(self.key(place)) == identifier]

    def called(self, forms: tuple[str, ...]) -> Iterable[int]:
        """The places of the names one of whose labels has exactly these forms, and perhaps of others."""
        return _those(self._calls, self._called, _call(forms))

    def beginning(self, prefix: str) -> Places:
        """The places of the names a label of which, or a word in one, begins with this folded text; some twice."""
        return self._labels.places(prefix)

    def ending(self, text: str) -> Places:
        """The places of the names a label of which is this folded text, and of others; some twice."""
        return self._labels.places_ending(text)

    def saying(self, forms: Sequence[str]) -> Places:
        """The places of the names with these forms side by side in a label; some twice."""
        return self._forms.places("".join(form + _BETWEEN_FORMS for form in forms))

    def saying_like(self, beginning: str, accepts: Callable[[str], bool]) -> Places:
        """The places of the names with a form that begins so and is accepted; some twice."""
        return self._forms.places_of_words(beginning, _BETWEEN_FORMS, accepts)


def id_in(key: bytes) -> str:
    """The id of the value whose name is ordered by this key."""
    return key.partition(b"\0")[2].decode()


def key_of(value: FacetValue) -> bytes:
    """What a name is ordered by: the folded label, then the id, by code point."""
    return fold(value.label).replace("\0", "").encode() + b"\0" + value.id.encode()


def name_arrays(facet: str, names: Sequence[NamedValue]) -> tuple[dict[str, Array], list[int]]:
    """What a table of these names is read from again, and for each place which of the names stands there."""
    keyed = [(key_of(name.value), msgspec.json.encode(name) + b"\n") for name in names]
    order = sorted(range(len(names)), key=keyed.__getitem__)
    placed = [names[at] for at in order]
    keys = [keyed[at][0] for at in order]
    calls, called = _sorted_pairs((_call(forms), place) for place, name in enumerate(placed) for forms in name.forms)
    ids, identified = _sorted_pairs((_digest(name.value.id), place) for place, name in enumerate(placed))
    facts = len({name.value.id for name in names}), any(name.value.parent is not None for name in names)
    parts: tuple[Array, ...] = (
        as_array(b"".join(keyed[at][1] for at in order)),
        np.cumsum([len(keyed[at][1]) for at in order], dtype=np.uint64),
        as_array(_BETWEEN_KEYS.join(keys)),
        np.cumsum([len(key) + len(_BETWEEN_KEYS) for key in keys], dtype=np.uint32) - np.uint32(len(_BETWEEN_KEYS)),
        calls, called, ids, identified,
        np.array(facts, np.uint32),
    )  # fmt: skip
    arrays = {f"{facet}.{part}": array for part, array in zip(_PARTS, parts, strict=True)}
    arrays |= beginning_arrays(f"{facet}.{_LABELS}", _folded_labels(placed))
    arrays |= beginning_arrays(f"{facet}.{_FORMS}", _joined_forms(placed))
    return arrays, order


def _folded_labels(names: Sequence[NamedValue]) -> Iterator[tuple[int, str, tuple[int, ...]]]:
    """Every folded label of each name, with where it and its words start."""
    for place, name in enumerate(names):
        for label in dict.fromkeys(map(fold, (name.value.label, *name.value.labels))):
            yield place, label, tuple(dict.fromkeys((0, *analyze(label, None).starts)))


def _joined_forms(names: Sequence[NamedValue]) -> Iterator[tuple[int, str, tuple[int, ...]]]:
    """The forms of every label of each name, with where each starts."""
    for place, name in enumerate(names):
        for forms in dict.fromkeys(name.forms):
            ends = tuple(accumulate(len(form) + len(_BETWEEN_FORMS) for form in forms))
            yield place, "".join(form + _BETWEEN_FORMS for form in forms), (0, *ends[:-1])


def _sorted_pairs(pairs: Iterable[tuple[int, int]]) -> tuple[Array, Array]:
    """Numbers and the places beside them, by number, then place."""
    listed = np.array(list(pairs), np.uint64).reshape(-1, 2)
    listed = listed[np.lexsort((listed[:, 1], listed[:, 0]))]
    return listed[:, 0].copy(), listed[:, 1].astype(np.uint32)


def _those(numbers: Array, places: Array, wanted: int) -> list[int]:
    """The places beside a number."""
    held = numbers.data
    first = bisect_left(held, wanted)
    if first == len(held) or held[first] != wanted:
        return []
    found: list[int] = places[first : bisect_right(held, wanted, first)].tolist()
    return found


# Each segment of each facet is asked for the same forms.
@lru_cache(maxsize=256)
def _call(forms: tuple[str, ...]) -> int:
    """A number that the forms of a label nearly always have alone."""
    return _digest("\0".join(forms))


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")
