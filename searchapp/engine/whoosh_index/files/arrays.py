"""Named arrays in one file: written once, then mapped, so that all processes that read it share its pages."""

from __future__ import annotations

import mmap
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

_HEADER_LENGTH = 8
_ALIGNMENT = 64

Array = npt.NDArray[Any]
T = TypeVar("T")

_POPULATE_READ = 22
"""An advice of Linux 5.14 on; older ones refuse it, and all goes on as it did."""

_WIDTHS = (np.uint8, np.uint16, np.uint32, np.int64)


class _Place(msgspec.Struct, array_like=True):
    dtype: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Pieces:
    """Bytes that are written as one array, without being put together before."""

    pieces: Sequence[bytes | memoryview]

    @property
    def nbytes(self) -> int:
        """How many bytes they are together."""
        return sum(map(len, self.pieces))


_PLACES = msgspec.json.Decoder(dict[str, _Place])


def write_arrays(path: Path, arrays: Mapping[str, Array | Pieces]) -> None:
    """Return once the file holds these one-dimensional arrays: the length of a JSON header, the header, the arrays."""
    places: dict[str, _Place] = {}
    end = 0
    for name, array in arrays.items():
        dtype, length = ("|u1", array.nbytes) if isinstance(array, Pieces) else (array.dtype.str, len(array))
        places[name] = _Place(dtype, end, length)
        end += _aligned(array.nbytes)
    header = msgspec.json.encode(places)
    with path.open("xb") as file:
        file.write(len(header).to_bytes(_HEADER_LENGTH, "little"))
        file.write(header.ljust(_aligned(_HEADER_LENGTH + len(header)) - _HEADER_LENGTH))
        for array in arrays.values():
            file.writelines(array.pieces if isinstance(array, Pieces) else (array.tobytes(),))
            file.write(bytes(_aligned(array.nbytes) - array.nbytes))


def read_arrays(path: Path) -> dict[str, Array]:
    """The arrays of a file written by `write_arrays`, read-only, backed by the file."""
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    length = int.from_bytes(mapped[:_HEADER_LENGTH], "little")
    places = _PLACES.decode(mapped[_HEADER_LENGTH : _HEADER_LENGTH + length])
    start = _aligned(_HEADER_LENGTH + length)
    return {
        name: np.frombuffer(mapped, np.dtype(place.dtype), place.length, start + place.offset)
        for name, place in places.items()
    }


def bring_in(array: Array) -> None:
    """Map all of the file that this array is read from, where the kernel can do so at once and not page by page."""
    mapped = array.base
    if sys.platform == "linux" and isinstance(mapped, mmap.mmap):
        with suppress(OSError):
            mapped.madvise(_POPULATE_READ)


def read_json(array: Array, kind: type[T]) -> T:
    """What the bytes of an array say in JSON."""
    return msgspec.json.decode(array.data, type=kind)


def as_json(value: object) -> Array:
    """A value in JSON as an array to be written."""
    return as_array(msgspec.json.encode(value))


def as_array(data: bytes) -> Array:
    """Bytes as an array to be written."""
    return np.frombuffer(data, np.uint8)


def narrow(array: Array) -> Array:
    """The same numbers, none below 0, in as few bytes each as the largest needs."""
    largest = int(array.max()) if len(array) else 0
    fitting = (dtype for dtype in _WIDTHS if largest <= np.iinfo(dtype).max)
    return array.astype(next(fitting), copy=False)


def _aligned(size: int) -> int:
    return -(-size // _ALIGNMENT) * _ALIGNMENT
