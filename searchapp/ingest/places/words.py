"""Which word of a text may be of the name of which place? A table of the gazetteer's, and the words of other records.

Each name is entered under one of its forms. Who meets that form reads the names of the places entered there, so that of
tens of thousands of names only those are analysed that a text may hold.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator

from searchapp.analysis import VERSION, analyze
from searchapp.authority import Gazetteer, Place
from searchapp.ingest.data import data_folder

TABLE = "gazetteer_words.tsv.gz"
ARTICLES = frozenset(("al", "el", "ar", "as", "ash", "at", "ad", "az", "an"))


def places_by_word(places: Gazetteer) -> dict[str, str]:
    """Under each form the numbers of places in their order, with blanks between them.

    Every name of a place is entered, under a form that it still has when its article is taken off or it is given one.
    """
    shipped = _shipped_table(places.edition)
    found = {} if shipped is None else shipped
    for number, name in enumerate(places):
        if shipped is None or name in places.written or number >= places.listed:
            known = places.listed_names(name) if shipped is not None else ()
            for word in words_of(_names(places[name]).difference(known)):
                found[word] = f"{found[word]} {number}" if word in found else str(number)
    return found


def words_of(names: Iterable[str]) -> set[str]:
    """The forms under which these names are entered."""
    return {word for name in names for word in _word(_forms(name))}


def table_of(places: Gazetteer) -> bytes:
    """The file that says under which forms the names of the gazetteer's own rows are entered."""
    numbers: defaultdict[str, list[str]] = defaultdict(list)
    for number, name in enumerate(places):
        for word in words_of(places.listed_names(name)):
            numbers[word].append(str(number))
    lines = [_heading(places.edition), *(f"{word}\t{' '.join(numbers[word])}" for word in sorted(numbers))]
    return gzip.compress("\n".join(lines).encode("utf-8"), 9, mtime=0)


def _shipped_table(edition: str) -> dict[str, str] | None:
    """The table that comes with the program, None where it is of another gazetteer or analysis."""
    heading, _, rest = gzip.decompress((data_folder() / TABLE).read_bytes()).decode("utf-8").partition("\n")
    if heading != _heading(edition):
        return None
    return dict(line.split("\t") for line in rest.split("\n"))


def _heading(edition: str) -> str:
    return f"{edition}\t{VERSION}"


def _names(place: Place) -> set[str]:
    return {*place.names, *place.weak_alias, *place.demonym, *place.abbreviation}


def _forms(name: str) -> tuple[str, ...]:
    plain = name.isascii() and name.replace(" ", "").isalnum()
    return tuple(name.lower().split()) if plain else analyze(name, None).forms


def _word(forms: tuple[str, ...]) -> Iterator[str]:
    """The longest form, which is rarely that of many names, but no article in front."""
    bare = forms[1:] if len(forms) > 1 and forms[0] in ARTICLES else forms
    if bare:
        yield max(bare, key=len)
