"""Makes gazetteer_words.tsv.gz and gazetteer_keys.tsv.gz in searchapp/ingest/data: run when the gazetteer or the analysis
has changed."""

from __future__ import annotations

import sys

from searchapp.authority import Authority
from searchapp.ingest.data import data_folder
from searchapp.ingest.places.variants import TABLE as KEYS
from searchapp.ingest.places.variants import table_of_keys
from searchapp.ingest.places.words import TABLE, table_of


def main() -> int:
    """Write the files; until then every ingest starts a second later, and other spellings of names are not recognised."""
    places = Authority.read(None, data_folder()).places
    for name, table in ((TABLE, table_of(places)), (KEYS, table_of_keys(places))):
        target = data_folder() / name
        target.write_bytes(table)
        print(f"{target}: {target.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
