"""Who published a page? What is declared, then what its markup says, whose address it has, and who speaks in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from searchapp.authority import Authority, Outlet, Record, name_key
from searchapp.ingest.outlets.hosts import host_of, lives_at, outlet_at
from searchapp.ingest.outlets.speaking import find_speaker
from searchapp.model import Block, Claim, Page

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
    return find_speaker(text, blocks, authority)


def home_of(outlet: Claim, authority: Authority) -> str | None:
    """The country (ISO 3166-1, small letters) whose readers an outlet writes for; agencies write for all."""
    records = authority.named("outlet", outlet.value) if outlet.value else ()
    homes = {one.country for one in records if isinstance(one, Outlet) and one.kind != "agency"}
    return homes.pop() if len(homes) == 1 else None


def _known_name(label: str, authority: Authority) -> str:
    """The name of the outlet that bears this name or has this host; the label itself where nobody knows it."""
    known = _known(label, authority)
    record = known[0] if len(known) == 1 else lives_at(label.casefold(), authority)
    return record.name if record is not None else label


def _known(label: str, authority: Authority) -> tuple[Record, ...]:
    return authority.named("outlet", label) or _briefly_named(authority).get(name_key(label), ())


@lru_cache(maxsize=2)
def _briefly_named(authority: Authority) -> dict[str, tuple[Outlet, ...]]:
    """The outlets by names that mean them where an outlet is asked for, and in a text only beside a stronger one."""
    found: defaultdict[str, tuple[Outlet, ...]] = defaultdict(tuple)
    for outlet in authority.outlets.values():
        for name in {name_key(name) for name in outlet.weak_alias}:
            found[name] += (outlet,)
    return dict(found)


def _by_address(page: Page, authority: Authority) -> Claim | None:
    address = _address(page)
    outlet = outlet_at(address, authority)
    return Claim(outlet.name, "curated", "url", address) if outlet is not None else None


def _address(page: Page) -> str:
    """The page's own address; a canonical one only without it, for who reprints a page names its origin there."""
    return page.url or next((url for name in ("canonical", "og:url") for url in page.hints.get(name, ())), "")


def _by_markup(page: Page, authority: Authority) -> Claim | None:
    """The first name the markup gives that is known, or that something else on the page bears out."""
    said = [(origin, name) for origin in _SITE_NAMES for name in page.hints.get(origin, ())]
    for origin, name in said:
        known = _known(name, authority)
        agency = any(isinstance(record, Outlet) and record.kind == "agency" for record in known)
        borne_out = _is_borne_out(name, page, [other for place, other in said if place != origin])
        if borne_out or (known and not agency) or (len(said) == 1 and not agency and not host_of(_address(page))):
            return Claim(_known_name(name, authority), "declared", origin, name)
    return None


def _is_borne_out(name: str, page: Page, others: Sequence[str]) -> bool:
    letters = _letters(name)
    if len(letters) < _SHORTEST_SITE_NAME:
        return False
    titles = (name_key(title) for title in page.hints.get("title", ()))
    return (
        letters in _letters(host_of(_address(page)))
        or any(letters == _letters(other.lstrip("@")) for other in others)
        or any(title.endswith(name_key(name)) for title in titles)
    )


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, name_key(text))).removeprefix("the")


def _by_host(page: Page) -> Claim | None:
    host = host_of(_address(page))
    return Claim(host, "inferred", "url", _address(page)) if "." in host else None
