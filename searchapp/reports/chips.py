"""Which filters hold, what does each take away, and where does one go without it?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from searchapp.model import SearchQuery
from searchapp.reports.links import Links
from searchapp.reports.phrases import STATUSES
from searchapp.reports.present import Plain
from searchapp.reports.wording import N_, Words

SCOPE_LABELS = {"raw": N_("kept and removed text"), "removed": N_("removed text only")}
MOST_COUNTED = 6
"""For how many filters that no facet has counted it is worked out what would be found without each."""


def chips(query: SearchQuery, links: Links, facets: Mapping[str, Plain], words: Words) -> list[Plain]:
    """The active filters, each with the link that takes it away.

    Labels come from the counted `facets`, and so does `after`, the total without the filter, where one tells it.
    """
    found: list[Plain] = []
    for spec in links.facets.shown:
        one = query.filter(spec.name)
        if not one.active:
            continue
        counted = facets.get(spec.name, {})
        rows = {row["value"]: row for row in counted.get("values", ()) if spec.name != "date"}
        facet = words.say(spec.label)
        changed = [(value, False, query.toggle(spec.name, value)) for value in one.chosen]
        changed += [(value, True, query.exclude(spec.name, value)) for value in one.excluded]
        for value, excluded, without in changed:
            row = rows.get(value, {})
            chip = _chip(facet, row.get("label", value), without, links)
            found.append({**chip, "excluded": excluded, "after": row.get("after")})
        if one.missing:
            excluded = one.missing == "excluded"
            without = query.exclude_missing(spec.name) if excluded else query.toggle_missing(spec.name)
            chip = _chip(facet, words.say(spec.none_label), without, links)
            found.append({**chip, "excluded": excluded, "after": counted.get("none", {}).get("after")})
    return [*found, *_other_chips(query, links, words)]


def with_effects(found: Sequence[Plain], total: int, count: Callable[[SearchQuery], int]) -> list[Plain]:
    """The chips with `effect`, how many results come back without each; `count` is asked where no facet has told."""
    shown, asked = [], 0
    for chip in found:
        after = chip["after"]
        if after is None and asked < MOST_COUNTED:
            after, asked = count(chip["query"]), asked + 1
        shown.append({**chip, "after": after, "effect": None if after is None else after - total})
    return shown


def everything(query: SearchQuery) -> SearchQuery:
    """The same words in the whole archive: without filters, in the kept text, all words wanted."""
    return replace(query.cleared(), scope="clean", match="all", salient=())


def in_words(shown: Sequence[Plain], words: Words) -> str:
    """The filters in a few words, for the line below the box and for titles."""
    labels = [(words.isolated(chip["label"]), chip["excluded"]) for chip in shown]
    said = [words.say("without %(what)s", what=label) if excluded else label for label, excluded in labels]
    return words.say(", ").join(said)


def _chip(facet: str, label: str, without: SearchQuery, links: Links) -> Plain:
    return {
        "facet": facet, "label": label, "excluded": False, "url": links.search(without), "query": without, "after": None
    }  # fmt: skip


def _other_chips(query: SearchQuery, links: Links, words: Words) -> Iterator[Plain]:
    first = replace(query, page=1)
    say = words.say
    if query.date_from or query.date_to:
        label = words.span(query.date_from, query.date_to)
        yield _chip(say("Published"), label, replace(first, date_from=None, date_to=None), links)
    if query.added_from:
        yield _chip(say("Added"), say("since %(day)s", day=words.day(query.added_from)), replace(first, added_from=None), links)
    if query.since:
        label = say("since %(day)s", day=words.moment(query.since))
        yield _chip(say("Added or changed"), label, replace(first, since=None), links)
    if query.cluster:
        yield _chip(say("Copies"), say("of one story"), replace(first, cluster=None), links)
    for value in query.outlet_status:
        kept = tuple(one for one in query.outlet_status if one != value)
        yield _chip(say("Outlet is"), say(STATUSES[value]), replace(first, outlet_status=kept), links)
    for value in query.date_origin:
        kept = tuple(one for one in query.date_origin if one != value)
        yield _chip(say("Date found in"), value, replace(first, date_origin=kept), links)
    if query.salient:
        yield _chip(say("Only"), say("places it is mainly about"), replace(first, salient=()), links)
    if query.discovered:
        yield _chip(say("Actors"), say("not reviewed ones too"), replace(first, discovered=False), links)
    if query.scope != "clean":
        yield _chip(say("Searched"), say(SCOPE_LABELS[query.scope]), replace(first, scope="clean"), links)
    if query.match == "any":
        yield _chip(say("Words"), say("any of them"), replace(first, match="all"), links)
