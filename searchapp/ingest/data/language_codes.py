"""Which language does a code mean, whoever writes it?"""

from __future__ import annotations

import re

from searchapp.ingest.data import word_sets

CODES = word_sets("languages.yaml")["codes"]
"""The languages of ISO 639-1."""

# Dialects, older codes, and the three letters of ISO 639-2 and 639-3 for what news is mostly written in.
_SAME = {
    "ary": "ar", "arz": "ar", "apc": "ar", "acm": "ar", "wuu": "zh", "yue": "zh", "cmn": "zh", "nb": "no", "nn": "no",
    "iw": "he", "in": "id", "ji": "yi", "sdh": "ku", "ckb": "ku", "kmr": "ku", "uzs": "uz", "prs": "fa", "pes": "fa",
    "pcm": "en", "fuv": "ff", "kik": "ki", "fil": "tl", "zsm": "ms", "swh": "sw", "gug": "gn",
    "eng": "en", "ara": "ar", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "spa": "es", "ita": "it", "por": "pt",
    "rus": "ru", "ukr": "uk", "tur": "tr", "fas": "fa", "per": "fa", "heb": "he", "kur": "ku", "zho": "zh", "chi": "zh",
    "jpn": "ja", "kor": "ko", "nld": "nl", "dut": "nl", "pol": "pl", "swe": "sv", "hau": "ha", "swa": "sw", "som": "so",
    "amh": "am", "pus": "ps", "urd": "ur", "hin": "hi",
}  # fmt: skip
_BEHIND = re.compile(r"[-_.@]")


def standard_code(code: str) -> str:
    """The code of the language that a dialect or an older code is counted to; any other code as it is."""
    return _SAME.get(code, code)


def language_code(label: str) -> str | None:
    """The ISO 639-1 code of a code of any kind, as in EN, en-GB, en_GB.UTF-8, eng; None for what is none."""
    code = standard_code(_BEHIND.split(label.strip().lower(), maxsplit=1)[0])
    return code if code in CODES else None
