"""Which files lie under the roots, and what is declared about each of them?"""

from searchapp.ingest.seeds.declared import Declaration, declaration_of
from searchapp.ingest.seeds.patterns import PathPattern, keep_pattern, read_patterns
from searchapp.ingest.seeds.roots import Root, roots_of
from searchapp.ingest.seeds.walk import iter_raw

__all__ = [
    "Declaration",
    "PathPattern",
    "Root",
    "declaration_of",
    "iter_raw",
    "keep_pattern",
    "read_patterns",
    "roots_of",
]
