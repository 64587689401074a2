"""How matters are cited: dockets and ECLIs in their names, and the addresses that give no person's name away."""

import re
from collections.abc import Iterable

from loaders import caption
from loaders.source import Source
from ontology.records import Respondent
from ontology.registry import Authority

_DOCKET = re.compile(r"\bNos?\.\s*((?=[\w:./-]*\d)[\w:./-]*\w)")
_ECLI = re.compile(r"ECLI:[A-Z]{2}:[A-Z0-9]+:\d{4}:[A-Z0-9.]*[A-Z0-9]")
_CITATION = re.compile(r",\s+(?=(?:[A-Z]+ )?Nos?\.|ECLI:|\d)|\s\(")


def docket(matter: str) -> str:
    """Return the first docket number in a matter's name, "" where it has none.

    >>> docket("Doe v. Acme, Inc., No. 1:24-cv-08705-JLR (S.D.N.Y.)"), docket("Appeal of Acme, ASBCA Nos. 62591, 62783")
    ('1:24-cv-08705-JLR', '62591')
    """
    match = _DOCKET.search(matter)
    return match[1] if match else ""


def ecli(matter: str) -> str | None:
    """Return the European Case Law Identifier in a matter's name.

    >>> ecli("Beslissing, ECLI:NL:TADRSHE:2026:93 (Raad van Discipline)")
    'ECLI:NL:TADRSHE:2026:93'
    """
    match = _ECLI.search(matter)
    return match[0] if match else None


def title(authority: Authority, who: Iterable[Respondent], number: str) -> tuple[tuple[str, str], ...]:
    """Return a title made of what may be named: captions name natural persons."""
    named = ", ".join(dict.fromkeys(one.name for one in who))
    return (("en", f"{authority.label}: {named} ({number})" if named else f"{authority.label} ({number})"),)


def nameless(source: Source, links: Iterable[str], matter: str, told: str, known: Iterable[str]) -> list[str]:
    """Return the addresses that hold no word of a party that may be a person: many are made of captions.

    `told` are other words of the source that may name persons, `known` are names that are surely none.
    """

    def registered(name: str) -> str | None:
        return source.lookup.organisation(name).id or source.lookup.authority(name).id

    parties = _CITATION.split(matter, maxsplit=1)[0]
    read = caption.parse(parties, registered)
    capitals = " ".join(re.findall(r"\b[^\W\d_a-z]\w+", f"{parties} {told}"))
    persons = _words(capitals) - _words(" ".join((*read.plaintiffs, *read.respondents, *known)))
    web = (one for one in dict.fromkeys(links) if one.startswith(("https://", "http://")))
    return [one for one in web if not persons & _words(one)]


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{4,}", text.casefold()))
