"""A SPARQL endpoint in the test process: a store behind HTTP that can be told to answer badly first."""

import datetime as dt
import json
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph as ox

from loaders.fetch.clock import Clock

JSON = "application/sparql-results+json"


@dataclass
class Bad:
    """A bad answer: after `delay` seconds a status, headers and a body."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0


@dataclass
class Endpoint:
    """What the server does: first the `bad` answers, then right ones, cut after `most` rows where that is set."""

    store: ox.Store
    url: str = ""
    bad: deque[Bad] = field(default_factory=deque)
    most: int | None = None
    queries: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)

    def answer(self, query: str) -> Bad:
        self.queries.append(query)
        if self.bad:
            return self.bad.popleft()
        found = self.store.query(query)
        assert isinstance(found, ox.QuerySolutions)
        answer = json.loads(found.serialize(format=ox.QueryResultsFormat.JSON) or b"")
        answer["results"]["bindings"] = answer["results"]["bindings"][: self.most]
        return Bad(200, json.dumps(answer).encode(), {"Content-Type": JSON})


@contextmanager
def serving(turtle: Path) -> Iterator[Endpoint]:
    """Serve a Turtle file on a free port of this machine."""
    store = ox.Store()
    store.load(path=str(turtle), format=ox.RdfFormat.TURTLE)
    here = Endpoint(store)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            here.agents.append(self.headers["User-Agent"])
            answer = here.answer(form["query"][0])
            time.sleep(answer.delay)
            try:
                self.send_response(answer.status)
                for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.body)
            except OSError:
                pass  # the client did not wait

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here.url = f"http://127.0.0.1:{server.server_address[1]}/sparql"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class StoppedClock:
    """A clock that stands unless somebody sleeps; `slept` are the pauses in seconds."""

    def __init__(self) -> None:
        self.moment = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
        self.slept: list[float] = []
        self.clock = Clock(self.now, self.moment.timestamp, self.sleep, lambda: 0.0)

    def now(self) -> dt.datetime:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.moment += dt.timedelta(seconds=seconds)
