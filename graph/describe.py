"""The data set described by itself (VoID, DCAT): what it holds and how much of it, in graph g:dataset.

Counts are of the consolidated record, the default graph; the description is no part of it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from rdflib import Namespace
from rdflib.namespace import DCTERMS, RDF, VOID

from graph import triples
from graph.lines import Parts, parts
from ontology import vocabulary
from ontology.identifiers import BASE, iri, slug
from ontology.terms import PREFIXES

DCAT = Namespace("http://www.w3.org/ns/dcat#")
DATASET = f"{BASE}dataset"
TITLE = "finegraph: the knowledge graph of AI privacy enforcement"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_DOCUMENT = iri("graph", "doc_")
_TYPE = triples.ref(RDF.type)
_OF_SOURCES = frozenset((triples.ref(DCTERMS.publisher), triples.ref(DCTERMS.license)))


def statements(lines: Iterable[str]) -> Iterator[str]:
    """Yield the description of the N-Quads given, each line once, as N-Quads."""
    graphs: set[str] = set()
    subjects: set[str] = set()
    objects: set[str] = set()
    members: defaultdict[str, set[str]] = defaultdict(set)
    properties: Counter[str] = Counter()
    sources = Sources()
    for line in lines:
        one = parts(line)
        if one.graph:
            graphs.add(one.graph)
            sources.add(one)
            continue
        subjects.add(one.subject)
        objects.add(one.object)
        properties[one.predicate] += 1
        if one.predicate == _TYPE and one.object.startswith("<"):
            members[one.object].add(one.subject)
    classes = {class_: len(things) for class_, things in members.items()}
    counts = {"triples": sum(properties.values()), "distinctSubjects": len(subjects), "distinctObjects": len(objects)}
    counts["documents"] = sum(name.startswith(f"<{_DOCUMENT}") for name in graphs)
    yield from _dataset(counts, classes, properties)
    yield from sources.statements()
    for class_, count in sorted(classes.items()):
        part = triples.Subject(_part("class", class_), iri("graph", "dataset"))
        yield from part.add(VOID["class"], class_).add(VOID.entities, _count(count))
    for name, count in sorted(properties.items()):
        part = triples.Subject(_part("property", name), iri("graph", "dataset"))
        yield from part.add(VOID.property, name).add(VOID.triples, _count(count))


def _dataset(counts: Mapping[str, int], classes: Mapping[str, int], properties: Mapping[str, int]) -> Iterator[str]:
    here = triples.Subject(DATASET, iri("graph", "dataset"))
    here.add(RDF.type, triples.ref(VOID.Dataset), triples.ref(DCAT.Dataset))
    here.add(DCTERMS.title, triples.text(TITLE, "en"))
    here.add(DCTERMS.license, triples.ref(LICENCE)).add(VOID.vocabulary, triples.ref(vocabulary.NAMESPACE))
    here.add(VOID.uriSpace, triples.text(BASE))
    for name, count in counts.items():
        here.add(VOID[name], _count(count))
    here.add(VOID.classes, _count(len(classes))).add(VOID.properties, _count(len(properties)))
    here.add(VOID.classPartition, *(triples.ref(_part("class", one)) for one in sorted(classes)))
    here.add(VOID.propertyPartition, *(triples.ref(_part("property", one)) for one in sorted(properties)))
    return iter(here)


class Sources:
    """The sources that the documents come from: who publishes them, under which licence, how many documents."""

    def __init__(self) -> None:
        self._documents: defaultdict[str, set[str]] = defaultdict(set)
        self._stated: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)

    def add(self, one: Parts) -> None:
        """Take what a statement says of a document."""
        if one.predicate in _OF_SOURCES and one.subject.startswith(f"<{_DOCUMENT}"):
            source = one.subject.removeprefix(f"<{_DOCUMENT}").partition("_")[0]
            self._documents[source].add(one.subject)
            self._stated[source].add((one.predicate.strip("<>"), one.object))

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


def _part(kind: str, written: str) -> str:
    term = written.strip("<>")
    namespace = max((ns for ns in PREFIXES.values() if term.startswith(ns)), key=len, default="")
    prefix = next((name for name, ns in PREFIXES.items() if ns == namespace), "")
    return f"{DATASET}/{kind}/{slug(f'{prefix} {term.removeprefix(namespace)}')}"
