"""Serve an application with waitress."""

import socket
import sys
from pathlib import Path

import waitress

from web.app import create_app


class ServeError(Exception):
    """A server that cannot start; the message says what to do."""


def serve(store: Path, host: str, port: int, workers: int = 2) -> None:
    """Serve the store's current release until interrupted; raise ServeError where the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ServeError(
                f"cannot listen on {host}:{port} ({error.strerror}); stop what uses it, or choose another: "
                f"finegraph serve --port {port + 1} (make serve PORT={port + 1})"
            ) from error
    app = create_app(store, workers)
    app.extensions["finegraph"].here()
    sys.stderr.write(f"finegraph: http://{host}:{port}/ (pages), /sparql, /network, /model, /data. Ctrl-C ends it.\n")
    try:
        waitress.serve(app, host=host, port=port, threads=16, max_request_body_size=1 << 20, ident=None, _quiet=True)
    finally:
        app.extensions["finegraph"].close()
