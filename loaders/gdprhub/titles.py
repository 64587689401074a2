"""The titles of pages and the numbers of cases, without the names that persons may bear.

A page is called "Authority - number", but courts, and authorities without numbers, name their matters after the
parties ("C-434/16 - Nowak"). A part that is neither a number nor an organisation's name is left out.
"""

import hashlib
import re
from dataclasses import dataclass

from loaders.gdprhub.names import any_of, kind, plain, words
from ontology.folding import fold
from ontology.identifiers import IdentifierError, slug
from ontology.lookup import Lookup

_PARTS = re.compile(r"\s+[-–—]\s+|-\s+|(?<=\))-\s*")
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u00a0": " "})
_SERIES = re.compile(r"[A-Z]{2,3}")  # "AWB - 19/3510"
_DATED = re.compile(r"\s(?:of|on)\s\d{1,2}\s\w+\s\d{4}$")
_DIGEST = 10
_ENOUGH = 3
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Title:
    """A title as it may be shown: its parts after the authority's name, and whether a part was withheld."""

    head: str
    parts: tuple[str, ...]
    withheld: tuple[str, ...] = ()

    @property
    def tail(self) -> str:
        """What tells the page from others of its authority."""
        return " - ".join(self.parts)

    def __str__(self) -> str:
        return " - ".join((self.head, *self.parts))


def even(text: str) -> str:
    """Return a text with one kind of hyphen and space."""
    return " ".join(text.translate(_HYPHENS).split())


def read(lookup: Lookup, title: str, body: str, place: str) -> Title:
    """Return the title of a page of an authority (`body`, as the page names it)."""
    title = even(title)
    head, *parts = [part.strip() for part in _PARTS.split(title)]
    if not parts:
        cut = re.match(r"(?P<head>.+?\))\s+(?P<rest>\S.*)", title)
        head, parts = (cut["head"], [cut["rest"]]) if cut else ("", [title])
    known = not head or head in {body, plain(body)} or lookup.authority(head, place).id is not None
    shown = [_shown(lookup, part, place) for part in parts]
    kept = tuple(part for part in shown if part)
    withheld = tuple(part for part, safe in zip(parts, shown, strict=True) if part != safe)
    if not known:
        withheld = (head, *withheld)
    return Title(head if known and head else body, kept, withheld)


def number(text: str) -> str:
    """Return the case number in a text, without the words beside it; "" where there is none.

    >>> number("C-434/16 Nowak"), number("Contoso Ltd (IN-19-9-2)"), number("Contoso Ltd")
    ('C-434/16', 'IN-19-9-2', '')
    """
    text = even(text)
    if is_number(text):
        return text
    runs: list[list[str]] = []
    for piece in re.split(r"[()\[\]]", text):
        runs.append([])
        for token in piece.split():
            if _sign(token):
                runs[-1].append(token)
            else:
                runs.append([])
    numbers = [" ".join(run).strip(" ,;:-") for run in runs]
    return max((one for one in numbers if is_number(one) and _digits(one) >= _ENOUGH), key=_digits, default="")


def _shown(lookup: Lookup, part: str, place: str) -> str:
    """Return a part of a title, or the number in it, or nothing."""
    if is_number(part) or _SERIES.fullmatch(part) or is_deed(lookup, part, place):
        return part
    return number(plain(part))


def _digits(text: str) -> int:
    return sum(char.isdecimal() for char in text)


def is_number(text: str) -> bool:
    """Tell whether a text is a case number: digits, short signs, and words such as "decision".

    >>> is_number("7728204 CV VERZ 19-9686"), is_number("C-434/16 Nowak"), is_number("Nowak2021")
    (True, False, False)
    """
    return _digits(text) > 0 and all(map(_sign, text.split()))


def _sign(token: str) -> bool:
    if fold(token) in words("parties", "against"):
        return False
    numbered = bool(re.search(r"\d", token))
    return all(
        len(run) <= _SHORT or (numbered and run.isupper()) or fold(run) in words("titles", "docket")
        for run in re.findall(r"[^\W\d_]+", token)
    )


def is_deed(lookup: Lookup, part: str, place: str) -> bool:
    """Tell whether a part says no more than what was done, or to which organisation."""
    tokens = fold(plain(part)).split()
    if all(one in words("titles", "deeds") | words("titles", "docket") or one.isdecimal() for one in tokens):
        return bool(tokens)
    sides = re.split(rf"\s(?:{any_of('parties', 'against').pattern})\.?\s", addressee(part), flags=re.IGNORECASE)
    return all(kind(lookup, side, place) in {"organisation", "described", "natural", "authority"} for side in sides)


def addressee(part: str) -> str:
    """Return whom a title says that an act was addressed to.

    >>> addressee("Fine against Contoso SRL 2"), addressee("Monetary penalty on Northwind Ltd of 3 May 2021")
    ('Contoso SRL', 'Northwind Ltd')
    """
    whom = re.split(r"\sagainst\s", _DATED.sub("", plain(part)))[-1]
    rest = re.sub(r"(?<=\s)(?:-?\s?no\.? )?\d{1,2}$", "", whom).split()
    for end in (0, -1):
        while len(rest) > 1 and any_of("titles", "deeds").fullmatch(fold(rest[end])):
            del rest[end]
    return " ".join(rest)


def key(title: Title, whole: str, edition: str = "") -> str:
    """Return the key of a record: the slug of its title; what was withheld of that is in it as a digest."""
    shown = f"{title} {_digest(whole)}" if title.withheld else even(whole)
    return slug(f"{shown} {edition}")


def name(title: Title, whole: str) -> str:
    """Return what names an act beside its authority: the slug of what the title says after that."""
    numbered = any(map(is_number, title.parts))
    tail = title.tail if title.parts and (numbered or not title.withheld) else f"{title.tail} {_digest(whole)}"
    try:
        return slug(tail)
    except IdentifierError:
        return _digest(whole)


def _digest(whole: str) -> str:
    return hashlib.sha256(even(whole).encode()).hexdigest()[:_DIGEST]
