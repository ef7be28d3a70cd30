"""How do templates read what they are given, and say what they say? One environment for each language."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

from flask import Flask, current_app
from flask.templating import Environment
from jinja2 import StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from searchapp.reports.wording import Words


class WrittenAtOnce(CodeGenerator):
    """Jinja's generator of code, but what is put out becomes a string and not first a marked one: it is only joined."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)


class EntriesFirst(Environment):
    """Jinja's environment, in which `card.title` of a dict is its entry, at the cost of one look-up."""

    code_generator_class = WrittenAtOnce
    words: Words | None = None

    @staticmethod
    def escaped(value: object) -> str:
        """The value as it may stand in HTML; markup stays as it is."""
        # Most values are plain texts, and need not be asked.
        if type(value) is not str:
            if hasattr(value, "__html__"):
                return str(value.__html__())
            value = str(value)
        safe = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return safe.replace('"', "&#34;").replace("'", "&#39;")

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


class SaidOnce(Extension):
    """Says `_("…")` of a text without values when the template is compiled, so that it costs nothing afterwards."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        waiting: list[Token] = []
        for token in stream:
            waiting.append(token)
            kinds = [one.type for one in waiting]
            if kinds == ["name", "lparen", "string", "rparen"]:
                yield Token(waiting[0].lineno, "string", self._said(waiting[2].value))
                waiting = []
            elif waiting[0].value != "_" or kinds != ["name", "lparen", "string", "rparen"][: len(kinds)]:
                yield from waiting
                waiting = []
        yield from waiting

    def _said(self, text: str) -> str:
        words: Words = self.environment.words  # type: ignore[attr-defined]
        return words.say(text)


class Templates:
    """The templates in each language; `known` gives the filters and globals that depend on it."""

    def __init__(self, app: Flask, known: Callable[[Words], tuple[dict[str, Any], dict[str, Any]]]) -> None:
        self._app, self._known = app, known
        self._environments: dict[str, EntriesFirst] = {}
        self._lock = threading.Lock()

    def render(self, name: str, words: Words, context: dict[str, Any]) -> str:
        """The template filled in, in the language of these words."""
        environment = self._environments.get(words.language) or self._make(words)
        self._app.update_template_context(context)
        return environment.get_template(name).render(context)

    def _make(self, words: Words) -> EntriesFirst:
        with self._lock:
            if words.language not in self._environments:
                plain: Any = self._app.jinja_env
                # Those who come with an environment of their own have its filters and globals to themselves too.
                own: Any = plain.overlay(extensions=[])
                own.words = words
                own.extensions = {**plain.extensions, SaidOnce.identifier: SaidOnce(own)}
                filters, names = self._known(words)
                own.filters, own.globals = {**plain.filters, **filters}, {**plain.globals, **names}
                self._environments[words.language] = own
            return self._environments[words.language]


def register(app: Flask, **known: object) -> None:
    """Let the templates of the application be read like this, knowing these names."""
    app.jinja_environment = EntriesFirst
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals.update(known)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def render(name: str, **context: Any) -> str:
    """The page made of a template, in the language of the request."""
    speak: Callable[[str, dict[str, Any]], str] = current_app.extensions["speak"]
    return speak(name, context)
