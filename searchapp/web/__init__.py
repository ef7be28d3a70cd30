"""HTTP: a Flask application over any engine; it is told its settings and how to open the engine, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from searchapp import __version__
from searchapp.config import Settings, templates_folder
from searchapp.engine.base import Engine
from searchapp.reports.phrases import ORIGINS, STATUSES
from searchapp.web import api, guide, health, languages, problems, reference, security, templating, views
from searchapp.web.archive import Archive


def create_app(settings: Settings, open_engine: Callable[[], Engine]) -> Flask:
    """The application; the engine is opened at the first request, in the process that answers it."""
    app = Flask(__name__, template_folder=str(templates_folder()), static_folder="static")
    app.json.sort_keys = False  # type: ignore[attr-defined]
    templating.register(app, public=settings.public, version=__version__, statuses=STATUSES, origins=ORIGINS)
    languages.register(app)
    archive = Archive(settings, open_engine)
    app.register_blueprint(views.blueprint(archive))
    app.register_blueprint(guide.blueprint(archive))
    app.register_blueprint(api.blueprint(archive))
    app.register_blueprint(reference.blueprint(archive))
    app.register_blueprint(health.blueprint(archive))
    problems.register(app)
    security.register(app, settings)
    return app
