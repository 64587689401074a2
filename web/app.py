"""The factory: settings, security headers, and one shape for errors."""

import json
from pathlib import Path

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException

from graph.release import ReleaseError
from graph.sparql import RefusedError
from graph.workers import Limits, QueryError
from ontology.terms import short
from web import data, entities, model, network, pages, sparql
from web.state import State

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def create_app(store: Path, workers: int = 2, limits: Limits | None = None) -> Flask:
    """Return the application over a store directory; nothing is read before the first request."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 1 << 20
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["finegraph"] = State(store, workers, limits)
    for part in (pages, sparql, entities, network, model, data):
        app.register_blueprint(part.bp)
    app.jinja_env.filters["safe_link"] = entities.safe_link
    app.jinja_env.filters["path_of"] = entities.path_of
    app.jinja_env.filters["short"] = short
    app.after_request(_headers)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(QueryError, lambda error: _problem(error.status, str(error)))
    app.register_error_handler(RefusedError, lambda error: _problem(400, str(error)))
    app.register_error_handler(ReleaseError, lambda error: _problem(503, str(error)))
    app.register_error_handler(Exception, _our_fault)
    return app


def _headers(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = CSP
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _http_error(error: HTTPException) -> Response:
    return _problem(error.code or 500, error.description or error.name)


def _our_fault(error: Exception) -> Response:
    current_app.logger.error("unexpected error", exc_info=error)
    return _problem(500, "something went wrong on our side; it has been logged")


def _problem(status: int, detail: str) -> Response:
    """Return an error as a page for people and as problem+json for programs."""
    if "text/html" in request.accept_mimetypes.values():
        return Response(render_template("error.html", status=status, detail=detail), status, mimetype="text/html")
    body = json.dumps({"title": "error", "status": status, "detail": detail}, ensure_ascii=False)
    response = Response(body, status, mimetype="application/problem+json")
    if status == 503:
        response.headers["Retry-After"] = "5"
    return response
