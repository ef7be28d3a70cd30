"""What does an outlet say of its own work? Whom it asked, what it has learned and found, and who of its people did so."""

from __future__ import annotations

import re

from searchapp.ingest.outlets.sign import STAFF, Sign, after, anywhere, before

_ANSWERING = r"\b(?:respon|repl|answer|return)\w*\s[^.\n]{0,40}?"
_REQUEST = r"(?:\w+\s+){0,2}(?:requests?|inquir(?:y|ies)|quer(?:y|ies)|questions?|emails?|calls?|messages?)\b"
_REQUESTS = "request requests inquiry inquiries query queries question questions email emails call calls message messages"
_COLLEAGUE = r"(?-i:[A-Z])[\w.-]+(?:\s(?-i:[A-Z])[\w'’-]+){1,2}"
# Where a clause begins: who asks there is the subject, not "a reporter of X" or "the man whom X asked".
_CLAUSE = r"(?:^|[.!?:;,–—”\"]\s+|\b(?:and|but|as|when|after|while)\s+)\W{0,2}(?:the\s+)?"
_MEETING = (
    r"(?:interviewed|visited|rounded\s+up|sought|contacted|e-?mailed|requested|asked|analy[sz]ed|reviewed"
    r"|(?:spoke|talked)\s+(?:to|with)|sat\s+down\s+with|caught\s+up\s+with)"
)
_COUNTING = r"(?:examined|surveyed|polled|tallied|compiled|verified|identified|counted|obtained|viewed|observed|witnessed)"
_WITHHOLDING = (
    r"(?:is|was|are)\s+(?:not\s+(?:naming|identifying|publishing)|withholding)"
    r"|(?:(?:generally|typically|usually|normally)\s+)?do(?:es)?\s+not\s+(?:\w+ly\s+)?(?:name|identify|publish\s+the\s+names?)"
    r"|(?:has\s+)?agreed\s+(?:not\s+to|to\s+(?:withhold|grant|identify|not))"
    r"|(?:has\s+)?granted\s+(?:\w+\s+){0,4}anonymity"
)

OWN_WORK = (
    Sign(after(r"(?:has|have)\s+(?:\w+ly\s+)?(?:learn(?:ed|t)(?!\s+(?:to|from)\b)|obtained|reviewed|contacted"
               r"|reached\s+out|seen|confirmed(?!\s+(?:that\s+)?(?:it|its|the\s+network)\b))"), "after", 2.5),
    Sign(after(r"(?:has\s+|have\s+)?(?:previously|extensively|long)\s+(?:reported|noted|covered|written|documented)"), "after", 2.5),
    Sign(anywhere(r"\bas\s+(?:the\s+)?@\s+has\s+(?:\w+\s+)?(?:reported|noted|written|documented|detailed)"), "both", 3.5, needs="has"),
    Sign(after(r"(?:has\s+|have\s+)?(?:also\s+)?(?:reached\s+out\s+to|contacted|approached|asked|e-?mailed|called)\b[^.\n]{0,80}?\s(?:for|to)\s+"
               r"(?:an?\s+|further\s+|additional\s+)?(?:comments?|response|clarification|statement|reaction)"), "after", 0.75),
    Sign(after(r"(?:has|have)\s+(?:\w+ly\s+|also\s+)?(?:approached|asked|requested|spoken\s+(?:to|with)"
               r"|not\s+(?:yet\s+)?(?:been\s+able|independently|verified|seen))"
               r"|(?:could|was)\s+not\s+(?:able\s+to\s+)?(?:immediately\s+|independently\s+)+\w+|(?:was|were|is)\s+(?:unable|not\s+able)\s+to\s+"
               r"|could(?:\s+not|n['’]t)\s+(?:verify|confirm|reach|determine)|understands\s+that"), "after", 2.5),
    Sign(after(_WITHHOLDING), "after", 2.5),
    Sign(before(r"asked\s+that"), "before", 1.0),
    Sign(anywhere(r"\b(?:asked|requested)\s+(?:the\s+)?@\s+(?:not\s+to|to\s+not|to\s+(?:withhold|use\s+only|identify|be\s+identified))"),
         "both", 2.0, needs="asked requested"),
    Sign(anywhere(r"\b(?:spoke|speaking|talked|spoken)\s+(?:to|with)\s+(?:the\s+)?@\s+(?:only\s+)?(?:on\s+(?:the\s+)?condition|anonymously)"),
         "both", 1.0, again=False, needs="condition anonymously"),
    Sign(after(r"(?:will\s+(?:continue\s+to\s+)?(?:update|have\s+more)|is\s+updating)"), "after", 2.5, again=False),
    Sign(anywhere(rf"['’]s?\s+{_COLLEAGUE},?\s+(?:reporting\s+from|(?:in|at)\s+(?-i:[A-Z])[\w ]{{2,30}}?,?"
                  r"\s+(?:says|said|reports|reported))\b"), "after", 2.0, again=False),
    Sign(anywhere(rf"['’]s?\s+{_COLLEAGUE}\s+(?:has\s+)?(?:report(?:s|ed)|explain(?:s|ed)|wr(?:ites|ote|itten)|notes?d?)\b"),
         "after", 1.0, again=False),
    Sign(anywhere(rf"(?:['’]s?)?\s(?:[\w-]+\s){{0,4}}?{STAFF}s?\s{_COLLEAGUE},?\s(?:reports\b|has\s+more\b|asked\b)"), "after", 2.0,
         again=False),
    Sign(anywhere(rf"{_CLAUSE}@\s+(?:(?:recently|also|then|\w+ly)\s+)?{_MEETING}\b"), "both", 1.75,
         needs="interviewed visited rounded sought contacted mailed emailed requested asked analyzed analysed reviewed spoke talked sat caught"),
    Sign(after(rf"(?:{_MEETING}|{_COUNTING})"), "after", 0.75),
    Sign(after(r"(?:attended\b|reached\s+(?:out\s+to|these))"), "after", 2.5),
    Sign(after(r"(?:analysis|review|investigation|tally|examination|database)"), "after", 1.5),
    Sign(anywhere(rf"{_ANSWERING}@['’]?s?\s+{_REQUEST}"), "both", 2.5,
         needs=_REQUESTS),
    Sign(before(rf"(?:{_ANSWERING}|declined\s+an?\s+){_REQUEST}[^.\n]{{0,25}}\s(?:from|by|of)|(?:declined|refused)\s+to\s+"
                r"(?:comment|speak)\s+to"), "before", 2.5,
         needs=f"{_REQUESTS} declined refused"),
    Sign(before(rf"\b(?:after|following|upon)\s+(?:an?\s+)?{_REQUEST}\s+(?:from|by)|\breached\s+(?:\w+\s+){{0,4}}by"), "before", 1.5,
         needs="after following upon reached"),
    Sign(anywhere(r"\b(?:contacted|approached|asked)\s+(?:\w+\s+){0,3}by\s+(?:the\s+)?@(?!['’]|\s+(?-i:[A-Z]))"), "both", 0.75,
         needs="contacted approached asked"),
    Sign(before(r"\b(?:interviews?|spoke|speaking|conversations?)\s+with\s+(?:\w+\s+)?(?:reporters?|journalists?|editors?|correspondents?)\s+(?:from|at|of)"),
         "before", 1.0),
    Sign(anywhere(r"(?:['’]s)?\s+(?:[\w-]+\s+){0,3}?(?:series|project|podcast|newsletter|column|event|forum)\b"), "after", 1.0, again=False),
    Sign(anywhere(r"(?:\s?/\s?(?-i:[A-Z])[\w.]+(?:\s(?-i:[A-Z])\w+){0,2})?\s+(?:\w+\s+){0,2}?(?:poll|survey)s?\b"), "after", 1.0, again=False),
    Sign(anywhere(r"^\W{0,3}@:\s[^\n]{5,}"), "both", 0.75),
    Sign(anywhere(r"^\W{0,3}@:\s[^\n]{3,117}\?"), "both", 1.25),
    Sign(re.compile(r"(?:علمت?|حصلت?)\s+(?:صحيفة\s+|موقع\s+)?[\"“«]?$"), "before", 2.0),
)  # fmt: skip
"""The signs in which an outlet stands for those who work for it."""
