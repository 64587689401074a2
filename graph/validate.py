"""SHACL: the shapes of the ontology on a graph or a file, with messages that a person understands."""

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox
import pyshacl
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

import ontology
from graph import rdf
from ontology import vocabulary
from ontology.identifiers import iri, split
from ontology.registry import RegistryError, registry
from ontology.terms import FG, PREFIXES

SHAPES = Path(ontology.__file__).parent / "shapes.ttl"
_CLASSES = {
    "regulator": FG.Regulator,
    "court": FG.Court,
    "org": FG.Organisation,
    "system": FG.AISystem,
    "law": FG.Law,
}


@dataclass(frozen=True, slots=True)
class Broken:
    """One shape that a graph breaks, at one node; `line` is where a file says it, 0 where that is not known."""

    node: str
    path: str
    value: str
    message: str
    line: int = 0

    def __str__(self) -> str:
        about = " ".join(part for part in (_short(self.node), _short(self.path)) if part)
        value = f" (it says {_short(self.value)})" if self.value else ""
        return f"{about}: {self.message}{value}"


def _short(name: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if name.startswith(namespace):
            return f"{prefix}:{name.removeprefix(namespace)}"
    return f"<{name}>" if name.startswith(("http://", "https://")) else name


def validate(triples: Iterable[ox.Triple] | Graph) -> list[Broken]:
    """Return what a graph breaks, sorted; an empty list means that it conforms.

    Things of the reference tables count as known where a graph only points at them.
    """
    graph = triples if isinstance(triples, Graph) else _graph(triples)
    known = dict(_referenced(graph))
    for name, class_ in known.items():
        graph.add((URIRef(name), RDF.type, class_))
    for path in vocabulary.FILES:
        graph += _turtle(path)
    conforms, report, _ = pyshacl.validate(
        graph, shacl_graph=_turtle(SHAPES), inference="none", advanced=False, inplace=True
    )
    if conforms:
        return []
    if not isinstance(report, Graph):
        raise TypeError(f"the validator failed: {report}")
    found = (
        Broken(
            str(report.value(result, SH.focusNode)),
            str(report.value(result, SH.resultPath) or ""),
            _value(report.value(result, SH.value), report.value(result, SH.focusNode)),
            str(report.value(result, SH.resultMessage)),
        )
        for result in report.objects(None, SH.result)
    )
    return sorted({one for one in found if one.node not in known}, key=str)


def of_release(store: ox.Store) -> Iterator[ox.Triple]:
    """Yield the statements of a release that the shapes speak of: the consolidated record, provenance, matches."""
    yield from (quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    for name in ("prov", "match"):
        graph = ox.NamedNode(iri("graph", name))
        yield from (quad.triple for quad in store.quads_for_pattern(None, None, None, graph))


def validate_file(path: Path) -> list[Broken]:
    """Return what an RDF file breaks, each with its line, in the order of the file.

    All its graphs are checked together. Raises RdfError where it is no RDF.
    """
    lines: dict[tuple[str, ...], int] = {}
    triples = []
    for line, quad in rdf.numbered(path):
        triples.append(quad.triple)
        subject, predicate, value = (_text(term) for term in (quad.subject, quad.predicate, quad.object))
        for key in ((subject, predicate, value), (subject, predicate), (subject,)):
            lines.setdefault(key, line)
    found = [replace(one, line=_line(one, lines)) for one in validate(triples)]
    return sorted(found, key=lambda one: (one.line, str(one)))


@functools.cache
def _turtle(path: Path) -> Graph:
    return Graph().parse(path, format="turtle")


def _line(one: Broken, lines: dict[tuple[str, ...], int]) -> int:
    for key in ((one.node, one.path, one.value), (one.node, one.path), (one.node,)):
        if key in lines:
            return lines[key]
    return 0


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def _value(value: Node | None, focus: Node | None) -> str:
    return "" if value is None or value == focus else str(value)


def _graph(triples: Iterable[ox.Triple]) -> Graph:
    graph = Graph()
    for triple in triples:
        graph.add((_node(triple.subject), URIRef(triple.predicate.value), _node(triple.object)))
    return graph


def _node(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    if isinstance(term, ox.Literal):
        language = term.language
        return Literal(term.value, lang=language) if language else Literal(term.value, datatype=term.datatype.value)
    if isinstance(term, ox.Triple):
        raise rdf.RdfError(f"{term}: a quoted triple; the shapes do not speak of these")
    return URIRef(term.value) if isinstance(term, ox.NamedNode) else BNode(term.value)


def _referenced(graph: Graph) -> Iterator[tuple[str, URIRef]]:
    """Yield (IRI, class) of the things of the reference tables that a graph points at and does not describe."""
    names = registry()
    known: dict[str, Iterable[str]] = {
        "regulator": names.authorities,
        "court": names.authorities,
        "org": names.organisations,
        "system": names.systems,
        "law": names.laws,
    }
    described = {str(subject) for subject in graph.subjects(RDF.type)}
    for node in {str(target) for target in graph.objects() if isinstance(target, URIRef)} - described:
        type_, local = split(node) or ("", "")
        if local in known.get(type_, ()):
            yield node, _CLASSES[type_]
        elif type_ == "law" and _is_provision(local):
            yield node, FG.Provision


def _is_provision(name: str) -> bool:
    try:
        registry().provision_of(name)
    except RegistryError:
        return False
    return True
