"""Which settings hold? Read from the environment once, checked, frozen, and passed on."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from searchapp.errors import ConfigError

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an installation may decide; the environment variable of each is in `VARIABLES`."""

    index: Path = Path("index")
    archive: Path | None = None
    engine: Literal["whoosh", "memory"] = "whoosh"
    base_url: str | None = None
    deadline: float = 1.0
    cors: str | None = None
    secret_key: str | None = None
    public: bool = False
    text: Literal["full", "snippets"] = "full"
    retention: float = 2.0
    cleaning_votes: bool = False

    @property
    def journal(self) -> Path:
        """The file in which ingests remember what they learned."""
        return self.index / "journal.sqlite"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """The settings that `environ` (default: the process's) asks for; ConfigError names the first wrong one."""
        found = os.environ if environ is None else environ
        values: dict[str, Any] = {}
        for variable, (name, read, allowed) in VARIABLES.items():
            given = found.get(variable)
            if given is None or not given.strip():
                continue
            try:
                values[name] = read(given.strip())
            except ValueError:
                raise ConfigError(f"{variable} is {given!r}; allowed is {allowed}") from None
        if values.get("public") and "text" not in values:
            values["text"] = "snippets"
        return cls(**values)


def templates_folder() -> Path:
    """Where the Jinja templates lie: beside the package in a checkout, inside it when installed from a wheel."""
    inside = Path(__file__).resolve().parent / "templates"
    return inside if inside.is_dir() else PROJECT / "templates"


def _flag(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError(text)
    return text == "1"


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value <= 60:
        raise ValueError(text)
    return value


def _times(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1000:
        raise ValueError(text)
    return value


def _one_of(*allowed: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(text)
        return text

    return read


def _url(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise ValueError(text)
    return text.rstrip("/")


def _origin(text: str) -> str:
    if text != "*" and not re.fullmatch(r"https?://[^/\s]+", text):
        raise ValueError(text)
    return text


def _key(text: str) -> str:
    if len(text) < 16:
        raise ValueError(text)
    return text


VARIABLES: dict[str, tuple[str, Callable[[str], Any], str]] = {
    "SEARCHAPP_INDEX": ("index", Path, "a folder"),
    "SEARCHAPP_ARCHIVE": ("archive", Path, "a folder"),
    "SEARCHAPP_ENGINE": ("engine", _one_of("whoosh", "memory"), "whoosh or memory"),
    "SEARCHAPP_BASE_URL": ("base_url", _url, "an address that starts with http:// or https://"),
    "SEARCHAPP_DEADLINE": ("deadline", _seconds, "a number of seconds, more than 0 and at most 60"),
    "SEARCHAPP_CORS": ("cors", _origin, "an origin such as https://example.org, or * for all"),
    "SEARCHAPP_SECRET_KEY": ("secret_key", _key, "at least 16 characters"),
    "SEARCHAPP_PUBLIC": ("public", _flag, "0 or 1"),
    "SEARCHAPP_TEXT": ("text", _one_of("full", "snippets"), "full or snippets"),
    "SEARCHAPP_RETENTION": ("retention", _times, "a number of times, at least 0 and at most 1000"),
    "SEARCHAPP_CLEANING_VOTES": ("cleaning_votes", _flag, "0 or 1"),
}
"""Environment variable -> the name of the setting, how it is read (ValueError: refused), what is allowed."""
