"""The persons among an event's actors: who they are is found out only to leave their names out."""

import re
import unicodedata
from collections.abc import Iterable

from loaders.source import Source
from ontology import places

_PARTICLES = frozenset(("al", "bin", "da", "de", "del", "der", "di", "du", "el", "la", "van", "von"))
LEFT_OUT = "[…]"


class People:
    """The names of natural persons, in full and the last word alone."""

    def __init__(self, source: Source, actors: Iterable[str]) -> None:
        names = [name for actor in actors if (name := _person(source, actor))]
        words = [name.split()[-1] for name in names]
        self._names = sorted({*names, *(word for word in words if len(word) > 3)}, key=lambda one: (-len(one), one))
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, self._names))})(?!\w)")

    def named_in(self, text: str) -> bool:
        """Tell whether a text names one of them."""
        return self.without(text) != text

    def without(self, text: str) -> str:
        """Return a text with their names left out."""
        return self._pattern.sub(LEFT_OUT, text) if self._names else text

    def out_of_words(self, address: str) -> str:
        """Return an address or a file's name as ASCII words between hyphens, without their names."""
        words = f"-{_words(address)}-"
        for name in self._names:
            words = words.replace(f"-{_words(name)}-", "-")
        return words.strip("-")

    def named_at(self, address: str) -> bool:
        """Tell whether an address names one of them."""
        return self.out_of_words(address) != _words(address)


def _words(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")


def _person(source: Source, actor: str) -> str | None:
    """Return the name of an actor that is a person, without titles; None for bodies and places.

    Two to four capitalised words that no table knows are taken for a person.
    """
    name = " ".join(re.sub(r"\([^)]*\)", " ", actor).split())
    known = source.lookup.organisation(name).candidates or source.lookup.authority(name).candidates
    if known or places.named(name) or source.lookup.system(name).candidates:
        return None
    titles = "|".join(map(re.escape, sorted(source.config["titles"], key=len, reverse=True)))
    name = re.sub(rf"^(?:(?:{titles})\.?\s+)+", "", name, flags=re.IGNORECASE)
    words = name.split()
    plain = {word.strip(".,").casefold() for word in words}
    if not 2 <= len(words) <= 4 or plain & set(source.config["body_words"]) or re.search(r"[\d&]", name):
        return None
    return name if all(word[0].isupper() or word.casefold() in _PARTICLES for word in words) else None
