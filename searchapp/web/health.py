"""Is the process alive, and is there an index to ask?"""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response

from searchapp.errors import IndexDamaged, IndexExposed, IndexNotReady, IndexOutdated
from searchapp.web.answers import json
from searchapp.web.archive import Archive


def blueprint(archive: Archive) -> Blueprint:
    """The two addresses that a watcher asks; neither tells anything about what is searched."""
    rules = Blueprint("health", __name__)

    @rules.get("/healthz")
    def alive() -> Response:
        return json({"status": "alive"})

    @rules.get("/readyz")
    def ready() -> Response:
        try:
            info = archive.engine.info()
        except (IndexNotReady, IndexDamaged, IndexOutdated, IndexExposed) as error:
            return json({"status": "not ready", "ready": False, "detail": str(error)}, status=503)
        age = datetime.now(UTC) - datetime.fromisoformat(info.built_at)
        plain = {"status": "ready", "ready": True, "generation": str(info.generation), "documents": info.documents}
        return json({**plain, "built_at": info.built_at, "age": int(age.total_seconds()), "notice": info.notice})

    return rules
