"""The consolidated record as flat tables, for people who work with spreadsheets: decisions, measures, organisations.

One row a thing. A cell with several values has them in order, parted by a space (names) or by " | " (texts). What is
not stated is empty, never zero.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib.namespace import DCTERMS, RDF, SKOS

from graph.agreement import linked
from ontology.identifiers import split
from ontology.terms import FG, PREFIXES, short

_LABEL = str(SKOS.prefLabel)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type in Frictionless terms, what it holds, and the properties that lead to its values.

    Of texts in several languages the English one is taken.
    """

    name: str
    type: str
    words: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the things of some classes."""

    name: str
    words: str
    classes: tuple[str, ...]
    columns: tuple[Column, ...]


def _of(name: str, words: str, *path: str, type_: str = "string") -> Column:
    return Column(name, type_, words, tuple(map(str, path)))


TABLES = (
    Table(
        "decisions",
        "decisions of authorities and rulings of courts",
        (str(FG.Decision), str(FG.CourtRuling)),
        (
            _of("type", "Decision or CourtRuling", RDF.type),
            _of("title", "what it is called", _LABEL),
            _of("identifier", "docket, ECLI", DCTERMS.identifier),
            _of("authority", "who decided", FG.authority),
            _of("authority_name", "its name", FG.authority, _LABEL),
            _of("jurisdiction", "country or union of the authority", FG.authority, FG.jurisdiction),
            _of("decided", "day, month or year", FG.decidedOn),
            _of("published", "day, month or year", FG.publishedOn),
            _of("respondents", "whom it is addressed to", FG.respondent),
            _of("case", "its matter", FG.inCase),
            _of("provisions", "what was found breached", FG.foundViolationOf),
            _of("follows", "the act that it goes on from", FG.follows),
            _of("reviews", "the act that a ruling examines", FG.reviews),
            _of("outcome", "what a ruling did with it", FG.outcome),
            _of("systems", "AI systems of its case", FG.inCase, FG.concernsSystem),
            _of("technologies", "technologies of its case", FG.inCase, FG.technology),
            _of("purposes", "purposes of its case", FG.inCase, FG.purpose),
            _of("data", "data categories of its case", FG.inCase, FG.dataCategory),
            _of("summary", "what was held", DCTERMS.description),
        ),
    ),
    Table(
        "measures",
        "fines, orders and other sanctions, one row each",
        (str(FG.Measure),),
        (
            _of("decision", "the act that imposed it", f"^{FG.measure}"),
            _of("kind", "the kind", FG.kind),
            _of("group", "its upper kind", FG.kindGroup),
            _of("target", "on whom", FG.target),
            _of("amount", "in its own currency", FG.amount, type_="number"),
            _of("currency", "ISO 4217", FG.currency),
            _of("amount_eur", "derived: ECB rate of the act's day", FG.amountEUR, type_="number"),
            _of("paid", "what was paid where that is less", FG.paidAmount, type_="number"),
            _of("per_period", "the span for which the sum falls due", FG.perPeriod),
            _of("status", "derived: whether it stands after all rulings", FG.measureStatus),
            _of("payment", "derived: whether it was paid", FG.paymentStatus),
            _of("payment_as_of", "the day of the evidence", FG.statusAsOf),
        ),
    ),
    Table(
        "organisations",
        "companies and bodies that acts are addressed to",
        (str(FG.Organisation),),
        (
            _of("name", "its name", _LABEL),
            _of("jurisdiction", "country", FG.jurisdiction),
            _of("sector", "sectors", FG.sector),
            _of("homepage", "its site", f"{PREFIXES['schema']}url"),
            _of("lei", "Legal Entity Identifier", f"{PREFIXES['schema']}leiCode"),
            _of("acts", "the acts that are addressed to it", f"^{FG.respondent}"),
        ),
    ),
)


def rows(store: ox.Store, table: Table) -> Iterator[list[str]]:
    """Yield the head and the rows of a table, sorted by id; of organisations only those that an act names."""
    yield ["id", *(column.name for column in table.columns), *(("source",) if table.name == "decisions" else ())]
    default = ox.DefaultGraph()
    found = {
        quad.subject
        for class_ in table.classes
        for quad in store.quads_for_pattern(None, ox.NamedNode(str(RDF.type)), ox.NamedNode(class_), default)
        if isinstance(quad.subject, ox.NamedNode)
    }
    sources = _sources(store) if table.name == "decisions" else {}
    for thing in sorted(found, key=lambda one: one.value):
        cells = [_cell(store, thing, column) for column in table.columns]
        if table.name != "organisations" or cells[-1]:
            yield [
                _short(thing),
                *cells,
                *((sources.get(short(thing.value), ""),) if table.name == "decisions" else ()),
            ]


def _cell(store: ox.Store, thing: ox.NamedNode, column: Column) -> str:
    terms: list[object] = [thing]
    for step in column.path:
        terms = [value for term in terms for value in _step(store, term, step)]
    literals = [term for term in terms if isinstance(term, ox.Literal)]
    english = [term for term in literals if term.language == "en"]
    if literals:
        return " | ".join(sorted({" ".join(term.value.split()) for term in english or literals}))
    names = {_short(term) for term in terms if isinstance(term, ox.NamedNode)}
    return " ".join(sorted(name for name in names if column.path[0] != str(RDF.type) or name != "Act"))


def _step(store: ox.Store, term: object, step: str) -> list[object]:
    if not isinstance(term, ox.NamedNode):
        return []
    predicate, default = ox.NamedNode(step.removeprefix("^")), ox.DefaultGraph()
    if step.startswith("^"):
        subjects = [quad.subject for quad in store.quads_for_pattern(None, predicate, term, default)]
        return [one for one in subjects if "/case/" not in str(one)]
    return [quad.object for quad in store.quads_for_pattern(term, predicate, None, default)]


def _short(term: ox.NamedNode) -> str:
    """Return the local name of a thing: of ours, of a currency, of a place."""
    own = split(term.value)
    return own[1] if own else term.value.replace("#", "/").rstrip("/").rpartition("/")[2]


def _sources(store: ox.Store) -> dict[str, str]:
    """Return the address of the most trusted document of each act: the official one where there is one."""
    return {
        one.act: next((record.url for record in one.records if record.url), "") for one in linked(store, every=True)
    }


def written(lines: Sequence[Sequence[str]]) -> bytes:
    """Return a table as CSV (RFC 4180, UTF-8)."""
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue().encode()


def described(table: Table, count: int) -> Mapping[str, object]:
    """Return a table's resource of a Frictionless data package; `count` is the number of its rows."""
    fields = [{"name": "id", "type": "string", "description": "its name in the graph"}]
    fields += [{"name": one.name, "type": one.type, "description": one.words} for one in table.columns]
    if table.name == "decisions":
        fields.append({"name": "source", "type": "string", "description": "the first source"})
    return {
        "name": table.name,
        "path": f"csv/{table.name}.csv",
        "description": table.words,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "rows": count,
        "schema": {"fields": fields, "primaryKey": "id"},
    }
