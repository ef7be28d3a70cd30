"""The Whoosh engine: real Whoosh segments on disk, read as arrays and published in generations."""

from searchapp.engine.whoosh_index.engine import WhooshEngine
from searchapp.engine.whoosh_index.files.compat import WHOOSH

__all__ = ["WHOOSH", "WhooshEngine"]
