"""The engine in memory: plain Python over sets and dicts, which says what every engine must answer."""

from searchapp.engine.memory.engine import MemoryEngine

__all__ = ["MemoryEngine"]
