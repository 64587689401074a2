"""What the operative part of a sanction says: fines, injunctions, penalty payments, breaches, in the CNIL's words.

Only sentences after PAR CES MOTIFS decide; what the reasons discuss is read of nowhere else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.official import sums
from ontology.records import Money

_OPERATIVE = re.compile(r"^.*\bpar ces motifs\b", re.IGNORECASE | re.DOTALL)
_ITEMS = re.compile(r"\s*(?:[;•\n]|\s[-–—]\s)\s*")
_DIGITS = r"\d[\d .\u00a0\u202f]*(?:,\d+)?"
_EURO = r"(?:d['’]\s?)?(?:euros?\b|€|EUR\b)"
_SUM = (
    rf"(?:(?P<amount>{_DIGITS})\s*(?:\([^)\d]*\)\s*)?(?P<scale>millions?|mille)?\s*{_EURO}"
    rf"|[^\d();€]{{3,90}}?\((?P<bracket>{_DIGITS})\s*{_EURO}\s*\))"
)
_SCALES = {"million": 6, "millions": 6, "mille": 3}
_FINE = re.compile(rf"\bamende\b[^;\d(]{{0,80}}?(?:\bde |\bd['’]){_SUM}", re.IGNORECASE)
_PENALTY = re.compile(
    rf"\bastreinte\b[^;\d(]{{0,60}}?(?:\bde |\bd['’]|\bà ){_SUM}(?:\s*\([^)]*\))?\s+par (?P<per>jour|semaine|mois)",
    re.IGNORECASE,
)
_LIQUIDATED = re.compile(
    rf"\bliquid\w+\b.{{0,400}}?\b(?:la somme|une somme|un montant|hauteur)(?: totale?)? (?:de |d['’]){_SUM}",
    re.IGNORECASE | re.DOTALL,
)
_EVERY = re.compile(rf"(?:\bde |\bd['’]|\bà ){_SUM}(?!\s*(?:\([^)]*\)\s*)?par )", re.IGNORECASE)
_GRACE = re.compile(
    r"(?:à l['’]issue|au terme|dans|passé) (?:d['’]|de )?un délai (?:de |d['’])"
    r"(?P<count>\d+|un|deux|trois|quatre|cinq|six|neuf|douze|quinze|trente)"
    r"(?: \(\w+\))? (?P<unit>jours?|semaines?|mois)",
    re.IGNORECASE,
)
_COUNTS = {
    "un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "neuf": 9, "douze": 12, "quinze": 15,
    "trente": 30,
}  # fmt: skip
_UNITS = {"j": "D", "s": "W", "m": "M"}
_SECURED = re.compile(r"\bassortir (?:l['’]|les |cette |ces )injonctions?\b", re.IGNORECASE)
_BAN = re.compile(
    r"\b(?:ne pas procéder|ne plus procéder|cesser)\b.*\b(?:collecte|traitement)", re.IGNORECASE | re.DOTALL
)
_DELETE = re.compile(r"\b(?:supprimer|suppression|effacer|effacement|purger)\b", re.IGNORECASE)
_GDPR = r"du (?:RGPD|règlement général sur la protection des données|règlement \(UE\)[^;,]{0,20}2016/679|règlement)\b"
_BREACH = re.compile(r"\bmanquements?\b.*", re.IGNORECASE)
_GDPR_LIST = re.compile(rf"\barticles?\s(?P<list>\d[^;:]*?)\s{_GDPR}", re.IGNORECASE)
_LIL = re.compile(
    r"(?:articles?\s|et (?:à l['’]article )?)(?P<list>82)\s(?:de la loi (?:Informatique et Libertés|du 6 janvier 1978|"
    r"n°\s?78-17))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """One measure as found: its kind, its sum where stated, and the words of its item."""

    kind: str
    item: str
    money: Money | None = None
    per: str | None = None
    grace: str | None = None


def operative(text: str) -> str | None:
    """Return the operative part, None where the text has none."""
    match = _OPERATIVE.match(text)
    return text[match.end() :] if match else None


def measures(part: str) -> Iterator[Found]:
    """Yield the measures of an operative part, in its order."""
    for item in _ITEMS.split(part):
        yield from _measures(item)


def _measures(item: str) -> Iterator[Found]:
    folded = item.casefold()
    if "liquid" in folded and "astreinte" in folded:
        yield Found("periodic-penalty-payment", item, _money(_LIQUIDATED, item))
        return
    if re.search(r"\bamende\b", folded):
        yield Found("administrative-fine", item, _money(_FINE, item) if len(_amounts(_EVERY, item)) == 1 else None)
    if "injonction" in folded and not _SECURED.search(item):
        yield from _orders(item)
    if "astreinte" in folded and (match := _PENALTY.search(item)):
        grace = _GRACE.search(item)
        per = f"P1{_UNITS[match['per'][0].casefold()]}"
        yield Found("periodic-penalty-threat", item, _money(_PENALTY, item), per, _duration(grace) if grace else None)
    if "rappel à l'ordre" in folded.replace("’", "'"):
        yield Found("reprimand", item)
    if re.search(r"\bavertissement\b", folded):
        yield Found("warning", item)


def _orders(item: str) -> Iterator[Found]:
    ban, delete = bool(_BAN.search(item)), bool(_DELETE.search(item))
    if ban:
        yield Found("processing-ban", item)
    if delete:
        yield Found("data-deletion", item)
    if not ban and not delete:
        yield Found("order-to-comply", item)


def _duration(match: re.Match[str]) -> str:
    word = match["count"].casefold()
    return f"P{_COUNTS.get(word) or int(word)}{_UNITS[match['unit'][0].casefold()]}"


_NUMBER = re.compile(r"(?P<amount>[^|]+)\|(?P<scale>\w+)?")


def _amounts(pattern: re.Pattern[str], item: str) -> set[Money]:
    """Return the sums that a pattern finds in an item."""
    digits = (
        f"{match['amount']}|{match['scale'] or ''}" if match["amount"] else f"{match['bracket']}|"
        for match in pattern.finditer(item)
    )
    return {one for text in digits for one in sums(_NUMBER.finditer(text), "EUR", _SCALES)}


def _money(pattern: re.Pattern[str], item: str) -> Money | None:
    """Return the one sum that a pattern finds in an item; None without one, or with several that differ."""
    found = _amounts(pattern, item)
    return found.pop() if len(found) == 1 and all(one.amount > 0 for one in found) else None


def breaches(part: str) -> Iterator[tuple[str, str]]:
    """Yield the lists of articles that the operative part finds breached, each with its law."""
    for item in _ITEMS.split(part):
        for breach in _BREACH.findall(item):
            yield from (("eu_gdpr", match["list"]) for match in _GDPR_LIST.finditer(breach))
            yield from (("fr_loi-78-17", match["list"]) for match in _LIL.finditer(breach))
