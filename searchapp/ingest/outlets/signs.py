"""What do the words around the name of an outlet say: that it speaks of itself, or that it is credited?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from searchapp.ingest.outlets.naming import Named

Side = Literal["before", "after", "both"]


@dataclass(frozen=True, slots=True)
class Sign:
    """A pattern of the text before a name, behind it, or of both with the name as `@`; `weight` for being the outlet.

    `credit` marks what is said of those whom a text credits; "" where that does not follow. `again` tells whether the sign
    proves more when it comes again: names in menus do not.
    """

    pattern: re.Pattern[str]
    side: Side
    weight: float
    credit: str = ""
    again: bool = True

    def holds(self, named: Named, line: str) -> bool:
        """Whether it stands around the name; `line` is all that is around it, with the name as `@`."""
        if self.side == "before":
            return self.pattern.search(named.before) is not None
        if self.side == "after":
            return self.pattern.match(named.after) is not None
        return self.pattern.search(line) is not None


def _before(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})\s+(?:the\s+|\")?[\"“«]?$", re.IGNORECASE)


def _after(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"[\"”»]?(?:\s*\([^()]{{2,40}}\))?,?\s+(?:{pattern})\b", re.IGNORECASE)


_NEWS_MEDIUM = r"(?:news(?:\s+agency|\s+outlet|\s+site|\s+website|paper)?|agency|channel|website|magazine|daily|network|TV)"
_SAYING = (
    rf"(?:{_NEWS_MEDIUM}\s+)?(?:has\s+|had\s+|also\s+|first\s+|earlier\s+|later\s+)*(?:reported|reports|said|says|quoted"
    r"|quotes|cited|cites|wrote|writes|revealed|noted|claimed|announced|broadcast|aired|published|put\s+it|added|stated"
    r"|confirmed|showed|carried)"
)
_ACCORDING = r"according\s+to|citing|quoting|quoted\s+by|cited\s+by|(?:re)?published\s+(?:by|in|on)|reported\s+(?:by|in|on)"
_REPORT = (
    r"(?:report|reports|article|articles|story|dispatch|interview|footage|coverage)s?"
    r"\s+(?:\w+\s+)?(?:by|in|from|on)(?:\s+(?:the|local|state|state-run|official|opposition|independent|pro-\w+))*"
    rf"(?:\s+{_NEWS_MEDIUM})?"
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
_SPOKE = r"interview\s+(?:with|to)|(?:spoke|speaking|talking|spoken|said|confirmed|statement|remarks|comments?|questions?)"\
    r"\s+(?:to|with|from|by)|exclusive(?:ly)?\s+(?:to|for|by|with)"  # fmt: skip
_SENT = r"(?:statement|e-?mail|message|letter|response|remarks|comment)s?\s+(?:provided\s+|sent\s+)?to"
_GUESTS = (
    r"hosts?|correspondents?|reporters?|journalists?|anchors?|moderators?|contributors?|commentators?|personalit\w+"
    r"|analysts?|pundits?|founders?|executives?|owners?"
)
_RIGHTS = r"[\s\d,.–-]*(?:the\s+)?@\s*(?:$|[.|·•]|,?\s*all\s+rights)"
_ANSWERING = r"\b(?:respon|repl|answer|return)\w*\s[^.\n]{0,40}?"
_REQUEST = r"(?:\w+\s+){0,2}(?:requests?|inquir(?:y|ies)|quer(?:y|ies)|questions?|emails?|calls?|messages?)\b"
_LOOKING = (
    r"(?:interviewed|analy[sz]ed|examined|surveyed|reviewed|visited|tallied|compiled|verified|rounded\s+up|sought"
    r"|spoke\s+(?:with|to)|contacted|emailed|asked|requested|identified)"
)
_INVITING = (
    r"(?:switch\s+to|subscribe\s+to|sign\s+up\s+(?:for|to)|download|support|donate\s+to|follow|join|about|contact"
    r"|welcome\s+to|newsletters?\s+from|visit|new\s+to|work(?:ing)?\s+(?:for|at)|(?:careers|jobs)\s+at|advertise\s+(?:with|on|in)|اشترك\s+في|تابع|تابعوا)"
)
_ARABIC_SOURCE = r"(?:وكالة|صحيفة|موقع|قناة|شبكة|مجلة|إذاعة|تلفزيون)"
_ARABIC_SAYING = r"\w?(?:قالت|ذكرت|أفادت|أوردت|نشرت|نقلت|أعلنت|كشفت|بحسب|حسب|وفق|عن|ونقلت|وقالت|وذكرت|وأفادت)"


_PERSON = r"[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){1,3}"
_OPENING = r"(?:^|[.!?:|]\s+)\W{0,3}"
_STAFF = (
    r"(?:(?:staff|senior|chief|contributing|national|political|general)\s+)*(?:correspondent|reporter|editor(?:-at-large|-in-chief)?|writer"
    r"|columnist|contributor|blogger|fellow|producer|intern)"
)


def _anywhere(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


SIGNS = (
    Sign(re.compile(r"^\W{0,3}\(@(?:\s[A-Z]\w+)?\)\s*[-–—:]"), "both", 4.0, "dateline"),
    Sign(re.compile(r"^[^\n(]{2,50}\(@(?:\s[A-Z]\w+)?\)\s*(?:[-–—:]|(?=[A-Z]))|^\(@(?:\s[A-Z]\w+)?\)\s*(?=[A-Z])"), "both", 3.5,
         "dateline", again=False),
    Sign(re.compile(r"^(?:[\w .,]{2,40}\s)?@\s+[—–]\s+(?=[\"“A-Z])"), "both", 3.0, "dateline", again=False),
    Sign(re.compile(r"\b[A-Z][\w'’-]+,\s(?:for\s)?@,\s[A-Z][\w.]+(?:\s[A-Z]\w+)?\.?\W*$"), "both", 3.0, again=False),
    Sign(_anywhere(r"^(?:by\s)?@\s+(?:staff|editors|newsroom|team|(?:web\s+)?desk)\W*$"), "both", 3.0, again=False),
    Sign(re.compile(r"^[^\w*+•·-]{0,3}@\W*$"), "both", 2.0, again=False),
    Sign(_anywhere(rf"^\W*{_INVITING}\s+(?:the\s+)?@(?!\s+(?-i:[A-Z])).{{0,30}}$"), "both", 3.0),
    Sign(_anywhere(r"^\W*(?:get|(?:click\s+here\s+to\s+)?sign\s+up)\s[^.\n]{0,25}@(?:['’]s)?\s.{0,60}(?:newsletter|news|alerts|go)\b"),
         "both", 2.0, again=False),
    Sign(re.compile(r"^By\s[^.\n]{3,60}(?:\s[|–—-]|[|,])\s@\W*$"), "both", 2.5, again=False),
    Sign(re.compile(r"^[A-Z][\w.'’-]+(?:\s(?:and\s)?[A-Z][\w.'’-]+){1,5}(?:\s*[|,])?\s@\W*$"), "both", 1.0, again=False),
    Sign(_anywhere(r"\d{4}\b.{0,25}\b[ap]\.?m\.?\b.{0,12}[/|]\s*@\W*$"), "both", 3.0, again=False),
    Sign(_anywhere(r"^contributing:[^\n]*@\W*$"), "both", 3.0, again=False),
    Sign(_after(r"is\s+published\s+by"), "after", 3.0, again=False),
    Sign(_anywhere(r"\ba\s+member\s+of\s+(?:the\s+)?@(?:['’]s)?\s+(?:board|editorial)\b"), "both", 3.0, again=False),
    Sign(re.compile(r"^[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){1,3},?\s(?:is|was|covers|writes|reports|edits|(?:co-)?hosts)\b[^.\n]{0,80}"
                    r"\b(?:for|at|with|of)\s(?:the\s|The\s)?@"), "both", 1.5, again=False),
    Sign(_anywhere(rf"{_OPENING}(?:subscribe\s+to|sign\s+up\s+for|listen\s+to)\s+(?:the\s+)?@(?:['’]s)?\s.{{0,60}}"
                   r"(?:podcast|newsletter|alerts)"), "both", 3.0),
    Sign(_anywhere(r"\bmore\s+from\s+(?:the\s+)?@\W*$"), "both", 1.5, again=False),
    Sign(_anywhere(r"\b(?:for|read)\s+more\s+from\s+(?:the\s+)?@\s*(?:,|by\s+clicking|here)"
                   r"|\bclick\s+here\s+(?:for|to\s+read)\s+more\s+(?:from|on)\s+(?:the\s+)?@"), "both", 3.5),
    Sign(_anywhere(r"\bclick\s+here\s+(?:for|to\s+(?:get|read|see|watch))\s+(?:more\s+|the\s+latest\s+)?@"), "both", 3.5, again=False),
    Sign(_anywhere(r"\b(?:get|download|with)\s+the\s+(?:free\s+|new\s+|official\s+)?@\s+(?:mobile\s+|news\s+)?app\b"), "both", 3.0),
    Sign(_anywhere(r"\bget\s+(?:the\s+)?@\s+on\s+the\s+go\b"), "both", 3.0, again=False),
    Sign(_anywhere(rf"{_OPENING}(?:follow|like|find)\s+(?:the\s+)?@(?:\s(?-i:[A-Z])\w+){{0,3}}(?:\s+section)?\s+on\s+"
                   r"(?:twitter|facebook|instagram|youtube|tiktok)\b"), "both", 3.0, again=False),
    Sign(_anywhere(r"\b(?:check\s+out\s+this\s+story\s+on|calling\s+all|heard\s+on)\s+@"), "both", 3.0, again=False),
    Sign(_anywhere(r"^\W*(?:also|related|trending|popular|most\s+(?:read|popular))\s+(?:on|in|at)\s+(?:the\s+)?@"), "both", 3.0, again=False),
    Sign(_anywhere(r"^\W*source:?\s*@\s+and\s+(?:news\s+)?agencies\W*$"), "both", 3.5, again=False),
    Sign(_anywhere(r"@(?:\s(?-i:[A-Z])\w+){0,2}\s+airs\s+(?:on|live|from|every|week)"), "both", 2.5, again=False),
    Sign(_anywhere(rf"{_OPENING}(?:please\s+|will\s+you\s+)?(?:support|help\s+keep|help\s+fund)\s+(?:the\s+)?@(?:['’]s?)?\s+"
                   r"(?:\w+\s+)?(?:free\b|journalism|reporting|work|mission|newsroom|as\s+little\s+as)"), "both", 3.0, again=False),
    Sign(_anywhere(r"\b(?:become|join|becoming|joining)\s+(?:an?\s+)?@\s+(?:VIP|members?|subscribers?|plus|premium|insiders?)\b"), "both", 3.0,
         again=False),
    Sign(_anywhere(r"\bat\s+our\s+@"), "both", 3.0, again=False),
    Sign(_anywhere(r"\bcontent\s+created\s+by\s+(?:an?\s+|the\s+)?@"), "both", 3.5, again=False),
    Sign(_anywhere(r"\bcreated\s+by\s+an?\s+@\s+(?:community\s+)?(?:member|reader|contributor|user)\b"), "both", 3.5, again=False),
    Sign(_anywhere(r"\b(?:from|for)\s+@[,.]\s+(?:this\s+is\b|I['’]m\s)|\bthis\s+is\s+@[,.!]\s+(?:I['’]m\s|\w+\.org\b)"
                   r"|\btranscript\s+provided\s+by\s+@"), "both", 3.5, again=False),
    Sign(re.compile(r"@\s\((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d{1,2},\s\d{4}\b"), "both", 3.0, again=False),
    Sign(_anywhere(rf"(?:©|copyright|\(c\)){_RIGHTS}"), "both", 3.0, again=False),
    Sign(_anywhere(r"(?:©|copyright|\(c\))[\s\d,–-]*(?:the\s+)?@[^\n]{0,30}\breprint\s+permission"), "both", 4.0, again=False),
    Sign(_anywhere(r"(?:©|copyright|\(c\))[\s\d,.–-]*(?:the\s+)?@,?\s(?:company|co\.|inc|llc|ltd|limited|l\.p\.|interactive|internet|media|group"
                   r"|network|usa)\b"), "both", 1.5, again=False),
    Sign(_anywhere(r"(?:©|copyright|\(c\))\s*(?:the\s+)?@(?:,?\s(?:limited|ltd|inc|llc))?\.?,?\s+\d{4}\b"), "both", 3.0, again=False),
    Sign(_after(r"all\s+rights\s+reserved|(?:(?:news|staff|wires?|services?|writers?|reporters?)\s+){1,3}contributed\s+to\s+this"), "after", 4.0,
         again=False),
    Sign(_after(r"contributed\s+to\s+this"), "after", 1.5, again=False),
    Sign(_anywhere(r"['’]s?\s(?:[^.\n]|\b(?-i:[A-Z])\.){3,}?contributed"
                   r"(?:\s+to\s+this\s+(?:report|story|article)\b|\s+reporting\b|\.)"), "after", 4.0,
         again=False),
    Sign(_anywhere(r"\b(?:views|opinions?)\b[^\n]*\b(?:of|by)\s+(?:the\s+)?@(?:\s+or\s[^\n]{3,40})?\W*$"), "both", 3.0, again=False),
    Sign(_anywhere(r"^\W*(?:correction:\s+)?(?:as|(?:a\s+version\s+of\s+)?this\s+(?:article|story|piece|column|essay|op-ed|post|interview|report)\b"
                   r"(?![^.\n]*\b(?:originally|first)\b)[^.\n]{0,30}?)\s(?:published|appeared|appears|posted)\s+(?:in|on|by|at)\s+(?:the\s+)?"
                   r"(?:(?-i:[A-Z])\w+\s+)?@"), "both", 3.5, again=False),
    Sign(_before(_REPRINTED), "before", -1.5, "according to"),
    Sign(_before(r"(?:first|originally|exclusively)\s+(?:obtained|reported|published|revealed|disclosed)\s+(?:by|in|on)"), "before", -2.0),
    Sign(_before(_FULL_STORY), "before", -2.0, "according to"),
    Sign(_after(r"(?:has|have)\s+(?:exclusively\s+)?(?:learn(?:ed|t)(?!\s+(?:to|from)\b)|obtained|reviewed|contacted"
                r"|reached\s+out|seen)"), "after", 2.5),
    Sign(_after(r"(?:has\s+|have\s+)?(?:previously|extensively|long)\s+(?:reported|noted|covered|written|documented)"), "after", 2.5),
    Sign(_anywhere(r"\bas\s+(?:the\s+)?@\s+has\s+(?:\w+\s+)?(?:reported|noted|written|documented|detailed)"), "both", 3.5),
    Sign(_after(r"(?:has\s+|have\s+)?(?:also\s+)?(?:reached\s+out\s+to|contacted|approached|asked|e-?mailed|called)\b[^.\n]{0,80}?\s(?:for|to)\s+"
                r"(?:an?\s+|further\s+|additional\s+)?(?:comments?|response|clarification|statement|reaction)"), "after", 0.75),
    Sign(_after(r"(?:has|have)\s+(?:approached|asked|requested|spoken\s+(?:to|with)|not\s+(?:yet\s+)?(?:been\s+able|independently|verified|seen))"
                r"|(?:could|was)\s+not\s+(?:able\s+to\s+)?(?:immediately\s+|independently\s+)+\w+|understands\s+that"), "after", 2.5),
    Sign(_anywhere(r"['’]s?\s+(?-i:[A-Z])[\w.-]+(?:\s(?-i:[A-Z])[\w'’-]+){1,2},?\s+(?:reporting\s+from|(?:in|at)\s+(?-i:[A-Z])[\w ]{2,30}?,?"
                   r"\s+(?:says|said|reports|reported))\b"), "after", 2.0, again=False),
    Sign(_anywhere(r"['’]s?\s+(?-i:[A-Z])[\w.-]+(?:\s(?-i:[A-Z])[\w'’-]+){1,2}\s+(?:has\s+)?(?:report(?:s|ed)|explain(?:s|ed)|wr(?:ites|ote|itten)|notes?d?)\b"),
         "after", 1.0, again=False),
    Sign(_anywhere(rf"(?:['’]s?)?\s(?:[\w-]+\s){{0,4}}?{_STAFF}s?\s(?-i:[A-Z])[\w.-]+(?:\s(?-i:[A-Z])[\w'’-]+){{1,2}},?\s"
                   r"(?:reports\b|has\s+more\b|asked\b)"), "after", 2.0, again=False),
    Sign(re.compile(r"\b[A-Z]{3,},\s(?:[A-Z]+\s){0,2}@(?:['’]S)?\s(?:[A-Z-]+\s){0,3}"
                    r"(?:ANCHOR|HOST|CORRESPONDENT|REPORTER|ANALYST|CONTRIBUTOR)\b"), "both", 3.0),
    Sign(_anywhere(r"\b(?:for|at|with|of)\s(?:the\s)?@\.\s(?:(?:you\s+can\s+)?(?:follow|reach|e-?mail|contact|find)\s(?:him|her|them)"
                   r"|(?:s?he|they)\scan\sbe\s(?:reached|followed|contacted))\b"), "both", 2.5, again=False),
    Sign(_anywhere(r"\bis\s+(?:also\s+)?(?:(?:an?|the)\s+\w+\s+(?:in|of)|part\s+of)\s+(?:an?\s+|the\s+)?@(?:['’]s?|\s+(?:series|project|investigation|special))"),
         "both", 2.0, again=False),
    Sign(_anywhere(r"\bdisclosure:?\s[^\n]{0,60}@"), "both", 2.0, again=False),
    Sign(_after(_LOOKING), "after", 1.5),
    Sign(_after(r"(?:attended\b|reached\s+(?:out\s+to|these))"), "after", 2.5),
    Sign(_after(r"(?:analysis|review|investigation|tally|examination|database)"), "after", 1.5),
    Sign(_anywhere(rf"{_ANSWERING}@['’]?s?\s+{_REQUEST}"), "both", 2.5),
    Sign(_before(rf"(?:{_ANSWERING}|declined\s+an?\s+){_REQUEST}[^.\n]{{0,25}}\s(?:from|by|of)|(?:declined|refused)\s+to\s+"
                 r"(?:comment|speak)\s+to"), "before", 2.5),
    Sign(_anywhere(r"['’]s\s+(?:own\s+)?(?:\w+[ -]language\s+|\w+\s+)?(?:service|correspondents?|reporters?|newsroom"
                   r"|sister\s+\w+|bureau|editorial\s+board|team)\b"), "after", 2.0),
    Sign(re.compile(rf"\((?:Photos?:?\s+(?:by\s+)?)?{_PERSON}(?:\s?/\s?|,\s)"
                    r"(?:[Ff]or\s)?(?:the\s|The\s)?@(?:\s(?:Sports|Opinion|Network))?\)"), "both", 1.25),
    Sign(re.compile(rf"\b(?i:photo\s+)?(?i:illustration)\s+by\s+(?:{_PERSON}\s?/\s?)?(?:the\s|The\s)?@(?!\s[A-Z])"), "both", 2.5, again=False),
    Sign(_anywhere(rf"{_OPENING}follow\s+(?:the\s+)?@(?:['’]s)?\s(?:\w+\s){{0,3}}?{_STAFF}s?\b"), "both", 3.0, again=False),
    Sign(re.compile(rf"(?:^|[.!?]\s)\W{{0,3}}{_PERSON}\s(?:currently\s)?(?:serves\sas|joined|has\sbeen\swith)\s"
                    r"[^.\n]{0,60}?\s(?:the\s)?@"), "both", 1.5, again=False),
    Sign(_before(_TOLD), "before", 1.75, "told"),
    Sign(_anywhere(rf"\b{_TOLD}\s+(?:the\s+)?@\s(?:back\s)?(?:in\s(?:an?\s)?(?:(?-i:[A-Z])[a-z]+\s)?(?:of\s)?(?:19|20)\d\d\b|last\syear|years\sago|at\sthe\stime|then\b|once\b)"),
         "both", -1.5),
    Sign(re.compile(r"(?:\bل[ـ]?\s*|لموقع\s+|لصحيفة\s+)[\"“«]?$"), "before", 1.5, "told"),
    Sign(re.compile(r"(?:علمت?|حصلت?)\s+(?:صحيفة\s+|موقع\s+)?[\"“«]?$"), "before", 2.0),
    Sign(_before(_SPOKE), "before", 1.0, "spoke to"),
    Sign(_before(_SENT), "before", 1.0, "spoke to"),
    Sign(_before(_SEEN), "before", 0.5, "seen by"),
    Sign(_before(r"\b(?:shared|provided|released|leaked|forwarded|showed|described|given|gave)\s[^.,\n]{1,30}\s(?:with|to|for)"), "before", 0.75),
    Sign(_before(r"\breporting\s(?:from\s(?-i:[A-Z])\w+\s)?for"), "before", 1.5),
    Sign(_after(r"has\s+(?:supplemented|updated|edited|changed|corrected)\s+this"), "after", 3.5, again=False),
    Sign(re.compile(r"[^\n(]\(@\)\s?(?:--|[–—-]\s|(?=[A-Z\"“][a-z]))"), "both", 2.5, "dateline", again=False),
    Sign(_before(r"reached\s+by"), "before", 1.5),
    Sign(_before(r"(?:interviewed|obtained|reviewed|identified|compiled|contacted)\s+(?:exclusively\s+)?by"), "before", 0.5),
    Sign(_anywhere(rf"{_OPENING}(?-i:[A-Z])[\w.'’-]+(?:\s(?-i:[A-Z])[\w.'’-]+){{1,3}},?\s(?:is|was)\s(?:an?\s|the\s)?[^.\n]{{0,40}}?\b"
                   rf"{_STAFF}\s(?:for|at|with|of|and\s\w+\s(?:for|at|of))\s(?:the\s)?@(?!,?\s+who\b)"), "both", 1.25, again=False),
    Sign(_anywhere(r"\bis\s+an?\s[^.\n]{0,40}(?:correspondent|reporter|editor|writer|columnist|contributor)\s(?:for|at|with)"
                   r"\s(?:the\s)?@\."), "both", 2.0, again=False),
    Sign(_anywhere(r"^(?:by\s)?.{3,40}\b(?:correspondent|reporter|editor|writer)\s(?:for|at|with)\s(?:the\s)?@\W*$"), "both", 2.0),
    Sign(_anywhere(rf"(?:['’]s?)?\s+(?:(?-i:[\"“A-Z])|(?:{_GUESTS})\b)"), "after", -0.5, again=False),
    Sign(_before(r"on|watch(?:ing|ed)?|like"), "before", -1.0, again=False),
    Sign(_before(_ACCORDING), "before", -1.5, "according to"),
    Sign(_before(_REPORT), "before", -1.5, "a report by"),
    Sign(_before(r"(?:investigation|analysis|tally|count|review|examination|database|survey)s?\s+(?:(?:built|conducted|compiled)\s+)?(?:by|in|from)"),
         "before", 0.75, "a report by"),
    Sign(_after(_SAYING), "after", -1.5, "said"),
    Sign(re.compile(rf"{_ARABIC_SAYING}\s+(?:{_ARABIC_SOURCE}\s+)?[\"“«]?$"), "before", -1.5, "said"),
    Sign(re.compile(r"^[\"”»]?\s+عن\b"), "after", -1.5, "said"),
    Sign(_anywhere(rf"\b(?:state-run|state|official|semi-official|local|opposition|rival|pro-\w+)?\s*{_NEWS_MEDIUM}"
                   r"\s+[\"“]?$"), "before", -2.0),
    Sign(_anywhere(r"\s*(?:file\s+|pool\s+)?(?:photo|image|picture)\b|/[A-Z]"), "after", 0.0, "photo"),
    Sign(_anywhere(r"(?:photo|image|picture)s?(?:\s*(?:by|credit|courtesy\s+of))?\s*[:/]?\s*$|[A-Za-z]/$"), "before", 0.0, "photo"),
    Sign(re.compile(r"\(@\)\s*$"), "both", -1.0, "credit line"),
)  # fmt: skip
"""Three points are nearly what makes an outlet believed: a sign that nobody but a publisher gives, or several others."""


# Who publishes and whom is credited are asked one after the other, of the same names.
@lru_cache(maxsize=2_000)
def signs_of(named: Named) -> tuple[Sign, ...]:
    """All signs that hold for the name where it stands."""
    line = f"{named.before}@{named.after}"
    signs = tuple(sign for sign in SIGNS if sign.holds(named, line))
    # Those whom somebody spoke to are who spoke, in "officials who spoke to Politico said".
    spoken_to = any(sign.credit in ("told", "spoke to") for sign in signs)
    return tuple(sign for sign in signs if sign.credit != "said") if spoken_to else signs


def credit_of(signs: Iterable[Sign]) -> str | None:
    """How the text credits the outlet there, in a word or two; None where it does not."""
    return next((sign.credit for sign in signs if sign.credit), None)
