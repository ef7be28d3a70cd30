"""The names of a facet's values in one segment, in the order of listing: each is read when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

import msgspec
import numpy as np
import numpy.typing as npt

from searchapp.analysis import fold
from searchapp.engine.whoosh_index.arrays import Array, as_array
from searchapp.model import FacetValue

Places = npt.NDArray[np.intp]

_BETWEEN_KEYS = b"\xff"
"""No byte of UTF-8."""

_PARTS = ("names", "ends", "keys", "calls", "called", "facts")


class NamedValue(msgspec.Struct, array_like=True, frozen=True):
    """A value with the forms of each of its labels."""

    value: FacetValue
    forms: tuple[tuple[str, ...], ...]


_NAME = msgspec.json.Decoder(NamedValue)


class NameTable:
    """The names by place: by folded label, then id, then all that they say.

    Two names may be of one value that documents describe differently.
    """

    def __init__(self, arrays: Mapping[str, Array], facet: str) -> None:
        self._names, self._ends, self._keys, self._calls, self._called, facts = (
            arrays[f"{facet}.{part}"] for part in _PARTS
        )
        self.distinct, self.is_tree = int(facts[0]), bool(facts[1])

    def __len__(self) -> int:
        return len(self._ends)

    def name(self, place: int) -> NamedValue:
        """The name in a place."""
        start = int(self._ends[place - 1]) if place else 0
        return _NAME.decode(self._names[start : int(self._ends[place])].data)

    def all(self) -> list[NamedValue]:
        """All names, by place."""
        return _NAME.decode_lines(self._names.data)

    def keys(self) -> list[bytes]:
        """What each name is ordered by."""
        return self._keys.tobytes().split(_BETWEEN_KEYS) if len(self) else []

    def called(self, forms: tuple[str, ...]) -> Iterable[int]:
        """The places of the names one of whose labels has exactly these forms, and perhaps of others."""
        call = np.uint64(_call(forms))
        first, last = (int(np.searchsorted(self._calls, call, side=side)) for side in ("left", "right"))
        places: list[int] = self._called[first:last].tolist()
        return places


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
    calls = np.array([(_call(forms), place) for place, at in enumerate(order) for forms in names[at].forms], np.uint64)
    calls = calls.reshape(-1, 2)
    calls = calls[np.lexsort((calls[:, 1], calls[:, 0]))]
    facts = len({name.value.id for name in names}), any(name.value.parent is not None for name in names)
    parts: tuple[Array, ...] = (
        as_array(b"".join(keyed[at][1] for at in order)),
        np.cumsum([len(keyed[at][1]) for at in order], dtype=np.uint64),
        as_array(_BETWEEN_KEYS.join(keyed[at][0] for at in order)),
        calls[:, 0].copy(),
        calls[:, 1].astype(np.uint32),
        np.array(facts, np.uint32),
    )
    return {f"{facet}.{part}": array for part, array in zip(_PARTS, parts, strict=True)}, order


def _call(forms: tuple[str, ...]) -> int:
    """A number that the forms of a label nearly always have alone."""
    return int.from_bytes(blake2b("\0".join(forms).encode(), digest_size=8).digest(), "little")
