"""How far what press items say is to be believed, by the independent sources of each event.

Sources are combined by Dempster's rule: those that agree take away each other's doubt, those that cannot both be
right share the belief. Both stay, side by side, and name each other.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import islice, takewhile
from math import prod

from graph import triples
from graph.consolidate import Worth
from graph.events import Event, Told, overlap
from ontology.identifiers import iri
from ontology.records import Match
from ontology.terms import FG

MOST = Decimal("0.99")
"""No claim is believed more than this."""
NAMED = 5
"""How many others a claim names at most, so that an event of a thousand items has no million of links."""
BINDING = frozenset(("official", "register"))
"""The tiers of documents that confirm a claim by themselves."""
_NEXT_DAY = dt.timedelta(days=1)
_DIGITS = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a claim is believed, and the names of claims that cannot be right beside it: the surest of each event."""

    belief: Decimal
    against: tuple[str, ...] = ()


def standings(
    found: Sequence[Event], judged: Mapping[str, Sequence[Match]], measures: Iterable[Worth]
) -> dict[str, Standing]:
    """Return how each claim of the events stands, by its name."""
    tiers = {one.name: one.act.document.tier for one in measures}
    supports = {told.name: support(event, judged.get(told.name, ()), tiers) for event in found for told in event.told}
    event_of = {told.name: n for n, event in enumerate(found) for told in event.told}
    rank = {told.name: (-supports[told.name], -told.claim.confidence) for event in found for told in event.told}
    rivals: defaultdict[str, dict[int, str]] = defaultdict(dict)  # the surest claim of each event: events count once
    for pair in contradictions(found, judged):
        for one, other in (pair, pair[::-1]):
            known = rivals[one.name].setdefault(event_of[other.name], other.name)
            if (rank[other.name], other.name) < (rank[known], known):
                rivals[one.name][event_of[other.name]] = other.name
    made = {}
    for name, own in supports.items():
        others = sorted(rivals[name].values(), key=lambda other: (rank[other], other))
        made[name] = Standing(belief(own, (supports[other] for other in others)), tuple(others[:NAMED]))
    return made


def statements(found: Iterable[Event], standing: Mapping[str, Standing]) -> Iterator[str]:
    """Yield what is derived of each claim: belief, sources, claims of others that agree and that do not."""
    for event in found:
        for source, others in _corroborated(event):
            for told in source:
                own = standing[told.name]
                here = triples.Subject(iri("claim", told.name)).add(FG.belief, triples.number(own.belief))
                here.add(FG.independentSources, triples.typed(str(len(event.sources)), "integer"))
                here.add(FG.corroboratedBy, *(triples.ref(iri("claim", one.name)) for one in others))
                here.add(FG.contradictedBy, *(triples.ref(iri("claim", each)) for each in own.against))
                yield from here


def _corroborated(event: Event) -> Iterator[tuple[tuple[Told, ...], list[Told]]]:
    """Yield each source of an event with the surest claims of others, one a source, the authority's own first."""

    def rank(told: Told) -> tuple[bool, Decimal, str]:
        return told.story.name not in event.official, -told.claim.confidence, told.name

    surest = sorted(((min(source, key=rank), source) for source in event.sources), key=lambda pair: rank(pair[0]))
    for _, source in surest:
        yield source, [one for one, others in surest[: NAMED + 1] if others is not source][:NAMED]


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
    """Yield pairs of claims that cannot both be right: of one authority and kind, on events of one day.

    Within weeks an authority may well act twice on one organisation. Only what first became known on one day, or the
    next, is taken to be one act, of which the items state different sums.
    """
    stories: list[frozenset[str]] = []
    blocks: defaultdict[tuple[str, ...], list[tuple[dt.date, Told, int]]] = defaultdict(list)
    for number, event in enumerate(found):
        stories.append(event.stories)
        day = event.day
        for told in event.told:
            claim = told.claim
            if day and claim.authority and claim.kind and told.sum and told.first:  # told in passing it may be old
                blocks[claim.about, claim.authority, claim.kind].append((day, told, number))

    @cache
    def apart(one: int, other: int) -> bool:  # an item that tells of both sums tells of two measures
        return one != other and stories[one].isdisjoint(stories[other])

    for block in blocks.values():
        block.sort(key=lambda entry: (entry[0], entry[1].name))
        for n, (when, one, mine) in enumerate(block):
            until = when + _NEXT_DAY
            for _, other, theirs in takewhile(lambda entry: entry[0] <= until, islice(block, n + 1, None)):  # noqa: B023
                if apart(mine, theirs) and _differ(one, other, judged):
                    yield one, other


def _differ(one: Told, other: Told, judged: Mapping[str, Sequence[Match]]) -> bool:
    """Tell whether two claims state different sums for one time; not where the record has, and confirms, both."""
    if one.sum is None or other.sum is None or one.sum.agrees(other.sum) is not False:
        return False
    if not overlap((one.first, one.last), (other.first, other.last), dt.timedelta()):
        return False
    return not all(_status(judged.get(told.name)) == "confirmed" for told in (one, other))


def _status(matches: Sequence[Match] | None) -> str:
    return matches[0].status if matches else ""
