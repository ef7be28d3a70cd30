"""Which processes do work that may end them, under limits, and go on without the item that did?"""

from searchapp.ingest.workers.child import Task
from searchapp.ingest.workers.limits import Limits
from searchapp.ingest.workers.pool import Culprit, Done, Workers

__all__ = ["Culprit", "Done", "Limits", "Task", "Workers"]
