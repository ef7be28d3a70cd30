"""Is a text the report of an agency, which others print? Whom it quotes then says nothing of who did."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from searchapp.authority import Authority, name_key

# What an agency says of itself stands at the head of its reports, who wrote and edited them at the end.
_HEAD = 1_500
_MOST_LINES = 50
_SAYS_AGENCY = re.compile(
    r"\b(?:[A-Z][\w.'’-]*|\d{1,2}),?\s{1,2}\((?P<dateline>[A-Z][^()\n]{1,30})\)\s?[-–—]|^[^\n(]{0,80}\((?P<opening>[^()\n]{2,30})\)\s?(?=[A-Z\"“])"
    r"|^By\s(?:[^\n]{2,60}[,|]\s)?(?:[Tt]he\s)?(?P<byline>[A-Z][\w -]{1,30})$",
    re.MULTILINE,
)
_EDITED = re.compile(r"\(?\b[Rr]eporting\sby\s[A-Z][^\n()]{3,200};?\s(?:[Ww]riting\sby\s[^\n()]{3,80};\s)?[Ee]diting\sby\s[A-Z]")


def is_agency_report(text: str, authority: Authority) -> bool:
    """Whether its dateline or byline names an agency, or its end says who edited it, as agencies do."""
    said = (next(filter(None, match.groups())) for match in islice(_SAYS_AGENCY.finditer(text, 0, _HEAD), _MOST_LINES))
    return any(name_key(name) in _agencies(authority) for name in said) or _EDITED.search(text) is not None


@lru_cache(maxsize=2)
def _agencies(authority: Authority) -> frozenset[str]:
    return frozenset(
        name_key(name)
        for outlet in authority.outlets.values() if outlet.kind == "agency" for name in (*outlet.names, *outlet.weak_alias)
    )  # fmt: skip
