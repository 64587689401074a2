"""Amounts of money in running text, as intervals: half a unit of the last digit that is stated."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_SCALE = {
    "k": 3, "thousand": 3, "m": 6, "mn": 6, "mln": 6, "mio": 6, "million": 6, "millions": 6, "millones": 6,
    "milioni": 6, "millionen": 6, "bn": 9, "b": 9, "billion": 9, "billions": 9,
}  # fmt: skip
_CURRENCY = {
    "$": "USD", "us$": "USD", "usd": "USD", "a$": "AUD", "c$": "CAD", "€": "EUR", "eur": "EUR", "euro": "EUR",
    "euros": "EUR", "£": "GBP", "gbp": "GBP", "pounds": "GBP", "dollars": "USD", "chf": "CHF", "sek": "SEK",
}  # fmt: skip
_SIGN = r"us\$|a\$|c\$|\$|€|£|usd|eur|gbp|chf|sek"
_MONEY = re.compile(
    rf"(?:(?P<sign>{_SIGN})\s?)(?P<number>\d[\d,.]*\d|\d)(?:[\s-]?(?P<scale>{'|'.join(_SCALE)})\b)?"
    rf"|(?P<number2>\d[\d,.]*\d|\d)[\s-]?(?:(?P<scale2>{'|'.join(_SCALE)})\b\s?)?(?P<sign2>€|£|euros?|dollars|pounds|usd|eur|gbp)\b",
    re.IGNORECASE,
)
# Vague words and the interval that they mean (the least and the most whole units).
_VAGUE = {
    "several tens of millions": (20_000_000, 99_999_999),
    "tens of millions": (20_000_000, 99_999_999),
    "several hundreds of millions": (200_000_000, 999_999_999),
    "hundreds of millions": (200_000_000, 999_999_999),
    "several millions": (2_000_000, 9_999_999),
    "several million": (2_000_000, 9_999_999),
}
_VAGUE_WORDS = re.compile("|".join(_VAGUE), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as words, as an interval, and where it stands. `currency` is None where none is said."""

    words: str
    least: Decimal
    most: Decimal
    currency: str | None
    start: int
    end: int
    vague: bool = False


def amounts(text: str) -> Iterator[Amount]:
    """Yield the amounts of a text in order.

    >>> [(str(a.least), str(a.most), a.currency) for a in amounts("a $22M sanction, then €5.2 million")]
    [('21500000', '22500000', 'USD'), ('5150000', '5250000', 'EUR')]
    >>> [(a.words, a.currency) for a in amounts("several tens of millions in total fines")]
    [('several tens of millions', None)]
    """
    found = [
        Amount(m[0], Decimal(least), Decimal(most), None, m.start(), m.end(), vague=True)
        for m in _VAGUE_WORDS.finditer(text)
        for least, most in [_VAGUE[m[0].lower()]]
    ]
    for match in _MONEY.finditer(text):
        sign = (match["sign"] or match["sign2"]).lower()
        least, most = interval(match["number"] or match["number2"], match["scale"] or match["scale2"])
        found.append(Amount(match[0], least, most, _CURRENCY[sign], match.start(), match.end()))
    yield from sorted(found, key=lambda one: one.start)


def interval(number: str, scale: str | None) -> tuple[Decimal, Decimal]:
    """Return what a written number may mean.

    >>> interval("5.7", "M"), interval("7,552,800", None)
    ((Decimal('5650000'), Decimal('5750000')), (Decimal('7552800'), Decimal('7552800')))
    """
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", number) and not scale:
        number = re.sub(r"[.,]", "", number)
    elif re.fullmatch(r"\d+,\d{1,2}", number):
        number = number.replace(",", ".")
    value = Decimal(number.replace(",", ""))
    unit = Decimal(10) ** (_SCALE[scale.lower()] if scale else 0)
    if not scale:
        return value, value
    half = Decimal(10) ** int(value.as_tuple().exponent) / 2
    return (value - half) * unit // 1, (value + half) * unit // 1
