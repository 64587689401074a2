"""Who answers in a matter: organisations by name, lawyers and parties who act for themselves as natural persons."""

import re

from loaders.parties import bears_sign, has_legal_form
from loaders.source import Row, Source
from ontology.records import Respondent

_PERSON = re.compile(
    r"\b(?:advocate|appellant|attorneys?|counsel|debtor|defendant|lawyer|plaintiff|pro se|respondent|solicitor)\b",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\s*\([^)]*\)|\s+as\s.*")
_AND = re.compile(r"\s*;\s*|\s+(?:and|with|/)\s+")
_NATURAL = Respondent("natural person", "natural-person")


def respondents(source: Source, row: Row, text: str) -> tuple[Respondent, ...]:
    """Return whom a row's deployer means; lawyers, and who acts for himself, are natural persons.

    In a matter of legal services so is whoever is not surely an organisation; elsewhere such a part is left out, and
    reported without its words.
    """
    legal = row.text("domain").startswith("legal services")
    if source.lookup.organisation(text).id:
        return (_organisation(source, text),)
    if _PERSON.search(text):
        return (_NATURAL,)
    found: list[Respondent] = []
    for part in filter(None, _AND.split(_REMARK.sub("", text))):
        if _sure(source, part):
            found.append(_organisation(source, part))
        elif legal:
            found.append(_NATURAL)
        elif part[0].isupper():  # not a mere description: "affiliates", "tenant-screening users"
            source.notice(row.place, "a part of the deployer may be no organisation; left out", row.record, "deployer")
    return tuple(dict.fromkeys(found))


def _sure(source: Source, name: str) -> bool:
    if source.lookup.organisation(name).id or has_legal_form(name):
        return True
    return bears_sign(name) and all(word[0].isupper() for word in name.split() if word not in {"of", "the", "for"})


def _organisation(source: Source, name: str) -> Respondent:
    return Respondent(name, org=source.organisation(name).id)
