"""What stands on an outlet's own pages around its name? Datelines, menus, appeals, rights and who wrote there."""

from __future__ import annotations

import re

from searchapp.ingest.outlets.sign import OPENING, PERSON, STAFF, Sign, after, anywhere, before

_RIGHTS = r"[\s\d,.–-]*(?:the\s+)?@\s*(?:$|[.|·•]|,?\s*all\s+rights)"
_INVITING = (
    r"(?:switch\s+to|subscribe\s+to|sign\s+up\s+(?:for|to)|download|support|donate\s+to|follow|join|about|contact"
    r"|welcome\s+to|newsletters?\s+from|visit|new\s+to|work(?:ing)?\s+(?:for|at)|(?:careers|jobs)\s+at|advertise\s+(?:with|on|in)|اشترك\s+في|تابع|تابعوا)"
)
# Who works there: not what belongs to it.
_WORKS_FOR = (
    r"%s(?!(?:The|A)\s)[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){0,3},?\s(?:(?:is|was)(?!\s\w+ing\b)|covers|writes|reports|edits|(?:co-)?hosts)\b"
    r"(?!\snot\b|[^.\n]{0,60}\b(?:trademark|property|division|subsidiary|unit|owned|part|product|brand|affiliate)\b)[^.\n]{0,80}"
    r"\b(?:for|at|with|of)\s(?:the\s|The\s)?@(?:['’]s?)?(?:\s[A-Z]\w+){0,3}"
)

OWN_PAGES = (
    Sign(re.compile(r"^\W{0,3}\(@(?:\s[A-Z]\w+)?\)\s*[-–—:]"), "both", 4.0, "dateline"),
    Sign(re.compile(r"^[^\n(]{2,50}\(@(?:\s[A-Z]\w+)?\)\s*(?:[-–—:]|(?=[A-Z]))|^\(@(?:\s[A-Z]\w+)?\)\s*(?=[A-Z])"), "both", 3.5,
         "dateline", again=False),
    Sign(re.compile(r"^(?:[\w .,]{2,40}\s)?@\s+[—–]\s+(?=[\"“A-Z])"), "both", 3.0, "dateline", again=False),
    Sign(re.compile(r"\b[A-Z][\w'’-]+,\s(?:for\s)?@,\s[A-Z][\w.]+(?:\s[A-Z]\w+)?\.?\W*$"), "both", 3.0, again=False),
    Sign(anywhere(r"^(?:by\s)?@\s+(?:staff|editors|newsroom|team|(?:web\s+)?desk)\W*$"), "both", 3.0, again=False),
    Sign(re.compile(r"^[^\w*+•·-]{0,3}@[^\w.]*$"), "both", 1.25, again=False),
    Sign(anywhere(rf"^\W*{_INVITING}\s+(?:the\s+)?@(?!\s+(?-i:[A-Z])).{{0,30}}$"), "both", 3.0),
    Sign(anywhere(r"^\W*(?:get|(?:click\s+here\s+to\s+)?sign\s+up)\s[^.\n]{0,25}@(?:['’]s)?\s.{0,60}(?:newsletter|news|alerts|go)\b"),
         "both", 2.0, again=False),
    Sign(re.compile(r"^By\s[^.\n]{3,60}(?:\s[|–—-]|[|,])\s@\W*$"), "both", 2.5, again=False),
    Sign(re.compile(r"^[A-Z][\w.'’-]+(?:\s(?:and\s)?[A-Z][\w.'’-]+){1,5}(?:\s*[|,])?\s@\W*$"), "both", 1.0, again=False),
    Sign(anywhere(r"\d{4}\b.{0,25}\b[ap]\.?m\.?\b.{0,12}[/|]\s*@\W*$"), "both", 3.0, again=False),
    Sign(anywhere(r"\bcontributing:\s[^\n]*@(?:\W*$|;)"), "both", 3.0, again=False, needs="contributing"),
    Sign(after(r"is\s+published\s+by"), "after", 3.0, again=False),
    Sign(anywhere(r"\ba\s+member\s+of\s+(?:the\s+)?@(?:['’]s)?\s+(?:board|editorial)\b"), "both", 3.0, again=False, needs="member"),
    Sign(re.compile(_WORKS_FOR % r"^\W{0,3}" + r"(?:[.,;:]?\W*$|[.,;](?!\swho)|\s(?:and|in|based|covering|where|on|podcast|magazine)\b)"),
         "both", 1.5, again=False),
    Sign(re.compile(_WORKS_FOR % r"[.!?”\"]\s+\W{0,3}" + r"(?:\.?\W*$|[\w\s]{0,30}(?:podcast|magazine)\b"
                    r"|\.\s\W?(?:Follow|Reach|E-?mail|Contact|Write|Subscribe|His|Her|Their|The\sviews|Opinions)\b)"), "both", 1.5, again=False),
    Sign(anywhere(rf"{OPENING}(?-i:{PERSON}|[A-Z][\w’'-]+|S?[Hh]e),?\s(?:is|was)\s(?:an?\s|the\s)?(?:[\w.-]+\s){{0,3}}?@(?:['’]s?)?\s(?:[\w-]+\s){{0,3}}?"
                  rf"{STAFF}(?:[.,]|\s(?:covering|based|who|and|for|in|at)\b|$)"), "both", 1.5, again=False, needs="is was"),
    Sign(anywhere(rf"{OPENING}(?:subscribe\s+to|sign\s+up\s+for|listen\s+to)\s+(?:the\s+)?@(?:['’]s)?\s.{{0,60}}"
                   r"(?:podcast|newsletter|alerts)"), "both", 3.0, needs="subscribe sign listen"),
    Sign(anywhere(r"\bmore\s+from\s+(?:the\s+)?@\W*$"), "both", 1.25, again=False, needs="more"),
    Sign(anywhere(r"\b(?:for|read)\s+more\s+from\s+(?:the\s+)?@\s*(?:,|by\s+clicking|here)"
                   r"|\bclick\s+here\s+(?:for|to\s+read)\s+more\s+(?:from|on)\s+(?:the\s+)?@"), "both", 3.5, needs="more"),
    Sign(anywhere(r"\bclick\s+here\s+(?:for|to\s+(?:get|read|see|watch))\s+(?:more\s+|the\s+latest\s+)?@"), "both", 3.5, again=False,
         needs="click"),
    Sign(anywhere(r"\b(?:get|download|with)\s+the\s+(?:free\s+|new\s+|official\s+)?@\s+(?:mobile\s+|news\s+)?app\b"), "both", 3.0,
         needs="app"),
    Sign(anywhere(r"\bget\s+(?:the\s+)?@\s+on\s+the\s+go\b"), "both", 3.0, again=False, needs="go"),
    Sign(anywhere(rf"{OPENING}(?:follow|like|find)\s+(?:the\s+)?@(?:\s(?-i:[A-Z])\w+){{0,3}}(?:\s+section)?\s+on\s+"
                   r"(?:twitter|facebook|instagram|youtube|tiktok)\b"), "both", 3.0, again=False, needs="follow like find"),
    Sign(anywhere(r"\b(?:check\s+out\s+this\s+story\s+on|calling\s+all|heard\s+on)\s+@"), "both", 3.0, again=False,
         needs="check calling heard"),
    Sign(anywhere(r"^\W*(?:also|related|trending|popular|most\s+(?:read|popular))\s+(?:on|in|at)\s+(?:the\s+)?@"), "both", 3.0, again=False),
    Sign(anywhere(r"[.!?”\"]\s+\W{0,3}(?:also|related|trending)\s+on\s+(?:the\s+)?@:"), "both", 3.0, again=False, needs="also related trending"),
    Sign(anywhere(r"^\W*source:?\s*@\s+and\s+(?:news\s+)?agencies\W*$"), "both", 3.5, again=False),
    Sign(anywhere(r"@(?:\s(?-i:[A-Z])\w+){0,2}\s+airs\s+(?:on|live|from|every|week)"), "both", 2.5, again=False),
    Sign(anywhere(rf"{OPENING}(?:please\s+|will\s+you\s+)?(?:support|help\s+keep|help\s+fund)\s+(?:the\s+)?@(?:['’]s?)?\s+"
                   r"(?:\w+\s+)?(?:free\b|journalism|reporting|work|mission|newsroom|as\s+little\s+as)"), "both", 3.0, again=False,
         needs="support help"),
    Sign(anywhere(r"\b(?:become|join|becoming|joining)\s+(?:an?\s+)?@\s+(?:VIP|members?|subscribers?|plus|premium|insiders?)\b"), "both", 3.0,
         again=False, needs="become becoming join joining"),
    Sign(anywhere(rf"^(?:by\s[^\n]{{3,40}}?[,|]?\s)?@['’]?s?\s+(?:[\w-]+\s+){{0,2}}{STAFF}\W*$"), "both", 2.5, again=False),
    Sign(before(r"\bspecial\s+(?:to|for)"), "before", 2.5, again=False),
    Sign(anywhere(r"\bat\s+our\s+@"), "both", 3.0, again=False, needs="our"),
    Sign(anywhere(r"\b(?:here\s+at|(?:we|us)\s+(?:here\s+)?at)\s+(?:the\s+)?@|\bat\s+(?:the\s+)?@,\s+(?:we|our)\b"), "both", 2.5, again=False,
         needs="we us our here"),
    Sign(anywhere(r"\b(?:my|our)\s+@\s+(?:\w+\s+)?(?:colleagues?|column|story|piece|editors?|podcast|show)\b"
                  r"|\bmy\s+(?:\w+\s+)?colleagues?\b(?!\sat\sthe\stime)[^.,\n]{0,40}\sat\s+(?:the\s+)?@"), "both", 2.5, again=False,
         needs="my our"),
    Sign(anywhere(r"\bthis\s+@\s+(?:exclusive\s+)?(?:story|article|report|piece|post|series|video|interview|investigation)\b"),
         "both", 2.5, again=False,
         needs="this"),
    Sign(anywhere(r"\b(?:want\s+to\s+share|share\s+(?:it|them|your\s+\w+))\s+with\s+@|\b(?:news\s+)?tips?\b[^\n]{0,25}\b(?:to|contact|e-?mail|for)\s+(?:the\s+)?@"),
         "both", 3.0, again=False, needs="share tip tips"),
    Sign(anywhere(r"^\W*(?:first|only)\s+on\s+@|^\W*(?:an?\s+)?@\s+exclusive\b|\bin\s+an?\s+@\s+exclusive\b"), "both", 2.5, again=False,
         needs="first only exclusive"),
    Sign(anywhere(r"\bview\s+more\s+(?:\w+\s+){0,2}(?:at|on)\s+@|\b(?:newsletters?|alerts)\s+from\s+@"), "both", 2.5, again=False,
         needs="view newsletter newsletters alerts"),
    Sign(anywhere(r"\bexclusive\s+(?:the\s+)?@\s+(?:excerpts?|interviews?|series|report|poll|video)"), "both", 1.0, again=False,
         needs="exclusive"),
    Sign(anywhere(r"\b(?:here\s+are|here\s+is|below\s+are|below,|these\s+are)\s+(?:the\s+)?@['’]s?\s"), "both", 2.0, again=False,
         needs="are is below"),
    Sign(anywhere(r"^\W*dear\s+@\s+readers?\b|\b(?:stay|stick)\s+with\s+@\s"), "both", 2.5, again=False, needs="dear stay stick"),
    Sign(anywhere(rf"{OPENING}(?:editor['’]?s?['’]?|author['’]s)\s+note\b[^\n]*@"), "both", 1.5, again=False),
    Sign(re.compile(rf"^\W*(?:(?i:photo\w*|image)\W*)?(?:[Bb]y\s)?{PERSON}\s?(?:[/|]|,?\sfor(?:\sthe|\sThe)?)\s?@\.?\W*$"),
         "both", 1.25, again=False),
    Sign(anywhere(r"\bcontent\s+created\s+by\s+(?:an?\s+|the\s+)?@"), "both", 3.5, again=False, needs="content"),
    Sign(anywhere(r"\bcreated\s+by\s+an?\s+@\s+(?:community\s+)?(?:member|reader|contributor|user)\b"), "both", 3.5, again=False,
         needs="created"),
    Sign(anywhere(r"\b(?:from|for)\s+@[,.]\s+(?:this\s+is\b|I['’]m\s)|\bthis\s+is\s+@[,.!]\s+(?:I['’]m\s|\w+\.org\b)"
                   r"|\btranscript\s+provided\s+by\s+@"), "both", 3.5, again=False, needs="this i transcript"),
    Sign(re.compile(r"@\s\((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d{1,2},\s\d{4}\b"), "both", 3.0, again=False),
    Sign(anywhere(rf"(?:©|copyright|\(c\)){_RIGHTS}"), "both", 3.0, again=False),
    Sign(anywhere(r"(?:©|copyright|\(c\))[\s\d,–-]*(?:the\s+)?@[^\n]{0,30}\breprint\s+permission"), "both", 4.0, again=False,
         needs="reprint"),
    Sign(anywhere(r"(?:©|copyright|\(c\))[\s\d,.–-]*(?:the\s+)?@,?\s(?:company|co\.|inc|llc|ltd|limited|l\.p\.|interactive|internet|media|group"
                   r"|network|usa)\b"), "both", 1.25, again=False),
    Sign(anywhere(r"(?:©|copyright|\(c\))\s*(?:the\s+)?@(?:,?\s(?:limited|ltd|inc|llc))?\.?,?\s+\d{4}\b"), "both", 3.0, again=False),
    Sign(after(r"all\s+rights\s+reserved|(?:(?:news|staff|wires?|services?|writers?|reporters?)\s+){1,3}contributed\s+to\s+this"), "after", 4.0,
         again=False),
    Sign(after(r"contributed\s+to\s+this"), "after", 1.25, again=False),
    Sign(anywhere(r"['’]s?\s(?:[^.\n]|\b(?-i:[A-Z])\.){3,}?contributed"
                   r"(?:\s+to\s+this\s+(?:report|story|article)\b|\s+reporting\b|\.)"), "after", 4.0,
         again=False, needs="contributed"),
    Sign(anywhere(r"\b(?:views|opinions?)\b[^\n]*\b(?:of|by)\s+(?:the\s+)?@(?:\s+or\s[^\n]{3,40})?\W*$"), "both", 3.0, again=False,
         needs="view views opinion opinions"),
    Sign(anywhere(rf"{OPENING}(?:correction:\s+)?(?:as|(?:a\s+version\s+of\s+)?this\s+(?:article|story|piece|column|essay|op-ed|post|interview|report)\b"
                   r"(?![^.\n]*\b(?:originally|first)\b)[^.\n]{0,30}?)\s(?:published|appeared|appears|posted)\s+(?:in|on|by|at)\s+(?:the\s+)?"
                   r"(?:(?-i:[A-Z])\w+\s+)?@"), "both", 3.5, again=False),
    Sign(re.compile(r"\b[A-Z]{3,},\s(?:[A-Z]+\s){0,2}@(?:['’]S)?\s(?:[A-Z-]+\s){0,3}"
                    r"(?:ANCHOR|HOST|CORRESPONDENT|REPORTER|ANALYST|CONTRIBUTOR)\b"), "both", 3.0),
    Sign(anywhere(r"\b(?:for|at|with|of)\s(?:the\s)?@\.\s(?:(?:you\s+can\s+)?(?:follow|reach|e-?mail|contact|find)\s(?:him|her|them)"
                   r"|(?:s?he|they)\scan\sbe\s(?:reached|followed|contacted))\b"), "both", 2.5, again=False,
         needs="follow reach mail email contact find be"),
    Sign(anywhere(r"\bis\s+(?:also\s+)?(?:(?:an?|the)\s+\w+\s+(?:in|of)|part\s+of)\s+(?:an?\s+|the\s+)?@(?:['’]s?|\s+(?:series|project|investigation|special))"),
         "both", 2.0, again=False, needs="is"),
    Sign(anywhere(r"\bdisclosure:?\s[^\n]{0,60}@"), "both", 2.0, again=False, needs="disclosure"),
    Sign(anywhere(r"['’]s\s+(?:own\s+)?(?:\w+[ -]language\s+|\w+\s+)?(?:service|correspondents?|newsroom|sister\s+\w+|bureau)\b"), "after", 2.0),
    Sign(anywhere(r"['’]s\s+(?:own\s+)?(?:\w+\s+)?(?:reporters?|editorial\s+board|team)\b"), "after", 1.0),
    Sign(re.compile(rf"\((?:Photos?:?\s+(?:by\s+)?)?{PERSON}(?:\s?/\s?|,\s)"
                    r"(?:[Ff]or\s)?(?:the\s|The\s)?@(?:\s(?:Sports|Opinion|Network))?\)"), "both", 1.25),
    Sign(re.compile(rf"\b(?i:photo\s+)?(?i:illustration)\s+by\s+(?:{PERSON}\s?/\s?)?(?:the\s|The\s)?@(?!\s[A-Z])"), "both", 2.5, again=False,
         needs="illustration"),
    Sign(anywhere(rf"{OPENING}follow\s+(?:the\s+)?@(?:['’]s)?\s(?:\w+\s){{0,3}}?{STAFF}s?\b"), "both", 3.0, again=False, needs="follow"),
    Sign(re.compile(rf"(?:^|[.!?]\s)\W{{0,3}}{PERSON}\s(?:currently\s)?(?:serves\sas|joined|has\sbeen\swith)\s"
                    r"[^.\n]{0,60}?\s(?:the\s)?@"), "both", 1.5, again=False, needs="serves joined been"),
    Sign(before(r"\breporting\s(?:from\s(?-i:[A-Z])\w+\s)?for"), "before", 1.5),
    Sign(after(r"has\s+(?:supplemented|updated|edited|changed|corrected)\s+this"), "after", 3.5, again=False),
    Sign(re.compile(r"(?:^|[.!?][\"”]?\s)(?:[A-Z][\w.'’-]+,?\s){1,4}\(@\)\s?(?:--|[–—-]\s|(?=[A-Z\"“][a-z]))"), "both", 2.5,
         "dateline", again=False),
    Sign(anywhere(rf"{OPENING}(?-i:[A-Z])[\w.'’-]+(?:\s(?-i:[A-Z])[\w.'’-]+){{1,3}},?\s(?:is|was)\s(?:an?\s|the\s)?[^.\n]{{0,40}}?\b"
                   rf"{STAFF}\s(?:for|at|with|of|and\s\w+\s(?:for|at|of))\s(?:the\s)?@(?!,?\s+who\b)"), "both", 1.25, again=False,
         needs="is was"),
    Sign(anywhere(r"\bis\s+an?\s[^.\n]{0,40}(?:correspondent|reporter|editor|writer|columnist|contributor)\s(?:for|at|with)"
                   r"\s(?:the\s)?@\."), "both", 2.0, again=False, needs="is"),
    Sign(anywhere(r"^(?:by\s)?.{3,40}\b(?:correspondent|reporter|editor|writer)\s(?:for|at|with)\s(?:the\s)?@\W*$"), "both", 2.0),
)  # fmt: skip
