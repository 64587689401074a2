"""Amounts of money in running text, as intervals: half a unit of the last digit that is stated."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from loaders.news import currencies
from loaders.news.currencies import Currency
from loaders.news.numerals import Numeral, numerals, starts
from loaders.news.sentences import sentences

_YEAR = re.compile(r"(?:19|20)\d\d")
_LETTER = re.compile("[^\\W\\d_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DASHES = re.compile(r"(?:[.,][-–—]{1,2}(?!\d)|:-(?!\d))")
_BRACKETED = re.compile(r"[^\S\n]?\(([^()\n]{1,80})\)")
_OPENED = re.compile(r"[^\S\n]?[(\[（]\s?(?:i\.?e\.?,? |also )?")
_EQUALS = re.compile(r"\s*[=≈]\s*")
_TO_UNIT = re.compile(
    r"\s?(?:per|to the|against the|to one) (?:US |U\.S\. )?(?:dollar|euro|pound|yen|won|yuan)\b", re.IGNORECASE
)
_TO = re.compile(r"\s?(?:[-–—~〜～]|to|bis(?: zu)?|à|a|tot|till|até|al?|do|la|έως|ως|から|至|到)\s?", re.IGNORECASE)
_AND = re.compile(r"\s(?:and|et|und|y|e|en|och|og|i|a|és|și|şi|και)\s", re.IGNORECASE)
_OR = re.compile(r"\s(?:or|ou|oder|o|of|eller|lub|vagy|sau|ή)\s", re.IGNORECASE)
_DIGIT = re.compile(r"\s?\d")
_COMMA = re.compile(r",\s")
_BETWEEN = re.compile(
    r"\b(?:between|entre|zwischen|tra|fra|tussen|między|mellan|mellem|mellom|între|intre|μεταξύ)\s(?:\S{1,4}\s?)?$",
    re.IGNORECASE,
)
_BETWEEN_AFTER = re.compile(r"\sköz(?:ött|é)", re.IGNORECASE)
_LISTED = re.compile(
    r"\b(?:of|totalling|de|von|zu|über|di|da|per|van|på|om|po|av|ύψους)\s(?:\d[\d.,]*,\s){0,6}$", re.IGNORECASE
)
_LARGE = 10**9  # a number that no scale follows
_GAP = 12  # characters between two numbers that share a currency
_FAR, _NEAR = 200, 30  # characters from an amount to one that leaves its currency out
_CLUE = 40  # how far before a number the words are that lead to it


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as words, as an interval, and where it stands. `currency` is None where none is said.

    `value` is what the words state ("5.2 million" is 5200000), None where they are vague. `elided` tells that they
    leave the currency out: it is the one of the amount before them.
    """

    words: str
    least: Decimal
    most: Decimal
    currency: str | None
    start: int
    end: int
    vague: bool = False
    value: Decimal | None = None
    elided: bool = False


@dataclass(frozen=True, slots=True)
class _Reading:
    """A number of the text, with its currency if it has one, and the side on which that stands."""

    number: Numeral
    start: int
    end: int
    currency: str | None = None
    money: bool = False
    before: bool = False
    elided: bool = False


def amounts(text: str, language: str = "en", dollar: str | None = None) -> Iterator[Amount]:
    """Yield the amounts of a text in order; a bare "$" is USD, or the `dollar` that the caller knows.

    >>> [(str(a.least), str(a.most), a.currency) for a in amounts("a $22M sanction, then €5.2 million")]
    [('21500000', '22500000', 'USD'), ('5150000', '5250000', 'EUR')]
    >>> [(a.words, a.currency) for a in amounts("several tens of millions in total fines")]
    [('several tens of millions', None)]
    >>> [(a.words, str(a.value)) for a in amounts("entre 5 et 10 millions d’euros", "fr")]
    [('5', '5000000'), ('10 millions d’euros', '10000000')]
    >>> [(a.words, a.currency, a.elided) for a in amounts("€10 million and 5 million respectively")]
    [('€10 million', 'EUR', False), ('5 million', 'EUR', True)]
    """
    readings = _elided(text, _without_rates(text, _siblings(text, list(_readings(text, language)))), language)
    stated = {one.currency for one in readings if one.money}
    codes = {name: currencies.meaning(name, text, language, dollar) for name in stated}
    found = [_amount(text, one, codes[one.currency]) for one in readings if one.money]
    found = [one for n, one in enumerate(found) if not (n and _repeats(text, found[n - 1], one))]
    yield from _merged(found, _vague(text, language, dollar))


def _merged(found: list[Amount], vague: Iterable[Amount]) -> Iterator[Amount]:
    """Yield amounts in order, the vague ones where no other stands."""
    place = end = 0
    for one in vague:
        while place < len(found) and found[place].start < one.end:
            end = found[place].end
            yield found[place]
            place += 1
        if end <= one.start:
            end = one.end
            yield one
    yield from found[place:]


def _readings(text: str, language: str) -> Iterator[_Reading]:
    place, taken = 0, 0
    start = starts(language)
    while match := start.search(text, place):
        ends = numerals(text, match.start(), language)
        one = _read(text, ends, taken) if ends else None
        if one:
            taken = one.end if one.money else taken
            yield one
            place = max(one.end, match.end())
        else:
            place = max(ends[-1].end if ends else 0, match.end())


def _read(text: str, ends: list[Numeral], taken: int) -> _Reading | None:
    """Return the number with its currency, without one if there is none; None where it is no number of its own."""
    start = ends[0].start
    ahead = currencies.before(text, taken, start)
    if ahead and (found := _with_currency_before(text, ends, ahead)):
        return found
    if start and _LETTER.match(text[start - 1]):
        return None
    for one in reversed(ends):
        if found := _with_currency_after(text, one):
            return found
    last = ends[-1]
    return None if _LETTER.match(text[last.end : last.end + 1]) else _Reading(last, start, last.end)


def _with_currency_before(text: str, ends: list[Numeral], ahead: Currency) -> _Reading | None:
    one = next((n for n in reversed(ends) if not n.joined), ends[0])
    if (ahead.weak or ahead.scaled) and not _for_word(text, one, ahead):
        return None
    if _LETTER.match(text[one.end : one.end + 1]):
        return None
    end, currency = one.end, ahead.code
    if dashes := _DASHES.match(text, end):
        end = dashes.end()
    behind = currencies.after(text, end)
    exact = currencies.agreed(currency, behind.code) if behind else None
    if behind and exact and not text[behind.end : behind.end + 1].isdigit():
        currency, end = exact, behind.end
    return _Reading(one, ahead.start, end, currency, money=True, before=True)


def _for_word(text: str, one: Numeral, ahead: Currency) -> bool:
    """Tell whether a number goes with a currency's word before it: "euro 2.8 milioni", not "Euro 6" or "Euro 2024"."""
    return one.scaled or (ahead.weak and one.value >= 100 and not _YEAR.fullmatch(text[one.start : one.end]))


def _with_currency_after(text: str, one: Numeral) -> _Reading | None:
    spoken = text[one.start : one.end]
    if len(spoken) == 1 and not one.scaled and _UNSPACED.match(spoken):
        return None  # a letter of a Chinese, Japanese or Korean word
    places = [one.end]
    if dashes := _DASHES.match(text, one.end):
        places.insert(0, dashes.end())
    if (bracket := _BRACKETED.match(text, one.end)) and _same_number(bracket, one):
        places.append(bracket.end())
    for place in places:
        behind = currencies.after(text, place)
        if behind is None or (behind.power and (one.scaled or one.value >= _LARGE)) or not _belongs(text, one, behind):
            continue
        if behind.power:
            times = Decimal(10) ** behind.power
            one = replace(one, value=one.value * times, unit=_unit(spoken) * times, scaled=True, times=times)
        return _Reading(one, one.start, behind.end, behind.code, money=True)
    return None


def _belongs(text: str, one: Numeral, behind: Currency) -> bool:
    """Tell whether a currency belongs to the number before it: not to the next one ("5 million users. €3")."""
    bare = one.value < 1000 and not one.scaled
    if behind.weak and bare:
        return False
    follows = _DIGIT.match(text, behind.end)
    if follows is None:
        return True
    year = _YEAR.fullmatch(text[one.start : one.end])
    return not (len(follows[0]) == 1 or bare or year or "\n" in text[behind.start : behind.end])


def _unit(digits: str) -> Decimal:
    point = re.search(r"[.,](\d+)$", digits)
    return Decimal(10) ** -len(point[1]) if point and len(point[1]) < 3 else Decimal(1)


def _same_number(bracket: re.Match[str], one: Numeral) -> bool:
    inner = bracket[1].strip()
    return any(again.value == one.value for again in numerals(inner, 0, "de")) if inner[:1].isdigit() else True


def _siblings(text: str, found: list[_Reading]) -> list[_Reading]:
    """Return the numbers with those made amounts that share a currency: "between 5 and 10 million euros".

    From the last to the first: in "10, 20 and 30 million euros" each number takes after the next one.
    """
    for n in range(len(found) - 2, -1, -1):
        first, second = found[n], found[n + 1]
        if second.start - first.end <= _GAP and (first.money or second.money):
            found[n : n + 2] = _pair(text, first, second)
    return found


def _pair(text: str, first: _Reading, second: _Reading) -> tuple[_Reading, _Reading]:
    gap = text[first.end : second.start]
    before = text[max(0, first.start - _CLUE) : first.start]
    range_ = bool(_TO.fullmatch(gap)) or (
        bool(_AND.fullmatch(gap)) and bool(_BETWEEN.search(before) or _BETWEEN_AFTER.match(text, second.end))
    )
    scaled = _scaled_as(first, second)
    if not range_ and not _OR.fullmatch(gap):
        listed = (_AND.fullmatch(gap) or _COMMA.fullmatch(gap)) and _LISTED.search(before)
        return (_listed(text, first, second, scaled) if listed else first), second
    if not _is_smaller(first, second):
        scaled = None
    if first.money:
        return _shared_ahead(first, second, scaled, range_=range_)
    return _shared_back(text, first, second, scaled, range_=range_), second


def _listed(text: str, first: _Reading, second: _Reading, scaled: _Reading | None) -> _Reading:
    """Return the first of two numbers in the currency of the second: "fines of 90 and 60 million euros"."""
    one = scaled or first
    if first.money or second.before or one.number.value < 1000 or not text[first.start].isdigit():
        return first
    year = _YEAR.fullmatch(text[first.start : first.end])
    return first if year else replace(one, currency=second.currency, money=True)


def _shared_ahead(
    first: _Reading, second: _Reading, scaled: _Reading | None, *, range_: bool
) -> tuple[_Reading, _Reading]:
    """Return two numbers of which the first has a currency: "€5 to 10 million"."""
    if scaled is None or not first.before:
        return first, second
    if not second.money:
        return scaled, replace(second, currency=first.currency, money=True)
    return (scaled if range_ and first.currency == second.currency else first), second


def _shared_back(text: str, first: _Reading, second: _Reading, scaled: _Reading | None, *, range_: bool) -> _Reading:
    """Return the first of two numbers, of which only the second has a currency: "5 to 10 million euros"."""
    one = scaled or first
    if one.number.value >= second.number.value or _YEAR.fullmatch(text[first.start : first.end]):
        return first
    shares = not second.before and (range_ or one.number.value >= 1000) and (scaled or first.number.value >= 1000)
    return replace(one, currency=second.currency, money=True) if shares else first


def _is_smaller(first: _Reading, second: _Reading) -> bool:
    return first.number.value < second.number.value / second.number.times


def _scaled_as(first: _Reading, second: _Reading) -> _Reading | None:
    """Return the first number in the scale of the second, where it has none of its own."""
    one, other = first.number, second.number
    if one.scaled or not other.scaled or one.value >= 1000:
        return None
    value, unit = _plain(one.value * other.times), _digit(one.value) * other.times
    number = replace(one, value=value, unit=unit, scaled=True, times=other.times)
    return replace(first, number=number)


def _digit(value: Decimal) -> Decimal:
    return Decimal(10) ** min(0, int(value.as_tuple().exponent))


def _without_rates(text: str, found: list[_Reading]) -> list[_Reading]:
    """Return the numbers without rates of exchange: "1 euro = 4.97 lei", "1,370 won per dollar"."""
    rates: set[int] = set()
    for n, one in enumerate(found):
        if one.money and n + 1 < len(found) and _EQUALS.fullmatch(text[one.end : found[n + 1].start]):
            rates |= {n, n + 1} if one.number.value in {1, 10, 100, 1000} else set()
        if one.money and _TO_UNIT.match(text, one.end) and not one.number.scaled:
            rates.add(n)
    return [one for n, one in enumerate(found) if n not in rates]


def _elided(text: str, found: list[_Reading], language: str) -> list[_Reading]:
    """Return the numbers with those made amounts that leave the currency of the one before out ("and 5 million")."""
    last: _Reading | None = None  # the last number with a scale or a currency
    for n, one in enumerate(found):
        if not (one.money or one.number.scaled):
            continue
        if last and last.money and not one.money and _goes_on(text, last, one, found[n + 1 : n + 2], language):
            found[n] = replace(one, currency=last.currency, money=True, elided=True)
        if not (last and last.currency != found[n].currency and _OPENED.fullmatch(text[last.end : one.start])):
            last = found[n]  # not "($10.7 million)", the same sum in another currency
    return found


def _goes_on(text: str, last: _Reading, one: _Reading, following: list[_Reading], language: str) -> bool:
    """Tell whether a number with a scale is an amount in the currency of the last one, in the same sentence.

    No noun may follow it that it counts, and what stands before it must lead to an amount ("and", "another of").
    """
    gap = one.start - last.end
    leads, leads_near, ends = _elision()
    if gap > _FAR or not ends.match(text, one.end):
        return False
    if any(_counts(text, one, next_) for next_ in following):
        return False
    before = text[max(last.end, one.start - _CLUE) : one.start]
    if not leads.search(before) and not (gap <= _NEAR and leads_near.search(before)):
        return False
    return len(list(sentences(text, last.start, one.end, language))) == 1


@cache
def _elision() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = currencies.tables()["elided"]
    after = "|".join(words["after"])
    leads, near = (_bounded(words[part]) for part in ("leads", "leads_near"))
    about = rf"(?:\s?(?:{'|'.join(words['about'])}))?\s?$"
    return (
        re.compile(rf"(?:{leads}|[;；]|(?:19|20)\d\d年?\s?[(（]){about}", re.IGNORECASE),
        re.compile(rf"(?:{near}|[,:、，：(（\[–—|/]){about}", re.IGNORECASE),
        re.compile(rf"[.,;:]?(?:\s*$|\n)|[.,;:]\s|[)\]）。、，；/|]|\s?[-–—]\s|\s?(?:{after})", re.IGNORECASE),
    )


def _counts(text: str, one: _Reading, following: _Reading) -> bool:
    """Tell whether a number shares the noun of a count that follows it: "5 million and 6 million users"."""
    gap = text[one.end : following.start]
    joined = len(gap) <= _GAP and any(joint.fullmatch(gap) for joint in (_TO, _AND, _OR, _COMMA))
    return joined and following.number.scaled and not following.money


def _bounded(words: Iterable[str]) -> str:
    """Return the pattern of words, bounded where their script parts words."""
    return "|".join(one if _UNSPACED.search(one) else rf"(?<!\w)(?:{one})(?!\w)" for one in words)


def _amount(text: str, one: _Reading, currency: str | None) -> Amount:
    number = one.number
    half = number.unit / 2 if number.scaled else Decimal(0)
    if currency is None and one.currency:
        currency = currencies.meaning_near(one.currency, text, one.start, one.end)
    end = one.end - 1 if text[one.end - 1] == "." and one.end >= number.end else one.end
    return Amount(
        text[one.start : end],
        _plain(max(Decimal(0), number.value - half)),
        _plain(number.value + half),
        currency,
        one.start,
        end,
        value=_plain(number.value),
        elided=one.elided,
    )


def _plain(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value // 1 else value


def _repeats(text: str, first: Amount, second: Amount) -> bool:
    """Tell whether an amount says the one before it again, in brackets: "twenty million euros (€20,000,000)"."""
    same = first.value == second.value and first.currency == second.currency
    return same and bool(_OPENED.fullmatch(text[first.end : second.start]))


def _vague(text: str, language: str, dollar: str | None) -> Iterator[Amount]:
    vague = _vague_words(language)
    if vague is None:
        return
    meaning = cache(lambda name: currencies.meaning(name, text, language, dollar))
    for match in vague.pattern.finditer(text):
        least, most = vague.spans[int((match.lastgroup or "g0")[1:])]
        start, end, currency = match.start(), match.end(), None
        if behind := currencies.after(text, end):
            end, currency = behind.end, meaning(behind.code)
        elif not vague.sure.fullmatch(match[0]) and not vague.penalty.match(text, end):
            continue
        yield Amount(text[start:end], least, most, currency, start, end, vague=True)


@dataclass(frozen=True, slots=True, eq=False)
class _VagueWords:
    """Words of sums without a number: with their spans, those that name money themselves, and what else does."""

    pattern: re.Pattern[str]
    spans: tuple[tuple[Decimal, Decimal], ...]
    sure: re.Pattern[str]
    penalty: re.Pattern[str]


@cache
def _vague_words(language: str) -> _VagueWords | None:
    tables = currencies.tables()
    table = tables["vague"].get(language)
    if not table:
        return None
    groups = "|".join(f"(?P<g{n}>{'|'.join(words)})" for n, words in enumerate(table.values()))
    free, edge = ("", "") if language in {"ja", "ko", "zh"} else (r"(?<!\w)(?<!\d[\s-])", r"(?!\w)")
    return _VagueWords(
        pattern=re.compile(f"{free}(?:{groups}){edge}", re.IGNORECASE),
        spans=tuple((Decimal(key.split()[0]), Decimal(key.split()[1])) for key in table),
        sure=re.compile("|".join(tables["penalty"]["sure"]), re.IGNORECASE),
        penalty=re.compile(rf"\s(?:{'|'.join(tables['penalty']['words'])})", re.IGNORECASE),
    )
