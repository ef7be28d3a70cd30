"""Which outlet lives at a host?"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from searchapp.authority import Authority, Outlet


def host_of(address: str) -> str:
    """The host of an address, without www; "" where there is none."""
    try:
        return (urlsplit(address if "//" in address else f"//{address}").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def outlet_at(address: str, authority: Authority) -> Outlet | None:
    """The outlet whose host this is, or the host of which this is a part; the longest that fits."""
    parts = host_of(address).split(".")
    tails = (".".join(parts[start:]) for start in range(len(parts) - 1))
    return next((_hosts(authority)[tail] for tail in tails if tail in _hosts(authority)), None)


def lives_at(host: str, authority: Authority) -> Outlet | None:
    """The outlet that names exactly this host as its own."""
    return _hosts(authority).get(host.removeprefix("www."))


@lru_cache(maxsize=2)
def _hosts(authority: Authority) -> dict[str, Outlet]:
    return {host: outlet for outlet in authority.outlets.values() for host in outlet.website}
