"""Which thing a spelling means where several bear it: by what else the page names, and how near.

Ambiguous short forms ("DPA", "AEPD") go with the nearest place or body of a known seat; companies of one name are of
one group, and the first stands for it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from loaders.news.mention import Mention
from loaders.news.places import places
from loaders.news.spellings import Entry, words
from ontology.registry import Authority, Law, Registry

_NEAR, _FAR = 120, 1_000  # characters of one passage; passages: further than any page is long

Spans = Mapping[tuple[int, int], Sequence[Entry]]


class _Rank(NamedTuple):
    """How well a thing fits a spelling at a place; what comes first decides first."""

    sure: bool
    """The page names it by a spelling that is its alone."""
    full: bool
    """The spelling is a name, no short form or product."""
    nearness: int
    """Passages between the spelling and a word of the thing's country or region, counted below zero."""
    home: bool
    region: bool
    general: bool
    current: bool
    """It is a law that is in force."""
    registered: bool
    parent: bool
    spellings: int
    """How many spellings it has: the better known has more."""


@cache
def _seats(registry: Registry) -> Mapping[str, tuple[str, str | None]]:
    bodies: list[Authority | Law] = [*registry.authorities.values(), *registry.laws.values()]
    return {one.id: (one.jurisdiction, one.region) for one in bodies}


class _Chooser:
    """Ranks what the spellings of one text may mean."""

    def __init__(self, text: str, spans: Spans, language: str, registry: Registry) -> None:
        self._registry = registry
        self._home = words("home").get(language, ())
        self._seats = _seats(registry)
        self._sure = {
            found[0].id
            for found in spans.values()
            if len({one.id for one in found}) == 1 and any(one.role != "acronym" for one in found)
        }
        self._here: defaultdict[str, list[int]] = defaultdict(list)  # where the text speaks of a country or region
        for start, _, place, _ in places(text, language):
            self._here[place].append(start)
        for (start, _), found in spans.items():
            for one in found:
                if one.id in self._sure and one.id in self._seats:
                    country, region = self._seats[one.id]
                    self._here[region or country].append(start)
                    self._here[country].append(start)

    def rank(self, one: Entry, at: int) -> _Rank:
        """Return how well a thing fits a spelling that stands at a place."""
        country, region = self._seats.get(one.id, ("", None))
        authority = self._registry.authorities.get(one.id) if one.type in {"regulator", "court"} else None
        law = self._registry.laws.get(one.id) if one.type == "law" else None
        company = one.type == "company"
        near = min((abs(at - place) // _NEAR for place in self._here.get(region or country, ())), default=_FAR)
        return _Rank(
            sure=one.id in self._sure and not company,
            full=one.role not in {"acronym", "product"},
            nearness=-near,
            home=country in self._home,
            region=not region or region in self._here,
            general=authority is not None and one.type == "regulator" and authority.general,
            current=law is not None and law.until is None,
            registered=company and one.registered,
            parent=company and self._registry.organisations[one.id].parent is None,
            spellings=len(authority.spellings) if authority else 0,
        )

    def choice(self, found: Sequence[Entry], said: str, at: int) -> Entry | None:
        """Return the thing that words mean, None where they may mean several or too little says that they mean it."""
        ranked = sorted(((self.rank(one, at), one) for one in found), key=lambda pair: (pair[1].id, pair[1].role))
        top, best = max(ranked, key=lambda pair: pair[0])
        if best.type == "company":
            return best
        rivals = {one.id for rating, one in ranked if rating == top}
        if len(rivals) > 1:
            return None
        known = top.sure or top.full or top.nearness > -_FAR or top.home
        only = len({one.id for one in found}) == 1 or (
            top.general and said.isupper() and all(one.type == best.type for one in found)
        )
        return best if known or (len(said) > 2 and only) else None


def resolved(text: str, spans: Spans, language: str, registry: Registry) -> list[Mention]:
    """Return one mention for each span that says which thing it means, the longest first where spans overlap."""
    chooser = _Chooser(text, spans, language, registry)
    kept: list[Mention] = []
    taken = bytearray(len(text) + 1)
    for (start, end), found in sorted(spans.items(), key=lambda item: (item[0][0] - item[0][1], item[0][0])):
        if any(taken[start:end]):
            continue
        best = chooser.choice(found, text[start:end], start)
        if best is not None:
            kept.append(Mention(best.type, best.id, start, end, best.role, best.spelling))
            taken[start:end] = b"\1" * (end - start)
    return sorted(kept, key=lambda one: one.start)
