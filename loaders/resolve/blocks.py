"""Pairs of records that are worth comparing, found by what they share, so that cost grows with the records.

A record stands in a few blocks: its dockets, its URLs, and per half-year its respondents, the first words of
their names and its amounts. Only records of one block are compared; a block is cut where it is crowded.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from loaders.resolve.profile import Profile
from ontology.dates import Date

Key = tuple[str, ...]
CROWDED = 150
"""A block with more records tells nothing apart (a URL of a home page, an amount of 2,000 euros)."""


def pairs(profiles: Sequence[Profile], same_body: Mapping[str, str]) -> Iterator[tuple[Profile, Profile]]:
    """Yield each pair of records of different sources that share a block, once, in a fixed order.

    `same_body` gives the authority that took an authority's place.
    """
    blocks: defaultdict[Key, list[int]] = defaultdict(list)
    for number, one in enumerate(profiles):
        for key in dict.fromkeys(_keys(one, same_body.get(one.act.authority, one.act.authority))):
            blocks[key].append(number)
    seen: set[tuple[int, int]] = set()
    for key in sorted(blocks):
        members = blocks[key]
        if 1 < len(members) <= CROWDED:
            seen |= {
                (first, second)
                for place, first in enumerate(members)
                for second in members[place + 1 :]
                if profiles[first].act.document.source != profiles[second].act.document.source
            }
    for first, second in sorted(seen):
        yield profiles[first], profiles[second]


def _keys(one: Profile, authority: str) -> Iterator[Key]:
    kind = one.act.type
    for number in sorted(one.dockets | one.filed):
        yield kind, authority, "docket", number
    for link in sorted(one.urls):
        yield kind, authority, "url", link
    for half in _halves(one.dates):
        for org in sorted(one.orgs):
            yield kind, authority, half, "org", org
        for name in one.names:
            yield kind, authority, half, "name", name.split()[0]
        for money in one.sums:
            yield kind, authority, half, "sum", str(money)


def _halves(dates: Iterable[Date]) -> list[str]:
    """Return the half-years in which the dates may lie, and their neighbours; one for the undated.

    >>> _halves([Date(2022, 10, 17)])
    ['2022/1', '2022/2', '2023/1']
    """
    found: set[int] = set()
    for when in dates:
        first, last = when.year * 2 + (when.first.month > 6), when.year * 2 + (when.last.month > 6)
        found |= set(range(first - 1, last + 2))
    return [f"{half // 2}/{half % 2 + 1}" for half in sorted(found)] or [""]
