"""Whom a line names. A name that may be a person's is never kept: better one company too few."""

import re
from collections.abc import Mapping

from loaders.mapped import mapping
from loaders.mapped.facts import Facts
from ontology.folding import fold, legal_form
from ontology.records import Respondent

PERSON = Respondent("natural person", "natural-person")
WITHHELD = Respondent("name withheld", "undisclosed")


def respondents(facts: Facts) -> tuple[tuple[Respondent, ...], int]:
    """Return the respondents of a line, each once, and how many names are withheld because nothing vouches for them."""
    found = [_respondent(facts, name) for name in facts.all("respondent")]
    return tuple(dict.fromkeys(found)), found.count(WITHHELD)


def _respondent(facts: Facts, name: str) -> Respondent:
    rules, source = facts.rules, facts.source
    own = source.config["respondents"]
    if mapping.fold(name) in rules.persons | {mapping.fold(one) for one in own["persons"]}:
        return PERSON
    if mapping.fold(name) in rules.undisclosed | {mapping.fold(one) for one in own["undisclosed"]}:
        return Respondent(name, "undisclosed")
    if not rules.vouched and source.lookup.organisation(name).id is None and not is_firm(name, own):
        return WITHHELD
    return Respondent(name, "organisation", source.organisation(name).id)


def is_firm(name: str, words: Mapping[str, list[str]]) -> bool:
    """Tell whether a name ends in the legal form of a company; a surname can look like one, and an owner have none.

    >>> words = {"one_person": ["eu"], "owner": ["inh"]}
    >>> [is_firm(name, words) for name in ("Beispiel GmbH", "Ejemplo S.A.", "Ejemplo SA", "Exemple EU Sàrl")]
    [True, True, True, True]
    >>> [is_firm(name, words) for name in ("Ana Sá", "ANA SA", "Ana e.U.", "Foto, Inh. Ana Sá AG")]
    [False, False, False, False]
    """
    form, folded = legal_form(name), f" {fold(name)} "
    last = re.split(r"[\s,]+", name.strip())[-1]
    surname = re.fullmatch(r"[^\W\d_]{2}", last) and (not last.isupper() or name.isupper() or not last.isascii())
    owned = form in words["one_person"] or any(f" {word} " in folded for word in words["owner"])
    return bool(form) and not surname and not owned
