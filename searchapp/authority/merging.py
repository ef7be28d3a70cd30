"""Which records are left when those that became part of others are taken into them?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from searchapp.authority.records import Actor
from searchapp.errors import ConfigError


def merged(actors: Mapping[str, Actor], files: Mapping[str, str]) -> dict[str, Actor]:
    """The actors by id without the withdrawn ones, each with the names of its referents, which are no records then.

    ConfigError where a referent is no record, or is one of two records.
    """
    taken = _takers(actors, files)
    left = {}
    for name, actor in actors.items():
        if name not in taken and not actor.withdrawn:
            left[name] = _with_referents(actor, actors)
    return left


def _takers(actors: Mapping[str, Actor], files: Mapping[str, str]) -> dict[str, str]:
    """Referent -> the record that takes it in."""
    taken: dict[str, str] = {}
    for actor in actors.values():
        for referent in actor.referents:
            if referent not in actors or referent == actor.id:
                raise ConfigError(
                    f"{files[actor.id]}: its referent {referent!r} is no other record. Correct the id, or take it out."
                )
            if referent in taken:
                raise ConfigError(
                    f"{files[actor.id]}: its referent {referent!r} is already one of {taken[referent]!r}. "
                    "Take it from one of them."
                )
            taken[referent] = actor.id
    if taken.keys() & set(taken.values()):
        chained = min(taken.keys() & set(taken.values()))
        raise ConfigError(
            f"{files[chained]}: it has referents and is one of {taken[chained]!r} itself. List all of them there."
        )
    return taken


def _with_referents(actor: Actor, actors: Mapping[str, Actor]) -> Actor:
    if not actor.referents:
        return actor
    parts = [actors[referent] for referent in actor.referents]
    alias = dict.fromkeys((*actor.alias, *(name for part in parts for name in part.names)))
    weak = dict.fromkeys((*actor.weak_alias, *(name for part in parts for name in part.weak_alias)))
    ambiguous = dict.fromkeys((*actor.ambiguous, *(name for part in parts for name in part.ambiguous)))
    return replace(
        actor,
        alias=tuple(name for name in alias if name != actor.name and name not in weak),
        weak_alias=tuple(weak),
        ambiguous=tuple(ambiguous),
    )
