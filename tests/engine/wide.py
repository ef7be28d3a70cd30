"""An archive with wide facets: many names of few documents, names described twice, copies, vague and missing dates."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from random import Random

from searchapp.model import ABSENT, Claim, Document, FacetEntry, FacetValue, Status
from tests.engine.brute_force import Archive

SIZE = 2_400
ACTORS = 3_000
WORDS = tuple(f"word{number}" for number in range(60))
_FIRST_DAY = date(2012, 1, 1)
_STATUSES: tuple[Status, ...] = ("declared", "declared", "curated", "inferred", "discovered")


def wide_archive(seed: int = 0) -> Archive:
    """The documents and their clusters; the same for the same seed."""
    chance = Random(seed)
    documents = [_document(number, chance) for number in range(SIZE)]
    clusters: dict[str, str] = {}
    for _ in range(SIZE // 30):
        copies = sorted(one.id for one in chance.sample(documents, chance.randint(2, 5)))
        if clusters.keys().isdisjoint(copies):
            clusters.update(dict.fromkeys(copies, copies[0]))
    return Archive(documents, clusters)


def _document(number: int, chance: Random) -> Document:
    day = (_FIRST_DAY + timedelta(days=chance.randrange(3_000))).isoformat()[: chance.choice((10, 10, 10, 7, 4))]
    words = [WORDS[int(len(WORDS) * chance.random() ** 3)] for _ in range(12)]
    return Document(
        id=f"n{number:05}", source=f"root/{number % 7}/{number}.txt", sha256=sha256(b"%d" % number).hexdigest(),
        text=" ".join(words), title=Claim(f"Title {number}", "declared"),
        outlet=Claim(f"Outlet {int(40 * chance.random() ** 2)}", chance.choice(("declared", "inferred")))
        if chance.random() < 0.95 else ABSENT,
        date=Claim(day, "declared") if chance.random() < 0.9 else ABSENT,
        language=Claim("en", "declared"),
        facets={
            "actor": tuple(_actors(chance)),
            "location": tuple(FacetEntry(FacetValue(f"place{at}", f"Place {at}"), "inferred", salient=at % 2 == 0)
                              for at in chance.sample(range(115), chance.randint(0, 3))),
        },
        first_indexed="2026-01-01T00:00:00Z", last_changed="2026-01-01T00:00:00Z",
    )  # fmt: skip


def _actors(chance: Random) -> list[FacetEntry]:
    """Some names, the frequent ones in most documents; every tenth has two labels, and a label may be of two names."""
    numbers = {int(ACTORS * chance.random() ** 3) for _ in range(chance.randint(0, 12))}
    return [
        FacetEntry(
            FacetValue(f"actor{at}", f"Name {at // 2}" if at % 10 or chance.random() < 0.5 else f"Another {at}"),
            chance.choice(_STATUSES),
        )
        for at in sorted(numbers)
    ]
