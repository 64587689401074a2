"""Names to things: candidates with method and score. Nothing is guessed silently.

A spelling is compared exactly, then folded (`ontology.folding`), then as the registered aliases,
acronyms and descriptions. An acronym or a word such as "the authority" means one body only together
with a place. `Found.id` is the answer only where one candidate is good enough and leads clearly.
"""

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from ontology import places, tables
from ontology.folding import bare, confusable, fold, legal_form
from ontology.records import Spelling
from ontology.registry import Registry, registry

METHODS = {
    "exact": Decimal("1.00"),  # an official name, to the letter
    "folded": Decimal("0.98"),  # the same without case, accents and punctuation
    "legal form": Decimal("0.90"),  # the same but for a legal form that one of the two leaves out
    "alias": Decimal("0.95"),  # a registered other or former spelling
    "confusable": Decimal("0.85"),  # a small L read as a capital I
    "acronym": Decimal("0.90"),  # a short form, with the place it counts in
    "description": Decimal("0.85"),  # registered words of the press, or a place's general authority
    "product": Decimal("0.80"),  # a product that stands for its company
    "short form": Decimal("0.60"),  # a short form without a place
    "other form": Decimal("0.60"),  # the same but for another legal form: another company
    "bare words": Decimal("0.50"),  # "the authority" with a place, "the French regulator" of whatever
}
"""How a spelling was found, and the score that this gives."""
ACCEPTED = Decimal("0.75")
LEAD = Decimal("0.05")
_DOUBT = Decimal("0.6")  # what is left of a score where something contradicts it
_BRACKET = re.compile(r"(?P<before>.*\S)\s*\((?P<inside>[^()]+)\)", re.DOTALL)
_UNIONS = frozenset(("EU", "COE", "EFTA"))  # their laws and courts act in many places
_ARTICLES = frozenset(("the", "der", "die", "das", "den", "dem", "le", "la", "el", "il", "lo", "de", "het"))
_ROLE_METHODS = {"alias": "alias", "former": "alias", "description": "description", "product": "product"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that a spelling may mean; `elsewhere` where it acts in another place than the one given."""

    id: str
    method: str
    score: Decimal
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a spelling may mean, best candidate first."""

    text: str
    candidates: tuple[Candidate, ...]

    @property
    def id(self) -> str | None:
        """The one thing that it means, None where none is sure or several are."""
        if not self.candidates or self.candidates[0].score < ACCEPTED:
            return None
        best = self.candidates[0]
        rival = self.candidates[1].score if len(self.candidates) > 1 else Decimal(0)
        return best.id if best.score - rival >= LEAD else None

    def __str__(self) -> str:
        if not self.candidates:
            return f"{self.text!r} is not known"
        listed = ", ".join(f"{one.id} ({one.method}, {one.score})" for one in self.candidates[:4])
        return f"{self.text!r} may be {listed}"


class _Spellings:
    """The spellings of one kind of thing, in every form that is compared.

    Only companies have legal forms: `companies` says that names are to be found without them.
    """

    def __init__(self, entries: Iterable[tuple[str, Iterable[Spelling]]], *, companies: bool = False) -> None:
        self._companies = companies
        self.exact: defaultdict[str, set[str]] = defaultdict(set)
        self.folded: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        self.bare: defaultdict[str, set[str]] = defaultdict(set)
        self.forms: defaultdict[str, set[str]] = defaultdict(set)
        self.acronyms: defaultdict[str, set[str]] = defaultdict(set)
        for id_, spellings in entries:
            for one in spellings:
                if one.role == "acronym":
                    self.acronyms[fold(one.text)].add(id_)
                    continue
                if one.role == "name":
                    self.exact[one.text].add(id_)
                self.folded[fold(one.text)].add((id_, _ROLE_METHODS.get(one.role, "folded")))
                if companies and one.role in {"name", "alias", "former"}:
                    self.bare[bare(one.text)].add(id_)
                    self.forms[id_].add(legal_form(one.text))

    def search(self, text: str) -> Iterator[Candidate]:
        """Yield the candidates of a spelling by name, alias or description; a thing may come more than once."""
        text = " ".join(text.split())
        for id_ in self.exact.get(text, ()):
            yield _candidate(id_, "exact")
        folded = fold(text)
        for form in {folded, folded.removeprefix("the "), f"the {folded}"}:
            for id_, method in self.folded.get(form, ()):
                yield _candidate(id_, method)
        if not self._companies:
            return
        own = legal_form(text)
        for key, method in ((bare(text), "legal form"), (confusable(bare(text)), "confusable")):
            for id_ in self.bare.get(key or "", ()):
                same = own in self.forms[id_] | {""} or self.forms[id_] == {""}
                yield _candidate(id_, method if same else "other form")


def _candidate(id_: str, method: str) -> Candidate:
    return Candidate(id_, method, METHODS[method])


def _ranked(text: str, candidates: Iterable[Candidate]) -> Found:
    best: dict[str, Candidate] = {}
    for one in sorted(candidates, key=lambda one: (-one.score, one.id, one.method)):
        best.setdefault(one.id, one)
    return Found(text, tuple(best.values()))


class Lookup:
    """The look-ups of one registry."""

    def __init__(self, names: Registry) -> None:
        self._registry = names
        self._authorities = _Spellings(
            (one.id, (*one.spellings, *([Spelling(one.short, "acronym")] if one.short else [])))
            for one in names.authorities.values()
        )
        self._organisations = _Spellings(
            ((one.id, (Spelling(one.name, "name"), *one.spellings)) for one in names.organisations.values()),
            companies=True,
        )
        self._laws = _Spellings(
            (one.id, (*one.spellings, Spelling(one.short, "acronym"))) for one in names.laws.values()
        )
        self._places = {one.id: one.region or one.jurisdiction for one in names.authorities.values()}
        self._places |= {one.id: one.region or one.jurisdiction for one in names.laws.values()}
        courts = (one.id for one in names.authorities.values() if one.type == "court")
        self._everywhere = {id_ for id_ in (*courts, *names.laws) if self._places[id_] in _UNIONS}
        self._systems = _Spellings((one.id, one.spellings) for one in names.systems.values())
        self._patterns = {fold_pattern(row["pattern"]): row["method"] for _, row in tables.rows("descriptions")}
        self._general = {
            one.region or one.jurisdiction: one.id
            for one in names.authorities.values()
            if one.general and one.dissolved is None
        }

    def organisation(self, text: str) -> Found:
        """Return the organisations that a spelling may mean.

        >>> found = lookup().organisation("Clearview Al Inc.")
        >>> found.id, found.candidates[0].method
        ('clearview-ai', 'alias')
        """
        return _ranked(text, self._organisations.search(text))

    def system(self, text: str) -> Found:
        """Return the AI systems that a spelling may mean."""
        return _ranked(text, self._systems.search(text))

    def law(self, text: str, place: str | None = None) -> Found:
        """Return the laws that a spelling may mean; `place` (ISO 3166, EU) tells short names apart.

        Time is not considered: a law that was replaced keeps its names.

        >>> lookup().law("DSGVO").id, lookup().law("DSG").id, lookup().law("DSG", "AT").id
        ('eu_gdpr', None, 'at_dsg')
        """
        place = _code(place)
        found = [*self._laws.search(text), *self._short_forms(self._laws, text, place)]
        return _ranked(text, self._in_place(found, place))

    def authority(self, text: str, place: str | None = None) -> Found:
        """Return the regulators and courts that a spelling may mean.

        `place` (ISO 3166-1 or -2, EU) is where the document says that they act: it tells acronyms
        apart, and a body of another place is no sure answer.

        >>> lookup().authority("the French data protection watchdog").id
        'fr-cnil'
        >>> lookup().authority("Datatilsynet").id, lookup().authority("Datatilsynet", "NO").id
        (None, 'no-datatilsynet')
        >>> lookup().authority("Norwegian Data Protection Authority", "DK").candidates[0].elsewhere
        True
        """
        place = _code(place)
        found = [*self._authority(text, place)]
        match = _BRACKET.fullmatch(text)
        if match and not any(one.score >= ACCEPTED for one in found):
            where = places.named(match["inside"]) or place
            outside = {one.id: one for one in self._authority(match["before"], where)}
            inside = {one.id: one for one in self._authority(match["inside"], where)}
            both = outside.keys() & inside.keys()
            found += [max(outside[id_], inside[id_], key=lambda one: one.score) for id_ in both]
            if not both:  # two names that contradict each other, or one name and a remark
                doubt = _DOUBT if outside and inside else Decimal(1)
                found += [replace(one, score=one.score * doubt) for one in (*outside.values(), *inside.values())]
        return _ranked(text, self._in_place(found, place))

    def general(self, place: str) -> str | None:
        """Return the one data protection authority that a place's name stands for, None where there is none.

        >>> lookup().general("FR"), lookup().general("DE")
        ('fr-cnil', None)
        """
        return self._general.get(place)

    def _authority(self, text: str, place: str | None) -> Iterator[Candidate]:
        yield from self._authorities.search(text)
        yield from self._short_forms(self._authorities, text, place)
        folded = fold(text)
        for mention in places.mentions(text):
            general = self._general.get(mention.place)
            method = self._patterns.get(_without_article(mention.template))
            if general and method:
                yield _candidate(general, method)
        if place in self._general and _without_article(folded) in self._patterns:
            yield _candidate(self._general[place], "bare words")

    def _short_forms(self, spellings: _Spellings, text: str, place: str | None) -> Iterator[Candidate]:
        folded = fold(text)
        for form in {folded, folded.removeprefix("the ")}:
            for id_ in spellings.acronyms.get(form, ()):
                yield _candidate(id_, "acronym" if place and self._acts_in(id_, place) else "short form")

    def _acts_in(self, id_: str, place: str) -> bool:
        return id_ in self._everywhere or _in(self._places[id_], place)

    def _in_place(self, found: Iterable[Candidate], place: str | None) -> Iterator[Candidate]:
        for one in found:
            if place is None or self._acts_in(one.id, place):
                yield one
            else:
                yield replace(one, score=one.score * _DOUBT, elsewhere=True)


def _code(place: str | None) -> str | None:
    return place.upper() if place else None


def _in(seat: str, place: str) -> bool:
    """Tell whether two places are one, or one lies in the other.

    >>> _in("DE-BE", "DE"), _in("DE", "DE-BY"), _in("DE-BE", "DE-BY"), _in("FR", "DE")
    (True, True, False, False)
    """
    (country, _, region), (other, _, part) = seat.partition("-"), place.partition("-")
    return country == other and (region == part or not region or not part)


def _without_article(words: str) -> str:
    first, _, rest = words.partition(" ")
    return rest if first in _ARTICLES and rest else words


def fold_pattern(pattern: str) -> str:
    """Return a description pattern as texts are folded, its placeholders kept.

    >>> fold_pattern("{place}'s Data-Protection Authority")
    "{place}'s data protection authority"
    """
    parts = re.split(r"(\{(?:place|adjective)\}(?:'s)?)", pattern)
    return " ".join(part if part.startswith("{") else fold(part) for part in parts if part.strip())


@functools.cache
def lookup() -> Lookup:
    """Return the look-ups of the project's reference data, made once."""
    return Lookup(registry())
