"""How far what press items say is to be believed, by the independent sources of each event.

Sources are combined by Dempster's rule: those that agree take away each other's doubt, those that cannot both be
right share the belief. Both stay, side by side, and name each other.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, takewhile
from math import prod

from graph import triples
from graph.consolidate import Worth
from graph.events import Event, Told, overlap
from graph.match import SLACK
from ontology.identifiers import iri
from ontology.records import Match
from ontology.terms import FG

MOST = Decimal("0.99")
"""No claim is believed more than this."""
BINDING = frozenset(("official", "register"))
"""The tiers of documents that confirm a claim by themselves."""
_DIGITS = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a claim is believed, and the names of the claims that cannot be right beside it."""

    belief: Decimal
    against: tuple[str, ...] = ()


def standings(
    found: Sequence[Event], judged: Mapping[str, Sequence[Match]], measures: Iterable[Worth]
) -> dict[str, Standing]:
    """Return how each claim of the events stands, by its name."""
    tiers = {one.name: one.act.document.tier for one in measures}
    supports = {told.name: support(event, judged.get(told.name, ()), tiers) for event in found for told in event.told}
    event_of = {told.name: n for n, event in enumerate(found) for told in event.told}
    against: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in contradictions(found, judged):
        against[one.name].add(other.name)
        against[other.name].add(one.name)
    made = {}
    for name, own in supports.items():
        rivals: defaultdict[int, Decimal] = defaultdict(Decimal)  # by event: its claims count once
        for other_name in against[name]:
            number = event_of[other_name]
            rivals[number] = max(rivals[number], supports[other_name])
        made[name] = Standing(belief(own, sorted(rivals.values())), tuple(sorted(against[name])))
    return made


def statements(found: Iterable[Event], standing: Mapping[str, Standing]) -> Iterator[str]:
    """Yield what is derived of each claim: belief, sources, the claims of others that agree and those that do not."""
    for event in found:
        for source in event.sources:
            others = sorted({told.name for told in event.told}.difference(told.name for told in source))
            for told in source:
                own = standing[told.name]
                here = triples.Subject(iri("claim", told.name)).add(FG.belief, triples.number(own.belief))
                here.add(FG.independentSources, triples.typed(str(len(event.sources)), "integer"))
                here.add(FG.corroboratedBy, *(triples.ref(iri("claim", each)) for each in others))
                here.add(FG.contradictedBy, *(triples.ref(iri("claim", each)) for each in own.against))
                yield from here


def support(event: Event, matches: Sequence[Match], tiers: Mapping[str, str]) -> Decimal:
    """Return how far the sources of an event support a claim of it, from 0 to 0.99.

    `tiers` has the tier of the act of each measure. A register settles it, and so does the authority's own page
    beside another source; else each independent source takes away its share of the doubt, and so does a lesser
    list that agrees.
    """
    tier = tiers.get(matches[0].measure or "") if _status(matches) == "confirmed" else None
    if tier in BINDING or (event.official and len(event.sources) > 1):
        return MOST
    sure = [max(told.claim.confidence for told in source) for source in event.sources]
    sure += [matches[0].score] if tier else []
    return min(MOST, 1 - prod(sorted(1 - one for one in sure), start=Decimal(1)))


def belief(own: Decimal, others: Iterable[Decimal]) -> Decimal:
    """Return what is left of a claim's support beside events that contradict it, each with its own support.

    >>> str(belief(Decimal("0.9"), [])), str(belief(Decimal("0.9"), [Decimal("0.9")]))
    ('0.9000', '0.4737')
    >>> str(belief(Decimal("0.99"), [Decimal("0.6")])), str(belief(Decimal("0.6"), [Decimal("0.99")]))
    ('0.9754', '0.0148')
    """
    odds = own / (1 - own)
    return (odds / (1 + odds + sum(one / (1 - one) for one in others))).quantize(_DIGITS)


def contradictions(found: Iterable[Event], judged: Mapping[str, Sequence[Match]]) -> Iterator[tuple[Told, Told]]:
    """Yield pairs of claims that cannot both be right: of one authority, kind and time, told about the same days."""
    blocks: defaultdict[tuple[str, ...], list[tuple[dt.date, Told, Event]]] = defaultdict(list)
    for event in found:
        for told in event.told:
            claim, day = told.claim, told.story.published
            if claim.authority and claim.kind and told.sum and day and told.first:  # what is told in passing may be old
                blocks[claim.about, claim.authority, claim.kind].append((day.last, told, event))
    for block in blocks.values():
        block.sort(key=lambda entry: (entry[0], entry[1].name))
        for n, (when, one, mine) in enumerate(block):
            until = when + SLACK
            near = takewhile(lambda entry: entry[0] <= until, islice(block, n + 1, None))  # noqa: B023
            yield from ((one, other) for _, other, theirs in near if _contradict(one, mine, other, theirs, judged))


def _contradict(one: Told, mine: Event, other: Told, theirs: Event, judged: Mapping[str, Sequence[Match]]) -> bool:
    """Tell whether two claims cannot both be right.

    An item that tells of both sums tells of two measures, and so do claims that the record confirms.
    """
    if one.sum is None or other.sum is None or one.sum.agrees(other.sum) is not False:
        return False
    if not overlap((one.first, one.last), (other.first, other.last), dt.timedelta()):
        return False
    if all(_status(judged.get(told.name)) == "confirmed" for told in (one, other)):
        return False
    return mine.stories.isdisjoint(theirs.stories)


def _status(matches: Sequence[Match] | None) -> str:
    return matches[0].status if matches else ""
