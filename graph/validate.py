"""SHACL: the shapes of the ontology on a release or a file, with messages that a person understands.

Documents may disagree, so each named graph of a file is a world of its own: its subjects are checked
apart from the same subjects in other graphs, and what other graphs describe counts as known.
"""

import contextlib
import functools
import logging
import multiprocessing
import os
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote, unquote

import pyoxigraph as ox
import pyshacl
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH, SKOS
from rdflib.term import Node

import ontology
from graph import rdf
from graph.lines import parts
from ontology import vocabulary
from ontology.identifiers import BASE, iri, split
from ontology.registry import RegistryError, registry
from ontology.terms import FG, short

SHAPES = Path(ontology.__file__).parent / "shapes.ttl"
_TOGETHER = frozenset(iri("graph", name) for name in ("prov", "match", "link"))
_APART = "#in="
_TYPE = f"<{RDF.type}>"
_PIECE = 15_000
_NOTHING: Mapping[str, URIRef] = MappingProxyType({})
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Broken:
    """One rule that a graph breaks, at one node.

    `line` is where a file says it, 0 where that is not known; `graph` is the named graph, "" for the default graph.
    """

    node: str
    path: str
    value: str
    message: str
    line: int = 0
    graph: str = ""

    def __str__(self) -> str:
        about = " ".join(part for part in (self.node, self.path) if part)
        return f"{about}: {self.message}" + (f" (it says {self.value})" if self.value else "")


Statement = tuple[str, str, str]
"""Subject, predicate and object as N-Triples writes them."""


def validate(triples: Iterable[ox.Triple], *, piece: int = _PIECE, workers: int | None = None) -> list[Broken]:
    """Return what statements break, sorted; an empty list means that they conform.

    Things of the reference tables count as known where the statements only point at them.
    """
    statements = ((str(one.subject), str(one.predicate), str(one.object)) for one in triples)
    with checking(statements, piece=piece, workers=workers) as result:
        return result()


@contextlib.contextmanager
def checking(
    statements: Iterable[Statement], *, piece: int = _PIECE, workers: int | None = None
) -> Iterator[Callable[[], list[Broken]]]:
    """Check statements while the block goes on; what it is given waits for the result.

    Each rule looks at one node and at what kind of thing it points to, so many statements are checked in pieces of
    about `piece`, by `workers` processes (default: one a core).
    """
    pieces = list(_pieces(statements, piece))
    if len(pieces) <= 1:
        yield lambda: sorted({broken for one in pieces for broken in _check(one)}, key=str)
        return
    spawn = multiprocessing.get_context("spawn")  # other threads may hold locks that a fork would copy
    pool = ProcessPoolExecutor(workers or os.cpu_count(), spawn)
    try:
        found = pool.map(_check, pieces)
        yield lambda: sorted({broken for one in found for broken in one}, key=str)
    finally:
        pool.shutdown(cancel_futures=True)


def _pieces(statements: Iterable[Statement], size: int) -> Iterator[tuple[str, str]]:
    """Yield (statements, what must be known of the things that they point at) as N-Triples, a subject in one piece."""
    by_subject: defaultdict[str, list[str]] = defaultdict(list)
    pointed_at: defaultdict[str, list[str]] = defaultdict(list)
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for subject, predicate, value in statements:
        line = f"{subject} {predicate} {value} .\n"
        by_subject[subject].append(line)
        if value.startswith("<"):
            pointed_at[subject].append(value)
        if predicate == _TYPE:
            kinds[subject].append(line)
    inside: dict[str, list[str]] = {}
    count = 0
    for number, (subject, own) in enumerate(by_subject.items(), 1):
        inside[subject] = own
        count += len(own)
        if count >= size or number == len(by_subject):
            targets = {target for one in inside for target in pointed_at[one]} - inside.keys()
            context = (line for target in sorted(targets) for line in kinds.get(target) or _registered_line(target))
            yield "".join(line for lines in inside.values() for line in lines), "".join(context)
            inside, count = {}, 0


def _registered_line(target: str) -> list[str]:
    class_ = _registered_as(target.strip("<>"))
    return [f"{target} {_TYPE} <{class_}> .\n"] if class_ else []


def _check(piece: tuple[str, str]) -> list[Broken]:
    """Return what one piece breaks; the reference tables are not needed for it."""
    statements, context = piece
    graph = Graph()
    for triple in ox.parse(statements, format=ox.RdfFormat.N_TRIPLES):
        graph.add((_node(triple.subject), URIRef(triple.predicate.value), _node(triple.object)))
    known: dict[Node, set[Node]] = {}
    for triple in ox.parse(context, format=ox.RdfFormat.N_TRIPLES):
        known.setdefault(_node(triple.subject), set()).add(_node(triple.object))
    return [_readable(one, 0) for one in _faults(graph, known)]


def of_lines(lines: Iterable[str]) -> Iterator[Statement]:
    """Yield the statements of N-Quads that the shapes speak of, as `of_release` does of a store."""
    graphs = {"", *(f"<{name}>" for name in _TOGETHER)}
    for line in lines:
        subject, predicate, value, graph = parts(line)
        if graph in graphs:
            yield subject, predicate, value


def of_release(store: ox.Store) -> Iterator[ox.Triple]:
    """Yield the statements of a release that the shapes speak of: the consolidated record, provenance, matches."""
    yield from (quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    for name in sorted(_TOGETHER):
        yield from (quad.triple for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(name)))


def validate_file(path: Path) -> list[Broken]:
    """Return what an RDF file breaks, in the order of the file, each with its line (0 in JSON-LD, which has none).

    Beside the shapes, a term of our namespace that the vocabulary does not have is a fault, and so is a
    file that says nothing in it. Raises RdfError where the file is no RDF.
    """
    return of_quads(list(rdf.numbered(path)))


def of_quads(quads: Sequence[tuple[int, ox.Quad]], elsewhere: Mapping[str, URIRef] = _NOTHING) -> list[Broken]:
    """Return what the statements of a file (with their lines) break, as `validate_file` does.

    `elsewhere` is what the file may point at without describing it: IRIs with their classes.
    """
    described = {(world(quad), quad.subject) for _, quad in quads}
    graph = Graph()
    lines: dict[tuple[str, ...], int] = {}
    types: dict[Node, set[Node]] = {}
    for line, quad in quads:
        here = world(quad)
        subject, value = (_apart(term, here, described) for term in (quad.subject, quad.object))
        predicate = URIRef(quad.predicate.value)
        graph.add((subject, predicate, value))
        if predicate == RDF.type:
            types.setdefault(_node(quad.subject), set()).add(value)
        for key in ((subject, predicate, value), (subject, predicate), (subject,)):
            lines.setdefault(tuple(part.n3() for part in key), line)
    for name, kind in elsewhere.items():
        types.setdefault(URIRef(name), set()).add(kind)
    known = {node: kinds for node, kinds in types.items() if (node, None, None) not in graph}
    for thing, class_ in _referenced(graph):
        known.setdefault(thing, set()).add(class_)
    found = [_readable(one, _line(one, lines)) for one in _faults(graph, known)]
    found += _undeclared(quads)
    return sorted(set(found), key=lambda one: (one.line, one.node, one.path, one.message, one.value))


def world(quad: ox.Quad) -> str:
    """Return the named graph of a statement, "" for the default graph and those that belong to it."""
    name = "" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value
    return "" if name in _TOGETHER else name


def _apart(term: Term, world: str, described: Container[tuple[str, Term]]) -> Node:
    """Return the node that stands for a thing in one world: a name of its own where that world describes it."""
    node = _node(term)
    if not world or not isinstance(node, URIRef) or (world, term) not in described:
        return node
    return URIRef(f"{node}{_APART}{quote(world, safe='')}")


Fault = tuple[Node, Node | None, Node | None, str]


def _faults(graph: Graph, context: Mapping[Node, set[Node]]) -> Sequence[Fault]:
    """Return (node, path, value, message) of each result of the shapes.

    The things of the context, by their classes, are known where the graph points at them; they are not judged.
    """
    own = set(graph.subjects())
    for thing, kinds in context.items():
        for kind in kinds:
            graph.add((thing, RDF.type, kind))
    for triple in _vocabulary():
        if triple[0] not in own:
            graph.add(triple)
    for triple in _shapes().above:
        graph.add(triple)
    mistyped = [fault for fault in _mistyped(graph) if fault[0] not in context]
    conforms, report, _ = pyshacl.validate(
        graph, shacl_graph=_shapes().graph, inference="none", advanced=False, inplace=True
    )
    if conforms:
        return mistyped
    if not isinstance(report, Graph):
        raise TypeError(f"the validator failed: {report}")
    return mistyped + [
        (focus, report.value(result, SH.resultPath), report.value(result, SH.value), message)
        for result in report.objects(None, SH.result)
        if (focus := report.value(result, SH.focusNode)) is not None and focus not in context
        for message in [str(report.value(result, SH.resultMessage))]
    ]


def _readable(fault: Fault, line: int) -> Broken:
    node, path, value, message = fault
    shown = "" if value is None or value == node else _text(value)
    here = unquote(str(node).partition(_APART)[2])
    return Broken(_text(node), _text(path) if path is not None else "", shown, message, line, here)


def _text(node: Node) -> str:
    if isinstance(node, BNode):
        return f"_:{node}"
    return short(str(node).partition(_APART)[0]) if isinstance(node, URIRef) else str(node)


def _line(fault: Fault, lines: dict[tuple[str, ...], int]) -> int:
    parts = [part.n3() for part in fault[:3] if part is not None]
    for size in range(len(parts), 0, -1):
        if tuple(parts[:size]) in lines:
            return lines[tuple(parts[:size])]
    return 0


def _undeclared(quads: Sequence[tuple[int, ox.Quad]]) -> Iterator[Broken]:
    """Yield the names in our namespace that are no terms of the vocabulary, and a file that uses none of them."""
    ours = False
    for line, quad in quads:
        ours = ours or (isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(BASE))
        for term in (quad.predicate, quad.object):
            if isinstance(term, ox.NamedNode) and term.value.startswith(vocabulary.NAMESPACE):
                ours = True
                if term.value.removeprefix(vocabulary.NAMESPACE) not in {"", *FG.__annotations__}:
                    name = _text(_node(quad.subject))
                    yield Broken(
                        name, short(term.value), "", "is no term of the vocabulary; see /model", line, world(quad)
                    )
    if not ours:
        yield Broken("the file", "", "", f"says nothing in our vocabulary <{vocabulary.NAMESPACE}>")


@functools.lru_cache(maxsize=1 << 16)
def _node(term: Term) -> Node:
    if isinstance(term, ox.Literal):
        language = term.language
        if language:
            return Literal(term.value, lang=language)
        return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    if isinstance(term, ox.Triple):
        raise rdf.RdfError(f"{term}: a quoted triple; the shapes do not speak of these")
    return URIRef(term.value) if isinstance(term, ox.NamedNode) else BNode(term.value)


def _referenced(graph: Graph) -> Iterator[tuple[Node, URIRef]]:
    """Yield (node, class) of the things of the reference tables that a graph points at and does not describe."""
    described = set(graph.subjects(RDF.type))
    for node in {target for target in graph.objects() if isinstance(target, URIRef)} - described:
        if class_ := _registered_as(str(node)):
            yield node, class_


@functools.lru_cache(maxsize=1 << 16)
def _registered_as(name: str) -> URIRef | None:
    """Return the class of a thing of the reference tables, None for any other."""
    names = registry()
    type_, local = split(name) or ("", "")
    if type_ in {"regulator", "court"}:
        if local in names.authorities and names.authorities[local].type == type_:
            return FG.Regulator if type_ == "regulator" else FG.Court
    elif type_ == "org" and local in names.organisations:
        return FG.Organisation
    elif type_ == "system" and local in names.systems:
        return FG.AISystem
    elif type_ == "law":
        return FG.Law if local in names.laws else FG.Provision if _is_provision(local) else None
    return None


def _is_provision(name: str) -> bool:
    try:
        registry().provision_of(name)
    except RegistryError:
        return False
    return True


@functools.cache
def _vocabulary() -> tuple[tuple[Node, Node, Node], ...]:
    """Return what the shapes need of the vocabulary: its classes' order, and the schemes of its concepts."""
    needed = {RDFS.subClassOf, SKOS.inScheme}
    return tuple(
        triple
        for path in vocabulary.FILES
        for triple in _turtle(path)
        if triple[1] in needed or triple[1:] == (RDF.type, SKOS.ConceptScheme)
    )


@dataclass(frozen=True, slots=True)
class _Shapes:
    """The shapes in a form that is quick to check.

    "A concept of scheme X" is the list of X's concepts; "a thing of class A or B" is a class above both, of which
    the data must hear (`above`); "a literal of datatype A or B" is checked here (`typed`: path, datatypes, message).
    """

    graph: Graph
    above: tuple[tuple[Node, Node, Node], ...]
    typed: tuple[tuple[Node, frozenset[Node], str], ...]


@functools.cache
def _shapes() -> _Shapes:
    shapes = Graph() + _turtle(SHAPES)
    _schemes(shapes)
    above: list[tuple[Node, Node, Node]] = []
    typed: list[tuple[Node, frozenset[Node], str]] = []
    for user, _, head in list(shapes.triples((None, SH["or"], None))):
        choices = list(Collection(shapes, head))
        kinds = {kind for one in choices for kind in shapes.predicates(one)}
        values = [value for one in choices for value in shapes.objects(one)]
        if kinds == {SH["class"]}:
            union = BNode()
            shapes.remove((user, SH["or"], head))
            shapes.add((user, SH["class"], union))
            above += [(one, RDFS.subClassOf, union) for one in values]
        elif kinds == {SH.datatype}:
            for shape in list(shapes.subjects(SH.node, user)):
                path, message = shapes.value(shape, SH.path), shapes.value(shape, SH.message)
                shapes.remove((shape, SH.node, user))
                if path:
                    typed.append((path, frozenset(values), str(message)))
    return _Shapes(shapes, tuple(above), tuple(typed))


def _schemes(shapes: Graph) -> None:
    """Write out the concepts of a scheme where a shape asks for one of them."""
    schemes: dict[Node, set[Node]] = {}
    for concept, predicate, scheme in _vocabulary():
        if predicate == SKOS.inScheme:
            schemes.setdefault(scheme, set()).add(concept)
    for inner, _, scheme in list(shapes.triples((None, SH.hasValue, None))):
        for named in list(shapes.subjects(SH.property, inner)):
            if shapes.value(inner, SH.path) == SKOS.inScheme and set(shapes.predicates(named)) == {SH.property}:
                for user in list(shapes.subjects(SH.node, named)):
                    shapes.remove((user, SH.node, named))
                    shapes.add((user, SH["in"], _list(shapes, sorted(schemes[scheme], key=str))))


def _mistyped(graph: Graph) -> Iterator[Fault]:
    """Yield the values that are literals of none of the datatypes that a shape allows."""
    for path, datatypes, message in _shapes().typed:
        for subject, value in graph.subject_objects(path):
            if not isinstance(value, Literal) or value.datatype not in datatypes or value.ill_typed:
                yield subject, path, value, message


def _list(graph: Graph, members: Sequence[Node]) -> BNode:
    head = BNode()
    Collection(graph, head, list(members))
    return head


@functools.cache
def _turtle(path: Path) -> Graph:
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)  # the shapes say what is wrong with a literal
    return Graph().parse(path, format="turtle")
