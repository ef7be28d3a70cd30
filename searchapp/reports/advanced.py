"""Which query does the form of many fields ask? It is written out, and goes into the one box."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from searchapp.grammar.characters import readable

FIELDS = ("title", "text", "outlet", "actor", "location", "cites", "language", "author", "folder", "url", "file", "id")
"""What words can be looked for in alone, as the query language names it."""

DISTANCES = ("2", "5", "10", "20")


def written_query(given: Mapping[str, str]) -> str:
    """The query that the fields of the form ask together: words of `all`, `any_words`, `exact`, `none`, `near`, `field`."""
    typed = {name: readable(text) for name, text in given.items()}
    parts = [part for name, write in _WRITERS.items() if (words := typed.get(name, "").split()) for part in write(words)]
    near = typed.get("near", "").replace('"', " ").split()
    if len(near) > 1:
        distance = given.get("distance", "")
        parts.append(f'"{" ".join(near)}"~{distance if distance in DISTANCES else DISTANCES[1]}')
    elif near:
        parts.append(_plain(near[0]))
    field, inside = given.get("field", ""), typed.get("inside", "").replace('"', " ").split()
    if inside and field in FIELDS:
        parts.append(f'{field}:"{" ".join(inside)}"' if len(inside) > 1 else f"{field}:{_plain(inside[0])}")
    return " ".join(parts)


def _plain(word: str) -> str:
    """A word that means nothing else in a query; what would is quoted."""
    bare = word.replace('"', "")
    return f'"{bare}"' if bare in ("AND", "OR", "NOT") or set("():") & set(bare) or bare[:1] == "-" else bare


def _all(words: list[str]) -> list[str]:
    return [word for word in map(_plain, words) if word]


def _any(words: list[str]) -> list[str]:
    listed = _all(words)
    return [f"({' OR '.join(listed)})"] if len(listed) > 1 else listed


def _exact(words: list[str]) -> list[str]:
    phrase = " ".join(" ".join(words).replace('"', " ").split())
    return [f'"{phrase}"'] if phrase else []


def _none(words: list[str]) -> list[str]:
    return [f"-{word}" for word in _all(words)]


_WRITERS: dict[str, Callable[[list[str]], list[str]]] = {"all": _all, "exact": _exact, "any_words": _any, "none": _none}
