"""Claims of the press against the measures on record: which one is meant, and how sure that is.

A claim about one measure is compared with the measures on the same organisation in the claimed
time. Amounts in another currency are converted at the ECB rates of two days: the press item's
and the decision's. A claimed total is compared with the sum that was known on the item's day.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from graph import triples
from graph.consolidate import Worth
from graph.money import agree, rate
from ontology.dates import Date
from ontology.identifiers import iri
from ontology.records import Claim, Match, Story
from ontology.registry import Registry
from ontology.terms import FG, GROUP_OF

TOLERANCE = Decimal("0.03")
SLACK = timedelta(days=31)
"""How late an act may come after the time that is claimed for it."""


@dataclass(frozen=True, slots=True)
class _Judged:
    worth: Worth
    score: Decimal
    agrees: bool
    reasons: tuple[str, ...]


def judge(story: Story, claim: Claim, measures: Sequence[Worth], registry: Registry) -> list[Match]:
    """Return the judgements on one claim, best first; none where nothing on record is near it."""
    name = story.claim_name(claim)
    if claim.measures:
        method = "a person read the item and named the measure; nothing on record confirms what it says of it"
        return [Match(name, "identified", Decimal(1), method, one) for one in claim.measures]
    group = GROUP_OF[claim.kind] if claim.kind else "payable"
    mine = [one for one in measures if one.measure.target == claim.about and one.group == group]
    if claim.scope == "total":
        return _total(name, story, claim, mine)
    if claim.scope in {"finding", "proceeding"} or (claim.least is None and claim.authority is None):
        return []
    judged = sorted(
        (found for one in mine if (found := _judge(story, claim, one, registry))),
        key=lambda found: (-found.score, found.worth.name),
    )
    if not judged:
        return []
    rivals = [one for one in judged if judged[0].score - one.score < Decimal("0.1")]
    status = "confirmed" if judged[0].agrees else "contradicted"
    if len(rivals) > 1:
        status = "ambiguous"
    matches = []
    for found in judged:
        own = status if found in rivals else "candidate"
        matches.append(Match(name, own, found.score, "; ".join(found.reasons), found.worth.name))
    return matches


def _judge(story: Story, claim: Claim, one: Worth, registry: Registry) -> _Judged | None:
    when = one.when
    if when is None or not _in_time(claim, one):
        return None
    score, reasons = Decimal("0.2"), ["same organisation", "claimed time"]
    authority = registry.authorities[one.act.authority]
    if claim.authority is not None:
        named = registry.authorities[claim.authority]
        if named.jurisdiction != authority.jurisdiction:
            return None
        score += Decimal("0.3")
        reasons.append("same authority" if named is authority else f"same country ({authority.jurisdiction})")
    near = _amount(story, claim, one, when) if claim.least is not None else "no amount is claimed"
    if near is None:
        agrees = False
        if claim.authority is None:
            return None
        reasons.append("amount differs")
    else:
        agrees = True
        score += Decimal("0.4") if claim.least is not None else Decimal("0.2")
        reasons.append(near)
    if claim.kind and GROUP_OF[claim.kind] == one.group:
        score += Decimal("0.1") if claim.kind == one.measure.kind else Decimal("0.05")
        reasons.append("same kind" if claim.kind == one.measure.kind else "kind of the same group")
    return _Judged(one, score, agrees, tuple(reasons))


def _in_time(claim: Claim, one: Worth) -> bool:
    dates = [date for date in (one.act.decided, one.act.published) if date]
    first = claim.since.first if claim.since else None
    last = claim.until.last if claim.until else None
    return any((first is None or date.last >= first) and (last is None or date.first <= last + SLACK) for date in dates)


def _amount(story: Story, claim: Claim, one: Worth, when: Date) -> str | None:
    """Return how the amounts agree, None where they do not."""
    if one.measure.money is None or claim.least is None or claim.most is None:
        return None
    money = one.measure.money
    if claim.currency is None:
        return None
    if claim.currency == money.currency:
        if claim.least <= money.amount <= claim.most:
            return "amount in the claimed interval"
        cut = agree((claim.least, claim.most), (money.amount, money.amount))
        return "the claimed amount is this one, its digits cut off" if cut else None
    days = [("publication", story.published), ("decision", when)]
    for label, day in days:
        if day is None:
            continue
        ours, theirs = rate(money.currency, day.last), rate(claim.currency, day.last)
        if not ours or not theirs:
            continue
        value = money.amount / ours[0] * theirs[0]
        if claim.least * (1 - TOLERANCE) <= value <= claim.most * (1 + TOLERANCE):
            return (
                f"{money} is {claim.currency} {value:,.0f} at the ECB rate of the {label} day ({theirs[1]}), "
                f"claimed {claim.least:,f} to {claim.most:,f}"
            )
    return None


def _total(name: str, story: Story, claim: Claim, mine: Sequence[Worth]) -> list[Match]:
    if claim.least is None or claim.most is None:
        return []
    until = claim.until or story.published
    known = [
        one
        for one in mine
        if one.euros and one.status != "annulled" and one.when and (until is None or one.when.first <= until.last)
    ]
    total = sum((one.euros.amount for one in known if one.euros), Decimal(0))
    if not total:
        return []
    inside = agree((claim.least, claim.most), (total, total))
    unit = claim.currency or "no currency claimed"
    method = f"EUR {total:,f} of {len(known)} payable measures known by {until}; claimed {claim.least:,f} to "
    method += f"{claim.most:,f} ({unit})"
    return [Match(name, "consistent-total" if inside else "inconsistent-total", Decimal("0.8"), method)]


def judgements(stories: Sequence[Story], measures: Sequence[Worth], registry: Registry) -> dict[str, list[Match]]:
    """Return the judgements on each claim that speaks of a measure, by its name.

    Decisions that the press itself made (tier `reported`) confirm nothing.
    """
    known: defaultdict[str, list[Worth]] = defaultdict(list)
    for one in measures:
        if one.measure.target and one.act.document.tier != "reported":
            known[one.measure.target].append(one)
    return {
        story.claim_name(claim): judge(story, claim, known.get(claim.about, ()), registry)
        for story in stories
        for claim in story.claims
        if claim.scope != "reported-incident"  # it speaks of no measure: there is nothing to compare it with
    }


def statements(judged: Mapping[str, Sequence[Match]]) -> Iterator[str]:
    """Yield matches (g:match) and each claim's derived status as N-Quads."""
    for name, matches in judged.items():
        here = triples.Subject(iri("claim", name))
        here.add(FG.claimStatus, triples.ref(iri("status", matches[0].status if matches else "unmatched")))
        here.add(
            FG.candidateMeasure,
            *(triples.ref(iri("measure", one.measure)) for one in matches if one.measure),
        )
        yield from here
        for number, one in enumerate(matches, 1):
            yield from triples.match(one, number)
