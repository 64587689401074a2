"""What sums mean: whether two may be one, and euro amounts by the European Central Bank's reference rates.

The rates are those that the package currencyconverter carries (source: European Central Bank, euro
foreign exchange reference rates, free re-use with source). A derived amount always comes with the
rate and the day it holds for; a day without a rate (a weekend, a holiday) takes the last one before.
"""

import datetime as dt
import functools
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from currency_converter import CurrencyConverter, RateNotFoundError

from ontology.dates import Date
from ontology.records import Money

Span = tuple[Decimal, Decimal]
"""The least and the most that words about money may mean."""
CENT = Decimal("0.01")
_LONGEST_GAP = 7


@dataclass(frozen=True, slots=True)
class Euros:
    """A derived amount: `rate` units of the currency were one euro on `day`."""

    amount: Decimal
    rate: Decimal
    day: Date


def ceiling(span: Span) -> Decimal:
    """Return what a rounded sum stays below where its digits were cut off: £7,552,800 is "£7.5m" in many papers.

    >>> ceiling((Decimal("7.45"), Decimal("7.55")))
    Decimal('7.60')
    """
    least, most = span
    return most + (most - least) / 2


def agree(one: Span, other: Span) -> bool:
    """Tell whether two sums in one currency may be the same.

    >>> said = Decimal("7.45"), Decimal("7.55")
    >>> [agree(said, (Decimal(sum_), Decimal(sum_))) for sum_ in ("7.45", "7.5528", "7.6", "7.4")]
    [True, True, False, False]
    """
    least = max(one[0], other[0])
    return all(least <= span[1] or least < ceiling(span) for span in (one, other))


@functools.cache
def _table() -> CurrencyConverter:
    return CurrencyConverter(decimal=True)


@functools.cache
def rate(currency: str, day: dt.date) -> tuple[Decimal, dt.date] | None:
    """Return (units of a currency for one euro, day of that rate), None where the ECB gave none.

    >>> rate("USD", dt.date(2023, 5, 10))
    (Decimal('1.095'), datetime.date(2023, 5, 10))
    >>> rate("USD", dt.date(2022, 10, 16))[1]
    datetime.date(2022, 10, 14)
    """
    if currency == "EUR":
        return Decimal(1), day
    for back in range(_LONGEST_GAP):
        try:
            units = _table().convert(1, "EUR", currency, day - dt.timedelta(days=back))
        except (RateNotFoundError, ValueError):
            continue
        return Decimal(units), day - dt.timedelta(days=back)
    return None


def euros(money: Money, date: Date | None) -> Euros | None:
    """Return an amount in euros at the rate of its day; None without a rate.

    A date known to the month or year takes the mean of that period's daily rates and says so by
    its precision. An amount in euros needs no rate and no date.

    >>> euros(Money(Decimal(250_000_000), "HUF"), Date.parse("2022-02-08")).amount
    Decimal('708034.78')
    """
    if money.currency == "EUR":
        return Euros(money.amount, Decimal(1), date or Date(1999))
    if date is None:
        return None
    if date.day:
        found = rate(money.currency, date.first)
        if found is None:
            return None
        units, day = found[0], Date.of(found[1])
    else:
        days = (date.first + dt.timedelta(days=n) for n in range((date.last - date.first).days + 1))
        rates = [known[0] for known in (rate(money.currency, one) for one in days) if known]
        if not rates:
            return None
        units, day = (sum(rates, Decimal(0)) / len(rates)).quantize(Decimal("0.0001")), date
    return Euros((money.amount / units).quantize(CENT, ROUND_HALF_EVEN), units, day)
