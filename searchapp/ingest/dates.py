"""When was a text published? Only what says so itself is believed, never a day that the text tells of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from searchapp.ingest.data.written_dates import Order, WrittenDate, calendar_words, dates_in
from searchapp.model import ABSENT, Claim, Page, days_of, is_date

_WORD = re.compile(r"\w+")
_IN_ADDRESS = re.compile(r"/(\d{4}([/-])\d{1,2}\2\d{1,2})(?=\D|$)")
_MARKUP = ("json-ld:date", "meta:date")


def find_date(page: Page, headline: Claim, declared: Claim | None, today: date) -> Claim:
    """The date of publication: declared, said by the markup, in the date line of the head, or in the address.

    `headline` is the date line as it was written. A date after `today`, or one that no calendar has, is no date.
    """
    candidates = (_checked(claim, today) for claim in _claims(page, headline, declared))
    return next((claim for claim in candidates if claim), ABSENT)


def _claims(page: Page, headline: Claim, declared: Claim | None) -> Iterator[Claim]:
    if declared is not None:
        yield declared
    for name in _MARKUP:
        yield from (_read(value, name, page) for value in page.hints.get(name, ()))
    yield _read(headline.value or "", headline.origin, page)
    times = page.hints.get("time", ())
    # Of several times most belong to teasers: the first was right on two pages of three, a lone one on nearly all.
    yield from (_read(value, "time", page) for value in times if len(times) == 1)
    address = _IN_ADDRESS.search(page.url or "")
    yield _read(address[1] if address else "", "address", page)


def _checked(claim: Claim, today: date) -> Claim | None:
    known = claim.value is not None and is_date(claim.value) and days_of(claim.value).first <= today
    return claim if known else None


def _read(text: str, origin: str, page: Page) -> Claim:
    """The first date of a line that is not said to be that of a change."""
    for one in dates_in(text, _order(page)):
        if not any(word in calendar_words("later") for word in _WORD.findall(text[: one.start].casefold())[-3:]):
            return _claim(one, origin, text)
    return ABSENT


def _claim(found: WrittenDate, origin: str, text: str) -> Claim:
    return Claim(found.value, "inferred", origin, text, found.precision)


def _order(page: Page) -> Order | None:
    """How the page's language writes a date in numbers; None where its pages do it in both ways."""
    language = next(iter(page.hints.get("lang", ())), "").lower().replace("_", "-")
    if language == "en-us":
        return "month first"
    return "day first" if language and language != "en" else None
