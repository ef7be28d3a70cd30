"""When was a text published? Only what says so itself is believed, never a day that the text tells of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from searchapp.ingest.data.written_dates import Order, WrittenDate, calendar_words, dates_in
from searchapp.model import ABSENT, Claim, Page, days_of

_WORD = re.compile(r"\w+")
_IN_ADDRESS = re.compile(r"/(\d{4}([/-])\d{1,2}\2\d{1,2})(?=\D|$)")
_MARKUP = ("json-ld:date", "meta:date")
_UNIVERSAL = re.compile(r"\d[T ]\d{2}:\d{2}.*?(?:Z|[+-]00:?00)$", re.IGNORECASE)
_SHOWN = 60


def find_date(page: Page, headline: Claim, declared: Claim | None, today: date) -> Claim:
    """The date of publication: declared, said by the markup, in the date line of the head, in the address, or what a
    search through the page finds.

    `headline` is the date line as it was written. A date after `today`, or one that no calendar has, is no date; where
    nothing better is said, the absent claim says why it was refused.
    """
    refused = ABSENT
    for claim in _claims(page, headline, declared):
        why = _refusal(claim, today)
        if why is None:
            return claim
        if claim.value and refused is ABSENT:
            refused = Claim(None, "absent", claim.origin, f"{claim.value[:_SHOWN]} {why}")
    return refused


def _claims(page: Page, headline: Claim, declared: Claim | None) -> Iterator[Claim]:
    if declared is not None:
        yield declared
    line = _read(headline.value or "", headline.origin, page)
    for name in _MARKUP:
        yield from (_local(_read(value, name, page), line) for value in page.hints.get(name, ()))
    yield line
    times = page.hints.get("time", ())
    # Of several times most belong to teasers: the first was right on two pages of three, a lone one on nearly all.
    yield from (_read(value, "time", page) for value in times if len(times) == 1)
    address = _IN_ADDRESS.search(page.url or "")
    yield _read(address[1] if address else "", "address", page)
    searched = page.hints.get("search", ())
    if searched:
        yield Claim(searched[0], "inferred", "page search", searched[-1], "day")


def _refusal(claim: Claim, today: date) -> str | None:
    """Why this is no date of publication; None where it may be."""
    try:
        first = days_of(claim.value or "").first
    except ValueError:
        return "is no date"
    return "is yet to come" if first > today else None


def _local(said: Claim, line: Claim) -> Claim:
    """The day where the outlet is, if the page shows it beside a moment that is given in universal time."""
    if said.precision != "day" or line.precision != "day" or not _UNIVERSAL.search(said.evidence):
        return said
    apart = days_of(said.value or "").first - days_of(line.value or "").first
    return line if abs(apart.days) == 1 else said


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
