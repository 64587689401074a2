"""What changed between two releases: each property of an act, measure or case with its old and its new value."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import pyoxigraph as ox
from rdflib.namespace import PROV

from ontology.identifiers import iri
from ontology.records import TIERS
from ontology.terms import FG, PREFIXES, short

_KEPT = ("dec", "rul", "mea", "case")
_PROV_GRAPH = ox.NamedNode(iri("graph", "prov"))


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One property of a thing. Old is empty where it is new, new where it is gone; `source` says who states it."""

    subject: str
    property: str
    old: str
    new: str
    source: str


@dataclass(frozen=True, slots=True)
class State:
    """The values of acts, measures and cases in one release, and the sources of the acts."""

    values: dict[str, dict[str, tuple[str, ...]]]
    sources: dict[str, str]


def state(quads: Iterable[ox.Quad]) -> State:
    """Return what a release says, from its quads."""
    values: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    documents: dict[str, str] = {}
    addresses: dict[str, str] = {}
    tiers: dict[str, int] = {}
    namespaces = tuple(PREFIXES[one] for one in _KEPT)
    for quad in quads:
        subject = str(getattr(quad.subject, "value", ""))
        if quad.graph_name == _PROV_GRAPH:
            if quad.predicate.value == str(FG.recordOf):
                documents[subject] = str(getattr(quad.object, "value", ""))
            elif quad.predicate.value == str(FG.tier):
                tiers[subject] = TIERS.index(str(getattr(quad.object, "value", "")).rpartition("/")[2])
            elif quad.predicate.value == str(PROV.hadPrimarySource):
                addresses[subject] = str(getattr(quad.object, "value", ""))
        elif isinstance(quad.graph_name, ox.DefaultGraph) and subject.startswith(namespaces):
            values[subject][quad.predicate.value].add(_words(quad.object))
    sources: dict[str, str] = {}
    for document, act in sorted(documents.items(), key=lambda one: (tiers.get(one[0], len(TIERS)), one)):
        if document in addresses:
            sources.setdefault(act, addresses[document])
    return State(
        {subject: {name: tuple(sorted(said)) for name, said in own.items()} for subject, own in values.items()},
        sources,
    )


def _words(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return short(term.value)
    if isinstance(term, ox.Literal):
        return f"{term.value}@{term.language}" if term.language else term.value
    return ""


def changes(old: State, new: State) -> Iterator[Change]:
    """Yield each difference, sorted. A thing that is new or gone is one line, with its title."""
    for subject in sorted(old.values.keys() | new.values.keys()):
        before, after = old.values.get(subject, {}), new.values.get(subject, {})
        source = new.sources.get(subject) or old.sources.get(subject, "")
        if not before or not after:
            was, now = (" | ".join(one.get(_TITLE, one.get(str(FG.kind), ()))) for one in (before, after))
            yield Change(short(subject), "gone" if before else "new", was, now, source)
            continue
        for name in sorted(before.keys() | after.keys()):
            if before.get(name) != after.get(name):
                was, now = (" | ".join(one.get(name, ())) for one in (before, after))
                yield Change(short(subject), short(name), was, now, source)


_TITLE = f"{PREFIXES['skos']}prefLabel"
HEAD = [field.name for field in fields(Change)]


def lines(found: Iterable[Change]) -> list[list[str]]:
    """Return changes as rows of a table, with a head."""
    return [HEAD, *(list(astuple(one)) for one in found)]


def of_file(path: Path) -> State:
    """Return the state that an N-Quads or TriG file of a release holds."""
    format_ = ox.RdfFormat.TRIG if path.suffix == ".trig" else ox.RdfFormat.N_QUADS
    return state(ox.parse(path=path, format=format_))
