"""The one analysis of text that every engine stores and looks up.

A text becomes parallel streams with one token a position: forms (folded), stems (with their language) and wholes
(compounds). A word of a query becomes what it reads in them.
"""

from __future__ import annotations

from searchapp.analysis.folding import fold
from searchapp.analysis.lookup import Lookup, Pattern, look_up, look_up_pattern
from searchapp.analysis.stems import stemmed_languages
from searchapp.analysis.tokens import VERSION, Tokens, analyze

__all__ = [
    "VERSION",
    "Lookup",
    "Pattern",
    "Tokens",
    "analyze",
    "fold",
    "look_up",
    "look_up_pattern",
    "stemmed_languages",
]
