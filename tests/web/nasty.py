"""Texts that somebody may send and nobody expects, by kind; and addresses made of them at random."""

from __future__ import annotations

import random
from urllib.parse import quote

BLANK = (" ", "\t", "\n", "\r\n", "\u00a0", "\u2003", "\u3000", "\u200b", "\ufeff", "\u2060", "\u180e", "\u2028", "\u2029")
CONTROL = ("\x00", "a\x00b", "\x01\x02\x1f", "\x1b[31mred\x1b[0m", "\x7f", "\x85", "\x9b31m", "\b\b\b", "\u0600", "\U000e0001")
DIRECTIONS = ("\u202eabc\u202c", "\u2066\u2067\u2068x\u2069", "ليبيا abc \u200f", "\u061c", "עברית(", "\u202d" * 40)
STACKED = ("e" + "\u0301" * 60, "Z\u0351\u036f\u0363", "\u0e4d" * 30, "ﷺ", "ﬀ", "ß" * 50, "İıſK", "Ⅷ", "Å", "각")
BEYOND = ("😀", "👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "𝕏𝔘", "\ue000", "\uffff", "\U0010ffff", "𠜎𠜱", "\ufffd")
NUMBERS = (
    "0", "-0", "-1", "+7", " 7", "07", "1.0", "1e3", "1_000", "1,000", "0x10", "NaN", "Infinity", "-Infinity", "٣", "²", "１２",
    "9" * 40, "1" + "0" * 5_000, str(2**31), str(2**63), str(-(2**63)), "1/0", "½", "٠",
)  # fmt: skip
DATES = (
    "0000", "0000-00-00", "9999-12-31", "10000-01-01", "2020-02-30", "2020-2-3", "2020-13", "2020-W10", "2020-06-08T00:00:00Z",
    "2020-06-08T12:00", "yesterday", "1969-12-31", "-2020", "٢٠٢٠-٠٦-٠٨", "2020-06-08 ", "2020--06", "20200608",
)  # fmt: skip
WORDS_OF_PROGRAMS = ("null", "None", "undefined", "true", "False", "[]", "{}", "__proto__", "constructor", "self", "NULL", "nil", "()")
MARKUP = (
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'-alert(1)-'", "</textarea><svg onload=alert(1)>",
    "<!--", "]]>", "<![CDATA[", "&lt;script&gt;", "&#x3c;script&#x3e;", "javascript:alert(1)", "data:text/html,<b>x", "\" onfocus=alert(1) x=\"",
    "<style>*{}</style>", "<base href=//evil.example>", "＜script＞", "<iframe srcdoc='<script>1</script>'>", "`${7*7}`",
)  # fmt: skip
TEMPLATES = ("{{7*7}}", "{% raw %}", "${7*7}", "#{7*7}", "%s%s%n", "%(name)s", "{0.__class__}", "{}{}{}", "<%= 7*7 %>", "\\u0041", "\\x41")
COMMANDS = ("'; DROP TABLE documents; --", "1 OR 1=1", "$(id)", "`id`", "| cat /etc/passwd", "; sleep 5", "\" OR \"\"=\"", "a' b\" c`")
PATHS = (
    "../../etc/passwd", "..%2f..%2fetc", "/etc/passwd", "C:\\x", "file:///etc/passwd", "//evil.example/", "\\\\host\\share", ".", "..",
    "~", "con",
)  # fmt: skip
HEADERS = ("x\r\nSet-Cookie: a=b", "x\nLocation: //evil.example", "x%0d%0aX: y", "\r\n\r\n<html>", "a; rel=\"next\"", "<x>; rel=\"x\"")
QUERIES = (
    "(" * 30, ")" * 30, "\"" * 31, "a AND", "OR OR OR", "NOT", "NOT NOT NOT a", "-", "- - -", "a:b:c:d", ":", "outlet:", "date:[",
    "date:[2020 TO]", "date:[2021 TO 2020]", "*", "?", "a*", "abc*" * 40, "~", "a~", "abc~9", "\"a b\"~", "\"a b\"~99999", "x " * 600,
    "a OR " * 200, "\\", "a\\", "^2", "[a TO z]",
    "a" * 1_024, "ا" * 1_024, "a" * 1_025, "{!x}", "_query_:x", "title:(a OR", "+a -a", "a&&b||!c", "/regex/", "(a+)+$",
)  # fmt: skip
PERCENT = ("%", "%%", "%zz", "%2500", "%u0041", "a&b=c", "a=b", "a;b", "a#b", "a+b", "a?b", "?", "&", "=", "a,b,,c,", ",")

TEXTS = (
    *BLANK, *CONTROL, *DIRECTIONS, *STACKED, *BEYOND, *NUMBERS, *DATES, *WORDS_OF_PROGRAMS, *MARKUP, *TEMPLATES, *COMMANDS, *PATHS,
    *HEADERS, *QUERIES, *PERCENT, "",
)  # fmt: skip

BYTES = ("%FF", "%C3%28", "%ED%A0%80", "%F4%90%80%80", "%C0%AF", "%E2%80", "%00%FE%FF", "%80abc", "%EF%BF%BF")
"""What is no UTF-8, as it stands in an address."""


def written(text: str) -> str:
    """The text as it stands in an address."""
    return quote(text, safe="")


def address(draw: random.Random, paths: list[str], names: list[str]) -> str:
    """An address of this site with a few parameters, known ones and others, of any values; sometimes of no place at all."""
    path = draw.choice(paths)
    for gap in ("<identifier>", "<name>"):
        path = path.replace(gap, draw.choice(("d01", "actor", "outlet", "d18", written(draw.choice(TEXTS))[:300] or "x")))
    if draw.random() < 0.1:
        path = path.rstrip("/") + "/x" + written(draw.choice(TEXTS))[:300]
    pairs = [f"{_name(draw, names)}={_value(draw)}" for _ in range(draw.randrange(5))]
    return f"{path}?{'&'.join(pairs)}" if pairs else path


def _name(draw: random.Random, names: list[str]) -> str:
    return written(draw.choice(names) if draw.random() < 0.95 else draw.choice(TEXTS))[:300]


def _value(draw: random.Random) -> str:
    kind = draw.random()
    if kind < 0.1:
        return draw.choice(BYTES)
    if kind < 0.4:
        return draw.choice(("1", "2", "0", "2020", "2020-06", "haftar", "Reuters", "all", "date", "-date", "actor", "en", "libya"))
    if kind < 0.9:
        return written(draw.choice(TEXTS))[:6_000]
    return written("".join(chr(draw.choice((draw.randrange(1, 0x250), draw.randrange(0x600, 0xD7FF)))) for _ in range(draw.randrange(40))))
