"""Cookie walls that would pass for the article, in text and in markup; and what only speaks of cookies."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchapp.ingest.clean import Orders, clean, quality_of
from searchapp.ingest.parse import parse
from searchapp.model import Block, RawFile

STORY = (
    "The ferry to the outer islands will sail again from Thursday, its owner said, after divers had freed the propeller.",
    "Passengers who were stranded there have been living in the school since last week, and the teachers cook for them.",
    "The next boat leaves at eight in the morning, if the wind allows it, and takes no cars before the end of the month.",
)
WALLS = {
    "English": (
        "We value your privacy",
        "We and our partners store cookies on your device to show advertisements and to measure how they perform.",
        "You can withdraw your consent at any time in the settings.",
        "Reject all",
    ),
    "French": (
        "Nous et nos partenaires stockons des cookies sur votre appareil afin d'afficher des publicités et d'en mesurer l'effet.",
        "Vous pouvez retirer votre consentement à tout moment.",
        "Tout refuser",
    ),
    "Spanish": (
        "Nosotros y nuestros socios almacenamos cookies en su dispositivo para mostrar anuncios y medir su rendimiento.",
        "Puede retirar su consentimiento en cualquier momento.",
        "Aceptar todo",
    ),
    "Russian": (
        "Мы и наши партнёры храним файлы cookie на вашем устройстве, чтобы показывать рекламу и измерять её действие.",
        "Вы можете отозвать согласие в любое время.",
        "Принять все",
    ),
    "Arabic": (
        "نحن وشركاؤنا نخزن ملفات تعريف الارتباط على جهازك لعرض الإعلانات والمحتوى وقياس أدائها في كل زيارة.",
        "يمكنك سحب موافقتك في أي وقت.",
        "قبول الكل",
    ),
    "Turkish": (
        "Biz ve iş ortaklarımız, reklam göstermek ve başarısını ölçmek için cihazınızda çerezler saklıyoruz.",
        "Onayınızı istediğiniz zaman geri alabilirsiniz.",
        "Tümünü kabul et",
    ),
}


def cleaned(name: str, text: str, orders: Orders | None = None) -> tuple[Block, ...]:
    return clean(parse(RawFile(f"r/{name}", text.encode())), orders=orders or Orders())


def kept(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks if block.kept]


@pytest.mark.parametrize("language", WALLS)
def test_a_page_that_is_nothing_but_a_cookie_wall_has_no_article(language: str) -> None:
    blocks = cleaned("a.txt", "\n\n".join(WALLS[language]))
    assert (kept(blocks), quality_of(blocks)) == ([], "no article found")


def test_an_article_is_found_below_a_cookie_wall_that_is_longer_than_it() -> None:
    lines = (WALLS["English"][1], *WALLS["English"][:3] * 4, "Accept all", *STORY)
    blocks = cleaned("a.txt", "\n\n".join(lines))
    assert kept(blocks) == list(STORY)
    assert {block.reason for block in blocks[: -len(STORY)]} == {"cookie notice"}


def page_in_markup(wall: str) -> str:
    told = "".join(f"<p>{line}</p>" for line in (*WALLS["English"][1:3] * 5, "We keep all this for thirteen months."))
    return f'<body><div class="{wall}">{told}</div><main>{"".join(f"<p>{line}</p>" for line in STORY)}</main></body>'


def test_a_wall_that_its_markup_names_needs_no_button() -> None:
    assert kept(cleaned("a.html", page_in_markup("cookie-consent"))) == list(STORY)


def test_a_wrapper_of_the_whole_page_is_no_wall() -> None:
    told = "".join(f"<p>{line}</p>" for line in STORY)
    assert kept(cleaned("a.html", f'<body class="cookie-consent">{told}</body>')) == list(STORY)


def test_an_article_about_cookies_is_an_article() -> None:
    law = (
        "The court held on Tuesday that a box ticked beforehand is no consent, and that cookies may wait for an answer.",
        "Its judges had read the notices of forty shops, and in most of them personal data was asked for by the first line.",
        *STORY[:1],
    )
    assert kept(cleaned("a.txt", "\n\n".join((*law, "Privacy policy", "Cookie settings")))) == list(law)


def test_a_line_of_a_wall_stays_where_the_archive_wants_it(tmp_path: Path) -> None:
    wanted = WALLS["English"][1]
    (tmp_path / "clean.yaml").write_text(f"'*': {{keep: ['{wanted}']}}", encoding="utf-8")
    assert wanted in kept(cleaned("a.txt", "\n\n".join(WALLS["English"]), Orders.read(tmp_path)))
