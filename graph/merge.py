"""From what several documents say of one act to one record, and which document each fact was taken from.

Where documents disagree, the first in trust order (`Document.trust`) that states a fact gives it; the
others keep theirs in their own graph. A field that the most trusted document leaves out is filled from the next.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from rdflib.namespace import DCTERMS, SKOS

from graph import triples
from ontology.identifiers import iri
from ontology.records import Act, Measure, Money, Respondent
from ontology.terms import FG, GROUP_OF

_PROPERTIES = {
    "title": SKOS.prefLabel,
    "docket": DCTERMS.identifier,
    "ecli": DCTERMS.identifier,
    "respondents": FG.respondent,
    "decided": FG.decidedOn,
    "published": FG.publishedOn,
    "provisions": FG.foundViolationOf,
    "sectors": FG.sector,
    "case": FG.inCase,
    "follows": FG.follows,
    "reviews": FG.reviews,
    "outcome": FG.outcome,
    "leaves": FG.leavesMeasures,
    "summary": DCTERMS.description,
}
EARLY_PAYMENT = {"es-aepd": (Decimal("0.8"), Decimal("0.75"), Decimal("0.64"), Decimal("0.6"))}
"""What is left of a fine that is paid early, by authority (Spain: Ley 39/2015, art. 85: 20 % off, twice)."""


def discounted(authority: str, one: Money, other: Money) -> bool:
    """Tell whether of two sums of an authority one is what is left of the other when it is paid early."""
    small, large = sorted((one.amount, other.amount))
    rates = EARLY_PAYMENT.get(authority, ())
    return one.currency == other.currency and large > 0 and any(small == large * rate for rate in rates)


@dataclasses.dataclass(frozen=True, slots=True)
class Merged:
    """One consolidated act. `given` has a (document, property) pair for each fact of an act with several documents."""

    act: Act
    given: tuple[tuple[str, str], ...] = ()

    def statements(self) -> Iterator[str]:
        """Yield which document gave which property (into g:prov)."""
        for document, property_ in self.given:
            here = triples.Subject(iri("graph", document), iri("graph", "prov"))
            yield from here.add(FG.gives, triples.ref(property_))


def groups(acts: Iterable[Act]) -> list[list[Act]]:
    """Return the records of each act, most trusted first, in order of the acts' ids."""
    by_id: defaultdict[tuple[str, str], list[Act]] = defaultdict(list)
    for act in acts:
        by_id[act.type, act.id].append(act)
    return [sorted(said, key=lambda act: act.document.trust) for _, said in sorted(by_id.items())]


def merge(ranked: Sequence[Act]) -> Merged:
    """Return the one record of an act out of its records, most trusted first."""
    best = ranked[0]
    if len(ranked) == 1:
        return Merged(best)
    stated: dict[str, object] = {}
    given: set[tuple[str, str]] = set()
    for field, property_ in _PROPERTIES.items():
        giver = next((act for act in ranked if _states(act, field, ranked)), None)
        stated[field] = getattr(giver or best, field)
        if giver:
            given.add((giver.document.name, str(property_)))
            if field == "provisions":
                stated["provisions_text"] = giver.provisions_text
    respondents: tuple[Respondent, ...] = stated["respondents"]  # type: ignore[assignment]
    measures = [_aimed(one, respondents) for one in _measures(ranked, given)]
    replaces = tuple(sorted({old for act in ranked for old in act.replaces}))
    act = dataclasses.replace(best, **stated, measures=tuple(measures), replaces=replaces)  # type: ignore[arg-type]
    return Merged(act, tuple(sorted(given)))


def _aimed(one: Measure, respondents: Sequence[Respondent]) -> Measure:
    """Return a measure on one of the act's respondents: another document may spell that one's name otherwise."""
    orgs = [who.org for who in respondents if who.org]
    target = one.target if one.target in orgs else orgs[0] if one.target and len(respondents) == 1 and orgs else None
    return dataclasses.replace(one, target=target)


def _states(act: Act, field: str, ranked: Sequence[Act]) -> bool:
    """Tell whether a record states a field well enough to give it.

    A tracker's day is often that of publication: it is no day of decision where a more trusted document has it
    as that of publication. A respondent that nobody names gives way to one that another document names.
    """
    value = getattr(act, field)
    if field == "decided":
        return bool(value) and all(value != other.published for other in ranked[: ranked.index(act)])
    if field == "respondents":
        named = any(one.org for other in ranked for one in other.respondents)
        return any(one.org for one in value) if named else bool(value)
    return bool(value)


def _measures(ranked: Sequence[Act], given: set[tuple[str, str]]) -> Iterator[Measure]:
    """Yield the measures of the most trusted document, and of others those of a group it says nothing of."""
    chosen: dict[int, tuple[Act, Measure]] = {}
    taken: set[str] = set()
    for act in ranked:
        new = [one for one in act.measures if GROUP_OF[one.kind] not in taken and one.number not in chosen]
        chosen |= {one.number: (act, one) for one in new}
        taken |= {GROUP_OF[one.kind] for one in act.measures}
    for number, (act, one) in sorted(chosen.items()):
        same = [(other, m) for other in ranked for m in other.measures if m.number == number]
        given.add((act.document.name, str(FG.measure)))
        yield _completed(act, one, same, given)


def _completed(act: Act, one: Measure, same: Sequence[tuple[Act, Measure]], given: set[tuple[str, str]]) -> Measure:
    """Return a measure with what its document leaves out: the target, the sum in its own currency, what was paid."""

    def first(states: Callable[[Measure], object]) -> tuple[Act, Measure] | None:
        return next(((other, m) for other, m in same if states(m)), None)

    priced = first(lambda m: m.money and not m.converted) or first(lambda m: m.money)
    if priced and (one.money is None or (one.converted and not priced[1].converted)):
        other, m = priced
        given.add((other.document.name, str(FG.amount)))
        one = dataclasses.replace(one, money=m.money, converted=m.converted, amount_text=None)
    elif one.money:
        given.add((act.document.name, str(FG.amount)))
    alone = len(act.respondents) <= 1  # of several, a row may be on one and only a part of the sum
    if one.target is None and (aimed := first(lambda m: m.target and (alone or m.money in {None, one.money}))):
        one = dataclasses.replace(one, target=aimed[1].target)
        given.add((aimed[0].document.name, str(FG.target)))
    if one.paid is None and (settled := first(lambda m: m.paid)):
        one = dataclasses.replace(one, paid=settled[1].paid)
        given.add((settled[0].document.name, str(FG.paidAmount)))
    return _early_payment(act.authority, one, same, given)


def _early_payment(
    authority: str, one: Measure, same: Sequence[tuple[Act, Measure]], given: set[tuple[str, str]]
) -> Measure:
    """Tell imposed and paid apart where one document has the full fine and another what early payment left of it."""
    sources = [other.document.source for other, m in same if m.money]
    in_rows = len({(other.document.source, other.document.digest) for other, m in same if m.money}) < len(sources)
    if one.money is None or one.paid is not None or in_rows:
        return one
    for other, m in same:
        if m.money and discounted(authority, one.money, m.money):
            imposed, paid = max(one.money, m.money, key=_sum), min(one.money, m.money, key=_sum)
            given.add((other.document.name, str(FG.amount if imposed is m.money else FG.paidAmount)))
            return dataclasses.replace(one, money=imposed, paid=paid)
    return one


def _sum(money: Money) -> Decimal:
    return money.amount
