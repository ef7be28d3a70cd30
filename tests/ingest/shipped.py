"""The records that come with the program, read once for all tests of the stages."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from searchapp.authority import Authority
from searchapp.ingest.data import data_folder


@cache
def shipped() -> Authority:
    return Authority.read(None, data_folder())


NAMES = (
    "Syria", "Tripoli, Lebanon", "İstanbul", "I\u0307stanbul", "Deir ez-Zor", "al-Hasakah", "Khalifa Haftar", "U.S.", "UN",
    "Reuters said", "told Zaman al-Wasl", "Erdog\u0306an", "ﬁghters", "حفتر", "وحَفْتَر", "بدمشق", "للأمم المتحدة", "Libyans",
    "N'Djamena", "Côte d’Ivoire", "Co\u0302te d'Ivoire", "São Tomé", "Moscow", "ﷺ", "ИГИЛ", "GNA", "Gen.", "said",
)  # fmt: skip
SEPARATORS = (
    " ", "\n", "\n\n", ". ", ", ", "-", "\u200e", "\u200f", "\u202b", "\u202c", "\u0301", "İ", "ŉ", "'s ", "’s ", "ـ", "(", ") ",
    "ǆ", "\u00a0", "\u00ad", "🏴", "ß",
)  # fmt: skip

texts = st.lists(st.sampled_from(NAMES + SEPARATORS) | st.text(max_size=3), max_size=25).map("".join)
"""Names between characters that change length when they are folded, and marks that nobody sees."""
