"""How do templates read what they are given? Mostly from dicts, so that an entry is looked for before an attribute."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import StrictUndefined


class EntriesFirst(Environment):
    """Jinja's environment, in which `card.title` of a dict is its entry, at the cost of one look-up."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def register(app: Flask, **known: object) -> None:
    """Let the templates of the application be read like this, knowing these names."""
    app.jinja_environment = EntriesFirst
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals.update(known)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
