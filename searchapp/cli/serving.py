"""`searchapp serve`: the search page and the API under gunicorn."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click

from searchapp.cli.options import index_options, settings_of
from searchapp.engine import open_engine


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, envvar="PORT")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes.")
@index_options
def serve(host: str, port: int, workers: int, index: Path | None, archive: Path | None) -> None:
    """Serve the search page and the API; refuses to start without a whole index."""
    from gunicorn.app.base import BaseApplication

    from searchapp.web import create_app, gunicorn_config

    settings = settings_of(index, archive)
    engine = open_engine(settings)
    try:
        found = engine.info()
    finally:
        engine.close()

    class Server(BaseApplication):  # type: ignore[misc]
        """Gunicorn with settings from here instead of a file."""

        def load_config(self) -> None:
            for name, value in {**vars(gunicorn_config), "bind": f"{host}:{port}", "workers": workers}.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Any:
            return create_app(settings, partial(open_engine, settings, background=True))

    click.echo(f"{found.documents:,} documents on http://{host}:{port}", err=True)
    Server().run()
