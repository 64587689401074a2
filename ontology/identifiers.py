"""Identifiers: local names that every RDF syntax can write, and the IRIs made of them.

A local name is a slug of an identifier that an authority issued (a docket, a tracker's number), or
of a registered name. The doctests pin the rules: a change here breaks users' queries.
"""

import hashlib
import re
import unicodedata

BASE = "https://w3id.org/finegraph/"
MAX_LENGTH = 80
PATTERN = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
TYPES = (
    "regulator", "org", "system", "law", "case", "decision", "ruling", "court",
    "measure", "source", "claim", "match", "link", "graph", "kind", "status", "technology", "purpose", "data", "sector",
)  # fmt: skip
_SPECIAL = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae",
                          "Æ": "AE", "œ": "oe", "þ": "th", "Þ": "Th", "ð": "d", "ı": "i", "&": " and "})  # fmt: skip


class IdentifierError(ValueError):
    """A text of which no identifier can be made."""


def slug(text: str) -> str:
    """Return the ASCII kebab-case form of a text; what has no ASCII form is kept as a hash.

    >>> slug("SAN-2022-019"), slug("PS/00120/2021"), slug("Östergötland Región")
    ('san-2022-019', 'ps-00120-2021', 'ostergotland-region')
    >>> slug("Εγνατία Οδός Α.Ε.")
    'x-917168d777'
    >>> slug("Vodafone España, S.A.U."), slug("VODAFONE ESPAÑA, SAU")
    ('vodafone-espana-sau', 'vodafone-espana-sau')
    """
    text = " ".join(text.split())
    plain = re.sub(r"(?<=\b\w)\.\s?(?=\w\b)|(?<=\b\w)\.(?!\w)", "", text.translate(_SPECIAL))
    ascii_ = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", ascii_.casefold().replace("'", "")).strip("-")
    letters = sum(char.isalnum() for char in plain)
    if not letters:
        raise IdentifierError(f"no identifier can be made of {text!r}")
    if sum(char.isalnum() for char in name) < letters * 0.6:
        return f"x-{digest(text.casefold())}"
    if len(name) > MAX_LENGTH - 20:
        return f"{name[: MAX_LENGTH - 31].rstrip('-')}-{digest(name)}"
    return name


def digest(text: str) -> str:
    """Return ten hexadecimal digits that stand for a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def iri(type_: str, name: str) -> str:
    """Return the IRI of a thing; raise IdentifierError for an unknown type or a malformed name.

    >>> iri("decision", "fr-cnil_san-2022-019")
    'https://w3id.org/finegraph/decision/fr-cnil_san-2022-019'
    """
    if type_ not in TYPES:
        raise IdentifierError(f"{type_!r} is not one of {', '.join(TYPES)}")
    if not PATTERN.fullmatch(name):
        raise IdentifierError(f"{name!r} is not a local name ([a-z0-9][a-z0-9_-]{{0,79}})")
    return f"{BASE}{type_}/{name}"


def split(iri_: str) -> tuple[str, str] | None:
    """Return type and local name of one of our IRIs, None for any other.

    >>> split("https://w3id.org/finegraph/org/clearview-ai")
    ('org', 'clearview-ai')
    """
    type_, _, name = iri_.removeprefix(BASE).partition("/")
    if not iri_.startswith(BASE) or type_ not in TYPES or not PATTERN.fullmatch(name):
        return None
    return type_, name
