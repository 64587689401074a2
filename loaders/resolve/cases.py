"""Acts of one matter, joined in one case and not merged: a notice, the fine, an objection, the rulings on it.

What joins them: an appeal names the act it is brought against; a later decision cites the docket of an earlier
one on the same respondent, or its own docket is that of an earlier one with a word before it (Spain's
"reposición"); a fine follows the announcement of a fine on the same respondent.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from loaders.resolve.profile import docket, is_number, numbers
from ontology.dates import Date
from ontology.records import Act, Case
from ontology.terms import GROUP_OF

_LONGEST = timedelta(days=730)
Edge = tuple[str, str]
"""(the later act, the earlier one), by id."""


def joined(acts: Sequence[Act], records: Iterable[Act]) -> list[Act]:
    """Return the consolidated acts with `reviews`, `follows` and `case` where others belong to their matter.

    `records` are the documents' records of them: all the dockets that an act goes by.
    """
    by_id = {act.id: act for act in acts}
    known = _numbers(records)
    appeals = [edge for record in records for edge in _appeals(record, known)]
    later = [edge for record in records for edge in _citations(record, known, by_id)]
    later += _objections(known, by_id)
    later += _announced(acts)
    changed = dict(by_id)
    for new, old in appeals:
        if by_id[new].type == "ruling" and not changed[new].reviews:
            prefix = "ruling:" if by_id[old].type == "ruling" else ""
            changed[new] = dataclasses.replace(changed[new], reviews=f"{prefix}{old}")
    for new, old in later:
        if by_id[new].type == by_id[old].type == "decision" and not changed[new].follows:
            changed[new] = dataclasses.replace(changed[new], follows=old)
    matters = _matters(by_id, [*appeals, *later])
    for members in matters:
        case = _case([changed[one] for one in members])
        for one in members:
            if case and not changed[one].case:
                changed[one] = dataclasses.replace(changed[one], case=case)
    return [changed[act.id] for act in acts]


def _numbers(records: Iterable[Act]) -> dict[tuple[str, str], str]:
    """Return the act of each (authority, docket) that one act alone goes by."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for record in records:
        dockets, filed = numbers(record)
        for number in dockets | {one for one in filed if is_number(one)}:
            found[record.authority, number].add(record.id)
    return {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}


def _appeals(record: Act, numbers: Mapping[tuple[str, str], str]) -> Iterator[Edge]:
    for authority, number in record.appeals:
        old = numbers.get((authority, docket(number)))
        if old and old != record.id:
            yield record.id, old


def _citations(record: Act, numbers: Mapping[tuple[str, str], str], acts: Mapping[str, Act]) -> Iterator[Edge]:
    for number in record.cites:
        old = numbers.get((record.authority, docket(number)))
        if old and old != record.id and _orgs(acts[old]) & _orgs(acts[record.id]):
            yield record.id, old


def _objections(numbers: Mapping[tuple[str, str], str], acts: Mapping[str, Act]) -> Iterator[Edge]:
    """Yield the decisions whose docket is an earlier one's with a word before it."""
    for (authority, number), new in sorted(numbers.items()):
        word, _, rest = number.partition(" ")
        old = numbers.get((authority, rest)) if word.isalpha() and is_number(rest) else None
        if old and old != new and acts[new].type == acts[old].type:
            yield new, old


def _announced(acts: Sequence[Act]) -> Iterator[Edge]:
    """Yield the fines that follow an announcement to the same respondent, where one alone does within two years."""
    notices: defaultdict[tuple[str, str], list[Act]] = defaultdict(list)
    fines: defaultdict[tuple[str, str], list[Act]] = defaultdict(list)
    for act in acts:
        groups = {GROUP_OF[one.kind] for one in act.measures}
        for org in _orgs(act):
            if any(one.kind == "formal-notice" for one in act.measures) and "payable" not in groups:
                notices[act.authority, org].append(act)
            elif "payable" in groups and act.type == "decision":
                fines[act.authority, org].append(act)
    for key in sorted(notices):
        for notice in notices[key]:
            after = [fine for fine in fines.get(key, []) if _soon(notice, fine)]
            if len(after) == 1:
                yield after[0].id, notice.id


def _soon(notice: Act, fine: Act) -> bool:
    first, then = _day(notice), _day(fine)
    return first is not None and then is not None and first <= then <= first + _LONGEST


def _day(act: Act) -> date | None:
    when: Date | None = act.decided or act.published
    return when.last if when else None


def _orgs(act: Act) -> set[str]:
    return {one.org for one in act.respondents if one.org}


def _matters(acts: Mapping[str, Act], edges: Iterable[Edge]) -> list[list[str]]:
    """Return the groups of acts that the edges join, each in order; two cases of our fact sheets stay two."""
    group: dict[str, set[str]] = {}
    for pair in edges:
        ours, theirs = (group.get(one, {one}) for one in pair)
        whole = ours | theirs
        cases = {case.id for one in whole if (case := acts[one].case)}
        if len(cases) < 2:
            group |= dict.fromkeys(whole, whole)
    unique = {min(members): members for members in group.values() if len(members) > 1}
    return [sorted(members) for _, members in sorted(unique.items())]


def _case(members: Sequence[Act]) -> Case | None:
    """Return the case of a matter: that of a fact sheet, else one named after its earliest act."""
    known = next((act.case for act in members if act.case), None)
    if known:
        return Case(known.id, known.title, known.authority)
    root = min(members, key=lambda act: (act.type != "decision", _day(act) or date.max, act.id))
    orgs = sorted({org for act in members if act.type == "decision" for org in _orgs(act)})
    return Case(root.id, root.title, root.authority, tuple(orgs))
