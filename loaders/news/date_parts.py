"""One match of a language's pattern of dates: what it says, and whether it is a date at all."""

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from loaders.news.date_words import RELATIVE, Words, law_words, tail
from ontology.dates import EARLIEST

_WINDOW = 30
EARLIEST_ALONE = 1995  # a number without day or month is hardly a year before
_KANJI = {one: n for n, one in enumerate("〇一二三四五六七八九")} | {"零": 0}
_REIGNS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_DAY_BEFORE = re.compile(r"(?<![0-9])[0-9]{1,2}\.? \Z")
_LAW_NUMBER = re.compile(r"[(§]?[0-9][0-9./-]*(?:/[a-z]+)?[º°)]?")


@dataclass(slots=True)
class Part:
    """What one match says of a date, before its neighbours are looked at."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    first_day: int | None = None  # of "17-18 October"
    weekday: int | None = None
    unit: str = ""  # of what the page's day fixes
    back: int = 0
    weak: bool = False  # a bare number or name, no date unless a neighbour makes it one
    dropped: bool = False
    last: bool = False  # "last Wednesday" is not today
    relative: bool = False

    @property
    def is_day_or_month(self) -> bool:
        """Whether it names a day or a month, which may lack its year."""
        return self.month is not None or (self.day is not None and not self.unit)


def read_part(match: re.Match[str], known: Words, folded: str, text: str) -> Part | None:
    """Return what a match may be; None where it cannot be a date."""
    kind = match.lastgroup or ""
    part = Part(*match.span())
    if kind in RELATIVE:
        part.unit, part.back = RELATIVE[kind]
    elif kind.startswith("ago_"):
        number = match[f"n_{kind[4:]}"]
        part.unit = "ago_" + kind[4:].partition("_")[0]
        part.back = int(number) if number.isdecimal() else known.numbers[number]
    elif kind == "weekday":
        return _weekday(part, match[kind], known, folded)
    else:
        return _calendar(part, match, kind, known, folded, text)
    return part


def _calendar(part: Part, match: re.Match[str], kind: str, known: Words, folded: str, text: str) -> Part | None:
    """Fill a part with the year, month and day of a match; None where it is no date."""
    read = _READERS[kind](match, known, text)
    if read is None:
        return None
    part.year, part.month, part.day = read
    name = {"dm": "m4", "nd": "m6"}.get(kind)
    if name and match.end(name) == part.end - 1 and folded[part.end - 1] == "." and match[name] in known.long_months:
        part.end -= 1  # of the sentence, not of an abbreviation
    if kind == "dm" and match["f4"]:
        part.first_day = int(match["f4"])
    if kind == "year":
        part.weak = not _is_year(part, known, folded)
    elif part.year is None and part.day is None:
        part.weak = not _is_month(part, match["m6"] if kind == "nd" else "", known, folded, text)
    return part if possible(part) and (kind not in {"dm", "nd"} or _is_day(part, match, kind, known, text)) else None


_Read = tuple[int | None, int | None, int | None]


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _iso(match: re.Match[str], known: Words, text: str) -> _Read:  # noqa: ARG001 - readers share one form
    return int(match["y1"]), int(match["m1"]), int(match["d1"])


def _parts_of_numbers(match: re.Match[str], known: Words, text: str) -> _Read:  # noqa: ARG001
    """Read "17/10/2022": where both orders are possible, English and East Asian pages leave only the year."""
    short = match["yy2"] or match["yz2"]
    year, one, other = int(match["y2"] or f"20{short}"), int(match["a2"]), int(match["b2"])
    if other > 12:
        return year, one, other
    if known.unsure_order and match["s2"][0] != "." and one <= 12 and one != other:
        return year, None, None
    return year, other, one


def _east_asian(match: re.Match[str], known: Words, text: str) -> _Read:  # noqa: ARG001
    year = int(match["y8"])
    return year + 2000 if year < 100 else year, _number(match["m8"]), _number(match["d8"])


def _reign(match: re.Match[str], known: Words, text: str) -> _Read:  # noqa: ARG001
    count = 1 if match["ey"] == "元" else int(match["ey"])
    return _REIGNS[match["era"]] + count, _number(match["em"]), _number(match["ed"])


def _kanji(match: re.Match[str], known: Words, text: str) -> _Read:  # noqa: ARG001
    year = int("".join(str(_KANJI[one]) for one in match["ky"]))
    return year, _counted(match["km"]), _counted(match["kd"])


def _counted(kanji: str | None) -> int | None:
    """Return the number of "十七", "二十", "三"."""
    if not kanji:
        return None
    tens, ten, ones = kanji.rpartition("十")
    if not ten:
        return _KANJI[kanji] if len(kanji) == 1 else 0
    return (_KANJI.get(tens, 0) if tens else 1) * 10 + (_KANJI.get(ones, 0) if ones else 0)


def _day_month(match: re.Match[str], known: Words, text: str) -> _Read:  # noqa: ARG001
    return _number(match["y4"]), known.months[match["m4"]], int(match["d4"])


def _year_month_day(match: re.Match[str], known: Words, text: str) -> _Read:  # noqa: ARG001
    return int(match["y3"]), known.months[match["m3"]], _number(match["d3"])


def _month_day(match: re.Match[str], known: Words, text: str) -> _Read | None:
    month = known.months[match["m6"]]
    glued, day = (match["g6"], match["d6"]) if known.month_first else (None, None)
    if glued:  # "Apr 282021": the year is the last four digits, else it is no date
        year = int(glued[-4:])
        return (year, month, int(glued[:-4])) if EARLIEST <= year <= 2100 else None
    if not day and _DAY_BEFORE.search(text, max(0, match.start() - 4), match.start()):
        return None  # "32 May": no day of the calendar
    return _number(match["y7"] or (match["y6"] if day else None)), month, _number(day)


_READERS: Mapping[str, Callable[[re.Match[str], Words, str], _Read | None]] = {
    "iso": _iso, "parts": _parts_of_numbers, "ymd": _east_asian, "reign": _reign, "kanji": _kanji, "dm": _day_month,
    "ynd": _year_month_day, "nd": _month_day,
    "md": lambda match, known, text: (None, int(match["m9"]), _number(match["d9"])),  # noqa: ARG005
    "lone": lambda match, known, text: (None, None, int(match["d10"])),  # noqa: ARG005
    "year": lambda match, known, text: (int(match["y5"]), None, None),  # noqa: ARG005
}  # fmt: skip


def possible(part: Part) -> bool:
    """Tell whether the calendar has such a date."""
    if part.month is not None and not 1 <= part.month <= 12:
        return False
    if part.day is None:
        return part.month is None or part.year is None or part.year >= EARLIEST
    year, month = part.year or 2024, part.month or 1  # a leap year, where none is stated
    return 1 <= part.day <= calendar.monthrange(year, month)[1] and (part.first_day or 0) < part.day


def _is_month(part: Part, name: str, known: Words, folded: str, text: str) -> bool:
    """Tell whether a name alone is a month: "in May", not "may"."""
    if name and name not in known.long_months:
        return False
    if known.bare_month:
        return True
    if known.cased and not text[part.start].isupper():
        return False
    before = tail(folded, part.start, spaceless=known.spaceless)
    return before.endswith((*known.before_month, *known.last_before)) or bool(known.last_after.match(folded, part.end))


def _is_day(part: Part, match: re.Match[str], kind: str, known: Words, text: str) -> bool:
    """Tell whether a name with a number and no year is a day: "May 5", not "may 5" nor "2 set"."""
    if part.year is not None or part.day is None:
        return True
    name, at = (match["m4"], match.start("m4")) if kind == "dm" else (match["m6"], match.start("m6"))
    if known.cased:
        return text[at].isupper()
    return name in known.long_months or match[0].endswith(".")


def _is_year(part: Part, known: Words, folded: str) -> bool:
    """Tell whether a number alone is a year, by what stands around it."""
    if part.year is None or part.year < EARLIEST_ALONE or known.counted.match(folded, part.end):
        return False
    before = folded[max(0, part.start - _WINDOW) : part.start]
    after = folded[part.end : part.end + 3]
    if known.spaceless:
        return before.endswith(("(", "（")) and after.startswith((")", "）"))
    if tail(folded, part.start).endswith(known.before_year) or known.after_year.match(folded, part.end):
        return True
    if before.endswith("(") and after.startswith((")", ",", ":")):
        return True
    if not before.rpartition("\n")[2].strip(" -*•") and re.match(r" ?[:-] ", after + " "):
        return True
    open_before, open_after = re.search(r"[^\W\d_][,.]? $|\n$|^$", before), re.match(r" [a-z]|[,.;:)]|$", after)
    return known.bare_year and bool(open_before and open_after)


def _weekday(part: Part, name: str, known: Words, folded: str) -> Part | None:
    before = tail(folded, part.start, spaceless=known.spaceless)
    if name in known.guarded and not (
        before.endswith(known.before_weekday) or known.after_weekday.match(folded, part.end)
    ):
        return None
    part.weekday = known.weekdays[name]
    part.last = before.endswith(known.last_before) or bool(known.last_after.match(folded, part.end))
    return part


def of_law(part: Part, folded: str, *, spaceless: bool) -> bool:
    """Tell whether a date is part of a law's name: "Ley Orgánica 3/2018, de 5 de diciembre"."""
    law = law_words()
    if spaceless or part.unit or part.weekday is not None:
        return folded.startswith(law.after, part.end)
    if folded.startswith(law.after, part.end):
        return True
    tokens = folded[max(0, part.start - 90) : part.start].split()
    for place, token in enumerate(reversed(tokens[-8:])):
        if token in law.links or _LAW_NUMBER.fullmatch(token.rstrip(",")):
            continue
        plain = token.rpartition("'")[2].strip('()[]"«»“”„')
        is_named = plain in law.words or plain.endswith(law.endings)
        return is_named or (place == 0 and part.month is None and plain in law.of_year)
    return False
