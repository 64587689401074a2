"""What an RDF file says, by graph and subject; the statements of a node are taken off one by one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib.namespace import RDF

from graph.validate import world
from loaders.source import RecordError
from ontology.identifiers import split
from ontology.records import Texts
from ontology.terms import FG, short

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
ACTS = {str(FG.Decision): "decision", str(FG.CourtRuling): "ruling"}


def name(term: Term) -> str:
    """Return a term as a person writes it."""
    if isinstance(term, ox.NamedNode):
        return short(term.value)
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else str(term)


@dataclass(frozen=True, slots=True)
class Key:
    """A subject in a graph ("" for the default graph)."""

    graph: str
    term: Term


class Node:
    """The statements of one subject in one graph."""

    def __init__(self, key: Key, statements: Iterable[tuple[int, str, Term]]) -> None:
        self.key = key
        self._said: dict[str, list[Term]] = {}
        self.line = 0
        for line, predicate, value in statements:
            self.line = self.line or line
            values = self._said.setdefault(predicate, [])
            if value not in values:
                values.append(value)

    @property
    def place(self) -> str:
        """Where it stands: line and name."""
        return f"line {self.line}, {name(self.key.term)}" if self.line else name(self.key.term)

    def all(self, predicate: str) -> list[Term]:
        """Take what it says by a predicate, in file order."""
        return self._said.pop(str(predicate), [])

    def one(self, predicate: str) -> Term | None:
        """Take the one thing that it says by a predicate; raise RecordError where it says several."""
        values = self.all(predicate)
        if len(values) > 1:
            raise RecordError(f"{short(str(predicate))} is said {len(values)} times: {', '.join(map(name, values))}")
        return values[0] if values else None

    def iri(self, predicate: str) -> str | None:
        """Take the one IRI that it names by a predicate."""
        term = self.one(predicate)
        return None if term is None else _iri(term, predicate)

    def iris(self, predicate: str) -> list[str]:
        """Take the IRIs that it names by a predicate; raise RecordError for a literal or a blank node."""
        return [_iri(term, predicate) for term in self.all(predicate)]

    def local(self, predicate: str, type_: str) -> str | None:
        """Take the local name of the one thing of ours that it names by a predicate."""
        term = self.iri(predicate)
        return None if term is None else local(term, type_, predicate)

    def locals(self, predicate: str, type_: str) -> tuple[str, ...]:
        """Take the local names of the things of ours that it names by a predicate."""
        return tuple(local(term, type_, predicate) for term in self.iris(predicate))

    def text(self, predicate: str) -> str | None:
        """Take the one literal that it states by a predicate."""
        term = self.one(predicate)
        return None if term is None else _literal(term, predicate).value

    def texts(self, predicate: str) -> Texts:
        """Take the literals that it states by a predicate, with their languages."""
        found = [_literal(term, predicate) for term in self.all(predicate)]
        return tuple((one.language or "", one.value) for one in found)

    def leftovers(self) -> list[str]:
        """Return the predicates that nobody took."""
        return list(self._said)


def _iri(term: Term, predicate: str) -> str:
    if not isinstance(term, ox.NamedNode):
        raise RecordError(f"{short(str(predicate))} is {name(term)}: it must be an IRI")
    return term.value


def _literal(term: Term, predicate: str) -> ox.Literal:
    if not isinstance(term, ox.Literal):
        raise RecordError(f"{short(str(predicate))} is {name(term)}: it must be a text")
    return term


def local(iri: str, type_: str, predicate: str) -> str:
    """Return the local name of an IRI of ours of a type; raise RecordError for any other IRI."""
    found = split(iri)
    if found is None or found[0] != type_:
        raise RecordError(f"{short(str(predicate))} is {short(iri)}, which is no {type_} of ours")
    return found[1]


class Data:
    """All statements of a file."""

    def __init__(self, quads: Sequence[tuple[int, ox.Quad]]) -> None:
        self._statements: dict[Key, list[tuple[int, str, Term]]] = {}
        self._graphs: dict[Term, list[Key]] = {}
        for line, quad in quads:
            key = Key(world(quad), quad.subject)
            if key not in self._statements:
                self._graphs.setdefault(key.term, []).append(key)
            self._statements.setdefault(key, []).append((line, quad.predicate.value, quad.object))

    def node(self, key: Key) -> Node:
        """Return the statements of a subject in a graph, anew at each call."""
        return Node(key, self._statements.get(key, ()))

    def subjects(self, *types: str) -> Iterator[Key]:
        """Yield the subjects that have one of the types, in file order."""
        for key, statements in self._statements.items():
            if any(predicate == str(RDF.type) and _value(term) in types for _, predicate, term in statements):
                yield key

    def objects(self, predicate: str) -> Iterator[Term]:
        """Yield what any subject says by a predicate."""
        for statements in self._statements.values():
            yield from (term for _, said, term in statements if said == str(predicate))

    def values(self, predicate: str, term: Term) -> list[Term]:
        """Return what any graph says of a subject by a predicate."""
        return [
            value
            for key in self._graphs.get(term, ())
            for _, said, value in self._statements[key]
            if said == str(predicate)
        ]

    def pointing(self, predicate: str) -> dict[Term, list[Term]]:
        """Return, by object, the subjects that point at it by a predicate."""
        found: dict[Term, list[Term]] = {}
        for key, statements in self._statements.items():
            for _, said, value in statements:
                if said == str(predicate):
                    found.setdefault(value, []).append(key.term)
        return found

    def acts(self) -> list[Key]:
        """Return the acts of the file, each where a document speaks of it.

        What the default graph says of an act that a named graph describes too is their consolidated record.
        """
        found = list(self.subjects(*ACTS))
        in_documents = {key.term for key in found if key.graph}
        return [key for key in found if key.graph or key.term not in in_documents]


def _value(term: Term) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""
