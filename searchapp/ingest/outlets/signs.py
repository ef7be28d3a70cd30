"""What do the words around the name of an outlet say: that it speaks of itself, or that it is credited?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from searchapp.ingest.outlets.crediting import CREDITING
from searchapp.ingest.outlets.naming import Named
from searchapp.ingest.outlets.own_pages import OWN_PAGES
from searchapp.ingest.outlets.own_work import OWN_WORK
from searchapp.ingest.outlets.sign import Sign

SIGNS = (*OWN_PAGES, *OWN_WORK, *CREDITING)
"""Three points are nearly what makes an outlet believed: a sign that nobody but a publisher gives, or several others."""


_NEEDED = tuple((frozenset(sign.needs.split()), sign) for sign in SIGNS)
_WORDS = re.compile(r"[^\W\d_]+")

# A sign of this weight leaves no doubt who speaks.
_SPEAKS = 2.5


# Who publishes and whom is credited are asked one after the other, of the same names.
@lru_cache(maxsize=2_000)
def signs_of(named: Named) -> tuple[Sign, ...]:
    """All signs that hold for the name where it stands."""
    line = f"{named.before}@{named.after}"
    words = frozenset(_WORDS.findall(line.lower()))
    signs = tuple(
        sign for needed, sign in _NEEDED if not (needed and needed.isdisjoint(words)) and sign.holds(named, line)
    )
    # Those whom somebody spoke to are who spoke, in "officials who spoke to Politico said"; and nobody is credited with
    # what it says of itself, as in "as Politico has reported before".
    others_spoke = any(sign.credit in ("told", "spoke to") or sign.weight >= _SPEAKS for sign in signs)
    return tuple(sign for sign in signs if sign.credit != "said") if others_spoke else signs


def credit_of(signs: Iterable[Sign]) -> str | None:
    """How the text credits the outlet there, in a word or two; None where it does not."""
    return next((sign.credit for sign in signs if sign.credit), None)
