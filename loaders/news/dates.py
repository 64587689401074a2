"""Dates in running text, as precise as the text and the day of the page make them.

A date that only the page's own day can complete ("last year", "on Wednesday", "April 13") is `relative`: where that
day is unknown it has no `date`. A number is a year only where words make it one ("in 2018", "(2018)"), never within
the name of a law ("Data Protection Act 2018"). What lies after the page's day is left out.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from loaders.news.date_parts import Part, of_law, possible, read_part
from loaders.news.date_words import Words, fold, tail, words
from ontology.dates import EARLIEST, Date, not_after

_WINDOW = 30
_LINES = 12
_LEAD = 12  # "in 2021, on April 13", hardly more between
_SENTENCE_END = re.compile(r"[.!?;。]\s|。|\n\n")
_WEEKDAY_GAP = re.compile(r"[\s,.()（）、-]*(?:(?:\w{1,4}|dzien)[\s,]+){0,2}")
_TIME = r"(?:T|,? (?:at |um |à |a las |alle |às |om |o |kl\.? ?|στις )?|[ ,|·@-]+)?[0-2]?[0-9][:.h][0-5][0-9].*"
_AFTER_LINE = re.compile(rf"\s*(?:$|[-|·•(/][^.]{{0,60}}$|{_TIME}$)", re.IGNORECASE)
_PLACE = re.compile(r"(?:[^\W\d_]+[ .-]{1,2}){0,2}[^\W\d_]+, (?:le |den |am |li |a )?")


@dataclass(frozen=True, slots=True)
class When:
    """A date in a text: `words` is what stands from `start` to `end`.

    `since` and `until` are given for a span that is no day, month or year (a week, two days of a month); `date` is
    then the month or year that holds it, None where none does.
    """

    words: str
    date: Date | None
    start: int
    end: int
    relative: bool
    since: Date | None = None
    until: Date | None = None


def dates(text: str, language: str = "en", published: Date | None = None) -> Iterator[When]:
    """Yield the dates of a text in order.

    >>> day = Date(2023, 5, 10)
    >>> [str(when.date) for when in dates("Fined on April 13, and last year; the one of October 17, 2022.", "en", day)]
    ['2023-04-13', '2022', '2022-10-17']
    >>> [str(when.date) for when in dates("Am 3. Mai sagte die Behörde, 2018 sei das anders gewesen.", "de", day)]
    ['2023-05-03', '2018']
    >>> [when.date for when in dates("the Data Protection Act 2018, 2,018 people, Opinion 05/2014, you may 5 times")]
    []
    """
    known = words(language)
    folded = fold(text)
    parts = [part for match in known.pattern.finditer(folded) if (part := read_part(match, known, folded, text))]
    _join(parts, known, folded, published)
    limit = published.last if published else not_after()
    for part in parts:
        if part.dropped or part.weak or of_law(part, folded, spaceless=known.spaceless):
            continue
        if part.unit or part.weekday is not None or part.year is None:
            if not tail(folded, part.start, spaceless=known.spaceless).endswith(known.future):
                yield _relative(part, text, published)
        elif (when := _stated(part, text)) and when.date and when.date.first <= limit:
            yield when


def first_date(text: str, language: str = "en") -> Date | None:
    r"""Return the date of the page's own date line, which stands within the first twelve lines that are not empty.

    >>> first_date("ICO asks leave to appeal\n\n17 November 2023, 15:04\n\nA tribunal last month threw out a fine.")
    Date(year=2023, month=11, day=17)
    >>> first_date("date 2023-05-31 It is time to pay up"), first_date("Occurred: October 2022")
    (Date(year=2023, month=5, day=31), None)
    """
    known = words(language)
    lines = (line.strip() for line in text[:20_000].splitlines())
    for line in [line for line in lines if line][:_LINES]:
        if (found := _line_date(line[:200], known, language)) is not None:
            return found
    return None


def _line_date(line: str, known: Words, language: str) -> Date | None:
    folded = fold(line)
    label = known.label.match(folded)
    labelled = label is not None and len(label[0]) > 3  # "on" and "le" lead sentences, too
    named = re.match(r"date:? ", folded)
    if named and (month := re.match(r"([0-9]{4})-(0[1-9]|1[0-2])(?![0-9-])", folded[named.end() :])):
        return Date(int(month[1]), int(month[2]))
    for when in dates(line, language):
        date = when.date
        if date is None or when.relative or when.since or date.month is None:
            continue
        before, after = folded[: when.start], folded[when.end :]
        if named and not before[named.end() :].strip():
            return date
        if label and labelled and _only_weekday(before[label.end() :], known):
            return date
        if date.day is None:
            continue
        ends = bool(_AFTER_LINE.match(after)) or _only_weekday(after, known)
        start = before[label.end() :] if label else before
        starts = _only_weekday(start, known) or start.rstrip().endswith(("|", "·", "•"))
        if (ends and starts) or _is_place(before, after):
            return date
    return None


def _only_weekday(text: str, known: Words) -> bool:
    rest = text.strip(" ,.:()[]-|、")
    return rest in known.weekdays or (len(rest) <= 6 and any(day.startswith(rest) for day in known.weekdays))


def _is_place(before: str, after: str) -> bool:
    """Tell whether a line is only a place and its date: "Brussels, 17 October 2022"."""
    return not after.strip(" .") and len(before) <= 30 and bool(_PLACE.fullmatch(before))


def _join(parts: list[Part], known: Words, folded: str, published: Date | None) -> None:
    """Let neighbours complete one another: "October last year", "August and September 2018", "in 2021, in October"."""
    near = [
        (one, other, folded[one.end : other.start])
        for one, other in pairwise(parts)
        if other.start - one.end <= _WINDOW
    ]
    for one, other, gap in near:
        if one.weekday is not None or other.weekday is not None:
            _join_weekday(one, other, gap, known)
        elif other.unit or other.year:  # a year behind it is nearer to a day than one before it
            _join_year(one, other, gap, known, published)
    for one, other, gap in near:
        if one.unit or one.year:
            _join_year(other, one, gap, known, published)
    _join_lists(parts, known, folded)
    _join_same_year(parts, known, folded)


def _join_weekday(one: Part, other: Part, gap: str, known: Words) -> None:
    """Drop a weekday beside a day; make one beside a week the day of that week."""
    for weekday, beside in ((one, other), (other, one)):
        if weekday.weekday is None or beside.weekday is not None or beside.dropped:
            continue
        if beside.day is not None and _WEEKDAY_GAP.fullmatch(gap):
            weekday.dropped = not weekday.unit and not (known.spaceless and weekday is one)
        elif beside.unit == "week" and _beside(gap, known):
            beside.dropped = True
            weekday.unit, weekday.back = beside.unit, beside.back
            weekday.start, weekday.end = min(one.start, other.start), max(one.end, other.end)


def _join_year(part: Part, year: Part, gap: str, known: Words, published: Date | None) -> None:
    """Give a day or month the year, or a day the month, that stands beside it."""
    behind = part.start < year.start
    if part.year is not None or not part.is_day_or_month or part.weekday is not None or year.dropped:
        return
    if (behind and "," in gap) or not _beside(gap, known):
        return
    if part.month is None:  # "지난달 26일": a day of that month
        if year.unit == "month" and not behind:
            _merge(part, year)
            if published and published.month:
                part.year, part.month = _months_back(published, year.back)
    elif year.unit == "year":
        _merge(part, year)
        part.year = published.year - year.back if published else None
    elif year.year is not None and year.month is None and behind:
        _merge(part, year)
        part.year = year.year


def _beside(gap: str, known: Words) -> bool:
    return not gap.strip(" の의的") if known.spaceless else bool(known.between.fullmatch(gap))


def _merge(part: Part, year: Part) -> None:
    part.start, part.end = min(part.start, year.start), max(part.end, year.end)
    part.weak, part.first_day = False, None
    part.relative = part.relative or bool(year.unit)
    year.dropped = True


def _join_lists(parts: list[Part], known: Words, folded: str) -> None:
    """Complete "August and September 2018", "in 2018 and 2019", "in 2021, in October"."""
    whole = [part for part in parts if not part.dropped]
    for one, other in reversed([*pairwise(whole)]):
        near = other.start - one.end <= _WINDOW and known.join.fullmatch(folded, one.end, other.start)
        if near and one.month and one.year is None and other.month and other.year and not one.unit:
            one.year = other.year - (one.month > other.month)
            one.weak = False
    for one, other in pairwise(whole):
        if other.start - one.end > _WINDOW or one.unit or other.unit:
            continue
        gap = folded[one.end : other.start]
        if one.year and one.month is None and not one.weak:
            if other.year and other.month is None and known.join.fullmatch(gap):
                other.weak = bool(known.counted.match(folded, other.end))
            elif other.month and other.year is None and len(gap) <= _LEAD and not _SENTENCE_END.search(gap):
                other.year = one.year
        elif known.spaceless and one.year and one.month and other.month and known.join.fullmatch(gap):
            other.year = other.year or one.year  # "2021年10月和12月"
        elif one.month and other.month is None and other.day and other.year is None and known.join.fullmatch(gap):
            other.year, other.month = one.year, one.month


def _join_same_year(parts: list[Part], known: Words, folded: str) -> None:
    """Give "October of the same year" the year that was last stated."""
    year: int | None = None
    for at, part in enumerate(parts):
        if part.unit == "same":
            part.dropped = True
            for beside in parts[max(0, at - 1) : at + 2]:
                low, high = sorted((part, beside), key=lambda one: one.start)
                gap = folded[low.end : high.start]
                if (
                    beside.month
                    and beside.year is None
                    and len(gap) <= _WINDOW
                    and known.between.fullmatch(gap)
                    and year
                ):
                    _merge(beside, part)
                    beside.year = year
        elif part.year and not part.weak and not part.dropped:
            year = part.year


def _stated(part: Part, text: str) -> When | None:
    if part.year is None or part.year < EARLIEST:
        return None
    if not possible(part):
        return None
    since = until = None
    date = Date(part.year, part.month, part.day)
    if part.first_day:
        since, until = replace(date, day=part.first_day), date
        date = replace(date, day=None)
    return When(text[part.start : part.end], date, part.start, part.end, part.relative, since, until)


def _relative(part: Part, text: str, published: Date | None) -> When:
    """Return what the day of the page makes of a part; without that day it has no date."""
    date = since = until = None
    if published is None:
        pass
    elif part.weekday is not None:
        date = _last_weekday(part, published)
    elif part.unit:
        date, since, until = _back(part, published)
    else:
        date = _nearest(part, published)
    return When(text[part.start : part.end], date, part.start, part.end, relative=True, since=since, until=until)


def _back(part: Part, published: Date) -> tuple[Date | None, Date | None, Date | None]:
    """Return the date, and the span of a week, that lies so far before the day of the page."""
    about, unit = part.unit.startswith("ago_"), part.unit.removeprefix("ago_")
    if unit == "year":
        return Date(published.year - part.back), None, None
    if published.month is None:
        return None, None, None
    if unit == "month":
        return Date(*_months_back(published, part.back)), None, None
    if published.day is None:
        return (Date(published.year, published.month) if not part.back and unit == "day" else None), None, None
    today = published.first
    if unit == "day":
        return Date.of(today - dt.timedelta(days=part.back)), None, None
    middle = today - dt.timedelta(days=7 * part.back)
    since = middle - dt.timedelta(days=3 if about else today.weekday())
    until = min(since + dt.timedelta(days=6), today)
    return _holding(since, until), Date.of(since), Date.of(until)


def _holding(since: dt.date, until: dt.date) -> Date | None:
    """Return the month or the year that holds a span."""
    if since.year != until.year:
        return None
    return Date(since.year, since.month if since.month == until.month else None)


def _months_back(published: Date, back: int) -> tuple[int, int]:
    months = published.year * 12 + (published.month or 1) - 1 - back
    return months // 12, months % 12 + 1


def _last_weekday(part: Part, published: Date) -> Date | None:
    if published.day is None or part.weekday is None:
        return None
    today = published.first
    if part.unit == "week":
        day = today - dt.timedelta(days=today.weekday() + 7 * part.back - part.weekday)
        return Date.of(day) if day <= today else None
    ago = (today.weekday() - part.weekday) % 7
    return Date.of(today - dt.timedelta(days=7 if part.last and not ago else ago))


def _nearest(part: Part, published: Date) -> Date | None:
    """Return the nearest such day or month that is not after the page's."""
    if published.month is None:
        return None
    if part.month is None:
        months = (_months_back(published, back) for back in range(3))
    else:
        months = ((published.year - back, part.month) for back in range(9))
    for year, month in months:
        if part.day and part.day > calendar.monthrange(year, month)[1]:
            continue
        date = Date(year, month, part.day)
        if date.first <= published.last:
            return date
    return None
