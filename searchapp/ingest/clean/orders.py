"""Which lines does the archive itself want kept or dropped? Its `clean.yaml`, by site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from searchapp.errors import ConfigError
from searchapp.ingest.clean.cues import Words, fold

FILE = "clean.yaml"
EVERYWHERE = "*"
_VERBS = ("keep", "drop")


@dataclass(frozen=True, slots=True)
class SiteOrders:
    """The folded lines of one site that stay or go whatever else speaks for or against them."""

    keep: frozenset[Words] = frozenset()
    drop: frozenset[Words] = frozenset()


@dataclass(frozen=True, slots=True)
class Orders:
    """What `clean.yaml` says, by site in small letters; `*` stands for all sites."""

    sites: Mapping[str, SiteOrders] = field(default_factory=dict)

    @classmethod
    def read(cls, archive: Path | None) -> Orders:
        """The orders of an archive folder, none where it has no such file; ConfigError says what is wrong in it."""
        path = archive / FILE if archive else None
        if path is None or not path.exists():
            return cls()
        try:
            written = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise ConfigError.unreadable(path, error) from error
        if written is None:
            return cls()
        if not isinstance(written, dict):
            raise ConfigError(f"{path} must name sites, each with the lines to keep or to drop")
        return cls({str(site).casefold(): _orders(said, f"{path}, {site}") for site, said in written.items()})

    def of(self, site: str | None) -> SiteOrders:
        """What holds for a site, that for all sites included; what is said of the site itself wins."""
        common = self.sites.get(EVERYWHERE, SiteOrders())
        own = self.sites.get((site or "").casefold(), SiteOrders())
        return SiteOrders(own.keep | (common.keep - own.drop), own.drop | (common.drop - own.keep))


def _orders(said: Any, where: str) -> SiteOrders:
    if not isinstance(said, dict) or not set(said) <= set(_VERBS):
        raise ConfigError(f"{where}: expected `keep` and `drop`, each with a list of lines")
    keep, drop = (frozenset(_folded(said.get(verb) or [], f"{where}, {verb}")) for verb in _VERBS)
    if keep & drop:
        raise ConfigError(f"{where}: a line cannot be both kept and dropped: {' '.join(sorted(keep & drop)[0])}")
    return SiteOrders(keep, drop)


def _folded(lines: Any, where: str) -> list[Words]:
    if not isinstance(lines, list) or not all(isinstance(line, str | int | float) for line in lines):
        raise ConfigError(f"{where}: expected a list of lines")
    words = [fold(str(line)) for line in lines]
    if () in words:
        raise ConfigError(f"{where}: a line without a word")
    return words
