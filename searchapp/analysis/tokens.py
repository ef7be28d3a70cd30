"""Tokens: a text as the parallel streams that every engine stores."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from typing import Any

from searchapp.analysis.stems import PYSTEMMER, stem
from searchapp.analysis.words import WordReader

VERSION = f"1, PyStemmer {PYSTEMMER}"
"""Changes when the tokens of a text do: count the number up with every change of this package that alters a token."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Streams of equal length, one token a position; `starts` and `ends` are offsets in the text that was analysed.

    `wholes` holds a compound at its first position and "" elsewhere; `stems` is "" where there is none. Tokens never
    overlap: each starts at or after the end of the one before.
    """

    forms: tuple[str, ...]
    stems: tuple[str, ...]
    wholes: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


# Chunks come back again and again, so each is analysed once. They end at characters that no word has within, whitespace
# and common punctuation, and before letters that are words alone; that a chunk may hold several words does no harm.
_BREAKS = r"\s\x00-&(-,./:-@\[-_{-\x7F«»\u2013-\u2015\u201C-\u201E\u2026،؛؟\u3001\u3002"
_ALONE = r"\u0E01-\u0E30\u0E40-\u0E46\u1000-\u102A\u1780-\u17B3\u3041-\u3096\u30A1-\u30FA\u3400-\u4DBF\u4E00-\u9FFF"
_CHUNKS = re.compile(rf"([^{_BREAKS}][^{_BREAKS}{_ALONE}]*(?:[.,](?=\d)[^{_BREAKS}{_ALONE}]+)*)")
_LONGEST_REMEMBERED = 40
_MOST_REMEMBERED = 1 << 16
_LONGEST_NAME = 100

_READER = WordReader()

_Streams = tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...], tuple[int, ...]]
"""Forms, wholes, starts and ends."""

_Read = str | _Streams
"""The form of a chunk that is one form and nothing else, as almost every chunk is; else all there is of it."""


def analyze(text: str, language: str | None) -> Tokens:
    """The tokens of the text, stemmed as its language (ISO 639-1) is."""
    if len(text) > _LONGEST_NAME:
        return _analyze_once(text, language)
    return _stemmed(_analyze(text), language)


def _analyze(text: str) -> Tokens:
    """The tokens without stems."""
    pieces = _CHUNKS.split(text)
    bounds = tuple(accumulate(map(len, pieces)))
    # A loop over hundreds of chunks would take several times as long as those inside of map and slices.
    read = list(map(_MEMORY.__getitem__, pieces[1::2]))
    several = [place for place, one in enumerate(read) if type(one) is not str]
    streams: list[Sequence[Any]] = [read, [""] * len(read), bounds[:-1:2], bounds[1::2]]
    forms, wholes, starts, ends = map(tuple, _with_several(streams, several) if several else streams)
    return Tokens(forms, ("",) * len(forms), wholes, starts, ends)


def _with_several(streams: Sequence[Sequence[Any]], several: Sequence[int]) -> list[Sequence[Any]]:
    """The streams with the tokens of the chunks at these places, which stand among the forms, where they belong."""
    spread: list[list[Any]] = [[] for _ in streams]
    done = 0
    for place in several:
        forms, wholes, starts, ends = streams[0][place]
        offset = streams[2][place]
        shifted = [offset + start for start in starts], [offset + end for end in ends]
        for stream, whole, tokens in zip(streams, spread, (forms, wholes, *shifted), strict=True):
            whole += stream[done:place]
            whole += tokens
        done = place + 1
    for stream, whole in zip(streams, spread, strict=True):
        whole += stream[done:]
    return [*spread]


# Several rooms ask for the tokens of the same text one after the other, and for those of names in between; some for
# those without stems, the index for those of the text's language.
@lru_cache(maxsize=4)
def _analyze_once(text: str, language: str | None) -> Tokens:
    return _analyze(text) if language is None else _stemmed(_analyze_once(text, None), language)


def _stemmed(tokens: Tokens, language: str | None) -> Tokens:
    if language is None:
        return tokens
    return replace(tokens, stems=tuple(map(_stems(language).__getitem__, tokens.forms)))


def _read_chunk(chunk: str) -> _Read:
    if chunk.isascii() and chunk.isalnum():
        return chunk.lower()
    words = list(_READER.read(chunk))
    forms = tuple([form for word in words for form in word.forms])
    starts = tuple([start for word in words for start in word.starts])
    ends = tuple([end for word in words for end in word.ends])
    if len(forms) == 1 and (starts[0], ends[0]) == (0, len(chunk)):
        return forms[0]
    wholes = tuple([whole for word in words for whole in (word.whole, *[""] * (len(word.forms) - 1))])
    return forms, wholes, starts, ends


class _Memory(dict[str, _Read]):
    """What chunks were read as; forgets all when it is full."""

    def __missing__(self, chunk: str) -> _Read:
        read = _read_chunk(chunk)
        if len(chunk) <= _LONGEST_REMEMBERED:
            if len(self) >= _MOST_REMEMBERED:
                self.clear()
            self[chunk] = read
        return read


_MEMORY = _Memory()


class _Stems(dict[str, str]):
    """The stems of forms in one language; forgets all when it is full."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, form: str) -> str:
        found = stem(form, self._language)
        if len(form) <= _LONGEST_REMEMBERED:
            if len(self) >= _MOST_REMEMBERED:
                self.clear()
            self[form] = found
        return found


_stems = lru_cache(maxsize=4)(_Stems)
