"""The stages in their order: what `searchapp ingest`, `upgrade` and `clean` run."""

from searchapp.ingest.clean import Orders
from searchapp.ingest.data import data_folder as shipped_records
from searchapp.ingest.data.reasons import FIELDS
from searchapp.ingest.pipeline.applying import apply_records
from searchapp.ingest.pipeline.assemble import Cleaned, Knowledge, clean_page, clean_raw, clean_text
from searchapp.ingest.pipeline.ingesting import forget_pages, ingest, upgrade
from searchapp.ingest.pipeline.report import IngestReport
from searchapp.ingest.pipeline.run import Options, Progress, available_jobs, available_memory
from searchapp.ingest.pipeline.showing import LearnedLine, clean_files, learned_lines
from searchapp.ingest.seeds import (
    INFERRED,
    SEPARATOR,
    PathPattern,
    Root,
    iter_raw,
    keep_pattern,
    read_patterns,
    roots_of,
    write_table,
)

__all__ = [
    "FIELDS",
    "INFERRED",
    "SEPARATOR",
    "Cleaned",
    "IngestReport",
    "Knowledge",
    "LearnedLine",
    "Options",
    "Orders",
    "PathPattern",
    "Progress",
    "Root",
    "apply_records",
    "available_jobs",
    "available_memory",
    "clean_files",
    "clean_page",
    "clean_raw",
    "clean_text",
    "forget_pages",
    "ingest",
    "iter_raw",
    "keep_pattern",
    "learned_lines",
    "read_patterns",
    "roots_of",
    "shipped_records",
    "upgrade",
    "write_table",
]
