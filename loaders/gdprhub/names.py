"""Which of the register's words name an organisation for sure: the rest may be a person's name, and stays out.

GDPRhub lists the parties of a matter without roles, and names pages and court cases after them. A name
is an organisation's only where the reference tables know it, a legal form ends it or a word such as "bank" or
"gemeente" is in it; everything else is withheld, and never quoted.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Literal

from babel import Locale

from loaders.source import Source, config
from ontology import places
from ontology.folding import bare, fold, legal_form
from ontology.lookup import ACCEPTED, Lookup
from ontology.registry import registry

Kind = Literal["organisation", "authority", "advocate", "natural", "described", "withheld"]
_LONGEST = 100
_FORM_LENGTH = 10
SHORTEST = 3
"""Letters that a word needs to tell anybody."""
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_MASK = re.compile(r"\*|…|\.{3,}|\b[Xx]{2,}\b")
_INITIALS = re.compile(r"^(?:\w{1,2}\.\s*)+(?:\w{1,2})?$|^(?:\w\s)+\w$|(?:\b[A-Z]\.){3,}(?!\w)")
_CAPITALISED = r"[A-ZÀ-ÖØ-Þ][\w’']*\w(?:-\w+)?"
_ROMAN = frozenset(("i", "ii", "iii", "iv", "v", "vi"))  # "Muster II", the second case of that name
_LIKELY = Decimal("0.5")
_NATURAL = frozenset(("natural person", "a natural person", "private individual", "a private individual", "individual"))


@cache
def table(name: str) -> Mapping[str, Any]:
    """Return a table of source.toml."""
    found: Mapping[str, Any] = config(str(__file__).rpartition("/")[0])[name]
    return found


@cache
def words(name: str, key: str) -> frozenset[str]:
    """Return a list of source.toml as a set."""
    return frozenset(table(name)[key])


@cache
def any_of(name: str, key: str) -> re.Pattern[str]:
    """Return a pattern for the words of a list in a folded text; `*` at the end of one stands for any ending."""
    listed = (re.escape(one).replace(r"\*", r"\w*") for one in sorted(words(name, key), key=len, reverse=True))
    return re.compile(rf"(?<![\w'])(?:{'|'.join(listed)})(?![\w'])")


def plain(name: str) -> str:
    """Return a name without remarks in brackets, quotation marks and the number before it.

    >>> plain("3) Contoso Bank AG (the controller)"), plain("“Northwind” S.A.")
    ('Contoso Bank AG', 'Northwind S.A.')
    """
    bare_name = re.sub(r"[\"“”„«»]", "", _BRACKETS.sub(" ", name))
    return " ".join(re.sub(r"^\s*\d{1,2}[.)]\s+", "", bare_name).split()).strip(" ,;:")


@lru_cache(maxsize=100_000)
def kind(lookup: Lookup, name: str, place: str) -> Kind:
    """Tell what a party is: an organisation only where that is sure."""
    name = plain(name)
    folded = fold(name)
    if folded in _NATURAL:
        return "natural"
    if _masked(name, folded) or len(name) > _LONGEST:
        return "withheld" if re.search(r"[^\W\d_]{3}", name) else "described"
    return _known(lookup, name, folded, place) or _told(name, folded)


def _known(lookup: Lookup, name: str, folded: str, place: str) -> Kind | None:
    """Return what the reference tables and our lists know a name as.

    A name that several registered companies bear is still no person's.
    """
    regulator, company = lookup.authority(name, place), lookup.organisation(name)
    if regulator.id:
        return "authority"
    if any_of("parties", "advocates").search(folded):
        return "advocate"
    if folded.removeprefix("the ") in words("parties", "named") or (
        company.candidates and company.candidates[0].score >= ACCEPTED
    ):
        return "organisation"
    if regulator.candidates and regulator.candidates[0].score >= _LIKELY and not _describes(folded):
        return "authority"
    return None


def _told(name: str, folded: str) -> Kind:
    """Return what the words of an unknown name tell."""
    told_person = any_of("parties", "person").search(folded)
    if _is_office(folded) and not told_person:
        return "organisation"
    if _describes(folded):
        return "described"
    if told_person or _joins_a_person(name):
        return "withheld"
    if any_of("parties", "court").search(folded):
        return "authority"
    sure = has_form(name) or (any_of("parties", "organisation").search(folded) and _is_proper(name))
    return "organisation" if sure else "withheld"


def of_place(source: Source, name: str, place: str) -> str:
    """Return a name with its country where other countries have a body of that name: the ministry of finance of one.

    A registered body of the place needs none, nor does a name with the place in it.
    """
    folded = fold(name).removeprefix("the ")
    if not (any_of("parties", "public").match(folded) or _is_office(folded)) or any(places.mentions(name)):
        return name
    found = source.lookup.organisation(name).id
    if (found and source.registry.organisations[found].jurisdiction == place) or place not in _territories():
        return name
    return f"{re.sub(r'^the ', '', name, flags=re.IGNORECASE)} ({_territories()[place]})"


@cache
def _territories() -> Mapping[str, str]:
    return {**Locale("en").territories, "EU": "European Union"}


def _is_office(folded: str) -> bool:
    """Tell whether a name is a ministry's or the like, with what it is for."""
    match = any_of("parties", "offices").search(folded)
    return match is not None and match.end() < len(folded) - 1


def _describes(folded: str) -> bool:
    """Tell whether words only describe: they name nobody."""
    known = words("parties", "generic") | words("parties", "person")
    return all(one in known or re.fullmatch(r"\w\d?|\d+", one) for one in folded.split())


def _is_proper(name: str) -> bool:
    """Tell whether a word of a name that does not only describe is written as a name."""
    return any(one[:1].isupper() and not _describes(fold(one)) for one in name.split())


def _masked(name: str, folded: str) -> bool:
    """Tell whether a name is initials, or was made unreadable: "A.A.", "XX GmbH", "N*** Klinik"."""
    form = has_form(name)
    letters = (bare(name) if form else folded).replace(" ", "")
    return (
        bool(_MASK.search(name))
        or (not form and bool(_INITIALS.search(name)))
        or len(letters) < SHORTEST - form
        or len(set(letters)) == 1
    )


def has_form(name: str) -> bool:
    """Tell whether a legal form of an organisation ends a name; a short one must be written as one ("SA", not "Sá")."""
    name = re.sub(r"\s*/\s*", "/", name)
    form = legal_form(name)
    if not form or form in words("parties", "one_person_forms"):
        return False
    end = name.split()[-1]
    return len(form) > SHORTEST - 1 or end.isupper() or end in {"Oy", "Ab"} or "." in end or "/" in end or "," in name


def _joins_a_person(name: str) -> bool:
    """Tell whether a line may name a person beside an organisation ("Ana Muster and Contoso Bank").

    Names of public bodies join nouns that way ("Ministry of Labour and Social Affairs").
    """
    if any_of("parties", "organisation").match(fold(name)):
        return False
    parts = [part.strip() for part in re.split(r",\s|\s(?:and|und|et|y|e|en|og|och|&)\s|;", name)]
    if has_form(name) and len(parts[-1]) <= _FORM_LENGTH:  # "Contoso Energy, S.A."
        del parts[-1]
    return len(parts) > 1 and any(
        re.fullmatch(rf"(?:{_CAPITALISED}\s){{1,3}}{_CAPITALISED}", part)
        and not has_form(part)
        and not any_of("parties", "organisation").search(fold(part))
        and _vocabulary().isdisjoint(fold(part).split())
        for part in parts
    )


_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mister|Dr|Prof|Herr|Frau|Sr|Sra|Mme)\b\.?\s+[A-Z]")
_LOWERED = r"[A-ZÀ-ÖØ-Þ][\w’']*[a-zß-ÿ]\w*(?:-\w+)?"
_PAIR = re.compile(rf"(?=\b({_LOWERED})\s({_LOWERED}|[IVX]+\b))")


def may_name_person(text: str, known: frozenset[str]) -> bool:
    """Tell whether a sentence may name a person: "Mr X", or two capitalised words that we know of nothing else.

    `known` are more words that are safe, folded.
    """
    safe = _vocabulary()
    return bool(_TITLED.search(text)) or any(
        not any(word in safe or word in known for word in fold(f"{pair[1]} {pair[2]}").split() if word not in _ROMAN)
        for pair in _PAIR.finditer(text)
    )


@cache
def _vocabulary() -> frozenset[str]:
    """Return the words of every name in the reference tables, and of countries."""
    tables = registry()
    known = (tables.authorities, tables.laws, tables.systems, tables.organisations)
    spelt = [one for things in known for thing in things.values() for one in thing.spellings]
    found = [*(one.text for one in spelt), *(one.name for one in tables.organisations.values())]
    return frozenset(word for name in (*found, *_territories().values()) for word in fold(name).split())
