"""Where do the links of an answer lead? To the search it is, and, made quickly, to the searches one choice away."""

from __future__ import annotations

from dataclasses import dataclass

from searchapp.facets import FacetSet, FacetSpec
from searchapp.model import Filter, SearchQuery
from searchapp.reports import urls


@dataclass(frozen=True, slots=True)
class Links:
    """Where things are: `base` is scheme and host ("" for links within the site), `path` the page that answers.

    `ui` is the language that the reader has asked the site to speak, which every link carries on.
    """

    facets: FacetSet
    base: str = ""
    path: str = "/search"
    ui: str | None = None

    @property
    def beside(self) -> tuple[tuple[str, str], ...]:
        """The parameters that links carry on though they ask nothing."""
        return (("ui", self.ui),) if self.ui else ()

    def search(self, query: SearchQuery) -> str:
        return self.base + urls.build(query, self.facets, self.path, beside=self.beside)

    def facet(self, name: str, query: SearchQuery) -> str:
        return self.base + urls.build(query, self.facets, f"/facets/{name}", beside=self.beside)

    def document(self, identifier: str, query: SearchQuery | None = None) -> str:
        """The page of a document; with `query` it knows the search to go back to."""
        return f"{self.base}/document/{identifier}{self.asked(query)}"

    def asked(self, query: SearchQuery | None) -> str:
        """What stands behind the path of a page that knows this search: ?q=…, or nothing."""
        given = () if query is None else urls.parameters(query, self.facets)
        return urls.join((*given, *self.beside), "")


class Choices:
    """The URLs of the searches that are one choice away from `query`: each is what `Links.search` gives for it.

    An answer has a hundred of them, which differ in one facet or in the range of dates, so all else is written once.
    """

    def __init__(self, query: SearchQuery, links: Links) -> None:
        self.query, self.links = query, links
        self._page = links.base + links.path
        first = query.on_page(1)
        self._first = urls.encoded(urls.before_filters(first))
        self._filters = own = _written(first, links.facets)
        last = [*urls.after_filters(first), *links.beside]
        self._last = urls.encoded(last)
        if first.filter("date").active:
            own = _written(first.between(None, None), links.facets)
        before = self._first + "".join(own.values())
        self._dates = urls.joined(f"{before}&date_from=", self._page)
        self._beside_dates = urls.encoded([pair for pair in last if pair[0] not in ("date_from", "date_to")])

    def of(self, facet: str) -> FacetChoices:
        """The choices in one facet."""
        written = list(self._filters.values())
        at = list(self._filters).index(facet) if facet in self._filters else len(written)
        around = (self._first + "".join(written[:at]), "".join(written[at + 1 :]) + self._last)
        spec = self.links.facets.get(facet) if facet in self._filters else None
        return FacetChoices(self.query.filter(facet), spec, self._page, around)

    def between(self, date_from: str, date_to: str) -> str:
        """The search for this range of dates."""
        return f"{self._dates}{urls.quoted(date_from)}&date_to={urls.quoted(date_to)}{self._beside_dates}"


class FacetChoices:
    """The URLs of the choices in one facet; `around` is what stands before and after its own parameters.

    Without `spec` the facet is none that a URL can choose from, and no choice leads anywhere.
    """

    __slots__ = ("_after", "_before", "_choosing", "_end", "_excluding", "_page", "_spec", "filter")

    def __init__(self, own: Filter, spec: FacetSpec | None, page: str, around: tuple[str, str]) -> None:
        self.filter = own
        self._spec = spec
        self._page = page
        self._before, self._after = around
        self._choosing = urls.joined(f"{self._before}&{own.facet}=", page)
        self._excluding = urls.joined(f"{self._before}&-{own.facet}=", page)
        self._end = self._parameters(own) + self._after

    def toggle(self, value: str, ancestors: tuple[str, ...] = ()) -> str | None:
        """The search with `value` chosen, or no longer chosen."""
        if self.filter.active or self._spec is None:
            return self._with(self.filter.toggled(value, ancestors))
        return self._choosing + urls.quoted(value) + self._end

    def exclude(self, value: str) -> str | None:
        """The search with `value` excluded, or no longer excluded."""
        if self.filter.active or self._spec is None:
            return self._with(self.filter.excluding(value))
        return self._excluding + urls.quoted(value) + self._end

    def toggle_missing(self) -> str | None:
        """The search with the none row chosen, or no longer."""
        if self.filter.active or self._spec is None:
            return self._with(self.filter.missing_toggled())
        return urls.joined(f"{self._before}&missing={self.filter.facet}", self._page) + self._end

    def exclude_missing(self) -> str | None:
        """The search with the none row excluded, or no longer."""
        if self.filter.active or self._spec is None:
            return self._with(self.filter.missing_excluded())
        return urls.joined(f"{self._before}&-missing={self.filter.facet}", self._page) + self._end

    def _with(self, changed: Filter) -> str | None:
        if self._spec is None:
            return None
        return urls.joined(self._before + self._parameters(changed) + self._after, self._page)

    def _parameters(self, one: Filter) -> str:
        return _of(one, self._spec) if self._spec else ""


def _of(one: Filter, spec: FacetSpec) -> str:
    """The parameters of a filter as they stand in a URL; most filters say nothing."""
    says_nothing = not one.active and one.combine == spec.combine
    return "" if says_nothing else urls.encoded(urls.of_filter(one, spec))


def _written(query: SearchQuery, facets: FacetSet) -> dict[str, str]:
    """The parameters of each facet that a page lists, in their order."""
    given = {one.facet: one for one in query.filters}
    return {
        spec.name: _of(given[spec.name], spec) if spec.name in given else ""
        for spec in facets.shown
    }
