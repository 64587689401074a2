"""Records of one act brought together: one identity, chosen by trust, with the rule and confidence of each link.

The surest pairs come first. A group holds one record of each file of a source (a register lists an act once; two of
its rows are two acts), unless they are listed twice, are parts, or a person said otherwise. Where two records of
another source fit one equally well, none is taken and the report says so.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from loaders.resolve.blocks import pairs
from loaders.resolve.parts import RULE, parts
from loaders.resolve.profile import Profile, profile
from loaders.resolve.rules import Verdict, compare, judge, moved, twice
from loaders.resolve.verdicts import Verdicts
from loaders.source import SourceError
from ontology.records import Act, Link, Measure, Problem
from ontology.registry import Registry
from ontology.terms import GROUP_OF

_HAND = "a person compared them"
_UNDATED = 9999
_Rank = tuple[Decimal, bool, int, float]


@dataclasses.dataclass(frozen=True, slots=True)
class _Pair:
    one: Profile
    other: Profile
    verdict: Verdict | None
    rule: str = _HAND
    confidence: Decimal = Decimal(1)
    why: str = ""

    @property
    def rank(self) -> "_Rank":
        """How strong it is, the strongest first when sorted; equal ranks cannot be told apart."""
        if self.verdict is None:
            return Decimal(-2), False, 0, 0.0
        found = self.verdict.evidence
        gap = _UNDATED if found.gap is None else found.gap
        return -self.verdict.confidence, not found.titled, gap, -found.shared

    @property
    def source_of_both(self) -> bool:
        """Tell whether one source has both records."""
        return self.one.act.document.source == self.other.act.document.source

    @property
    def places(self) -> tuple[str, str]:
        """The names of its two documents."""
        return self.one.place, self.other.place


def resolve(acts: Sequence[Act], registry: Registry, verdicts: Verdicts) -> tuple[list[Act], list[Link], list[Problem]]:
    """Return the acts, those of one act under one id, the links, and notices on what stayed apart."""
    profiles = sorted(map(profile, acts), key=lambda one: one.place)  # the order of reading decides nothing
    apart = {frozenset(pair) for pair in verdicts.different}
    found = [one for one in _judged(profiles, registry) if not _said_apart(one.one, one.other, apart)]
    groups = _Groups(profiles, apart)
    within = [one for one in found if one.source_of_both]
    links = [one for one in (*_by_hand(profiles, verdicts), *_in_parts(profiles, apart), *within) if groups.join(one)]
    sure, rivals = _unrivalled([one for one in found if not one.source_of_both], groups)
    links += [one for one in sure if groups.join(one)]
    acts = groups.named(acts)
    return acts, _links(acts, links), rivals


def _source(one: Profile) -> str:
    return one.act.document.source


def _file(one: Profile) -> str:
    return f"{one.act.document.source} {one.act.document.digest}"


def _said_apart(one: Profile, other: Profile, apart: set[frozenset[str]]) -> bool:
    return any(frozenset((ours, theirs)) in apart for ours in _called(one) for theirs in _called(other))


def _judged(profiles: Sequence[Profile], registry: Registry) -> list[_Pair]:
    parents = {one.id: one.parent for one in registry.organisations.values() if one.parent}
    successors = {old: one.id for one in registry.authorities.values() for old in one.replaces}
    found = []
    for one, other in pairs(profiles, successors):
        ours, theirs = one.act.document, other.act.document
        rule = judge if ours.source != theirs.source else twice if ours.digest == theirs.digest else moved
        verdict = rule(compare(one, other, parents))
        if verdict:
            found.append(_Pair(one, other, verdict))
    return sorted(found, key=lambda pair: (*pair.rank, *pair.places))


def _in_parts(profiles: Sequence[Profile], apart: set[frozenset[str]]) -> list[_Pair]:
    return [
        _Pair(row, found.whole, None, RULE, found.confidence, found.evidence)
        for found in parts(profiles)
        for row in found.rows
        if not _said_apart(row, found.whole, apart)
    ]


def _by_hand(profiles: Iterable[Profile], verdicts: Verdicts) -> list[_Pair]:
    """Return the pairs that a person joined. Verdicts on records that were not loaded wait for them.

    A record goes by what its source calls it, or by its key where several are called the same.
    """
    known: dict[str, Profile] = {}
    for one in profiles:
        for name in _called(one):
            known.setdefault(name, one)
    pairs_ = [
        _Pair(known[one], known[other], None, why=why)
        for (one, other), why in sorted(verdicts.same.items())
        if one in known and other in known
    ]
    for pair in pairs_:
        if pair.one.act.type != pair.other.act.type:
            raise SourceError(
                f"{_called(pair.one)[0]} and {_called(pair.other)[0]}: a decision and a ruling cannot be the same act; "
                "mend the list of verdicts"
            )
    return pairs_


def _called(one: Profile) -> tuple[str, str]:
    document = one.act.document
    return f"{document.source} {document.record}", f"{document.source} {document.key}"


def _unrivalled(found: Sequence[_Pair], groups: "_Groups") -> tuple[list[_Pair], list[Problem]]:
    """Leave out pairs whose record fits another act of the same source equally well, unless one has a better pair."""
    taken: set[tuple[int, str]] = set()
    kept: list[_Pair] = []
    notices: list[Problem] = []
    ranked: defaultdict[_Rank, list[_Pair]] = defaultdict(list)
    for pair in found:
        ranked[pair.rank].append(pair)
    for _, level in sorted(ranked.items()):
        choices: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
        free = [pair for pair in level if not taken & set(_ends(pair, groups))]
        for pair in free:
            for end, other in zip(_ends(pair, groups), (pair.other, pair.one), strict=True):
                choices[end].add(groups.of(other))
        for pair in free:
            fitting = max(len(choices[end]) for end in _ends(pair, groups))
            if fitting == 1:
                kept.append(pair)
            else:
                notices.append(_kept_apart(pair, fitting))
        taken |= set(choices)
    return kept, notices


def _ends(pair: _Pair, groups: "_Groups") -> tuple[tuple[int, str], tuple[int, str]]:
    """Return, for each record of a pair, its group and the source in which it finds the other."""
    return (
        (groups.of(pair.one), pair.other.act.document.source),
        (groups.of(pair.other), pair.one.act.document.source),
    )


def _kept_apart(pair: _Pair, count: int) -> Problem:
    document, other = pair.one.act.document, pair.other.act.document
    words = f"kept apart: may be {other.source} {other.record or other.key}, but {count} records fit equally well"
    return Problem("notice", document.place, words, document.source, document.record)


class _Groups:
    """Disjoint groups of records, joined pair by pair."""

    def __init__(self, profiles: Sequence[Profile], apart: set[frozenset[str]]) -> None:
        self._members = {one.place: [one] for one in profiles}
        self._apart = apart

    def of(self, one: Profile) -> int:
        """Return what tells a record's group from others, until the next `join`."""
        return id(self._members[one.place])

    def join(self, pair: _Pair) -> bool:
        """Bring two records together; False where they are already, or their groups cannot be one act."""
        ours, theirs = self._members[pair.one.place], self._members[pair.other.place]
        if ours is theirs:
            return False
        if pair.verdict and not self._fit(ours, theirs, pair):
            return False
        ours += theirs
        for one in theirs:
            self._members[one.place] = ours
        return True

    def _fit(self, ours: Sequence[Profile], theirs: Sequence[Profile], pair: _Pair) -> bool:
        sources, files = ({kind(one) for one in ours} & {kind(one) for one in theirs} for kind in (_source, _file))
        listed_twice = _file(pair.one) == _file(pair.other)
        if (files and not listed_twice) or (sources and not pair.source_of_both):
            return False
        return not any(_said_apart(one, other, self._apart) for one in ours for other in theirs)

    def named(self, acts: Sequence[Act]) -> list[Act]:
        """Return the acts in their order, each under the identity of the most trusted record of its group."""
        groups = {
            id(members): sorted(members, key=lambda one: one.act.document.trust) for members in self._members.values()
        }
        names = _identities(members[0].act for members in groups.values())
        found: dict[str, Act] = {}
        for members in groups.values():
            anchor = members[0].act
            known = list(anchor.measures)
            for one in members:
                found[one.place] = _adopt(one.act, names[anchor.document.name], known, first=one is members[0])
        live = {act.id for act in found.values()}  # a name that another act bears by now is not replaced
        return [
            dataclasses.replace(act, replaces=tuple(old for old in act.replaces if old not in live))
            for act in (found[one.document.name] for one in acts)
        ]


def _identities(anchors: Iterable[Act]) -> dict[str, str]:
    """Return an identity for each anchor by its document: its own id, with a number where another has the same.

    A decision and a ruling never share one: their measures would mix.
    """
    taken: dict[str, str] = {}
    names: dict[str, str] = {}
    unique = {act.document.name: act for act in anchors}
    for act in sorted(unique.values(), key=lambda act: act.document.trust):
        name = act.id
        number = 2
        while taken.setdefault(name, act.document.name) != act.document.name:
            name = f"{act.id}-{number}"
            number += 1
        names[act.document.name] = name
    return names


def _links(acts: Iterable[Act], pairs_: Iterable[_Pair]) -> list[Link]:
    by_document = {act.document.name: act for act in acts}
    links = []
    for pair in pairs_:
        one, other = (by_document[place] for place in pair.places)
        rule = pair.verdict.rule if pair.verdict else pair.rule
        confidence = pair.verdict.confidence if pair.verdict else pair.confidence
        evidence = str(pair.verdict.evidence) if pair.verdict else pair.why
        links.append(Link(one.id, one.type, one.document.name, other.document.name, rule, confidence, evidence))
    return sorted(links, key=lambda link: (link.act, link.one, link.other))


def _adopt(act: Act, name: str, known: list[Measure], *, first: bool) -> Act:
    """Give a record its group's identity, and its measures the numbers of those in `known` that they repeat.

    A measure that repeats none takes the next number and joins `known`.
    """
    if first:
        return dataclasses.replace(act, id=name)
    numbers: dict[int, int] = {}
    for one in act.measures:
        twin = _twin(one, known, set(numbers.values()))
        if twin is None:
            twin = max((m.number for m in known), default=0) + 1
            known.append(dataclasses.replace(one, number=twin))
        numbers[one.number] = twin
    measures = (
        dataclasses.replace(one, number=numbers[one.number], secures=tuple(numbers.get(n, n) for n in one.secures))
        for one in act.measures
    )
    replaces = act.replaces if act.id == name else (*act.replaces, act.id)
    return dataclasses.replace(act, id=name, measures=tuple(measures), replaces=replaces)


def _twin(one: Measure, measures: Sequence[Measure], used: set[int]) -> int | None:
    candidates = [m.number for m in measures if m.kind == one.kind and m.number not in used]
    candidates += [m.number for m in measures if GROUP_OF[m.kind] == GROUP_OF[one.kind] and m.number not in used]
    return candidates[0] if candidates else None
