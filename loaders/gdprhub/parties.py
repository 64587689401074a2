"""Whom an act is addressed to, out of a list of parties without roles.

Regulators, courts and associations that complain for others are never respondents, nor are those whom the page calls
complainant or data subject. Where it writes "X v Y", an authority's decision is addressed to Y.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from loaders.gdprhub.names import Kind, any_of, has_form, kind, of_place, plain
from loaders.gdprhub.titles import Title, addressee, is_number
from loaders.source import Row, Source
from loaders.values import stated
from ontology.folding import fold
from ontology.records import Respondent

_ROLE = re.compile(r"^\s*(?P<role>[\w ]{4,30})\s*:\s*(?P<name>\S.*)$")
_AS = re.compile(r",?\s+(?:as (?:the )?)?(?P<role>complainants?|claimants?|defendants?|respondents?)$", re.IGNORECASE)
_NOT_RESPONDENTS = frozenset(("authority", "advocate"))


@dataclass(frozen=True, slots=True)
class Party:
    """One party: `role` is "complains", "answers" or not told."""

    name: str
    role: str
    kind: Kind


def parties(source: Source, cell: str, place: str) -> list[Party]:
    """Return the parties in a cell, those first who stand on the side complained of."""
    if not stated(cell):
        return []
    left, right = _sides(cell)
    found = [party for line in right for party in _party(source, line, place)]
    others = [party for line in left for party in _party(source, line, place)]
    if left and all(one.kind in _NOT_RESPONDENTS for one in found):
        found, others = others, found
    return [*found, *(replace(one, role="complains") for one in others)]


def respondents(source: Source, row: Row, found: list[Party], place: str, *, court: bool) -> tuple[Respondent, ...]:
    """Return the respondents of an act; names that may be persons' are left out and counted, never quoted."""
    for one in found:
        if one.kind == "withheld":
            reason = f"parties: a name of {len(one.name)} characters may be a person's: left out"
            source.notice(row.place, reason, row.record, "parties")
    return tuple(_addressed(source, found, place, court=court))


def of_title(source: Source, title: Title, place: str) -> list[Party]:
    """Return whom the title of a decision names, where the page tells no parties ("Fine against Contoso SRL")."""
    return [
        Party(name, "", "organisation")
        for part in title.parts
        if not is_number(part) and kind(source.lookup, name := addressee(part), place) == "organisation"
    ]


def _addressed(source: Source, found: list[Party], place: str, *, court: bool) -> Iterator[Respondent]:
    """Yield the respondents among parties.

    A company cannot complain under Articles 77 and 80 GDPR, only a person or an association for one: several companies
    and public bodies before an authority are all respondents, an association beside them is not. Before a court
    anybody may stand on either side. A body that the tables hold as an authority and as an organisation, such as the
    European Commission, is supervised too.
    """
    if not court:
        found = [replace(one, kind="organisation") if _supervised(source, one) else one for one in found]
    sure = [one for one in found if one.role == "answers"]
    open_ = [one for one in sure or found if one.role != "complains" and one.kind not in _NOT_RESPONDENTS]
    named = [plain(one.name) for one in open_ if one.kind == "organisation"]
    if not sure and len(named) > 1:
        named = [one for one in named if not any_of("parties", "non_profit").search(fold(one))]
    orgs: dict[str, str] = {}
    for name in (of_place(source, name, place) for name in named):
        orgs.setdefault(source.organisation(name).id, name)
    if orgs and (sure or len(orgs) == 1 or not court):
        yield from (Respondent(name, "organisation", org) for org, name in orgs.items())
    elif any(one.kind == "organisation" for one in open_):
        yield Respondent("several parties, of whom the source does not tell the respondent", "undisclosed")
    elif any(one.kind == "natural" for one in open_):
        yield Respondent("natural person", "natural-person")
    elif open_:
        yield Respondent("not named", "undisclosed")


def _supervised(source: Source, one: Party) -> bool:
    return one.kind == "authority" and source.lookup.organisation(one.name).id is not None


def _sides(cell: str) -> tuple[list[str], list[str]]:
    r"""Return the lines before and after the word "v" (or its like) of a cell; none before where it has none.

    >>> _sides("Contoso v Northwind"), _sides("Contoso\nNorthwind")
    ((['Contoso'], ['Northwind']), ([], ['Contoso', 'Northwind']))
    """
    parts = re.split(rf"\s(?:{any_of('parties', 'against').pattern})\.?\s", cell, flags=re.IGNORECASE)
    return _lines(parts[:-1]), _lines(parts[-1:])


def _lines(cells: Iterable[str]) -> list[str]:
    return [
        one for cell in cells for line in re.split(r"\n|;", cell) if stated(line) for one in _companies(line.strip())
    ]


def _companies(line: str) -> list[str]:
    """Return the companies in a line: there are several where each part ends in a legal form of its own.

    >>> _companies("Contoso Inc. and Contoso Ireland Ltd."), _companies("Ministry of Trade and Industry")
    (['Contoso Inc.', 'Contoso Ireland Ltd.'], ['Ministry of Trade and Industry'])
    """
    parts = re.split(r",?\s(?:and|und|et|y|e|og)\s|,\s(?=\w+\s\w+)", line)
    return parts if len(parts) > 1 and all(map(has_form, parts)) else [line]


def _party(source: Source, line: str, place: str) -> Iterator[Party]:
    role = _role(" ".join(re.findall(r"[(\[]([^)\]]*)[)\]]", line)))
    if (match := _ROLE.match(line)) and _role(match["role"]):
        role, line = _role(match["role"]), match["name"]
    if match := _AS.search(line):
        role, line = _role(match["role"]), line[: match.start()]
    name = plain(line)
    if not name:
        return
    if any_of("parties", "complains").search(fold(name)):
        role = "complains"
    yield Party(name, role, kind(source.lookup, name, place))


def _role(words: str) -> str:
    folded = fold(words)
    if any_of("parties", "answers").search(folded):
        return "answers"
    return "complains" if any_of("parties", "complains").search(folded) else ""
