"""Parties as incident databases and dockets name them: organisations told from natural persons.

A name is an organisation's where the tables know it, where it ends in a legal form, or where it holds a word
that only organisations bear. Any other name may be a person's: it is never carried, nor counted, nor quoted.
"""

import re
from collections.abc import Iterable

from loaders.source import Source
from ontology.folding import fold

_FORMS = (
    r"inc|incorporated|l\.?l\.?c|l\.?l\.?p|pllc|l\.?p|ltd|limited|plc|corp|corporation|company|co|pbc|p\.?c|apc|n\.a"
    r"|gmbh|e\.?v|b\.v|n\.v|s\.a|s\.p\.a|s\.r\.l|a/s|pty|pvt|pte"
)
_LEGAL_FORM = re.compile(rf"(?P<name>\S.*?)(?:[,\s]+(?:{_FORMS})\.?)+", re.IGNORECASE)
_SIGNS = """
    academy agency airlines airport alliance army association authority bank board broadcasting bureau center centre
    clinic club coalition college commission committee companies consortium constabulary corporation council county
    department dept directorate district enterprises federation forces foundation fund government group hospital
    industries institute insurance laboratories laboratory labs library logistics media military ministry motors
    municipality museum network networks news newspaper office organisation organization parliament party pharmacy
    police productions recordings records research robotics school schools secretariat security senate service
    services society software solutions studio studios systems technologies technology telecom times union university
"""
_WORDS = frozenset(_SIGNS.split())
_SEPARATOR = re.compile(rf"\s*(?:/|,(?!\s*(?:{_FORMS})\b))\s*", re.IGNORECASE)
_UNNAMED = re.compile(
    r"(?:un(?:known|named|specified|identified)|various|multiple|several)\b.*|.*\b(?:employees?|students?|users?)",
    re.IGNORECASE,
)


def has_legal_form(name: str) -> bool:
    """Tell whether a name ends in a company's legal form.

    >>> has_legal_form("Getty Images (US), Inc."), has_legal_form("Air Canada"), has_legal_form("Company")
    (True, False, False)
    """
    return _LEGAL_FORM.fullmatch(name) is not None


def bears_sign(name: str) -> bool:
    """Tell whether a name shows by itself that it is no person's: a legal form, or a word of organisations.

    >>> bears_sign("Government of Atlantis"), bears_sign("Zyxmira Quellenbrandt")
    (True, False)
    """
    return has_legal_form(name) or not _WORDS.isdisjoint(fold(name).split())


def registered(source: Source, name: str) -> list[str]:
    """Return the ids of the registered organisations that a name stands for.

    A slash or a comma may hold several ("Google/Jigsaw"), where the whole is no name of the tables. What no table
    knows is counted where it bears the sign of an organisation.
    """
    if whole := source.lookup.organisation(name).id:
        return [whole]
    found = {part: source.lookup.organisation(part).id for part in _parts(name)}
    known = [id_ for id_ in found.values() if id_]
    for part in found if not known else ():
        if bears_sign(part) and not _UNNAMED.fullmatch(part):
            source.unknown["organisation", part] += 1
    return known


def unsure(source: Source, names: Iterable[str]) -> list[str]:
    """Return what of the names may be a person's."""
    parts = [part for name in names if not source.lookup.organisation(name).id for part in _parts(name)]
    return [one for one in parts if not bears_sign(one) and not source.lookup.organisation(one).id]


def mentions(text: str, name: str) -> bool:
    """Tell whether a text holds a full name of two words or more.

    >>> mentions("Zyxmira-Quellenbrandt's quiz", "zyxmira quellenbrandt"), mentions("Chaos at Tesla", "Tesla")
    (True, False)
    """
    folded = fold(name)
    return " " in folded and re.search(rf"(?<!\S){re.escape(folded)}(?:'s?)?(?!\S)", fold(text)) is not None


def _parts(name: str) -> list[str]:
    """Return the names that a slash or a comma holds apart; a comma before a legal form does not.

    >>> _parts("Google/Jigsaw"), _parts("Acme, Inc., Zyxmira Quellenbrandt")
    (['Google', 'Jigsaw'], ['Acme, Inc.', 'Zyxmira Quellenbrandt'])
    """
    return [one for one in _SEPARATOR.split(name) if one]
