"""Numbers in running text, in digits and in words, with their scales: "1 250 000", "4,9 miliona", "1億2000万"."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

SPACE = r"(?:[^\S\n]{1,2}|[^\S\n]?\n(?![^\S\n]*\n)[^\S\n]?|[-‐‑])"
"""What parts two words of an amount: a space, one line break, a hyphen."""
_GROUPS = "[ \u00a0\u2007\u2009\u202f]"
_DIGITS = rf"\d{{1,3}}(?:{_GROUPS}\d{{3}}){{1,5}}+(?:[.,]\d{{1,2}})?(?!\d)(?![.,]\d)|\d++(?:[.,'’．，]\d++)*+"
_GROUP = re.compile(_GROUPS)
_ASCII = str.maketrans("．，’", ".,'")
_BY_APOSTROPHES = re.compile(r"\d{1,3}(?:'\d{3})+(?:[.,]\d{1,2})?")
_BY_THREES = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}")
_POINT_LANGUAGES = frozenset(("en", "ja", "ko", "zh"))
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LONGEST = 24  # tokens of one number, and digits of one token
_LARGEST = Decimal(10) ** 18  # no amount; the arithmetic is exact below it
_ORDER = ("6", "9", "12", "3", "5", "7", "8", "4", "2", "1")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number up to a place where it may end.

    `unit` is what one of its last stated digit is worth; `scaled` tells that a multiplier (thousand or more) gave it;
    `joined` tells that an "and" or digits without a scale of their own were taken in.
    """

    value: Decimal
    unit: Decimal
    scaled: bool
    times: Decimal
    start: int
    end: int
    digits: bool
    joined: bool


@dataclass(slots=True)
class _Entry:
    value: Decimal
    unit: Decimal
    room: Decimal  # what is added to it stays below
    scaled: bool = False
    times: Decimal = Decimal(1)
    raw: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    start: re.Pattern[str]
    number: re.Pattern[str]
    scale: re.Pattern[str]
    between: re.Pattern[str]
    before_scale: re.Pattern[str]
    half: re.Pattern[str]
    values: dict[str, Decimal]
    powers: tuple[Decimal, ...]
    glued: bool
    language: str


def starts(language: str) -> re.Pattern[str]:
    """Return the pattern of where a number may start."""
    return _words(language).start


def numerals(text: str, start: int, language: str) -> list[Numeral]:
    """Return the number that starts at a place, once for each place where it may end, the shortest first.

    >>> [(str(one.value), one.end) for one in numerals("2 milioni 565.650 euro", 0, "it")]
    [('2', 1), ('2000000', 9), ('2565650', 17)]
    >>> [str(numerals(words, 0, language)[-1].value) for words, language in (
    ...     ("zweihundertfünfzigtausend", "de"), ("half a million", "en"), ("1억 330만", "ko"), ("1,200", "de"))]
    ['250000', '500000', '103300000', '1200']
    """
    words = _words(language)
    stack: list[_Entry] = []
    found: list[Numeral] = []
    place, joined = start, False
    for _ in range(_LONGEST):
        before = len(stack)
        token = _token(text, place, words, stack)
        if token is None:
            break
        end, and_ = token
        spelt = before and len(stack) > before and text[start].isdigit() and not words.glued  # "R$ 10 mil um cliente"
        joined = joined or and_ or bool(spelt) or (len(stack) > 1 and stack[-1].raw is not None)
        place = end
        if (one := _numeral(stack, start, end, words.language, joined=joined)) and _may_end(text, end):
            found.append(one)
    gap = words.between.match(text, place)
    if joined and words.scale.match(text, gap.end() if gap else place):  # "70 thousand and 35 thousand": two numbers
        return [one for one in found if not one.joined]
    return found


def _may_end(text: str, end: int) -> bool:
    last, after = text[end - 1], text[end : end + 1]
    return not (last.isalpha() and after.isalnum()) or bool(_CJK.match(last))


def _token(text: str, place: int, words: _Words, stack: list[_Entry]) -> tuple[int, bool] | None:
    """Take the next word of a number onto the stack; return where it ends, and whether an "and" came before."""
    if not stack:
        match = words.number.match(text, place)
        return (match.end(), False) if match and _push(match, words, stack, reverse=False) else None
    if half := words.half.match(text, place):
        return (half.end(), False) if _add_half(stack) else None
    gap = words.between.match(text, place)
    spaced, and_ = (gap.end(), bool(gap["and"])) if gap else (place, False)
    before = words.before_scale.match(text, place)
    scale = None if and_ else words.scale.match(text, before.end() if before else spaced)
    if scale and _multiply(words.powers[_index(scale)], stack, words):
        return scale.end(), False
    if spaced == place and not words.glued and text[place - 1 : place].isalpha() and text[place : place + 1].isalpha():
        return None
    match = words.number.match(text, spaced)
    return (match.end(), and_) if match and _push(match, words, stack, reverse=and_) else None


def _add_half(stack: list[_Entry]) -> bool:
    """Add half of the last scale: "a million and a half"."""
    top = stack[-1]
    if top.raw is not None or top.unit != top.unit // 1:
        return False
    base = top.times if top.scaled else Decimal(1)
    stack[-1] = _Entry(top.value + base / 2, base / 10, Decimal(0), top.scaled, top.times)
    return True


def _index(match: re.Match[str]) -> int:
    return int((match.lastgroup or "g0")[1:])


def _push(match: re.Match[str], words: _Words, stack: list[_Entry], *, reverse: bool) -> bool:
    """Add a number to what stands: digits only after a scale, words where they fit ("twenty" + "five")."""
    top = stack[-1] if stack else None
    if match["digits"] is not None:
        return _push_digits(match["digits"], words.language, stack)
    value = words.values.get(re.sub(r"\s+", " ", match[0].lower()))
    if value is None:  # letters that are equal but for case, and have no case ("ſix")
        return False
    if value < 0:  # "hundred": times what stands, else one
        return _multiply(-value, stack, words) or _push_value(-value, stack)
    turned = reverse and words.language in {"de", "nl", "da"} and 20 <= value < 100
    if turned and top and top.raw is None and top.value < 10:
        stack[-1] = _Entry(top.value + value, Decimal(1), Decimal(0))  # "einundzwanzig"
        return True
    return _push_value(value, stack)


def _push_digits(raw: str, language: str, stack: list[_Entry]) -> bool:
    if len(raw) > _LONGEST or (stack and not stack[-1].scaled):
        return False
    if stack and stack[-1].unit < stack[-1].times:  # "1.2 million and 400,000": two numbers
        return False
    value = read_digits(raw, language, scaled=False)
    if stack and (value is None or value >= stack[-1].room):
        return False
    stack.append(_Entry(value or Decimal(0), Decimal(1), Decimal(0), raw=raw))
    return True


def _push_value(value: Decimal, stack: list[_Entry]) -> bool:
    if stack and (stack[-1].raw is not None or value >= stack[-1].room):
        return False
    room = Decimal(20) if value in {60, 80} else Decimal(1)  # "soixante et onze", "quatre-vingt-douze"
    unit = Decimal(1)
    if value >= 1000:
        unit = Decimal(10) ** (len(str(value)) - len(str(value).rstrip("0")))
        room = unit
    elif value % 100 == 0:
        room = Decimal(100)
    elif value % 10 == 0 and room == 1:
        room = Decimal(10)
    if value != value // 1:
        unit, room = Decimal("0.1"), Decimal(0)
    stack.append(_Entry(value, unit, room, scaled=value >= 1000, times=unit if value >= 1000 else Decimal(1)))
    return True


def _multiply(times: Decimal, stack: list[_Entry], words: _Words) -> bool:
    small: list[_Entry] = []
    while stack and (stack[-1].value < times or (not small and _is_factor(stack[-1], times))):
        small.insert(0, stack.pop())
    if not small:
        return False
    for one in small:
        if one.raw is not None:
            value = read_digits(one.raw, words.language, scaled=times >= 1000)
            if value is None:
                stack.extend(small)
                return False
            one.value, one.unit = value, Decimal(10) ** min(0, int(value.as_tuple().exponent))
    if stack and stack[-1].room < times:
        stack.extend(small)
        return False
    last = small[-1]
    scaled = times >= 1000 or last.scaled
    total = sum((one.value for one in small), Decimal(0))
    if stack and total * times >= stack[-1].room:
        stack.extend(small)
        return False
    stack.append(_Entry(total * times, last.unit * times, times, scaled, last.times * times))
    return True


def _is_factor(last: _Entry, times: Decimal) -> bool:
    """Tell whether a scale multiplies a number that is larger than it: "12000万", "1.000 mil millones"."""
    return last.raw is not None or (last.scaled and last.times < times)


def _numeral(stack: list[_Entry], start: int, end: int, language: str, *, joined: bool) -> Numeral | None:
    total = Decimal(0)
    for one in stack:
        value = one.value if one.raw is None else read_digits(one.raw, language, scaled=False)
        if value is None:
            return None
        total += value
    if total >= _LARGEST:
        return None
    last = stack[-1]
    total = total.quantize(Decimal(1)) if total == total // 1 else total
    return Numeral(total, last.unit, last.scaled, last.times, start, end, last.raw is not None, joined)


def read_digits(raw: str, language: str, *, scaled: bool) -> Decimal | None:
    """Return the value of digits with points and commas, None where they are not grouped as a number is.

    >>> [str(read_digits(raw, "de", scaled=False)) for raw in ("1.200", "1,20", "35.258.707,95", "17,500,00")]
    ['1200', '1.20', '35258707.95', 'None']
    >>> str(read_digits("1.200", "en", scaled=True)), str(read_digits("1.200", "es", scaled=True))
    ('1.200', '1200')
    """
    raw = _GROUP.sub("", raw).translate(_ASCII)
    if "'" in raw:
        grouped = _BY_APOSTROPHES.fullmatch(raw)
        return Decimal(raw.replace("'", "").replace(",", ".")) if grouped else None
    marks = [letter for letter in raw if letter in ".,"]
    if not marks:
        return Decimal(raw)
    if len(marks) > 1:
        return _grouped(raw, marks)
    whole, part = raw.split(marks[0])
    by_threes = len(part) == 3 and 0 < len(whole) <= 3 and whole[0] != "0"
    if by_threes and (not scaled or marks[0] == ("," if language in _POINT_LANGUAGES else ".")):
        return Decimal(whole + part)
    return Decimal(f"{whole}.{part}") if scaled or len(part) <= 2 else None


def _grouped(raw: str, marks: list[str]) -> Decimal | None:
    """Return the value of digits with several marks: groups of three, or as in India of two and a last one of three."""
    group, point = marks[0], marks[-1]
    if group == point:
        even = _BY_THREES.fullmatch(raw) if len(set(marks)) == 1 else None
        return Decimal(raw.replace(group, "")) if even else None
    whole, _, part = raw.rpartition(point)
    if point in whole or len(part) > 4 or not _BY_THREES.fullmatch(whole):
        return None
    return Decimal(f"{whole.replace(group, '')}.{part}")


@cache
def _tables() -> dict[str, dict[str, dict[str, Any]]]:
    tables: dict[str, dict[str, dict[str, Any]]] = tomllib.loads(
        Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    )
    return tables


@cache
def _words(language: str) -> _Words:
    tables = _tables()
    values: dict[str, Decimal] = {}
    numbers: dict[str, str] = tables["words"].get(language, {})
    for number, spellings in numbers.items():
        for spelling in spellings.split("|"):
            values[spelling.lower()] = -Decimal(number[1:]) if number[0] == "*" else Decimal(number)
    grammar = tables["grammar"].get(language, {})
    glued, unspaced = bool(grammar.get("glued")), language in {"ja", "ko", "zh"}
    and_, half, before = ("|".join(grammar.get(part) or ["(?!)"]) for part in ("and", "half", "scale_after"))
    spoken = _spoken(values)
    scales = _scales(language, rf"(?:(?!\w)|(?<=[^\W\d]{{3}})(?={spoken}))" if glued and not unspaced else r"(?!\w)")
    scale = "|".join(f"(?P<g{n}>{part})" for n, (_, part) in enumerate(scales))
    free = {"ja": "(?<![数幾何第])", "zh": "(?<![数數几幾第])", "ko": "(?<![가-힣])"}.get(language, r"(?<!\w)")
    return _Words(
        start=re.compile(rf"\d(?<!\d\d)(?<!\d[.,'’]\d)|{free}{spoken}", re.IGNORECASE),
        number=re.compile(rf"(?P<digits>{_DIGITS})|{spoken}", re.IGNORECASE),
        scale=re.compile(scale, re.IGNORECASE),
        between=re.compile(
            rf"(?:{SPACE}?(?P<and>{and_}){SPACE if not glued else SPACE + '?'})|{SPACE}(?P<none>)", re.IGNORECASE
        ),
        before_scale=re.compile(rf"{SPACE}(?:{before}){SPACE}", re.IGNORECASE),
        half=re.compile(rf"{SPACE}?(?:½|(?:{half})(?!\w))", re.IGNORECASE),
        values=values,
        powers=tuple(Decimal(10) ** int(power) for power, _ in scales),
        glued=glued,
        language=language,
    )


def _spoken(values: Iterable[str]) -> str:
    """Return the pattern of number words, by first letter: a place that begins no word is left at once."""
    by_first: dict[str, list[str]] = {}
    for one in sorted(values, key=len, reverse=True):
        by_first.setdefault(one[0], []).append(re.escape(one[1:]).replace(r"\ ", r"\s"))
    parts = (f"[{first}{first.upper()}](?:{'|'.join(rest)})" for first, rest in by_first.items())
    return f"(?:{'|'.join(parts)})" if by_first else "(?!)"


def _scales(language: str, edge: str) -> list[tuple[str, str]]:
    """Return the powers of ten with the patterns of their words: a language's own, Chinese letters, then all others."""
    tables = _tables()
    kinds = (
        (tables["scale_of"].get(language, {}), edge, ""),
        (tables["scale_of"]["cjk"], "", "[余餘多여]?"),  # "200余万": and some more
        (tables["scale"], edge, ""),
    )
    return [
        (power, rf"{more}(?:{'|'.join(table[power])}){after}")
        for table, after, more in kinds
        for power in _ORDER
        if power in table
    ]
