"""When two records of different sources speak of one act: rules, each with how sure it is.

No rule rests on one field alone. A docket counts within one authority, a URL together with another
field (many pages report several decisions), names are evidence beside amount and date. What one
record leaves out neither confirms nor contradicts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from rapidfuzz.fuzz import token_set_ratio

from graph.merge import discounted
from graph.money import euros
from loaders.resolve.profile import Profile, shape
from ontology.dates import gap_days
from ontology.records import Money

CONVERTED_TOLERANCE = Decimal("0.15")
_NEAR, _CLOSE, _SAME_WEEK, _SAME_DAY = 400, 60, 10, 3
_LIKE, _UNLIKE = 92, 60
_SHORTEST_NAME = 4

Amounts = Literal["equal", "discount", "converted", "differ", "unknown", "one-sided"]
Names = Literal["same", "like", "differ", "unknown"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """How two records compare. `gap` is in days, None where one is undated; `shared` is of the provisions (0 to 1)."""

    docket: Literal["same", "filed", "differ", "unknown"]
    url: bool
    names: Names
    amounts: Amounts
    gap: int | None
    exact: bool
    shared: float

    def __str__(self) -> str:
        gap = "undated" if self.gap is None else f"{self.gap} days apart"
        return (
            f"docket {self.docket}, URL {'shared' if self.url else 'not shared'}, names {self.names}, "
            f"amounts {self.amounts}, {gap}, {self.shared:.0%} of provisions shared"
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rule that holds, its confidence, and the evidence."""

    rule: str
    confidence: Decimal
    evidence: Evidence


def compare(one: Profile, other: Profile, parents: Mapping[str, str]) -> Evidence:
    """Return how two records of one authority compare; `parents` gives an organisation's parent."""
    return Evidence(
        docket=_dockets(one, other),
        url=bool(one.urls & other.urls),
        names=_names(one, other, parents),
        amounts=amounts(one, other),
        gap=min((gap_days(ours, theirs) for ours in one.dates for theirs in other.dates), default=None),
        exact=any(day.day for day in one.dates) and any(day.day for day in other.dates),
        shared=_shared(one, other),
    )


def judge(found: Evidence) -> Verdict | None:
    """Return the strongest rule that makes one act of two records, None where none does."""
    agree = found.amounts in {"equal", "discount", "converted"}
    known = found.names in {"same", "like"}
    if found.gap is not None and found.gap > _NEAR:
        return None
    if found.docket in {"same", "filed"} and not (found.amounts == "differ" and found.names == "differ"):
        rule = "docket" if found.docket == "same" else "docket in the official URL"
        sure = agree or known or found.url
        return Verdict(rule, Decimal("0.99" if sure else "0.95"), found)
    if found.docket == "differ" or found.amounts == "differ":
        return None
    if found.url and (agree or known):
        beside = "amount" if agree else "respondent"
        return Verdict(f"official URL and {beside}", Decimal("0.98" if agree and known else "0.95"), found)
    if found.names == "differ" or found.gap is None:
        return None
    return _by_facts(found, agree=agree, known=known)


def _by_facts(found: Evidence, *, agree: bool, known: bool) -> Verdict | None:
    """Return a rule on regulator, respondent, date and amount."""
    gap = found.gap if found.gap is not None else _NEAR
    if known and agree and gap <= _CLOSE:
        confidence = Decimal("0.97" if found.amounts == "equal" and found.names == "same" else "0.95")
        return Verdict("respondent, amount and date", confidence, found)
    if known and found.exact and gap <= _SAME_DAY and found.amounts != "one-sided":
        return Verdict("respondent and day", Decimal("0.92"), found)
    if found.exact and gap <= _SAME_DAY and found.amounts == "equal" and found.shared >= 0.5:
        return Verdict("amount, day and provisions", Decimal("0.9"), found)
    return None


def _dockets(one: Profile, other: Profile) -> Literal["same", "filed", "differ", "unknown"]:
    if one.dockets & other.dockets:
        return "same"
    if one.dockets & other.filed or one.filed & other.dockets or one.filed & other.filed:
        return "filed"
    ours, theirs = one.dockets | one.filed, other.dockets | other.filed
    same_scheme = {shape(number) for number in ours} & {shape(number) for number in theirs}
    return "differ" if same_scheme - {"0", "0 0"} else "unknown"


def _names(one: Profile, other: Profile, parents: Mapping[str, str]) -> Names:
    if not one.orgs or not other.orgs:
        return "unknown"
    if one.orgs & other.orgs:
        return "same"
    if _houses(one, parents) & _houses(other, parents):
        return "like"
    best = max((token_set_ratio(ours, theirs) for ours in one.names for theirs in other.names), default=0.0)
    long_enough = min(len(name) for name in (*one.names, *other.names)) >= _SHORTEST_NAME
    if best >= _LIKE and long_enough:
        return "like"
    return "differ" if best < _UNLIKE else "unknown"


def _houses(one: Profile, parents: Mapping[str, str]) -> set[str]:
    """Return the organisations of a record and what stands above them."""
    found: set[str] = set()
    for org in one.orgs:
        step: str | None = org
        while step and step not in found:
            found.add(step)
            step = parents.get(step)
    return found


def amounts(one: Profile, other: Profile) -> Amounts:
    """Return how the sums of money of two records compare."""
    if one.payable != other.payable:
        return "one-sided"
    if not one.sums or not other.sums:
        return "unknown"
    pairs = [(ours, theirs) for ours in one.sums for theirs in other.sums]
    converted = one.converted or other.converted
    if any(ours == theirs for ours, theirs in pairs):
        return "equal"
    if any(discounted(one.act.authority, ours, theirs) for ours, theirs in pairs):
        return "discount"
    if any(
        (converted or ours.currency != theirs.currency) and _near(one, ours, other, theirs) for ours, theirs in pairs
    ):
        return "converted"
    return "differ"


def _near(one: Profile, ours: Money, other: Profile, theirs: Money) -> bool:
    when = next(iter((*one.dates, *other.dates)), None)
    mine, yours = euros(ours, when), euros(theirs, when)
    if mine is None or yours is None or not mine.amount:
        return False
    return abs(mine.amount - yours.amount) <= max(mine.amount, yours.amount) * CONVERTED_TOLERANCE


def _shared(one: Profile, other: Profile) -> float:
    ours, theirs = set(one.act.provisions), set(other.act.provisions)
    if not ours or not theirs:
        return 0.0
    articles = [{name.split("_par-")[0] for name in names} for names in (ours, theirs)]
    return len(articles[0] & articles[1]) / len(articles[0] | articles[1])
