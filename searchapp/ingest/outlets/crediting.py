"""What is said of outlets that a text credits, quotes or watches? It speaks of others as often as of the publisher."""

from __future__ import annotations

import re

from searchapp.ingest.outlets.sign import NEWS_MEDIUM, Sign, after, anywhere, before

_SAYING = (
    rf"(?:{NEWS_MEDIUM}\s+)?(?:has\s+|had\s+|also\s+|first\s+|earlier\s+|later\s+)*(?:reported|reports|said|says|quoted"
    r"|quotes|cited|cites|wrote|writes|revealed|noted|claimed|announced|broadcast|aired|published|put\s+it|added|stated"
    r"|confirmed|showed|carried)"
)
_ACCORDING = r"according\s+to|citing|quoting|quoted\s+by|cited\s+by|(?:re)?published\s+(?:by|in|on)|reported\s+(?:by|in|on)"
_REPORT = (
    r"(?:report|reports|article|articles|story|dispatch|interview|footage|coverage)s?"
    r"\s+(?:\w+\s+)?(?:by|in|from|on)(?:\s+(?:the|local|state|state-run|official|opposition|independent|pro-\w+))*"
    rf"(?:\s+{NEWS_MEDIUM})?"
)
_REPRINTED = (
    r"(?:originally|first)\s+(?:published|appeared|posted|reported|ran|aired)\s+(?:\w+\s+\d{1,2}(?:,\s+\d{4})?\s+)?(?:in|on|by|at|with)"
    r"|reprinted\s+(?:from|with\s+permission\s+(?:from|of)|by\s+permission\s+of)|republished\s+from"
)
_FULL_STORY = (
    r"\bread\s+(?:(?:the\s+)?(?:more|rest|full|whole|entire|original)\b)?(?:[^.\n]{0,30}?\b(?:article|story|report|piece|post|column|interview"
    r"|transcript|thing|essay)\b)?[^.\n]{0,20}?\s(?:at|in)|\bhat\s+tip:?(?:\s+to)?|\bh/t:?|\(via"
)
_SEEN = r"(?:seen|reviewed|obtained|verified|viewed|contacted|compiled|asked|approached|provided)\s+(?:by|to)|shared\s+with"
_TOLD = r"(?:told|tells|telling)"
_UNNAMED = r"\b(?:sources?|officials?|aides?|insiders?|operatives?|strategists?|staffers?|advis[eo]rs)"
_SPOKE = r"interview\s+(?:with|to)|(?:spoke|speaking|talking|spoken|said|confirmed|statement|remarks|comments?|questions?)"\
    r"\s+(?:to|with|from|by)|exclusive(?:ly)?\s+(?:to|for|by|with)"  # fmt: skip
_SENT = r"(?:statement|e-?mail|message|letter|response|remarks|comment)s?\s+(?:provided\s+|sent\s+)?to"
_GUESTS = (
    r"hosts?|interviewers?|correspondents?|reporters?|journalists?|anchors?|moderators?|contributors?|commentators?|personalit\w+"
    r"|analysts?|pundits?|founders?|executives?|owners?"
)
_DAYS = r"(?-i:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_ARABIC_SOURCE = r"(?:وكالة|صحيفة|موقع|قناة|شبكة|مجلة|إذاعة|تلفزيون)"
_ARABIC_SAYING = r"\w?(?:قالت|ذكرت|أفادت|أوردت|نشرت|نقلت|أعلنت|كشفت|بحسب|حسب|وفق|عن|ونقلت|وقالت|وذكرت|وأفادت)"

CREDITING = (
    Sign(before(_REPRINTED), "before", -1.5, "according to", needs="originally first reprinted republished"),
    Sign(before(r"(?:first|originally|exclusively)\s+(?:obtained|reported|published|revealed|disclosed)\s+(?:by|in|on)"), "before", -2.0),
    Sign(before(_FULL_STORY), "before", -2.0, "according to", needs="read tip h via"),
    Sign(before(_TOLD), "before", 1.75, "told"),
    Sign(before(r"tells"), "before", 0.5, "told", again=False),
    Sign(anywhere(rf"\b{_TOLD}\s+(?:the\s+)?@\s(?-i:Sport|Online|Digital|Business|Money|Politics|Magazine|Health)\b"), "both", 0.5, "told",
         again=False, needs="told tells telling"),
    Sign(before(rf"{_UNNAMED}\b[^.“”\"\n]{{0,40}}\s{_TOLD}"), "before", 0.5, "told", again=False),
    Sign(anywhere(rf"\b{_TOLD}\s+(?:the\s+)?@\s(?:back\s)?(?:in\s(?:an?\s)?(?:(?-i:[A-Z])[a-z]+\s)?(?:of\s)?(?:19|20)\d\d\b|last\syear|years\sago|at\sthe\stime|then\b|once\b)"),
         "both", -1.5, needs="told tells telling"),
    Sign(re.compile(r"(?:\bل[ـ]?\s*|لموقع\s+|لصحيفة\s+)[\"“«]?$"), "before", 1.5, "told"),
    Sign(before(_SPOKE), "before", 1.0, "spoke to", needs="to with from by for"),
    Sign(before(_SENT), "before", 1.0, "spoke to", needs="to"),
    Sign(before(_SEEN), "before", 0.5, "seen by", needs="to by with"),
    Sign(before(r"\b(?:shared|provided|released|leaked|forwarded|showed|described|given|gave)\s[^.,\n]{1,30}\s(?:with|to|for)"), "before", 0.75,
         needs="with to for"),
    Sign(before(r"(?:interviewed|obtained|reviewed|identified|compiled|contacted)\s+(?:exclusively\s+)?by"), "before", 0.5, needs="by"),
    Sign(anywhere(rf"(?:['’]s?)?\s+(?:[\"“]|(?:{_GUESTS}|{_DAYS})\b)|['’]s?\s+(?-i:[A-Z])"), "after", -0.5, again=False),
    Sign(after(r"(?:newspaper|daily|tabloid|broadsheet|news\s+agency)"), "after", -1.0, again=False),
    Sign(before(r"on|watch(?:ing|ed)?|like"), "before", -1.0, again=False),
    Sign(before(_ACCORDING), "before", -1.5, "according to"),
    Sign(before(_REPORT), "before", -1.5, "a report by", needs="by in from on"),
    Sign(before(r"(?:investigation|analysis|tally|count|review|examination|database|survey)s?\s+(?:(?:built|conducted|compiled)\s+)?(?:by|in|from)"),
         "before", 1.25, "a report by", needs="by in from"),
    Sign(after(_SAYING), "after", -1.5, "said"),
    Sign(re.compile(rf"{_ARABIC_SAYING}\s+(?:{_ARABIC_SOURCE}\s+)?[\"“«]?$"), "before", -1.5, "said"),
    Sign(re.compile(r"^[\"”»]?\s+عن\b"), "after", -1.5, "said"),
    Sign(anywhere(rf"\b(?:state-run|state|official|semi-official|local|opposition|rival|pro-\w+)?\s*{NEWS_MEDIUM}"
                   r"\s+[\"“]?$"), "before", -2.0),
    Sign(anywhere(r"\s*(?:file\s+|pool\s+)?(?:photo|image|picture)\b|/[A-Z]"), "after", 0.0, "photo"),
    Sign(anywhere(r"(?:photo|image|picture)s?(?:\s*(?:by|credit|courtesy\s+of))?\s*[:/]?\s*$|[A-Za-z]/$"), "before", 0.0, "photo"),
    Sign(re.compile(r"\(@\)\s*$"), "both", -1.0, "credit line"),
)  # fmt: skip
