"""SHACL: the shapes of the ontology on a graph, with messages that a person understands."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pyshacl
from rdflib import Graph
from rdflib.namespace import SH

import ontology

SHAPES = Path(ontology.__file__).parent / "shapes.ttl"


@dataclass(frozen=True, slots=True)
class Broken:
    """One shape that a graph breaks, at one node."""

    node: str
    path: str
    value: str
    message: str

    def __str__(self) -> str:
        value = f" (value {self.value})" if self.value else ""
        return f"<{self.node}> {self.path}: {self.message}{value}"


def validate(triples: Iterable[ox.Triple] | Graph) -> list[Broken]:
    """Return what a graph breaks, sorted; an empty list means that it conforms."""
    graph = triples if isinstance(triples, Graph) else _graph(triples)
    shapes = Graph().parse(SHAPES, format="turtle")
    conforms, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none", advanced=False)
    if conforms:
        return []
    if not isinstance(report, Graph):
        raise TypeError(f"the validator failed: {report}")
    found = [
        Broken(
            str(report.value(result, SH.focusNode)),
            str(report.value(result, SH.resultPath) or "").rpartition("#")[2],
            str(report.value(result, SH.value) or ""),
            str(report.value(result, SH.resultMessage)),
        )
        for result in report.objects(None, SH.result)
    ]
    return sorted(found, key=str)


def _graph(triples: Iterable[ox.Triple]) -> Graph:
    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    return Graph().parse(data=text or b"", format="nt")
