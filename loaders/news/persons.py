"""Names of persons by how they begin: with a given name. The lists are Faker's."""

import importlib
from collections.abc import Iterable
from functools import cache

_LOCALES = (
    "cs_CZ", "da_DK", "de_AT", "de_CH", "de_DE", "el_GR", "en_GB", "en_IE", "en_IN", "en_NZ", "en_US", "es_AR", "es_CL",
    "es_CO", "es_ES", "es_MX", "fi_FI", "fr_BE", "fr_CA", "fr_CH", "fr_FR", "hr_HR", "hu_HU", "it_IT", "nl_BE", "nl_NL",
    "no_NO", "pl_PL", "pt_BR", "pt_PT", "ro_RO", "sv_SE",
)  # fmt: skip
_LONGEST = 4  # words of a person's name
_NOT_GIVEN = frozenset(
    ("Mercedes", "Paris", "London", "Santa", "San", "Saint", "Black", "Royal", "North", "West", "Central")
)
"""Given names that begin names of organisations more often."""


@cache
def given_names() -> frozenset[str]:
    """Return the given names of all languages: people of any country are in the news of any other."""
    found: set[str] = set()
    for locale in _LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for part in ("first_names", "first_names_male", "first_names_female"):
            names: Iterable[str] | property = getattr(provider, part, ())
            found |= set(names) if not isinstance(names, property) else set()
    return frozenset(one for one in found if one not in _NOT_GIVEN and one[:1].isupper())


def is_person(name: str, language: str) -> bool:
    """Tell whether a name is a person's by its form: a given name, then one to three words.

    >>> is_person("Marie-Laure Denis", "fr"), is_person("Black Tiger Belgium", "fr"), is_person("Marie", "fr")
    (True, False, False)
    """
    words = name.split()
    if not 1 < len(words) <= _LONGEST:
        return False
    first = [words[0], words[1]] if language == "hu" else [words[0]]  # there the family name comes first
    return any(part in given_names() for word in first for part in (word, word.partition("-")[0]))
