"""The access log: one JSON object a request. Texts of queries stay out of it, addresses are cut to their network."""

import hashlib
import ipaddress
import json
import logging
import sys
from collections.abc import Iterable
from time import perf_counter, time
from typing import TYPE_CHECKING

from web.metrics import Metrics

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger("finegraph.access")


class Access:
    """Wraps an application and tells of each request when it is over: also of those that were cut."""

    def __init__(self, app: "WSGIApplication", *, queries: bool, metrics: Metrics | None) -> None:
        self._app, self._queries, self._metrics = app, queries, metrics

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        started, status = perf_counter(), "500"

        def start(line: str, *rest: object) -> object:
            nonlocal status
            status = line[:3]
            return start_response(line, *rest)  # type: ignore[arg-type]

        body = self._app(environ, start)  # type: ignore[arg-type]
        return _Told(body, lambda sent, whole: self._tell(environ, status, sent, whole, perf_counter() - started))

    def _tell(self, environ: "WSGIEnvironment", status: str, sent: int, whole: bool, seconds: float) -> None:  # noqa: FBT001
        path = environ.get("PATH_INFO", "")
        if self._metrics is not None:
            self._metrics.requests.labels(status, path.split("/")[1] if path in _PARTS else "other").inc()
        asked = environ.get("QUERY_STRING", "")
        line = {
            "time": round(time(), 3),
            "client": network(environ.get("REMOTE_ADDR", "")),
            "method": environ.get("REQUEST_METHOD"),
            "path": path,
            "status": int(status),
            "bytes": sent,
            "ms": round(seconds * 1000, 1),
            "agent": environ.get("HTTP_USER_AGENT", "")[:200],
        }
        if asked:
            line["query" if self._queries else "query_digest"] = (
                asked if self._queries else hashlib.sha256(asked.encode("latin-1")).hexdigest()[:12]
            )
        if not whole:
            line["cut"] = True
        log.info(json.dumps(line, ensure_ascii=True))


_PARTS = {"/", "/sparql", "/graphs", "/network", "/model", "/data", "/healthz", "/readyz"}


class _Told:
    """An answer's body that tells how much of it was sent, and whether all."""

    def __init__(self, body: Iterable[bytes], tell: "object") -> None:
        self._body, self._tell, self._sent, self._whole = body, tell, 0, False

    def __iter__(self) -> "_Told":
        self._chunks = iter(self._body)
        return self

    def __next__(self) -> bytes:
        try:
            chunk = next(self._chunks)
        except StopIteration:
            self._whole = True
            raise
        self._sent += len(chunk)
        return chunk

    def close(self) -> None:
        if hasattr(self._body, "close"):
            self._body.close()
        self._tell(self._sent, self._whole)  # type: ignore[operator]


def network(address: str) -> str:
    """Return the network of an address, which tells clients apart well enough and names nobody.

    >>> network("192.0.2.77"), network("2001:db8:1:2::3")
    ('192.0.2.0', '2001:db8:1::')
    """
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(ipaddress.ip_network((read, 24 if read.version == 4 else 48), strict=False).network_address)


def to_stderr() -> None:
    """Write the log to standard error, a line a request and nothing around it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
