"""The stages in their order: what `searchapp ingest` and `searchapp clean` run."""

from searchapp.ingest.pipeline.assemble import Cleaned, Knowledge, clean_page, clean_raw, clean_text
from searchapp.ingest.pipeline.passes import Options, Progress, ingest
from searchapp.ingest.pipeline.report import IngestReport

__all__ = [
    "Cleaned",
    "IngestReport",
    "Knowledge",
    "Options",
    "Progress",
    "clean_page",
    "clean_raw",
    "clean_text",
    "ingest",
]
