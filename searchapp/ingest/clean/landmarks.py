"""What does the markup around a block say that it is? Class, id and role words that name furniture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from searchapp.ingest.clean.paragraph import Paragraph
from searchapp.ingest.data.reasons import ADVERTISEMENT, CAPTION, COMMENTS, COOKIES, COPYRIGHT, COUNTER, CREDITS

# Words of which at most 6 % of the text below them belonged to the article, counted over the HTML pages of the
# development set on which they covered less than half of the running text.
_WORDS: Mapping[str, str] = {
    COOKIES: "cookie cookies consent gdpr onetrust privacy legal policy ccpa",
    COMMENTS: "comment comments disqus respond reply commentlist discussion captcha avatar",
    COUNTER: "share sharing social sharedaddy addtoany addthis rating ratings vote votes like likes print bookmark",
    ADVERTISEMENT: "ad ads advert advertisement advertising adsense sponsor sponsored sponsors dfp affiliate",
    "newsletter or account": "newsletter subscribe subscription signup login signin account paywall donate donation cta "
    "register user mc",
    "teaser of another article": "related recommended recommendations recirc recirculation trending popular outbrain taboola "
    "teaser teasers promo promos latest recent posts carousel loop archive categories readmore upnext zergnet",
    CAPTION: "caption figcaption credit attribution lightbox",
    "tags": "tag tags taxonomy topics keywords",
    "about the author": "author authors bio biography contributor",
    CREDITS: "meta metadata byline date datetime timestamp published updated dateline pubdate",
    "search box": "search searchform searchbox",
    COPYRIGHT: "copyright",
    "navigation": "nav navbar navigation menu submenu subnav megamenu menubar menuitem dropdown breadcrumb breadcrumbs "
    "crumbs pagination pager prev toolbar tabs masthead banner hamburger sitemap skip offcanvas flyout topbar",
    "page footer": "footer colophon contentinfo foot",
    "sidebar": "sidebar aside complementary rail widget widgets textwidget",
    "window over the page": "modal popup dialog overlay",
    "form": "form input checkbox button buttons btn option label select tooltip",
}
_REASONS = {word: reason for reason, words in _WORDS.items() for word in words.split()}
_RANKS = {reason: rank for rank, reason in enumerate(_WORDS)}

TRUSTED_SHARE = 0.4
"""Share of a page's running text that a word may cover and still name furniture: `has-sidebar` stands on wrappers."""

_COMMENTED_WORDS = 60
"""Words of running text above the first comment: few articles of the development set are shorter."""


@lru_cache(maxsize=5_000)
def telling(hint: str) -> frozenset[str]:
    """The words of a hint that name furniture on some pages."""
    return frozenset(_REASONS.keys() & hint.split())


def furniture_words(paragraphs: Sequence[Paragraph]) -> Mapping[str, str]:
    """The furniture words of this page that cover little of its running text, with their reasons.

    Words of comments may cover any part of it below a text that is long enough to be commented on.
    """
    covered: Counter[str] = Counter()
    above: dict[str, int] = {}
    total = 0
    for one in paragraphs:
        if one.prose:
            for word in telling(one.block.hint):
                covered[word] += one.words
                above.setdefault(word, total)
            total += one.words
    if not covered:
        return _REASONS
    return {
        word: reason for word, reason in _REASONS.items()
        if covered[word] <= TRUSTED_SHARE * total or (reason == COMMENTS and above[word] >= _COMMENTED_WORDS)
    }  # fmt: skip


def reason_of(hint: str, words: Mapping[str, str]) -> str | None:
    """Why the markup around a block says that it is no part of the article; of several reasons the most telling one."""
    if not hint:
        return None
    found = {words[word] for word in telling(hint) if word in words}
    return min(found, key=_RANKS.__getitem__, default=None)
