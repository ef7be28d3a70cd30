"""Which persons and organisations does a text name that no record knows? For people to look through, not to count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from searchapp.authority import DISCOVERED, Authority, name_key
from searchapp.ingest.actors.capitals import WORDS, Run, runs
from searchapp.ingest.actors.finding import FACET
from searchapp.ingest.actors.longer_names import GIVEN, long_form
from searchapp.ingest.actors.spans import Spans
from searchapp.model import FacetEntry, FacetValue, Mention

Kind = Literal["person", "organisation"]
Clue = Literal["acronym", "title", "given name", "role", "head", "surname", "acronym again"]

# How often a name found by a clue is that of an actor of this kind, as measured on news.
_CONFIDENCE: dict[Clue, float] = {
    "acronym": 0.8, "title": 0.9, "given name": 0.95, "role": 0.85, "head": 0.7, "surname": 0.9,
    "acronym again": 0.9,
}  # fmt: skip
_SHORT_FORM = re.compile(r" \(([A-Z][A-Za-z&-]{1,8})\)")
# One word with a capital behind one without: of several the second body would be another one.
_PAIR = re.compile(r"(?:^|[a-z] |[^\w ] ?)([A-Z][a-z]+(?:-[A-Z][a-z]+)?) and $")
_LONGEST_PAIR = 40
_FIRM = re.compile(r"(?:,? (?:and|&)|,) (?:Co|Sons|Brothers|Bros|Partners|Associates|Inc|Ltd)\b")
_ARTICLE = re.compile("^(?:al|el|as|ash|an|ar|ad|at|az)-")
_MOST_WORDS_OF_PERSON = 4
_MOST_NAMES = 40
_MOST_DEFINED = 200
_SHORTEST_NAME = 4


@dataclass(frozen=True, slots=True)
class _Seen:
    """A name where it stands; `name` is how the text writes it in full."""

    start: int
    end: int
    name: str
    kind: Kind
    clue: Clue


def discover(text: str, known: Iterable[Mention], places: Iterable[Mention], authority: Authority) -> tuple[Mention, ...]:
    """Names in the text that are no names of records, in order, those of no more than 40 actors.

    `known` are mentions of what records know, `places` those of places; no name lies in one of them.
    """
    curated = [(one.start, one.end) for one in known if one.field == "text"]
    defined = list(islice(_defined(text, Spans(curated)), _MOST_DEFINED))
    taken = [*curated, *((one.start, one.end) for one in defined)]
    located = Spans([*taken, *((one.start, one.end) for one in places if one.field == "text")])
    first = list(runs(text, Spans(taken)))
    seen = [*defined, *filter(None, (_recognised(text, run, located) for run in first))]
    seen += _named_again(text, first, seen)
    named = [one for one in sorted(seen, key=lambda one: one.start) if _is_new(one.name, authority)]
    wanted = set(list(dict.fromkeys(name_key(one.name) for one in named))[:_MOST_NAMES])
    return tuple(_mention(text, one) for one in named if name_key(one.name) in wanted)


def discovered_entries(mentions: Iterable[Mention]) -> tuple[FacetEntry, ...]:
    """The discovered names as values of the facet, each under the spelling that stands first."""
    labels: dict[str, str] = {}
    for one in mentions:
        labels.setdefault(one.value, one.evidence or one.surface)
    return tuple(FacetEntry(FacetValue(value, label), "discovered") for value, label in labels.items())


def kind_of(mention: Mention) -> Kind:
    """What a discovered mention was taken for."""
    return "person" if mention.rule.startswith("person") else "organisation"


def _mention(text: str, seen: _Seen) -> Mention:
    surface = text[seen.start : seen.end]
    return Mention(
        FACET, DISCOVERED + name_key(seen.name), seen.start, seen.end, surface, f"{seen.kind} by {seen.clue}",
        "discovered", confidence=_CONFIDENCE[seen.clue], evidence="" if surface == seen.name else seen.name,
    )  # fmt: skip


def _is_new(name: str, authority: Authority) -> bool:
    key = name_key(name)
    if len(key) < _SHORTEST_NAME or key in authority.rejected:
        return False
    return not authority.named("actor", name) and not authority.named("outlet", name)


def _defined(text: str, taken: Spans) -> Iterator[_Seen]:
    """Long forms with the acronym in brackets behind them, and these acronyms."""
    for match in _SHORT_FORM.finditer(text):
        short = match[1]
        span = long_form(text, match.start(), short) if sum(map(str.isupper, short)) > 1 else None
        if span is None or taken.touch(span[0], match.end()):
            continue
        name = text[slice(*span)]
        if "\n" not in name and not _is_generic(name.lower().split()) and name.lower().split()[0] not in WORDS["openers"]:
            yield _Seen(*span, name, "organisation", "acronym")
            yield _Seen(match.start(1), match.end(1), name, "organisation", "acronym again")


def _recognised(text: str, run: Run, located: Spans) -> _Seen | None:
    # One word, as most runs are, is nobody's whole name.
    if len(run.forms) < 2:
        return None
    first, last, titled = _trimmed(run)
    if first >= last:
        return None
    start, end = run.spans[first][0], run.spans[last - 1][1]
    if located.hold(start, end):
        return None
    forms = run.forms[first:last]
    before = run.before if first == 0 else ""
    found = _as_organisation(forms) or _as_person(forms, titled=titled, before=before)
    if found is None:
        return None
    if found[0] == "person" and _FIRM.match(text, end):
        return None
    if found[0] == "organisation" and before == "and":
        start = _with_pair(text, start, located)
    return _Seen(start, end, " ".join(text[start:end].split()), *found)


def _with_pair(text: str, start: int, located: Spans) -> int:
    """Where the name begins: Securities and Exchange Commission, but Russia and the Exchange Commission."""
    pair = _PAIR.search(text, max(0, start - _LONGEST_PAIR), start)
    if pair is None or located.hold(*pair.span(1)) or pair[1].lower() in WORDS["heads"] | WORDS["openers"]:
        return start
    return pair.start(1)


def _trimmed(run: Run) -> tuple[int, int, bool]:
    """The part of the run that may be a name, without titles, first words of sentences, days; and whether it had a title."""
    first, last = 0, len(run.forms)
    while first < last and run.forms[first] in WORDS["openers"]:
        first += 1
    titled = False
    while first < last and run.forms[first] in WORDS["titles"]:
        first, titled = first + 1, True
    while first < last and run.forms[last - 1] in WORDS["closers"] - WORDS["heads"]:
        last -= 1
    return first, last, titled


def _as_organisation(forms: Sequence[str]) -> tuple[Kind, Clue] | None:
    begins = len(forms) > 2 and forms[0] in WORDS["heads"] and forms[1] in WORDS["joints"]
    if len(forms) < 2 or not (forms[-1] in WORDS["heads"] or begins) or _is_generic(forms):
        return None
    return "organisation", "head"


def _is_generic(forms: Sequence[str]) -> bool:
    return all(form in WORDS["generic"] or form in WORDS["joints"] or form in ("the", "and") for form in forms)


def _as_person(forms: Sequence[str], *, titled: bool, before: str) -> tuple[Kind, Clue] | None:
    own = [form for form in forms if form not in WORDS["particles"]]
    if not 2 <= len(own) <= _MOST_WORDS_OF_PERSON or not WORDS["not_persons"].isdisjoint(own):
        return None
    if not (WORDS["heads"] | WORDS["generic"] | WORDS["joints"]).isdisjoint(own):
        return None
    if forms[0] in GIVEN or own[0] in GIVEN:
        return "person", "given name"
    if titled:
        return "person", "title"
    return ("person", "role") if len(own) < _MOST_WORDS_OF_PERSON and before in WORDS["roles"] else None


def _named_again(text: str, first: Sequence[Run], seen: Sequence[_Seen]) -> Iterator[_Seen]:
    """Surnames and acronyms of those who were named in full."""
    full: dict[str, str] = {}
    for one in seen:
        surname = one.name.split()[-1]
        if one.kind == "person" and len(surname) > 2:
            full.setdefault(surname.casefold(), one.name)
            full.setdefault(_ARTICLE.sub("", surname.casefold()), one.name)
    short = {text[one.start : one.end]: one.name for one in seen if one.clue == "acronym again"}
    for run in first:
        start, end = run.spans[-1]
        word = text[start:end]
        alone = all(form in WORDS["openers"] or form in WORDS["titles"] for form in run.forms[:-1])
        if alone and word in short:
            yield _Seen(start, end, short[word], "organisation", "acronym again")
        elif alone and word.casefold() in full:
            yield _Seen(start, end, full[word.casefold()], "person", "surname")
