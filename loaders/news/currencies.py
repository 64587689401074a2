"""Currencies in running text: their signs, codes and words before or behind a number."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from loaders.news.numerals import SPACE

_HEAD = 18  # how far before a number its currency may start
_CLOSE = 80  # how far from an amount a country is that tells its currency
_SIGN = 9  # the longest sign, "U.S.D -$"
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LAST_WORD = re.compile(r"\$?[^\W\d_]+\.?\s*\Z")
_LINK = re.compile(rf"[余餘多여]?{SPACE}?(?:(?:de|di|of){SPACE}|d['’´`]{SPACE}?)?", re.IGNORECASE)
_PAIR = re.compile(r"[A-Z]{3}/\Z")  # "EUR/USD 1.08" is a rate
_END = r"(?:[^\S\n]{0,2}|\n)\Z"
_FAMILIES = {
    "?dollar": frozenset(("USD", "AUD", "CAD", "NZD", "HKD", "SGD", "TWD", "MXN")),
    "?yuan": frozenset(("CNY", "TWD", "HKD")),
    "?kr": frozenset(("SEK", "DKK", "NOK", "ISK", "CZK")),
    "?yen": frozenset(("JPY", "CNY")),
    "?peso": frozenset(("MXN", "COP", "ARS", "CLP", "PHP")),
    "?fr": frozenset(("CHF",)),
}
"""The currencies that a word of several countries may mean; `money.toml` marks such a word with "?"."""


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency's words in a text: a code, or "?word" where several countries have it.

    `weak` words name money only beside a large number, `scaled` ones only beside one with a scale; `power` is the
    power of ten that is grown together with them ("MSEK").
    """

    code: str
    start: int
    end: int
    weak: bool = False
    scaled: bool = False
    power: int = 0


class _Table:
    """Alternatives in the order in which they are tried, compiled by the letter that they begin with."""

    def __init__(self, parts: Iterable[tuple[str, str]], end: str = "") -> None:
        self._end = end
        self._by_first: dict[str, list[tuple[str, str]]] = {}
        self._patterns: dict[str, tuple[re.Pattern[str], tuple[str, ...]]] = {}
        for name, pattern in parts:
            for letter in firsts(pattern):
                self._by_first.setdefault(letter, []).append((name, pattern))

    def match(self, text: str, start: int, end: int) -> tuple[str, re.Match[str]] | None:
        """Return the name and the match of the first alternative that stands at a place."""
        letter = text[start : start + 1].lower()
        if letter not in self._by_first:
            return None
        if letter not in self._patterns:
            parts = self._by_first[letter]
            self._patterns[letter] = _compiled(parts, self._end), tuple(name for name, _ in parts)
        pattern, names = self._patterns[letter]
        found = pattern.match(text, start, end)
        return (names[_index(found)], found) if found else None


@dataclass(frozen=True, slots=True, eq=False)
class _Signs:
    pattern: re.Pattern[str]
    names: tuple[str, ...]

    def search(self, text: str, start: int, end: int) -> tuple[str, re.Match[str]] | None:
        found = self.pattern.search(text, start, end)
        return (self.names[_index(found)], found) if found else None


@dataclass(frozen=True, slots=True, eq=False)
class _Currencies:
    signs: _Signs
    unspaced: _Signs
    words: _Table
    after: _Table


def before(text: str, floor: int, start: int) -> Currency | None:
    """Return the currency that ends where a number starts; it starts at `floor` or later."""
    floor = max(floor, start - _HEAD)
    head = text[floor:start]
    bare = head.rstrip()
    last, end = bare[-1:], floor + len(bare)
    known, found = _currencies(), None
    if not last:
        return None
    if unicodedata.category(last) == "Sc" or last in "¬;":
        found = known.signs.search(text, max(floor, end - _SIGN), start)
    elif _UNSPACED.match(last):
        found = known.unspaced.search(text, max(floor, end - _SIGN), start)
    elif (last == "." or last.isalpha()) and (word := _LAST_WORD.search(head)):
        found = known.words.match(text, floor + word.start(), start)
        if found is None and "$" in head:
            found = known.signs.search(text, max(floor, end - _SIGN), start)
    if found is None:
        return None
    name, match = found
    if _PAIR.search(text, max(floor, match.start() - 4), match.start()):
        return None
    return Currency(name.lstrip("~!"), match.start(), match.end(), weak=name[0] == "~", scaled=name[0] == "!")


def after(text: str, place: int) -> Currency | None:
    """Return the currency that starts where a number ends, with what links the two.

    >>> [(one.code, one.end, one.power) for one in (after("5 milioane de lei", 10), after("12 MSEK", 2)) if one]
    [('RON', 17, 0), ('SEK', 7, 6)]
    """
    link = _LINK.match(text, place)
    found = _currencies().after.match(text, link.end() if link else place, len(text))
    if found is None:
        return None
    name, match = found
    power, _, code = name.lstrip("~").rpartition(" ")
    return Currency(code, place, match.end(), weak=name[0] == "~", power=int(power or 0))


def agreed(one: str, other: str) -> str | None:
    """Return the more exact of two names of one currency, None if they are two.

    >>> agreed("?dollar", "CAD"), agreed("TWD", "?yuan"), agreed("EUR", "USD")
    ('CAD', 'TWD', None)
    """
    if one == "?dollar" and (other == "?peso" or other in _FAMILIES["?peso"]):
        return other  # "$ 1.000.000 pesos"
    if one == other or one in _FAMILIES.get(other, ()):
        return one
    return other if other in _FAMILIES.get(one, ()) else None


def meaning(currency: str | None, text: str, language: str, dollar: str | None) -> str | None:
    """Return the code of a currency; for a word of several countries as the language or the text tells."""
    if currency is None or currency[0] != "?":
        return currency
    if currency == "?dollar":
        return dollar or "USD"
    by_language = tables()["meaning"].get(currency, {})
    if language in by_language:
        return str(by_language[language])
    said = [code for code, hint in tables()["hint"].get(currency, {}).items() if re.search(hint, text)]
    return said[0] if len(said) == 1 else by_language.get("*")


def meaning_near(currency: str, text: str, start: int, end: int) -> str | None:
    r"""Return the code of a word of several countries by the one country that the same line speaks of close by.

    >>> meaning_near("?kr", "Oslo: NOK 5\nThe Danish firm paid 2 kroner", 34, 42)
    'DKK'
    """
    head = text[max(0, start - _CLOSE) : start].rpartition("\n")[2]
    near = head + text[start : end + _CLOSE].partition("\n")[0]
    said = [code for code, hint in tables()["hint"].get(currency, {}).items() if re.search(hint, near)]
    return said[0] if len(said) == 1 else None


@cache
def tables() -> dict[str, dict[str, dict[str, str]]]:
    """Return what `money.toml` holds."""
    read: dict[str, dict[str, dict[str, str]]] = tomllib.loads(
        Path(__file__).with_name("money.toml").read_text(encoding="utf-8")
    )
    return read


def firsts(pattern: str) -> frozenset[str]:
    r"""Return the letters that a match of a pattern may begin with, in lower case.

    >>> sorted(firsts(r"(?:US|\$)A|(?<!x)B")), sorted(firsts("(?:new )?[KL]?won")), sorted(firsts("(?-i:(?:Md?|T)Ft)"))
    (['$', 'b', 'u'], ['k', 'l', 'n', 'w'], ['m', 't'])
    """
    found: set[str] = set()
    for one in _alternatives(pattern):
        place = 0
        while place < len(one):
            atom = _atom(one, place)
            body = one[place:atom]
            place = atom
            if body.startswith(("(?!", "(?=", "(?<")):
                continue
            if body[0] == "(":
                found |= firsts(body[body.index(":") + 1 : -1])
            else:
                found |= set(body.strip("[]").lower() if body[0] == "[" else body[-1].lower())
            if one[place : place + 1] not in {"?", "*"}:
                break
            place += 1
    return frozenset(found)


def _atom(pattern: str, start: int) -> int:
    """Return where the group, set, escape or letter ends that starts at a place of a pattern."""
    if pattern[start] == "\\":
        return start + 2
    if pattern[start] == "[":
        return pattern.index("]", start) + 1
    if pattern[start] != "(":
        return start + 1
    place = start + 1
    while pattern[place] != ")":
        place = _atom(pattern, place)
    return place + 1


def _alternatives(pattern: str) -> list[str]:
    parts, start, place = [], 0, 0
    while place < len(pattern):
        if pattern[place] == "|":
            parts.append(pattern[start:place])
            start = place + 1
        place = _atom(pattern, place)
    return [*parts, pattern[start:]]


def _compiled(parts: Iterable[tuple[str, str]], end: str = "") -> re.Pattern[str]:
    grouped = "|".join(f"(?P<g{n}>{part})" for n, (_, part) in enumerate(parts))
    return re.compile(f"(?:{grouped}){end}", re.IGNORECASE)


def _index(match: re.Match[str]) -> int:
    return int((match.lastgroup or "g0")[1:])


@cache
def _currencies() -> _Currencies:
    known = tables()
    signs = [(name, _lettered(one)) for name, some in known["sign"].items() for one in some]
    codes = [
        (code if name == "plain" else name, f"(?-i:{code})") for name, some in known["code"].items() for code in some
    ]
    words = [(name if name[0] == "!" else f"~{name}", one) for name, some in known["before"].items() for one in some]
    spaced = [(name, rf"(?<![^\W_])(?:{one})") for name, one in codes + words if not _UNSPACED.search(one)]
    unspaced = [(name.lstrip("~"), one) for name, one in words if _UNSPACED.search(one)]
    after = [(name, rf"(?:{one})(?!\w)") for name, some in known["joined"].items() for one in some]
    after += signs
    for name, some in known["after"].items():
        marked = [("~" if one.startswith("~") else "", one.lstrip("~")) for one in some]
        marked.sort(key=lambda one: (one[0], bool(_UNSPACED.search(one[1]))))
        after += [(weak + name, one if _UNSPACED.search(one) else rf"(?:{one})(?!\w)") for weak, one in marked]
    after += [(name, rf"{one}(?!\w)") for name, one in codes]
    return _Currencies(
        signs=_Signs(_compiled(signs, _END), tuple(name for name, _ in signs)),
        unspaced=_Signs(_compiled(unspaced, _END), tuple(name for name, _ in unspaced)),
        words=_Table(spaced, _END),
        after=_Table(after),
    )


def _lettered(sign: str) -> str:
    """Return a sign that begins with letters as one in just these capitals, at the head of a word."""
    return rf"(?-i:(?<![^\W\d_]){sign})" if sign[0].isalpha() and sign.isascii() and sign[0] != "&" else sign
