"""The words of dates in one language, as patterns: CLDR's names of months and days, and what dates.toml adds."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from babel import Locale

SPACELESS = frozenset(("ja", "ko", "zh"))
_ENGLISH_TOO = SPACELESS | {"el"}  # languages in another script, whose pages give English dates as well
_WORD = re.compile(r"\w+")
_WINDOW = 30
UNITS = ("day", "week", "month", "year")
# The phrases for a time that the page's date fixes: their unit, and how many of it back.
RELATIVE = MappingProxyType({
    "today": ("day", 0), "yesterday": ("day", 1), "before_yesterday": ("day", 2), "this_week": ("week", 0),
    "last_week": ("week", 1), "this_month": ("month", 0), "last_month": ("month", 1), "this_year": ("year", 0),
    "last_year": ("year", 1), "before_last_year": ("year", 2), "same_year": ("same", 0),
})  # fmt: skip


class _Folds(dict[int, int]):
    """Every character's plain one: lower case, no accent, usual space, dash and apostrophe; lengths are kept."""

    def __missing__(self, point: int) -> int:
        char = chr(point)
        if 0xFF01 <= point <= 0xFF5E:  # the full-width forms of ASCII
            char = chr(point - 0xFEE0)
        elif point < 0x2000:  # accents of Latin and Greek; kana and Hangul must not fall apart
            char = unicodedata.normalize("NFD", char)[0]
        elif unicodedata.category(char) == "Pd":
            char = "-"
        if char.isspace() and char != "\n":
            char = " "
        lower = char.lower()
        char = {"’": "'", "ʼ": "'", "ς": "σ", "−": "-", "〜": "-", "～": "-"}.get(lower, lower)
        self[point] = ord(char) if len(char) == 1 else point
        return self[point]


_FOLDS = _Folds()


def fold(text: str) -> str:
    """Return a text of the same length without case and accents.

    >>> fold("Φεβρουαρίου’ É1º 令和２"), len(fold("İıß\u00a0x"))
    ("φεβρουαριου' e1º 令和2", 5)
    """
    return text.translate(_FOLDS)


@dataclass(frozen=True, slots=True)
class Words:
    """What a language's dates are read with. The patterns are for folded text."""

    pattern: re.Pattern[str]
    months: Mapping[str, int]
    long_months: frozenset[str]
    weekdays: Mapping[str, int]
    guarded: frozenset[str]
    numbers: Mapping[str, int]
    before_month: tuple[str, ...]
    before_year: tuple[str, ...]
    after_year: re.Pattern[str]
    before_weekday: tuple[str, ...]
    after_weekday: re.Pattern[str]
    last_before: tuple[str, ...]
    last_after: re.Pattern[str]
    future: tuple[str, ...]
    counted: re.Pattern[str]
    between: re.Pattern[str]
    join: re.Pattern[str]
    label: re.Pattern[str]
    month_first: bool
    bare_year: bool
    bare_month: bool
    cased: bool
    unsure_order: bool
    spaceless: bool


@dataclass(frozen=True, slots=True)
class Law:
    """What shows that a date belongs to the name of a law."""

    words: frozenset[str]
    endings: tuple[str, ...]
    of_year: frozenset[str]
    after: tuple[str, ...]
    links: frozenset[str]


@cache
def _lexicon() -> Mapping[str, Any]:
    return tomllib.loads((files(__package__) / "dates.toml").read_text("utf-8"))


@cache
def law_words() -> Law:
    """Return what shows that a date is a law's."""
    shared = {key: [fold(one) for one in value] for key, value in _lexicon()["shared"].items()}
    return Law(
        frozenset(one for one in shared["law"] if one[0] != "*"),
        tuple(one[1:] for one in shared["law"] if one[0] == "*"),
        frozenset(shared["law_of_year"]), tuple(shared["law_after"]), frozenset(shared["law_link"]),
    )  # fmt: skip


@cache
def words(language: str) -> Words:
    """Return the words of a language by its ISO 639-1 code; another language's are English."""
    code = language[:2].lower()
    return _words(code if code in _lexicon() else "en")


@cache
def _words(code: str) -> Words:
    entry = _lexicon()[code]
    spaceless = code in SPACELESS
    months, long_months = _months(code, entry)
    weekdays = _weekdays(code, entry)
    numbers = {fold(word): int(n) for n, every in entry["numbers"].items() for word in every}
    guard = entry.get("weekday_guard", {"words": [], "before": [], "after": "(?!)"})
    links = _any([*entry["of"], *entry.get("before_month", [])])
    return Words(
        pattern=re.compile(
            _pattern(entry, months, weekdays, numbers, spaceless=spaceless, month_first=_month_first(code, entry))
        ),
        months=MappingProxyType(months),
        long_months=long_months,
        weekdays=MappingProxyType(weekdays),
        guarded=frozenset(guard["words"]),
        numbers=MappingProxyType(numbers),
        before_month=_behind(entry.get("before_month", [])),
        before_year=_behind(entry.get("before_year", [])),
        after_year=re.compile(rf" ?(?:{_any(entry.get('after_year', []))})(?![^\W_])"),
        before_weekday=_behind(guard["before"]),
        after_weekday=re.compile(guard["after"]),
        last_before=_behind(entry["last"], spaceless=spaceless),
        last_after=re.compile(rf"[ ,]{{0,2}}(?:{_any(entry['last'])})(?!\w)"),
        future=_behind(entry["future"], spaceless=spaceless),
        counted=re.compile(rf" (?:{_gapped(entry.get('counted', '(?!)'))})\w{{0,2}}(?!\w)| ?[%€$£]"),
        between=re.compile(rf"[ \n,(']*(?:(?:{links})[ \n,']*){{0,3}}"),
        join=re.compile(rf" ?(?:{_any(entry['join'])}|-)(?: (?:{links}|the|den|dem|le|el|il|la|as|o|τις))?[ ]*"),
        label=re.compile(rf"(?:{_any(entry['label'])}) ?:?(?!\w)"),
        month_first=_month_first(code, entry),
        bare_year=entry.get("bare_year", False),
        bare_month=entry.get("bare_month", spaceless),
        cased=code in {"en", "de"},
        unsure_order=spaceless or code == "en",
        spaceless=spaceless,
    )


def _month_first(code: str, entry: Mapping[str, Any]) -> bool:
    return bool(entry.get("month_first")) or code in _ENGLISH_TOO


def _gapped(phrase: str) -> str:
    """Return a folded phrase as a pattern in which a space is any gap."""
    return fold(phrase).replace(" ?", "[ \\n]?").replace(" ", "[ \\n]{1,2}").replace("[[ \\n]{1,2}\\n]", "[ \\n]")


def _any(phrases: Iterable[str]) -> str:
    """Return a pattern for any of the phrases, the longer first; one that matches nothing where there are none."""
    return "|".join(_gapped(one) for one in sorted(set(phrases), key=len, reverse=True)) or "(?!)"


def _behind(phrases: Iterable[str], *, spaceless: bool = False) -> tuple[str, ...]:
    """Return the ends of what `tail` gives before a date."""
    return tuple(("" if spaceless else " ") + " ".join(_WORD.findall(fold(one))) for one in phrases)


def tail(folded: str, start: int, *, spaceless: bool = False) -> str:
    """Return the last three words before a place, "" where more than a gap lies between.

    >>> tail("la décision d'octobre", 14), tail("as of now, october", 11)
    (' la décision d', '')
    """
    before = folded[max(0, start - _WINDOW) : start]
    rest = before.rstrip(" \n'-")
    if len(before) - len(rest) > 2:
        return ""
    if spaceless:
        return rest
    last = rest[-1:]
    if not (last.isalnum() or (last == "." and rest[-3:-2] == " ")):
        return ""
    return " " + " ".join(_WORD.findall(rest)[-3:])


def _names(names: Iterable[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(names, key=len, reverse=True)) or "(?!)"


def _months(code: str, entry: Mapping[str, Any]) -> tuple[dict[str, int], frozenset[str]]:
    """Return every name of a month with its number, and the names that are no abbreviations."""
    found: dict[str, int] = {}
    full: set[str] = set()
    for each in {code, "en"} - SPACELESS if code in _ENGLISH_TOO else {code}:
        for context in Locale.parse(each).months.values():
            for width in ("wide", "abbreviated"):
                names = {fold(name).rstrip("."): number for number, name in context[width].items()}
                found |= names
                if width == "wide" and each == code:
                    full |= set(names)
    for number, more in enumerate(entry.get("months", []), 1):
        names = {fold(name): number for name in more.split("|") if name}
        found |= names
        full |= {name for name in names if len(name) > 4 or code == "el"}
    return found, frozenset(full)


def _weekdays(code: str, entry: Mapping[str, Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for context in Locale.parse(code).days.values():
        for width in ("wide", "abbreviated") if code == "zh" else ("wide",):
            found |= {fold(name): number for number, name in context[width].items()}
    for number, more in enumerate(entry.get("weekdays", [])):
        found |= {fold(name): number for name in more.split("|") if name}
    return found


_YEAR = "(?:19[7-9]|20[0-9])[0-9]"
_MONTH = "(?:1[0-2]|0?[1-9])"
_DAY = "(?:3[01]|[12][0-9]|0?[1-9])"
_GAP = r"(?: ?\n ?| {1,2})"
_END = r"(?![0-9]|[/-][0-9]|[.,][0-9])"
_ISO = rf"(?P<iso>(?P<y1>{_YEAR})(?P<s1>\. ?|[-/])(?P<m1>{_MONTH})(?P=s1)(?P<d1>{_DAY})(?![0-9]|[/-][0-9]|\.[0-9]))"
_PARTS = (
    rf"(?P<parts>(?P<a2>{_DAY})(?P<s2>\. ?|[-/])(?P<b2>{_DAY})(?P=s2)"
    rf"(?:(?P<y2>{_YEAR})|(?<=[0-9][0-9][./])(?P<yy2>[0-9]{{2}})|(?<=/)(?P<yz2>[0-9]{{2}})){_END}(?![a-z]))"
)
_YMD = (
    rf"(?P<ymd>(?P<y8>{_YEAR}|[0-9]{{2}}(?=[年년] ?[0-9]{{1,2}} ?[月월])) ?[年년](?![度間간间])"
    r"(?: ?(?P<m8>[0-9]{1,2}) ?[月월](?: ?(?P<d8>[0-9]{1,2}) ?[日일號号])?)?)"
)
_MD = r"(?P<md>(?P<m9>[0-9]{1,2}) ?[月월](?!期)(?: ?(?P<d9>[0-9]{1,2}) ?[日일號号])?)"
_LONE = r"(?P<lone>(?P<d10>[0-9]{1,2})[日일號号](?! ?(?:NOT)))"
_REIGN = (
    r"(?P<reign>(?P<era>令和|平成|昭和) ?(?P<ey>元|[0-9]{1,2})年"
    r"(?: ?(?P<em>[0-9]{1,2})月(?: ?(?P<ed>[0-9]{1,2})日)?)?)"
)
_KANJI = (
    r"(?P<kanji>(?P<ky>[一二][〇零一二三四五六七八九]{3})年(?:(?P<km>[一二三四五六七八九十]{1,2})月"
    r"(?:(?P<kd>[一二三四五六七八九十]{1,3})日)?)?)"
)


def _pattern(
    entry: Mapping[str, Any], months: Mapping[str, int], weekdays: Mapping[str, int], numbers: Mapping[str, int],
    *, spaceless: bool, month_first: bool,
) -> str:  # fmt: skip
    """Return the pattern of all dates of a language; the last group to close names the kind of date."""
    own, other = ("a-z0-9_第", r"(?<![a-z])") if spaceless else (r"\w", r"(?<!\w)")
    before = rf"(?<![{own}/$€£¥₩#-])(?<![0-9][.,:])"
    ago_digits, ago_words = _ago(entry, numbers)
    phrases = [
        rf"(?P<{kind}>{_any(entry[kind])})" for kind in RELATIVE if kind in entry
    ] + [rf"(?P<weekday>{_names(weekdays)})"]  # fmt: skip
    east = [_YMD, _MD, _LONE.replace("NOT", fold(entry["day_not"]))] if spaceless else []
    digits = [
        *ago_digits, _ISO, _PARTS, *east, *_days_and_months(entry, months, spaceless=spaceless),
        rf"(?P<year>(?P<y5>{_YEAR}){_END}(?![a-z]))",
    ]  # fmt: skip
    letters = [*((_REIGN, _KANJI) if spaceless else ()), *ago_words, *phrases]
    right = "" if spaceless else r"(?!\w)"
    named = _months_first(entry, months, spaceless=spaceless, month_first=month_first)
    return (
        rf"(?=[0-9]){before}(?:{'|'.join(digits)})"
        rf"|(?![\s0-9]){other}(?:{named}|(?:{'|'.join(letters)}){right})"
    )


def _affixes(entry: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return the patterns of what follows a month, of what follows a day, and of the gap before a year."""
    ending = rf"(?:{fold(entry['month_ending'])})?" if "month_ending" in entry else ""
    ordinal = rf"(?:{_gapped(entry['ordinal'])})?" if entry.get("ordinal") else ""
    gap = "(?!)" if entry.get("year_first") else rf"(?:,?{_GAP}(?:(?:{_any(entry['of'])}){_GAP})?|[/-])"
    return rf"{ending}(?!\w)\.?", ordinal, gap


def _days_and_months(entry: Mapping[str, Any], months: Mapping[str, int], *, spaceless: bool) -> Iterable[str]:
    """Yield "17 October 2022", "17.-18. Oktober", "2022. október 17."."""
    after_month, ordinal, gap = _affixes(entry)
    if spaceless:
        after_month = r"(?![a-z0-9])\.?"
    name = _names(months)
    links = _any(entry["of"])
    if entry.get("year_first"):
        yield (
            rf"(?P<ynd>(?P<y3>{_YEAR})\.?{_GAP}(?P<m3>{name}){after_month}"
            rf"(?:{_GAP}(?P<d3>{_DAY})(?![0-9]|[.,:][0-9]){ordinal})?)"
        )
    joins = _any([one for one in entry["join"] if " " not in one])
    yield (
        rf"(?P<dm>(?:(?P<f4>{_DAY}){ordinal} ?(?:-|(?:{joins})(?= )) ?)?(?P<d4>{_DAY}){ordinal}"
        rf"(?:{_GAP}(?:(?:{links}){_GAP})?|[/-])(?P<m4>{name}){after_month}(?:{gap}(?P<y4>{_YEAR}){_END})?)"
    )


def _months_first(entry: Mapping[str, Any], months: Mapping[str, int], *, spaceless: bool, month_first: bool) -> str:
    """Return the pattern of "October 17, 2022", "Oct 172022", "October 2022" and "October"."""
    after_month, ordinal, gap = _affixes(entry)
    if spaceless:
        after_month = r"(?![a-z])\.?"
    day = (
        rf"{_GAP}(?:(?P<g6>[0-9]{{5,6}})(?![0-9])|(?P<d6>{_DAY})(?![0-9]|[.,:][0-9]| ?%){ordinal}"
        rf"(?:{gap}(?P<y6>{_YEAR}){_END})?)"
        if month_first
        else "(?!)"
    )
    return rf"(?P<nd>(?P<m6>{_names(months)}){after_month}(?:{gap}(?P<y7>{_YEAR}){_END}|{day})?)"


def _ago(entry: Mapping[str, Any], numbers: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """Return the patterns of "2 years ago": those that may begin with digits, and those that begin with letters."""
    digits: list[str] = []
    letters: list[str] = []
    for unit in UNITS:
        unit_words = "(?:" + "|".join(_gapped(one) for one in sorted(entry["units"][unit], key=len, reverse=True)) + ")"
        for place, template in enumerate(entry["ago"]):
            before, behind = template.split("{n}")
            after = _gapped(behind.replace("{unit}", "\0")).replace("\0", unit_words)
            for into, number in ((digits, "[0-9]{1,2}"), (letters, _names(numbers))):
                target = letters if before else into
                name = f"{unit}_{place}_{'d' if into is digits else 'w'}"
                target.append(rf"(?P<ago_{name}>{_gapped(before)}(?P<n_{name}>{number}){after})")
    return digits, letters
