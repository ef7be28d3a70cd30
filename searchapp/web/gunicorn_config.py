"""How is the site served? Two processes with threads, logs without a word of anyone's query."""

from __future__ import annotations

import logging
import re

from gunicorn.glogging import Logger

_TELLING = re.compile(r"(\?|^Invalid request).*", re.DOTALL)


def _without_queries(record: logging.LogRecord) -> bool:
    record.msg, record.args = _TELLING.sub(r"\1…", record.getMessage()), ()
    return True


class DiscreetLogger(Logger):  # type: ignore[misc]
    """Gunicorn's logger, which would write out the address of a request that failed."""

    def setup(self, cfg: object) -> None:
        super().setup(cfg)
        self.error_log.addFilter(_without_queries)


workers = 2
worker_class = "gthread"
threads = 4
# Each worker opens the index by itself, so that a new generation needs no restart of the parent.
preload_app = False
timeout = 30
graceful_timeout = 5
keepalive = 5
# A query of 1,024 Arabic letters and some filters is longer than the usual 4,094 bytes.
limit_request_line = 8190
control_socket_disable = True

logger_class = DiscreetLogger
accesslog = "-"
access_log_format = '%(t)s %(h)s "%(m)s %(U)s" %(s)s %(B)s bytes %(M)s ms'
