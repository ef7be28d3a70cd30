"""Tokens: a text as the parallel streams that every engine stores."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

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
_LONGEST_NAME = 100

_READER = WordReader()

_Streams = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[int, ...], tuple[int, ...]]


def analyze(text: str, language: str | None) -> Tokens:
    """The tokens of the text, stemmed as its language (ISO 639-1) is."""
    return _analyze(text, language) if len(text) <= _LONGEST_NAME else _analyze_once(text, language)


def _analyze(text: str, language: str | None) -> Tokens:
    forms: list[str] = []
    stems: list[str] = []
    wholes: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    offset = 0
    pieces = _CHUNKS.split(text)
    for gap, chunk in zip(pieces[::2], pieces[1::2], strict=False):
        offset += len(gap)
        read = _remembered if len(chunk) <= _LONGEST_REMEMBERED else _read_chunk
        chunk_forms, chunk_stems, chunk_wholes, chunk_starts, chunk_ends = read(chunk, language)
        # Almost every chunk is a single form, for which appending is a good deal faster.
        if len(chunk_forms) == 1:
            forms.append(chunk_forms[0])
            stems.append(chunk_stems[0])
            wholes.append(chunk_wholes[0])
            starts.append(offset + chunk_starts[0])
            ends.append(offset + chunk_ends[0])
        else:
            forms += chunk_forms
            stems += chunk_stems
            wholes += chunk_wholes
            starts += [offset + start for start in chunk_starts]
            ends += [offset + end for end in chunk_ends]
        offset += len(chunk)
    return Tokens(tuple(forms), tuple(stems), tuple(wholes), tuple(starts), tuple(ends))


# Several rooms ask for the tokens of the same text one after the other, and for those of names in between.
_analyze_once = lru_cache(maxsize=2)(_analyze)


def _read_chunk(chunk: str, language: str | None) -> _Streams:
    words = list(_READER.read(chunk))
    forms = tuple([form for word in words for form in word.forms])
    return (
        forms,
        tuple([stem(form, language) for form in forms]),
        tuple([whole for word in words for whole in (word.whole, *[""] * (len(word.forms) - 1))]),
        tuple([start for word in words for start in word.starts]),
        tuple([end for word in words for end in word.ends]),
    )


_remembered = lru_cache(maxsize=1 << 16)(_read_chunk)
