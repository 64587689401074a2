"""The model, documented from the ontology in the release itself: classes, properties, concepts, counts, queries."""

import functools
from collections import Counter, defaultdict
from dataclasses import dataclass, field

import pyoxigraph as ox
from flask import Blueprint, Response, make_response, render_template

from ontology.identifiers import BASE, iri
from ontology.terms import PREFIXES, short
from ontology.vocabulary import NAMESPACE
from web.state import Open, state

bp = Blueprint("model", __name__)

TERMS = """SELECT ?term ?kind ?p ?o WHERE { GRAPH g:ontology {
  VALUES ?kind { owl:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty
    skos:ConceptScheme skos:Concept }
  ?term a ?kind ; ?p ?o
} } ORDER BY ?term ?p ?o"""
VERSION = "SELECT ?version WHERE { GRAPH g:ontology { ?ontology a owl:Ontology ; owl:versionInfo ?version } }"
COUNTS = """SELECT ?term ?n WHERE { GRAPH g:dataset {
  { ?part void:class ?term ; void:entities ?n } UNION { ?part void:property ?term ; void:triples ?n }
} }"""
_LINKS = ("subClassOf", "domain", "range", "domainIncludes", "rangeIncludes", "broader", "exactMatch", "closeMatch",
          "relatedMatch", "broadMatch", "seeAlso", "disjointWith")  # fmt: skip


@dataclass(slots=True)
class Term:
    """A class, property, scheme or concept as the page shows it; `count` is None where nothing is counted."""

    iri: str
    kind: str
    labels: dict[str, str] = field(default_factory=dict)
    definition: str = ""
    example: str = ""
    derived: bool = False
    links: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    schemes: list[str] = field(default_factory=list)
    count: int | None = None

    @property
    def name(self) -> str:
        """Its prefixed name."""
        return short(self.iri)

    @property
    def anchor(self) -> str:
        """Its anchor on the page: the part of the IRI behind the namespace."""
        if self.kind == "ConceptScheme":  # a scheme and a property may have one name
            return f"scheme-{self.iri.rpartition('/')[2]}"
        return anchor(self.iri)

    @property
    def query(self) -> str:
        """A query that shows how the data use it."""
        if self.kind == "Class":
            return (
                f"SELECT ?thing ?label WHERE {{\n  ?thing a {self.name} .\n"
                '  OPTIONAL { ?thing skos:prefLabel ?label FILTER(LANG(?label) IN ("en", "")) }\n'
                "} ORDER BY ?thing LIMIT 100"
            )
        graph = "GRAPH ?document " if self.count is None else ""
        return f"SELECT * WHERE {{ {graph}{{ ?subject {self.name} ?value }} }} ORDER BY ?subject LIMIT 100"


def anchor(value: str) -> str:
    """Return the anchor of one of our terms.

    >>> anchor("https://w3id.org/finegraph#Decision"), anchor("https://w3id.org/finegraph/kind/reprimand")
    ('Decision', 'kind-reprimand')
    """
    return value.removeprefix(NAMESPACE).removeprefix(BASE).replace("/", "-")


@bp.get("/model")
def page() -> str:
    """Show the vocabulary of this release."""
    return _page(state().release.id)


@functools.lru_cache(maxsize=2)
def _page(_release: str) -> str:
    """Return the page of a release, made once: releases never change."""
    here = state()
    terms = _terms(here)
    named = {kind: [term for term in terms.values() if term.kind == kind] for kind in ("Class", "ConceptScheme")}
    properties = [term for term in terms.values() if term.kind.endswith("Property")]
    return render_template(
        "model.html",
        version=next((row["version"] for row in here.select(VERSION)), None),
        classes=named["Class"],
        properties=properties,
        schemes=sorted(named["ConceptScheme"], key=lambda term: term.anchor),
        members=_members(terms),
        terms=terms,
        release=here.release,
    )


def _members(terms: dict[str, Term]) -> dict[str, list[Term]]:
    """Return the concepts of each scheme; one of several schemes stands with the smallest."""
    sizes = Counter(scheme for term in terms.values() for scheme in term.schemes)
    found: defaultdict[str, list[Term]] = defaultdict(list)
    for term in terms.values():
        if term.schemes:
            found[min(term.schemes, key=lambda scheme: (sizes[scheme], scheme))].append(term)
    return found


def _terms(here: Open) -> dict[str, Term]:
    counts = {row["term"]: int(row["n"]) for row in here.select(COUNTS) if row["n"].isdecimal()}
    terms: dict[str, Term] = {}
    for row in here.select(TERMS, languages=True):
        if "term" not in row:  # a class without a name of its own
            continue
        term = terms.setdefault(row["term"], Term(row["term"], row["kind"].rpartition("#")[2]))
        term.count = counts.get(term.iri)
        predicate, value = row["p"].replace("#", "/").rpartition("/")[2], row.get("o", "")
        if predicate in {"label", "prefLabel"}:
            term.labels[row.get("o@", "")] = value
        elif predicate == "definition" and row.get("o@") == "en":
            term.definition = value
        elif predicate == "example":
            term.example = value
        elif predicate == "derived":
            term.derived = value == "true"
        elif predicate == "inScheme":
            term.schemes += [value] if value not in term.schemes else []
        elif predicate in _LINKS and value not in term.links[predicate]:
            term.links[predicate].append(value)
    return terms


@bp.get("/model.ttl")
def turtle() -> Response:
    """Return the vocabulary of this release as Turtle."""
    quads = state().store.quads_for_pattern(None, None, None, ox.NamedNode(iri("graph", "ontology")))
    text = ox.serialize(sorted((quad.triple for quad in quads), key=str), format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    response = make_response(text or b"")
    response.headers["Content-Type"] = "text/turtle; charset=utf-8"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
