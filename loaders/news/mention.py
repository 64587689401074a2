"""A name in a text, and the folding under which names are compared."""

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text. `type` is company, regulator, court, law or place; `id` is that of the tables.

    `role` tells how it is named: name, acronym, description, product, or `unseen` where no table knows it (its `id`
    is then the name as written). `name` is the spelling of the tables that stands there, "" where there is none.
    """

    type: str
    id: str
    start: int
    end: int
    role: str = "name"
    name: str = ""


class _Folded(dict[int, str]):
    """A table for str.translate that folds case and accents and keeps every length."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = folded = self._fold(char)
        return folded

    @staticmethod
    def _fold(char: str) -> str:
        if char.isspace():
            return " "
        if char in "’‘ʼ`´":
            return "'"
        if unicodedata.category(char) == "Pd":
            return "-"
        if "\uac00" <= char <= "\ud7a3":  # a syllable of Hangul must not fall apart
            return char
        plain = unicodedata.normalize("NFKD", char.casefold()).casefold()  # "℠" falls apart into capitals
        return next((one for one in plain if not unicodedata.combining(one)), char)


_TABLE = _Folded()


def folded(text: str) -> str:
    """Return a text without case and accents, each character in its place.

    >>> folded("L’Autorité Fédérale"), folded("ΑΡΧΉΣ")
    ("l'autorite federale", 'αρχησ')
    """
    return text.translate(_TABLE)
