"""Where do the words, phrases, groups and operators of a query begin and end?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches

from searchapp.grammar.characters import MINUS_SIGNS, bare, has_word, quoted
from searchapp.grammar.dates import read_date, read_range
from searchapp.grammar.leaves import read_run
from searchapp.grammar.tokens import Broken, Kind, Token, no_value
from searchapp.grammar.tree import Field, Leaf, Near, Phrase, Word

MAX_DISTANCE = 1000

_RUN = re.compile(r'[^ "()]*')
# Two or more minus signs in a row are a dash, which is punctuation.
_MINUS = re.compile(rf"[{MINUS_SIGNS}](?![{MINUS_SIGNS}])")
_NAME = re.compile(r"[^\W\d_][\w-]*")
_DISTANCE = re.compile(r"~(\d+)\W*")
_OPERATORS: Mapping[tuple[Leaf, ...], Kind] = {
    (Word("AND"),): Kind.AND,
    (Word("OR"),): Kind.OR,
    (Word("NOT"),): Kind.NOT,
}


class Lexer:
    """Reads the tokens of a text (as `characters.readable` gives it) once; `warnings` are what it has to say of them."""

    def __init__(self, text: str, fields: Collection[str]) -> None:
        self.tokens: list[Token] = []
        self.warnings: list[str] = []
        self._text = text
        self._fields = {name.casefold(): name for name in fields}
        self._at = 0

    def read(self) -> list[Token]:
        """All tokens, the last one of kind END; raises Broken where one is malformed."""
        while self._at < len(self._text):
            match self._text[self._at]:
                case '"':
                    self._phrase(None, self._at + 1)
                case "(":
                    self._mark(Kind.OPEN)
                case ")":
                    self._mark(Kind.CLOSE)
                case " ":
                    self._at += 1
                case _:
                    self._run()
        self._mark(Kind.END)
        return self.tokens

    def _mark(self, kind: Kind) -> None:
        self.tokens.append(Token(kind, self._at + 1))
        self._at += 1

    def _leaf(self, node: Leaf | None, field: str | None, position: int) -> None:
        asked = Field(field, node) if field and node else node
        self.tokens.append(Token(Kind.LEAF, position, asked))

    def _next(self) -> str:
        return self._text[self._at : self._at + 1]

    def _upcoming_run(self) -> str:
        found = _RUN.match(self._text, self._at)
        return found[0] if found else ""

    def _take_run(self) -> str:
        run = self._upcoming_run()
        self._at += len(run)
        return run

    def _phrase(self, field: str | None, position: int) -> None:
        opened = self._at + 1
        closed = self._text.find('"', opened)
        if closed < 0:
            raise Broken(f"The quotation mark opened at character {opened} is never closed.")
        text = bare(" ".join(self._text[opened:closed].split()))
        self._at = closed + 1
        distance = self._distance() if self._next() == "~" else None
        if field and not text:
            raise no_value(field, position)
        node = Near(text, distance) if distance else Phrase(text)
        self._leaf(node if text else None, field, position)

    def _distance(self) -> int:
        position = self._at + 1
        found = _DISTANCE.fullmatch(self._take_run())
        if not found or not 1 <= int(found[1]) <= MAX_DISTANCE:
            raise Broken(f"After the ~ at character {position} there must be a number from 1 to {MAX_DISTANCE:,}.")
        return int(found[1])

    def _run(self) -> None:
        run = self._upcoming_run()
        if self._is_minus(run):
            self._mark(Kind.NOT)
            return
        skipped = run.find(bare(run))
        name, colon, value = run[skipped:].partition(":")
        position = self._at + skipped + 1
        if colon and name.casefold() in self._fields:
            self._at += skipped + len(name) + 1
            self._value(self._fields[name.casefold()], position)
            return
        self._at += len(run)
        if colon and _NAME.fullmatch(name) and self._is_value(value):
            raise self._unknown(name, position)
        self._read(run, None, position)

    def _is_minus(self, run: str) -> bool:
        if not _MINUS.match(run):
            return False
        following = self._text[self._at + 1 : self._at + 2]
        return has_word(run) or following in ('"', "(")

    def _is_value(self, value: str) -> bool:
        """Whether what follows an unknown name and a colon shows that a field was meant: not so in `https://…`."""
        return has_word(value) and not value.startswith("//") or (not value and self._next() in ('"', "("))

    def _unknown(self, name: str, position: int) -> Broken:
        nearest = get_close_matches(name.casefold(), self._fields, n=1)
        hint = f" Is “{self._fields[nearest[0]]}” meant?" if nearest else ""
        return Broken(f"There is no field {quoted(name)} (character {position}).{hint}")

    def _value(self, field: str, position: int) -> None:
        if field == "date":
            self._date(self._at + 1, position)
        elif self._next() == '"':
            self._phrase(field, position)
        elif self._next() == "(":
            self.tokens.append(Token(Kind.OPEN, position, field=field))
            self._at += 1
        else:
            self._field_run(field, position)

    def _date(self, position: int, field_position: int) -> None:
        if self._next() != "[":
            self._leaf(read_date(self._take_run(), position), "date", field_position)
            return
        closed = self._text.find("]", self._at)
        if closed < 0:
            raise Broken(f"The bracket opened at character {position} is never closed.")
        dates = self._text[self._at + 1 : closed]
        self._at = closed + 1
        self._leaf(read_range(dates, position), "date", field_position)

    def _field_run(self, field: str, position: int) -> None:
        run = self._take_run()
        if run.startswith("["):
            raise Broken(f"The field “{field}” at character {position} has no ranges; only “date” has.")
        if _MINUS.match(run) and has_word(run):
            raise Broken(f"The minus sign after “{field}:” at character {position} belongs before the field’s name.")
        self._read(run, field, position)

    def _read(self, run: str, field: str | None, position: int) -> None:
        reading = read_run(run, position)
        operator = _OPERATORS.get(reading.nodes)
        if field and (operator or not reading.nodes):
            raise no_value(field, position)
        if reading.warning:
            self.warnings.append(reading.warning)
        if operator:
            self.tokens.append(Token(operator, position))
        elif len(reading.nodes) == 1:
            self._leaf(reading.nodes[0], field, position)
        elif reading.nodes:
            self._group(reading.nodes, field, position)

    def _group(self, nodes: Iterable[Leaf], field: str | None, position: int) -> None:
        """Several words out of one run, as though they stood in parentheses."""
        self.tokens.append(Token(Kind.OPEN, position, field=field))
        for node in nodes:
            self._leaf(node, None, position)
        self.tokens.append(Token(Kind.CLOSE, position))
