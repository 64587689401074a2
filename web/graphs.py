"""The read side of the Graph Store Protocol, and the data set's own description at its well-known address."""

import pyoxigraph as ox
from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest, NotFound

from graph.sparql import Request
from ontology.identifiers import iri
from web import service
from web.protocol import fields
from web.state import state

bp = Blueprint("graphs", __name__)

ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
VOID = iri("graph", "dataset")


@bp.route("/graphs", methods=["GET", "OPTIONS"], provide_automatic_options=False)
def graph() -> Response:
    """Send a named graph (?graph=IRI) or the default graph (?default)."""
    if request.method == "OPTIONS":
        return service.preflight("GET, HEAD, OPTIONS")
    given = fields()
    name, default = given.one("graph"), given.one("default")
    if (name is None) == (default is None):
        raise BadRequest("send ?default for the consolidated record, or ?graph=IRI for one named graph")
    return _send(name, given.one("format"))


@bp.get("/.well-known/void")
def void() -> Response:
    """Send the description of the data set (VoID, DCAT)."""
    return _send(VOID, None)


def _send(name: str | None, named: str | None) -> Response:
    here = state()
    if name is not None and not here.store.contains_named_graph(_node(name)):
        raise NotFound(f"there is no graph {name} in this release")
    syntax = service.wanted((named,)).graph
    if syntax is None:
        service.refuse_all()
    graphs = None if name is None else (name,)
    return service.respond(here, Request(ALL, None, syntax, graphs, None if name is None else ()))


def _node(name: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(name)
    except ValueError as error:
        raise BadRequest(f"the graph's name is no absolute IRI: {name}") from error
