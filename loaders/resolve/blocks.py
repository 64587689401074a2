"""Pairs of records that are worth comparing, found by what they share, so that cost grows with the records.

A record stands in a few blocks: its dockets, its URLs, its title and words, its days, its respondents, and per
half-year its respondents, the first words of their names and its amounts. Only records of one block are compared;
a crowded block tells nothing apart and is left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from loaders.resolve.profile import Profile
from ontology.dates import Date

Key = tuple[str, ...]
CROWDED = 150
"""A block with more records tells nothing apart (a URL of a home page, an amount of 2,000 euros)."""


_LONGEST_DOCKET = 5
_DOCUMENTS = frozenset(("docket", "url", "words", "title"))
"""Only what names a document brings records of one file together: a register may list an act twice."""


def _file(one: Profile) -> tuple[str, str | None]:
    return one.act.document.source, one.act.document.digest


def pairs(profiles: Sequence[Profile], same_body: Mapping[str, str]) -> Iterator[tuple[Profile, Profile]]:
    """Yield each pair of records that share a block, once, in a fixed order.

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
                if key[2] in _DOCUMENTS or _file(profiles[first]) != _file(profiles[second])
            }
    for first, second in sorted(seen):
        yield profiles[first], profiles[second]


def _keys(one: Profile, authority: str) -> Iterator[Key]:
    for name, value in (*_of_documents(one), *_of_facts(one)):
        yield one.act.type, authority, name, value


def _of_documents(one: Profile) -> Iterator[tuple[str, str]]:
    for number in sorted(one.dockets | {part for words in one.filed for part in _spans(words)}):
        yield "docket", number
    for link in sorted(one.urls):
        yield "url", link
    yield "title", one.act.id
    if one.words:
        yield "words", one.words


def _of_facts(one: Profile) -> Iterator[tuple[str, str]]:
    for when in one.dates:
        if when.day:
            yield "day", str(when)
    for org in sorted(one.orgs):
        yield "respondent", org
    for half in _halves(one.dates):
        for org in sorted(one.orgs):
            yield "respondent", f"{org} {half}"
        for name in one.names:
            yield "name", f"{name.split()[0]} {half}"
        for money in one.sums:
            yield "sum", f"{money} {half}"


def _spans(words: str) -> Iterator[str]:
    """Yield the runs of words in a URL that may be a docket: up to four that end in a number.

    >>> list(_spans("fond 53 2020"))
    ['fond 53', '53', 'fond 53 2020', '53 2020', '2020', 'fond 53 2020']
    """
    parts = words.split()
    for end in range(1, len(parts) + 1):
        if parts[end - 1].isdecimal():
            yield from (" ".join(parts[start:end]) for start in range(max(0, end - _LONGEST_DOCKET), end))
    yield words


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
