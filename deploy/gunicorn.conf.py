"""How is the site served? As `searchapp serve` does; what differs here goes below."""

from searchapp.web.gunicorn_config import *  # noqa: F403
