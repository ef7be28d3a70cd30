"""Which things have the highest values, where it takes long to say what the value of one is?"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Any, TypeVar

T = TypeVar("T")


def leading(hopes: Iterable[tuple[float, T]], value: Callable[[T], float], most: int) -> list[tuple[float, T]]:
    """The `most` things of the highest values above 0, each with its value; of equal ones the lower things.

    A thing comes with what its value is at most, and is valued only where it may still be among them.
    """
    found: list[tuple[float, Any]] = []
    for hope, thing in sorted(((-hope, thing) for hope, thing in hopes if hope > 0), key=itemgetter(0)):
        if len(found) >= most and found[-1][0] < hope:
            break
        valued = -value(thing)
        if valued < 0:
            insort(found, (valued, thing))
            del found[most:]
    return [(-valued, thing) for valued, thing in found]
