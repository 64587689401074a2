"""One way from a query to its answer: the cache, the client's share, the pool; and the response that carries it."""

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack
from typing import NoReturn

from flask import Response, request
from werkzeug.exceptions import NotAcceptable

from graph.sparql import Kind, Request, UnacceptableError
from graph.workers import Answer, QueryError
from web.negotiation import Wanted, by_accept, by_name
from web.state import Open, the_state

JOB = "X-Finegraph-Job"
EXPOSED = "ETag, Retry-After, X-Finegraph-Release, X-Finegraph-Truncated"


def wanted(formats: tuple[str | None, ...]) -> Wanted:
    """Return the syntaxes that the request asks for: the first format named, else its Accept header."""
    named = next((one for one in formats if one), None)
    found = by_name(named) if named else by_accept(request.accept_mimetypes)
    if found == Wanted(None, None):
        refuse_all()
    return found


def refuse_all() -> NoReturn:
    """Say which media types there are."""
    raise NotAcceptable(
        "none of what you accept can be had; rows come as JSON, XML, CSV and TSV (application/sparql-results+json, …), "
        "triples as Turtle, N-Triples, JSON-LD, RDF/XML, TriG and N-Quads (text/turtle, …)"
    )


def answer(here: Open, query: Request, *, name: str | None = None) -> Answer:
    """Return the answer of a query for the client of the current request, from the cache where it is there."""
    held = the_state()
    client = request.remote_addr or ""
    gone = request.environ.get("waitress.client_disconnected")

    def ask() -> Answer:
        with ExitStack() as place:
            place.enter_context(held.budget.place(client, held.settings.wait))
            found = here.pool.answer(query, name=name, gone=gone, spent=lambda time: held.spent(client, time))
            return Answer(found.kind, _holding(found.chunks, place.pop_all()))

    try:
        return held.cache.answer(tag(here, query), ask)
    except UnacceptableError as error:
        raise NotAcceptable(f"the answer of this query comes as {error}") from error


def _holding(chunks: Iterator[bytes], place: ExitStack) -> Iterator[bytes]:
    with place:
        yield from chunks


def tag(here: Open, query: Request) -> str:
    """Return what names an answer: equal for equal queries in an equal syntax to an equal release."""
    return hashlib.sha256(repr((here.release.id, query)).encode()).hexdigest()[:32]


def respond(here: Open, query: Request, *, name: str | None = None) -> Response:
    """Return the response to a query: streamed, named by its ETag, 304 where the client has it already."""
    etag = tag(here, query)
    if any(etag == known.partition(":")[0] for known in request.if_none_match.as_set(include_weak=True)):
        response = Response(status=304)
    else:
        found = answer(here, query, name=name)
        response = Response(_body(found), content_type=found.kind.media)
        _mark(response, found.kind, query)
    response.set_etag(etag)
    response.cache_control.public = True
    response.cache_control.no_cache = True  # keep it, and ask each time whether the release is still the same
    response.vary.add("Accept")
    response.headers["X-Finegraph-Release"] = here.release.id
    return open_to_all(response)


def _mark(response: Response, kind: Kind, query: Request) -> None:
    if kind.truncated:
        response.headers["X-Finegraph-Truncated"] = f"rows={query.rows}"


def _body(found: Answer) -> bytes | Iterator[bytes]:
    """Return what is there whole, with its length; else the chunks as they come.

    HTTP/1.0 has no chunks, and its clients cannot tell a cut answer from a whole one: they get it whole, or none.
    """
    if found.whole:
        return b"".join(found.chunks)
    if request.environ.get("SERVER_PROTOCOL") != "HTTP/1.0":
        return found.chunks
    held, size = [], 0
    for chunk in found.chunks:
        held.append(chunk)
        size += len(chunk)
        if size > the_state().settings.cache:
            raise QueryError("an answer this long is sent to HTTP/1.1 clients only", 413)
    return b"".join(held)


def open_to_all(response: Response) -> Response:
    """Let pages of other sites read it: all that is here is public."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    return response


def preflight(methods: str) -> Response:
    """Answer what a browser asks before a request from another site."""
    response = open_to_all(Response(status=204))
    response.headers["Allow"] = response.headers["Access-Control-Allow-Methods"] = methods
    response.headers["Access-Control-Allow-Headers"] = f"Accept, Content-Type, If-None-Match, {JOB}"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response
