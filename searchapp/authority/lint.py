"""Do the records fit together? The first fault is said with the file, the record and its cure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from searchapp.authority.gazetteer import Gazetteer
from searchapp.authority.records import Place, Record, name_key
from searchapp.errors import ConfigError

_PARENTS = {
    "country": (),
    "province": ("country",),
    "region": ("country", "province"),
    "city": ("country", "province", "region"),
    "site": ("country", "province", "region", "city"),
}
"""What a place of each kind may lie in."""
_MAY_STAND_ALONE = ("country", "region")

_SCRIPTS = {
    "Arabic": re.compile(r"[\u0600-\u06ff]"),
    "Cyrillic": re.compile(r"[\u0400-\u04ff]"),
    "Greek": re.compile(r"[\u0370-\u03ff]"),
    "Hebrew": re.compile(r"[\u0590-\u05ff]"),
    "Latin": re.compile(r"[A-Za-z\u00c0-\u024f]"),
}
_LETTERS = re.compile(r"[^\W\d_]+")
# Persian joins words by U+200C, which is seen.
_UNSEEN = re.compile(r"[\u00ad\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x1f\x7f]")
_APOSTROPHE = re.compile("['’‘ʼ`´ʿʾ]")


def lint(
    actors: Iterable[Record], places: Gazetteer, outlets: Iterable[Record], files: Mapping[str, str]
) -> None:
    """Nothing; ConfigError where two records share a name unsaid, a name cannot be found, a place lies where it cannot.

    `files` says by record id which line of which file speaks of it.
    """
    for records in (actors, outlets):
        _lint_names(records, files)
    kinds = {name: (kind, parent) for name, kind, parent in places.branches()}
    for name, (kind, parent) in kinds.items():
        # Nearly all of them are in order, and a place is made of its row only to say what is wrong with it.
        above = kinds[parent][0] if parent in kinds else None
        if above not in _PARENTS[kind] and (parent is not None or kind not in _MAY_STAND_ALONE):
            _lint_parent(places[name], places, files)


def _lint_names(records: Iterable[Record], files: Mapping[str, str]) -> None:
    bearers: defaultdict[str, dict[str, tuple[Record, str]]] = defaultdict(dict)
    for record in records:
        for name in (*record.names, *record.weak_alias):
            _lint_spelling(name, files[record.id])
            bearers[_spelling_key(name)].setdefault(record.id, (record, name))
    for key, ones in bearers.items():
        for record, name in ones.values() if len(ones) > 1 else ():
            if key not in map(_spelling_key, record.ambiguous):
                other = next(one for one in ones if one != record.id)
                raise ConfigError(
                    f"{files[record.id]}: its name {name!r} is also a name of {other!r} ({files[other]}). "
                    f"Take it from one of them, or list it under `ambiguous` in both."
                )


def _spelling_key(name: str) -> str:
    """What spellings share that a text is searched for alike."""
    return " ".join(_APOSTROPHE.sub("", name_key(name)).replace("-", " ").split())


def _lint_spelling(name: str, where: str) -> None:
    """Refuse a name that no text holds as it stands: look-alike letters of two scripts, marks that nobody sees."""
    for word in _LETTERS.findall(name):
        scripts = sorted({script for script, letters in _SCRIPTS.items() if letters.search(word)})
        if len(scripts) > 1:
            raise ConfigError(
                f"{where}: the word {word!r} of the name {name!r} mixes {' and '.join(scripts)} letters. Write it in one."
            )
    unseen = _UNSEEN.search(name)
    if unseen:
        raise ConfigError(
            f"{where}: the name {name!r} holds the invisible character U+{ord(unseen[0]):04X}. Write it without."
        )
    if not any(map(str.isalnum, name)):
        raise ConfigError(f"{where}: the name {name!r} has neither letter nor digit. Take it out.")


def _lint_parent(place: Place, places: Mapping[str, Place], files: Mapping[str, str]) -> None:
    where = files.get(place.id, f"places ({place.id})")
    allowed = _PARENTS[place.kind]
    if place.parent is None:
        if place.kind not in _MAY_STAND_ALONE:
            raise ConfigError(f"{where}: a {place.kind} needs `parent`, the id of a {' or '.join(allowed)}.")
        return
    above = places.get(place.parent)
    if above is None:
        raise ConfigError(f"{where}: its parent {place.parent!r} is no record. Correct the id or add that place.")
    if above.kind not in allowed:
        may = f"may only lie in a {' or '.join(allowed)}" if allowed else "lies in nothing"
        raise ConfigError(f"{where}: a {place.kind} {may}, and {place.parent!r} is a {above.kind}. Correct `parent`.")
