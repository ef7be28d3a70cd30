"""Is the process alive, and is there an index to ask?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import Blueprint, Response

from searchapp.errors import IndexDamaged, IndexExposed, IndexNotReady, IndexOutdated
from searchapp.model import IndexInfo
from searchapp.web.answers import json
from searchapp.web.archive import Archive

NOT_READY = (IndexNotReady, IndexDamaged, IndexOutdated, IndexExposed)


def blueprint(archive: Archive) -> Blueprint:
    """The addresses that a watcher asks; none tells anything about what is searched."""
    rules = Blueprint("health", __name__)

    @rules.get("/healthz")
    def alive() -> Response:
        return json({"status": "alive"})

    @rules.get("/readyz")
    def ready() -> Response:
        try:
            info = archive.engine.info()
        except NOT_READY as error:
            return json({"status": "not ready", "ready": False, "detail": str(error)}, status=503)
        plain = {"status": "ready", "ready": True, "generation": str(info.generation), "documents": info.documents}
        return json({**plain, "built_at": info.built_at, "age": _age(info), "notice": info.notice})

    @rules.get("/metrics")
    def metrics() -> Response:
        try:
            info = archive.engine.info()
        except NOT_READY:
            return _numbers({"index_ready": 0})
        known = {"index_generation": info.generation, "index_documents": info.documents, "index_age_seconds": _age(info)}
        return _numbers({"index_ready": 1, **known, "index_notice": int(info.notice is not None)})

    return rules


def _age(info: IndexInfo) -> int:
    """How many seconds ago the generation was published."""
    return int((datetime.now(UTC) - datetime.fromisoformat(info.built_at)).total_seconds())


def _numbers(gauges: Mapping[str, int]) -> Response:
    """Gauges as Prometheus reads them; all are of the index, so that every process says the same."""
    lines = [f"# TYPE searchapp_{name} gauge\nsearchapp_{name} {value}\n" for name, value in gauges.items()]
    return Response("".join(lines), content_type="text/plain; version=0.0.4; charset=utf-8")
