"""The values that a build derives of the consolidated acts: status, euros, sums, years."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rdflib.namespace import RDF

from graph import triples
from graph.money import Euros, euros
from ontology.dates import Date
from ontology.identifiers import iri
from ontology.records import Act, Measure
from ontology.registry import Registry
from ontology.terms import FG, GROUP_OF


@dataclass(frozen=True, slots=True)
class Worth:
    """A measure of the consolidated record with what the build derives of it."""

    act: Act
    measure: Measure
    status: str
    euros: Euros | None

    @property
    def name(self) -> str:
        """The local name of the measure."""
        return f"{self.act.id}_{self.measure.number}"

    @property
    def group(self) -> str:
        """The kind's upper concept."""
        return GROUP_OF[self.measure.kind]

    @property
    def when(self) -> Date | None:
        """The best known date of its act."""
        return self.act.decided or self.act.published


def worths(acts: Sequence[Act]) -> list[Worth]:
    """Return every measure of the consolidated acts with status and euro amount, in order."""
    statuses = _statuses(acts)
    liquidated = {one.liquidates for act in acts for one in act.measures if one.liquidates}
    found = []
    for act in acts:
        for one in act.measures:
            status = "liquidated" if f"{act.id}_{one.number}" in liquidated else statuses.get(act.id, "in-force")
            value = euros(one.money, act.decided or act.published) if one.money else None
            found.append(Worth(act, one, status, value))
    return found


_AFTER = {"annulled": "annulled", "reduced": "replaced", "remitted": "suspended"}


def _statuses(acts: Sequence[Act]) -> dict[str, str]:
    """Return the status of the measures of each act that courts reviewed."""
    above: defaultdict[str, list[Act]] = defaultdict(list)
    for act in acts:
        if act.reviews:
            above[act.reviews.removeprefix("ruling:")].append(act)
    for rulings in above.values():
        rulings.sort(key=lambda one: (one.decided.last if one.decided else date.max, one.id))
    reviewing = {act.id for act in acts if act.reviews}
    return {subject: _standing(subject, above, frozenset(), leaves=subject not in reviewing) for subject in above}


def _standing(subject: str, above: Mapping[str, Sequence[Act]], seen: frozenset[str], *, leaves: bool = False) -> str:
    """Return how the rulings on an act leave its measures, read in order of time, each upon the one before.

    A ruling counts as the courts above it left it: one that was annulled is undone (an annulled approval
    takes the measures away, an annulled annulment brings them back), one that was sent back leaves nothing
    final. Where the newest document says how the decision ended (`leaves`), that is the last word on the
    decision, though not on the rulings between.
    """
    now = "in-force"
    for ruling in above[subject]:
        if ruling.id in seen or ruling.id == subject:
            continue
        newest = _newest(ruling, above, seen | {subject})
        below = "in-force" if ruling.id not in above else _standing(ruling.id, above, seen | {subject})
        if leaves and newest.leaves:
            now = newest.leaves
        elif below == "annulled":
            now = "annulled" if ruling.outcome == "upheld" and now == "in-force" else "in-force"
        elif below in {"suspended", "replaced"}:
            now = below
        else:
            now = _AFTER.get(ruling.outcome or "", now)
    return now


def _newest(ruling: Act, above: Mapping[str, Sequence[Act]], seen: frozenset[str]) -> Act:
    """Return the last ruling of the chain that begins with a ruling."""
    later = [one for one in above.get(ruling.id, ()) if one.id not in seen and one.id != ruling.id]
    return _newest(later[-1], above, seen | {ruling.id}) if later else ruling


def derived(acts: Sequence[Act], measures: Sequence[Worth], registry: Registry) -> Iterator[str]:
    """Yield the derived statements of the default graph as N-Quads."""
    payable: defaultdict[str, Decimal] = defaultdict(Decimal)
    types = {act.id: act for act in acts}
    for one in measures:
        here = triples.Subject(iri("measure", one.name))
        here.add(FG.kindGroup, triples.ref(iri("kind", one.group)))
        here.add(FG.measureStatus, triples.ref(iri("status", one.status)))
        if one.euros:
            here.add(FG.amountEUR, triples.number(one.euros.amount))
            if one.measure.money and one.measure.money.currency != "EUR":
                here.add(FG.rateEUR, triples.number(one.euros.rate))
                here.add(FG.rateDate, triples.date(one.euros.day))
            if one.group == "payable":
                payable[one.act.id] += one.euros.amount
        yield from here
    for name, total in sorted(payable.items()):
        yield from triples.Subject(triples.act_type(types[name])).add(FG.payableEUR, triples.number(total))
    pairs = set()
    for act in acts:
        here = triples.Subject(triples.act_type(act))
        here.add(RDF.type, triples.ref(FG.Act))
        when = act.decided or act.published
        yield from here.add(FG.year, triples.typed(str(when.year), "integer") if when else None)
        if act.type == "decision" and any(GROUP_OF[one.kind] != "closure" for one in act.measures):
            pairs |= {(act.authority, who.org) for who in act.respondents if who.org}
    for authority, org in sorted(pairs):
        yield from triples.Subject(triples.authority_iri(authority, registry)).add(
            FG.sanctioned, triples.ref(iri("org", org))
        )
