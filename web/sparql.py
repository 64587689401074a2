"""The SPARQL endpoint, and its form for people."""

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import BadRequest, NotAcceptable, UnsupportedMediaType

from graph import sparql as language
from graph.questions import questions
from graph.sparql import RefusedError
from graph.workers import QueryError
from web.state import state

bp = Blueprint("sparql", __name__)

EXAMPLE = """SELECT ?date ?authority ?act ?kind WHERE {
  ?act fg:respondent co:clearview-ai ; fg:decidedOn ?date ; fg:authority ?authority .
  OPTIONAL { ?act fg:measure/fg:kind ?kind }
} ORDER BY STR(?date)"""
SHOWN = 1000
_ALSO = {
    "json": ("application/json",),
    "xml": ("application/xml", "text/xml"),
    "ttl": ("application/x-turtle",),
    "nt": ("text/plain",),
}


@bp.route("/sparql", methods=["GET", "POST"])
def endpoint() -> Response:
    """Answer one query in the format that the client likes best (SPARQL 1.1 Protocol, read-only)."""
    query = _query()
    if query is None:
        if _person():
            return make_response(render_template("sparql.html", query=EXAMPLE, rows=None, questions=questions()))
        raise BadRequest("no query: send ?query= or a form field query")
    if _person() and "format" not in request.values:
        return _page(query)
    name, media = negotiate(query)
    response = Response(state().pool.answer(query, name), mimetype=media)
    response.headers["Content-Type"] = media
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["X-Finegraph-Release"] = state().release.id
    response.headers["Vary"] = "Accept"
    return response


def _query() -> str | None:
    if request.method == "POST" and request.mimetype == "application/sparql-query":
        try:
            return request.get_data().decode("utf-8")
        except UnicodeDecodeError as error:
            raise BadRequest("the query is not UTF-8") from error
    if request.method == "POST" and request.mimetype != "application/x-www-form-urlencoded":
        raise UnsupportedMediaType("send a form with a field query, or application/sparql-query")
    if "update" in request.values:
        raise BadRequest("updates are refused: this endpoint is read-only")
    queries = request.values.getlist("query")
    if len(queries) > 1:
        raise BadRequest("send one query, not several")
    return queries[0] if queries else None


def _person() -> bool:
    """Tell a browser from a program: it asks for HTML by name and for nothing more."""
    wanted = dict(request.accept_mimetypes)
    return "text/html" in wanted and wanted["text/html"] >= max(wanted.values())


def negotiate(query: str) -> tuple[str, str]:
    """Return (syntax, media type): the query's form decides what is possible, then ?format=, then Accept."""
    possible = language.syntaxes(query)
    wanted = request.values.get("format")
    if wanted is not None:
        if wanted not in possible:
            raise NotAcceptable(f"format {wanted!r} is none of {', '.join(possible)} for this query")
        return wanted, possible[wanted]
    names = {media.partition(";")[0]: name for name, media in possible.items()}
    names |= {other: name for name in possible for other in _ALSO.get(name, ())}
    accept: MIMEAccept = request.accept_mimetypes
    best = accept.best_match(list(names)) if accept else next(iter(names))
    if best is None:
        raise NotAcceptable(f"send Accept with one of {', '.join(names)}")
    return names[best], possible[names[best]]


def _page(query: str) -> Response:
    """Return the form with the answer below it: a table, or Turtle."""
    try:
        if language.form(query) in {"SELECT", "ASK"}:
            body = b"".join(state().pool.answer(query, "json"))
            answer = Response(body).get_json(force=True)
            page = render_template("sparql.html", query=query, answer=answer, shown=SHOWN)
        else:
            turtle = b"".join(state().pool.answer(query, "ttl")).decode()
            page = render_template("sparql.html", query=query, turtle=turtle)
        return make_response(page)
    except (RefusedError, QueryError) as error:
        status = error.status if isinstance(error, QueryError) else 400
        return make_response(render_template("sparql.html", query=query, error=str(error)), status)
