"""Which outlet speaks in a text? What its words say of it is weighed, and one that stands out is believed."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from searchapp.analysis import analyze
from searchapp.authority import Authority, Outlet
from searchapp.ingest.outlets.hosts import outlet_at
from searchapp.ingest.outlets.naming import Named, named_outlets, sentence_around, unknown_outlets
from searchapp.ingest.outlets.sign import Sign
from searchapp.ingest.outlets.signs import signs_of
from searchapp.ingest.outlets.wire import is_agency_report
from searchapp.model import ABSENT, Block, Claim

# Points of evidence, and the lead over the next outlet; text that is not sure of its publisher stays without one.
_ENOUGH = 2.75
_LEAD = 1.5
# Fewer will do for an outlet that says of itself what hardly another would, beside others that are only quoted; that it
# is credited too then speaks of its earlier reports.
_ENOUGH_OF_ITSELF = 2.0
_LEAD_OF_ITSELF = 0.5
_CREDITED_TOO = 0.5
# A sign that comes again proves less, and the fourth time nothing.
_AGAIN = 0.5
_MOST_TIMES = 3
_QUOTES = 3

# What the whole text adds for an outlet that it speaks for already: named more often than all others together, in
# capitals where others write small letters (POLITICO), and in several short lines of the furniture. Each further
# outlet that is named takes a part away.
_MOST_NAMED = 0.5
_IN_CAPITALS = 1.25
_SHORTEST_IN_CAPITALS = 4
_IN_FURNITURE = 2.0
_IN_MUCH_FURNITURE = 1.0
_FURNITURE_LINES = 3
_FURNITURE_LEAD = 3
_LONGEST_FURNITURE = 40
# Who is told what stands under "Exclusive" is the one that says so.
_EXCLUSIVE = 0.75
_SAYS_EXCLUSIVE = re.compile(r"\W{0,3}exclusive\b", re.IGNORECASE)
_BULLETS = " \t*+•·-–—|>＊"
_EACH_OTHER = 0.3

# Where its people are to be written to, and under which address a reader is to share this very article.
_ADDRESS = Sign(re.compile(""), "before", 3.5)
_HOST = r"(?P<host>(?:[\w-]{1,63}\.){1,4}[A-Za-z]{2,12})\b"
_ADDRESSES = {
    "@": re.compile(rf"(?<![\w.+-])[\w.+-]{{1,64}}@{_HOST}"),
    ":": re.compile(rf"\bshare\s+this\s+(?:story|article|page)\s*:\s*(?:https?://)?(?:www\.)?{_HOST}", re.IGNORECASE),
}
"""What marks a text in which there may be such an address, and how it is written there."""
_MOST_ADDRESSES = 50
# "Image copyright" and the like, which an outlet's pages say beside every picture.
_PHRASE = Sign(re.compile(""), "before", 3.25)
_BLANKS = "\n\t\xa0\u2009\u202f"
"""What stands for a blank within them."""


@dataclass(frozen=True, slots=True)
class Score:
    """How much speaks for an outlet, and the sentences that do."""

    outlet: Outlet
    points: float
    quotes: tuple[str, ...]
    firm: bool


def find_speaker(text: str, blocks: Sequence[Block], authority: Authority) -> Claim:
    """The outlet that speaks of itself in the text or in what was cleaned away, if one stands out."""
    removed = "\n".join(block.text for block in blocks if not block.kept)
    scores = sorted(scores_of(text, removed, authority), key=lambda score: score.points, reverse=True)
    if not scores or not _stands_out(scores[0], scores[1:]):
        return ABSENT
    best = scores[0]
    # What people told others stands in the reports of agencies too, whoever prints them.
    if not (best.firm and best.points >= _ENOUGH) and is_agency_report(text, authority):
        return ABSENT
    return Claim(best.outlet.name, "inferred", "text", " · ".join(best.quotes[:_QUOTES]))


def _stands_out(best: Score, others: Sequence[Score]) -> bool:
    """Whether enough speaks for the best, and enough more than for each of the others."""
    return best.points >= (_ENOUGH_OF_ITSELF if best.firm else _ENOUGH) and all(
        best.points - other.points >= (_LEAD_OF_ITSELF if best.firm and not other.firm else _LEAD) for other in others
    )


def scores_of(text: str, removed: str, authority: Authority) -> Iterator[Score]:
    """What speaks for each outlet that the text or its furniture names."""
    sources = (removed, text)
    found: defaultdict[Outlet, list[tuple[Named, str]]] = defaultdict(list)
    for source in sources:
        for one in named_outlets(source, authority):
            # The reports of agencies are printed by others, whatever they say of themselves.
            if one.outlet.kind != "agency":
                found[one.outlet].append((one, source))
    spoken = _spoken(sources, authority)
    named = sum(map(len, found.values()))
    exclusive = _SAYS_EXCLUSIVE.match(text) is not None
    lines = Counter({outlet: len(_furniture_lines(places, removed)) for outlet, places in found.items()})
    for outlet in found.keys() | spoken.keys():
        signs = _signs(found[outlet]) | spoken.get(outlet, {})
        points = _points(signs) + _in_furniture(outlet, lines)
        if points > 0:
            points += _standing(found[outlet], named, len(found)) + _EXCLUSIVE * (exclusive and _is_told(signs))
        yield Score(outlet, points, _quotes(signs), _is_firm(signs))
    for source in sources:
        for ones in unknown_outlets(source, authority):
            signs = _signs([(one, source) for one in ones])
            # Of somebody unknown one sign alone may be a misunderstanding.
            if sum(sign.weight > 0 for sign in signs) > 1:
                yield Score(ones[0].outlet, _points(signs), _quotes(signs), firm=False)


def _signs(places: Sequence[tuple[Named, str]]) -> dict[Sign, list[str]]:
    """The signs that hold for an outlet, with the sentences where they do."""
    signs: defaultdict[Sign, list[str]] = defaultdict(list)
    for one, source in places:
        for sign in signs_of(one):
            signs[sign].append(sentence_around(source, one.start, one.end))
    return dict(signs)


def _spoken(sources: Sequence[str], authority: Authority) -> dict[Outlet, dict[Sign, list[str]]]:
    """The outlets that give addresses as their own, or whose own phrases are there, with the sentences that say so."""
    found: dict[Outlet, dict[Sign, list[str]]] = {}
    for source in filter(None, sources):
        plain, forms = source, frozenset(analyze(source, None).forms)
        for blank in _BLANKS:
            plain = plain.replace(blank, " ")
        for needed, phrase, owner in _phrases(authority):
            start = plain.find(phrase) if not needed or needed in forms else -1
            if start >= 0:
                quote = sentence_around(source, start, start + len(phrase))
                found.setdefault(owner, {}).setdefault(_PHRASE, []).append(quote)
    for source, (mark, pattern) in product(sources, _ADDRESSES.items()):
        for match in islice(pattern.finditer(source), _MOST_ADDRESSES) if mark in source else ():
            outlet = outlet_at(match["host"].casefold(), authority)
            if outlet is not None and outlet.kind != "agency":
                found.setdefault(outlet, {}).setdefault(_ADDRESS, []).append(sentence_around(source, *match.span()))
    return found


@lru_cache(maxsize=2)
def _phrases(authority: Authority) -> tuple[tuple[str, str, Outlet], ...]:
    """The phrases of all houses, each with a word without which it need not be looked for, "" where there is none."""
    return tuple(
        (max(analyze(phrase, None).forms[1:-1], key=len, default=""), phrase, outlet)
        for outlet in authority.outlets.values() for phrase in outlet.phrase
    )  # fmt: skip


def _points(signs: dict[Sign, list[str]]) -> float:
    weighed = [sign.weight * _times(sign, len(quotes)) for sign, quotes in signs.items()]
    share = _CREDITED_TOO if _is_firm(signs) else 1.0
    return sum(weight if weight > 0 else share * weight for weight in weighed)


def _is_told(signs: Iterable[Sign]) -> bool:
    return any(sign.credit == "told" and sign.weight > 0 for sign in signs)


def _is_firm(signs: Iterable[Sign]) -> bool:
    return any(sign.firm for sign in signs)


def _standing(places: Sequence[tuple[Named, str]], named: int, outlets: int) -> float:
    """What the way and the number of times that it is named say of an outlet."""
    shouted = any(
        len(one.surface) >= _SHORTEST_IN_CAPITALS and one.surface.isupper() and _has_small_letters(one)
        and any(map(str.islower, one.before + one.after))
        for one, _ in places
    )  # fmt: skip
    return (
        _MOST_NAMED * (2 * len(places) > named) + _IN_CAPITALS * shouted - _EACH_OTHER * math.log(max(outlets, 1))
    )


def _has_small_letters(one: Named) -> bool:
    """Whether others write the name that stands there in capitals with small letters, as in Politico and Time magazine."""
    length = len(one.surface)
    return any(name[:length] != one.surface and name[:length].upper() == one.surface for name in one.outlet.names)


def _in_furniture(outlet: Outlet, lines: Counter[Outlet]) -> float:
    """What it says of an outlet that so many different short lines of the furniture begin or end with its name."""
    mine = lines[outlet]
    most = max((number for other, number in lines.most_common(2) if other is not outlet), default=0)
    if mine < _FURNITURE_LINES or mine < _FURNITURE_LEAD * most:
        return 0.0
    return _IN_FURNITURE + _IN_MUCH_FURNITURE * (mine >= 2 * _FURNITURE_LINES)


def _furniture_lines(places: Sequence[tuple[Named, str]], removed: str) -> set[str]:
    return {
        f"{one.before}@{one.after}".strip(_BULLETS)
        for one, source in places
        if source is removed and len(one.before + one.after) < _LONGEST_FURNITURE
        and not (one.before.strip(_BULLETS) and one.after.strip(_BULLETS))
    }  # fmt: skip


def _quotes(signs: dict[Sign, list[str]]) -> tuple[str, ...]:
    strongest = sorted(signs, key=lambda sign: sign.weight, reverse=True)
    return tuple(dict.fromkeys(quote for sign in strongest if sign.weight > 0 for quote in signs[sign]))


def _times(sign: Sign, found: int) -> float:
    """How often a sign counts that was found so often."""
    return 1 + _AGAIN * (min(found, _MOST_TIMES) - 1) if sign.again else 1.0
