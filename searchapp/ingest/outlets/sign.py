"""What is a sign? Words around the name of an outlet that say whether it speaks there, with their weight."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from searchapp.ingest.outlets.naming import Named

Side = Literal["before", "after", "both"]

# From here on a sign says by itself that the outlet speaks, unless it is said of whoever is quoted.
_FIRM = 1.5


@dataclass(frozen=True, slots=True)
class Sign:
    """A pattern of the text before a name, behind it, or of both with the name as `@`; `weight` for being the outlet.

    `credit` marks what is said of those whom a text credits; "" where that does not follow. `again` tells whether the sign
    proves more when it comes again: names in menus do not. `needs` are words of which one must be around the name, in
    small letters: most signs need not be looked for where none is.
    """

    pattern: re.Pattern[str]
    side: Side
    weight: float
    credit: str = ""
    again: bool = True
    needs: str = ""

    @property
    def firm(self) -> bool:
        """Whether hardly anybody but the outlet itself says so."""
        return self.weight >= _FIRM and self.credit in ("", "dateline")

    def holds(self, named: Named, line: str) -> bool:
        """Whether it stands around the name; `line` is all that is around it, with the name as `@`."""
        if self.side == "before":
            return self.pattern.search(named.before) is not None
        if self.side == "after":
            return self.pattern.match(named.after) is not None
        return self.pattern.search(line) is not None


def before(pattern: str) -> re.Pattern[str]:
    """What ends where the name begins, but for an article."""
    return re.compile(rf"(?:{pattern})\s+(?:the\s+|\")?[\"“«]?$", re.IGNORECASE)


def after(pattern: str) -> re.Pattern[str]:
    """What begins where the name ends, but for a short remark in brackets."""
    return re.compile(rf"[\"”»]?(?:\s*\([^()]{{2,40}}\))?,?\s+(?:{pattern})\b", re.IGNORECASE)


def anywhere(pattern: str) -> re.Pattern[str]:
    """The pattern as it is, whatever the letters' case."""
    return re.compile(pattern, re.IGNORECASE)


NEWS_MEDIUM = r"(?:news(?:\s+agency|\s+outlet|\s+site|\s+website|paper)?|agency|channel|website|magazine|daily|network|TV)"
PERSON = r"[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){1,3}"
OPENING = r"(?:^|[.!?:|]\s+)\W{0,3}"
STAFF = (
    r"(?:(?:staff|senior|chief|contributing|national|political|general)\s+)*(?:correspondent|reporter|editor(?:-at-large|-in-chief)?|writer"
    r"|columnist|contributor|blogger|fellow|producer|intern)"
)
"""The colleagues of an outlet, by what they do; a person by any name."""
