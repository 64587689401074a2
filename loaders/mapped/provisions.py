"""Provisions as lawyers write them: "Art. 5 Abs. 1 lit. a DSGVO", "5(1)(f)", "Artikel 32 GDPR", "§ 26 BDSG"."""

import re

from loaders.mapped.facts import Facts
from ontology.registry import RegistryError

_LEVEL = re.compile(
    r"[\s,]*(?:\b(?:Abs(?:atz)?|Unterabs(?:atz)?|par(?:a|agraph)?|lit(?:era)?|Buchst(?:abe)?|letter|let|point|pt|Nr|no"
    r"|n[°º]|ap(?:artado)?|comma|alinéa|al)\b\.?\s*\(?(?P<named>\d{1,2}|[a-z])\)?(?![\w])"
    r"|\((?P<inside>\d{1,2}|[a-z])\)|(?<=[\s)])(?P<closed>\d{1,2}|[a-z])\))",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"(?:(?:art(?:icles?|ikel|ículo|icolo|igo)?|§{1,2}|sec(?:tion|s)?|reg(?:ulation)?)\.?\s*)?(?P<number>\d+[a-z]?(?:[.-]\d+[a-z]?)*)",
    re.IGNORECASE,
)


def provisions(facts: Facts, place: str | None) -> tuple[tuple[str, ...], str | None]:
    """Return the provisions of a line and their words; each piece that cannot be read is reported and kept as words."""
    pieces = facts.all("provisions")
    found: list[str] = []
    for piece in pieces:
        try:
            found.append(_provision(facts, piece, place))
        except RegistryError as error:
            facts.doubt("provisions", piece, f"{error}; kept as words")
    return tuple(dict.fromkeys(found)), "; ".join(pieces) or None


def _provision(facts: Facts, piece: str, place: str | None) -> str:
    notation, law = split(piece)
    named = law or facts.one("law")
    if not named:
        raise RegistryError("names no law; set [defaults] law")
    registry = facts.source.registry
    id_ = named if named in registry.laws else facts.source.lookup.law(named, place).id
    if id_ is None:
        raise RegistryError(f"{named!r} is no law that we know")
    return registry.provision(id_, notation).id


def split(piece: str) -> tuple[str, str]:
    """Return the common notation of a provision and the law that stands behind it, "" for none.

    Raises RegistryError where there is no number.

    >>> split("Art. 5 Abs. 1 lit. a DSGVO"), split("5(1)(f)"), split("Art. 5 (1) f) GDPR"), split("§ 26 BDSG")
    (('5(1)(a)', 'DSGVO'), ('5(1)(f)', ''), ('5(1)(f)', 'GDPR'), ('26', 'BDSG'))
    """
    head = _HEAD.match(piece)
    if head is None:
        raise RegistryError("no number of a provision")
    notation, at = head["number"], head.end()
    while level := _LEVEL.match(piece, at):
        notation += f"({(level['named'] or level['inside'] or level['closed']).lower()})"
        at = level.end()
    return notation, piece[at:].strip(" ,.;")
