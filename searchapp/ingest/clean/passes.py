"""Why is each block dropped? Named rules before and after the verdicts of the model, and a reason for each drop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from searchapp.ingest.clean.body import best_run, liking
from searchapp.ingest.clean.landmarks import furniture_words, reason_of
from searchapp.ingest.clean.orders import SiteOrders
from searchapp.ingest.clean.paragraph import CUE_WORDS, Paragraph
from searchapp.ingest.clean.patterns import CAPTION_WORDS, ends_in_credit
from searchapp.ingest.clean.repetition import OFTEN, Learned, digest
from searchapp.ingest.clean.series import Numbers
from searchapp.ingest.data.reasons import (
    ABOVE,
    BELOW,
    CAPTION,
    COMMENTS,
    COPYRIGHT,
    COUNTER,
    LINKS,
    ORDERED,
    REPEATED,
    UNLIKE,
)

_EVEN = 0.5
_LINKED = 0.6
_TITLE_WORDS = 18
_CAPITALS = 0.5
_HEADINGS, _HEADING_WORDS, _HEADING_VERDICT, _BESIDE_WORDS = 3, 10, 0.03, 12
_TEASER_VERDICT = 0.85
_SHORT_WORDS, _REPEATED_VERDICT, _TWICE_VERDICT = 8, 0.8, 0.9
_COUNTED_VERDICT = 0.7
_LINK_WORDS, _ALL_LINK, _LINK_VERDICT = 5, 0.8, 0.9
_NEAR, _BODY_WORDS, _PROSE_VERDICT = 3, 11, 0.3
_QUOTES = "\"'”’»)"
_LEAST_SHARE = 0.25
_LEAST_WORDS, _LEAST_VERDICT = 40, 0.2
_FAR, _STRAY_SHARE, _STRAY_VERDICT = 11, 0.3, 0.65
"""Lines from one that stays to the next of its group; how much of the largest group a stray one is, and how sure."""
_CRUMBS = 10
_FOLLOWERS = 8
_NO_ORDERS = SiteOrders()


@dataclass(slots=True)
class Sheet:
    """A page under cleaning: its paragraphs, how sure the model is of each, which stay, and why the others go.

    `gone` are those that a rule knows as furniture, whatever stands beside them.
    """

    paragraphs: Sequence[Paragraph]
    verdicts: Sequence[float]
    stays: list[bool]
    reasons: list[str | None]
    gone: set[int] = field(default_factory=set)

    def kept_words(self) -> int:
        return sum(one.words for one, stays in zip(self.paragraphs, self.stays, strict=True) if stays)


def reasons_of(
    paragraphs: Sequence[Paragraph], verdicts: Numbers, *,
    learned: Learned | None = None, orders: SiteOrders = _NO_ORDERS,
) -> list[str | None]:  # fmt: skip
    """For each paragraph why it goes; None where it stays."""
    sure = verdicts.tolist()
    sheet = Sheet(paragraphs, sure, [verdict > _EVEN for verdict in sure], [None] * len(sure))
    named = furniture_words(paragraphs)
    furniture(sheet, named)
    teasers(sheet)
    repeated(sheet, learned or {})
    prose(sheet)
    headings(sheet)
    least(sheet)
    strays(sheet)
    crumbs(sheet)
    bare(sheet)
    explain(sheet, learned or {}, named)
    obey(sheet, orders)
    return sheet.reasons


def furniture(sheet: Sheet, named: Mapping[str, str]) -> None:
    """Lines that say a known phrase of furniture and nothing else, counters, rows of names, captions and comments go.

    The numbers of a table stay where the model is sure of them, and so do lines that are a link from end to end.
    `named` are the words of the markup that name furniture.
    """
    for number, one in enumerate(sheet.paragraphs):
        rubric = one.rubric and not one.ends and one.words < CUE_WORDS
        counter = one.counter and not ("table" in one.layout.landmarks and sheet.verdicts[number] > _COUNTED_VERDICT)
        link = _is_link(one) and sheet.verdicts[number] < _LINK_VERDICT
        if one.whole or rubric or counter or link or reason_of(one.block.hint, named) in (COMMENTS, CAPTION):
            sheet.stays[number] = False
            sheet.gone.add(number)


def _is_link(one: Paragraph) -> bool:
    return one.words >= _LINK_WORDS and not one.ends and one.block.link_density >= _ALL_LINK


def teasers(sheet: Sheet) -> None:
    """A short line that begins like a teaser or an invitation goes, unless the model is sure of it or it is a sentence."""
    for number, one in enumerate(sheet.paragraphs):
        if one.partial and not one.closed_sentence and sheet.verdicts[number] < _TEASER_VERDICT:
            sheet.stays[number] = False
            sheet.gone.add(number)


def repeated(sheet: Sheet, learned: Learned) -> None:
    """What articles of the site share goes, unless the model is sure of it.

    Of what they share often even that stays only where it is long and stands between two lines that they do not.
    """
    often: set[int] = set()
    twice: set[int] = set()
    for number, one in enumerate(sheet.paragraphs if learned else ()):
        evidence = learned.get(digest(one.folded))
        if evidence and evidence.shared:
            (often if evidence.level(one.words) == OFTEN else twice).add(number)
    for number in often:
        beside = {number - 1, number + 1}
        inside = all(0 < place < len(sheet.stays) and sheet.stays[place] and place not in often for place in beside)
        if not (inside and sheet.paragraphs[number].words > _SHORT_WORDS and sheet.verdicts[number] > _REPEATED_VERDICT):
            sheet.gone.add(number)
    sheet.gone.update(number for number in twice if sheet.verdicts[number] < _TWICE_VERDICT)
    for number in sheet.gone:
        sheet.stays[number] = False


def prose(sheet: Sheet) -> None:
    """A finished paragraph close to one that stays is of the article too, unless the model is sure that it is none."""
    near, headed = _NEAR + 1, False
    for number, one in enumerate(sheet.paragraphs):
        near += 1
        headed = headed or (one.whole is not None and one.whole.heads)
        if sheet.stays[number]:
            near, headed = 0, False
        elif near <= _NEAR and not headed and number not in sheet.gone and _is_body(one) and sheet.verdicts[number] > _PROSE_VERDICT:
            sheet.stays[number] = True
            near = 0


def _is_body(one: Paragraph) -> bool:
    return one.words >= _BODY_WORDS and one.ends and not one.partial and one.block.link_density < _LINKED


def headings(sheet: Sheet) -> None:
    """A few short lines between two that stay are headings or items of the article, unless the model is sure otherwise."""
    run: list[int] = []
    above = -1
    for number, one in enumerate(sheet.paragraphs):
        if number in sheet.gone:
            continue
        if not sheet.stays[number]:
            run.append(number)
            continue
        if above >= 0 and len(run) <= _HEADINGS and one.words >= _BESIDE_WORDS and all(_is_heading(sheet, n) for n in run):
            for held in run:
                sheet.stays[held] = True
        run, above = [], number


def _is_heading(sheet: Sheet, number: int) -> bool:
    one = sheet.paragraphs[number]
    short = one.words <= _HEADING_WORDS and (not one.ends or _asks(one)) and one.partial is None
    return short and one.block.link_density < _LINKED and sheet.verdicts[number] > _HEADING_VERDICT


def _asks(one: Paragraph) -> bool:
    return one.block.text.rstrip(_QUOTES).endswith(("?", "？", "؟"))


def least(sheet: Sheet) -> None:
    """Where less than a quarter of the page's best run would stay, the run stays, unless the model is sure it is none."""
    if sheet.kept_words() >= _LEAST_SHARE * sum(one.words for one in sheet.paragraphs if one.prose):
        return
    first, last = best_run([liking(one) for one in sheet.paragraphs])
    run = [number for number in range(first, last) if sheet.paragraphs[number].prose]
    words = sum(sheet.paragraphs[number].words for number in run)
    if words < _LEAST_WORDS or sheet.kept_words() >= _LEAST_SHARE * words:
        return
    if _sure_words(sheet, run) / words >= _LEAST_VERDICT:
        for number in range(first, last):
            sheet.stays[number] = sheet.stays[number] or number not in sheet.gone


def strays(sheet: Sheet) -> None:
    """A few lines far from the rest of what stays go, unless the model is sure of them."""
    groups: list[list[int]] = []
    for number in (number for number, stays in enumerate(sheet.stays) if stays):
        if groups and number - groups[-1][-1] <= _FAR:
            groups[-1].append(number)
        else:
            groups.append([number])
    words = [sum(sheet.paragraphs[number].words for number in group) for group in groups]
    least = _STRAY_SHARE * max(words, default=0)
    for group, count in zip(groups, words, strict=True):
        if count < least and _sure_words(sheet, group) <= _STRAY_VERDICT * count:
            for number in group:
                sheet.stays[number] = False


def _sure_words(sheet: Sheet, numbers: Sequence[int]) -> float:
    """The words of these lines, each line's as far as the model is sure of it."""
    return sum(sheet.verdicts[number] * sheet.paragraphs[number].words for number in numbers)


def crumbs(sheet: Sheet) -> None:
    """A few words of which none ends a sentence are no article."""
    if sheet.kept_words() < _CRUMBS and not any(one.ends for one, stays in zip(sheet.paragraphs, sheet.stays, strict=True) if stays):
        sheet.stays[:] = [False] * len(sheet.stays)


def bare(sheet: Sheet) -> None:
    """A page of nothing but finished paragraphs is its text, however short."""
    if not (any(sheet.stays) or sheet.gone) and all(map(_is_body, sheet.paragraphs)):
        sheet.stays[:] = [True] * len(sheet.stays)


def explain(sheet: Sheet, learned: Learned, named: Mapping[str, str]) -> None:
    """Give every paragraph that goes its reason; `named` are the words of the markup that name furniture."""
    kept = [number for number, stays in enumerate(sheet.stays) if stays]
    first, last = (kept[0], kept[-1]) if kept else (len(sheet.stays), len(sheet.stays))
    followed = dict(_followers(sheet))
    for number, one in enumerate(sheet.paragraphs):
        if not sheet.stays[number]:
            place = ABOVE if number < first else BELOW if number > last else UNLIKE
            linked = one.rubric or one.block.link_density > _LINKED or (place == UNLIKE and _title_like(one))
            said = _own_reason(one) or reason_of(one.block.hint, named) or _repeated(one, learned) or followed.get(number)
            sheet.reasons[number] = said or (LINKS if linked else place)


def obey(sheet: Sheet, orders: SiteOrders) -> None:
    """What the archive itself says of a line overrules everything."""
    for number, one in enumerate(sheet.paragraphs if orders.keep or orders.drop else ()):
        if one.folded in orders.keep:
            sheet.reasons[number] = None
        elif one.folded in orders.drop:
            sheet.reasons[number] = ORDERED


def _own_reason(one: Paragraph) -> str | None:
    """The reason that the text of the paragraph gives by itself."""
    if one.whole:
        return one.whole.reason
    if one.counter:
        return COUNTER
    partial = one.partial.reason if one.partial and not one.closed_sentence else None
    credited = one.words <= CAPTION_WORDS and ends_in_credit(one.block.text)
    return CAPTION if credited and partial != COPYRIGHT else partial


def _repeated(one: Paragraph, learned: Learned) -> str | None:
    evidence = learned.get(digest(one.folded)) if learned else None
    return REPEATED.format(evidence.least) if evidence and evidence.shared else None


def _followers(sheet: Sheet) -> Iterator[tuple[int, str]]:
    """The lines that go below a heading such as "Related stories", with its reason."""
    left, reason = 0, ""
    for number, one in enumerate(sheet.paragraphs):
        if sheet.stays[number]:
            left = 0
        elif one.whole and one.whole.heads:
            left, reason = _FOLLOWERS, one.whole.reason
        elif left:
            left -= 1
            yield number, reason


def _title_like(one: Paragraph) -> bool:
    return not one.ends and one.words < _TITLE_WORDS and one.capital_share > _CAPITALS
