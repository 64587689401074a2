"""Captions of lawsuits: the organisations on either side. Natural persons sue and are sued; their names stay out."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from loaders.parties import has_legal_form

_REMARK = re.compile(r"\s*\((?:formerly|now|also|No\.|removed)[^)]*\)|\s*\[[^\]]*\]", re.IGNORECASE)
_OTHERS = re.compile(r",?\s*\bet\.? al\b\.?|[\s,:;]+$", re.IGNORECASE)
_AGAINST = re.compile(r"\s+vs?\.?\s+", re.IGNORECASE)
_MATTER = re.compile(r"(?:in re:?|(?:in the )?matter of)\s+", re.IGNORECASE)
_AND = re.compile(r"\s*;\s*|\s+(?:&|and|/)\s+")
_PLACE = re.compile(r"\((?:USA?|U\.S\.|UK|U\.K\.|Ireland|EU)\)")

Registered = Callable[[str], str | None]
"""Returns the id of an organisation that the tables know."""


@dataclass(frozen=True, slots=True)
class Caption:
    """The organisations of a caption. `matter` says that it has no sides ("In re …")."""

    plaintiffs: tuple[str, ...]
    respondents: tuple[str, ...]
    matter: bool = False

    @property
    def title(self) -> str | None:
        """The caption as far as it names organisations, None where it names none."""
        left, right = ", ".join(self.plaintiffs), ", ".join(self.respondents)
        if self.matter and right:
            return f"In re {right}"
        return f"{left} v. {right}".strip() if right else (f"{left} (plaintiff)" if left else None)


def parse(text: str, registered: Registered) -> Caption:
    """Read a caption.

    >>> parse("Z. Quellenbrandt, et al. v. Acme Robotics, Inc. & Zyxmira Quellenbrandt", lambda name: None).title
    'v. Acme Robotics, Inc.'
    >>> parse("In the Matter of ACME (USA) INC.", lambda name: None).title
    'In re ACME (USA) INC.'
    """
    plain = _REMARK.sub("", " ".join(text.split()))
    bare = _MATTER.sub("", plain, count=1)
    sides = _AGAINST.split(bare, maxsplit=1)
    if len(sides) == 2:
        left, right = (organisations(side, registered) for side in sides)
        return Caption(left, right)
    return Caption((), _leading(bare, registered) if bare != plain else (), matter=True)


def organisations(side: str, registered: Registered) -> tuple[str, ...]:
    """Return the organisations of one side that are known or bear a legal form, as the caption writes them.

    Where a piece of several may be a person, "and" may as well stand inside a firm's name: a piece that only the legal
    form tells must then have two words before it ("Louis & Casualty Company" gives none).
    """
    whole = _clean(side)
    if registered(whole):
        return (whole,)
    pieces = [one for one in (_clean(piece) for piece in _AND.split(whole)) if one]
    sure = [one for one in pieces if registered(one) or _formed(one)]
    if len(sure) < len(pieces):
        sure = [one for one in sure if registered(one) or len(one.split()) > 2]
    return tuple(dict.fromkeys(sure))


def _leading(words: str, registered: Registered) -> tuple[str, ...]:
    """Return the organisation that a matter without sides begins with ("Google Assistant Privacy Litigation")."""
    if found := organisations(words, registered):
        return found
    parts = _clean(words).split()
    heads = [_clean(" ".join(parts[:count])) for count in range(len(parts), 0, -1)]
    return tuple(head for head in heads if registered(head) or _formed(head))[:1]


def _formed(name: str) -> bool:
    """Tell whether a name has a legal form and no remark in brackets but a place."""
    return has_legal_form(name) and "(" not in _PLACE.sub("", name)


def _clean(name: str) -> str:
    while (shorter := _OTHERS.sub("", name).strip()) != name:
        name = shorter
    return name
