"""Places that a text names, and the authorities that it names by them alone.

"The French privacy regulator" and "authorities in the UK, Italy and Greece" name the authorities of those places.
"""

import importlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from zoneinfo import available_timezones

from ahocorasick_rs import AhoCorasick, MatchKind
from babel import Locale

from loaders.news.lexicon import UNSPACED
from loaders.news.mention import folded
from loaders.news.spellings import is_letter, words
from ontology import tables
from ontology.lookup import lookup
from ontology.places import LANGUAGES

_BODIES = re.compile(
    r"\b(?:regulators?|watchdogs?|authorit(?:y|ies)|agenc(?:y|ies)|commission(?:er)?s?)(?:,? including)?"
    r"(?: authorities| regulators)? in (?P<places>[^.;]+)",
    re.IGNORECASE,
)


_SHORT = 4  # letters of a word that may be an abbreviation


@cache
def _places(language: str) -> tuple[AhoCorasick, list[list[tuple[str, str, bool]]]]:
    """Return the names and adjectives of places of a language (and English): (place, placeholder, open ending)."""
    words: defaultdict[str, set[tuple[str, str, bool]]] = defaultdict(set)
    used = {language, "en"}
    for one in used & {*LANGUAGES, *UNSPACED}:
        for code, name in Locale(one).territories.items():
            if len(code) == 2 and code.isalpha():
                words[folded(name)].add((code, "{place}", False))
    for _, row in tables.rows("places"):
        if row["language"] in {*used, ""} or len(row["place"]) > 2:
            role = "{place}" if row["role"] == "name" else "{adjective}"
            words[folded(row["name"].rstrip("*"))].add((row["place"], role, row["name"].endswith("*")))
    forms = sorted(word for word in words if len(word) > 1)
    return AhoCorasick(forms, matchkind=MatchKind.Standard), [sorted(words[form]) for form in forms]


def places(said: str, language: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield (start, end, place, placeholder) of the places, and adjectives of places, of a text."""
    automaton, entries = _places(language)
    text = folded(said)
    for number, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
        if start and is_letter(text[start - 1]) and is_letter(text[start]):
            continue
        if end - start < _SHORT and said[start:end].islower() and said[start:end].isascii():  # "us" is no country
            continue
        last = end
        while last < len(text) and is_letter(text[last]) and is_letter(text[end - 1]):
            last += 1
        for place, role, endings in entries[number]:
            if last == end or (endings and last - end <= 4):
                yield start, last, place, role


@cache
def _templates(language: str) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return the descriptions of a language as what stands before and behind a place, by placeholder."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for _, row in tables.rows("descriptions"):
        if row["language"] in {language, "en"}:
            pattern = folded(row["pattern"])
            for placeholder in ("{place}", "{adjective}"):
                before, mark, behind = pattern.partition(placeholder)
                if mark and len(before + behind) > 3:
                    found[placeholder].append((before, behind))
    return found


def described(said: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Yield the authorities that words such as "the French privacy regulator" stand for."""
    templates = _templates(language)
    general = lookup().general
    text = folded(said)
    for start, end, place, placeholder in places(said, language):
        authority = general(place) if place != "EU" else None
        if authority is None:
            continue
        best: tuple[int, int] | None = None
        for before, behind in templates.get(placeholder, ()):
            if text.startswith(behind, end) and text.endswith(before, 0, start):
                first, last = start - len(before), end + len(behind)
                if last < len(text) and behind and is_letter(text[last]) and is_letter(text[last - 1]):
                    if language == "en" or (rest := _rest(text, last)) > 4:
                        continue
                    last += rest
                if first and before and is_letter(text[first - 1]) and is_letter(text[first]):
                    continue
                if best is None or last - first > best[1] - best[0]:
                    best = (first, last)
        if best:
            yield *best, authority


def _rest(text: str, start: int) -> int:
    end = start
    while end < len(text) and is_letter(text[end]):
        end += 1
    return end - start


def authorities(text: str, language: str) -> Iterator[str]:
    """Yield the ids of the general authorities of the places that a text says acted.

    >>> list(authorities("fined by authorities in the UK, Italy and Greece", "en"))
    ['gb-ico', 'it-garante', 'gr-hdpa']
    """
    for match in _BODIES.finditer(text):
        for _, _, place, placeholder in places(match["places"], language):
            general = lookup().general(place) if placeholder == "{place}" else None
            if general:
                yield general


_LOCALES = {
    "es": ("es_ES", "es_AR"),
    "fr": ("fr_FR",),
    "it": ("it_IT",),
    "pt": ("pt_PT", "pt_BR"),
    "ro": ("ro_RO",),
}


def is_place(name: str, language: str) -> bool:
    """Tell whether a name is a country's, a region's or a city's."""
    plain = folded(name)
    return any(end - start == len(plain) for start, end, _, _ in places(name, language)) or plain in _cities(language)


@cache
def _cities(language: str) -> frozenset[str]:
    """Return the cities that CLDR names for time zones: capitals and others of the news."""
    zones = [*Locale(language).time_zones.values(), *Locale("en").time_zones.values()]
    named = {folded(zone["city"]) for zone in zones if "city" in zone}
    named |= {folded(one) for one in words("cities").get(language, ())}
    return frozenset(
        named
        | {folded(zone.rpartition("/")[2].replace("_", " ")) for zone in available_timezones()}
        | {folded(one) for one in _listed(language)}
    )


def _listed(language: str) -> Iterator[str]:
    """Yield the towns and regions of the countries that speak a language (Faker's lists)."""
    for locale in _LOCALES.get(language, ()):
        provider = importlib.import_module(f"faker.providers.address.{locale}").Provider
        for part in ("cities", "states", "regions", "provinces", "distritos", "concelhos", "municipalities", "estados"):
            for one in getattr(provider, part, ()):
                yield one if isinstance(one, str) else one[1]
