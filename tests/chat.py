"""An OpenAI-compatible server in the test process: it answers what a test tells it to, badly first where told so."""

import json
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.endpoint import Bad

USAGE = {"prompt_tokens": 700, "completion_tokens": 60, "total_tokens": 760}


@dataclass
class Chat:
    """What the server does: first the `bad` answers, then `content` as the model's, always `usage`."""

    url: str = ""
    bad: deque[Bad] = field(default_factory=deque)
    content: str = '{"events": []}'
    finish: str = "stop"
    usage: dict[str, Any] | None = field(default_factory=lambda: dict(USAGE))
    paths: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)

    def says(self, *events: dict[str, Any], **more: object) -> None:
        """Let the model say these events."""
        self.content = json.dumps({"events": events, **more}, ensure_ascii=False)

    def answer(self) -> Bad:
        if self.bad:
            return self.bad.popleft()
        choice = {"index": 0, "finish_reason": self.finish, "message": {"role": "assistant", "content": self.content}}
        answer = {"object": "chat.completion", "choices": [choice], "usage": self.usage}
        return Bad(200, json.dumps(answer).encode(), {"Content-Type": "application/json"})


@contextmanager
def chatting() -> Iterator[Chat]:
    """Serve on a free port of this machine."""
    here = Chat()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            here.paths.append(self.path)
            here.headers.append(dict(self.headers))
            here.sent.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            answer = here.answer()
            time.sleep(answer.delay)
            try:
                self.send_response(answer.status)
                for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.body)
            except OSError:
                pass  # the client did not wait

        def do_GET(self) -> None:
            here.paths.append(self.path)
            self.send_error(405)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
