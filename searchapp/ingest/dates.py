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
_KNOWN = ("meta:date", "modified", "itemprop:date")
_NUMBERS = re.compile(r"(?<![\d./-])(\d{1,2})([/-])(\d{1,2})\2\d{4}(?!\d)")
_SHORT_LINE = 100
_ORDERS: tuple[Order, ...] = ("day first", "month first")
_UNIVERSAL = re.compile(r"\d[T ]\d{2}:\d{2}.*?(?:Z|[+-]00:?00)$", re.IGNORECASE)
_SHOWN = 60


def find_date(page: Page, headline: Claim, declared: Claim | None, today: date) -> Claim:
    """The date of publication: declared, said by the markup (or shown in its place), in the date line of the head, in
    the address, or what a search through the page finds.

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
    for said in [_read(value, name, page) for name in _MARKUP for value in page.hints.get(name, ())]:
        yield from (_shown(said, line, page), said)
    yield from _lone("itemprop:date", page)
    yield line
    # Of several times most belong to teasers: the first was right on two pages of three, a lone one on nearly all.
    yield from _lone("time", page)
    address = _IN_ADDRESS.search(page.url or "")
    yield _read(address[1] if address else "", "address", page)
    searched = page.hints.get("search", ())
    if searched:
        yield Claim(searched[0], "inferred", "page search", searched[-1], "day")
    yield from _lone("json-ld:page", page)


def _lone(name: str, page: Page) -> Iterator[Claim]:
    values = page.hints.get(name, ())
    yield from (_read(value, name, page) for value in values if len(values) == 1)


def _refusal(claim: Claim, today: date) -> str | None:
    """Why this is no date of publication; None where it may be."""
    try:
        first = days_of(claim.value or "").first
    except ValueError:
        return "is no date"
    return "is yet to come" if first > today else None


def _shown(said: Claim, line: Claim, page: Page) -> Claim:
    """What the markup says, or the day that the page shows its readers where it knows that one as well.

    Beside a moment in universal time the page shows the day where the outlet is. An article that was written anew shows
    a later day than its markup says, which then calls that day one of a change.
    """
    if said.precision != "day" or line.precision != "day" or said.value == line.value:
        return said
    apart = days_of(said.value or "").first - days_of(line.value or "").first
    local = abs(apart.days) == 1 and _UNIVERSAL.search(said.evidence)
    return line if local or line.value in _known_days(page) else said


def _known_days(page: Page) -> set[str | None]:
    """The days that the markup says, of whatever; of elements that hold a time, where all of them say one day."""
    known = {_read(value, name, page).value for name in _KNOWN for value in page.hints.get(name, ())}
    times = {_read(value, "time", page).value for value in page.hints.get("time", ())}
    return known | times if len(times) == 1 else known


def _read(text: str, origin: str, page: Page) -> Claim:
    """The earliest day of those that a line does not call days of a change, else its first month or year."""
    said = [
        one
        for one in dates_in(text, _order(text, page))
        if not any(word in calendar_words("later") for word in _WORD.findall(text[: one.start].casefold())[-3:])
    ]
    days = [one for one in said if one.precision == "day"]
    found = min(days, key=lambda one: one.value) if days else next(iter(said), None)
    return _claim(found, origin, text) if found else ABSENT


def _claim(found: WrittenDate, origin: str, text: str) -> Claim:
    return Claim(found.value, "inferred", origin, text, found.precision)


def _order(text: str, page: Page) -> Order | None:
    """How the numbers of a date are meant in this text; None where its page does not tell."""
    if not _NUMBERS.search(text):
        return None
    language = next(iter(page.hints.get("lang", ())), "").lower().replace("_", "-")
    if language and language != "en":
        return "month first" if language == "en-us" else "day first"
    times = " ".join(page.hints.get("time", ()))
    fitting = [order for order in _ORDERS if any(one.value in times for one in dates_in(text, order))]
    return fitting[0] if len(fitting) == 1 else _order_of_others(page)


def _order_of_others(page: Page) -> Order | None:
    """How the page writes those dates that can be read in one way only, since no year has 13 months."""
    lines = (block.text for block in page.blocks if len(block.text) <= _SHORT_LINE)
    numbers = [(int(match[1]), int(match[3])) for line in lines for match in _NUMBERS.finditer(line)]
    kinds: set[Order] = {"day first" if day > 12 else "month first" for day, month in numbers if max(day, month) > 12}
    return kinds.pop() if len(kinds) == 1 else None
