"""Decisions that one source lists whole and another in rows, one for each respondent.

The CNIL fined two companies of Google EUR 150,000,000 in one decision; the tracker has a row of 90 million and one
of 60. Rows that share a document or the day, and whose amounts add up to the whole, are parts of it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.money import euros
from loaders.resolve.profile import Profile
from loaders.resolve.rules import amounts
from ontology.dates import gap_days
from ontology.records import TIERS

RULE = "parts whose amounts add up"
_TOLERANCE = Decimal("0.03")
_MOST = 6
_SAME_DAY = 3


@dataclass(frozen=True, slots=True)
class Parts:
    """A record of a whole decision and the rows of another source that make it up."""

    whole: Profile
    rows: tuple[Profile, ...]
    confidence: Decimal
    evidence: str


def parts(profiles: Sequence[Profile]) -> Iterator[Parts]:
    """Yield the decisions that another source lists in rows, in a fixed order."""
    by_link: defaultdict[tuple[str, str, str], list[Profile]] = defaultdict(list)
    by_day: defaultdict[tuple[str, str, str], list[Profile]] = defaultdict(list)
    for one in profiles:
        if len(one.sums) == 1:
            source = one.act.document.source
            for link in one.urls | one.filed:
                by_link[one.act.authority, source, link].append(one)
            for org in one.orgs:
                by_day[one.act.authority, source, org].append(one)
    sources = sorted({one.act.document.source for one in profiles})
    for whole in sorted(profiles, key=lambda one: one.place):
        for source in sources:
            if source != whole.act.document.source and len(whole.sums) == 1:
                found = _shared(whole, source, by_link) or _of_the_day(whole, source, by_day)
                if found:
                    yield found


def _shared(whole: Profile, source: str, by_link: dict[tuple[str, str, str], list[Profile]]) -> Parts | None:
    """Return the rows that cite the document of the whole."""
    for link in sorted(whole.urls | whole.filed | whole.dockets):
        rows = by_link.get((whole.act.authority, source, link), [])
        if _add_up(whole, rows):
            return Parts(
                whole, tuple(rows), Decimal("0.97"), f"{len(rows)} rows cite one document and make {whole.sums[0]}"
            )
    return None


def _of_the_day(whole: Profile, source: str, by_day: dict[tuple[str, str, str], list[Profile]]) -> Parts | None:
    """Return the rows on each respondent of the whole that are of its day."""
    rows: dict[str, Profile] = {}
    for org in sorted(whole.orgs):
        for row in by_day.get((whole.act.authority, source, org), []):
            gaps = [gap_days(one, other) for one in whole.dates for other in row.dates if one.day and other.day]
            if gaps and min(gaps) <= _SAME_DAY:
                rows[row.place] = row
    if len(whole.orgs) > 1 and _add_up(whole, list(rows.values())):
        words = f"{len(rows)} rows on its respondents, of its day, make {whole.sums[0]}"
        return Parts(whole, tuple(rows.values()), Decimal("0.95"), words)
    return None


def _add_up(whole: Profile, rows: Sequence[Profile]) -> bool:
    trusted = TIERS.index(whole.act.document.tier)
    if not 1 < len(rows) <= _MOST or any(TIERS.index(row.act.document.tier) <= trusted for row in rows):
        return False
    if any(amounts(whole, row) in {"equal", "converted"} for row in rows):
        return False
    expected = whole.sums[0]
    total = sum((row.sums[0].amount for row in rows), Decimal(0))
    if {row.sums[0].currency for row in rows} == {expected.currency}:
        return total == expected.amount
    when = next(iter((*whole.dates, *rows[0].dates)), None)
    worth = euros(expected, when)
    each = [euros(row.sums[0], when) for row in rows]
    if worth is None or not all(each):
        return False
    total = sum((one.amount for one in each if one), Decimal(0))
    return abs(total - worth.amount) <= worth.amount * _TOLERANCE
