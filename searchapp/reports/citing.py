"""How is a document cited? In one plain line, and as RIS and BibTeX for a list of references."""

from __future__ import annotations

import re

from searchapp.model import Document
from searchapp.reports.cards import opening
from searchapp.reports.present import Plain
from searchapp.reports.wording import Words

_SPECIAL = re.compile(r"[\\{}$&#%_~^]")
_ESCAPED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_CODED = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
_BLANKS = re.compile(r"\s+")


def citation(document: Document, words: Words) -> Plain:
    """The parts of the plain line: author, title, outlet, date and address, as far as they are known."""
    return {
        "author": document.author.value,
        "title": document.title.value or opening(document),
        "outlet": document.outlet.value,
        "date": words.day(document.date.value),
        "url": _address(document),
        "sha256": document.sha256,
    }


def ris(document: Document) -> str:
    """The document as a RIS record of a newspaper article."""
    year, month, day = [*(document.date.value or "").split("-"), "", ""][:3]
    fields = [
        ("TY", "NEWS"),
        ("TI", document.title.value or opening(document)),
        ("AU", document.author.value),
        ("T2", document.outlet.value),
        ("PY", year),
        ("DA", f"{year}/{month}/{day}/" if month else ""),
        ("LA", document.language.value),
        ("UR", _address(document)),
        ("ID", document.id),
        ("N1", f"SHA-256 of the source: {document.sha256}"),
    ]
    lines = [f"{tag}  - {_line(value)}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def bibtex(document: Document) -> str:
    """The document as a BibTeX entry."""
    fields = [
        ("title", document.title.value or opening(document)),
        ("author", document.author.value),
        ("journal", document.outlet.value),
        ("year", (document.date.value or "")[:4]),
        ("date", document.date.value),
        ("langid", document.language.value),
    ]
    lines = [f"  {name} = {{{_SPECIAL.sub(_escaped, _line(value))}}}," for name, value in fields if value]
    if address := _address(document):
        # A brace would end the field, so in an address it is written as a percent code.
        lines.append(f"  url = {{{address.translate(_CODED)}}},")
    lines.append(f"  note = {{SHA-256 of the source: {document.sha256}}}")
    return "\n".join([f"@article{{searchapp-{document.id},", *lines, "}", ""])


def _address(document: Document) -> str | None:
    return document.url if (document.url or "").startswith(("http://", "https://")) else None


def _escaped(found: re.Match[str]) -> str:
    return _ESCAPED.get(found[0], f"\\{found[0]}")


def _line(value: str) -> str:
    """A value on one line: a line break would begin another field."""
    return _BLANKS.sub(" ", value).strip()
