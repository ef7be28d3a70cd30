"""What does the path of a file say about it, where the archive says how its paths are made?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from searchapp.errors import ConfigError
from searchapp.ingest.seeds.declared import Declaration, declaration_of

_PLACEHOLDER = re.compile(r"\{([a-z_]\w*)(?::([^}]*))?\}")
_DATE_PARTS = {"%Y": r"(?P<year>\d{4})", "%m": r"(?P<month>\d{2})", "%d": r"(?P<day>\d{2})"}
_CLAIMS = ("title", "author", "outlet", "language", "url")


@dataclass(frozen=True, slots=True)
class PathPattern:
    """A pattern such as `{outlet}/{date:%Y/%m/%d}/{name}`, matched against the path below the root."""

    text: str
    expression: re.Pattern[str]
    names: tuple[str, ...]

    @classmethod
    def compile(cls, text: str, where: str = "--path") -> PathPattern:
        """The pattern that `text` writes; ConfigError says where it is wrong."""
        names: list[str] = []
        parts: list[str] = []
        end = 0
        for match in _PLACEHOLDER.finditer(text):
            parts += [re.escape(text[end : match.start()]), _group(match[1], match[2], names, f"{where} {text!r}")]
            end = match.end()
        parts.append(re.escape(text[end:]))
        if "{" in text[end:] or not names:
            raise ConfigError(f"{where} {text!r}: write names in braces, as in {{outlet}}/{{date:%Y/%m/%d}}/{{name}}")
        return cls(text, re.compile("".join(parts)), tuple(names))

    def declares(self, path: str) -> Declaration:
        """What the path says; nothing where it does not fit the pattern."""
        match = self.expression.fullmatch(path)
        if match is None:
            return Declaration()
        found = match.groupdict()
        fields: dict[str, object] = {name: found[name] for name in self.names if name in _CLAIMS}
        if "year" in found:
            fields["date"] = "-".join(found[part] for part in ("year", "month", "day") if found.get(part))
        fields["facets"] = {
            name: found[name] for name in self.names if name not in _CLAIMS and name not in ("name", "date")
        }
        return declaration_of(fields, "path")


def _group(name: str, form: str | None, names: list[str], where: str) -> str:
    if name in names:
        raise ConfigError(f"{where}: {{{name}}} stands twice")
    names.append(name)
    if name != "date":
        return rf"(?P<{name}>[^/]+)"
    pattern = re.escape(form or "%Y-%m-%d")
    for part, group in _DATE_PARTS.items():
        pattern = pattern.replace(re.escape(part), group)
    if "%" in pattern or "year" not in pattern or ("day" in pattern and "month" not in pattern):
        raise ConfigError(f"{where}: a date is made of %Y, %m and %d, the year at least")
    return pattern


def read_patterns(archive: Path | None) -> Mapping[str, PathPattern]:
    """The patterns that the archive's `paths.yaml` keeps, by root name."""
    path = archive / "paths.yaml" if archive else None
    if path is None or not path.exists():
        return {}
    try:
        listed = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigError.unreadable(path, error) from error
    if not isinstance(listed, dict):
        raise ConfigError(f"{path} must hold root names and patterns, as in  news: '{{outlet}}/{{name}}'")
    return {str(name): PathPattern.compile(str(text), str(path)) for name, text in listed.items()}


def keep_pattern(archive: Path, root: str, pattern: PathPattern) -> None:
    """Write the pattern of a root into the archive's `paths.yaml`, where later ingests find it."""
    kept = {name: one.text for name, one in read_patterns(archive).items()}
    kept[root] = pattern.text
    (archive / "paths.yaml").write_text(yaml.safe_dump(kept, allow_unicode=True), encoding="utf-8")
