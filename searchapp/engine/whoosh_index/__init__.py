"""The Whoosh engine: real Whoosh segments on disk, read as arrays and published in generations."""

from searchapp.engine.whoosh_index.compat import WHOOSH
from searchapp.engine.whoosh_index.engine import WhooshEngine

__all__ = ["WHOOSH", "WhooshEngine"]
