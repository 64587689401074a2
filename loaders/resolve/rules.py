"""When two records of different sources speak of one act: rules, each with how sure it is.

No rule rests on one field alone. A docket counts within one authority, a URL together with another
field (many pages report several decisions), names are evidence beside amount and date. What one
record leaves out neither confirms nor contradicts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from rapidfuzz.fuzz import token_set_ratio

from graph.merge import discounted
from graph.money import euros
from loaders.resolve.profile import Profile, is_number, shape, spells
from ontology.dates import gap_days
from ontology.records import Money

CONVERTED_TOLERANCE = Decimal("0.15")
_NEAR, _CLOSE, _SAME_DAY = 400, 60, 3
_DAYS, _FORTNIGHT = range(_SAME_DAY + 1), range(15)
_HALF, _MOST, _DISTINCTIVE = 0.5, 0.75, 3
_LIKE, _UNLIKE = 92, 60
_SHORTEST_NAME, _SHORTEST_LABEL = 4, 6

Amounts = Literal["equal", "discount", "converted", "differ", "unknown", "one-sided"]
Dockets = Literal["same", "filed", "differ", "other number", "unknown"]
Names = Literal["same", "like", "differ", "unknown"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """How two records compare. `gap` is in days, None where one is undated; `exact`: both know a day.

    `shared` is of the provisions (0 to 1); `distinctive`: the sums are equal and no round number; `titled`, `words`:
    they have one title, one summary.
    """

    docket: Dockets
    url: bool
    names: Names
    amounts: Amounts
    gap: int | None
    exact: bool
    shared: float
    distinctive: bool
    titled: bool
    words: bool

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
        titled=one.act.id == other.act.id,
        words=bool(one.words) and one.words == other.words,
        url=bool(one.urls & other.urls),
        names=_names(one, other, parents),
        amounts=amounts(one, other),
        gap=min((gap_days(ours, theirs) for ours in one.dates for theirs in other.dates), default=None),
        exact=any(day.day for day in one.dates) and any(day.day for day in other.dates),
        shared=_shared(one, other),
        distinctive=any(
            ours == theirs and _significant(ours) >= _DISTINCTIVE for ours in one.sums for theirs in other.sums
        ),
    )


def judge(found: Evidence) -> Verdict | None:
    """Return the strongest rule that makes one act of two records, None where none does."""
    if found.gap is not None and found.gap > _NEAR:
        return None
    for rule in (_by_docket, _by_url, _by_facts):
        if verdict := rule(found):
            return verdict
    return None


def _agree(found: Evidence) -> bool:
    return found.amounts in {"equal", "discount", "converted"}


def _known(found: Evidence) -> bool:
    return found.names in {"same", "like"}


def _on_the_day(found: Evidence) -> bool:
    return found.exact and found.gap in _DAYS


def _by_docket(found: Evidence) -> Verdict | None:
    """Return the rule on the docket: a field must agree with it, or none speak against it and the dates be close."""
    if found.docket not in {"same", "filed"} or (found.amounts == "differ" and found.names == "differ"):
        return None
    rule = "docket" if found.docket == "same" else "docket in the official URL"
    if _agree(found) or _known(found) or found.url:
        return Verdict(rule, Decimal("0.99"), found)
    close = found.gap is not None and found.gap <= _CLOSE and found.amounts in {"equal", "unknown"}
    close = close or (_on_the_day(found) and found.amounts != "differ")
    return Verdict(rule, Decimal("0.95"), found) if close else None


def _by_url(found: Evidence) -> Verdict | None:
    """Return the rule on the official URL: another field must agree, for many documents hold several acts."""
    if not found.url or found.docket in {"differ", "other number"}:
        return None
    if found.amounts == "differ":
        alike = _known(found) and _on_the_day(found)
        return Verdict("official URL, respondent and day", Decimal("0.9"), found) if alike else None
    if found.amounts == "one-sided" and not _on_the_day(found) and found.shared < _HALF:
        return None  # a report of the year tells of a fine here and of an order there
    if _agree(found) or _known(found):
        beside = "amount" if _agree(found) else "respondent"
        return Verdict(
            f"official URL and {beside}", Decimal("0.98" if _agree(found) and _known(found) else "0.95"), found
        )
    if found.names != "differ" and (found.shared >= _HALF or _on_the_day(found)):
        return Verdict(f"official URL and {'provisions' if found.shared >= _HALF else 'day'}", Decimal("0.92"), found)
    return None


def twice(found: Evidence) -> Verdict | None:
    """Return the rule by which two records of one file are one act, None where they are not.

    A register lists several acts of one document; the same company and sum in one document are one act listed twice.
    """
    document = found.url or found.docket in {"same", "filed"}
    entered_again = not found.exact or bool(found.gap)  # two fines of one day are two measures
    alike = (found.shared == 1 and found.names == "same") or (entered_again and _known(found))
    if document and alike and found.shared >= _HALF and found.amounts == "equal":
        return Verdict("one document, respondent and amount, listed twice", Decimal("0.95"), found)
    return None


def moved(found: Evidence) -> Verdict | None:
    """Return the rule by which records in two files of one register are one page, changed or renamed in between."""
    apart = found.docket in {"differ", "other number"} or found.names == "differ" or (found.gap or 0) > _CLOSE
    if found.words and not apart:  # surer than any rule between sources: what else agrees tells its like apart
        named = found.titled or found.docket in {"same", "filed"}
        return Verdict("one summary in two files of a register", Decimal("0.995" if named else "0.992"), found)
    if (found.docket == "same" or found.titled) and found.amounts != "differ" and not apart:
        return Verdict("one title in two files of a register", Decimal("0.95"), found)
    if found.exact and found.gap == 0 and found.amounts == "equal" and found.shared == 1 and not apart:
        return Verdict("one day, amount and provisions in two files of a register", Decimal("0.95"), found)
    return judge(found) if found.amounts == "equal" else None


def _by_facts(found: Evidence) -> Verdict | None:
    """Return the rule on regulator, respondent, date and amount."""
    if found.docket == "differ" or found.amounts == "differ" or found.names == "differ":
        return None
    if found.docket == "other number" and not (_known(found) and found.amounts == "equal" and _on_the_day(found)):
        return None  # a press release is numbered in one series with the decision that it tells of
    if found.gap is None:
        alike = _known(found) and _agree(found) and found.shared >= _HALF
        return Verdict("respondent, amount and provisions", Decimal("0.9"), found) if alike else None
    if _known(found) and _agree(found) and found.gap <= _CLOSE:
        best = found.amounts == "equal" and found.names == "same"
        return Verdict("respondent, amount and date", Decimal("0.97" if best else "0.95"), found)
    if _on_the_day(found) and _known(found) and found.amounts != "one-sided":
        return Verdict("respondent and day", Decimal("0.92"), found)
    return _unnamed(found)


def _unnamed(found: Evidence) -> Verdict | None:
    """Return the rule on amount, date and provisions where one of two records names no respondent."""
    if found.exact and found.gap in _FORTNIGHT and found.amounts in {"equal", "converted"} and found.shared >= _MOST:
        return Verdict("amount, date and provisions", Decimal("0.9"), found)
    if not _on_the_day(found):
        return None
    exactly = found.amounts == "equal" or (found.amounts == "converted" and found.gap == 0)
    if exactly and found.shared >= _HALF:
        return Verdict("amount, day and provisions", Decimal("0.9"), found)
    if found.amounts == "equal" and found.gap == 0 and (found.shared or found.distinctive):
        return Verdict("amount and day", Decimal("0.9"), found)
    return None


def _dockets(one: Profile, other: Profile) -> Dockets:
    if one.dockets & other.dockets:
        return "same"
    pairs = [(filed, number) for a, b in ((one, other), (other, one)) for filed in a.filed for number in b.dockets]
    if any(map(is_number, one.filed & other.filed)) or any(spells(filed, number) for filed, number in pairs):
        return "filed"
    ours, theirs = one.dockets | one.filed, other.dockets | other.filed
    if ours & theirs:
        return "unknown"
    same_scheme = {shape(number) for number in ours} & {shape(number) for number in theirs}
    lettered = {scheme for scheme in same_scheme if not scheme.replace(" ", "").isdecimal() and scheme}
    lone = {scheme for scheme in same_scheme if scheme.isdecimal()}
    return "differ" if lettered else "other number" if lone else "unknown"


def _names(one: Profile, other: Profile, parents: Mapping[str, str]) -> Names:
    if not one.orgs or not other.orgs:
        return _named_in_words(one, other)
    if one.orgs & other.orgs:
        return "same"
    if _houses(one, parents) & _houses(other, parents):
        return "like"
    if _latin(one.names) != _latin(other.names):
        return "unknown"
    best = max((_alike(ours, theirs) for ours in one.names for theirs in other.names), default=0.0)
    long_enough = min(len(name) for name in (*one.names, *other.names)) >= _SHORTEST_NAME
    if best >= _LIKE and long_enough:
        return "like"
    return "differ" if best < _UNLIKE else "unknown"


def _named_in_words(one: Profile, other: Profile) -> Names:
    """Return how two records compare of which one names no organisation as respondent."""
    if (one.orgs and other.person) or (other.orgs and one.person):
        return "differ"
    called = any(_called(ours.label, theirs.names) for ours, theirs in ((one, other), (other, one)))
    return "like" if called else "unknown"


def _alike(one: str, other: str) -> float:
    """Return how alike two names are, 0 to 100; "job team" and "jobteam" are one."""
    return max(token_set_ratio(one, other), 100.0 if one.replace(" ", "") == other.replace(" ", "") else 0.0)


def _latin(names: Iterable[str]) -> bool:
    return all(char.isascii() for name in names for char in name)


def _called(label: str, names: Iterable[str]) -> bool:
    """Tell whether a record's own title names a respondent of the other."""
    return any(len(name) >= _SHORTEST_LABEL and f" {name} " in f" {label} " for name in names)


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


def _significant(money: Money) -> int:
    """Return how many digits of an amount are more than a round number's zeros."""
    return len(f"{money.amount:f}".replace(".", "").strip("0"))


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
