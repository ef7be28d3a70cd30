"""Whatever a person can type or call is named in the README, and every module in ARCHITECTURE.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache, partial
from pathlib import Path

import click
import pytest

from searchapp.cli import main
from searchapp.config import VARIABLES, Settings
from searchapp.engine import open_engine
from searchapp.facets import BUILT_IN
from searchapp.web import create_app

PROJECT = Path(__file__).resolve().parent.parent
MAKEFILE = (PROJECT / "Makefile").read_text(encoding="utf-8")


@cache
def code_in(document: str) -> str:
    """What stands in backticks or in blocks of code in a document of the top level, a line each."""
    text = (PROJECT / document).read_text(encoding="utf-8")
    blocks = re.findall(r"^```.*?$(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return "\n".join([*re.findall(r"`([^`\n]+)`", text), *blocks])


def is_named(name: str, document: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", code_in(document)) is not None


def routes() -> list[str]:
    """Every rule of the site but that of its static files, variable parts as `<>`."""
    settings = Settings(engine="memory")
    app = create_app(settings, partial(open_engine, settings))
    rules = {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"}
    return sorted(re.sub("<[^>]*>", "<>", rule) for rule in rules)


def commands(group: click.Group, before: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"


def modules() -> list[str]:
    """Every module and package folder of searchapp, as its path without suffix below the package."""
    package = PROJECT / "searchapp"
    paths = (path.relative_to(package) for path in package.rglob("*.py"))
    found = {path.parent if path.name == "__init__.py" else path.with_suffix("") for path in paths}
    return sorted(path.as_posix() for path in found if path.name not in ("", "__main__"))


@pytest.mark.parametrize("route", routes())
def test_every_route_is_in_the_readme(route: str) -> None:
    written = re.sub("<[^>\n]*>", "<>", code_in("README.md"))
    fitting = rf"(?:(?<![\w>/])|://[\w.:]+){re.escape(route)}(?![\w</-]|\.\w)"
    assert re.search(fitting, written), f"{route} is not in README.md"


def test_every_setting_has_a_variable() -> None:
    assert {name for name, _, _ in VARIABLES.values()} == {field.name for field in fields(Settings)}


@pytest.mark.parametrize("variable", [*VARIABLES, "PORT"])
def test_every_setting_is_in_the_readme(variable: str) -> None:
    assert is_named(variable, "README.md")


@pytest.mark.parametrize("command", [*commands(main)])
def test_every_command_is_in_the_readme(command: str) -> None:
    assert is_named(f"searchapp {command}", "README.md")


@pytest.mark.parametrize("facet", [spec.name for spec in BUILT_IN])
def test_every_facet_is_in_the_readme(facet: str) -> None:
    assert is_named(facet, "README.md")


@pytest.mark.parametrize("target", re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
def test_every_target_a_person_types_is_in_the_help_of_make(target: str) -> None:
    assert target in ("help", "venv", "development") or f"@echo 'make {target} " in MAKEFILE


@pytest.mark.parametrize("module", modules())
def test_every_module_is_in_the_architecture(module: str) -> None:
    """By its path (`ingest/parse.py`) or its own name (`parse`, `parse.py`, `parse/`)."""
    own = module.rpartition("/")[2]
    assert any(is_named(name, "ARCHITECTURE.md") for name in (module, own)), f"{module} is not in ARCHITECTURE.md"
