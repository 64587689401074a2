"""What those who run the service ask: is it alive, is it ready, what does it count."""

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from werkzeug.exceptions import NotFound

from graph.release import ReleaseError
from web.state import state, the_state

bp = Blueprint("operations", __name__)


@bp.get("/healthz")
def alive() -> Response:
    """Tell that the process answers."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
def ready() -> Response:
    """Tell whether queries are answered: a release is open and a worker waits; 503 with the reason otherwise."""
    try:
        here = state()
    except ReleaseError as error:
        return Response(f"{error}\n", 503, mimetype="text/plain")
    if not here.pool.ready:
        return Response("no worker has opened the release yet\n", 503, mimetype="text/plain")
    return Response(f"release {here.release.id}\n", mimetype="text/plain")


@bp.get("/metrics")
def metrics() -> Response:
    """Give the numbers, where the setting FINEGRAPH_METRICS=1 turns them on."""
    held = the_state()
    if held.metrics is None:
        raise NotFound
    held.metrics.queries.set(state().pool.busy)
    held.metrics.cache_hits.set(held.cache.hits)
    return Response(generate_latest(held.metrics.registry), content_type=CONTENT_TYPE_LATEST)
