"""The service description: what the endpoint can do, what its data set is, and its limits in words."""

import pyoxigraph as ox
from flask import Response, current_app

from graph.sparql import GRAPHS, MAX_DEPTH, MAX_LENGTH, MAX_OPERATORS
from ontology.identifiers import iri
from ontology.terms import PREFIXES
from web import service
from web.settings import Settings
from web.state import state, the_state

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle",
            "N-Triples", "N-Quads", "TriG", "RDF_XML", "JSON-LD")  # fmt: skip
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_VOID = "http://rdfs.org/ns/void#"
_COMMENT = "http://www.w3.org/2000/01/rdf-schema#comment"


def endpoint_url() -> str:
    """Return the endpoint's address as it is configured; never what a request calls it."""
    return f"{current_app.config['PUBLIC_URL']}/sparql"


def limits(settings: Settings) -> str:
    """Return the limits, in a sentence each."""
    return (
        f"Read-only. A query has at most {MAX_LENGTH:,} bytes, brackets {MAX_DEPTH} deep and {MAX_OPERATORS} "
        f"operators; it may run {settings.seconds:g} s and use {settings.memory >> 20:,} MiB. {settings.workers} "
        f"queries run at once; one waits {settings.wait:g} s for its turn, then the answer is 503 with Retry-After. "
        f"A client may use {settings.budget:g} s of query time a minute, then the answer is 429 with Retry-After. "
        f"SERVICE is refused, "
        f"FROM names graphs of this data set only. Rows are not limited; an answer that was cut ends without its last "
        f"chunk (HTTP/1.1), so that it never looks whole."
    )


def service_description(named: str | None) -> Response:
    """Return the description as RDF."""
    here, found = state(), service.wanted((named,))
    syntax = found.graph or service.refuse_all()
    sd, node = ox.NamedNode(endpoint_url() + "#service"), ox.BlankNode
    data, default = node("d"), node("g")
    facts: list[tuple[ox.NamedNode | ox.BlankNode, str, ox.NamedNode | ox.BlankNode | ox.Literal]] = [
        (sd, f"{_RDF}type", ox.NamedNode(f"{_SD}Service")),
        (sd, f"{_SD}endpoint", ox.NamedNode(endpoint_url())),
        (sd, f"{_SD}supportedLanguage", ox.NamedNode(f"{_SD}SPARQL11Query")),
        *((sd, f"{_SD}resultFormat", ox.NamedNode(_FORMATS + name)) for name in _RESULTS),
        (sd, f"{_SD}defaultDataset", data),
        (sd, _COMMENT, ox.Literal(limits(the_state().settings), language="en")),
        (data, f"{_RDF}type", ox.NamedNode(f"{_SD}Dataset")),
        (data, f"{_SD}defaultGraph", default),
        (default, f"{_RDF}type", ox.NamedNode(f"{_SD}Graph")),
        (default, f"{_VOID}triples", ox.Literal(here.release.manifest["counts"].get("default", 0))),
    ]
    if here.store.contains_named_graph(ox.NamedNode(iri("graph", "dataset"))):
        described = ox.NamedNode(f"{current_app.config['PUBLIC_URL']}/.well-known/void")
        facts.append((data, "http://www.w3.org/2000/01/rdf-schema#seeAlso", described))
    triples = [ox.Triple(subject, ox.NamedNode(predicate), value) for subject, predicate, value in facts]
    prefixes = {"sd": _SD, "fmt": _FORMATS, "void": _VOID, "rdfs": PREFIXES["rdfs"]}
    body = ox.serialize(triples, format=GRAPHS[syntax][0], prefixes=prefixes)
    response = Response(body, content_type=GRAPHS[syntax][1])
    response.headers["X-Finegraph-Release"] = here.release.id
    response.vary.add("Accept")
    return service.open_to_all(response)
