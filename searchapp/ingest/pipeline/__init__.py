"""The stages in their order: what `searchapp ingest` and `searchapp clean` run."""

from searchapp.ingest.pipeline.assemble import Cleaned, Knowledge, clean_page, clean_raw, clean_text
from searchapp.ingest.pipeline.passes import Options, Progress, ingest
from searchapp.ingest.pipeline.report import IngestReport
from searchapp.ingest.seeds import PathPattern, Root, iter_raw, keep_pattern, read_patterns, roots_of

__all__ = [
    "Cleaned",
    "IngestReport",
    "Knowledge",
    "Options",
    "PathPattern",
    "Progress",
    "Root",
    "clean_page",
    "clean_raw",
    "clean_text",
    "ingest",
    "iter_raw",
    "keep_pattern",
    "read_patterns",
    "roots_of",
]
