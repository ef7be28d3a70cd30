"""Settings are read from the environment once, and a wrong one is refused by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchapp.config import Settings, templates_folder
from searchapp.errors import ConfigError


def test_without_variables_the_defaults_hold() -> None:
    assert Settings.from_env({}) == Settings()


def test_variables_become_settings() -> None:
    environment = {"SEARCHAPP_INDEX": "/data/index", "SEARCHAPP_DEADLINE": "2.5", "SEARCHAPP_RETENTION": "0"}
    settings = Settings.from_env(environment)
    assert (settings.index, settings.deadline, settings.retention) == (Path("/data/index"), 2.5, 0.0)


def test_an_empty_variable_is_as_good_as_none() -> None:
    assert Settings.from_env({"SEARCHAPP_ARCHIVE": " "}).archive is None


def test_a_public_archive_shows_snippets_unless_it_says_otherwise() -> None:
    assert Settings.from_env({"SEARCHAPP_PUBLIC": "1"}).text == "snippets"
    assert Settings.from_env({"SEARCHAPP_PUBLIC": "1", "SEARCHAPP_TEXT": "full"}).text == "full"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SEARCHAPP_ENGINE", "elastic"), ("SEARCHAPP_DEADLINE", "0"), ("SEARCHAPP_DEADLINE", "soon"),
        ("SEARCHAPP_PUBLIC", "yes"), ("SEARCHAPP_TEXT", "none"), ("SEARCHAPP_BASE_URL", "example.org"),
        ("SEARCHAPP_SECRET_KEY", "short"), ("SEARCHAPP_RETENTION", "-1"), ("SEARCHAPP_RETENTION", "nan"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_with_name_and_value(variable: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f"{variable} is '{value}'; allowed is"):
        Settings.from_env({variable: value})


def test_the_templates_are_found_in_a_checkout() -> None:
    assert templates_folder().name == "templates"


@pytest.mark.parametrize("value", ["example.org", "https://example.org/path", "https://a.example https://b.example", "**"])
def test_an_origin_is_a_scheme_and_a_host(value: str) -> None:
    with pytest.raises(ConfigError, match="SEARCHAPP_CORS"):
        Settings.from_env({"SEARCHAPP_CORS": value})
    assert Settings.from_env({"SEARCHAPP_CORS": "http://localhost:3000"}).cors == "http://localhost:3000"
    assert Settings.from_env({"SEARCHAPP_CORS": "*"}).cors == "*"
