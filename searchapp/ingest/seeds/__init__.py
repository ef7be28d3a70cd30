"""Which files lie under the roots, what do they hold, and what is declared about each of them?"""

from searchapp.ingest.seeds.declared import Declaration, declaration_of
from searchapp.ingest.seeds.files import FileState, Refused, SeedFile
from searchapp.ingest.seeds.listing import list_files
from searchapp.ingest.seeds.patterns import PathPattern, keep_pattern, read_patterns
from searchapp.ingest.seeds.reading import Found, iter_raw, read_file
from searchapp.ingest.seeds.roots import Root, roots_of
from searchapp.ingest.seeds.tables import INFERRED, SEPARATOR, write_table

__all__ = [
    "INFERRED",
    "SEPARATOR",
    "Declaration",
    "FileState",
    "Found",
    "PathPattern",
    "Refused",
    "Root",
    "SeedFile",
    "declaration_of",
    "iter_raw",
    "keep_pattern",
    "list_files",
    "read_file",
    "read_patterns",
    "roots_of",
    "write_table",
]
