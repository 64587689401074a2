"""Names of organisations in Korean, by the particles behind them and the words of enforcement that follow.

A name is a word before its particle: "…에 과징금", "…을 상대로", "…은 … 처분을 받았다"; or one that a common noun
introduces ("부동산 업체 세르직"), a legal form, a form at its end ("…병원"), or a quotation. Common nouns, words with
verbal endings and those of persons and officials are none.
"""

import re
from collections.abc import Iterator
from functools import cache

from loaders.news import organisations

_WORD = r"[가-힣A-Za-z0-9&.\-]{1,20}?"
_QUOTE = r"[‘’'“”\"《》<>〈〉「」]?"
_ASIDE = r"(?:\([^()]{1,30}\))?"
_BEGIN = r"(?<![가-힣A-Za-z0-9·&])"
_END = r"(?=[\s,.…)‘’'“”\"·]|\Z)"
_MANY = r"(?:\s?등(?:\s?[가-힣]{0,6}\s?\d*\s?(?:여\s?)?(?:개|곳)?\s?(?:사|업체|기업|기관|곳|학교|대학|병원)?)?)?"
_CASE = re.compile(r"에게?\Z")
_LONGER = re.compile(
    r"(?:^|[,:‘“\"'] ?|(?:업체|회사|기업|플랫폼|자회사|앱|운영사|개발사)(?:인)? |[가-힣]{1,8}[은는한된인던] )"
    r"(?P<words>(?:[가-힣A-Za-z0-9&]{1,6} ){1,3})\Z"
)
"""Words before a name that are part of it where nothing else can be: 툴스 포 휴머니티."""
_PARTICLE = re.compile(r"(?:[은는이가을를의에와과도한된인던며고]|에서|으로|로|서|년|월|일|중|간|등|[A-Z])\Z")
_LONGEST = 20
_MORE = 8  # names that one is told with


def names(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where names may stand in a sentence."""
    said = text[start:end]
    for pattern in _slots():
        for match in pattern.finditer(said):
            if found := cleaned(said, *match.span("name")):
                for first, last in (found, *_beside(said, found[0])):
                    yield start + first, start + last


def _beside(text: str, first: int) -> Iterator[tuple[int, int]]:
    """Yield the names before one with which it is told: A, B와 C에."""
    for _ in range(_MORE):
        other = _BEFORE.search(text, 0, first)
        found = cleaned(text, *other.span("name")) if other else None
        if found is None:
            break
        yield found
        first = found[0]


_BEFORE = re.compile(rf"{_BEGIN}{_QUOTE}(?P<name>{_WORD}){_QUOTE}{_ASIDE}(?:(?:와|과|이랑|랑) |, ?|·| 및 ){_QUOTE}\Z")


@cache
def _slots() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of places for a name."""
    table = organisations.korean()
    acts, passive, roles = ("|".join(table[key]) for key in ("acts", "passive", "roles"))
    forms, quoted = "|".join(table["forms"]), " ?(?:해킹|유출|운영|개발사|측|앱)"
    any_particle = rf"(?:{'|'.join(table['particles'])})"
    name = rf"{_QUOTE}(?P<name>{_WORD}){_QUOTE}{_ASIDE}"
    two = rf"{_QUOTE}(?P<name>{_WORD}(?: {_WORD})?){_QUOTE}{_ASIDE}"
    between = r"(?![^\s,.]*(?:에|에게|에도|에는|은|는|이|가|쓴|한) )[^\s,.]{1,12}"
    place = r"(?:[가-힣]{1,5}(?:도|시|군|구)\s)?"
    return tuple(
        re.compile(one)
        for one in (
            rf"{_BEGIN}{name}{_MANY}(?:\s?측)?(?:에게는?|에는?|에도) (?:{between} ){{0,3}}?(?={acts})",
            rf"{_BEGIN}{name}{_MANY}(?:에|를|을|에게) ?(?:대해|대한|대하여|상대로|대상으로)",
            rf"{_BEGIN}{name}{_MANY}(?:을|를) (?:[^\s,.]{{1,10}} )?(?={'|'.join(table['objects'])})",
            rf"(?:^|(?<=[,.…:“\"”]\s)|(?<=…)){place}{name}{_MANY}(?:은|는|이|가|도) (?=[^.]*(?:{passive}))",
            rf"(?:^|(?<=…)|(?<=\] )){name}(?:,|…| \.\.\.) ?(?=[^.]{{0,30}}(?:{acts}))",
            rf"(?:{roles}) {two}{_MANY}{any_particle}{_END}",
            rf"(?:㈜|\(주\)|주식회사\s?|(?:학교|의료|재단|사단)법인\s)(?P<name>[가-힣A-Za-z0-9&]{{2,14}}?){any_particle}{_END}",
            rf"{_BEGIN}(?P<name>[가-힣A-Za-z0-9&]{{2,14}})(?=㈜|\(주\)|\s주식회사)",
            rf"{_BEGIN}(?P<name>[가-힣A-Za-z0-9&]{{2,14}}(?:{forms})){_QUOTE}{_ASIDE}{_MANY}{any_particle}{_END}",
            rf"[‘'“\"](?P<name>[가-힣A-Za-z0-9&·]{{2,12}})[’'”\"]{_ASIDE}(?={any_particle}{_END}|{quoted})",
            rf"{_BEGIN}{name}에서 (?=(?:[^\s,.]{{1,10}} )?(?:개인정보|고객|회원|이용자|환자|학생|정보|해킹|유출))",
            rf"{_BEGIN}{name}(?= 등 (?:\d|[가-힣]{{1,6}} \d))",
        )
    )


def cleaned(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return a name without the words around it; None where only common nouns, or words of another kind, are left."""
    while head := _head().match(text, start, end):
        start = head.end()
    if (longer := _LONGER.search(text, 0, start)) and text[end : end + 1] in set("에은는이가("):
        words = longer["words"].split(" ")[:-1]
        if not any(_common().fullmatch(one) or _PARTICLE.search(one) or _role().fullmatch(one) for one in words):
            start = longer.start("words")
    case = _CASE.search(text, start, end)
    if case and text[end : end + 1] in {"는", "도"}:  # the particle 에는
        end = case.start()
    name = text[start:end]
    if (
        text[start - 1 : start] == "="
        or not 2 <= len(name) <= _LONGEST
        or _unnamed().search(text, max(0, start - 14), start)
    ):
        return None
    last = name.rsplit(" ", 1)[-1]
    if any(_common().fullmatch(word) for word in name.split(" ")) or _other().search(last):
        return None
    return start, end


@cache
def _head() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(organisations.korean()['roles'])}) |[‘’'“”\"]|㈜|\(주\)")


@cache
def _role() -> re.Pattern[str]:
    return re.compile(rf"\S*(?:{'|'.join(organisations.korean()['roles'])})")


@cache
def _unnamed() -> re.Pattern[str]:
    return re.compile(rf"(?:^|\s)(?:{'|'.join(organisations.korean()['unnamed'])})\s(?:\S{{1,8}}\s)?\Z")


@cache
def _common() -> re.Pattern[str]:
    return re.compile("|".join(organisations.korean()["common"]))


@cache
def _other() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(organisations.korean()['other'])})\Z")
