"""Dates and amounts as sources write them."""

import contextlib
import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.values import MOST_DIGITS, ValueFault, amount, date, number, stated
from ontology.records import Money
from ontology.terms import CURRENCIES

TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2022-10-17", "2022-10-17"),
        ("17.10.2022", "2022-10-17"),
        ("5. 2. 2020", "2020-02-05"),
        ("13/01/2021", "2021-01-13"),
        ("01/02/2021", "2021-02-01"),
        ("13-01-2021", "2021-01-13"),
        ("2021/01/13", "2021-01-13"),
        ("01/2021", "2021-01"),
        ("1.2021", "2021-01"),
        ("2021-01", "2021-01"),
        ("2018", "2018"),
        ("3 May 2021", "2021-05-03"),
        ("3rd May 2021", "2021-05-03"),
        ("May 3, 2021", "2021-05-03"),
        ("Jan. 5, 2021", "2021-01-05"),
        ("5 Jan.2021", "2021-01-05"),
        ("Sept 7 2021", "2021-09-07"),
        ("Sept. 2021", "2021-09"),
        ("September 2021", "2021-09"),
        ("29.02.2024", "2024-02-29"),
        ("2022-10-17T10:00:00Z", "2022-10-17"),
        ("2022-10-17 10:00", "2022-10-17"),
        ("2022-10-17T10:00:00.123+02:00", "2022-10-17"),
        ("\u00a017.10.2022\u202f", "2022-10-17"),
        ("17.10.2022.", "2022-10-17"),
        ("24.11.2026", "2026-11-24"),
    ],
)
def test_dates(text: str, found: str) -> None:
    read = date(text, TODAY)
    assert (str(read.date), read.doubt) == (found, "")


def test_a_year_of_two_digits_is_doubtful() -> None:
    read = date("20.07.23", TODAY)
    assert (str(read.date), read.doubt) == ("2023-07-20", "a year of two digits, read as 2023")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31.12.2027", "lies after 2026-11-24"),
        ("2036", "lies after 2026-11-24"),
        ("20.07.45", "lies after 2026-11-24"),
        ("1969-12-31", "before 1970"),
        ("30.02.2024", "no date"),
        ("29.02.2023", "no date"),
        ("2024-13-01", "no date"),
        ("01/13/2021", "no date"),
        ("soon", "no date"),
        ("", "no date"),
        ("2021 or 2022", "no date"),
        ("12.05.20211", "no date"),
    ],
)
def test_no_dates(text: str, reason: str) -> None:
    with pytest.raises(ValueFault, match=reason):
        date(text, TODAY)


def test_a_source_may_write_months_first() -> None:
    assert str(date("01/13/2021", TODAY, ("%m/%d/%Y",)).date) == "2021-01-13"


@pytest.mark.parametrize("text", ["n/a", "N/A", " - ", "None", "null", "NaN", "Not  stated", "", "\u00a0", "unknown"])
def test_not_stated(text: str) -> None:
    assert not stated(text)


@pytest.mark.parametrize("text", ["0", "no", "Unknown company", "no fine"])
def test_stated(text: str) -> None:
    assert stated(text)


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("20,000,000 EUR", "20000000", "EUR"),
        ("NOK 250,000 NOK", "250000", "NOK"),
        ("EUR 20.000.000,-", "20000000", "EUR"),
        ("EUR 1.000.000,—", "1000000", "EUR"),
        ("EUR 5000,--", "5000", "EUR"),
        ("CHF 1'000'000", "1000000", "CHF"),
        ("CHF 1’000’000.-", "1000000", "CHF"),
        ("CHF 1'000'000.50", "1000000.50", "CHF"),
        ("5 000 EUR", "5000", "EUR"),
        ("5\u00a0000\u202f000,50 €", "5000000.50", "EUR"),
        ("5\u2009000 €", "5000", "EUR"),
        ("35.258.707,95 EUR", "35258707.95", "EUR"),
        ("5,000. EUR", "5000", "EUR"),
        ("INR 12,34,56,789", "123456789", "INR"),
        ("₹1,00,000.50", "100000.50", "INR"),
        ("Rs. 1,00,000", "100000", "INR"),
        ("Rs.500", "500", "INR"),
        ("EUR: 500", "500", "EUR"),
        ("EUR. 500", "500", "EUR"),
        ("₹ 2.5 crore", "25000000", "INR"),
        ("5 lakh rupees", "500000", "INR"),
        ("R$ 6.6 million", "6600000", "BRL"),
        ("R$ 6.600.000,00", "6600000.00", "BRL"),
        ("٥٠٠٠ EUR", "5000", "EUR"),
        ("12,5 Mio. EUR", "12500000", "EUR"),
        ("€1.25bn", "1250000000", "EUR"),
        ("5 Mrd EUR", "5000000000", "EUR"),
        ("£7.5m", "7500000", "GBP"),
        ("£7,552,800", "7552800", "GBP"),
        ("5M€", "5000000", "EUR"),
        ("5 k€", "5000", "EUR"),
        ("EUR500k", "500000", "EUR"),
        ("KRW 1.5 trillion", "1500000000000", "KRW"),
        ("HUF 250,000,000", "250000000", "HUF"),
        ("1 000 000,- Kč", "1000000", "CZK"),
        ("1 mln zł", "1000000", "PLN"),
        ("PLN 1 069 850", "1069850", "PLN"),
        ("50.000,00 złotych", "50000.00", "PLN"),
        ("5000 Danish kroner", "5000", "DKK"),
        ("5,000 Norwegian Krone", "5000", "NOK"),
        ("DKK 5.000.000 kr.", "5000000", "DKK"),
        ("5000 pounds sterling", "5000", "GBP"),
        ("5000 British pounds", "5000", "GBP"),
        ("US dollars 500", "500", "USD"),
        ("$ 5,000.00 USD", "5000.00", "USD"),
        ("CAD $50,000", "50000", "CAD"),
        ("$5 billion", "5000000000", "USD"),
        ("EUR 10,000 (reduced to EUR 6,000)", "10000", "EUR"),
        ("EUR 10,000 [about USD 11,000]", "10000", "EUR"),
        ("EUR 0", "0", "EUR"),
        ("EUR 0.50", "0.50", "EUR"),
        ("EUR 500,\n", "500", "EUR"),
    ],
)
def test_amounts(text: str, value: str, currency: str) -> None:
    read = amount(text)
    assert (read.money, read.doubt) == (Money(Decimal(value), currency), "")


@pytest.mark.parametrize(
    ("text", "value", "doubt"),
    [
        ("2.500 €", "2500", "a point before three digits, read as thousands"),
        ("18.000", "18000", "a point before three digits, read as thousands"),
        ("HUF 634.000,-", "634000", "a point before three digits, read as thousands"),
        ("200,000 + 150,000", "350000", "the sum of 2 amounts"),
        ("EUR 70,000, and EUR 10,000; EUR 2,000", "82000", "the sum of 3 amounts"),
        ("1.000 & 500", "1500", "a point before three digits, read as thousands; the sum of 2 amounts"),
    ],
)
def test_doubtful_amounts(text: str, value: str, doubt: str) -> None:
    read = amount(text, "HUF" if "HUF" in text else "EUR")
    assert read.money is not None
    assert (read.money.amount, read.doubt) == (Decimal(value), doubt)


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1.234", ".", "1.234"),
        ("1,234", ",", "1.234"),
        ("1.234", ",", "1234"),
        ("1,234", ".", "1234"),
        ("1.234,56", ",", "1234.56"),
        ("1,234.56", ".", "1234.56"),
    ],
)
def test_a_source_may_tell_its_decimal_sign(text: str, decimal: str, value: str) -> None:
    read = amount(text, "EUR", decimal)
    assert (read.money, read.doubt) == (Money(Decimal(value), "EUR"), "")


@pytest.mark.parametrize(
    ("text", "default", "currency"),
    [
        ("5 000 kr", "SEK", "SEK"),
        ("5.000.000 kr.", "DKK", "DKK"),
        ("kr 5 000 000", "NOK", "NOK"),
        ("5 000 kronor", "SEK", "SEK"),
        ("$5,000", "CAD", "CAD"),
        ("$5,000", "EUR", "USD"),
        ("A$5,000", "CAD", "AUD"),
        ("¥5000", "JPY", "JPY"),
        ("5000 pesos", "MXN", "MXN"),
        ("5000", "GBP", "GBP"),
        ("EUR 5000", "GBP", "EUR"),
    ],
)
def test_the_sources_currency_decides_what_a_shared_sign_means(text: str, default: str, currency: str) -> None:
    money = amount(text, default).money
    assert money is not None
    assert money.currency == currency


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Fine in five-digit amount", "no number stated"),
        ("Unknown", "no number stated"),
        ("five million euros", "no number stated"),
        ("(3,000) EUR", "no number outside brackets"),
        ("10,000 to 20,000 EUR", "a range: no exact amount"),
        ("EUR 10 000 – EUR 20 000", "a range: no exact amount"),
        ("€20m-€30m", "a range: no exact amount"),
        ("Fine amount between EUR 350 and EUR 1000", "no exact amount"),
        ("up to EUR 10,000", "no exact amount"),
        ("more than 5 EUR", "no exact amount"),
        ("not exceeding EUR 5,000", "no exact amount"),
        ("€1,000 per day", "no exact amount"),
        ("~EUR 500", "no exact amount"),
        (">= 5 EUR", "no exact amount"),
        ("EUR 500+", "no exact amount"),
    ],
)
def test_words_are_kept_where_there_is_no_exact_number(text: str, doubt: str) -> None:
    read = amount(text, "EUR")
    assert (read.money, read.words, read.doubt) == (None, text, doubt)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("100.0000 EUR", "4 digits after the point"),
        ("-3 EUR", "negative"),
        ("- 3 EUR", "negative"),
        ("EUR -3", "negative"),
        ("−3 EUR", "negative"),
        ("－3 EUR", "negative"),
        ("EUR –3", "negative"),
        ("-.5 EUR", "negative"),
        ("R$ 6,6 milhões", "is no amount"),
        ("250 millió Ft", "is no amount"),
        ("EUR .50", "is no amount"),
        ("EUR ,500", "is no amount"),
        ("0.500 EUR", "3 digits after the point"),
        ("0,500 EUR", "3 digits after the comma"),
        ("EUR 12,345,6", "fit no notation"),
        ("1..000 EUR", "fit no notation"),
        ("1.234,567.89 EUR", "fit no notation"),
        ("EUR 1,000 000", "fit no notation"),
        ("12 34 EUR", "fit no notation"),
        ("EUR 5 EUR 500", "fit no notation"),
        ("2 x EUR 500", "is no amount"),
        ("1e6 EUR", "is no amount"),
        ("4 % of turnover, EUR", "is no amount"),
        ("EUR 5,000 USD 6,000", "several currencies"),
        ("10,000 EUR + 5,000 USD", "several currencies"),
        ("5000 kr", "'kr' is the sign of several currencies"),
        ("¥5000", "'¥' is the sign of several currencies"),
        ("5000", "no currency"),
        ("KZT 500", "no currency"),
        ("EUR " + "9" * (MOST_DIGITS + 1), "more than 18 digits"),
    ],
)
def test_what_cannot_be_an_amount(text: str, reason: str) -> None:
    with pytest.raises(ValueFault, match=reason):
        amount(text)


@pytest.mark.parametrize("code", sorted(CURRENCIES))
def test_every_currency_by_code_and_by_name(code: str) -> None:
    from babel.numbers import get_currency_name  # noqa: PLC0415

    for unit in (code, code.lower(), *(get_currency_name(code, count, locale="en") for count in (1, 2))):
        for text in (f"{unit} 1,234,567.89", f"1.234.567,89 {unit}", f"2.5 million {unit}"):
            money = amount(text).money
            assert money is not None
            assert money.currency == code, text


def grouped(value: int, sign: str) -> str:
    return f"{value:,}".replace(",", sign)


def lakhs(value: int) -> str:
    head, tail = divmod(value, 1000)
    pairs = f"{head}" if head < 100 else f"{lakhs_of(head)}"
    return f"{pairs},{tail:03}" if head else str(value)


def lakhs_of(head: int) -> str:
    rest, pair = divmod(head, 100)
    return f"{lakhs_of(rest)},{pair:02}" if rest else str(pair)


NOTATIONS = (
    (",", "."), (".", ","), ("'", "."), ("’", "."), (" ", ","), ("\u00a0", ","), ("\u202f", "."), ("", "."), ("", ","),
)  # fmt: skip
UNITS = ("EUR {}", "{} EUR", "€{}", "{}€", "EUR{}", "€ {}", "{}\u00a0€", " {} euros.")


@given(st.integers(0, 10**15), st.none() | st.integers(0, 99), st.sampled_from(NOTATIONS), st.sampled_from(UNITS))
def test_a_written_amount_is_read_back_exactly(
    whole: int, cents: int | None, notation: tuple[str, str], unit: str
) -> None:
    thousands, point = notation
    text = grouped(whole, thousands) + (f"{point}{cents:02}" if cents is not None else "")
    money = amount(unit.format(text)).money
    assert money == Money(Decimal(whole) + Decimal(cents or 0) / 100, "EUR")


@given(st.integers(0, 10**15), st.sampled_from((",-", ".-", ",--", ".–")), st.sampled_from((",", ".", "'", " ")))
def test_a_dash_for_no_cents(whole: int, dash: str, thousands: str) -> None:
    money = amount(f"CHF {grouped(whole, thousands)}{dash}").money
    assert money == Money(Decimal(whole), "CHF")


@given(st.integers(0, 10**15))
def test_lakhs_and_crores(whole: int) -> None:
    money = amount(f"₹ {lakhs(whole)}").money
    assert money == Money(Decimal(whole), "INR")


@given(st.decimals(Decimal("0.1"), 999, places=1), st.sampled_from((("m", 6), ("bn", 9), ("million", 6), ("k", 3))))
def test_scaled_amounts(value: Decimal, scale: tuple[str, int]) -> None:
    word, power = scale
    for text in (f"EUR {value} {word}", f"€{value}{word}", f"{str(value).replace('.', ',')} {word} EUR"):
        money = amount(text).money
        assert money is not None
        assert money.amount == value.scaleb(power)


@given(st.lists(st.integers(1, 10**9), min_size=2, max_size=4), st.sampled_from((" + ", " and ", " & ", "; ")))
def test_sums_are_added(values: list[int], sign: str) -> None:
    read = amount(sign.join(f"{value:,} EUR" for value in values))
    assert read.money == Money(Decimal(sum(values)), "EUR")
    assert f"the sum of {len(values)} amounts" in read.doubt


@given(
    st.dates(dt.date(1970, 1, 1), TODAY), st.sampled_from(("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d %B %Y", "%b %d, %Y"))
)
def test_a_written_day_is_read_back(day: dt.date, form: str) -> None:
    assert date(day.strftime(form), TODAY).date.first == day


LIKELY = st.text(
    st.sampled_from("0123456789٣９²½.,'’ -–−+&;/()[]%€$£kmbnKMRrſİıK°ºkrEURUSDto\u00a0\u202f\x00\n"), max_size=24
)


@given(st.text() | LIKELY, st.sampled_from((None, "EUR", "SEK")), st.sampled_from((None, ".", ",")))
def test_no_text_crashes(text: str, currency: str | None, decimal: str | None) -> None:
    stated(text)
    for read in (
        lambda: amount(text, currency, decimal),
        lambda: number(text, decimal),
        lambda: number(text, scaled=True),
        lambda: date(text, TODAY),
    ):
        with contextlib.suppress(ValueFault):
            read()


@given(LIKELY)
def test_an_amount_is_never_negative_nor_without_end(text: str) -> None:
    try:
        read = amount(text, "EUR")
    except ValueFault:
        return
    if read.money is not None:
        assert read.money.amount.is_finite()
        assert read.money.amount >= 0
        assert read.money.currency in CURRENCIES


@pytest.mark.parametrize("text", ["2000030000 EUR", "2400022000 EUR"])
def test_two_amounts_whose_separator_was_lost_are_no_amount(text: str) -> None:
    with pytest.raises(ValueFault, match="two amounts whose separator was lost"):
        amount(text)
    assert amount("20000000 EUR").money == Money(Decimal(20_000_000), "EUR")
    assert amount("225000000 EUR").money == Money(Decimal(225_000_000), "EUR")
