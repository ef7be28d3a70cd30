"""Which names and values does a piece of YAML or JSON hold, written by whom nobody knows?"""

from __future__ import annotations

import json
from typing import Any

import yaml

MAX_DEPTH = 20


class _Texts(yaml.CSafeLoader):
    """Reads every value as it is written but null: a day that no calendar has would else make the whole no YAML."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in found if tag == "tag:yaml.org,2002:null"]
        for first, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


def yaml_mapping(text: str) -> dict[Any, Any] | None:
    """The mapping that the text holds, None for anything else; ValueError where it is no YAML or may be a bomb.

    Aliases, which can make a gigabyte of a line, and tags, which name types, stand in no metadata and are refused.
    """
    try:
        _refuse_bombs(text)
        held = yaml.load(text, _Texts)
    except (yaml.YAMLError, OverflowError) as error:
        raise ValueError(" ".join(str(error).split())) from error
    return held if isinstance(held, dict) else None


def _refuse_bombs(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise ValueError("it uses aliases (*name), which are not read")
        if isinstance(event, yaml.NodeEvent) and getattr(event, "tag", None) is not None:
            raise ValueError("it uses tags (!name), which are not read")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise ValueError(f"it is nested more than {MAX_DEPTH} deep")


def json_value(text: str | bytes) -> Any:
    """What the JSON holds; ValueError where it is none, or nested deeper than can be read."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error
