"""Which language does the interface speak? The one that the address names, else the first known one of the browser."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, request, url_for
from flask_babel import Babel, get_translations

from searchapp.facets import language_label
from searchapp.reports.messages import message_said
from searchapp.reports.phrases import reason_said
from searchapp.reports.urls import LANGUAGES, join
from searchapp.reports.wording import Words
from searchapp.web.templating import Templates

CATALOGUES = Path(__file__).resolve().parent / "translations"
_RIGHT_TO_LEFT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"))


def register(app: Flask) -> None:
    """Let templates say things in the language of the request."""
    Babel(app, default_translation_directories=str(CATALOGUES), locale_selector=language)
    known: dict[str, Words] = {}

    @app.before_request
    def choose() -> None:
        """Catalogues are read once a process."""
        spoken = language()
        if spoken not in known:
            catalogue = get_translations()
            known[spoken] = Words(spoken, catalogue.gettext, catalogue.ngettext)
        g.words = known[spoken]

    @app.after_request
    def vary(response: Response) -> Response:
        """What was said in the reader's language is another answer to a browser of another one; caches are told."""
        if g.get("spoken", False):
            response.vary.add("Accept-Language")
        return response

    templates = Templates(app, _known)
    app.extensions["speak"] = lambda name, context: templates.render(name, words(), context)


def _known(spoken: Words) -> tuple[dict[str, Any], dict[str, Any]]:
    """The filters and globals of templates in a language."""
    filters = {
        "number": number, "day": spoken.day, "tick": spoken.tick, "direction": direction, "say": spoken.say,
        "reason": partial(reason_said, spoken), "told": partial(message_said, spoken),
    }  # fmt: skip
    names = {
        "_": spoken.say, "n_": spoken.count, "interface": spoken.language, "here": _here,
        "other_languages": lambda: _others(spoken.language),
    }  # fmt: skip
    return filters, names


def words() -> Words:
    """The words of this request."""
    found: Words = g.words
    g.spoken = True
    return found


def language() -> str:
    """The language of this request's interface."""
    asked = request.args.get("ui")
    if asked in LANGUAGES:
        return asked
    wished = (code.partition("-")[0].lower() for code in request.accept_languages.values())
    return next((code for code in wished if code in LANGUAGES), LANGUAGES[0])


def number(value: int) -> str:
    """1,204: with separators of thousands."""
    return f"{value:,}"


def direction(written: str | None) -> str:
    """The writing direction of a language; the browser decides where it is not known."""
    if written is None:
        return "auto"
    return "rtl" if written in _RIGHT_TO_LEFT else "ltr"


def _here(endpoint: str) -> str:
    """The address of a page of this site, in the language that was asked for."""
    asked = request.args.get("ui")
    return url_for(endpoint, ui=asked) if asked in LANGUAGES else url_for(endpoint)


def _others(spoken: str) -> list[tuple[str, str, str]]:
    """The other languages of the interface: code, name, and this page in it."""
    rest = [(name, value) for name, value in request.args.items(multi=True) if name != "ui"]
    return [
        (code, language_label(code), join([*rest, ("ui", code)], request.path)) for code in LANGUAGES if code != spoken
    ]
