"""RDF files in any syntax, as N-Quads lines of one named graph."""

import codecs
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from ontology.identifiers import iri

FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "json": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
    "xml": ox.RdfFormat.RDF_XML,
    "owl": ox.RdfFormat.RDF_XML,
}
T = TypeVar("T")
_ENTITY_BOMB = (b"<!ENTITY", b"<!DOCTYPE")


class RdfError(ValueError):
    """A file that is not the RDF it should be; the message names file and line."""


def format_of(path: Path, name: str | None = None) -> ox.RdfFormat:
    """Return the syntax of a file by the given name or by its suffix."""
    key = (name or path.suffix.removeprefix(".")).lower()
    if key not in FORMATS:
        raise RdfError(f"{path}: {key!r} is no RDF syntax we read; one of {', '.join(FORMATS)}")
    return FORMATS[key]


def quads(
    path: Path, content: bytes, graph: str, format_name: str | None = None, *, guest: bool = False
) -> Iterator[str]:
    """Yield the statements of a file: its default graph goes into `graph` (a local name).

    Named graphs in the file keep their names; a `guest` among other data may use none of ours but its own.
    Blank nodes are named after the graph, so that two files never share one and the same file always gives
    the same lines.
    """
    syntax = format_of(path, format_name)
    _no_entities(path, content, syntax)
    own = ox.NamedNode(iri("graph", graph))
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        dataset = ox.Dataset(
            ox.Quad(
                q.subject,
                q.predicate,
                q.object,
                own if isinstance(q.graph_name, ox.DefaultGraph) else q.graph_name,
            )
            for q in ox.parse(content, format=syntax, base_iri=f"{own.value}/")
        )
    except SyntaxError as error:
        raise RdfError(f"{path}:{error.lineno or '?'}: {_cause(error)}") from error
    if guest:
        _no_foreign_graphs(path, dataset, own)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    named = (_named(quad, f"{own.value}/b/") for quad in dataset)
    text = ox.serialize(sorted(named, key=str), format=ox.RdfFormat.N_QUADS)
    yield from (text or b"").decode().splitlines(keepends=True)


class _Lines(io.BytesIO):
    """A file for the parser that gives one line at a time, so that the number of lines given tells the place."""

    given = 0
    _ended = True

    def read(self, size: int | None = -1) -> bytes:
        piece = self.readline(-1 if size is None else size)
        self.given += bool(piece) and self._ended
        self._ended = piece.endswith(b"\n")
        return piece


def numbered(path: Path, content: bytes | None = None) -> Iterator[tuple[int, ox.Quad]]:
    """Yield (line, statement) of a file in file order; raise RdfError where it cannot be read or is no RDF.

    The line is where the statement ends; JSON-LD has none (0). Blank nodes are numbered as they come.
    `content` is what the file holds, where it was read already.
    """
    syntax = format_of(path)
    try:
        content = (path.read_bytes() if content is None else content).removeprefix(codecs.BOM_UTF8)
    except OSError as error:
        raise RdfError(f"{path}: cannot be read ({error.strerror})") from error
    _no_entities(path, content, syntax)
    lines = _Lines(content)
    numbers: dict[str, ox.BlankNode] = {}
    lineless = syntax == ox.RdfFormat.JSON_LD
    try:
        source = content if lineless else lines
        for quad in ox.parse(source, format=syntax, base_iri=base(path)):
            yield 0 if lineless else max(lines.given, 1), _numbered(quad, numbers)
    except SyntaxError as error:
        raise RdfError(f"{path}:{error.lineno or lines.given or '?'}: {_cause(error)}") from error


def base(path: Path) -> str:
    """Return the IRI against which the names in a file are read: that of `<>`, the file itself."""
    return path.resolve().as_uri()


def _cause(error: SyntaxError) -> str:
    if "LoadDocumentCallback" in str(error.msg):
        return "names a JSON-LD context by its address, and nothing is fetched; write the context into the file"
    return str(error.msg)


def _numbered(quad: ox.Quad, numbers: dict[str, ox.BlankNode]) -> ox.Quad:
    """Give the blank nodes of a statement the numbers of their first mention: parsers name them at random."""

    def plain(term: T) -> T | ox.BlankNode:
        if isinstance(term, ox.BlankNode):
            return numbers.setdefault(term.value, ox.BlankNode(f"b{len(numbers) + 1}"))
        return term

    return ox.Quad(plain(quad.subject), quad.predicate, plain(quad.object), plain(quad.graph_name))


def _no_foreign_graphs(path: Path, dataset: ox.Dataset, own: ox.NamedNode) -> None:
    for quad in dataset:
        name = quad.graph_name
        if isinstance(name, ox.NamedNode) and name != own and name.value.startswith(iri("graph", "x")[:-1]):
            raise RdfError(
                f"{path}: writes into the graph <{name.value}>, which holds the words of another document; "
                "leave out the graph name, or use one of your own"
            )


def _no_entities(path: Path, content: bytes, syntax: ox.RdfFormat) -> None:
    head = re.sub(rb"<!--.*?-->", b"", content, flags=re.DOTALL)
    if syntax == ox.RdfFormat.RDF_XML and any(bomb in head for bomb in _ENTITY_BOMB):
        raise RdfError(f"{path}: declares XML entities, which we do not expand; save it without a DOCTYPE")


def _named(quad: ox.Quad, prefix: str) -> ox.Quad:
    """Name the blank nodes of a statement."""
    subject = ox.NamedNode(prefix + quad.subject.value) if isinstance(quad.subject, ox.BlankNode) else quad.subject
    target = ox.NamedNode(prefix + quad.object.value) if isinstance(quad.object, ox.BlankNode) else quad.object
    graph = quad.graph_name
    return ox.Quad(
        subject,
        quad.predicate,
        target,
        ox.NamedNode(prefix + graph.value) if isinstance(graph, ox.BlankNode) else graph,
    )
