"""One query to an endpoint over SPARQLWrapper, the only file that knows this hardly maintained library.

It writes the request (SPARQL 1.1 Protocol, POST, JSON asked for) and names some refusals; the answer is read and
checked here, since its own conversion neither limits nor checks what it reads.
"""

import http.client
import json
import ssl
import urllib.error
from typing import Any
from urllib.parse import urlsplit

from SPARQLWrapper import JSON, POST, SPARQLExceptions, SPARQLWrapper

from loaders.fetch.errors import FetchError

Binding = dict[str, dict[str, str]]
"""One solution of the SPARQL 1.1 Query Results JSON Format: variable -> {type, value, xml:lang, datatype}."""
LIMIT = 64 * 1024 * 1024
"""Bytes of the largest answer that is read."""
_PASSING = {408, 425, 429, 502, 503, 504}
_HALF = "S1TAT"  # how Virtuoso marks what it had when its time was up
_WORDS = 200


class PassingError(FetchError):
    """A fault that may pass; `retry_after` is the header of that name, None where there is none."""

    def __init__(self, words: str, retry_after: str | None = None) -> None:
        super().__init__(words)
        self.retry_after = retry_after


def ask(endpoint: str, query: str, agent: str, timeout: int) -> list[Binding]:
    """Return the solutions of a SELECT query; `timeout` is in seconds, between two pieces of the answer.

    Raises PassingError where another try may help, else FetchError.
    """
    if urlsplit(endpoint).scheme not in {"http", "https"} or not urlsplit(endpoint).hostname:
        raise FetchError(f"{endpoint!r} is no http:// or https:// address of an endpoint")
    wrapper = SPARQLWrapper(endpoint, returnFormat=JSON, agent=agent)
    wrapper.setMethod(POST)  # a batch of keys is too long for an address
    wrapper.setOnlyConneg(onlyConneg=True)
    wrapper.setTimeout(timeout)
    wrapper.setQuery(query)
    try:
        with wrapper.query().response as response:
            if response.headers.get("X-SQL-State") == _HALF:
                raise PassingError("gives a part of the answer, for it ran out of time")
            return _solutions(response.read(LIMIT + 1))
    except SPARQLExceptions.EndPointInternalError as error:
        raise PassingError(f"answers 500 (too heavy a query, or a fault of its own): {_short(error)}") from error
    except SPARQLExceptions.SPARQLWrapperException as error:
        raise FetchError(f"{endpoint} refuses the query: {_short(error)}") from error
    except urllib.error.HTTPError as error:
        with error:
            raise _refused(endpoint, error) from error
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, ssl.SSLError):
            raise FetchError(f"{endpoint}: its certificate is not to be trusted ({reason})") from error
        raise PassingError(f"cannot be reached ({reason or type(error).__name__})") from error


def _refused(endpoint: str, error: urllib.error.HTTPError) -> FetchError:
    if error.code in _PASSING:
        return PassingError(f"answers {error.code}", error.headers.get("Retry-After"))
    return FetchError(f"{endpoint} answers {error.code}; check the address, and that it lets you ask")


def _solutions(content: bytes) -> list[Binding]:
    if len(content) > LIMIT:
        raise FetchError(f"the answer has over {LIMIT:,} bytes; ask for less with --page-size")
    try:
        return solutions(json.loads(content))
    except ValueError as error:
        raise PassingError(f"answers with something else than whole SPARQL results in JSON ({error})") from error


def solutions(answer: Any) -> list[Binding]:  # noqa: ANN401 - JSON has any shape
    """Return the solutions in SPARQL results; raise ValueError where the JSON is something else."""
    try:
        found: list[Binding] = answer["results"]["bindings"]
        whole = all(isinstance(term["value"], str) and term["type"] for one in found for term in one.values())
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError("no results.bindings of typed values") from error
    if not whole:
        raise ValueError("a value is no text")
    return found


def _short(error: Exception) -> str:
    """Return what an error says, in one line of bounded length: endpoints answer whole pages."""
    words = " ".join(str(error).split())
    return words if len(words) <= _WORDS else f"{words[:_WORDS]}…"
