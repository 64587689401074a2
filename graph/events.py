"""Claims of several press items on one event, joined.

An event is what claims agree on: one organisation, one group of kinds, an authority, a time, a sum. Its items are
told apart by source: those that go back to one count once.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import floor, log

from graph import copies
from graph.match import SLACK, TOLERANCE
from graph.money import Span, agree, ceiling, rate
from ontology.dates import Date
from ontology.records import Claim, Story
from ontology.registry import Registry
from ontology.terms import GROUP_OF

_STEP = log(1.1)


@dataclass(frozen=True, slots=True)
class Sum:
    """What words about money may mean, and the day of the item that they stand in."""

    least: Decimal
    most: Decimal
    currency: str
    day: Date | None

    @property
    def span(self) -> Span:
        """The least and the most that it may mean."""
        return self.least, self.most

    @property
    def width(self) -> Decimal:
        """How much is left open, as a share."""
        return (self.most - self.least) / self.most if self.most else Decimal(0)

    @property
    def steps(self) -> Iterator[tuple[str, int]]:
        """The steps of a tenth that it covers, with its currency: sums that overlap share one."""
        low, high = (floor(log(max(1.0, float(one))) / _STEP) for one in (self.least, ceiling(self.span)))
        return ((self.currency, step) for step in range(low, high + 1))

    def agrees(self, other: "Sum") -> bool | None:
        """Tell whether two sums may be one, converted at the rates of either item's day; None without a rate."""
        if self.currency == other.currency:
            return agree(self.span, other.span)
        found = None
        for day in {one.last for one in (self.day, other.day) if one}:
            mine, theirs = rate(self.currency, day), rate(other.currency, day)
            if mine and theirs:
                factor = theirs[0] / mine[0]
                least, most = self.least * factor * (1 - TOLERANCE), self.most * factor * (1 + TOLERANCE)
                found = found or max(least, other.least) <= min(most, other.most)
        return found


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with the press item that makes it; `sum` is None without a number or a currency."""

    story: Story
    claim: Claim
    name: str
    sum: Sum | None

    @classmethod
    def of(cls, story: Story, claim: Claim) -> "Told":
        """Return a claim with its name and what it says of money."""
        said = None
        if claim.least is not None and claim.most is not None and claim.currency is not None:
            said = Sum(claim.least, claim.most, claim.currency, story.published)
        return cls(story, claim, story.claim_name(claim), said)

    @property
    def first(self) -> dt.date | None:
        """The first day that it may speak of."""
        return self.claim.since.first if self.claim.since else None

    @property
    def last(self) -> dt.date | None:
        """The last day that it may speak of: none after the day of the item."""
        until = self.claim.until or self.story.published
        return until.last if until else None

    @property
    def day(self) -> dt.date | None:
        """The day on which the act became known by it; None where it tells a month, or tells of the act in passing."""
        until = self.claim.until or self.story.published
        return until.first if self.first and until and until.day else None

    @property
    def order(self) -> tuple[bool, bool, Decimal, str]:
        """Its place among the claims on an organisation: the one that says most, most exactly, comes first."""
        width = self.sum.width if self.sum else Decimal(0)
        return self.sum is None, self.claim.authority is None, width, self.name


@dataclass(frozen=True, slots=True)
class Event:
    """Claims that agree, with what they leave open together. `sums` has one for each currency.

    `sources` are the claims by independent source, `official` names the items that are the authority's own.
    """

    told: tuple[Told, ...]
    authority: str | None
    first: dt.date | None
    last: dt.date | None
    sums: tuple[Sum, ...] = ()
    sources: tuple[tuple[Told, ...], ...] = ()
    official: frozenset[str] = frozenset()

    @property
    def about(self) -> str:
        """The organisation: of a family's members the one that most sources name."""
        named = Counter(about for source in self.sources for about in {told.claim.about for told in source})
        return min(named, key=lambda one: (-named[one], one))

    @property
    def group(self) -> str:
        """The group of the kinds that are claimed, "" where none is."""
        return group_of(self.told[0].claim)

    @property
    def stories(self) -> frozenset[str]:
        """The names of the press items."""
        return frozenset(told.story.name for told in self.told)

    @property
    def days(self) -> frozenset[tuple[str, dt.date]]:
        """The days on which it became known, each with the item that tells it."""
        return frozenset((told.story.name, told.day) for told in self.told if told.day)

    @property
    def day(self) -> dt.date | None:
        """The first of these days; None where an item tells of it in passing before, for then it is older."""
        first = min((day for _, day in self.days), default=None)
        return None if first and self.last and self.last < first else first

    def takes(self, one: Told) -> bool:
        """Tell whether a claim may speak of the event.

        One without a sum has to name the same organisation, authority and kind. By the sum alone a parent is told to
        be meant where another item names the subsidiary.
        """
        named = one.claim.authority
        if named != self.authority and named is not None and self.authority is not None:
            return False
        if not overlap((self.first, self.last), (one.first, one.last), SLACK):
            return False
        if one.sum:
            return bool(self.sums) and all(own.agrees(one.sum) for own in self.sums)
        said = {(told.claim.about, told.claim.kind) for told in self.told}
        return named is not None and named == self.authority and (one.claim.about, one.claim.kind) in said

    def with_(self, one: Told) -> "Event":
        """Return the event with one more claim on it."""
        first = max((day for day in (self.first, one.first) if day), default=None)
        last = min((day for day in (self.last, one.last) if day), default=None)
        if first and last and first > last:  # they met within the slack only
            first, last = last, first
        return replace(
            self,
            told=(*self.told, one),
            first=first,
            last=last,
            sums=_narrowed(self.sums, one.sum),
        )


@dataclass(slots=True)
class _Block:
    """The claims on one family of organisations and of one group of kinds, while they are joined.

    Events are looked up by authority, and by sum where they have one in the currency: nearly all claims are
    compared with a few events only.
    """

    events: list[Event] = field(default_factory=list)
    alone: list[Event] = field(default_factory=list)
    _by_authority: defaultdict[str | None, list[int]] = field(default_factory=lambda: defaultdict(list))
    _by_step: defaultdict[tuple[str, int], list[int]] = field(default_factory=lambda: defaultdict(list))
    _priced: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def add(self, one: Told) -> None:
        """Join a claim to the one event that takes it; where none does, it makes an event."""
        fitting = [n for n in self._near(one) if self.events[n].takes(one)]
        if len(fitting) > 1:  # what may speak of several events speaks for none of them, and draws no other claim to it
            self.alone.append(self._new(one))
            return
        if fitting:
            (number,) = fitting
            self.events[number] = self.events[number].with_(one)
        else:
            number = len(self.events)
            self.events.append(self._new(one))
            self._by_authority[one.claim.authority].append(number)
        if one.sum and number not in self._priced[one.sum.currency]:
            self._priced[one.sum.currency].add(number)
            for step in one.sum.steps:
                self._by_step[step].append(number)

    def _near(self, one: Told) -> Iterable[int]:
        if one.sum is None:
            return self._by_authority[one.claim.authority]
        priced = self._priced[one.sum.currency]
        same = {number for step in one.sum.steps for number in self._by_step[step]}
        return same | {n for numbers in self._priced.values() for n in numbers - priced}

    def _new(self, one: Told) -> Event:
        return Event((one,), one.claim.authority, one.first, one.last, (one.sum,) if one.sum else ())


def events(stories: Iterable[Story], registry: Registry) -> list[Event]:
    """Return the events that claims on single measures speak of, the same whatever the order of the items."""
    blocks: defaultdict[tuple[str, str], list[Told]] = defaultdict(list)
    for story in stories:
        for claim in story.claims:
            if claim.scope == "single-measure":
                blocks[family(claim.about, registry), group_of(claim)].append(Told.of(story, claim))
    found = []
    for _, block in sorted(blocks.items()):
        joined = _Block()
        for one in sorted(block, key=lambda told: told.order):
            joined.add(one)
        found += [_sourced(event, registry) for event in (*joined.events, *joined.alone)]
    return found


def group_of(claim: Claim) -> str:
    """Return the upper concept of the kind that is claimed, "" without a kind."""
    return GROUP_OF[claim.kind] if claim.kind else ""


def family(org: str, registry: Registry) -> str:
    """Return the organisation at the head of a group of companies, by the reference data."""
    while (known := registry.organisations.get(org)) and known.parent:
        org = known.parent
    return org


Days = tuple[dt.date | None, dt.date | None]


def overlap(one: Days, other: Days, slack: dt.timedelta) -> bool:
    """Tell whether two times, each open where it has None, are less than the slack apart."""
    return all(
        first is None or last is None or first <= last + slack
        for first, last in ((one[0], other[1]), (other[0], one[1]))
    )


def _narrowed(sums: tuple[Sum, ...], new: Sum | None) -> tuple[Sum, ...]:
    if new is None:
        return sums
    if all(one.currency != new.currency for one in sums):
        return (*sums, new)
    return tuple(_common(one, new) if one.currency == new.currency else one for one in sums)


def _common(one: Sum, new: Sum) -> Sum:
    """Return what two sums in one currency leave open: where digits were cut off, the narrower one."""
    least, most = max(one.least, new.least), min(one.most, new.most)
    return replace(one, least=least, most=most) if least <= most else min(one, new, key=lambda sum_: sum_.width)


def _sourced(event: Event, registry: Registry) -> Event:
    """Return an event with its claims by source: an authority's own page, and the press, copies counted once."""
    by_story: defaultdict[str, list[Told]] = defaultdict(list)
    for told in event.told:
        by_story[told.story.name].append(told)
    members = [tuple(by_story[name]) for name in sorted(by_story)]
    homepage = registry.authorities[event.authority].homepage if event.authority else ""
    items = [
        copies.Item(
            said[0].story.document,
            tuple(told.claim.text for told in said),
            said[0].story.fingerprint,
            official=copies.on_site(said[0].story.document.url, homepage),
        )
        for said in members
    ]
    sources = tuple(tuple(told for n in cluster for told in members[n]) for cluster in copies.clusters(items))
    official = frozenset(said[0].story.name for said, one in zip(members, items, strict=True) if one.official)
    return replace(event, sources=sources, official=official)
