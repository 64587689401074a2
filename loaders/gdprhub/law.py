"""The relevant law of a page as provisions."""

import re

from loaders.source import Row, Source
from loaders.values import stated
from ontology.registry import RegistryError

_LATIN = "bis|ter|quater|quinquies|sexies|septies|octies|novies|decies|undecies|duodecies|terdecies|quaterdecies"
_PROVISION = re.compile(
    r"(?:(?:Art(?:icle|icolo|ículo|ikel)?s?\b\.?|§+|Sec(?:tion|\.)?|Paragraph)\s*)?"
    rf"(?P<number>\d+[a-z]?(?:-(?:{_LATIN}))?)(?P<levels>(?:\s*\(\w{{1,3}}\)|\.(?:\d{{1,2}}|[a-z])\b)*)"
    r"[\s,]*(?:of\s+)?(?:the\s+)?(?P<law>[^\W\d_].*)",
    re.IGNORECASE,
)


def breached(source: Source, row: Row, place: str, *, breach: bool) -> tuple[tuple[str, ...], str | None]:
    """Return the provisions that were breached (none where no breach was found), and the relevant law in words.

    What is not read stays in the words, with a notice.
    """
    cell = row.text("law")
    lines = [" ".join(line.split()) for line in cell.split("\n") if stated(line)]
    found: list[str] = []
    for line in lines if breach else ():
        match = _PROVISION.fullmatch(line)
        law = source.lookup.law(match["law"], place).id if match else None
        if match is None or law is None:
            if source.lookup.law(line, place).id is None:
                source.doubt(row, "law", line, "no provision that we know; kept as text")
            continue
        if law == "eu_gdpr" and match["number"] in source.config["not_breached"]:
            continue
        try:
            found.append(source.registry.provision(law, match["number"] + _levels(match["levels"])).id)
        except RegistryError as error:
            source.doubt(row, "law", line, f"{error}; kept as text")
    return tuple(dict.fromkeys(found)), "; ".join(lines) or None


def _levels(text: str) -> str:
    """Return the levels of a provision in common notation.

    >>> _levels(" (1) (a)"), _levels(".1.c")
    ('(1)(a)', '(1)(c)')
    """
    return "".join(f"({level})" for level in re.findall(r"\w+", text))
