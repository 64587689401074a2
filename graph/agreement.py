"""What a release's documents say of the acts that several of them record: the links, and where they disagree.

Both are read from the release itself: `g:link` and `g:prov` say which documents record an act, each document's
own graph says what it states, the default graph what was taken.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox
from rdflib.namespace import DCTERMS, PROV

from graph.merge import discounted
from graph.money import euros
from ontology.dates import Date, gap_days
from ontology.identifiers import iri, split
from ontology.records import TIERS, Money
from ontology.terms import FG, PREFIXES, short

CONVERTED_TOLERANCE = Decimal("0.15")
_PROV = ox.NamedNode(iri("graph", "prov"))
_LINK = ox.NamedNode(iri("graph", "link"))


@dataclass(frozen=True, slots=True)
class Record:
    """One document's record of an act. `record` is what the source calls it (an ETid, the title of a page)."""

    document: str
    source: str
    record: str
    tier: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Joined:
    """Why two documents were brought together."""

    one: str
    other: str
    rule: str
    confidence: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Linked:
    """A consolidated act, the records behind it (most trusted first), and the links that joined them."""

    act: str
    title: str
    records: tuple[Record, ...]
    links: tuple[Joined, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A property of an act (or of one of its measures) of which documents say different things.

    `said` has the values by document, `taken` what the consolidated record holds, `note` what explains it.
    """

    act: str
    subject: str
    property: str
    said: tuple[tuple[str, tuple[str, ...]], ...]
    taken: tuple[str, ...]
    note: str = ""


def linked(store: ox.Store, *, every: bool = False) -> Iterator[Linked]:
    """Yield the acts that several documents record, in order of their names; with `every`, all acts."""
    joined: defaultdict[str, list[Joined]] = defaultdict(list)
    for quad in store.quads_for_pattern(None, ox.NamedNode(FG.linkedAct), None, _LINK):
        joined[_text(quad.object)].append(_joined(store, quad.subject))
    for act, documents in sorted(_documents(store).items()):
        if every or len(documents) > 1:
            records = sorted(
                (_record(store, one) for one in documents), key=lambda r: (TIERS.index(r.tier), r.document)
            )
            links = tuple(sorted(joined[act], key=lambda link: (link.one, link.other)))
            yield Linked(short(act), _title(store, act), tuple(records), links)


def _documents(store: ox.Store) -> dict[str, list[ox.NamedNode]]:
    found: defaultdict[str, list[ox.NamedNode]] = defaultdict(list)
    for quad in store.quads_for_pattern(None, ox.NamedNode(FG.recordOf), None, _PROV):
        if isinstance(quad.subject, ox.NamedNode):
            found[_text(quad.object)].append(quad.subject)
    return found


def _values(store: ox.Store, subject: ox.NamedNode | ox.BlankNode, predicate: str, graph: ox.NamedNode) -> list[str]:
    return sorted(_text(q.object) for q in store.quads_for_pattern(subject, ox.NamedNode(predicate), None, graph))


def _text(term: object) -> str:
    return str(getattr(term, "value", term))


def _joined(store: ox.Store, link: object) -> Joined:
    assert isinstance(link, ox.NamedNode)  # noqa: S101 - our own writing
    one, other = (_name(each) for each in _values(store, link, FG.linkedDocument, _LINK))
    (rule,), (confidence,), (evidence,) = (
        _values(store, link, predicate, _LINK) for predicate in (FG.linkRule, FG.linkConfidence, FG.linkEvidence)
    )
    return Joined(one, other, rule, confidence, evidence)


def _name(graph: str) -> str:
    found = split(graph)
    return found[1] if found else graph


def _record(store: ox.Store, document: ox.NamedNode) -> Record:
    name = _name(document.value)
    tiers = _values(store, document, FG.tier, _PROV)
    return Record(
        document=name,
        source=name.split("_")[1],
        record=next(iter(_values(store, document, DCTERMS.identifier, _PROV)), name.split("_", 2)[2]),
        tier=_name(tiers[0]) if tiers else "file",
        url=next(iter(_values(store, document, PROV.hadPrimarySource, _PROV)), None),
    )


def _title(store: ox.Store, act: str) -> str:
    labels = store.quads_for_pattern(
        ox.NamedNode(act), ox.NamedNode(f"{PREFIXES['skos']}prefLabel"), None, ox.DefaultGraph()
    )
    return next(iter(sorted(_text(quad.object) for quad in labels)), "")


def conflicts(store: ox.Store) -> Iterator[Conflict]:
    """Yield where the documents of an act disagree, act by act."""
    for act, documents in sorted(_documents(store).items()):
        if len(documents) > 1:
            said = {_name(one.value): said_of(store, act, one) for one in documents}
            taken = said_of(store, act, ox.DefaultGraph())
            yield from _of_act(short(act), said, taken)


@dataclass(frozen=True, slots=True)
class Said:
    """What one graph states of an act and its measures, as plain values by (subject, property)."""

    act: Mapping[str, frozenset[str]]
    sums: Mapping[str, Money]
    converted: frozenset[str]


def said_of(store: ox.Store, act: str, graph: ox.NamedNode | ox.DefaultGraph) -> Said:
    """Return what a graph states of an act, by its IRI."""
    facts: defaultdict[str, set[str]] = defaultdict(set)
    for quad in store.quads_for_pattern(ox.NamedNode(act), None, None, graph):
        facts[quad.predicate.value].add(_text(quad.object))
    sums: dict[str, Money] = {}
    converted = set()
    for measure in facts[str(FG.measure)]:
        own = {
            q.predicate.value: _text(q.object)
            for q in store.quads_for_pattern(ox.NamedNode(measure), None, None, graph)
        }
        if str(FG.amount) in own:
            sums[measure] = Money(Decimal(own[str(FG.amount)]), own[str(FG.currency)].removeprefix(PREFIXES["cur"]))
        if str(FG.amountConverted) in own:
            converted.add(measure)
    return Said({key: frozenset(values) for key, values in facts.items()}, sums, frozenset(converted))


def _of_act(act: str, said: Mapping[str, Said], taken: Said) -> Iterator[Conflict]:
    for property_, differ in (
        (FG.decidedOn, _dates_differ),
        (FG.publishedOn, _dates_differ),
        (FG.respondent, _disjoint),
        (FG.foundViolationOf, _articles_differ),
        (FG.outcome, _disjoint),
    ):
        stated = {name: one.act[str(property_)] for name, one in said.items() if one.act.get(str(property_))}
        if differ(list(stated.values())):
            kept = taken.act.get(str(property_), frozenset())
            yield Conflict(act, act, short(property_), _shown(stated), _short(kept), _dated_note(property_, said))
    authority = _name(next(iter(taken.act.get(str(FG.authority), frozenset((act,))))))
    when = next(
        (Date.parse(one) for key in (FG.decidedOn, FG.publishedOn) for one in taken.act.get(str(key), ())), None
    )
    for measure in sorted({name for one in said.values() for name in one.sums}):
        sums = {name: one.sums[measure] for name, one in said.items() if measure in one.sums}
        if len(set(sums.values())) > 1:
            any_converted = any(measure in one.converted for one in said.values())
            note = _sum_note(authority, list(sums.values()), when, converted=any_converted)
            shown = _shown({name: frozenset((str(money),)) for name, money in sums.items()})
            own = (str(taken.sums[measure]),) if measure in taken.sums else ()
            yield Conflict(act, short(measure), short(FG.amount), shown, own, note)


def _shown(stated: Mapping[str, Iterable[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, _short(values)) for name, values in sorted(stated.items()))


def _short(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(short(one) if one.startswith("http") else one for one in sorted(values))


def _dates_differ(stated: Sequence[frozenset[str]]) -> bool:
    """Tell whether two dates exclude each other; a year does not exclude a day in it."""
    dates = [Date.parse(one) for values in stated for one in values]
    return any(gap_days(one, other) for one in dates for other in dates)


def _disjoint(stated: Sequence[frozenset[str]]) -> bool:
    return any(not one & other for one in stated for other in stated)


def _articles_differ(stated: Sequence[frozenset[str]]) -> bool:
    """Tell whether two lists of provisions each have an article that the other lacks; a shorter list is no conflict."""
    articles = [{name.split("_par-")[0].split("_pnt-")[0] for name in values} for values in stated]
    return any(one - other and other - one for one in articles for other in articles)


def _dated_note(property_: str, said: Mapping[str, Said]) -> str:
    if property_ != FG.decidedOn:
        return ""
    published = frozenset().union(*(one.act.get(str(FG.publishedOn), frozenset()) for one in said.values()))
    decided = frozenset().union(*(one.act.get(str(FG.decidedOn), frozenset()) for one in said.values()))
    return "one has the day of publication as that of decision" if published & decided else ""


def _sum_note(authority: str, sums: Sequence[Money], when: Date | None, *, converted: bool) -> str:
    pairs = [(one, other) for place, one in enumerate(sums) for other in sums[place + 1 :] if one != other]
    if all(discounted(authority, one, other) for one, other in pairs):
        return "what early payment leaves of the fine: imposed and paid are two facts"
    foreign = [(one, other) for one, other in pairs if converted or one.currency != other.currency]
    if len(foreign) == len(pairs) and all(near(one, other, when) for one, other in pairs):
        return f"converted on an unknown day, within {CONVERTED_TOLERANCE:.0%}"
    return ""


def near(one: Money, other: Money, when: Date | None) -> bool:
    """Tell whether two sums, in euros of a day, are as near as conversions on other days leave them."""
    ours, theirs = euros(one, when), euros(other, when)
    if not ours or not theirs:
        return False
    return abs(ours.amount - theirs.amount) <= max(ours.amount, theirs.amount) * CONVERTED_TOLERANCE
