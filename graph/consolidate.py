"""From what several documents say of one act to one record, and the values derived from it.

The default graph holds each fact once. Where documents disagree, the first in trust order
(`ontology.records.TIERS`) that states a fact gives it; the others keep theirs in their own graph.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rdflib.namespace import RDF

from graph import triples
from graph.money import Euros, euros
from ontology.dates import Date
from ontology.identifiers import iri
from ontology.records import TIERS, Act, Measure
from ontology.registry import Registry
from ontology.terms import FG, GROUP_OF


def consolidate(acts: Iterable[Act]) -> list[Act]:
    """Return one record per act id, sorted by id."""
    by_id: defaultdict[tuple[str, str], list[Act]] = defaultdict(list)
    for act in acts:
        by_id[act.type, act.id].append(act)
    return [_merge(said) for _, said in sorted(by_id.items())]


def _merge(said: Sequence[Act]) -> Act:
    ranked = sorted(said, key=lambda act: (TIERS.index(act.document.tier), act.document.name))
    best = ranked[0]
    stated: dict[str, object] = {}
    for field in dataclasses.fields(Act):
        values = (getattr(act, field.name) for act in ranked)
        stated[field.name] = next((value for value in values if value), getattr(best, field.name))
    stated["document"] = best.document
    stated["measures"] = _measures(ranked)
    stated["replaces"] = tuple(sorted({old for act in ranked for old in act.replaces}))
    return Act(**stated)  # type: ignore[arg-type]


def _measures(ranked: Sequence[Act]) -> tuple[Measure, ...]:
    """Take the measures of the most trusted document, and of others those of a group it says nothing of."""
    chosen: dict[int, Measure] = {}
    groups: set[str] = set()
    for act in ranked:
        new = [one for one in act.measures if GROUP_OF[one.kind] not in groups and one.number not in chosen]
        chosen |= {one.number: one for one in new}
        groups |= {GROUP_OF[one.kind] for one in act.measures}
    return tuple(one for _, one in sorted(chosen.items()))


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


_OUTCOMES = frozenset({"upheld", "reduced", "remitted", "annulled"})


def _statuses(acts: Sequence[Act]) -> dict[str, str]:
    """Return the status of the measures of each act that courts reviewed, after the newest ruling on it.

    A ruling may itself be reviewed: the chain is read from the act upwards.
    """
    rulings = {act.id: act for act in acts if act.reviews and act.outcome in _OUTCOMES}
    above: defaultdict[str, list[Act]] = defaultdict(list)
    for ruling in rulings.values():
        for subject in _chain(ruling, rulings):
            above[subject].append(ruling)
    return {
        subject: _effect(max(found, key=lambda one: (str(one.decided or ""), one.id)), subject, rulings)
        for subject, found in above.items()
    }


def _chain(ruling: Act, rulings: Mapping[str, Act]) -> list[str]:
    """Return what a ruling reviews, what that reviews, and so on down to the decision."""
    found = [ruling.id]
    while (step := rulings.get(found[-1])) is not None:
        below = (step.reviews or "").removeprefix("ruling:")
        if below in found:
            break
        found.append(below)
    return found[1:]


def _effect(ruling: Act, subject: str, rulings: Mapping[str, Act]) -> str:
    """Return how a ruling leaves the measures of an act at the lower end of its chain.

    Each court judges what the one below it left: to uphold a ruling that annulled keeps the annulment, to
    annul one that upheld undoes the measures, to annul one that did not uphold brings them back. A ruling
    that remits leaves nothing final. A document that says how the decision ended (`leaves`) has the last word.
    """
    chain = _chain(ruling, rulings)
    if ruling.leaves and subject == chain[-1]:
        return ruling.leaves
    before = "in-force" if chain[0] == subject else _effect(rulings[chain[0]], subject, rulings)
    if ruling.outcome == "upheld":
        return before
    if ruling.outcome == "annulled":
        return "annulled" if before == "in-force" else "in-force"
    return "replaced" if ruling.outcome == "reduced" else "suspended"


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
