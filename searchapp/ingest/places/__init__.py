"""Which places does a text name, and which of those that bear the name are meant?"""

from searchapp.ingest.places.concerning import names_that_may_mean
from searchapp.ingest.places.finding import FACET, Places, find_places
from searchapp.ingest.places.names import load_place_names

__all__ = ["FACET", "Places", "find_places", "load_place_names", "names_that_may_mean"]
