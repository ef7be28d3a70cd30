"""Who published a text, and whom does it credit? A cited agency is not the publisher."""

from searchapp.ingest.outlets.citing import cited_entries, find_cited
from searchapp.ingest.outlets.naming import load_outlet_names
from searchapp.ingest.outlets.publishing import find_outlet, home_of

__all__ = ["cited_entries", "find_cited", "find_outlet", "home_of", "load_outlet_names"]
