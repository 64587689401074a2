"""The data sets of the current release."""

from flask import Blueprint, Response, render_template, send_from_directory
from werkzeug.exceptions import NotFound

from graph.release import FILES
from web.state import state

bp = Blueprint("data", __name__)

_MEDIA = {".ttl": "text/turtle", ".trig": "application/trig", ".nq": "application/n-quads"}


@bp.get("/data")
def index() -> str:
    """List the files with size and checksum."""
    release = state().release
    problems = release.problems
    return render_template(
        "data.html", release=release, files=FILES, problems=problems[:200], problem_count=len(problems)
    )


@bp.get("/data/<name>")
def download(name: str) -> Response:
    """Send one file of the current release."""
    if name not in FILES:
        raise NotFound(f"there is no data set {name!r}; there are {', '.join(FILES)}")
    release = state().release
    media = _MEDIA[name[name.index(".") :]]
    response = send_from_directory(release.path.resolve(), name, mimetype=media, as_attachment=True)
    response.headers["X-Finegraph-Release"] = release.id
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
