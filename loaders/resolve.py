"""One decision out of the records of several documents.

Acts of the curated set are the anchors. A record of another source is the same act when authority
and respondent are the same, the dates are near and the amounts agree: equal in one currency, within
15 % where the source converted. Two records of one source are never merged, and where two anchors
fit equally well none is chosen and the report says so.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from graph.money import euros
from ontology.dates import gap_days
from ontology.records import Act, Measure, Problem
from ontology.terms import GROUP_OF

ANCHORS = "curated"
WINDOW_DAYS = 45
CONVERTED_TOLERANCE = Decimal("0.15")


def resolve(acts: Sequence[Act]) -> tuple[list[Act], list[Problem]]:
    """Return the acts, those of the same decision under one id, with notices on what was ambiguous."""
    anchors: defaultdict[tuple[str, str], list[Act]] = defaultdict(list)
    for act in acts:
        if act.document.source == ANCHORS and act.type == "decision":
            for org in _orgs(act):
                anchors[act.authority, org].append(act)
    proposals: list[tuple[int, str, Act, Act]] = []
    notices = []
    for act in acts:
        if act.document.source == ANCHORS or act.type != "decision":
            continue
        near = {one.id: one for org in _orgs(act) for one in anchors[act.authority, org]}
        scored = sorted((gap, one.id) for one in near.values() if (gap := _distance(one, act)) is not None)
        if len(scored) > 1 and scored[0][0] == scored[1][0]:
            rivals = ", ".join(name for _, name in scored[:2])
            notices.append(Problem("notice", act.document.place, f"{act.id} may be {rivals}: kept apart"))
        elif scored:
            proposals.append((scored[0][0], act.id, act, near[scored[0][1]]))
    taken: set[tuple[str, str]] = set()
    same: dict[str, Act] = {}
    for _, _, act, anchor in sorted(proposals, key=lambda one: one[:2]):
        if (anchor.id, act.document.source) not in taken:
            taken.add((anchor.id, act.document.source))
            same[act.id] = anchor
    return [_adopt(act, same[act.id]) if act.id in same else act for act in acts], notices


def _orgs(act: Act) -> set[str]:
    return {one.org for one in act.respondents if one.org}


def _payable(act: Act) -> list[Measure]:
    return [one for one in act.measures if GROUP_OF[one.kind] == "payable"]


def _distance(anchor: Act, act: Act) -> int | None:
    """Return the days between two records of what may be one act, None where it is not."""
    agree = _amounts_agree(anchor, act)
    if agree is False:
        return None
    ours = [one for one in (anchor.decided, anchor.published) if one]
    theirs = [one for one in (act.decided, act.published) if one]
    gaps = [gap_days(one, other) for one in ours for other in theirs]
    if not gaps:
        return WINDOW_DAYS if agree else None
    return min(gaps) if min(gaps) <= WINDOW_DAYS else None


def _amounts_agree(anchor: Act, act: Act) -> bool | None:
    """Return whether the sums agree; None where one of the two states none."""
    ours, theirs = _payable(anchor), _payable(act)
    if bool(ours) != bool(theirs):
        return False
    if not all(one.money for one in (*ours, *theirs)) or not ours:
        return None
    paid = [one.paid.amount for one in ours if one.paid]
    possible = {sum((one.money.amount for one in ours if one.money), Decimal(0)), *paid}
    total = sum((one.money.amount for one in theirs if one.money), Decimal(0))
    currencies = {one.money.currency for one in (*ours, *theirs) if one.money}
    if len(currencies) == 1:
        return total in possible
    worth = [euros(one.money, anchor.decided or anchor.published) for one in ours if one.money]
    expected = sum((one.amount for one in worth if one), Decimal(0))
    return abs(total - expected) <= expected * CONVERTED_TOLERANCE


def _adopt(act: Act, anchor: Act) -> Act:
    """Give a record the anchor's identity, its measures the numbers of the anchor's."""
    free = max((one.number for one in anchor.measures), default=0)
    numbers: dict[int, int] = {}
    used: set[int] = set()
    for one in act.measures:
        twin = _twin(one, anchor.measures, used)
        if twin is None:
            free += 1
            twin = free
        used.add(twin)
        numbers[one.number] = twin
    return dataclasses.replace(
        act,
        id=anchor.id,
        measures=tuple(
            dataclasses.replace(one, number=numbers[one.number], secures=tuple(numbers.get(n, n) for n in one.secures))
            for one in act.measures
        ),
        replaces=(*act.replaces, act.id),
    )


def _twin(one: Measure, measures: Iterable[Measure], used: set[int]) -> int | None:
    candidates = [m.number for m in measures if m.kind == one.kind and m.number not in used]
    candidates += [m.number for m in measures if GROUP_OF[m.kind] == GROUP_OF[one.kind] and m.number not in used]
    return candidates[0] if candidates else None
