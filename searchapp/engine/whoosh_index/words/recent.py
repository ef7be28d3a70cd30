"""What was read or worked out last, kept for who asks for the same again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """What was used last, up to a number of bytes, of which one thing alone may be more; safe to share among threads.

    What it holds may keep the files of segments open, so each generation has its own.
    """

    def __init__(self, limit: int, size: Callable[[V], int]) -> None:
        self._limit = limit
        self._size_of = size
        self._held: OrderedDict[K, V] = OrderedDict()
        self._size = 0
        self._guard = threading.Lock()

    def get(self, key: K) -> V | None:
        """What is held under a key."""
        with self._guard:
            held = self._held.get(key)
            if held is not None:
                self._held.move_to_end(key)
            return held

    def put(self, key: K, value: V) -> None:
        """Hold this, and let go of what was not used for longest where there is no room."""
        with self._guard:
            if key in self._held:
                return
            self._held[key] = value
            self._size += self._size_of(value)
            while self._size > self._limit and len(self._held) > 1:
                _, dropped = self._held.popitem(last=False)
                self._size -= self._size_of(dropped)
