"""Why may a block be removed? The reasons that more than one stage gives or reads; they are shown as they stand."""

from __future__ import annotations

ABOVE = "above the article"
BELOW = "below the article"
CAPTION = "caption"
COUNTER = "share or vote counter"
LINKS = "link list"
PREFIX = "metadata prefix"
READING = "reading time"
CREDITS = "author and date line"
TITLE = "title"
REPEATED_TITLE = "repeated title"
AUTHOR = "author line"
DATE = "date line"
