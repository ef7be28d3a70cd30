"""How are warnings and errors said in the language of the interface? They are written in English where they arise."""

from __future__ import annotations

import re
from functools import cache

from searchapp.reports.wording import N_, Words

MESSAGES = (
    N_("The quotation mark opened at character %(n)s is never closed."),
    N_("The parenthesis opened at character %(n)s is never closed."),
    N_("The bracket opened at character %(n)s is never closed."),
    N_("The parenthesis closed at character %(n)s was never opened."),
    N_("The field %(field)s at character %(n)s has no value; it stands right after the colon."),
    N_("The field %(field)s at character %(n)s has no ranges; only “date” has."),
    N_("The field at character %(n)s stands inside the field %(field)s."),
    N_("There is no field %(name)s (character %(n)s)."),
    N_("There is no field %(name)s (character %(n)s). Is %(near)s meant?"),
    N_("The minus sign after %(field)s at character %(n)s belongs before the field’s name."),
    N_("The %(sign)s at character %(n)s has nothing after it."),
    N_("The %(sign)s at character %(n)s has nothing before it."),
    N_("After the ~ at character %(n)s there must be a number from 1 to %(most)s."),
    N_("The distance after the ~ of %(word)s at character %(n)s must be 1 or 2."),
    N_("The range of dates at character %(n)s ends before it begins."),
    N_("The date at character %(n)s cannot be read: write 2020, 2020-04, 2020-04-29 or [2020-01-01 TO 2020-06-30] after “date:”."),
    N_("%(word)s at character %(n)s finds words with one more character; to find %(plain)s leave out the question mark."),
    N_("%(word)s at character %(n)s is read as plain words: next to *, ? and ~ only letters, digits, hyphens and apostrophes may stand."),
    N_("%(word)s at character %(n)s needs at least %(least)s letters or digits before the *."),
    N_("%(word)s finds %(n)s different words; it may find %(most)s. Write more of the word."),
    N_("A query may have at most %(most)s characters; this one has %(n)s."),
    N_("A query may have at most %(most)s words; this one has %(n)s."),
    N_("A query may have at most %(most)s clauses; this one has %(n)s."),
    N_("A query may have at most %(most)s levels of parentheses; this one has %(n)s."),
    N_("Pages reach to result %(most)s; follow `next` to go further."),
    N_("No document of this archive has the %(facet)s %(value)s."),
    N_("No document of this archive has the %(facet)s %(value)s. Is %(near)s meant?"),
    N_("This is not in this archive. Below is what its parts are found in, read as words."),
    N_("This link led to %(then)s results when it was made; now there are %(now)s."),
    N_("The parameter %(name)s is not known."),
    N_("The parameter %(name)s is not known; did you mean %(near)s?"),
    N_("%(name)s is %(value)s; allowed are %(allowed)s."),
    N_("%(name)s is %(value)s; it must be a whole number from %(least)s on."),
    N_("%(name)s is %(value)s; at most %(most)s are given."),
    N_("%(name)s is given more than once."),
    N_("%(name)s: %(value)s is no date: write 2020, 2020-06 or 2020-06-08."),
    N_("date_from lies after date_to."),
    N_("%(value)s is both chosen and excluded."),
    N_("missing=%(name)s stands beside -missing=%(name)s."),
    N_("missing=%(name)s finds nothing beside chosen values."),
    N_("%(name)s: there is no facet %(value)s for this; did you mean %(near)s?"),
    N_("%(name)s: there is no facet %(value)s for this; it may be %(allowed)s."),
    N_("There is no facet %(name)s."),
    N_("There is no facet %(name)s. Did you mean %(near)s?"),
    N_("There is no document %(name)s in this archive."),
    N_("This document was taken down."),
    N_("This document was taken down on %(day)s."),
    N_("This archive shows snippets, no whole texts."),
    N_(
        "The list of what was taken down cannot be read, so no single document is shown until it is repaired. "
        "The log of the server names the line."
    ),
    N_(
        "No answer within %(n)s seconds. Ask for something narrower: fewer words joined by OR, longer beginnings before *, "
        "a filter, or fewer facets (facets=outlet)."
    ),
    N_("there is no index here yet: run `searchapp ingest PATH` with the folder to search"),
    N_(
        "The requested URL was not found on the server. "
        "If you entered the URL manually please check your spelling and try again."
    ),
    N_("The program failed. The log says where; nothing in the archive was changed."),
)  # fmt: skip
"""What readers may be told, with the places of what they typed; what is not here is said as it is."""

_HOLE = re.compile(r"%\\\((\w+)\\\)s")
"""A place in a text that was made a pattern."""

_KINDS = {**dict.fromkeys(("n", "most", "least", "then", "now"), "[0-9,.]+"), "facet": r"[\w-]+"}
"""What can stand in some of the places; in all others, anything."""


def message_said(words: Words, message: str) -> str | None:
    """The message in the language of the interface; None where it can only be shown in English."""
    if words.language == "en":
        return message
    for text, pattern in _patterns():
        found = pattern.fullmatch(message)
        if found:
            return words.say(text, **{name: words.isolated(value) for name, value in found.groupdict().items()})
    return None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((text, _pattern(text)) for text in MESSAGES)


def _pattern(text: str) -> re.Pattern[str]:
    """What matches the message with whatever can stand in its places."""
    seen: set[str] = set()

    def place(hole: re.Match[str]) -> str:
        name = hole[1]
        if name in seen:
            return f"(?P={name})"
        seen.add(name)
        return f"(?P<{name}>{_KINDS.get(name, '.+?')})"

    return re.compile(_HOLE.sub(place, re.escape(text)), re.DOTALL)
