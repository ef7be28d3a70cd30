"""Which facets are there? Declared here once; schema, counts, URLs, pages and docs read the declaration."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, Literal

import yaml

from searchapp.errors import ConfigError
from searchapp.model import Claim, Document, FacetEntry, FacetValue, Filter, SearchQuery

PARAMETERS = (
    "q", "match", "page", "per_page", "cursor", "sort", "missing", "any", "scope", "date_from", "date_to",
    "added_from", "dupes", "cluster", "salient", "outlet_status", "date_origin", "discovered", "facets", "facet_size",
    "highlight", "fields", "since", "generation", "was", "ui",
)  # fmt: skip
"""The URL parameters that are no facets; a facet may not take one of these names."""

LANGUAGES = {
    "af": "Afrikaans", "ar": "العربية", "az": "Azərbaycanca", "be": "Беларуская", "bg": "Български", "bn": "বাংলা",
    "ca": "Català", "cs": "Čeština", "da": "Dansk", "de": "Deutsch", "el": "Ελληνικά", "en": "English",
    "es": "Español", "et": "Eesti", "eu": "Euskara", "fa": "فارسی", "fi": "Suomi", "fr": "Français", "ha": "Hausa",
    "he": "עברית", "hi": "हिन्दी", "hr": "Hrvatski", "hu": "Magyar", "hy": "Հայերեն", "id": "Bahasa Indonesia",
    "it": "Italiano", "ja": "日本語", "ka": "ქართული", "ko": "한국어", "ku": "Kurdî", "lt": "Lietuvių",
    "lv": "Latviešu", "nl": "Nederlands", "no": "Norsk", "pl": "Polski", "ps": "پښتو", "pt": "Português",
    "ro": "Română", "ru": "Русский", "sk": "Slovenčina", "sl": "Slovenščina", "so": "Soomaali", "sq": "Shqip",
    "sr": "Српски", "sv": "Svenska", "sw": "Kiswahili", "ta": "தமிழ்", "th": "ไทย", "tr": "Türkçe", "uk": "Українська",
    "ur": "اردو", "vi": "Tiếng Việt", "zh": "中文",
}  # fmt: skip
"""What a language calls itself, by ISO 639-1 code."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}", re.ASCII)


@dataclass(frozen=True, slots=True)
class FacetSpec:
    """The declaration of a facet.

    `combine` "and" means that a document must carry all chosen values (all-of) unless the query says otherwise.
    `hierarchy` makes its values a tree; `hidden` ones are counted but not listed on the page; `archive` marks those
    that an archive declares, whose values come from declared metadata under their name.
    """

    name: str
    label: str
    plural: str
    combine: Literal["and", "or"] = "or"
    hierarchy: bool = False
    hidden: bool = False
    archive: bool = False
    description: str = ""
    none_label: str = "none"


BUILT_IN = (
    FacetSpec("outlet", "Outlet", "Outlets", description="Published by", none_label="no outlet known"),
    FacetSpec("actor", "Actor", "Actors", "and", description="People and groups named", none_label="no actor named"),
    FacetSpec("location", "Location", "Locations", "and", True, description="Places mentioned",
              none_label="no place mentioned"),
    FacetSpec("cites", "Who is cited", "Who is cited", "and",
              description="Outlets and agencies the text credits", none_label="nobody cited"),
    FacetSpec("language", "Language", "Languages", none_label="language not known"),
    FacetSpec("date", "Date", "Dates", description="Published", none_label="undated"),
    FacetSpec("folder", "Folder", "Folders", "or", True, description="Where the file lies", none_label="no folder"),
    FacetSpec("form", "Spelling", "Spellings", hidden=True),
    FacetSpec("outlet_status", "How the outlet is known", "How the outlet is known", hidden=True),
    FacetSpec("date_origin", "Where the date was found", "Where the date was found", hidden=True),
    FacetSpec("first_indexed", "First indexed", "First indexed", hidden=True),
)  # fmt: skip
"""The built-in facets in display order, hidden ones last."""


class FacetSet:
    """The facets of one archive: the built-in ones in display order, then its own."""

    def __init__(self, own: tuple[FacetSpec, ...] = ()) -> None:
        shown = tuple(spec for spec in BUILT_IN if not spec.hidden)
        self._specs = {spec.name: spec for spec in (*shown, *own, *(spec for spec in BUILT_IN if spec.hidden))}
        self.own = own
        self.shown = shown + own
        """The facets that a page lists, `date` among them."""
        self._nothing_chosen = tuple(Filter(spec.name, combine=spec.combine) for spec in self.shown)

    @classmethod
    def read(cls, archive: Path | None) -> FacetSet:
        """The facets of the archive folder, which may declare further ones in `facets.yaml`."""
        path = archive / "facets.yaml" if archive else None
        if path is None or not path.exists():
            return cls()
        return cls(_read_declarations(path))

    def __iter__(self) -> Iterator[FacetSpec]:
        return iter(self._specs.values())

    @property
    def counted(self) -> tuple[FacetSpec, ...]:
        """The facets whose values are listed as rows: all but `date`, which is a histogram."""
        return tuple(spec for spec in self if spec.name != "date")

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._specs)

    def get(self, name: str) -> FacetSpec | None:
        return self._specs.get(name)

    def complete(self, query: SearchQuery) -> SearchQuery:
        """The query with one filter for each shown facet, in display order, each saying how it combines."""
        changed = self._nothing_chosen
        if query.filters:
            given = {own.facet: own for own in reversed(query.filters)}
            changed = tuple(given.get(empty.facet, empty) for empty in self._nothing_chosen)
        return query if changed == query.filters else replace(query, filters=changed)

    def entries(self, document: Document, name: str) -> tuple[FacetEntry, ...]:
        """What `document` carries in this facet, ancestors included; () for `date` and where there is nothing."""
        if name in _SINGLE:
            return _SINGLE[name](document)
        if name == "form":
            return _forms(document)
        return tuple(document.facets.get(name, ()))


def language_label(code: str) -> str:
    """What the language calls itself, or its code."""
    return LANGUAGES.get(code, code)


def _claim_entry(claim: Claim, label: str | None = None) -> tuple[FacetEntry, ...]:
    if claim.value is None:
        return ()
    return (FacetEntry(FacetValue(claim.value, label or claim.value), claim.status),)


def _constant(value: str | None) -> tuple[FacetEntry, ...]:
    return (FacetEntry(FacetValue(value, value), "declared"),) if value else ()


def _folders(document: Document) -> tuple[FacetEntry, ...]:
    """The root and every folder below it that the source lies in, each a node under the one before."""
    parents = PurePosixPath(document.source.partition("#")[0]).parts[:-1]
    paths = ["/".join(parents[: depth + 1]) for depth in range(len(parents))]
    return tuple(
        FacetEntry(FacetValue(path, part, parent=paths[depth - 1] if depth else None), "declared")
        for depth, (path, part) in enumerate(zip(paths, parents, strict=True))
    )


def _forms(document: Document) -> tuple[FacetEntry, ...]:
    """Each surface form under which a value is mentioned, with the value it stands for as its parent."""
    found = dict.fromkeys((mention.value, mention.surface, mention.status) for mention in document.mentions)
    return tuple(
        FacetEntry(FacetValue(f"{value}\x1f{surface}", surface, parent=None), status)
        for value, surface, status in found
    )


_SINGLE: dict[str, Callable[[Document], tuple[FacetEntry, ...]]] = {
    "outlet": lambda document: _claim_entry(document.outlet),
    "language": lambda document: _claim_entry(document.language, language_label(document.language.value or "")),
    "date": lambda document: (),
    "folder": _folders,
    "outlet_status": lambda document: _constant(document.outlet.status),
    "date_origin": lambda document: _constant(document.date.origin),
    "first_indexed": lambda document: _constant(document.first_indexed),
}


def _read_declarations(path: Path) -> tuple[FacetSpec, ...]:
    try:
        text = path.read_text(encoding="utf-8")
        listed, nodes = yaml.safe_load(text), yaml.compose(text, Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigError.unreadable(path, error) from error
    if not isinstance(listed, list) or nodes is None:
        raise ConfigError(f"{path} must hold a list of facets, each {{name: …, label: …, plural: …}}")
    lines = [node.start_mark.line + 1 for node in nodes.value]
    specs: dict[str, FacetSpec] = {}
    for line, entry in zip(lines, listed, strict=True):
        spec = _declaration(f"{path}, line {line}", entry)
        if specs.setdefault(spec.name, spec) is not spec:
            raise ConfigError(f"{path}, line {line}: the facet {spec.name!r} is declared twice. Make one of both.")
    return tuple(specs.values())


def _declaration(where: str, entry: Any) -> FacetSpec:
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        raise ConfigError(f"{where}: needs a name, as in {{name: topics, label: Topic, plural: Topics}}")
    name = entry["name"]
    taken = {spec.name for spec in BUILT_IN} | set(PARAMETERS)
    if not _NAME.fullmatch(name) or name in taken:
        reason = "is taken; choose another" if name in taken else "may hold only lower-case letters, digits and _"
        raise ConfigError(f"{where}: the name {name!r} {reason}")
    known = ("name", "label", "plural", "combine", "hierarchy", "description")
    unknown = set(entry).difference(known)
    if unknown:
        raise ConfigError(f"{where}: unknown key {min(map(str, unknown))!r}; known are {', '.join(known)}")
    combine = entry.get("combine", "and")
    if combine not in ("and", "or") or not isinstance(entry.get("hierarchy", False), bool):
        raise ConfigError(f"{where}: combine must be 'and' or 'or', hierarchy true or false")
    label = str(entry.get("label", name.replace("_", " ").capitalize()))
    return FacetSpec(name, label, str(entry.get("plural", label)), combine, entry.get("hierarchy", False),
                     archive=True, description=str(entry.get("description", "")))  # fmt: skip
