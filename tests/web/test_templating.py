"""Templates read entries of dicts, attributes of everything else, and stumble over what is not there."""

from __future__ import annotations

import pytest
from flask import Flask
from jinja2 import UndefinedError
from markupsafe import Markup, escape

from searchapp.model import Filter
from searchapp.web import templating


def written(template: str, **given: object) -> str:
    app = Flask(__name__)
    templating.register(app, version="1.0")
    return app.jinja_env.from_string(template).render(**given)


def test_an_entry_goes_before_a_method_of_the_same_name() -> None:
    assert written("{{ bars.values }}", bars={"values": 3}) == "3"
    assert written("{{ bars.get('n') }}", bars={"n": 3}) == "3"


def test_what_is_no_dict_is_read_by_its_attributes() -> None:
    assert written("{{ one.facet }} {{ version }}", one=Filter("outlet")) == "outlet 1.0"


@pytest.mark.parametrize("template", ["{{ card.title }}", "{{ title }}", "{{ card.title.pieces }}"])
def test_what_is_not_there_is_an_error(template: str) -> None:
    with pytest.raises(UndefinedError):
        written(template, card={})


@pytest.mark.parametrize("value", ["a & b", "<b>", "'\"", "&amp;", "", 7, None, Markup("<b>")])
def test_what_is_put_out_is_escaped_as_everywhere(value: object) -> None:
    template = "{% autoescape true %}{{ value }}{% endautoescape %}"
    assert templating.EntriesFirst.escaped(value) == escape(value)
    assert written(template, value=value) == escape(value)
