"""The factory: settings, security headers, and one shape for errors."""

import json
from pathlib import Path

from flask import Flask, Response, current_app, render_template, request
from flask_compress import Compress
from werkzeug.exceptions import HTTPException

from graph.release import ReleaseError
from graph.sparql import GRAPHS, RESULTS, RefusedError
from graph.workers import QueryError
from ontology.terms import short
from web import data, entities, graphs, model, network, operations, pages, service, sparql
from web.access import Access
from web.budget import SpentError
from web.negotiation import UnknownFormatError
from web.settings import Settings
from web.state import State

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
LOCAL = "http://127.0.0.1:5000"
_PAGES = ("text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml", "application/json")


def create_app(store: Path, settings: Settings | None = None) -> Flask:
    """Return the application over a store directory; nothing is read before the first request."""
    settings = settings or Settings()
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = settings.body
    app.config["MAX_FORM_PARTS"] = 100
    app.config["PUBLIC_URL"] = settings.public_url.rstrip("/") or LOCAL
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    held = app.extensions["finegraph"] = State(store, settings)
    for part in (pages, sparql, graphs, entities, network, model, data, operations):
        app.register_blueprint(part.bp)
    app.jinja_env.filters["safe_link"] = entities.safe_link
    app.jinja_env.filters["path_of"] = entities.path_of
    app.jinja_env.filters["short"] = short
    app.jinja_env.globals["seconds"] = f"{settings.seconds:g}"
    _compress(app)
    app.after_request(_headers)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(QueryError, lambda error: _problem(error.status, str(error)))
    app.register_error_handler(SpentError, lambda error: _problem(429, str(error), retry=error.retry))
    app.register_error_handler(UnknownFormatError, lambda error: _problem(406, str(error)))
    app.register_error_handler(RefusedError, _refused)
    app.register_error_handler(ReleaseError, lambda error: _problem(503, str(error)))
    app.register_error_handler(Exception, _our_fault)
    app.wsgi_app = Access(app.wsgi_app, queries=settings.log_queries, metrics=held.metrics)  # type: ignore[method-assign]
    return app


def _compress(app: Flask) -> None:
    """Compress what a client takes compressed, streams as they come."""
    medias = [media.partition(";")[0] for _, media in (*RESULTS.values(), *GRAPHS.values())]
    app.config["COMPRESS_MIMETYPES"] = [*medias, *_PAGES]
    app.config["COMPRESS_ALGORITHM"] = app.config["COMPRESS_ALGORITHM_STREAMING"] = ["zstd", "gzip"]
    Compress(app)


def _headers(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = CSP
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    return response


def _http_error(error: HTTPException) -> Response:
    response = _problem(error.code or 500, error.description or error.name)
    if valid := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(valid)
    return response


def _refused(error: RefusedError) -> Response:
    return _problem(400, str(error), line=error.line, column=error.column)


def _our_fault(error: Exception) -> Response:
    current_app.logger.error("unexpected error", exc_info=error)
    return _problem(500, "something went wrong on our side; it has been logged")


def _problem(
    status: int, detail: str, *, retry: int = 5, line: int | None = None, column: int | None = None
) -> Response:
    """Return an error as a page for people and as problem+json (RFC 9457) for programs."""
    if "text/html" in request.accept_mimetypes.values():
        response = Response(render_template("error.html", status=status, detail=detail), status, mimetype="text/html")
    else:
        place = {} if line is None else {"line": line, "column": column}
        body = {"type": "about:blank", "title": _TITLES.get(status, "error"), "status": status, "detail": detail}
        text = json.dumps(body | place, ensure_ascii=False)
        response = Response(text, status, mimetype="application/problem+json")
    if status in {429, 503}:
        response.headers["Retry-After"] = str(retry)
    return service.open_to_all(response)


_TITLES = {
    400: "the request cannot be understood",
    404: "not found",
    405: "not allowed here",
    406: "no such format",
    413: "too large",
    415: "unknown kind of body",
    429: "too much query time used",
    500: "our fault",
    503: "no answer just now",
}
