"""Who published a page? What is declared, then what its markup says, whose address it has, and who speaks in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from searchapp.authority import Authority, Outlet, name_key
from searchapp.ingest.outlets.naming import Named, named_outlets, sentence_around, unknown_outlets
from searchapp.ingest.outlets.signs import Sign, signs_of
from searchapp.model import ABSENT, Block, Claim, Page

# Points of evidence, and the lead over the next outlet; text that is not sure of its publisher stays without one.
_ENOUGH = 3.0
_LEAD = 1.5
# A sign that comes again proves less, and the fourth time nothing.
_AGAIN = 0.5
_MOST_TIMES = 3
_QUOTES = 3

_SITE_NAMES = ("og:site_name", "json-ld:publisher", "meta:site")
_SHORTEST_SITE_NAME = 4


def find_outlet(
    text: str, page: Page, blocks: Sequence[Block], declared: Claim | None, authority: Authority
) -> Claim:
    """The outlet, under the name that the authority gives it; absent where nothing tells.

    `blocks` are all blocks of the page, since the furniture that cleaning takes away often names the site.
    """
    if declared is not None and declared.value:
        name = _known_name(declared.value, authority)
        return Claim(name, declared.status, declared.origin, declared.evidence or declared.value)
    for claim in (_by_address(page, authority), _by_markup(page, authority), _by_host(page)):
        if claim is not None:
            return claim
    return _by_speech(text, blocks, authority)


def home_of(outlet: Claim, authority: Authority) -> str | None:
    """The country (ISO 3166-1, small letters) whose readers an outlet writes for; agencies write for all."""
    records = authority.named("outlet", outlet.value) if outlet.value else ()
    homes = {one.country for one in records if isinstance(one, Outlet) and one.kind != "agency"}
    return homes.pop() if len(homes) == 1 else None


def _known_name(label: str, authority: Authority) -> str:
    """The name of the outlet that bears this name or has this host; the label itself where nobody knows it."""
    known = authority.named("outlet", label)
    at_host = _hosts(authority).get(label.casefold().removeprefix("www."))
    record = known[0] if len(known) == 1 else at_host
    return record.name if record is not None else label


def _by_address(page: Page, authority: Authority) -> Claim | None:
    address = _address(page)
    outlet = _outlet_at(address, authority)
    return Claim(outlet.name, "curated", "url", address) if outlet is not None else None


def _address(page: Page) -> str:
    """The page's own address; a canonical one only without it, for who reprints a page names its origin there."""
    return page.url or next((url for name in ("canonical", "og:url") for url in page.hints.get(name, ())), "")


def _host(address: str) -> str:
    try:
        return (urlsplit(address if "//" in address else f"//{address}").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _outlet_at(address: str, authority: Authority) -> Outlet | None:
    """The outlet whose host this is, or the host of which this is a part; the longest that fits."""
    parts = _host(address).split(".")
    tails = (".".join(parts[start:]) for start in range(len(parts) - 1))
    return next((_hosts(authority)[tail] for tail in tails if tail in _hosts(authority)), None)


@lru_cache(maxsize=2)
def _hosts(authority: Authority) -> dict[str, Outlet]:
    return {host: outlet for outlet in authority.outlets.values() for host in outlet.website}


def _by_markup(page: Page, authority: Authority) -> Claim | None:
    """The first name the markup gives that is known, or that something else on the page bears out."""
    said = [(origin, name) for origin in _SITE_NAMES for name in page.hints.get(origin, ())]
    for origin, name in said:
        known = authority.named("outlet", name)
        agency = any(isinstance(record, Outlet) and record.kind == "agency" for record in known)
        borne_out = _is_borne_out(name, page, [other for place, other in said if place != origin])
        if borne_out or (known and not agency) or (len(said) == 1 and not agency and not _host(_address(page))):
            return Claim(_known_name(name, authority), "declared", origin, name)
    return None


def _is_borne_out(name: str, page: Page, others: Sequence[str]) -> bool:
    letters = _letters(name)
    if len(letters) < _SHORTEST_SITE_NAME:
        return False
    titles = (name_key(title) for title in page.hints.get("title", ()))
    return (
        letters in _letters(_host(_address(page)))
        or any(letters == _letters(other.lstrip("@")) for other in others)
        or any(title.endswith(name_key(name)) for title in titles)
    )


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, name_key(text))).removeprefix("the")


def _by_host(page: Page) -> Claim | None:
    host = _host(_address(page))
    return Claim(host, "inferred", "url", _address(page)) if "." in host else None


def _by_speech(text: str, blocks: Sequence[Block], authority: Authority) -> Claim:
    """The outlet that speaks of itself in the text or in what was cleaned away, if one stands out."""
    removed = "\n".join(block.text for block in blocks if not block.kept)
    scores = sorted(_scores(text, removed, authority), key=lambda score: score.points, reverse=True)
    if not scores or scores[0].points < _ENOUGH:
        return ABSENT
    if len(scores) > 1 and scores[0].points - scores[1].points < _LEAD:
        return ABSENT
    best = scores[0]
    return Claim(best.outlet.name, "inferred", "text", " · ".join(best.quotes[:_QUOTES]))


@dataclass(frozen=True, slots=True)
class _Score:
    """How much speaks for an outlet, and the sentences that do."""

    outlet: Outlet
    points: float
    quotes: tuple[str, ...]


def _scores(text: str, removed: str, authority: Authority) -> Iterator[_Score]:
    sources = (removed, text)
    found: defaultdict[Outlet, list[tuple[Named, str]]] = defaultdict(list)
    for source in sources:
        for one in named_outlets(source, authority):
            # The reports of agencies are printed by others, whatever they say of themselves.
            if one.outlet.kind != "agency":
                found[one.outlet].append((one, source))
    yield from (_score(outlet, places) for outlet, places in found.items())
    for source in sources:
        for ones in unknown_outlets(source, authority):
            signs = {sign for one in ones for sign in signs_of(one) if sign.weight > 0}
            # Of somebody unknown one sign alone may be a misunderstanding.
            if len(signs) > 1:
                yield _score(ones[0].outlet, [(one, source) for one in ones])


def _score(outlet: Outlet, places: Sequence[tuple[Named, str]]) -> _Score:
    signs: defaultdict[Sign, list[str]] = defaultdict(list)
    for one, source in places:
        for sign in signs_of(one):
            signs[sign].append(sentence_around(source, one.start, one.end))
    points = sum(sign.weight * _times(sign, len(quotes)) for sign, quotes in signs.items())
    strongest = sorted(signs, key=lambda sign: sign.weight, reverse=True)
    quotes = dict.fromkeys(quote for sign in strongest if sign.weight > 0 for quote in signs[sign])
    return _Score(outlet, points, tuple(quotes))


def _times(sign: Sign, found: int) -> float:
    """How often a sign counts that was found so often."""
    return 1 + _AGAIN * (min(found, _MOST_TIMES) - 1) if sign.again else 1.0
