"""One page for every thing, as HTML or Turtle."""

from collections import defaultdict
from urllib.parse import urlsplit

import pyoxigraph as ox
from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirect

from ontology.identifiers import BASE, IdentifierError, iri, split
from ontology.terms import FG, PREFIXES
from ontology.vocabulary import NAMESPACE
from web.state import Open, state

bp = Blueprint("entities", __name__)

_LABEL = """OPTIONAL { ?node skos:prefLabel|schema:headline ?l1 FILTER(LANG(?l1) IN ("en", "")) }
  OPTIONAL { ?node skos:prefLabel ?l2 }
  OPTIONAL { GRAPH g:ontology { ?node skos:prefLabel|rdfs:label ?l3 FILTER(LANG(?l3) = "en") } }"""
OUT = f"""SELECT ?p ?node (SAMPLE(COALESCE(?l1, ?l3, ?l2)) AS ?label) (SAMPLE(?pl) AS ?property) WHERE {{
  ?this ?p ?node . {_LABEL}
  OPTIONAL {{ GRAPH g:ontology {{ ?p rdfs:label ?pl FILTER(LANG(?pl) = "en") }} }}
}} GROUP BY ?p ?node ORDER BY ?p ?node"""
IN = f"""SELECT ?p ?node (SAMPLE(COALESCE(?l1, ?l3, ?l2)) AS ?label) (SAMPLE(?pl) AS ?property)
  (SAMPLE(STR(?d)) AS ?date) WHERE {{
  ?node ?p ?this . {_LABEL} OPTIONAL {{ ?node fg:decidedOn ?d }}
  OPTIONAL {{ GRAPH g:ontology {{ ?p rdfs:label ?pl FILTER(LANG(?pl) = "en") }} }}
}} GROUP BY ?p ?node ORDER BY ?p DESC(?date) ?node LIMIT 500"""
SOURCES = """SELECT DISTINCT ?graph ?title ?url ?tier ?when WHERE {
  { GRAPH ?graph { ?this ?p ?o } } UNION { GRAPH ?graph { ?s fg:respondent|fg:target|fg:about ?this } }
  GRAPH g:prov { ?graph dct:title ?title ; fg:tier ?tier .
    OPTIONAL { ?graph prov:hadPrimarySource ?url } OPTIONAL { ?graph prov:generatedAtTime ?when } }
} ORDER BY ?tier ?graph LIMIT 200"""
# What properties of other vocabularies mean here, in the order in which a page shows them; ours follow by name.
_WORDS = {
    "prefLabel": "name",
    "altLabel": "also known as",
    "hiddenLabel": "described in the press as",
    "notation": "short name",
    "identifier": "identifier",
    "type": "kind of thing",
    "definition": "definition",
    "title": "heading",
    "description": "summary",
    "headline": "headline",
    "datePublished": "published",
    "number": "number",
    "is_part_of": "part of",
    "subOrganizationOf": "part of",
    "replaces": "took over from",
    "url": "address",
    "leiCode": "Legal Entity Identifier",
    "exactMatch": "same as",
    "closeMatch": "close to",
    "relatedMatch": "related to",
}
_LAST = {"source": "source"}
CONCEPT = "SELECT ?scheme WHERE { GRAPH g:ontology { ?this skos:inScheme ?scheme } }"
SCHEMES = frozenset(("kind", "status", "technology", "purpose", "data", "sector"))
MOVED = "SELECT ?new WHERE { ?this dct:isReplacedBy ?new }"


def safe_link(value: str) -> str | None:
    """Return an address that may stand in a link, None for any other scheme."""
    try:
        return value if urlsplit(value).scheme in {"http", "https"} else None
    except ValueError:  # "http://[": some texts only look like addresses
        return None


def path_of(value: str) -> str | None:
    """Return the path of one of our things or terms, None for other IRIs.

    >>> path_of("https://w3id.org/finegraph/org/openai"), path_of("https://w3id.org/finegraph#Decision")
    ('/id/org/openai', '/model#Decision')
    """
    if value.startswith(NAMESPACE):
        return f"/model#{value.removeprefix(NAMESPACE)}"
    parts = split(value)
    if parts is None:
        return None
    return f"/model#{parts[0]}-{parts[1]}" if parts[0] in SCHEMES else f"/id/{parts[0]}/{parts[1]}"


@bp.get("/id/<type_>/<slug>")
def entity(type_: str, slug: str) -> Response | Redirect:
    """Show a thing; the suffix .ttl or an Accept header asks for Turtle."""
    name, _, suffix = slug.partition(".")
    here = state()
    try:
        this = iri(type_, name)
    except IdentifierError as error:
        raise NotFound(f"there is no {type_} {name!r} here") from error
    if type_ in SCHEMES:
        if not here.select(CONCEPT, {"this": this}):
            raise NotFound(f"there is no {type_} {name!r} in this release")
        return redirect("/model.ttl" if suffix == "ttl" or _wants_turtle() else path_of(this) or "", 303)
    successors = (path_of(row.get("new", "")) for row in here.select(MOVED, {"this": this}))
    if moved := next((path for path in successors if path not in {None, path_of(this)}), None):
        return redirect(f"{moved}.{suffix}" if suffix else moved, 301)
    facts = here.select(OUT, {"this": this}, languages=True)
    if suffix not in {"", "ttl", "html"} or not facts:
        raise NotFound(f"there is no {type_} {slug!r} in this release")
    if suffix == "ttl" or (not suffix and _wants_turtle()):
        response = make_response(_turtle(here, this))
        response.headers["Content-Type"] = "text/turtle; charset=utf-8"
    else:
        response = make_response(
            render_template(
                "entity.html",
                this=this,
                label=_label(facts, name),
                type=type_,
                name=name,
                facts=_grouped(facts),
                linked=any(row["p"] == str(FG.degree) for row in facts),
                incoming=_readable(here.select(IN, {"this": this})),
                sources=here.select(SOURCES, {"this": this}),
            )
        )
    response.headers["Vary"] = "Accept"
    return response


def _wants_turtle() -> bool:
    return request.accept_mimetypes.best_match(["text/html", "text/turtle"], "text/html") == "text/turtle"


def _turtle(here: Open, this: str) -> bytes:
    node = ox.NamedNode(this)
    facts = [quad.triple for quad in here.store.quads_for_pattern(node, None, None, ox.DefaultGraph())]
    facts += [quad.triple for quad in here.store.quads_for_pattern(None, None, node, ox.DefaultGraph())]
    ordered = sorted(facts, key=str)
    return ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""


def _label(facts: list[dict[str, str]], name: str) -> str:
    """Return the English label, else the one without a language, else any."""
    labels = [row for row in facts if row["p"].endswith(("#prefLabel", "/headline", "#claimText"))]
    labels.sort(key=lambda row: ("en", "").index(row["node@"]) if row.get("node@") in {"en", ""} else 2)
    return labels[0]["node"] if labels else name


def _grouped(facts: list[dict[str, str]]) -> list[tuple[str, list[dict[str, str]]]]:
    """Return (words for a property, its values) pairs: names first, sources last."""
    groups: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in facts:
        local = row["p"].replace("#", "/").rpartition("/")[2]
        foreign = "" if row["p"].startswith(NAMESPACE) else _WORDS.get(local, _LAST.get(local, local))
        groups[foreign or row.get("property") or local].append(row)
    order = [*_WORDS.values()]
    last = [*_LAST.values()]
    return sorted(
        groups.items(),
        key=lambda group: (group[0] in last, order.index(group[0]) if group[0] in order else len(order), group[0]),
    )


def _readable(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    for row in rows:
        row["property"] = row.get("property") or row["p"].removeprefix(BASE).replace("#", "/").rpartition("/")[2]
    return rows
