"""Decisions that press items alone tell of: two independent ones agree, or the authority's own page tells it.

They are acts of tier `reported`, made anew at each build, only where nothing is on record, and gone as soon as a
better source has the act. What the claims leave open stays open: a rounded sum gives no amount, a year no day.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rdflib.namespace import PROV

from graph import triples
from graph.belief import Standing
from graph.consolidate import Worth
from graph.events import Event, Told, family, overlap
from graph.match import SLACK
from ontology.dates import Date
from ontology.identifiers import iri, slug
from ontology.records import Act, Document, Match, Measure, Money, Respondent
from ontology.registry import Registry

TIER = "reported"
_TAKEN_AWAY = frozenset(("annulled", "reduced", "replaced", "suspended", "liquidated"))
_FEWEST = 2
_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Reported:
    """An act with the claims that it is known from."""

    act: Act
    told: tuple[Told, ...]

    def statements(self) -> Iterator[str]:
        """Yield what it is known from: the claims (default graph) and the items' documents (g:prov)."""
        here = triples.Subject(triples.act_type(self.act))
        yield from here.add(PROV.wasDerivedFrom, *(triples.ref(iri("claim", one.name)) for one in self.told))
        document = triples.Subject(iri("graph", self.act.document.name), iri("graph", "prov"))
        stories = sorted({one.story.document.name for one in self.told})
        yield from document.add(PROV.wasDerivedFrom, *(triples.ref(iri("graph", one)) for one in stories))


def reported(
    events: Iterable[Event],
    standing: Mapping[str, Standing],
    judged: Mapping[str, Sequence[Match]],
    measures: Iterable[Worth],
    registry: Registry,
) -> list[Reported]:
    """Return the decisions that claims make, of which nothing is on record, in order of their ids."""
    record = _Record(measures, registry)
    believed = [one for one in events if _agreed(one) and _likely(one, standing) and not record.has(one, judged)]
    numbers: Counter[str] = Counter(record.ids)
    made = []
    for bunch in _bunches(believed):
        decided, published = _dates(told for event in bunch for told in event.told)
        when = decided or published
        regulator = registry.authorities[bunch[0].authority or ""]
        if when is None or regulator.type != "regulator":
            continue
        id_ = f"{regulator.id}_{slug(f'{TIER} {when.year} {bunch[0].about}')}"
        numbers[id_] += 1
        name = f"{id_}-{numbers[id_]}" if numbers[id_] > 1 else id_
        made.append(_reported(bunch, name, decided, published, registry))
    return sorted(made, key=lambda one: one.act.id)


class _Record:
    """What is on record, by country, family of organisations and group of kinds."""

    def __init__(self, measures: Iterable[Worth], registry: Registry) -> None:
        self._registry = registry
        self._known: defaultdict[tuple[str, str, str], list[Worth]] = defaultdict(list)
        self.ids: set[str] = set()
        for one in measures:
            self.ids.add(one.act.id)
            place = registry.authorities[one.act.authority].jurisdiction
            orgs = {one.measure.target} if one.measure.target else {who.org for who in one.act.respondents}
            for org in sorted({family(org, registry) for org in orgs if org}):
                self._known[place, org, one.group].append(one)

    def has(self, event: Event, judged: Mapping[str, Sequence[Match]]) -> bool:
        """Tell whether the event may be on record: a claim was matched, or the family was sanctioned at the time.

        The press names the parent where the act names the subsidiary, and joint fines have no target.
        """
        if any(judged.get(told.name) for told in event.told):
            return True
        place = self._registry.authorities[event.authority or ""].jurisdiction
        return any(
            one.when is None or overlap((event.first, event.last), (one.when.first, one.when.last), SLACK)
            for one in self._known[place, family(event.about, self._registry), event.group]
        )


def _agreed(event: Event) -> bool:
    """Tell whether enough sources say enough: who, whom, what; of a sum due, how much; and that it stands.

    Two do, or the authority itself.
    """
    if event.authority is None or not event.group or any(told.claim.status in _TAKEN_AWAY for told in event.told):
        return False

    def enough(told: Told) -> bool:
        return told.sum is not None or event.group != "payable"

    if any(enough(told) and told.story.name in event.official for told in event.told):
        return True
    return sum(any(map(enough, source)) for source in event.sources) >= _FEWEST


def _likely(event: Event, standing: Mapping[str, Standing]) -> bool:
    """Tell whether it is more likely than not: where as many items say otherwise, nobody knows."""
    return max(standing[told.name].belief for told in event.told) > _HALF


def _bunches(events: Sequence[Event]) -> list[list[Event]]:
    """Return events by decision: what one authority did to one organisation on one day."""
    found: defaultdict[tuple[str | None, str], list[list[Event]]] = defaultdict(list)
    for event in events:
        near = found[event.authority, event.about]
        for bunch in near:
            if _one_decision(bunch, event):
                bunch.append(event)
                break
        else:
            near.append([event])
    return [bunch for near in found.values() for bunch in near]


def _one_decision(bunch: Sequence[Event], event: Event) -> bool:
    """Tell whether an event is of the decision of others: they became known on one day, or by one item on one day.

    Of different groups, like a fine and an order, it is enough that one item tells.
    """
    if not any(_dates(told for one in (*bunch, event) for told in one.told)):
        return False
    if any(one.days & event.days or (one.day and one.day == event.day) for one in bunch):
        return True
    return all(one.group != event.group for one in bunch) and any(one.stories & event.stories for one in bunch)


def _dates(told: Iterable[Told]) -> tuple[Date | None, Date | None]:
    """Return when it was decided, as precisely as all agree: on the stated dates, else on the year of their time.

    Where that runs over a new year, the press tells in which year the decision became known: the second date. Neither
    where the dates exclude each other, or where nothing bounds them.
    """
    said = list(told)
    stated = [one.claim.since for one in said if one.claim.since and one.claim.since == one.claim.until]
    if stated:
        parts = [tuple(part for part in (one.year, one.month, one.day) if part) for one in stated]
        for length in (3, 2, 1):
            longest = {part[:length] for part in parts if len(part) >= length}
            if len(longest) == 1 and all(part[:length] == next(iter(longest))[: len(part)] for part in parts):
                return Date(*longest.pop()), None
        return None, None
    first = max((one.first for one in said if one.first), default=None)
    last = min((one.last for one in said if one.last), default=None)
    if first is None or last is None:
        return None, None
    early, late = sorted((first.year, last.year))
    if early == late:
        return Date(late), None
    return None, Date(late) if late - early == 1 else None


def _reported(
    bunch: Sequence[Event], id_: str, decided: Date | None, published: Date | None, registry: Registry
) -> Reported:
    about, regulator = registry.organisations[bunch[0].about], registry.authorities[bunch[0].authority or ""]
    told = tuple(sorted((one for event in bunch for one in event.told), key=lambda one: one.name))
    measures = tuple(_measure(event, number) for number, event in enumerate(bunch, 1))
    kinds = ", ".join(one.kind.replace("-", " ") for one in measures)
    year = (decided or published or Date(1)).year
    own = any(event.official for event in bunch)
    title = f"{regulator.label}: {about.name} ({kinds}, {year}; as {'its own page' if own else 'the press'} reports it)"
    document = Document(TIER, slug(id_), TIER, title, retrieved=_retrieved(told))
    respondents = (Respondent(about.name, org=about.id),)
    return Reported(
        Act(
            id_,
            document,
            "decision",
            regulator.id,
            respondents,
            (("en", title),),
            decided=decided,
            published=published,
            measures=measures,
        ),
        told,
    )


def _retrieved(told: Iterable[Told]) -> dt.date | None:
    days = [one.story.document.retrieved for one in told if one.story.document.retrieved]
    return max(days, key=lambda day: (day.toordinal(), day.isoformat()), default=None)


def _measure(event: Event, number: int) -> Measure:
    """Return the measure of an event: of the kind that most sources name, with a sum only where it is exact.

    Where items state several currencies, nobody knows which is the authority's own.
    """
    kinds = Counter(kind for source in event.sources for kind in {told.claim.kind for told in source} if kind)
    kind = min(kinds, key=lambda one: (-kinds[one], one))
    if len(event.sums) != 1:
        return Measure(number, kind, event.about)
    (sum_,) = event.sums
    if sum_.least == sum_.most:
        return Measure(number, kind, event.about, Money(sum_.least, sum_.currency))
    words = f"{sum_.currency} {sum_.least:,f} to {sum_.most:,f}"
    return Measure(number, kind, event.about, amount_text=words)
