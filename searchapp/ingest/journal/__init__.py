"""What did earlier ingests learn? The ingester's own memory, which may be deleted at any time.

The engine is the truth of what is indexed. A source is marked indexed only after the engine has published it.
"""

from searchapp.ingest.journal.database import JournalDamaged, drop_set_aside, set_aside
from searchapp.ingest.journal.journal import Journal
from searchapp.ingest.journal.lessons import Lesson
from searchapp.ingest.journal.records import FileRecord, SourceRecord, Spooled

__all__ = ["FileRecord", "Journal", "JournalDamaged",
    "Lesson", "SourceRecord", "Spooled", "drop_set_aside", "set_aside"]
