"""What gunicorn loads: the settings once, then the site over the engine they name."""

from __future__ import annotations

from functools import partial

from searchapp.config import Settings
from searchapp.engine import open_engine
from searchapp.web import create_app

settings = Settings.from_env()
app = create_app(settings, partial(open_engine, settings, background=True))
