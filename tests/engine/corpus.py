"""A small archive written by hand: languages, copies, vague dates, trees, discovered names, removed blocks."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from searchapp.facets import FacetSet, FacetSpec
from searchapp.model import ABSENT, Block, Claim, Document, FacetEntry, FacetValue, Mention, Precision, Status

FACETS = FacetSet(
    (
        FacetSpec("topics", "Topic", "Topics", "and", hierarchy=True, archive=True),
        FacetSpec("desk", "Desk", "Desks", "or", archive=True),
    )
)

FIRST_RUN = "2020-06-10T08:00:00Z"
SECOND_RUN = "2020-07-01T08:00:00Z"
THIRD_RUN = "2021-01-05T08:00:00Z"

VALUES = {
    "actor": {
        "haftar": FacetValue("haftar", "Khalifa Haftar", ("خليفة حفتر", "Khalifa Hifter")),
        "wagner": FacetValue("wagner", "Wagner Group", ("PMC Wagner", "ЧВК Вагнера")),
        "un": FacetValue("un", "United Nations", ("UN", "الأمم المتحدة")),
        "assad": FacetValue("assad", "Bashar al-Assad", ("بشار الأسد",)),
        "sarraj": FacetValue("sarraj", "Fayez Sarraj"),
        "name:omar": FacetValue("name:omar", "Omar Nasser"),
        "name:lina": FacetValue("name:lina", "Lina Saleh"),
    },
    "location": {
        "geo:sy": FacetValue("geo:sy", "Syria", ("سوريا",), latitude=35.0, longitude=38.0),
        "geo:sy-ha": FacetValue("geo:sy-ha", "Al-Hasakah Governorate", parent="geo:sy"),
        "geo:hasakah": FacetValue("geo:hasakah", "Al-Hasakah", ("Hasake",), parent="geo:sy-ha"),
        "geo:qamishli": FacetValue("geo:qamishli", "Qamishli", parent="geo:sy-ha"),
        "geo:sy-su": FacetValue("geo:sy-su", "As-Suwayda", parent="geo:sy"),
        "geo:ly": FacetValue("geo:ly", "Libya", ("ليبيا",)),
        "geo:ly-tr": FacetValue("geo:ly-tr", "Tripoli District", parent="geo:ly"),
        "geo:tripoli": FacetValue("geo:tripoli", "Tripoli", ("طرابلس",), parent="geo:ly-tr"),
        "geo:tr": FacetValue("geo:tr", "Turkey", ("Türkiye",)),
    },
    "cites": {name: FacetValue(name, name) for name in ("Reuters", "AFP", "SANA", "The Daily Star")},
    "topics": {
        "Grain": FacetValue("Grain", "Grain"),
        "Grain > Wheat": FacetValue("Grain > Wheat", "Wheat", parent="Grain"),
        "Grain > Corn": FacetValue("Grain > Corn", "Corn", parent="Grain"),
        "Energy": FacetValue("Energy", "Energy"),
        "Energy > Oil": FacetValue("Energy > Oil", "Oil", parent="Energy"),
    },
    "desk": {name: FacetValue(name, name) for name in ("North", "South", "Énergie")},
}

_STATUSES: dict[str, Status] = {"~": "inferred", "?": "discovered", "+": "curated"}


def entries(facet: str, carried: str) -> tuple[FacetEntry, ...]:
    """The entries of values joined by commas, ancestors too: `~` inferred, `?` discovered, `-` named in passing."""
    found: dict[str, FacetEntry] = {}
    for part in filter(None, carried.split(",")):
        name = part.strip().lstrip("~?+-")
        marks = part.strip()[: len(part.strip()) - len(name)]
        status = _STATUSES.get(marks.replace("-", ""), "declared")
        identifier: str | None = name
        while identifier is not None:
            value = VALUES[facet][identifier]
            entry = FacetEntry(value, status, salient="-" not in marks)
            found[identifier] = _stronger(found.get(identifier), entry)
            identifier = value.parent
    return tuple(found.values())


def _stronger(one: FacetEntry | None, other: FacetEntry) -> FacetEntry:
    """What is said of a value by two entries: the surer status, and salient where one is."""
    if one is None:
        return other
    order = ("declared", "curated", "inferred", "discovered")
    surer = min(one, other, key=lambda entry: order.index(entry.status))
    return replace(surer, salient=one.salient or other.salient)


def claim(text: str | None, origin: str = "") -> Claim:
    """The claim that a text such as `~Reuters` stands for."""
    if not text:
        return ABSENT
    status = _STATUSES.get(text[0], "declared")
    return Claim(text.lstrip("~?+"), status, origin)


_PRECISIONS: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}


def document(
    identifier: str, title: str, text: str, *, outlet: str = "", date: str = "", language: str = "en",
    removed: tuple[str, ...] = (), folder: str = "press", origin: str = "sidecar", run: str = FIRST_RUN,
    changed: str | None = None, author: str = "", url: str | None = None, **carried: str,
) -> Document:  # fmt: skip
    """A document with everything that the arguments say of it."""
    dated = claim(date, origin)
    kept = Block(text, 0, len(text))
    gone = tuple(Block(block, 0, len(block), reason="navigation") for block in removed)
    named = entries("actor", carried.get("actor", ""))
    return Document(
        id=identifier,
        source=f"root/{folder}/{identifier}.txt" if folder else f"{identifier}.txt",
        sha256=sha256(identifier.encode()).hexdigest(),
        text=text,
        title=claim(title),
        author=claim(author),
        outlet=claim(outlet),
        date=replace(dated, precision=_PRECISIONS[len(dated.value)]) if dated.value else ABSENT,
        language=claim(f"~{language}" if language else ""),
        url=url,
        blocks=(kept, *gone),
        mentions=tuple(
            Mention("actor", entry.value.id, 0, 1, entry.value.label, "name", entry.status) for entry in named
        ),
        facets={name: entries(name, carried.get(name, "")) for name in VALUES},
        first_indexed=run,
        last_changed=changed or run,
    )


DOCUMENTS = (
    document("d01", "Recruits leave for Libya", "Hundreds of recruits were sent to Libya. Reuters reported the news.",
             outlet="Zaman al-Wasl", date="2020-06-08", actor="haftar,~wagner,?name:omar",
             location="geo:tripoli,-geo:tr", cites="Reuters", topics="Energy > Oil", desk="South",
             removed=("Share this on Facebook", "cookie policy")),
    document("d02", "Recruits leave for Libya", "Hundreds of recruits were sent to Libya. Reuters reported the news.",
             outlet="The Daily Star", date="2020-06-09", actor="haftar,wagner", location="geo:tripoli",
             cites="~Reuters", run=SECOND_RUN, desk="South"),
    document("d03", "Recruits leave for Libya", "Hundreds of recruits were sent to Libya. Reuters reported the news.",
             outlet="~Zaman al-Wasl", actor="~haftar", location="geo:ly", folder="scraped", run=THIRD_RUN),
    document("d04", "How Wagner recruited in Syria", "The Wagner Group recruited young men in al-Hasakah and Qamishli.",
             outlet="IranWire", date="2020-04-29", actor="wagner,assad", location="geo:hasakah,geo:qamishli",
             author="Lina Haddad", url="https://iranwire.com/en/features/65432", topics="Energy", desk="North"),
    document("d05", "Recruiting goes on",
             "A recruiter spoke of 2,000 fighters; recruitment never stopped in al Hasakah.",
             outlet="IranWire", date="2020-05", actor="wagner", location="~geo:hasakah", desk="North"),
    document("d06", "Wheat harvest burns", "Wheat fields burned near Qamishli. The harvest is lost, farmers said.",
             outlet="~Reuters", date="2019-06-15", origin="dateline", location="geo:qamishli", topics="Grain > Wheat",
             cites="SANA", removed=("More on harvest and cookies", "Read the harvest guide"), folder="press/2019"),
    document("d07", "Corn prices", "Corn prices rose by 3.5 percent. Wheat did not follow.", outlet="Reuters",
             date="2019", origin="json-ld", topics="Grain > Corn,Grain > Wheat", folder="press/2019", desk="Énergie"),
    document("d08", "Oil and wheat", "Tripoli sells oil for wheat, the United Nations says.", outlet="Reuters",
             date="2020-06-08", actor="un", location="geo:tripoli", topics="Energy > Oil,Grain > Wheat", cites="AFP",
             run=SECOND_RUN, changed=THIRD_RUN, desk="Énergie"),
    document("d09", "المرتزقة في ليبيا", "قال خليفة حفتر إنّ المُقاتلين وصلوا إلى طرابلس في ٢٠٢٠.", language="ar",
             outlet="الجزيرة", date="2020-06-20", actor="haftar", location="geo:tripoli", folder="arabic"),
    document("d10", "مقاتلون من سوريا", "وصل المقاتلون من سوريا إلى ليبيا. الأمم المتحدة قلقة.", language="ar",
             outlet="الجزيرة", date="2020-07-01", actor="un", location="geo:sy,geo:ly", folder="arabic"),
    document("d11", "利比亚的雇佣兵", "数百名叙利亚人被送往利比亚的首都。", language="zh", outlet="新华社",
             date="2020-06-21", location="geo:ly,geo:sy", folder="chinese"),
    document("d12", "Les élèves de l'école", "Les élèves étaient à l'école d'Alep. L'État n'a rien dit.", language="fr",
             outlet="Le Monde", date="2018-01-31", location="geo:sy", folder="french", desk="Énergie"),
    document("d13", "Наёмники в Ливии", "Наёмники ЧВК Вагнера прибыли в Триполи.", language="ru", outlet="Медуза",
             date="2020-02", actor="wagner", location="geo:tripoli", folder="russian"),
    document("d14", "Untitled notes", "Nothing of note; a draft about haftar without date or outlet.", language="",
             folder="", run=THIRD_RUN),
    document("d15", "", "A text without a title names Khalifa Haftar twice: Haftar, and recruits.", outlet="Blog",
             actor="haftar,?name:lina", date="2017-12-31", origin="dateline", folder="scraped"),
    document("d16", "Harvest festival", "Music at the harvest festival in As-Suwayda.", outlet="SANA",
             date="2020-08-01", location="geo:sy-su", cites="", removed=("harvest festival tickets", "haftar cookie")),
    document("d17", "Harvest festival", "Music at the harvest festival in As-Suwayda.", outlet="~SANA",
             date="2020-08", location="~geo:sy-su", run=SECOND_RUN),
    document("d18", "Talks fail", "Sarraj and Haftar met in Geneva. The United Nations called the talks a failure.",
             outlet="Reuters", date="2020-02-19", actor="sarraj,haftar,un", cites="AFP,?SANA", run=THIRD_RUN),
    document("d19", "Talks fail again", "The talks in Geneva failed again, AFP said, quoting Sarraj.", outlet="AFP",
             date="2020-02-20", actor="~sarraj", cites="AFP", run=THIRD_RUN),
    document("d20", "State-of-the-art ovens", "The baker's state-of-the-art oven cost 2,000 pounds.", outlet="Blog",
             date="2020", folder="scraped", desk="North,South"),
    document("d21", "State of art", "The state of the art of baking; art of the state.", outlet="Blog",
             date="2021-01-02", folder="scraped", run=THIRD_RUN),
    document("d22", "Grain deal", "Turkey brokered a grain deal for wheat and corn with the United Nations.",
             outlet="Reuters", date="2020-12-31", actor="un,?name:omar", location="geo:tr", desk="North",
             topics="Grain,Energy > Oil", run=THIRD_RUN),
    document("d23", "Only names", "x", outlet="Blog", actor="?name:omar,?name:lina", language="", folder="scraped"),
    document("d24", "Copy without date", "One more report that nobody dated.", outlet="~IranWire", folder="scraped"),
    document("d25", "Copy without date", "One more report that nobody dated.", outlet="AFP", date="2020",
             origin="url"),
    document("d26", "Copy without date", "One more report that nobody dated.", outlet="AFP", date="2020-03",
             origin="url", language="", location="~geo:sy"),
)  # fmt: skip

CLUSTERS = {
    "d01": "d01", "d02": "d01", "d03": "d01",
    "d16": "d16", "d17": "d16",
    "d24": "d24", "d25": "d24", "d26": "d24",
}  # fmt: skip

SHARING = {"d04": ("d05", "d06"), "d05": ("d04",), "d06": ("d04",)}
"""Who shares text with whom and is no copy."""
