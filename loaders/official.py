"""What the loaders of regulators' own documents share: who is surely an organisation, sums, lists of articles.

An official document is the first source of every fact, so only what its words surely say is read.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from loaders import values
from loaders.source import Row, Source
from ontology.folding import fold, legal_form
from ontology.records import Measure, Money, Respondent
from ontology.registry import RegistryError

NATURAL_PERSON = Respondent("natural person", "natural-person")

# Words that only names of organisations hold, folded; a word of ours that ends in one of _ENDINGS counts as well.
_WORDS = frozenset(
    (
        "academy", "agency", "airlines", "airport", "alliance", "association", "asociacion", "associazione",
        "authority", "ayuntamiento", "azienda", "bank", "banque", "board", "borough", "bureau", "caisse", "centre",
        "centrum", "chambre", "club", "college", "comite", "commission", "committee", "commune", "communaute",
        "comune", "conseil", "consejeria", "constabulary", "council", "departement", "department", "etablissement",
        "federation", "foundation", "fondation", "fundacion", "group", "groupe", "groupement", "gemeente", "hopital",
        "hospital", "institut", "institute", "kommun", "ministere", "ministerium", "ministerio", "ministero",
        "ministry", "office", "ordre", "parti", "party", "police", "prefecture", "region", "school", "service",
        "services", "societe", "stad", "stichting", "syndicat", "trust", "universita", "universidad", "universitat",
        "universite", "university", "urzad",
    )
)  # fmt: skip
_ENDINGS = ("myndigheten", "kassan", "verket", "bevakningen", "partiet", "demokraterna", "ministeriet")
_SHORT_FORM = 2  # "SA" and "AB" are legal forms in capitals only: Sa is also a family name
_TRADING_AS = re.compile(r"\s+(?:t/a|trading as|d/b/a|doing business as)\b.*$", re.IGNORECASE)


def is_organisation(source: Source, name: str) -> bool:
    """Tell whether a name is surely one of an organisation: registered, or its words or its legal form say so.

    >>> source = Source("doctest", __import__("pathlib").Path())
    >>> [is_organisation(source, one) for one in ("Elderly Aids Limited", "Cabinet Office", "Ana Sa", "Jo Bloggs")]
    [True, True, False, False]
    """
    plain = _TRADING_AS.sub("", " ".join(name.split()))
    if source.lookup.organisation(plain).id is not None:
        return True
    form, last = legal_form(plain), plain.rpartition(" ")[2]
    if form and (len(form) > _SHORT_FORM or last.replace(".", "").isupper()):
        return True
    return any(word in _WORDS or word.endswith(_ENDINGS) for word in fold(plain).split())


def respondent(source: Source, name: str, *, sure: bool = False) -> Respondent | None:
    """Return an organisation as a respondent; None where the name may be a person's and nothing else is `sure`."""
    if not sure and not is_organisation(source, name):
        return None
    return Respondent(" ".join(name.split()), "organisation", source.organisation(name).id)


def tells(text: str | None, name: str) -> bool:
    """Tell whether an address or a key of a record holds a word of a name.

    >>> tells("https://example.org/matters/jo-bloggs-matter", "Jo Bloggs"), tells("record-12", "Jo Bloggs")
    (True, False)
    """
    words = set(fold(name).split())
    return bool(text) and any(len(word) > _SHORT_FORM and word in words for word in fold(text or "").split())


def hidden(key: str) -> str:
    """Return a key that tells nothing of a person, in place of one that is made of a name.

    >>> hidden("jo-bloggs-matter")
    'x-78342eb688'
    """
    return f"x-{hashlib.sha256(key.encode()).hexdigest()[:10]}"


def sums(matches: Iterable[re.Match[str]], currency: str, scales: Mapping[str, int] | None = None) -> list[Money]:
    r"""Return the sums of matches: the group `amount` holds the digits, `scale` a word of `scales` (powers of ten).

    Digits that fit no notation ("500.0000") are no sum.

    >>> kronor = re.compile(r"(?P<amount>[\d ]+)(?P<scale>miljoner)? kronor")
    >>> [str(one) for one in sums(kronor.finditer("6 000 000 kronor, 12 miljoner kronor"), "SEK", {"miljoner": 6})]
    ['SEK 6,000,000', 'SEK 12,000,000']
    """
    found = []
    for match in matches:
        word = match.groupdict().get("scale")
        try:
            value, _ = values.number(match["amount"].strip(" .,"), scaled=bool(word))
        except values.ValueFault:
            continue
        found.append(Money(value.scaleb((scales or {})[word.casefold()] if word else 0) + 0, currency))
    return found


Rule = Mapping[str, Any]
"""A rule of a source.toml: the field it looks at, a pattern, and what it means there."""


@cache
def pattern(text: str) -> re.Pattern[str]:
    """Return a pattern of a source.toml; its dot matches ends of lines."""
    return re.compile(text, re.DOTALL)


def imposed(
    rules: Iterable[Rule], fields: Mapping[str, str], target: str | None, kinds: Iterable[str] = ()
) -> tuple[Measure, ...]:
    """Return the measures that rules find in their fields (`operative` where they name none), each kind once.

    `kinds` are found already. A rule with a currency reads the sum: where it finds one, the measure has it, of several
    or of one that a word makes `vague`, it has the words.
    """
    found: dict[str, list[tuple[Rule, list[re.Match[str]]]]] = {kind: [] for kind in kinds}
    for rule in rules:
        matches = list(pattern(rule["pattern"]).finditer(fields.get(rule.get("field", "operative"), "")))
        if matches:
            found.setdefault(rule["kind"], []).append((rule, matches))
    return tuple(_measure(number, kind, target, stated) for number, (kind, stated) in enumerate(found.items(), 1))


def _measure(number: int, kind: str, target: str | None, stated: list[tuple[Rule, list[re.Match[str]]]]) -> Measure:
    for rule, matches in stated:
        if "currency" not in rule:
            continue
        read = sums(matches, rule["currency"], rule.get("scales"))
        vague = any(match.groupdict().get("vague") for match in matches)
        if len(matches) == 1 and len(read) == 1 and read[0].amount > 0 and not vague:
            return Measure(number, kind, target, read[0])
        words = (" ".join(match["words"].split()) for match in matches)
        return Measure(number, kind, target, amount_text="; ".join(words))
    return Measure(number, kind, target)


_ARTICLE = re.compile(
    r"(?P<article>\d{1,3}(?:-\d+)?)"
    r"(?:(?:\s?\((?P<p1>\d{1,2})\)|,? paragraphe\s(?P<p2>\d{1,2})|[.-](?P<p3>\d{1,2})))?"
    r"(?:(?:\s?\((?P<l1>[a-z])\)|,?\s?(?:sous\s)?(?:point\s)?(?P<l2>[a-z])\)|-(?P<l3>[a-z])\)?))?"
)
_BETWEEN = re.compile(r"\s*(?:,\s*(?:and|et)\b|,|\band\b|\bet\b|&)\s*(?:(?:à |aux? |l['’])*[Aa]rticles?\s)?\s*")


def articles(words: str) -> list[str] | None:
    """Return the articles of a list in common notation; None where the list holds anything else.

    >>> articles("5(1)(a), 6, and 8, and Article 35"), articles("5-1-e), 13 et 32"), articles("6 of the Act")
    (['5(1)(a)', '6', '8', '35'], ['5(1)(e)', '13', '32'], None)
    >>> articles("5, paragraphe 1, e) et à l'article 28-3")
    ['5(1)(e)', '28(3)']
    """
    found, at = [], 0
    text = " ".join(words.split())
    while match := _ARTICLE.match(text, at):
        part = match.groupdict()
        number, _, dashed = part["article"].partition("-")
        paragraph = part["p1"] or part["p2"] or part["p3"] or dashed
        letter = part["l1"] or part["l2"] or part["l3"]
        found.append(number + (f"({paragraph})" if paragraph else "") + (f"({letter})" if letter else ""))
        between = _BETWEEN.match(text, match.end())
        if between is None or between.end() == match.end():
            return found if match.end() == len(text) else None
        at = between.end()
    return None


def provisions(source: Source, row: Row, name: str, law: str, words: str) -> list[str]:
    """Return the provisions of a law that a list of articles in a field names; what is not understood is reported."""
    listed = articles(words)
    if listed is None:
        source.doubt(row, name, words, "no list of articles that we can read; left out")
        return []
    found = []
    for article in listed:
        try:
            found.append(source.registry.provision(law, article).id)
        except RegistryError as error:
            source.doubt(row, name, words, f"{error}; left out")
    return found
