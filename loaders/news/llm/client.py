"""Asks an OpenAI-compatible server: one POST a page, bounded in tries, time and size. No redirect is followed.

Faults are told in words of ours: what a server answers may hold anything, the key included.
"""

import json
import ssl
import time
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any

import certifi
import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from loaders.fetch.clock import Clock
from loaders.fetch.pace import retry_after
from loaders.news.llm.prompt import SCHEMA, SYSTEM
from loaders.news.llm.settings import Settings

TRIES = 4
PATIENCE = 120.0
"""Seconds: a server that asks to wait longer is not asked about this page any more."""
LARGEST = 1024 * 1024
"""Bytes of an answer that are read."""
_CONNECT = 10.0
_PIECE = 64 * 1024
_LATER = {408, 425, 429}
_CUT = {
    "length": "was cut off: allow more with FINEGRAPH_LLM_MAX_ANSWER",
    "content_filter": "was held back by a filter",
}


class ServerError(Exception):
    """The server gave no answer to a page; the message says why."""


class _AgainError(Exception):
    """A fault that may pass; `wait` is how many seconds the server asks for."""

    def __init__(self, words: str, wait: float = 0.0) -> None:
        super().__init__(words)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model wrote, and the tokens that this took."""

    content: str
    tokens_in: int
    tokens_out: int


def ask(settings: Settings, message: str, clock: Clock) -> Answer:
    """Return the model's answer to a message, its tokens counted; raise ServerError where there is none."""
    content = {
        "model": settings.model,
        "temperature": 0,
        "max_tokens": settings.max_answer,
        "messages": [{"role": "system", "content": SYSTEM}, {"role": "user", "content": message}],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "events", "strict": True, "schema": SCHEMA},
        },
    }
    body = json.dumps(content).encode()
    for attempt in range(1, TRIES + 1):
        try:
            return _answer(settings, _asked(settings, body), len(body))
        except _AgainError as error:
            if attempt == TRIES:
                raise ServerError(f"the server {error}, {TRIES} times") from None
            wait = max(error.wait, 2.0**attempt * (0.5 + clock.chance() / 2))
            if wait > PATIENCE:
                raise ServerError(f"the server {error} and asks to wait for more than {PATIENCE:g} seconds") from None
            clock.sleep(wait)
    raise AssertionError


def _asked(settings: Settings, body: bytes) -> bytes:
    """Return the body of one good answer."""
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "Accept-Encoding": "identity",
        "User-Agent": f"finegraph/{version('finegraph')}",
    }
    if settings.key:
        headers["Authorization"] = f"Bearer {settings.key}"
    try:
        response = _pool().request(
            "POST", f"{settings.url.rstrip('/')}/chat/completions", body=body, headers=headers, preload_content=False,
            redirect=False, retries=False,
            timeout=urllib3.Timeout(connect=min(_CONNECT, settings.timeout), read=settings.timeout),
        )  # fmt: skip
        try:
            _check(response)
            return _read(response, time.monotonic() + settings.timeout)
        finally:
            response.close()
    except (NewConnectionError, ConnectTimeoutError) as error:
        raise _AgainError(f"is not there ({type(error).__name__})") from None
    except HTTPError as error:
        settings.run.spend(len(body), 0)  # it may have worked on the page all the same
        raise _AgainError(f"broke off ({type(error).__name__})") from None


def _check(response: urllib3.BaseHTTPResponse) -> None:
    """Raise what an answer of another status than 200 means."""
    status = response.status
    if status >= 500 or status in _LATER:
        wait = retry_after(response.headers.get("Retry-After"), Clock()) or 0.0
        raise _AgainError(f"answers {status}", wait)
    if 300 <= status < 400:
        raise ServerError(f"the server answers {status}: redirects are not followed, correct FINEGRAPH_LLM_URL")
    if status != 200:
        cure = "KEY" if status in {401, 403} else "URL and FINEGRAPH_LLM_MODEL; it must take a json_schema"
        raise ServerError(f"the server answers {status}: check FINEGRAPH_LLM_{cure}")
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise ServerError("the server sends a compressed answer, which was not asked for")


def _read(response: urllib3.BaseHTTPResponse, deadline: float) -> bytes:
    body = bytearray()
    while piece := response.read1(_PIECE, decode_content=False):
        body += piece
        if len(body) > LARGEST:
            raise ServerError(f"the server's answer is larger than {LARGEST} bytes")
        if time.monotonic() > deadline:
            raise ServerError("the server's answer did not end in time (FINEGRAPH_LLM_TIMEOUT)")
    return bytes(body)


def _answer(settings: Settings, body: bytes, sent: int) -> Answer:
    """Take an answer apart. Its tokens count even where it is of no use."""
    try:
        envelope = json.loads(body)
    except (ValueError, RecursionError):
        envelope = None
    usage = _table(envelope, "usage")
    tokens_in, tokens_out = _tokens(usage, "prompt_tokens", sent), _tokens(usage, "completion_tokens", len(body))
    settings.run.spend(tokens_in, tokens_out)
    choices = envelope.get("choices") if isinstance(envelope, dict) else None
    choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else None
    content = _table(choice, "message").get("content")
    finish = choice.get("finish_reason") if choice else None
    if isinstance(finish, str) and finish in _CUT:
        raise ServerError(f"the model's answer {_CUT[finish]}")
    if not isinstance(content, str):
        raise ServerError("the server's answer is no chat completion with a text")
    return Answer(content, tokens_in, tokens_out)


def _table(value: object, name: str) -> dict[str, Any]:
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _tokens(usage: dict[str, Any], name: str, most: int) -> int:
    """Return a count that the server reports; where it reports none, the bytes: there are never more tokens."""
    count = usage.get(name)
    return count if isinstance(count, int) and not isinstance(count, bool) and count >= 0 else most


@cache
def _pool() -> urllib3.PoolManager:
    """Return the connections. They know no proxy, and the system's certificate authorities with certifi's."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return urllib3.PoolManager(ssl_context=context)
