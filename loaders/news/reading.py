"""A page to what it says: the organisations, authorities, laws and sums that it names, and the acts it tells of."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from loaders.news.agreement import agreed
from loaders.news.confidence import rated
from loaders.news.event import MONEY_KINDS, Event
from loaders.news.events import flagged_events, raw_events
from loaders.news.facts import Facts, Sentence, facts
from loaders.news.fuse import fused
from loaders.news.mention import Mention
from loaders.news.money import Amount
from loaders.news.page import Page
from loaders.news.provisions import provisions
from loaders.news.scope import Scope
from ontology.folding import bare
from ontology.registry import Registry

_OPENING = 4  # sentences
_EAST = re.compile(r"[ぁ-ヿ一-龥가-힣]")
_SHORT = 3  # characters of an eastern name that only begins a longer one: 杭州 is no hotel in 杭州


@dataclass(frozen=True, slots=True)
class Reading:
    """What a page says. `events` holds acts in and out of scope; names are mentions in the page's text.

    `flagged` holds what it says did not happen or only may, and sums that are no act's own, with the flag that says so.
    """

    facts: Facts
    about: Mapping[int, str]
    events: tuple[Event, ...]
    companies: tuple[Mention, ...]
    regulators: tuple[Mention, ...]
    courts: tuple[Mention, ...]
    laws: tuple[Mention, ...]
    amounts: tuple[Amount, ...]
    provisions: tuple[tuple[str, str], ...]
    flagged: tuple[Event, ...] = ()

    @property
    def page(self) -> Page:
        """The page that was read."""
        return self.facts.page

    @property
    def authorities(self) -> tuple[str, ...]:
        """The ids of the regulators that the page names, and of one that it only speaks for or of as "we", "they"."""
        courts = {one.id for one in self.courts}
        acting = (one.regulator for one in self.events if one.regulator and one.regulator not in courts)
        return tuple(dict.fromkeys([*(one.id for one in self.regulators), *acting]))

    def company_at(self, sentence: Sentence) -> str | None:
        """Return the id of the company that a sentence speaks of, None where no table knows it."""
        return self.about.get(sentence.number)


def read(page: Page, registry: Registry) -> Reading:
    """Return what a page says; the same page gives the same reading."""
    found = facts(page, registry)
    groups = _Groups(registry)
    scope = Scope(found, registry)
    broken = list(provisions(found))
    told = list(raw_events(found, registry))
    opening = _opening(found)
    told = _unconverted([replace(one, main=_main(one, n, opening)) for n, one in enumerate(told)], found)
    events = [one for one in fused(told, groups.same) if _tells(one)]
    events = scope.judged(events)
    courts = {one.id for one in found.mentions if one.type == "court"}
    if len(courts) == 1:  # "a court in Rome", named later
        events = [
            replace(one, regulator=one.regulator or min(courts)) if one.kind == "court_ruling" else one
            for one in events
        ]
    events = [rated(_completed(one, found, broken, registry)) for one in events]
    named = found.mentions
    return Reading(
        found,
        _about(found, registry),
        tuple(events),
        tuple(one for one in named if one.type == "company"),
        tuple(one for one in named if one.type == "regulator"),
        tuple(one for one in named if one.type == "court"),
        tuple(one for one in named if one.type == "law"),
        found.amounts,
        tuple(dict.fromkeys((law, number) for _, law, number in broken)),
        tuple(scope.judged([_completed(one, found, broken, registry) for one in flagged_events(found, registry)])),
    )


def _unconverted(told: list[Event], found: Facts) -> list[Event]:
    """Return events with sums that the page converts elsewhere as it says them first: "€3,000", later "RON 14,928"."""
    alike = {
        frozenset(((one.of.value, one.of.currency), (one.amount.value, one.amount.currency)))
        for sentence in found.sentences
        for one in sentence.sums
        if one.use == "conversion" and one.of is not None
    }
    kept: list[Event] = []
    for event in told:
        sums = ((one.amount, one.currency) for one in (event, *kept))
        own = next(sums)
        first = next((one for one, said in zip(kept, sums, strict=True) if frozenset((own, said)) in alike), None)
        if first is not None and event.kind in MONEY_KINDS:
            amount = {key: getattr(first, key) for key in ("amount", "currency", "amount_text", "least", "most")}
            kept.append(replace(event, **amount))
        else:
            kept.append(event)
    return kept


def with_more(found: Reading, told: Sequence[Event], registry: Registry) -> Reading:
    """Return a reading with what another reader tells of the page; what both tell is one act.

    The other one's events are told and completed as our own are. None of ours is lost to them.
    """
    facts = found.facts
    opening, broken = _opening(facts), list(provisions(facts))
    inside = [one for one in told if any(here.start <= one.start <= here.end for here in facts.sentences)]
    first = len(found.events)
    main = [replace(one, main=_main(one, n, opening)) for n, one in enumerate(inside, first) if _tells(one)]
    judged = Scope(facts, registry).judged(main)
    events = [_completed(one, facts, broken, registry) for one in judged]
    return replace(found, events=tuple(agreed(found.events, events, _Groups(registry).same)))


def _tells(event: Event) -> bool:
    """Tell whether an event says enough to be one: against somebody, or by somebody with a sum."""
    if event.kind == "lawsuit" and event.regulator is None and not event.main:
        return False
    if event.company_name is None:
        return event.regulator is not None and (event.amount is not None or event.kind not in MONEY_KINDS)
    return True


def _shortens(one: str, other: str) -> bool:
    """Tell whether one name is the other's first words: Orange, Orange Espagne."""
    short, long = sorted((one, other), key=len)
    return long.startswith(f"{short} ")


class _Groups:
    """Which names of one page mean one company: the same id or bare name, or a parent and its subsidiary."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def same(self, one: Event, other: Event) -> bool:
        if one.company_name is None or other.company_name is None:
            return one.company_name is other.company_name
        if one.company and other.company:
            first, second = self._line(one.company), self._line(other.company)
            if one.company in second or other.company in first:
                return True
            if one.kind not in MONEY_KINDS or one.amount != other.amount or one.amount is None:
                return False
            return first[-1] == second[-1] or _shortens(bare(one.company_name), bare(other.company_name))
        names = (bare(name.replace("대학교", "대")) for name in (one.company_name, other.company_name))
        short, long = sorted(names, key=len)
        if not short.isascii() and len(short) > 1 and _EAST.search(short):
            return short in long if len(short) > _SHORT else long.startswith(short)
        return short == long or _shortens(short, long)

    def _line(self, id_: str) -> list[str]:
        """Return a company and those above it."""
        line: list[str] = []
        while id_ not in line:
            line.append(id_)
            org = self._registry.organisations.get(id_)
            id_ = org.parent if org is not None and org.parent else id_
        return line


def _about(found: Facts, registry: Registry) -> Mapping[int, str]:
    """Return, for each sentence, the registered company that it names first, else the one last named."""
    about: dict[int, str] = {}
    last: str | None = None
    for sentence in found.sentences:
        named = sentence.named("company")
        last = named[0].id if named else last
        if last is not None and last in registry.organisations:
            about[sentence.number] = last
    return about


def _main(event: Event, number: int, opening: Sequence[Sentence]) -> bool:
    """Tell whether an act is what the page is about: told first, or in the sentences that open the page."""
    return number == 0 or any(one.start <= event.start < one.end for one in opening)


def _opening(found: Facts) -> Sequence[Sentence]:
    """Return the sentences that open a page: its headline and its first paragraph, a few at most."""
    end = next((n for n, one in enumerate(found.sentences) if n > 1 and one.first), len(found.sentences))
    return found.sentences[: min(end, _OPENING)]


def _completed(event: Event, found: Facts, broken: list[tuple[int, str, str]], registry: Registry) -> Event:
    authority = registry.authorities.get(event.regulator or "")
    sentence = next(one for one in found.sentences if one.start <= event.start <= one.end)
    articles = [f"{law}:{number}" for at, law, number in broken if event.main or abs(at - sentence.number) <= 1]
    named = tuple(dict.fromkeys(one.id for one in found.mentions if one.type == "law"))
    laws = event.laws or (named if event.main or len(named) == 1 else ())
    status = event.status or ({"settlement": "settled", "investigation": "opened"}.get(event.kind) or "imposed")
    return replace(
        event,
        country=authority.jurisdiction if authority else None,
        provisions=tuple(dict.fromkeys(articles)) if event.kind in {*MONEY_KINDS, "order", "reprimand", "ban"} else (),
        laws=laws,
        status=status,
    )
