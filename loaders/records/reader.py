"""Acts from RDF in our vocabulary: Turtle, TriG, N-Triples, N-Quads, JSON-LD or RDF/XML.

The shapes come first: an act that breaks one is left out and named. Each named graph is a document of its own, the
default graph another, and each act of a document becomes a record like those of every other source. A document graph
of an export of ours is read as the document that it was, with its provenance.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal, cast

import pyoxigraph as ox
from rdflib.namespace import DCTERMS, RDF, SKOS

from graph import rdf
from graph.validate import Broken, of_quads
from loaders.records.documents import about_graph, document
from loaders.records.names import Names
from loaders.records.nodes import Data, Key, Node, Term, name
from loaders.records.parties import anonymous, respondents
from loaders.source import RecordError, Source, SourceError, day, money
from ontology import vocabulary
from ontology.dates import Date
from ontology.identifiers import IdentifierError
from ontology.records import Act, Case, Measure, Money, Problem, Respondent
from ontology.registry import RegistryError
from ontology.terms import FG, GROUP_OF, PREFIXES, short

_ECLI = "ECLI:"


def load(source: Source) -> Iterator[Act]:
    """Yield the acts of a file; raise SourceError where it is no RDF or holds no act."""
    try:
        quads = list(rdf.numbered(source.path, source.bytes()))
        data = Data(quads)
        acts = data.acts()
        if not acts:
            raise SourceError(
                f"{source.path}: holds no fg:Decision and no fg:CourtRuling <{vocabulary.NAMESPACE}>; "
                "`finegraph load FILE` keeps any RDF as a graph of its own"
            )
        names = Names(source, data)
        broken = of_quads(quads, names.elsewhere())
    except rdf.RdfError as error:
        raise SourceError(str(error)) from error
    faults = _by_act(source, data, acts, broken)
    in_graph = Counter(key.graph for key in acts)
    for key in acts:
        node = data.node(key)
        try:
            _conforms(faults[key])
            yield load_act(source, node, data, names, alone=in_graph[key.graph] == 1)
        except (RecordError, RegistryError, IdentifierError) as error:
            record = name(key.term)
            place = f"{source.path}:{node.line}: {record}" if node.line else f"{source.path}: {record}"
            source.problems.append(Problem("error", place, str(error), source.name, record))
    _skip_others(source, data, acts)


def load_act(source: Source, node: Node, data: Data, names: Names, *, alone: bool) -> Act:
    """Read one act; `alone` tells that its graph holds no other."""
    type_, id_ = names.act(node)
    authority = names.authority(node)
    parties, private = respondents(source, node, names)
    title = node.texts(SKOS.prefLabel)
    docket, ecli = _identifiers(source, node)
    act = Act(
        id=id_,
        document=document(source, data, node.key, id_, title[0][1], alone=alone),
        type=cast("Literal['decision', 'ruling']", type_),
        authority=authority.id,
        respondents=parties,
        title=title,
        docket=docket,
        ecli=ecli,
        decided=_date(source, node, FG.decidedOn),
        published=_date(source, node, FG.publishedOn),
        provisions=_provisions(source, node, FG.foundViolationOf),
        provisions_text=node.text(FG.provisionText),
        measures=_measures(source, node, data, names, parties),
        sectors=node.locals(FG.sector, "sector"),
        case=_case(source, node, data, names, parties),
        follows=names.reference(node, FG.follows),
        reviews=names.reference(node, FG.reviews),
        outcome=node.local(FG.outcome, "status"),
        leaves=node.local(FG.leavesMeasures, "status"),
        summary=node.texts(DCTERMS.description),
        replaces=names.replaced(node.key.term, id_),
    )
    _leftovers(source, node)
    return anonymous(act, private, authority.label)


def _identifiers(source: Source, node: Node) -> tuple[str | None, str | None]:
    """Take docket and ECLI, which stand side by side (a docket may look like an ECLI)."""
    given = [value for _, value in node.texts(DCTERMS.identifier)]
    eclis = [value for value in given if value.startswith(_ECLI)]
    dockets = [value for value in given if not value.startswith(_ECLI)]
    if len(eclis) > 1 and not dockets:
        dockets.append(eclis.pop(0))
    for value in (*dockets[1:], *eclis[1:]):
        _doubt(source, node, DCTERMS.identifier, value, "a second identifier of its kind; left out")
    return next(iter(dockets), None), next(iter(eclis), None)


def _doubt(source: Source, node: Node, predicate: str, value: str, reason: str) -> None:
    field = short(str(predicate))
    source.notice(node.place, f"{field} {value!r}: {reason}", name(node.key.term), field, value)


def _date(source: Source, node: Node, predicate: str) -> Date | None:
    """Take a date; one that is none, or lies in the future, is reported and left out."""
    value = node.text(predicate)
    try:
        return day(value, short(str(predicate)), source.latest) if value else None
    except RecordError as error:
        _doubt(source, node, predicate, str(value), f"{error}; left out")
        return None


def _sum(source: Source, node: Node, predicate: str, code: str) -> Money | None:
    value = node.text(predicate)
    if value is None:
        return None
    try:
        found = money(value, code)
    except RecordError as error:
        _doubt(source, node, predicate, value, f"{error}; left out")
        return None
    if not found.amount:
        _doubt(source, node, predicate, value, "0 is no amount; left out")
        return None
    return found


def _provisions(source: Source, node: Node, predicate: str) -> tuple[str, ...]:
    return tuple(source.registry.provision_of(one).id for one in node.locals(predicate, "law"))


def _measures(
    source: Source, node: Node, data: Data, names: Names, parties: Iterable[Respondent]
) -> tuple[Measure, ...]:
    terms = node.all(FG.measure)
    numbers = names.measures(names.act(node)[1], terms)
    found = [_measure(source, data.node(Key(node.key.graph, term)), names, numbers, parties) for term in terms]
    return tuple(sorted(found, key=lambda one: one.number))


def _measure(
    source: Source, node: Node, names: Names, numbers: dict[Term, int], parties: Iterable[Respondent]
) -> Measure:
    kind = node.local(FG.kind, "kind") or ""
    if kind not in GROUP_OF:
        raise RecordError(f"{name(node.key.term)}: {kind!r} is a group of kinds; name the kind itself")
    code = (node.iri(FG.currency) or "").removeprefix(PREFIXES["cur"])
    secured = node.all(FG.secures)
    if unknown := [name(term) for term in secured if term not in numbers]:
        raise RecordError(f"{name(node.key.term)}: secures {', '.join(unknown)}, which is no measure of the same act")
    target = node.iri(FG.target)
    basis = _provisions(source, node, FG.legalBasis)
    measure = Measure(
        number=numbers[node.key.term],
        kind=kind,
        target=_party(source, names, target, parties) if target else None,
        money=_sum(source, node, FG.amount, code),
        converted=node.text(FG.amountConverted) in {"true", "1"},
        amount_text=node.text(FG.amountText),
        paid=_sum(source, node, FG.paidAmount, code),
        payment=_payment(source, node),
        per=node.text(FG.perPeriod),
        grace=node.text(FG.gracePeriod),
        start=_date(source, node, FG.periodStart),
        end=_date(source, node, FG.periodEnd),
        secures=tuple(numbers[term] for term in secured),
        liquidates=names.liquidated(node),
        basis=basis[0] if basis else None,
        note=node.texts(SKOS.note),
    )
    _leftovers(source, node)
    return measure


def _payment(source: Source, node: Node) -> tuple[str, Date] | None:
    status, when = node.local(FG.statedPayment, "status"), _date(source, node, FG.statedPaymentOn)
    return (status, when) if status and when else None


def _party(source: Source, names: Names, iri: str, parties: Iterable[Respondent]) -> str:
    """Return an organisation that an act may name: one of the tables, or a respondent."""
    org = names.organisation(iri).id
    if org not in source.registry.organisations and org not in {one.org for one in parties}:
        raise RecordError(f"{short(iri)} is neither in organisations.csv nor a respondent of the act: name it as one")
    return org


def _case(source: Source, act: Node, data: Data, names: Names, parties: Iterable[Respondent]) -> Case | None:
    term = act.one(FG.inCase)
    if term is None:
        return None
    node = data.node(Key(act.key.graph, term))
    authority = names.authority(node).id
    systems = node.locals(FG.concernsSystem, "system")
    if unknown := set(systems) - source.registry.systems.keys():
        raise RecordError(f"{name(term)}: fg:concernsSystem: no system of systems.csv: {', '.join(sorted(unknown))}")
    case = Case(
        id=names.case(term, authority),
        title=node.texts(SKOS.prefLabel),
        authority=authority,
        respondents=tuple(_party(source, names, one, parties) for one in node.iris(FG.respondent)),
        systems=systems,
        complainants=tuple(_party(source, names, one, parties) for one in node.iris(FG.complainant)),
        opened=_date(source, node, FG.openedOn),
        status=node.local(FG.caseStatus, "status"),
        technologies=node.locals(FG.technology, "technology"),
        purposes=node.locals(FG.purpose, "purpose"),
        data=node.locals(FG.dataCategory, "data"),
    )
    _leftovers(source, node)
    return case


@cache
def _without_use() -> frozenset[str]:
    """Return what no record keeps: types, and the values that a build derives."""
    content = vocabulary.FILES[0].read_bytes()
    said = ox.parse(content, format=ox.RdfFormat.TURTLE)
    derived = {one.subject.value for one in said if one.predicate.value == str(FG.derived)}
    return frozenset({*derived, str(RDF.type)})


def _leftovers(source: Source, node: Node) -> None:
    """Report what a node says that no record keeps."""
    for predicate in node.leftovers():
        if predicate not in _without_use():
            field = short(predicate)
            source.notice(node.place, f"{field}: not read; records keep no such statement", name(node.key.term), field)


def _conforms(faults: Iterable[str]) -> None:
    if faults:
        raise RecordError("; ".join(faults))


def _by_act(source: Source, data: Data, acts: Iterable[Key], broken: Iterable[Broken]) -> dict[Key, list[str]]:
    """Return the faults of each act: its own, and those of its measures, its case and its provenance."""
    owners: defaultdict[tuple[str, str], list[Key]] = defaultdict(list)
    for key in acts:
        node = data.node(key)
        for term in (key.term, *node.all(FG.measure), *node.all(FG.inCase)):
            for graph in dict.fromkeys((key.graph, "" if isinstance(term, ox.BlankNode) else key.graph)):
                owners[graph, name(term)].append(key)
        about = about_graph(source, key)
        owners[about.graph, name(about.term)].append(key)
    faults: defaultdict[Key, list[str]] = defaultdict(list)
    for one in broken:
        mine = owners[one.graph, one.node]
        line = f" (line {one.line})" if one.line else ""
        for key in mine:
            faults[key].append(f"{one}{line}")
        if not mine:
            source.notice(f"line {one.line}" if one.line else "", str(one), one.node)
    return faults


def _skip_others(source: Source, data: Data, acts: Iterable[Key]) -> None:
    """Report press items and cases without an act, which are not read from RDF.

    Beside documents, the default graph is their consolidated record, with cases that a build made.
    """
    taken = {term for key in acts for term in data.node(key).all(FG.inCase)}
    documents = any(key.graph for key in acts)
    others = {
        FG.NewsReport: "a press item: load the page itself as news",
        FG.Case: "a case without an act: only acts are read from RDF",
    }
    for kind, reason in others.items():
        for term in dict.fromkeys(key.term for key in data.subjects(str(kind)) if key.graph or not documents):
            if term not in taken:
                place = f"{source.path.name}: {name(term)}"
                source.problems.append(Problem("skipped", place, reason, source.name, name(term)))
