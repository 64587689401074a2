"""SPARQL text: what is refused before the engine sees it, what an answer is, and the syntaxes that it is written in."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any, Protocol

import pyoxigraph as ox

from ontology.terms import PREFIXES

MAX_LENGTH = 8192
MAX_DEPTH = 60
MAX_OPERATORS = 400
RESULTS = {
    "json": (ox.QueryResultsFormat.JSON, "application/sparql-results+json"),
    "xml": (ox.QueryResultsFormat.XML, "application/sparql-results+xml"),
    "csv": (ox.QueryResultsFormat.CSV, "text/csv; charset=utf-8"),
    "tsv": (ox.QueryResultsFormat.TSV, "text/tab-separated-values; charset=utf-8"),
}
GRAPHS = {
    "ttl": (ox.RdfFormat.TURTLE, "text/turtle; charset=utf-8"),
    "nt": (ox.RdfFormat.N_TRIPLES, "application/n-triples"),
    "jsonld": (ox.RdfFormat.JSON_LD, "application/ld+json"),
    "rdf": (ox.RdfFormat.RDF_XML, "application/rdf+xml"),
    "trig": (ox.RdfFormat.TRIG, "application/trig; charset=utf-8"),
    "nq": (ox.RdfFormat.N_QUADS, "application/n-quads"),
}
# Strings, IRIs and comments hold no keywords.
_SKIPPED = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''
    r"|<[^<>\"{}|^`\\\s]*>|#[^\n]*",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_NAME = re.compile(r"[?$]?[\w.-]*:[\w.%\\-]*|[?$]\w+")
_OPERATOR = re.compile(r"[!/|^&+*=<>-]")
_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_SERVICE = re.compile(r"(?<![\w:?$])SERVICE\b(?!:)", re.IGNORECASE)
_PLACE = re.compile(r"error at (\d+):(\d+): ")


@dataclass(frozen=True, slots=True)
class Request:
    """One query with its data set and the syntaxes in which its answer is wanted.

    `results` is for rows and truth values, `graph` for triples; None refuses such an answer. `default_graphs` and
    `named_graphs` take the place of the data set of the query (SPARQL 1.1 Protocol); None leaves it as it is.
    With `rows`, no more than so many rows are written, as JSON, and the answer tells whether there are more.
    """

    text: str
    results: str | None = "json"
    graph: str | None = "ttl"
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    base: str | None = None
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """What an answer is: its syntax, and whether a limit of rows cut it."""

    syntax: str
    truncated: bool = False

    @property
    def media(self) -> str:
        """Its media type."""
        return (RESULTS | GRAPHS)[self.syntax][1]


class RefusedError(ValueError):
    """A query that is refused, and why; `line` and `column` tell the place of a fault in its syntax."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line, self.column = line, column


class UnacceptableError(ValueError):
    """An answer of a kind that the client takes in no syntax."""


class Sink(Protocol):
    """Where an answer is written."""

    def write(self, data: bytes) -> int:
        """Take some bytes."""
        ...


def _bare(query: str) -> str:
    return _SKIPPED.sub(" ", query)


def form(query: str) -> str:
    r"""Return SELECT, ASK, CONSTRUCT or DESCRIBE; raise RefusedError where the text is no query.

    >>> form("PREFIX a: <http://select/> # ASK\nCONSTRUCT { ?s ?p 'SELECT' } WHERE { ?s ?p ?o }")
    'CONSTRUCT'
    """
    match = _FORM.search(_NAME.sub(" ", _bare(query)))
    if match is None:
        raise RefusedError(
            "this is no SPARQL query: it has no SELECT, ASK, CONSTRUCT or DESCRIBE (updates are refused)"
        )
    return match[1].upper()


def check(query: str) -> None:
    """Refuse what must not reach the engine: calls to other servers, and texts made to exhaust its parser."""
    if len(query.encode(errors="surrogatepass")) > MAX_LENGTH:
        raise RefusedError(f"the query is longer than {MAX_LENGTH:,} bytes")
    if any("\ud800" <= char <= "\udfff" or char == "\0" for char in query):
        raise RefusedError("the query holds characters that no text has (NUL or half of a surrogate pair)")
    decoded = _ESCAPE.sub(lambda m: chr(min(int(m[1] or m[2], 16), 0x10FFFF)), query)
    for text in {_bare(query), _bare(decoded)}:
        if _SERVICE.search(text):
            raise RefusedError("SERVICE is refused: this endpoint asks no other server")
        if _depth(text) > MAX_DEPTH:
            raise RefusedError(f"brackets are nested deeper than {MAX_DEPTH}")
        if len(_OPERATOR.findall(_NAME.sub(" ", text))) > MAX_OPERATORS:
            raise RefusedError(f"the query has more than {MAX_OPERATORS} operators")
    form(query)


def _depth(text: str) -> int:
    depth = deepest = 0
    for char in text:
        depth += (char in "({[") - (char in ")}]")
        deepest = max(deepest, depth)
    return deepest


def evaluate(store: ox.Store, request: Request) -> tuple[Kind, "Writer"]:
    """Start a query; return what its answer is, and what writes it.

    Our prefixes are there where the query declares none of its own. Raises RefusedError for a text that is not SPARQL,
    UnacceptableError for an answer of a kind that the request does not take.
    """
    try:
        answer = store.query(
            request.text,
            base_iri=request.base,
            prefixes=PREFIXES,
            default_graph=_graphs(request.default_graphs),
            named_graphs=_graphs(request.named_graphs),
        )
    except SyntaxError as error:
        raise refused(error) from error
    rows = not isinstance(answer, ox.QueryTriples)
    syntax = request.results if rows else request.graph
    if syntax is None:
        raise UnacceptableError(", ".join(media for _, media in (RESULTS if rows else GRAPHS).values()))
    if request.rows is not None and isinstance(answer, ox.QuerySolutions):
        body, more = _first(answer, request.rows)
        return Kind("json", truncated=more), lambda out: out.write(body)
    if isinstance(answer, ox.QueryTriples):
        return Kind(syntax), lambda out: answer.serialize(out, GRAPHS[syntax][0])
    return Kind(syntax), lambda out: answer.serialize(out, RESULTS[syntax][0])


class Writer(Protocol):
    """Writes an answer."""

    def __call__(self, out: Sink | IO[bytes]) -> object:
        """Write it."""
        ...


def _graphs(names: tuple[str, ...] | None) -> list[Any] | None:
    """Return names of graphs for the engine; raise RefusedError for one that is no IRI."""
    try:
        return None if names is None else [ox.NamedNode(name) for name in names]
    except ValueError as error:
        raise RefusedError(f"a graph's name is no absolute IRI: {error}") from error


def _first(answer: ox.QuerySolutions, rows: int) -> tuple[bytes, bool]:
    """Return the first rows as SPARQL results in JSON, and whether there are more."""
    names = [variable.value for variable in answer.variables]
    found = list(islice(_bindings(answer, names), rows + 1))
    more = len(found) > rows
    head: dict[str, object] = {"vars": names}
    if more:
        head["truncated"] = rows
    body = {"head": head, "results": {"bindings": found[:rows]}}
    return json.dumps(body, ensure_ascii=False).encode(), more


def _bindings(answer: ox.QuerySolutions, names: list[str]) -> Iterator[dict[str, dict[str, object]]]:
    for solution in answer:
        yield {name: _term(term) for name, term in zip(names, solution, strict=True) if term is not None}


def _term(term: object) -> dict[str, object]:
    match term:
        case ox.NamedNode():
            return {"type": "uri", "value": term.value}
        case ox.BlankNode():
            return {"type": "bnode", "value": term.value}
        case ox.Literal():
            extra = {"xml:lang": term.language} if term.language else {}
            if not term.language and not term.datatype.value.endswith("XMLSchema#string"):
                extra = {"datatype": term.datatype.value}
            return {"type": "literal", "value": term.value, **extra}
        case ox.Triple():
            parts = {"subject": _term(term.subject), "predicate": _term(term.predicate), "object": _term(term.object)}
            return {"type": "triple", "value": parts}
    raise TypeError(type(term))


def refused(error: SyntaxError) -> RefusedError:
    """Return what is wrong with a query's syntax, for its author."""
    words = str(error.msg)
    place = _PLACE.match(words)
    if place is None:
        return RefusedError(f"the query is not SPARQL: {words}")
    said = words[place.end() :]
    if said == "expected CONSTRUCT":  # the last of the forms that the engine tries
        said = "expected SELECT, ASK, CONSTRUCT or DESCRIBE (updates are refused)"
    return RefusedError(
        f"the query is not SPARQL: line {place[1]}, column {place[2]}: {said}", int(place[1]), int(place[2])
    )
