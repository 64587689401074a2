"""A web site on this machine for the tests of fetching: routes that a test gives it, and what it was asked."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Route = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers with the route of a path, 404 without one."""

    protocol_version = "HTTP/1.1"
    server: "Site"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers))
        route = self.server.routes.get(self.path) or self.server.routes.get(self.path.partition("?")[0])
        if route is None:
            self.answer(404, b"no such page")
        else:
            route(self)

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Send a whole answer; `_` in a header's name stands for a hyphen."""
        self.begin(status, len(body), **headers)
        self.wfile.write(body)

    def begin(self, status: int, length: int | None, **headers: str) -> None:
        """Send status and headers; without a length the connection's end ends the body."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if status != 304 and length is not None:
            self.send_header("Content-Length", str(length))
        if length is None:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()

    def cut(self) -> None:
        """End the connection where it is."""
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that http.server gives it
        """Say nothing."""


class Site(ThreadingHTTPServer):
    """The server; `asked` holds (path, headers) of each request but those for robots.txt, if so wanted."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.routes: dict[str, Route] = {}
        self.asked: list[tuple[str, Message]] = []

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    def page(self, path: str, body: bytes | str, type_: str = "text/html; charset=utf-8", **headers: str) -> str:
        """Serve a body at a path and return its address."""
        content = body.encode() if isinstance(body, str) else body
        self.routes[path] = lambda one: one.answer(200, content, **{"Content_Type": type_, **headers})
        return self.url(path)

    def paths(self) -> list[str]:
        """Return the paths that were asked for, without robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def last(self) -> Mapping[str, str]:
        """Return the headers of the last request."""
        return dict(self.asked[-1][1].items())

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a client that hangs up is what some tests are about."""


@contextmanager
def serving() -> Iterator[Site]:
    """Serve for a while."""
    with Site() as site:
        thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield site
        finally:
            site.shutdown()
            thread.join()
