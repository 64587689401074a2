"""The data set described by itself (VoID, DCAT): what it holds and how much of it, in graph g:dataset.

Counts are of the consolidated record, the default graph; the description is no part of it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from rdflib import Namespace
from rdflib.namespace import DCTERMS, RDF, VOID

from graph import triples
from ontology import vocabulary
from ontology.identifiers import BASE, iri, slug
from ontology.terms import PREFIXES

DCAT = Namespace("http://www.w3.org/ns/dcat#")
DATASET = f"{BASE}dataset"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_DOCUMENT = iri("graph", "doc_")


def statements(lines: Iterable[str]) -> Iterator[str]:
    """Yield the description of the N-Quads given, as N-Quads."""
    facts: set[ox.Triple] = set()
    graphs: set[str] = set()
    sources = Sources()
    for quad in ox.parse("".join(lines), format=ox.RdfFormat.N_QUADS):
        if isinstance(quad.graph_name, ox.NamedNode):
            graphs.add(quad.graph_name.value)
            sources.add(quad)
        else:
            facts.add(quad.triple)
    members: defaultdict[str, set[str]] = defaultdict(set)
    properties: Counter[str] = Counter()
    for fact in facts:
        properties[fact.predicate.value] += 1
        if fact.predicate.value == str(RDF.type) and isinstance(fact.object, ox.NamedNode):
            members[fact.object.value].add(str(fact.subject))
    classes = {class_: len(things) for class_, things in members.items()}
    yield from _dataset(facts, classes, properties, documents=sum(one.startswith(_DOCUMENT) for one in graphs))
    yield from sources.statements()
    for class_, count in sorted(classes.items()):
        part = triples.Subject(_part("class", class_), iri("graph", "dataset"))
        yield from part.add(VOID["class"], triples.ref(class_)).add(VOID.entities, _count(count))
    for name, count in sorted(properties.items()):
        part = triples.Subject(_part("property", name), iri("graph", "dataset"))
        yield from part.add(VOID.property, triples.ref(name)).add(VOID.triples, _count(count))


def _dataset(
    facts: set[ox.Triple], classes: dict[str, int], properties: Counter[str], *, documents: int
) -> Iterator[str]:
    here = triples.Subject(DATASET, iri("graph", "dataset"))
    here.add(RDF.type, triples.ref(VOID.Dataset), triples.ref(DCAT.Dataset))
    here.add(DCTERMS.title, triples.text("finegraph: the knowledge graph of AI privacy enforcement", "en"))
    here.add(DCTERMS.license, triples.ref(LICENCE)).add(VOID.vocabulary, triples.ref(vocabulary.NAMESPACE))
    here.add(VOID.uriSpace, triples.text(BASE)).add(VOID.triples, _count(len(facts)))
    here.add(VOID.distinctSubjects, _count(len({str(fact.subject) for fact in facts})))
    here.add(VOID.distinctObjects, _count(len({str(fact.object) for fact in facts})))
    here.add(VOID.classes, _count(len(classes))).add(VOID.properties, _count(len(properties)))
    here.add(VOID.documents, _count(documents))
    here.add(VOID.classPartition, *(triples.ref(_part("class", one)) for one in sorted(classes)))
    here.add(VOID.propertyPartition, *(triples.ref(_part("property", one)) for one in sorted(properties)))
    return iter(here)


class Sources:
    """The sources that the documents come from: who publishes them, under which licence, how many documents."""

    def __init__(self) -> None:
        self._documents: defaultdict[str, set[str]] = defaultdict(set)
        self._stated: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)

    def add(self, quad: ox.Quad) -> None:
        """Take what a statement says of a document."""
        subject = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
        if subject.startswith(_DOCUMENT) and quad.predicate.value in {str(DCTERMS.publisher), str(DCTERMS.license)}:
            source = subject.removeprefix(_DOCUMENT).partition("_")[0]
            self._documents[source].add(subject)
            self._stated[source].add((quad.predicate.value, str(quad.object)))

    def statements(self) -> Iterator[str]:
        """Yield each source as a part of the data set."""
        for source, documents in sorted(self._documents.items()):
            name = f"{DATASET}/source/{slug(source)}"
            yield from triples.Subject(DATASET, iri("graph", "dataset")).add(DCTERMS.hasPart, triples.ref(name))
            here = triples.Subject(name, iri("graph", "dataset"))
            here.add(RDF.type, triples.ref(VOID.Dataset), triples.ref(DCAT.Dataset))
            here.add(DCTERMS.title, triples.text(source)).add(VOID.documents, _count(len(documents)))
            for predicate, value in sorted(self._stated[source]):
                here.add(predicate, value)
            yield from here


def _count(value: int) -> str:
    return triples.typed(str(value), "integer")


def _part(kind: str, term: str) -> str:
    namespace = max((ns for ns in PREFIXES.values() if term.startswith(ns)), key=len, default="")
    prefix = next((name for name, ns in PREFIXES.items() if ns == namespace), "")
    return f"{DATASET}/{kind}/{slug(f'{prefix} {term.removeprefix(namespace)}')}"
