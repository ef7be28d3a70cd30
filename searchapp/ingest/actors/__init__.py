"""Actors: those of the authority that a text names, and names that nobody knows yet."""

from searchapp.ingest.actors.discovery import discover, discovered_entries
from searchapp.ingest.actors.finding import FACET, actor_entries, find_actors, load_actor_names

__all__ = [
    "FACET",
    "actor_entries",
    "discover",
    "discovered_entries",
    "find_actors",
    "load_actor_names",
]
