"""Dates and amounts as sources write them, with what is doubtful about the reading.

A reading gives the value, or says why there is none: nothing is guessed. What had to be interpreted
(a year of two digits, a point that must separate thousands) carries a doubt for the problem report.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from babel.numbers import get_currency_name

from ontology.dates import EARLIEST, Date
from ontology.records import Money
from ontology.terms import CURRENCIES

NOT_STATED = frozenset(
    ("", "-", "--", "?", "n/a", "n/a n/a", "na", "none", "null", "nan", "unknown", "not stated", "not available",
     "not known", "tbd")
)  # fmt: skip


class ValueFault(ValueError):  # noqa: N818 - named as its siblings RecordError and SourceError would mislead: it is caught
    """A value that cannot be read; the message is the reason."""


@dataclass(frozen=True, slots=True)
class When:
    """A date as read; `doubt` says what was interpreted."""

    date: Date
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount as read: `money`, or only the source's words where they state no exact number."""

    money: Money | None
    words: str
    doubt: str = ""


def stated(text: str) -> bool:
    """Tell whether a field says anything: "n/a", "None", "-" and the like do not.

    >>> stated("n/a"), stated("0")
    (False, True)
    """
    return " ".join(text.split()).casefold() not in NOT_STATED


# Day first, as Europe writes; ISO; month names in English. A source that writes months first names its own formats.
DAY_FIRST = (
    "%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y",
    "%b %d %Y", "%Y/%m/%d", "%Y-%m", "%m.%Y", "%m/%Y", "%B %Y", "%b %Y", "%Y", "%d.%m.%y", "%d/%m/%y",
)  # fmt: skip
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?$")

_ABBREVIATED = re.compile(r"\b(?:(sep)t\b\.?|([a-z]{3})\.)", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)


def date(text: str, latest: dt.date, formats: Iterable[str] = DAY_FIRST) -> When:
    """Read a date by the first of the formats (strptime's) that fits; its precision is the format's.

    Raises ValueFault with the reason where none fits, or the date is before 1970 or after `latest`.

    >>> str(date("5. 2. 2020", dt.date(2026, 1, 1)).date), str(date("01/2021", dt.date(2026, 1, 1)).date)
    ('2020-02-05', '2021-01')
    >>> date("20.07.23", dt.date(2026, 1, 1)).doubt
    'a year of two digits, read as 2023'
    """
    return _date(text, latest, tuple(formats))


@lru_cache(maxsize=1 << 14)
def _date(text: str, latest: dt.date, formats: tuple[str, ...]) -> When:
    plain = _TIME.sub("", " ".join(text.split()))
    plain = " ".join(_ORDINAL.sub("", _ABBREVIATED.sub(r"\1\2 ", plain)).split())
    tight = re.sub(r"\s*([./-])\s*", r"\1", plain).rstrip(".,")
    for form in formats:
        try:
            found = dt.datetime.strptime(tight, form)  # noqa: DTZ007 - a day, no time
        except ValueError:
            continue
        if not found.year >= EARLIEST:
            raise ValueFault(f"the year is before {EARLIEST}")
        whole = Date(found.year, found.month if "%m" in form or "%B" in form or "%b" in form else None,
                     found.day if "%d" in form else None)  # fmt: skip
        if whole.first > latest:
            raise ValueFault(f"lies after {latest}, the day up to which the source can know")
        doubt = f"a year of two digits, read as {found.year}" if "%y" in form else ""
        return When(whole, doubt)
    raise ValueFault("no date that we can read")


_SCALES = {
    "k": 3, "thousand": 3, "m": 6, "mn": 6, "mln": 6, "mio": 6, "million": 6, "millions": 6, "bn": 9, "mrd": 9,
    "mld": 9, "billion": 9, "billions": 9, "trillion": 12, "lakh": 5, "lakhs": 5, "crore": 7, "crores": 7,
}  # fmt: skip
_SYMBOLS = {
    "€": "EUR", "us$": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "nz$": "NZD", "hk$": "HKD",
    "s$": "SGD", "nt$": "TWD", "r$": "BRL", "mx$": "MXN", "£": "GBP", "zł": "PLN", "kč": "CZK", "ft": "HUF",
    "lei": "RON", "leu": "RON", "лв": "BGN", "lev": "BGN", "leva": "BGN", "₹": "INR", "rs": "INR", "rs.": "INR",
    "₩": "KRW",
    "₺": "TRY", "₪": "ILS", "nis": "ILS", "₴": "UAH", "₽": "RUB", "₦": "NGN", "₱": "PHP", "฿": "THB", "rp": "IDR",
    "rm": "MYR", "ksh": "KES", "rmb": "CNY", "元": "CNY", "cn¥": "CNY", "円": "JPY", "jp¥": "JPY", "kuna": "HRK",
    "forint": "HUF", "forints": "HUF", "zloty": "PLN", "zlotys": "PLN", "złoty": "PLN", "złotych": "PLN",
    "euro": "EUR", "euros": "EUR", "pound": "GBP", "pounds": "GBP", "pound sterling": "GBP",
    "pounds sterling": "GBP", "koruna": "CZK", "won": "KRW", "yuan": "CNY", "yen": "JPY", "rand": "ZAR",
    "rupee": "INR", "rupees": "INR", "reais": "BRL", "shekels": "ILS", "roubles": "RUB", "rubles": "RUB",
}  # fmt: skip
# Signs of several currencies: one that the text or the source names beside it decides.
_CROWNS, _DOLLARS = frozenset(("DKK", "ISK", "NOK", "SEK")), frozenset(
    ("USD", "ARS", "AUD", "CAD", "CLP", "COP", "HKD", "MXN", "NZD", "SGD", "TWD")
)  # fmt: skip
_PESOS = frozenset(("ARS", "CLP", "COP", "MXN", "PHP"))
_SHARED = {
    **dict.fromkeys(("$", "dollar", "dollars"), _DOLLARS),
    **dict.fromkeys(("kr", "kr.", "krone", "kroner", "krona", "kronor", "kronur"), _CROWNS),
    **dict.fromkeys(("peso", "pesos"), _PESOS),
    "¥": frozenset(("CNY", "JPY")),
}
_USUAL = {"$": "USD", "dollar": "USD", "dollars": "USD"}
_NUMBER = r"\d[\d.,'’ ]*\d|\d"
_MINUS = "-–−﹣－"
_RANGE = re.compile(rf"(?:between\s+)?(?:{_NUMBER})\D{{0,6}}?\s*(?:-|–|—|\bto\b|\bup to\b)\s*\D{{0,4}}(?:{_NUMBER})")
_VAGUE = re.compile(
    r"\b(?:up to|at least|at most|more than|less than|over|under|about|around|approx\w*|almost|nearly|maximum|minimum"
    r"|between|ca\.?|circa|several|per|each|roughly|exceed\w*|above|below|max|min|or more|or less|close to)\b"
    r"|[~≈<>≤≥]|\d\s*\+\s*$"
)
MOST_DIGITS = 18


@cache
def _units() -> dict[str, str]:
    """Return every word for one currency (folded) and its code: codes, signs, and CLDR's English names."""
    names = {
        get_currency_name(code, count, locale="en").casefold(): code for code in sorted(CURRENCIES) for count in (1, 2)
    }
    return {**names, **_SYMBOLS, **{code.casefold(): code for code in CURRENCIES}}


@cache
def _unit_words() -> re.Pattern[str]:
    """Return a pattern of the words and signs; a word stands apart from other letters, a sign need not ("5M€")."""
    known = sorted((*_units(), *_SHARED), key=len, reverse=True)
    words = (rf"{_edge(one[0], '<!')}{re.escape(one)}{_edge(one[-1], '!')}" for one in known)
    return re.compile("|".join(words))


def _edge(char: str, look: str) -> str:
    return rf"(?{look}[^\W\d_])" if char.isalpha() else ""


def amount(text: str, currency: str | None = None, decimal: str | None = None) -> Sum:
    """Read the amount that a field states, in the currency it names, else in `currency`.

    A sign of several currencies ("kr", "$") is that of the currency named beside it, else of `currency`; "$" alone
    is the US dollar's. `decimal` is the sign before the fraction where the source always writes one. Sums
    ("200,000 + 150,000") are added; ranges and prose ("five-digit fine") keep their words and give no number.
    Raises ValueFault for what cannot be an amount: negative, without a currency, digits that fit no notation.

    >>> amount("EUR 1.2 million").money, amount("2.500 €").money
    (Money(amount=Decimal('1200000'), currency='EUR'), Money(amount=Decimal('2500'), currency='EUR'))
    >>> amount("200,000 + 150,000", "EUR").money.amount, amount("10,000 to 20,000 EUR")
    (Decimal('350000'), Sum(money=None, words='10,000 to 20,000 EUR', doubt='a range: no exact amount'))
    >>> amount("5 000 kr", "SEK").money, amount("CAD $50,000").money
    (Money(amount=Decimal('5000'), currency='SEK'), Money(amount=Decimal('50000'), currency='CAD'))
    """
    words = " ".join(text.split())
    bare, units = _apart(re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", words).casefold())
    if not re.search(r"\d", bare):
        return Sum(None, words, "no number outside brackets" if re.search(r"\d", words) else "no number stated")
    if re.search(rf"(?:^|\s)[{_MINUS}]\s?[.,]?\d", bare):
        raise ValueFault("a negative amount")
    if _RANGE.search(bare):
        return Sum(None, words, "a range: no exact amount")
    if _VAGUE.search(bare):
        return Sum(None, words, "no exact amount")
    code = _currency(units, currency)
    parts = [part for part in re.split(r"\+|&|\band\b|;", bare) if part.strip()]
    read = [_part(part, decimal) for part in parts]
    doubts = [doubt for _, doubt in read if doubt]
    if len(parts) > 1:
        doubts.append(f"the sum of {len(parts)} amounts")
    total = sum((value for value, _ in read), Decimal(0))
    return Sum(Money(total, code), words, "; ".join(dict.fromkeys(doubts)))


def _apart(text: str) -> tuple[str, list[str]]:
    """Return a folded text without its words and signs for currencies, and these."""
    units: list[str] = []

    def take(match: re.Match[str]) -> str:
        units.append(match[0])
        return " "

    return _unit_words().sub(take, text), units


def _currency(units: Iterable[str], default: str | None) -> str:
    """Return the one currency of the words and signs; raise ValueFault where there is none, or several."""
    codes = {_units()[unit] for unit in units if unit in _units()}
    for unit in units:
        shared = _SHARED.get(unit)
        if shared is None or codes & shared:
            continue
        code = default if default in shared else _USUAL.get(unit)
        if code is None:
            raise ValueFault(f"{unit!r} is the sign of several currencies ({', '.join(sorted(shared))})")
        codes.add(code)
    if len(codes) > 1:
        raise ValueFault(f"several currencies ({', '.join(sorted(codes))})")
    found = next(iter(codes), default)
    if found is None:
        raise ValueFault("no currency is stated")
    return found


_PART = re.compile(
    rf"(?P<number>{_NUMBER})(?:[.,])?\s*-?(?P<scale>{'|'.join(sorted(_SCALES, key=len, reverse=True))})?\.?"
)


def _part(text: str, decimal: str | None) -> tuple[Decimal, str]:
    plain = re.sub(r"^[.,:\s]*\s", "", text).strip(" :").rstrip(" ,.-–—")
    match = _PART.fullmatch(plain)
    if match is None:
        raise ValueFault(f"{plain!r} is no amount")
    if sum(map(str.isdecimal, match["number"])) > MOST_DIGITS:
        raise ValueFault(f"more than {MOST_DIGITS} digits")
    value, doubt = number(match["number"], decimal, scaled=bool(match["scale"]))
    return value.scaleb(_SCALES[match["scale"]] if match["scale"] else 0) + 0, doubt


_THREES = re.compile(r"(?!0)\d{1,3}(?P<sign>[.,'’ ])\d{3}(?:(?P=sign)\d{3})*(?:(?P<point>[.,])(?P<cents>\d{1,2}))?")
_LAKHS = re.compile(r"(?!0)\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d{1,2})?")
_GLUED = re.compile(r"[1-9]\d{0,2}000[1-9]\d{0,2}000")
_PLAIN = re.compile(r"\d+(?:(?P<point>[.,])(?P<cents>\d+))?")


def number(text: str, decimal: str | None = None, *, scaled: bool = False) -> tuple[Decimal, str]:
    """Return a written number and the doubt about its notation; raise ValueFault where it fits none.

    A lone sign before three digits separates thousands ("18.000"), unless the number is `scaled`
    ("1.250 million") or the source's `decimal` sign says otherwise.

    >>> number("20,000,000"), number("35.258.707,95"), number("1.250", scaled=True)
    ((Decimal('20000000'), ''), (Decimal('35258707.95'), ''), (Decimal('1.250'), ''))
    """
    plain = re.sub(r"[\u00a0\u202f]", " ", text).strip()
    match = _THREES.fullmatch(plain)
    alone = match is not None and len(re.findall(r"\D", plain)) == 1
    if match and match["point"] != match["sign"] and match["sign"] != decimal and not (alone and scaled):
        whole = plain[: match.start("point")] if match["point"] else plain
        digits = re.sub(r"\D", "", whole)
        doubt = (
            "a point before three digits, read as thousands" if alone and match["sign"] == "." and not decimal else ""
        )
        return Decimal(f"{digits}.{match['cents']}" if match["cents"] else digits), doubt
    if _LAKHS.fullmatch(plain):
        return Decimal(plain.replace(",", "")), ""
    if _GLUED.fullmatch(plain):
        raise ValueFault(f"{plain!r} may be two amounts whose separator was lost")
    match = _PLAIN.fullmatch(plain)
    if match is None:
        raise ValueFault(f"the digits of {plain!r} fit no notation")
    point, cents = match["point"], match["cents"]
    if cents and decimal is None and not scaled and len(cents) > 2:
        raise ValueFault(f"{len(cents)} digits after the {'point' if point == '.' else 'comma'} of {plain!r}")
    return Decimal(plain.replace(",", ".")), ""
