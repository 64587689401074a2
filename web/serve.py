"""Serve an application with waitress: threads, buffered bodies, bounded connections; SIGTERM ends it gracefully."""

import logging
import os
import signal
import socket
import sys
import threading
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from waitress import wasyncore
from waitress.server import TcpWSGIServer, create_server

from graph.workers import QueryError
from web.access import to_stderr
from web.app import create_app
from web.settings import Settings, from_environment

# What the server holds of an answer for a slow client: it goes to a file on disk, and the worker is free.
_HELD = 256 << 20


class ServeError(Exception):
    """A server that cannot start; the message says what to do."""


def serve(store: Path, host: str, port: int) -> None:
    """Serve the store's current release until told to end; raise ServeError where the port is taken."""
    listening = _bound(host, port)
    settings = from_environment()
    if not settings.public_url:
        settings = replace(settings, public_url=f"http://{f'[{host}]' if ':' in host else host}:{port}")
    app = create_app(store, settings)
    held = app.extensions["finegraph"]
    here = held.here()
    if not here.pool.isolated:
        sys.stderr.write("finegraph: no network namespace here; SERVICE is refused by its name alone\n")
    if settings.access_log:
        to_stderr()
    logging.getLogger("waitress").addFilter(lambda record: not (record.exc_info and _cut(record.exc_info[1])))
    sys.stderr.write(f"finegraph: {settings.public_url}/ (pages), /sparql, /network, /model, /data. Ctrl-C ends it.\n")
    server: Any = create_server(app, map={}, sockets=[listening], ident=None, **_options(settings))
    signal.signal(signal.SIGTERM, lambda *_: _drain(server, settings.seconds + 1))
    try:
        server.run()
    finally:
        server.close()
        held.close()


def _bound(host: str, port: int) -> socket.socket:
    """Return a socket of the address; raise ServeError where it is taken."""
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except OSError as error:
        made.close()
        raise ServeError(
            f"cannot listen on {host}:{port} ({error.strerror}); stop what uses it, or choose another: "
            f"finegraph serve --port {port + 1} (make serve PORT={port + 1})"
        ) from error
    return made


def _cut(error: BaseException | None) -> bool:
    """Tell whether an answer was cut on purpose: the access log says so, and it needs no stack."""
    return isinstance(error, QueryError)


def _drain(server: TcpWSGIServer, seconds: float) -> None:
    """Take no more connections; end when the requests under way are answered, at the latest after so many seconds."""

    def wait() -> None:
        # The thread that selects on the socket has to close it.
        server.trigger.pull_trigger(lambda: wasyncore.dispatcher.close(server))  # type: ignore[attr-defined]
        until = monotonic() + seconds
        while monotonic() < until and any(
            channel.requests or channel.total_outbufs_len
            for channel in list(server.active_channels.values())  # type: ignore[attr-defined]
        ):
            sleep(0.05)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=wait, daemon=True).start()


def _options(settings: Settings) -> dict[str, Any]:
    options: dict[str, Any] = {
        "threads": settings.threads,
        "connection_limit": settings.connections,
        "backlog": 2048,
        "channel_timeout": settings.idle,
        "channel_request_lookahead": 1,  # reads on while it answers, and so hears that a client has gone
        "max_request_body_size": settings.body,
        "max_request_header_size": 64 << 10,
        "outbuf_high_watermark": _HELD,
        "clear_untrusted_proxy_headers": True,
    }
    if settings.proxy:
        options |= {
            "trusted_proxy": settings.proxy,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
            "trusted_proxy_count": 1,
        }
    return options
