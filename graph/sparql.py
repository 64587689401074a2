"""SPARQL text: its form, what is refused, and the syntaxes of answers."""

import re
from typing import IO, Protocol

import pyoxigraph as ox

from ontology.terms import PREFIXES

MAX_LENGTH = 8192
MAX_DEPTH = 60
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
}
# Strings, IRIs and comments hold no keywords.
_SKIPPED = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''
    r"|<[^<>\"{}|^`\\\s]*>|#[^\n]*",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_SERVICE = re.compile(r"(?<![\w:?$])SERVICE\b(?!:)", re.IGNORECASE)


class RefusedError(ValueError):
    """A query that is refused before the engine sees it."""


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
    match = _FORM.search(re.sub(r"\b\w*:\w*", " ", _bare(query)))
    if match is None:
        raise RefusedError(
            "this is no SPARQL query: it has no SELECT, ASK, CONSTRUCT or DESCRIBE (updates are refused)"
        )
    return match[1].upper()


def check(query: str) -> None:
    """Refuse what must not reach the engine: calls to other servers, and texts made to exhaust its parser."""
    if len(query.encode()) > MAX_LENGTH:
        raise RefusedError(f"the query is longer than {MAX_LENGTH} bytes")
    decoded = _ESCAPE.sub(lambda m: chr(min(int(m[1] or m[2], 16), 0x10FFFF)), query)
    for text in {_bare(query), _bare(decoded)}:
        if _SERVICE.search(text):
            raise RefusedError("SERVICE is refused: this endpoint asks no other server")
        depth = deepest = 0
        for char in text:
            depth += (char in "({[") - (char in ")}]")
            deepest = max(deepest, depth)
        if deepest > MAX_DEPTH:
            raise RefusedError(f"brackets are nested deeper than {MAX_DEPTH}")
    form(query)


def syntaxes(query: str) -> dict[str, str]:
    """Return the syntaxes that can hold the answer, with their media types; the first is the default."""
    table = RESULTS if form(query) in {"SELECT", "ASK"} else GRAPHS
    return {name: media for name, (_, media) in table.items()}


def evaluate(store: ox.Store, query: str, syntax: str, out: Sink | IO[bytes]) -> None:
    """Write the answer of a query; our prefixes are there where the query declares none of its own."""
    answer = store.query(query, prefixes=PREFIXES)
    if isinstance(answer, ox.QueryTriples):
        answer.serialize(out, GRAPHS[syntax][0])  # type: ignore[arg-type]
    else:
        answer.serialize(out, RESULTS[syntax][0])  # type: ignore[arg-type]


def explain(error: Exception) -> str:
    """Return what is wrong with a query, for its author."""
    if isinstance(error, SyntaxError):
        return f"the query is not SPARQL: {error.msg}"
    return "the engine could not evaluate the query"
