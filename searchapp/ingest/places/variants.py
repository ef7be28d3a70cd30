"""Which known place may be meant by a spelling that no record has? Names from Arabic are written in Latin letters as one likes.

Spellings are alike that have the same consonants, in the same order, and are nearly the same letter by letter.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from searchapp.analysis import VERSION, fold
from searchapp.authority import Authority, Gazetteer, Place
from searchapp.ingest.data import data_folder
from searchapp.ingest.places.words import ARTICLES

TABLE = "gazetteer_keys.tsv.gz"
COUNTRIES = frozenset("sy ly iq lb jo ps eg sd tn dz ma mr eh ye om ae qa bh kw sa".split())
"""Where the names of places come from Arabic."""

_FEWEST_CONSONANTS = 3
_ALIKE, _ALIKE_IF_SHORT = 0.86, 0.92
_SIGNS = re.compile(r"['’‘ʼʿʾ`]")
_TOGETHER = (("kh", "x"), ("gh", "g"), ("sh", "s"), ("th", "t"), ("dh", "d"), ("ch", "s"), ("ph", "f"))
_ONE_FOR_ANOTHER = str.maketrans("qcpv", "kkbf")
_VOWELS = re.compile("[aeiouyw]+")
_TWICE = re.compile(r"(.)\1+")


def key_of(name: str) -> str:
    """The consonants of a name in Latin letters, without its articles; "" where they are too few to say anything."""
    bare = _bare(name)
    if not bare.isascii():
        return ""
    for written, sign in _TOGETHER:
        bare = bare.replace(written, sign)
    words = (re.sub("[ht]$", "", _TWICE.sub(r"\1", word.translate(_ONE_FOR_ANOTHER))) for word in bare.split())
    key = " ".join(filter(None, (_TWICE.sub(r"\1", _VOWELS.sub("", word)) for word in words)))
    return key if len(key.replace(" ", "")) >= _FEWEST_CONSONANTS else ""


def places_spelt_like(surface: str, countries: Collection[str], authority: Authority) -> tuple[Place, ...]:
    """The places in these countries whose name, or one of their names, is written much like this."""
    key = key_of(surface)
    near = COUNTRIES.intersection(countries)
    if not key or not near:
        return ()
    bare = _bare(surface)
    wanted = _ALIKE if len(key.replace(" ", "")) > _FEWEST_CONSONANTS else _ALIKE_IF_SHORT
    found: dict[Place, float] = {}
    for place in _places_under(key, authority):
        if place.country in near:
            found[place] = max((JaroWinkler.similarity(bare, _bare(name)) for name in place.names if key_of(name) == key), default=0.0)
    best = max(found.values(), default=0.0)
    return tuple(place for place, alike in found.items() if alike == best) if best >= wanted else ()


def table_of_keys(places: Gazetteer) -> bytes:
    """The file that says under which keys the names of the gazetteer's own rows are found."""
    numbers: dict[str, list[str]] = {}
    for number, name in enumerate(places):
        if places[name].country in COUNTRIES:
            for key in {key_of(text) for text in places.listed_names(name)} - {""}:
                numbers.setdefault(key, []).append(str(number))
    lines = [_heading(places), *(f"{key}\t{' '.join(numbers[key])}" for key in sorted(numbers))]
    return gzip.compress("\n".join(lines).encode("utf-8"), 9, mtime=0)


def _places_under(key: str, authority: Authority) -> Iterator[Place]:
    numbers = _table(authority).get(key, "")
    ids = _ids(authority)
    yield from (authority.places[ids[int(number)]] for number in numbers.split())


@lru_cache(maxsize=2)
def _ids(authority: Authority) -> list[str]:
    return list(authority.places)


@lru_cache(maxsize=2)
def _table(authority: Authority) -> dict[str, str]:
    """Under each key the numbers of places; nothing where the table is of another gazetteer."""
    heading, _, rest = gzip.decompress((data_folder() / TABLE).read_bytes()).decode("utf-8").partition("\n")
    if heading != _heading(authority.places):
        return {}
    return dict(line.split("\t") for line in rest.split("\n"))


def _heading(places: Gazetteer) -> str:
    return f"{places.edition}\t{VERSION}"


def _bare(name: str) -> str:
    """The folded name without apostrophes and articles, its parts apart."""
    words = _SIGNS.sub("", fold(name)).replace("-", " ").split()
    return " ".join(word for word in words if word not in ARTICLES) or " ".join(words)
