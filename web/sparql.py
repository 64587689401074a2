"""The SPARQL endpoint: the protocol for programs, a form with a table for people."""

import json
from collections.abc import Generator, Iterator

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.exceptions import BadRequest, NotFound

from graph.questions import questions
from graph.sparql import RefusedError, Request
from graph.workers import QueryError
from web import description, service
from web.negotiation import Wanted
from web.protocol import Fields, fields
from web.state import Open, state

bp = Blueprint("sparql", __name__)

EXAMPLE = """SELECT ?date ?authority ?act ?kind WHERE {
  ?act fg:respondent co:clearview-ai ; fg:decidedOn ?date ; fg:authority ?authority .
  OPTIONAL { ?act fg:measure/fg:kind ?kind }
} ORDER BY STR(?date)"""
SHOWN = 1000
MOST_ROWS = 10_000
MOST_TEXT = 200_000


@bp.route("/sparql", methods=["GET", "POST", "OPTIONS"], provide_automatic_options=False)
@bp.route("/sparql.<suffix>", methods=["GET", "POST", "OPTIONS"], provide_automatic_options=False)
def endpoint(suffix: str | None = None) -> Response:
    """Answer one query in the format that the client likes best (SPARQL 1.1 Protocol, read-only)."""
    if request.method == "OPTIONS":
        return service.preflight("GET, HEAD, POST, OPTIONS")
    given = fields()
    text, named = given.one("query"), next(iter(given.all("format") + given.all("output")), suffix)
    person = _person() and not named
    if text is None:
        if request.method == "POST":
            raise BadRequest("no query: send a form field query, or a body of application/sparql-query")
        if person:
            return make_response(render_template("sparql.html", query=EXAMPLE, questions=questions()))
        return description.service_description(named)
    if person:
        return _page(state(), text, given)
    here = state()
    job = given.one("job") or request.headers.get(service.JOB)
    return service.respond(here, _request(text, given, service.wanted((named,))), name=job)


@bp.delete("/sparql/jobs/<name>")
def cancel(name: str) -> Response:
    """End the query that its client named so (field `job`, or header X-Finegraph-Job)."""
    if not state().pool.cancel(name):
        raise NotFound("no query of this name is under way")
    return service.open_to_all(Response(status=204))


@bp.route("/sparql/jobs/<name>", methods=["OPTIONS"], provide_automatic_options=False)
def may_cancel(name: str) -> Response:  # noqa: ARG001 - of the address
    """Let pages of other sites cancel their own queries."""
    return service.preflight("DELETE, OPTIONS")


def _request(text: str, given: Fields, wanted: Wanted) -> Request:
    default, named = given.graphs()
    rows = given.one("rows")
    if rows is not None and (not rows.isdecimal() or not 0 < int(rows) <= MOST_ROWS or wanted.results != "json"):
        raise BadRequest(f"rows is a number up to {MOST_ROWS:,} and goes with JSON; elsewhere write LIMIT in the query")
    base = description.endpoint_url()
    return Request(text, wanted.results, wanted.graph, default, named, base, int(rows) if rows else None)


def _person() -> bool:
    """Tell a browser from a program: it asks for HTML by name and for nothing more."""
    wanted = dict(request.accept_mimetypes)
    return "text/html" in wanted and wanted["text/html"] >= max(wanted.values())


def _page(here: Open, text: str, given: Fields) -> Response:
    """Return the form with the answer below it: the first rows as a table, or the start of the Turtle."""
    default, named = given.graphs()
    asked = Request(text, "json", "ttl", default, named, description.endpoint_url(), SHOWN)
    links = [("query", text), *((key, value) for key, value in given.pairs if key.endswith("-graph-uri"))]
    try:
        found = service.answer(here, asked)
        if found.kind.syntax == "json":
            body = json.loads(b"".join(found.chunks))
            page = render_template("sparql.html", query=text, answer=body, cut=found.kind.truncated, links=links)
        else:
            turtle, cut = _start(found.chunks)
            page = render_template("sparql.html", query=text, turtle=turtle, cut=cut, links=links)
        return make_response(page)
    except (RefusedError, QueryError) as error:
        status = error.status if isinstance(error, QueryError) else 400
        return make_response(render_template("sparql.html", query=text, error=str(error)), status)


def _start(chunks: Iterator[bytes]) -> tuple[str, bool]:
    """Return the first 200 kB of a text, and whether there is more; then its worker is free."""
    held = b""
    for chunk in chunks:
        held += chunk
        if len(held) > MOST_TEXT:
            if isinstance(chunks, Generator):
                chunks.close()
            return held[:MOST_TEXT].decode(errors="ignore").rpartition("\n")[0], True
    return held.decode(), False
