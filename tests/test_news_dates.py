"""Dates in running text, in every language that news are read in."""

import datetime as dt
import time
from itertools import pairwise

import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.news.dates import dates, first_date
from ontology.dates import Date

LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pt", "pl", "sv", "el", "hu", "ro", "ja", "ko", "zh")
# Month and year, and day and month, as CLDR writes them (skeletons yMMMM and MMMMd).
MONTH = {
    "es": "MMMM 'de' y", "pt": "MMMM 'de' y", "pl": "LLLL y", "el": "MMMM y", "hu": "y. MMMM", "ja": "y年M月",
    "ko": "y년 M월", "zh": "y年M月",
}  # fmt: skip
DAY = {
    "en": "MMMM d", "de": "d. MMMM", "es": "d 'de' MMMM", "pt": "d 'de' MMMM", "hu": "MMMM d.", "ja": "M月d日",
    "ko": "M월 d일", "zh": "M月d日",
}  # fmt: skip
PAGE = Date(2023, 5, 10)  # a Wednesday
DAYS = st.dates(dt.date(1995, 1, 1), dt.date(2026, 11, 1))


def read(text: str, language: str = "en", published: Date | None = PAGE) -> list[str]:
    return [str(when.date) for when in dates(text, language, published)]


@given(DAYS, st.sampled_from(LANGUAGES), st.sampled_from(("full", "long", "medium")))
def test_what_cldr_writes_is_read(day: dt.date, language: str, form: str) -> None:
    written = format_date(day, form, locale=language)
    around = written if language in {"ja", "ko", "zh"} else f"X ({written}), y"
    assert read(around, language, None) == [str(day)], written


@given(DAYS, st.sampled_from([one for one in LANGUAGES if one != "ko"]))  # "22. 10. 17." begins with a short year
def test_short_forms_are_read_or_leave_the_year(day: dt.date, language: str) -> None:
    written = format_date(day, "short", locale=language)
    if written.endswith(day.strftime("%y")) and not written.endswith(str(day.year)) and day.year < 2000:
        return  # a year of two digits is this century's
    found = read(written, language, None)
    unsure = language == "en" and day.day <= 12 and day.day != day.month
    assert found == ([str(day.year)] if unsure else [str(day)]), written


@given(DAYS, st.sampled_from(LANGUAGES))
def test_months_and_days_alone(day: dt.date, language: str) -> None:
    month = format_date(day, MONTH.get(language, "MMMM y"), locale=language)
    assert read(month, language, None) == [f"{day:%Y-%m}"], month
    without_year = format_date(day, DAY.get(language, "d MMMM"), locale=language)
    assert read(without_year, language, Date.of(day)) == [str(day)], without_year
    assert [when.date for when in dates(without_year, language)] == [None]


@given(st.text(max_size=200), st.sampled_from([*LANGUAGES, "xx", ""]))
def test_any_text_is_read_without_fault(text: str, language: str) -> None:
    for when in dates(text, language, PAGE):
        assert text[when.start : when.end] == when.words
    first_date(text, language)


_PIECES = st.sampled_from(
    [
        "October",
        "17",
        "2022",
        "2,022",
        "last",
        "year",
        "on",
        "in",
        "of",
        "and",
        ", ",
        " ",
        "\n",
        ".",
        "-",
        "/",
        "(",
        ")",
        "Act",
        "31",
        "99",
        "Mai",
        "am",
        "17.",
        "el",
        "de",
        "pasado",
        "2022年",
        "10月",
        "17日",
        "지난해",
        "昨年",
        "令和",
        "元年",
    ]
)


@given(st.lists(_PIECES, max_size=14).map(" ".join), st.sampled_from(LANGUAGES))
@settings(max_examples=300)
def test_offsets_match_and_nothing_lies_ahead(text: str, language: str) -> None:
    found = list(dates(text, language, PAGE))
    for when in found:
        assert text[when.start : when.end] == when.words
        assert when.date is None or when.date.first <= PAGE.last
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ko", "위원회는 8일 전체회의를 열고, 3일 전에", ["2023-05-08", "2023-05-07"]),
        ("zh", "当地时间周二，本周一，第2日", ["2023-05-09", "2023-05-08"]),
        ("es", "a finales de 2021, el pasado mes de enero", ["2021", "2023-01"]),
        ("it", "il 5 febbraio, a dicembre 2021", ["2023-02-05", "2021-12"]),
        ("en", "In 2021, on April 13; in October of that year", ["2021", "2021-04-13", "2021-10"]),
        ("en", "fined last year, last month and yesterday", ["2022", "2023-04", "2023-05-09"]),
        (
            "en",
            "in October; on Wednesday; on Thursday; last Wednesday",
            ["2022-10", "2023-05-10", "2023-05-04", "2023-05-03"],
        ),
        ("en", "April 13, six months after the one of October 17, 2022", ["2023-04-13", "2022-10-17"]),
        ("en", "October last year, in October 2022, since May 2021", ["2022-10", "2022-10", "2021-05"]),
        ("en", "between August and September 2018; in 2018 and 2019", ["2018-08", "2018-09", "2018", "2019"]),
        ("en", "Oct. 17, 2022; 17th of October, 2022; 10/17/2022; 2022-10-17", ["2022-10-17"] * 4),
        (
            "en",
            "05/06/2022; 13/06/2022; Apr 282021; in two thousand; two years ago",
            ["2022", "2022-06-13", "2021-04-28", "2021"],
        ),
        (
            "fr",
            "l'an dernier, le 1er juin 2022, en octobre dernier, mardi",
            ["2022", "2022-06-01", "2022-10", "2023-05-09"],
        ),
        (
            "de",
            "im vergangenen Jahr, letzte Woche, am 3. Mai, hat 2018 verhängt",
            ["2022", "2023-05", "2023-05-03", "2018"],
        ),
        ("es", "el pasado 2 de julio, el año pasado, en octubre del año pasado", ["2022-07-02", "2022", "2022-10"]),
        (
            "it",
            "17 ottobre 2022, lo scorso anno, il 2 luglio scorso, due anni fa",
            ["2022-10-17", "2022", "2022-07-02", "2021"],
        ),
        ("nl", "vorig jaar, in 2018 kreeg het, afgelopen woensdag", ["2022", "2018", "2023-05-03"]),
        (
            "pt",
            "no último dia 2 de julho, 1º de julho, nesta quarta-feira (10)",
            ["2022-07-02", "2022-07-01", "2023-05-10"],
        ),
        (
            "pl",
            "w ubiegłym roku, w październiku ubiegłego roku, w środę, w 2018 r.",
            ["2022", "2022-10", "2023-05-10", "2018"],
        ),
        (
            "sv",
            "förra året, i oktober förra året, den 17 oktober 2022, hösten 2019",
            ["2022", "2022-10", "2022-10-17", "2019"],
        ),
        ("el", "πέρυσι· τον περασμένο Οκτώβριο, 13 ΙΟΥΛΙΟΥ 2022, το 2018", ["2022", "2022-10", "2022-07-13", "2018"]),
        ("hu", "tavaly, tavaly októberben, 2022. október 17-én, 2018-ban", ["2022", "2022-10", "2022-10-17", "2018"]),
        ("ro", "anul trecut, în octombrie anul trecut, miercuri, în 2018", ["2022", "2022-10", "2023-05-10", "2018"]),
        (
            "ja",
            "昨年、6月2日、令和4年6月2日、先月26日、昨年10月",
            ["2022", "2022-06-02", "2022-06-02", "2023-04-26", "2022-10"],
        ),
        ("ja", "２０２２年１０月１７日、2021年10月、同年12月、2年前", ["2022-10-17", "2021-10", "2021-12", "2021"]),
        (
            "ko",
            "지난해 10월, 2022년 8월 26일, 지난달 26일, 2일 밝혔다",
            ["2022-10", "2022-08-26", "2023-04-26", "2023-05-02"],
        ),
        (
            "zh",
            "去年10月，上周三，二〇二二年十月十七日，本月2日",
            ["2022-10", "2023-05-03", "2022-10-17", "2023-05-02"],
        ),
    ],
)
def test_what_pages_say(language: str, text: str, expected: list[str]) -> None:
    assert read(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Data Protection Act 2018, Privacy Act 1988, the California Consumer Privacy Act of 2018, the DPA 2018",
        ),
        (
            "en",
            "Regulation (EU) 2016/679 of 27 April 2016, Opinion 05/2014, decision 35/2022, SAN-2022-019, Case C-311/18",
        ),
        ("en", "2,000 employees, in 2000 cases, of 2000 euros, $2019, € 2,019"),
        ("en", "you may 5 times, it may be in the way, march on, 31 February 2023, 32 May 2023, 2022-13-01"),
        ("en", "by June, until 31 March 2030, next October, October 17, 2027"),
        ("fr", "loi n° 78-17 du 6 janvier 1978"),
        ("es", "Ley Orgánica 3/2018, de 5 de diciembre"),
        ("de", "Bundesdatenschutzgesetz vom 30. Juni 2017; von 2000 Nutzern; 2018 Nutzer"),
        ("it", "legge 7 agosto 1990, n. 241"),
        ("pt", "Lei 13.709, de 14 de agosto de 2018; na segunda instância"),
        ("pl", "ustawy z dnia 10 maja 2018 r."),
        ("el", "με την υπ’ αριθ. 35/2022 απόφαση"),
        ("hu", "2011. évi CXII. törvény"),
        ("ro", "de trei luni"),
        ("ja", "30日以内、3か月、来年4月、平成15年法律第57号、2018年度"),
        ("ko", "30일 이내, 3개월, 내년 4월, 오는 20일"),
        ("zh", "3个月，明年4月，30日内"),
    ],
)
def test_what_is_no_date(language: str, text: str) -> None:
    assert read(text, language) == []


def test_a_week_is_a_span_within_its_month() -> None:
    (week,) = dates("this week", "en", PAGE)
    assert (str(week.since), str(week.until), str(week.date)) == ("2023-05-08", "2023-05-10", "2023-05")
    (days,) = dates("on 17-18 October 2022", "en", PAGE)
    assert (str(days.since), str(days.until), str(days.date)) == ("2022-10-17", "2022-10-18", "2022-10")
    (over,) = dates("last week", "en", Date(2024, 1, 3))
    assert over.date == Date(2023, 12)


def test_no_more_precise_than_the_page() -> None:
    assert read("yesterday; last month; last year; on Monday", "en", Date(2022, 12)) == [
        "None",
        "2022-11",
        "2021",
        "None",
    ]
    assert read("last month; last year; in October", "en", Date(2022)) == ["None", "2021", "None"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "ICO asks leave\n\n17 November 2023, 15:04\n\nA tribunal", "2023-11-17"),
        ("en", "date 2023-05-31 It is time", "2023-05-31"),
        ("en", "date 2022-12 A fine", "2022-12"),
        ("en", "The Biggest\n\nPosted by\n\nA Person\n\non 14 Jan 2025\n\nText", "2025-01-14"),
        ("en", "04th September 2024", "2024-09-04"),
        ("en", "Published: Tuesday, October 17, 2022 at 10:00", "2022-10-17"),
        ("en", "Brussels, 17 October 2022", "2022-10-17"),
        ("en", "Occurred: October 2022", None),
        ("en", "On December 19, 2023, the agency announced", None),
        ("en", "17 October 2022: the agency fined the company", None),
        ("en", "May 2023. The agency fined", None),
        ("en", "\n".join(["line"] * 12) + "\n17 October 2022", None),
        ("fr", "Publié le 17 octobre 2022 à 10h30", "2022-10-17"),
        ("de", "Veröffentlicht am 17.10.2022", "2022-10-17"),
        ("ja", "2023年6月2日（金）", "2023-06-02"),
        ("ko", "입력 2024.08.26 10:00", "2024-08-26"),
        ("zh", "发布时间：2022-10-17 10:00", "2022-10-17"),
    ],
)
def test_the_date_line_of_a_page(language: str, text: str, expected: str | None) -> None:
    found = first_date(text, language)
    assert (str(found) if found else None) == expected


@pytest.mark.parametrize("language", ["en", "de", "hu", "ko"])
@pytest.mark.parametrize(
    "piece", ["1 ", "12.10.", "2022-10-17 ", "May ", "last week ", "in 2018 ", " ", "\n", "(", "17 and ", "1月"]
)
def test_hostile_texts_are_read_in_linear_time(language: str, piece: str) -> None:
    list(dates("2022", language))  # compile
    text = piece * (200_000 // len(piece))
    begun = time.process_time()
    list(dates(text, language, PAGE))
    first_date(text, language)
    assert time.process_time() - begun < 15  # a second on a quiet machine; four where coverage is measured
