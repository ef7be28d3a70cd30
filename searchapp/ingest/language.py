"""In which language is a text written? Two detectors, and no answer where they do not agree."""

from __future__ import annotations

import os
import re
import threading
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
from langdetect.lang_detect_exception import LangDetectException
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from searchapp.ingest.data import word_sets
from searchapp.ingest.data.language_codes import CODES, language_code, standard_code
from searchapp.model import ABSENT, Claim

_UNLIKELY = word_sets("languages.yaml")["unlikely"]

_NO_TEXT = re.compile(r"(?:https?://|www\.)\S+|[^\s@]{1,64}@\S+|[@#]\w+")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_PARAGRAPHS = re.compile(r"\n+")
_UNSPACED = re.compile(r"[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7AF]")
# Neither detector knows Tigrinya, which writes the first signs where Amharic writes the others.
_TIGRINYA, _AMHARIC = re.compile("[ኣሓኽቕ]"), re.compile("[አየችቸ]")
# Nor Rundi, which it takes for Kinyarwanda: each writes some sounds and common words that the other writes otherwise.
_RUNDI = re.compile(
    r"vy|\bi?c[ao]\b|\b(?:c|[mk]w)['’]|\b(?:cane|reta|ndwi|ingene|u?musi|kuja|gushika|u?mushikiranganji\w*|incanco|urucanco)\b",
    re.IGNORECASE,
)
_KINYARWANDA = re.compile(r"[bc]y[aeiou'’]|[hj]y|\bndetse\b|\b[mM]inisit")
# The first detector shares out Portuguese between it and Galician, which the second does not know.
_PORTUGUESE = re.compile(r"ç|[ãõ][eo]s?\b|\w(?:lh|nh|ss)\w|\b(?:uma?|em|não|com|pelo|pela)\b", re.IGNORECASE)
_GALICIAN = re.compile(r"ñ|\w(?:ll|ción|cións)\b|\b(?:unha?|dunha?|nunha?|non|cun|polo|pola|ó|xa)\b|\bx[eio]", re.IGNORECASE)
_HANGUL = re.compile(r"[\u1100-\u11FF\uAC00-\uD7AF]")

# What the detectors call by the name of one language may be either of two.
_TWINS = {
    "am": (("ti", _TIGRINYA), ("am", _AMHARIC)),
    "rw": (("rn", _RUNDI), ("rw", _KINYARWANDA)),
}

# A line shorter than this is a byline, a button or a date, and its language is as often wrong as right.
_FEWEST_LETTERS = 25
# A letter of scripts without spaces says about as much as three letters of others.
_WEIGHT_UNSPACED = 3
_LONGEST_READ = 400
_ENOUGH_LETTERS = 700
# Measured on 18,000 headlines in 21 languages: of what one detector says with at least the first confidence 1 in 660 is
# wrong; of what both say between the two, 1 in 80; below the second, what both say is wrong as often as 1 in 10.
_SURE = 0.8
_WORTH_ASKING = 0.4
_LABELS = 8
"""The likeliest labels of a paragraph, which hold nearly all of its probability."""

_LOADING = threading.Lock()


class _Profile(msgspec.Struct):
    """A language to langdetect: how often it has which one to three letters, and how many of each length in all."""

    name: str
    freq: dict[str, int]
    n_words: list[int]

    def share(self, letters: str) -> float:
        length = len(letters)
        return self.freq.get(letters, 0) / self.n_words[length - 1] if length <= len(self.n_words) else 0.0


class _Shares(dict[str, list[float]]):
    """The share of letters in each language, worked out when they are first met: all would fill 40 MB."""

    def __init__(self, profiles: Sequence[_Profile]) -> None:
        super().__init__()
        self._profiles = profiles
        self._letters = frozenset[str]().union(*(profile.freq for profile in profiles))

    def __contains__(self, letters: object) -> bool:
        return letters in self._letters

    def __missing__(self, letters: str) -> list[float]:
        self[letters] = shares = [profile.share(letters) for profile in self._profiles]
        return shares


_PROFILES = msgspec.json.Decoder(_Profile)


def detect_language(text: str, declared: Claim | None) -> Claim:
    """The language as an ISO 639-1 code: the declared one if it is a code, else the one that is detected, or none."""
    if declared is not None and declared.value is not None:
        code = language_code(declared.value)
        if code is not None:
            return Claim(code, declared.status, declared.origin, declared.evidence or declared.value)
    found = _detect(text)
    return Claim(found, "inferred", "text") if found else ABSENT


def _detect(text: str) -> str | None:
    paragraphs = _paragraphs(text)
    if not paragraphs:
        return None
    votes: defaultdict[str, float] = defaultdict(float)
    total = 0.0
    for paragraph, weight in paragraphs:
        # All labels of a language vote for it: what is split between English and its pidgin is English to us.
        for label, confidence in _identifier().rank(paragraph)[:_LABELS]:
            votes[standard_code(label)] += weight * float(confidence)
        total += weight
    best = max(votes, key=lambda code: votes[code])
    if best in ("pt", "gl") and _one_of_twins(text, ("pt", _PORTUGUESE), ("gl", _GALICIAN)) == "pt":
        best, votes["pt"] = "pt", votes["pt"] + votes["gl"]
    share = votes[best] / total
    if best not in CODES or share < _WORTH_ASKING:
        return None
    if best in _TWINS:
        return _one_of_twins(text, *_TWINS[best])
    if share >= _SURE or _second_opinion("\n".join(paragraph for paragraph, _ in paragraphs)) == best:
        return best
    return None


def _one_of_twins(text: str, *signs: tuple[str, re.Pattern[str]]) -> str | None:
    """The code whose signs the text has more of; None where it has as many of both, or none."""
    (first, of_first), (second, of_second) = ((code, len(sign.findall(text))) for code, sign in signs)
    return None if of_first == of_second else first if of_first > of_second else second


def _paragraphs(text: str) -> list[tuple[str, float]]:
    """The paragraphs that are long enough to tell, without addresses and numbers, each with its weight."""
    found: list[tuple[str, float]] = []
    read = 0.0
    for line in _PARAGRAPHS.split(text):
        words = " ".join(_NO_LETTERS.sub(" ", _NO_TEXT.sub(" ", line)).split())[:_LONGEST_READ]
        unspaced = len(_UNSPACED.findall(words))
        weight = len(words) - words.count(" ") + (_WEIGHT_UNSPACED - 1) * unspaced
        if weight >= _FEWEST_LETTERS:
            found.append((words, weight))
            read += weight
        if read > _ENOUGH_LETTERS:
            break
    return found


def load_detectors() -> None:
    """Load what both detectors know, which the first texts would wait for."""
    _identifier()
    profiles()


@cache
def _identifier_once() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([label for label in identifier.labels if label not in _UNLIKELY])
    # A paragraph takes some of its rows, which lie scattered over 23 MB after columns were chosen.
    identifier.nb_ptc = np.ascontiguousarray(identifier.nb_ptc)
    return identifier


def _identifier() -> LanguageIdentifier:
    with _LOADING:
        return _identifier_once()


@cache
def _profiles_once() -> DetectorFactory:
    """What `DetectorFactory.load_profile` makes, in the order of the same folder."""
    files = [Path(PROFILES_DIRECTORY, name) for name in os.listdir(PROFILES_DIRECTORY) if not name.startswith(".")]
    profiles = [_PROFILES.decode(file.read_bytes()) for file in files]
    factory = DetectorFactory()
    factory.langlist = [profile.name for profile in profiles]
    factory.word_lang_prob_map = _Shares(profiles)
    factory.set_seed(0)
    return factory


def profiles() -> DetectorFactory:
    """What langdetect knows, loaded once."""
    with _LOADING:
        return _profiles_once()


def _second_opinion(text: str) -> str | None:
    """What langdetect says; it takes capitals for German and Traditional Chinese for Korean."""
    detector = profiles().create()
    detector.append(text.lower() if text.isupper() else text)
    try:
        label = str(detector.detect())
    except LangDetectException:
        return None
    if label == "ko" and not _HANGUL.search(text):
        return "zh"
    return language_code(label)
