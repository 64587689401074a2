"""Dates as precise as their source: a day, a month or a year, never an invented day."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

# A document cannot report a decision after the day it was read, nor a machine with a wrong clock
# (1970) refuse every document: the later of today and this release's day is the limit.
RELEASED = dt.date(2026, 11, 24)
EARLIEST = 1970
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class DateError(ValueError):
    """A text that is not a date, or a date that cannot be."""


@dataclass(frozen=True, slots=True)
class Date:
    """A calendar date with the precision of its source.

    >>> Date.parse("2022-10").last
    datetime.date(2022, 10, 31)
    >>> str(Date.parse("2022")), Date.parse("2022").datatype
    ('2022', 'gYear')
    """

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str, earliest: int = EARLIEST) -> "Date":
        """Read ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``; raise DateError for anything else.

        A year before `earliest` is an error: acts of privacy law are younger than that.
        """
        match = _ISO.fullmatch(text.strip())
        if match is None:
            raise DateError(f"{text!r} is not a date; write YYYY-MM-DD, YYYY-MM or YYYY")
        year, month, day = (int(part) if part else None for part in match.groups())
        if year is None or not earliest <= year <= 9999:
            raise DateError(f"the year of {text!r} is before {earliest}")
        date = cls(year, month, day)
        try:
            _ = date.first
        except ValueError as error:
            raise DateError(f"there is no day {text!r} in the calendar") from error
        return date

    @classmethod
    def of(cls, day: dt.date) -> "Date":
        """Return the Date of one known day."""
        return cls(day.year, day.month, day.day)

    @property
    def first(self) -> dt.date:
        """The first day that the date may mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> dt.date:
        """The last day that the date may mean."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def datatype(self) -> str:
        """The local name of its XML Schema datatype."""
        if self.day:
            return "date"
        return "gYearMonth" if self.month else "gYear"

    def __str__(self) -> str:
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part]
        return "-".join(parts)


def not_after(limit: dt.date | None = None) -> dt.date:
    """Return the last day that a document may speak of: when it was read, else today.

    >>> not_after(dt.date(2024, 3, 7))
    datetime.date(2024, 3, 7)
    """
    return limit or max(RELEASED, dt.datetime.now(dt.UTC).date())


def gap_days(one: Date, other: Date) -> int:
    """Return the least number of days between two dates, 0 where they may be the same day.

    >>> gap_days(Date.parse("2022-10-17"), Date.parse("2022")), gap_days(Date(2022, 10, 17), Date(2022, 10, 20))
    (0, 3)
    """
    if one.first > other.last:
        return (one.first - other.last).days
    if other.first > one.last:
        return (other.first - one.last).days
    return 0
