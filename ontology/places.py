"""Countries, unions and regions by name and by adjective, in the languages of our sources.

Names of countries are CLDR's (through Babel); adjectives, other names and regions are of places.csv.
"""

import functools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from babel import Locale

from ontology import tables
from ontology.folding import fold

LANGUAGES = (
    "en", "fr", "de", "es", "it", "nl", "pt", "pl", "sv", "da", "nb", "fi", "el", "hu", "cs", "ro",
)  # fmt: skip
_LONGEST = 5


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text: `template` is the folded text with {place} or {adjective} where it stood."""

    place: str
    template: str


@functools.cache
def _index() -> tuple[dict[str, set[tuple[str, str]]], dict[str, set[str]]]:
    """Return folded word -> {(place, placeholder)} and folded stem -> {places} for adjectives of any ending."""
    words: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    stems: defaultdict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                words[fold(name)].add((code, "{place}"))
    for _, row in tables.rows("places"):
        if row["name"].endswith("*"):
            stems[fold(row["name"].rstrip("*"))].add(row["place"])
        else:
            words[fold(row["name"])].add((row["place"], "{place}" if row["role"] == "name" else "{adjective}"))
    return words, stems


def named(text: str) -> str | None:
    """Return the place that a text names, None where it names none or several.

    >>> named("The Netherlands"), named("Italie"), named("CNIL")
    ('NL', 'IT', None)
    """
    places = {place for place, _ in _meant(fold(text).removeprefix("the "))}
    return places.pop() if len(places) == 1 else None


def _meant(words: str) -> set[tuple[str, str]]:
    index, stems = _index()
    found = set(index.get(words, ()))
    if " " not in words:
        cuts = (words[:end] for end in range(max(3, len(words) - 4), len(words) + 1))
        found |= {(place, "{adjective}") for cut in cuts for place in stems.get(cut, ())}
    return found


def mentions(text: str) -> Iterator[Mention]:
    """Yield each way to read one run of words of a text as a place or its adjective.

    >>> [one for one in mentions("Italy's privacy watchdog")]
    [Mention(place='IT', template="{place}'s privacy watchdog")]
    """
    tokens = fold(text).split()
    for size in range(min(_LONGEST, len(tokens)), 0, -1):
        for start in range(len(tokens) - size + 1):
            run = " ".join(tokens[start : start + size])
            owner = "'s" if run.endswith("'s") else ""
            for place, placeholder in sorted(_meant(run.removesuffix("'s"))):
                rest = [*tokens[:start], placeholder + owner, *tokens[start + size :]]
                yield Mention(place, " ".join(rest))
