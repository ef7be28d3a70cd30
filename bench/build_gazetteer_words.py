"""Makes searchapp/ingest/data/gazetteer_words.tsv.gz: run by hand when the gazetteer or the analysis has changed."""

from __future__ import annotations

import sys

from searchapp.authority import Authority
from searchapp.ingest.data import data_folder
from searchapp.ingest.places.words import TABLE, table_of


def main() -> int:
    """Write the file; until then names are found as well, but every ingest starts a second later."""
    target = data_folder() / TABLE
    target.write_bytes(table_of(Authority.read(None, data_folder()).places))
    print(f"{target}: {target.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
