"""What does a commit promise? Generations of a folder of files, whatever the files are: this room knows no engine."""

from searchapp.engine.storage.manifest import FORMAT, Earlier, FileStamp, Manifest
from searchapp.engine.storage.staging import Generation, Staging
from searchapp.engine.storage.store import Store

__all__ = ["FORMAT", "Earlier", "FileStamp", "Generation", "Manifest", "Staging", "Store"]
