"""Files that were made to break, fool, slow or fill an ingest: each with a name and what must become of it."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import json
import os
import socket
import string
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

INDEXED = frozenset({"indexed"})
SKIPPED = frozenset({"skipped"})
FAILED = frozenset({"failed"})
NOT_INDEXED = SKIPPED | FAILED
ANY = INDEXED | NOT_INDEXED

SENTENCE = (
    "The ministry said on Monday that forty lorries had crossed the river since the bridge was opened again in spring, "
    "and that the road on the other bank would be repaired before the first rain of the autumn makes it impassable. "
)
CANARY = "Canariculus"
"""A word that stands outside the root alone."""

MEGABYTE = 10**6

Ends = frozenset[str]


def marker(name: str) -> str:
    """A word that only the file of this name holds."""
    digest = hashlib.sha256(os.fsencode(name)).digest()
    return "Endmark" + "".join(string.ascii_lowercase[byte % 26] for byte in digest[:12])


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file below the root, by its path, what makes it, and how it may end.

    `ends` are by what follows the path in the key: "" for the file itself, "#7" for a record of it. A `marked` one
    holds its `marker` in every document that is indexed, unless that says that it is truncated; `truncated` is whether
    it says so at a scale of a tenth, None where either is right. At a scale of 1 the bytes are what the name promises.
    """

    path: str
    make: Callable[[Path, float], None]
    ends: Mapping[str, Ends] = field(default_factory=lambda: {"": INDEXED})
    marked: bool = True
    truncated: bool | None = False


def corpus() -> Iterator[Hostile]:
    """All of them, whose paths are unlike each other."""
    yield from _texts()
    yield from _markup()
    yield from _encodings()
    yield from _other_kinds()
    yield from _compressed()
    yield from _records()
    yield from _declarations()
    yield from _names()
    yield from _traps()


def build(root: Path, scale: float = 1.0) -> dict[str, Hostile]:
    """The root with all of them in it, and beside it what must not be read; the hostile ones by path."""
    outside = root.parent / "outside"
    outside.mkdir(parents=True)
    (outside / "secret.txt").write_text(f"{CANARY} {SENTENCE * 3}")
    made = {}
    for one in corpus():
        path = root / one.path
        path.parent.mkdir(parents=True, exist_ok=True)
        one.make(path, scale)
        made[one.path] = one
    return made


def _bytes(path: str, content: Callable[[float], bytes], **expected: object) -> Hostile:
    return Hostile(path, lambda file, scale: _write(file, content(scale)), **expected)  # type: ignore[arg-type]


def _text(path: str, content: Callable[[float], str], **expected: object) -> Hostile:
    """A text with the marker on a line of its own at its end."""
    return _bytes(path, lambda scale: f"{content(scale)}\n\n{_closing(path)}\n".encode("utf-8", "surrogatepass"), **expected)


def _html(path: str, content: Callable[[float], str], **expected: object) -> Hostile:
    """A page with the marker in a last paragraph."""
    return _bytes(
        path,
        lambda scale: (
            f"<html><head><title>A page of the archive</title></head><body><p>{SENTENCE}</p>\n"
            f"{content(scale)}<p>{_closing(path)}</p></body></html>"
        ).encode("utf-8", "surrogatepass"),
        **expected,
    )  # fmt: skip


def _closing(path: str) -> str:
    return f"{SENTENCE}It was {marker(path)} who said so."


def _write(file: Path, content: bytes) -> None:
    file.write_bytes(content)


def _times(count: int, scale: float) -> int:
    return max(1, int(count * scale))


LONG_TEXTS: Mapping[str, tuple[str, int]] = {
    "capitalised words": ("Walter ", 100_000),
    "commas": (",", MEGABYTE),
    "lines of one letter": ("x\n", 500_000),
    "blank lines": ("\n", MEGABYTE),
    "quotes": ('"', MEGABYTE),
    "opening quotes": ("“", MEGABYTE),
    "brackets": ("(", MEGABYTE),
    "closing brackets": (")", MEGABYTE),
    "one word of a million letters": ("a", MEGABYTE),
    "one capitalised word of a million letters": ("A", MEGABYTE),
    "Arabic letters without blanks": ("م", MEGABYTE),
    "Chinese signs without blanks": ("文", 500_000),
    "Thai signs without blanks": ("ก", 500_000),
    "accents on accents": ("e\u0301\u0302\u0303\u0304\u0323\u0324\u0325" * 2, 20_000),
    "a million accents on one letter": ("\u0301", MEGABYTE),
    "emoji": ("👩‍👩‍👧‍👦", 100_000),
    "flags": ("🇸🇾", 100_000),
    "digits": ("7", MEGABYTE),
    "dots": (".", MEGABYTE),
    "spaced dots": (". ", 500_000),
    "dashes": ("-", MEGABYTE),
    "compounds": ("ab-", 300_000),
    "numbers with points": ("1.", 500_000),
    "blanks": (" ", MEGABYTE),
    "no-break spaces": ("\u00a0", MEGABYTE),
    "zero-width spaces": ("\u200b", MEGABYTE),
    "zero-width joiners between letters": ("a\u200d", 500_000),
    "soft hyphens": ("\u00ad", MEGABYTE),
    "exclamation marks": ("!", MEGABYTE),
    "sentences of one word": ("No. ", 250_000),
    "sentences with a bar": ("a | ", 250_000),
    "dates": ("12/11/2019 ", 90_000),
    "dates in words": ("12 November 2019, ", 60_000),
    "dates that do not exist": ("99/99/9999 ", 90_000),
    "day after day without a year": ("12 12 12 12 ", 90_000),
    "abbreviations": ("U.S. ", 200_000),
    "place names": ("Aleppo, Damascus, Homs and Tripoli ", 30_000),
    "actors": ("Wagner Group, Hezbollah, ISIS ", 30_000),
    "outlets": ("Reuters told Enab Baladi, ", 40_000),
    "told by somebody": ("told the reporter for the ", 40_000),
    "state news agencies": ("state-run news agency ", 40_000),
    "signs of credit": ("(Photo: AFP/", 80_000),
    "copyright": ("© 2020 ", 100_000),
    "right-to-left overrides": ("\u202emoc.elpmaxe\u202c ", 80_000),
    "control characters": ("a\x01\x02\x7f\x1b[31m ", 100_000),
    "carriage returns": ("line\r", 200_000),
    "line separators": ("line\u2028\u2029\u0085\x0b\x0c", 50_000),
    "addresses": ("https://example.com/?a=b&c=d ", 40_000),
    "one address without an end": ("http://a.b/", 100_000),
    "mail addresses": ("a@b.c", 200_000),
    "Greek sigmas": ("ς", 500_000),
    "Turkish dotted letters": ("İ", 500_000),
    "ligatures that unfold to eighteen letters": ("\ufdfa", 200_000),
    "private use and noncharacters": ("\ue000\uffff\ufdd0", 200_000),
}  # fmt: skip
"""What is repeated, and how often: each has met a pattern that looks at every place from every place."""


NUMBERED_TEXTS: Mapping[str, tuple[str, int]] = {
    "different capitalised words": ("Walt#er ", 100_000),
    "different persons": ("By Walt#er Kurt#z, ", 20_000),
    "outlets that nobody knows": ("© 2020 Walt#er Post. It was there, Walt#er Post has learned.\n", 8_000),
    "different lines": ("Walt#er said\n", 30_000),
    "different dates": ("# June 2019\n", 40_000),
    "different addresses": ("https://example#.com/#?# ", 20_000),
}
"""What is repeated with a number in the place of each #, so that nothing that is remembered helps."""


def _texts() -> Iterator[Hostile]:
    for name, (piece, count) in NUMBERED_TEXTS.items():
        yield _numbered(name, piece, count)
    for name, (piece, count) in LONG_TEXTS.items():
        if name == "control characters":
            # Which may also be taken for a file that is no text.
            yield _repeated(name, piece, count, ends={"": ANY})
        elif not piece.strip():
            # In full, the text stands behind all that is read.
            yield _repeated(name, piece, count, ends={"": INDEXED | FAILED})
        else:
            yield _repeated(name, piece, count)
    yield _text("texts/a date of a million digits.txt", lambda scale: f"Published {'1' * _times(MEGABYTE, scale)}-01-01")
    yield _text("texts/years that no calendar has.txt", lambda scale: "0000-01-01\n\n0000-00-00\n\n9999-12-31\n\n99999-01-01")
    yield _text("texts/twelve megabytes.txt", lambda scale: SENTENCE * _times(55_000, scale), truncated=None)
    yield _text("texts/a hundred thousand paragraphs.txt", lambda scale: f"{SENTENCE}\n\n" * _times(18_000, scale))
    yield _text("texts/front matter without an end.txt", lambda scale: "---\n" + "title: x\n" * _times(50_000, scale))
    yield _text(
        "texts/front matter of aliases.txt", lambda scale: f"---\n{_yaml_bomb()}---\n{SENTENCE}", ends={"": ANY},
    )  # fmt: skip


def _repeated(name: str, piece: str, count: int, **expected: object) -> Hostile:
    return _text(f"texts/{name}.txt", lambda scale: piece * _times(count, scale), **expected)


def _numbered(name: str, piece: str, count: int) -> Hostile:
    def content(scale: float) -> str:
        return "".join(piece.replace("#", str(number)) for number in range(_times(count, scale)))

    return _text(f"texts/{name}.txt", content)


def _markup() -> Iterator[Hostile]:
    yield _html("markup/paragraphs that are nowhere in the source.html", lambda scale:
                "<p>&#x57;&#x61;lter went &#x68;&#x6f;me</p>" * _times(50_000, scale), truncated=None)
    yield _html("markup/different class names.html", lambda scale:
                "".join(f"<div class='c{n} d{n} sidebar{n}'>{n}</div>" for n in range(_times(45_000, scale))), truncated=None)
    yield _html("markup/lists of links.html", lambda scale:
                "<ul>" + "<li><a href='/x'>Read more</a> | " * _times(40_000, scale), truncated=None)
    def nested(tag: str, count: int) -> Callable[[float], str]:
        return lambda scale: f"<{tag}>" * _times(count, scale) + f"<p>{SENTENCE}</p>"

    yield _html("markup/20,000 nested elements.html", nested("div", 20_000), truncated=None)
    yield _html("markup/200,000 nested elements.html", nested("div", 200_000), truncated=None)
    yield _html("markup/300,000 nested elements.html", nested("b", 300_000), truncated=None)
    yield _html("markup/tables in tables.html", nested("table><tr><td", 60_000), truncated=None)
    yield _html("markup/links in links.html", nested("a href=x", 60_000), truncated=None)
    yield _html("markup/a line of a hundred megabytes.html", lambda scale: "word " * _times(12_000_000, scale), truncated=None,
                ends={"": INDEXED | FAILED})
    yield _html("markup/300,000 attributes.html", lambda scale:
                f"<p {' '.join(f'a{n}=1' for n in range(_times(300_000, scale)))}>text</p>", truncated=None)
    yield _html("markup/one attribute of megabytes.html", lambda scale: f'<p class="{"ad " * _times(900_000, scale)}">text</p>')
    yield _html("markup/two million angles.html", lambda scale: "<" * _times(2_000_000, scale), truncated=None)
    yield _html("markup/half a million comments begun.html", lambda scale: "<!--" * _times(500_000, scale), truncated=None,
                marked=False)
    yield _html("markup/half a million comments.html", lambda scale: "<!-- x -->" * _times(350_000, scale), truncated=None)
    yield _html("markup/half a million sections begun.html", lambda scale: "<![CDATA[" * _times(400_000, scale), truncated=None,
                marked=False)
    yield _html("markup/half a million instructions.html", lambda scale: "<?x " * _times(500_000, scale), truncated=None)
    yield _html("markup/tags that never close.html", lambda scale: "<p><i><b><u>" * _times(45_000, scale), truncated=None)
    yield _html("markup/end tags alone.html", lambda scale: "</div></p>" * _times(190_000, scale), truncated=None)
    yield _html("markup/a title of ten megabytes.html", lambda scale: f"<title>{'word ' * _times(2_000_000, scale)}</title>",
                truncated=None)
    yield _html("markup/entities.html", lambda scale: "&amp;&#x41;&lt;&notanentity;" * _times(140_000, scale), truncated=None)
    yield _html("markup/characters that are none.html", lambda scale:
                "<p>&#0; &#xD800; &#x110000; &#xFFFF; &#99999999999999; &#x202E; &#27;</p>" * _times(20_000, scale), truncated=None)
    yield _html("markup/script never closed.html", lambda scale: "<script>" + "x = 1; " * _times(100_000, scale), marked=False)
    yield _html("markup/plaintext.html", lambda scale: "<plaintext>" + "<b>no tag</b> " * 1000)
    yield _html("markup/base.html", lambda scale: '<base href="javascript:alert(1)//"><a href="x">link</a>')
    yield _html("markup/refresh.html", lambda scale:
                '<meta http-equiv="refresh" content="0;url=file:///etc/passwd"><iframe src="file:///etc/passwd"></iframe>')
    yield _html("markup/metadata that is broken.html", lambda scale: (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": ' + "[" * _times(100_000, scale)
        + '</script><script type="application/ld+json">{"datePublished": 1e999, "author": {"name": {"name": []}}}</script>'
        '<meta property="article:published_time" content="0000-00-00T99:99:99"><meta name="author" content="\ud800">'
        '<link rel="canonical" href="http://[::1"><time datetime="99999-99-99">never</time>'))
    yield _html("markup/hundred thousand metadata.html", lambda scale:
                '<meta name="author" content="Jane Doe"><meta property="og:title" content="A title">' * _times(45_000, scale),
                truncated=None)
    yield _bytes("markup/billion laughs.html", lambda scale: _laughs("markup/billion laughs.html"))
    yield _bytes("markup/outside entity.html", lambda scale: (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "../../outside/secret.txt">]>'
        f"<html><body><p>&x; {_closing('markup/outside entity.html')}</p></body></html>").encode())
    yield _bytes("markup/only comments.html", lambda scale: b"<!-- nothing here -->" * 1000, ends={"": NOT_INDEXED})
    yield _bytes("markup/only tags.html", lambda scale: b"<div><p></p></div>" * 1000, ends={"": NOT_INDEXED})
    yield _bytes("markup/half a tag.html", lambda scale: f"<p>{_closing('markup/half a tag.html')}</p><a href='".encode())


def _laughs(path: str) -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "lol">{entities}]>'
    return f"{head}<html><body><p>&l11; {_closing(path)}</p></body></html>".encode()


def _encodings() -> Iterator[Hostile]:
    for encoding in ("utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"):
        yield _encoded(encoding, "txt", "")
        yield _encoded(encoding, "html", "")
    for encoding in ("utf-32-le", "utf-32-be"):
        # Zeros everywhere are what binary files are told by.
        yield _encoded(encoding, "txt", "", ends={"": ANY}, marked=False)
    for encoding, words in _LETTERS.items():
        yield _encoded(encoding, "html", words * 20)
        yield _encoded(encoding, "txt", words * 20)
    for path, content in _ODD_BYTES.items():
        yield _bytes(f"encodings/{path}", lambda scale, path=path, content=content:  # type: ignore[misc]
                     content + f"\n\n{_closing(f'encodings/{path}')}\n".encode(), ends={"": ANY}, marked="utf16" not in path)
    name = "encodings/declared wrongly.html"
    yield _bytes(name, lambda scale: f'<meta charset="utf-16"><p>Überall {_closing(name)}</p>'.encode())
    other = "encodings/declared as nothing known.html"
    yield _bytes(other, lambda scale: f'<meta charset="rot13"><meta charset="zip"><p>Überall {_closing(other)}</p>'.encode("latin-1"))


_LETTERS = {
    "gb18030": "外交部发言人星期一表示双方已经达成协议。",
    "shift_jis": "外務省は月曜日、両国が合意に達したと発表した。",
    "euc-jp": "外務省は月曜日、両国が合意に達したと発表した。",
    "euc-kr": "외교부는 월요일 양국이 합의에 도달했다고 발표했다.",
    "big5": "外交部發言人星期一表示雙方已經達成協議。",
    "cp1256": "قالت الوزارة يوم الاثنين إن أربعين شاحنة عبرت النهر منذ الربيع. ",
    "cp1251": "Министерство сообщило в понедельник, что сорок грузовиков пересекли реку. ",
    "koi8-r": "Министерство сообщило в понедельник, что сорок грузовиков пересекли реку. ",
    "cp1252": "Überraschend schönes Wetter – sagte die Behörde „gestern“. ",
}
_ODD_BYTES = {
    "a zero byte.txt": b"before\x00after " + SENTENCE.encode(),
    "overlong.txt": b"\xc0\xaf\xe0\x80\xaf\xf0\x80\x80\xaf " + SENTENCE.encode() * 4,
    "lone surrogates.txt": b"\xed\xa0\x80 \xed\xbf\xbf " + SENTENCE.encode() * 4,
    "beyond Unicode.txt": b"\xf4\x90\x80\x80 \xf8\x88\x80\x80\x80 " + SENTENCE.encode() * 4,
    "half a character.txt": "überall ".encode()[:1] + SENTENCE.encode() * 4,
    "every byte.txt": bytes(range(256)) * 4,
    "noise.txt": b"".join(hashlib.sha256(bytes([n])).digest() for n in range(256)),
    "two marks.txt": codecs.BOM_UTF8 * 3 + SENTENCE.encode(),
    "marks of utf16 and utf8.txt": codecs.BOM_UTF16_LE + codecs.BOM_UTF8 + SENTENCE.encode(),
    "odd length of utf16.txt": codecs.BOM_UTF16_LE + SENTENCE.encode("utf-16-le") + b"x",
    "high bytes alone.txt": b"\xff" * 100_000,
    "escape sequences.txt": b"\x1b[2J\x1b]0;title\x07\x1b$B" * 1000,
    "mostly zeros.txt": b"\x00" * 1_000_000,
}


def _encoded(encoding: str, suffix: str, words: str, **expected: object) -> Hostile:
    path = f"encodings/{encoding}.{suffix}"
    text = f"{words}\n\n{_closing(path)}\n"
    if suffix == "html":
        text = f"<html><head><meta charset='{encoding}'></head><body><p>{words}</p><p>{_closing(path)}</p></body></html>"
    return _bytes(path, lambda scale: text.encode(encoding), **expected)


def _other_kinds() -> Iterator[Hostile]:
    kinds = {
        "a document.txt": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" * 50,
        "a picture.html": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        "a program.txt": b"\x7fELF\x02\x01\x01" + bytes(2000),
        "an archive.txt": b"PK\x03\x04" + bytes(range(256)) * 20,
        "a pressed page.html": gzip.compress(b"<p>pressed</p>" * 100),
        "a table of numbers.txt": b"SQLite format 3\x00" + bytes(4000),
        "nothing.txt": b"",
        "nothing.html": b"",
        "nothing.jsonl": b"",
        "blanks.txt": b" \t\r\n\x0c" * 10_000,
        "a letter.doc": b"\xd0\xcf\x11\xe0" + bytes(2000),
        "unheard of.xyz": b"text",
        "no suffix": b"text",
    }
    for path, content in kinds.items():
        ends = {} if path == "nothing.jsonl" else {"": NOT_INDEXED}
        yield Hostile(f"kinds/{path}", lambda file, scale, content=content: _write(file, content), ends, False)  # type: ignore[misc]
    yield _text("kinds/a virus that is none.txt", lambda scale:
                r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*")
    yield _text("kinds/a mailed page.html", lambda scale: _mailed_page(), ends={"": ANY})
    yield _text("kinds/a mailed page.mhtml", lambda scale: _mailed_page(), ends={"": ANY}, marked=False)
    yield _text("kinds/a program as text.txt", lambda scale: "#!/bin/sh\nrm -rf /\n; DROP TABLE documents; --\n{{7*7}} ${7*7}")
    yield _bytes("kinds/one letter.txt", lambda scale: b"x", marked=False)
    yield _bytes("kinds/no such archive.warc", lambda scale: b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999\r\n\r\nx",
                 ends={"": ANY, "*": ANY}, marked=False)
    yield _bytes("kinds/no archive at all.warc", lambda scale: SENTENCE.encode() * 10, ends={"": ANY, "*": ANY}, marked=False)
    yield _bytes("kinds/an archive that lies.warc.gz", lambda scale:
                 gzip.compress(b"WARC/1.0\r\nContent-Length: -1\r\nWARC-Type: response\r\n\r\n" * 50),
                 ends={"": ANY, "*": ANY}, marked=False)  # fmt: skip


def _mailed_page() -> str:
    return (
        "From: <Saved by a browser>\nSubject: A page\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----B"\n\n------B\nContent-Type: text/html\n'
        f"Content-Transfer-Encoding: quoted-printable\n\n<html><body><p>{SENTENCE}=\n</p></body></html>\n------B--\n"
    )


def _compressed() -> Iterator[Hostile]:
    whole = "compressed/whole.txt.gz"
    yield _bytes(whole, lambda scale: gzip.compress(f"{SENTENCE}\n\n{_closing(whole)}".encode()))
    two = "compressed/in two members.txt.gz"
    yield _bytes(two, lambda scale: gzip.compress(SENTENCE.encode()) + gzip.compress(_closing(two).encode()))
    yield _bytes("compressed/a bomb of a gigabyte.txt.gz", lambda scale: _bomb(_times(1000, scale)), ends={"": ANY},
                 marked=False, truncated=None)
    yield _bytes("compressed/a bomb of pages.html.gz", lambda scale: _bomb(_times(1000, scale), b"<p>"), ends={"": ANY},
                 marked=False, truncated=None)
    yield _bytes("compressed/a bomb of records.jsonl.gz", lambda scale: _bomb(_times(1000, scale)), ends={"*": NOT_INDEXED},
                 marked=False)
    yield _bytes("compressed/a bomb of lines.jsonl.gz", lambda scale: _bomb(_times(1000, scale), b"\n"), ends={"*": ANY},
                 marked=False)
    yield _bytes("compressed/cut short.txt.gz", lambda scale: gzip.compress(SENTENCE.encode() * 999)[:-20], ends={"": NOT_INDEXED})
    yield _bytes("compressed/cut short.jsonl.gz", lambda scale:
                 gzip.compress(b"".join(b'{"id": %d, "text": "x"}\n' % n for n in range(200)))[:-20], ends={"*": ANY}, marked=False)
    yield _bytes("compressed/not pressed.txt.gz", lambda scale: SENTENCE.encode(), ends={"": ANY}, marked=False)
    yield _bytes("compressed/a wrong sum.txt.gz", lambda scale: gzip.compress(SENTENCE.encode())[:-8] + b"\xff" * 8,
                 ends={"": NOT_INDEXED})
    yield _bytes("compressed/rubbish behind.txt.gz", lambda scale: gzip.compress(SENTENCE.encode()) + b"rubbish", ends={"": ANY},
                 marked=False)
    yield _bytes("compressed/pressed twice.txt.gz", lambda scale: gzip.compress(gzip.compress(SENTENCE.encode())), ends={"": NOT_INDEXED})
    yield _bytes("compressed/head alone.txt.gz", lambda scale: b"\x1f\x8b", ends={"": NOT_INDEXED})  # fmt: skip


def _bomb(megabytes: int, piece: bytes = b"a") -> bytes:
    """About a kilobyte for each megabyte that it unfolds to: one pressed member, again and again."""
    member = gzip.compress(piece * (MEGABYTE // len(piece)), mtime=0)
    return member * megabytes


def _records() -> Iterator[Hostile]:
    """Each odd line stands above one that is good and must be indexed all the same."""
    lines: dict[str, tuple[Callable[[float], bytes], Ends]] = {
        "broken": (lambda scale: b'{"id": "x", "text": "half', FAILED),
        "no object": (lambda scale: b"[1, 2, 3]", FAILED),
        "nothing in it": (lambda scale: b"{}", NOT_INDEXED),
        "nested deep": (lambda scale: b'{"id": "odd", "text": "x", "y": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", ANY),
        "nested deep and broken": (lambda scale: b'{"a":' * 200_000, FAILED),
        "huge number": (lambda scale: b'{"id": "odd", "text": "x", "n": ' + b"9" * _times(MEGABYTE, scale) + b"}", ANY),
        "huge exponent": (lambda scale: b'{"id": "odd", "text": "x", "n": 1e999999999, "m": -1e999}', ANY),
        "not a number": (lambda scale: b'{"id": "odd", "text": "x", "n": NaN, "date": Infinity}', ANY),
        "20 megabytes": (lambda scale: b'{"id": "odd", "text": "' + b"word " * _times(4_000_000, scale) + b'"}', ANY),
        "surrogates": (lambda scale: rb'{"id": "odd", "title": "\ud800 \udfff", "text": "\ud83d x \ude00 \u0000 \u001b"}', INDEXED),
        "surrogates in the id": (lambda scale: rb'{"id": "\ud800", "text": "x"}', ANY),
        "blanks in the id": (lambda scale: b'{"id": "  odd \\n#/../ ", "text": "x"}', ANY),
        "long id": (lambda scale: b'{"id": "' + b"i" * 100_000 + b'", "text": "x"}', ANY),
        "text that is a list": (lambda scale: b'{"id": "odd", "text": [1, 2]}', ANY),
        "text that is a mapping": (lambda scale: b'{"id": "odd", "text": {"a": {"b": 1}}}', ANY),
        "types that are wrong": (
            lambda scale: b'{"id": "odd", "text": "x", "title": 7, "author": {"a": 1}, "date": [], "url": false}', ANY,
        ),
        "values that are odd": (
            lambda scale: b'{"id": "odd", "text": "x", "facets": {"a": [[[]]], "": "", "b": {"c": 1}}, "actors": 9}', ANY,
        ),
        "keys twice": (lambda scale: b'{"id": "odd", "id": "odd2", "text": "x", "text": "y"}', INDEXED),
        "hundred thousand keys": (
            lambda scale: b'{"id": "odd", "text": "x"' + b"".join(b', "k%d": 1' % n for n in range(100_000)) + b"}", ANY,
        ),
        "no UTF-8": (lambda scale: b'{"id": "odd", "text": "\xff\xfe"}', ANY),
        "markup": (lambda scale: b'{"id": "odd", "html": "' + b"<div>" * 50_000 + b'text"}', ANY),
        "an id that is there already": (lambda scale: b'{"id": "good", "text": "the first"}', ANY),
        "a mark before it": (lambda scale: codecs.BOM_UTF8 + b'{"id": "odd", "text": "x"}', ANY),
        "an address that is none": (lambda scale: b'{"id": "odd", "text": "x", "url": "http://[::1", "source": "://"}', ANY),
        "dates that are none": (lambda scale: b'{"id": "odd", "text": "x", "date": "0000-00-00", "retrieved": "99999"}', ANY),
    }  # fmt: skip
    for name, (line, ends) in lines.items():
        path = f"records/{name}.jsonl"
        good = INDEXED if name != "an id that is there already" else ANY
        yield _bytes(
            path,
            lambda scale, line=line, path=path: line(scale) + b"\n"  # type: ignore[misc]
            + json.dumps({"id": "good", "text": _closing(path)}).encode() + b"\n",
            ends={"*": ends, "#good": good}, marked=good == INDEXED, truncated=None,
        )  # fmt: skip
    yield _bytes("records/lines without an end.jsonl", lambda scale: b"\n" * _times(MEGABYTE, scale), ends={}, marked=False)
    yield _bytes("records/not a line.jsonl", lambda scale: b"x" * _times(10 * MEGABYTE, scale), ends={"*": FAILED}, marked=False)
    yield _bytes("records/broken lines.jsonl", lambda scale: b"{\n" * _times(20_000, scale), ends={"*": FAILED}, marked=False)


def _declarations() -> Iterator[Hostile]:
    sidecars = {
        "bomb.yaml": _yaml_bomb().encode(),
        "merge keys.yaml": b"a: &a {x: 1}\n" + b"".join(b"b%d: {<<: [*a, *a, *a]}\n" % n for n in range(2000)),
        "nested.yaml": b"[" * 20_000,
        "nested.json": b"[" * 200_000,
        "objects.yaml": b"!!python/object/apply:os.system ['touch /tmp/searchapp-was-here']",
        "types.json": b'{"title": 5, "author": {"x": []}, "date": {"a": 1}, "language": [[]], "url": 9e99, "facets": "x"}',
        "dates.json": b'{"date": "9999-12-31", "retrieved": "0000-00-00"}',
        "date out of range.yaml": b"date: 99999-99-99\nretrieved: 2020-13-45",
        "date of yaml.yaml": b"date: 2020-02-30",
        "number bomb.yaml": b"title: " + b"1" * 100_000 + b"\nn: 1" + b":59" * 5_000,
        "no utf-8.json": b'{"title": "\xff\xfe\xff"}',
        "surrogate.json": rb'{"title": "\ud800", "outlet": "\udfff", "topics": ["\ud800"]}',
        "a list.json": b"[1, 2]",
        "empty.yaml": b"",
        "zero bytes.yaml": b"title: a\x00b",
        "a title of megabytes.json": b'{"title": "' + b"word " * 1_000_000 + b'"}',
        "two documents.yaml": b"title: a\n---\ntitle: b\n",
        "keys of all types.yaml": b"1: a\nnull: b\n[1, 2]: c\n2020-01-01: d\ntrue: e\n",
    }
    for name, content in sidecars.items():
        path = f"declared/{Path(name).stem}.txt"
        yield Hostile(
            path,
            lambda file, scale, path=path, name=name, content=content: _with_beside(file, path, {name: content}),  # type: ignore[misc]
            {"": ANY}, truncated=None,
        )  # fmt: skip
    tables = {
        "no path": b"title,date\nx,2020-01-01\n",
        "wide": b"path," + b"c," * 20_000 + b"\npage.txt" + b",x" * 20_000 + b"\n",
        "never closed": b'path,title\npage.txt,"' + b"x\n" * 100_000,
        "large field": b"path,title\npage.txt," + b"x" * 300_000 + b"\n",
        "zero bytes": b"path,title\npage.txt,a\x00b\n",
        "no utf-8": b"path,title\npage.txt,\xff\xfe\n",
        "outside": b"path,title\n../../outside/secret.txt,x\n/etc/passwd,y\npage.txt,z\n",
        "twice": b"path,path,title\npage.txt,page.txt,a\npage.txt,b,c\n",
        "empty": b"",
        "formulas": b'path,title\npage.txt,"=cmd|\'/c calc\'!A1"\n',
    }
    for name, content in tables.items():
        path = f"tables/{name}/page.txt"
        yield Hostile(
            path,
            lambda file, scale, path=path, content=content: _with_beside(file, path, {"metadata.csv": content}),  # type: ignore[misc]
            {"": ANY},
        )  # fmt: skip


def _with_beside(file: Path, path: str, beside: Mapping[str, bytes]) -> None:
    """A harmless text with files beside it that declare what they like."""
    _write(file, _closing(path).encode())
    for name, content in beside.items():
        _write(file.with_name(name), content)


def _yaml_bomb() -> str:
    levels = [f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 10)}]" for n in range(9)]
    return "\n".join(["a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]", *levels, "title: *j", ""])


def _names() -> Iterator[Hostile]:
    names = {
        "two\nlines": "two\nlines.txt",
        "escape": "red\x1b[31m\x1b]0;title\x07.txt",
        "not UTF-8": os.fsdecode(b"caf\xe9\xff.txt"),
        "long": "n" * 251 + ".txt",
        "override": "exe\u202etxt.\u202c.txt",
        "quotes": "'\"><script>alert(1)</script>.txt".replace("/", "∕"),
        "hash": "page#7.txt",
        "percent": "%2e%2e%2f%00.txt",
        "blanks": "  .txt",
        "dash": "--force.txt",
        "shouted": "SHOUTED.TXT",
        "composed twice": "e\u0301é.txt",
        "dots": "...txt",
        "backslash": "back\\..\\slash.txt",
        "reserved": "con:.txt",
        "tab": "a\tb\r.txt",
        "metadata": "metadata.csv.txt",
    }  # fmt: skip
    for name in names.values():
        path = f"names/{name}"
        # A name that begins with a point is that of a hidden file.
        ends = {} if name.startswith(".") else {"": INDEXED}
        yield Hostile(path, lambda file, scale, path=path: _write(file, _closing(path).encode()), ends, bool(ends))  # type: ignore[misc]
    deep = "/".join(["names", *["d" * 100] * 30, "page.txt"])
    yield Hostile(deep, lambda file, scale: _write(file, _closing(deep).encode()))


def _traps() -> Iterator[Hostile]:
    def trap(name: str, make: Callable[[Path], object], ends: Ends = NOT_INDEXED, **expected: object) -> Hostile:
        expected = {"marked": False, **expected}
        return Hostile(f"traps/{name}", lambda file, scale: (make(file), None)[1], {"": ends}, **expected)  # type: ignore[arg-type]

    yield trap("fifo.txt", os.mkfifo)
    yield trap("socket.txt", _socket)
    yield trap("zero.txt", lambda file: file.symlink_to("/dev/zero"))
    yield trap("random.jsonl", lambda file: file.symlink_to("/dev/urandom"))
    yield trap("terminal.txt", lambda file: file.symlink_to("/dev/tty"))
    yield trap("loop.txt", lambda file: file.symlink_to(file.name))
    yield trap("nowhere.txt", lambda file: file.symlink_to("no such file"))
    yield trap("out of the root.txt", lambda file: file.symlink_to("../../outside/secret.txt"))
    yield trap("absolute.txt", lambda file: file.symlink_to(file.parent.parent.parent / "outside/secret.txt"))
    yield trap("memory.txt", lambda file: file.symlink_to("/proc/self/mem"))
    yield trap("environment.txt", lambda file: file.symlink_to("/proc/self/environ"))
    yield trap("locked.txt", _locked, ANY)
    yield trap("a terabyte.txt", lambda file: _sparse(file, 10**12))
    yield trap("a terabyte.html", lambda file: _sparse(file, 10**12))
    yield trap("a folder.txt/inside.txt", lambda file: _write(file, SENTENCE.encode()), INDEXED)
    yield Hostile("traps/a terabyte.jsonl", lambda file, scale: _sparse(file, 10**12), {"*": NOT_INDEXED}, marked=False)
    yield Hostile("traps/folder out of the root", lambda file, scale: file.symlink_to("../../outside"), {"*": NOT_INDEXED}, False)
    yield Hostile("traps/folder of itself", lambda file, scale: file.symlink_to("."), {"*": NOT_INDEXED}, False)
    yield Hostile("traps/sidecar out of the root.txt", _outer_sidecar, {"": ANY})


def _socket(file: Path) -> None:
    before = Path.cwd()
    # The path of a socket may have no more than 107 bytes.
    os.chdir(file.parent)
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(file.name)
    finally:
        os.chdir(before)


def _locked(file: Path) -> None:
    _write(file, SENTENCE.encode())
    file.chmod(0)


def _sparse(file: Path, size: int) -> None:
    with file.open("wb") as stream:
        stream.truncate(size)


def _outer_sidecar(file: Path, scale: float) -> None:
    _write(file, _closing("traps/sidecar out of the root.txt").encode())
    (file.parents[2] / "outside" / "sidecar.json").write_text(json.dumps({"title": f"{CANARY} title"}))
    file.with_suffix(".json").symlink_to("../../outside/sidecar.json")


def checksum(path: Path) -> int:
    """Of a file outside, so that a test can say that nothing has touched it."""
    return zlib.crc32(path.read_bytes())
