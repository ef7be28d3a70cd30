"""How are things said on a page? Texts, counted nouns, dates and spans of dates in the language of the interface."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale

from searchapp.model import days_of


@lru_cache(maxsize=16)
def _months(language: str, width: str) -> tuple[str, ...]:
    names = Locale(language).months["stand-alone"][width]
    return tuple(names[month] for month in range(1, 13))


def _as_written(text: str) -> str:
    return text


def _one_or_many(one: str, many: str, value: int) -> str:
    return one if value == 1 else many


def marked_for_translation(text: str) -> str:
    """The text itself; what is called like this stands in the catalogue and is said later."""
    return text


N_ = marked_for_translation


@dataclass(frozen=True, slots=True)
class Words:
    """A language of the interface: texts are asked for in English, and said as its catalogue has them.

    Dates are said as precisely as they are known, and no more.
    """

    language: str
    translate: Callable[[str], str] = _as_written
    choose: Callable[[str, str, int], str] = _one_or_many

    def say(self, text: str, **values: object) -> str:
        """The text with its values filled in."""
        said = self.translate(text) if text else text
        return said % values if values else said

    def count(self, one: str, many: str, value: int) -> str:
        """A counted noun: 1 story, 1,204 stories; both texts hold %(n)s."""
        return self.choose(one, many, value) % {"n": f"{value:,}"}

    def isolated(self, text: str) -> str:
        """The text so that its own direction stays its own within a sentence of another script."""
        return text if self.language == "en" else f"\u2068{text}\u2069"

    def day(self, date: str | None) -> str:
        """8 June 2020, June 2020 or 2020, as precise as the date is; `undated` for none."""
        if date is None:
            return self.say("undated")
        year, *rest = date.split("-")
        if not rest:
            return year
        month = _months(self.language, "wide")[int(rest[0]) - 1]
        return f"{int(rest[1])} {month} {year}" if len(rest) == 2 else f"{month} {year}"

    def moment(self, when: str) -> str:
        """A date, the run of an ingest with its time of day (UTC), or the number of a generation."""
        day, of_a_run, time = when.partition("T")
        if of_a_run:
            return f"{self.day(day)} {time[:5]} UTC"
        numbered = when.isdecimal() and len(when) != len("2020")
        return self.say("generation %(n)s", n=when) if numbered else self.day(when)

    def tick(self, date: str) -> str:
        """A date as short as it can be below a bar: 8 Jun, Jun 2020, 2020."""
        year, *rest = date.split("-")
        if not rest:
            return year
        month = _months(self.language, "abbreviated")[int(rest[0]) - 1]
        return f"{int(rest[1])} {month}" if len(rest) == 2 else f"{month} {year}"

    def span(self, date_from: str | None, date_to: str | None) -> str:
        """A range of dates: June 2020 where it is one month, 2020 where it is one year, else from day to day."""
        if date_from and date_to:
            first, last = days_of(date_from).first, days_of(date_to).last
            for length in (4, 7, 10):
                around = days_of(first.isoformat()[:length])
                if around.first == first and around.last == last:
                    return self.day(first.isoformat()[:length])
            return self.say("%(first)s to %(last)s", first=self.day(date_from), last=self.day(date_to))
        if date_from:
            return self.say("from %(day)s on", day=self.day(date_from))
        return self.say("until %(day)s", day=self.day(date_to))


ENGLISH = Words("en")
