"""Whether a word is an ordinary one of a language that writes nouns like names (simplemma's dictionary)."""

from functools import lru_cache

import simplemma

_CAPITALISED = frozenset(("de",))  # the only language here that does; its dictionary takes a second
ROMANCE = frozenset(("es", "fr", "it", "pt", "ro"))
"""Languages whose ordinary words are told from names by a dictionary where they head a sentence."""
_LEAST = 4  # letters of a part of a compound


@lru_cache(maxsize=50_000)
def is_word(word: str, language: str) -> bool:
    """Tell whether a capitalised word may be a common noun, also one composed of two.

    >>> [is_word(word, "de") for word in ("Entscheidung", "Verwarnungsbescheid", "Rapidata")], is_word("Decision", "en")
    ([True, True, False], False)
    """
    return language in _CAPITALISED and (
        simplemma.is_known(word, lang=language, low_memory=True) or _composed(word, language)
    )


@lru_cache(maxsize=50_000)
def is_known(word: str, language: str) -> bool:
    """Tell whether a word that heads a sentence is an ordinary one of a Romance language.

    >>> is_known("Condamnée", "fr"), is_known("Docmatch", "fr")
    (True, False)
    """
    return language not in ROMANCE or simplemma.is_known(word.lower(), lang=language, low_memory=True)


def _composed(word: str, language: str) -> bool:
    return any(
        simplemma.is_known(word[cut:].capitalize(), lang=language, low_memory=True)
        and any(
            simplemma.is_known(head, lang=language, low_memory=True)
            for head in (word[:cut], word[:cut].removesuffix("s"))
        )
        for cut in range(_LEAST, len(word) - _LEAST + 1)
    )
