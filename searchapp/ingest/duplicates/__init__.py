"""Which documents are copies of each other, and which share half of their text or more?"""

from searchapp.ingest.duplicates.clustering import clusters, sharing
from searchapp.ingest.duplicates.comparing import Overlap, overlaps
from searchapp.ingest.duplicates.fingerprinting import fingerprint

__all__ = ["Overlap", "clusters", "fingerprint", "overlaps", "sharing"]
