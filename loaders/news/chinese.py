"""Names of organisations in Chinese, by the words on both sides of them; traditional and simplified characters.

No space parts Chinese words. A name is looked for where words of enforcement leave room for one: "对…处以", "…被罚",
"约谈…", and where a form of organisation ends one: "…有限公司", "…医院". What is found is cut at words that no name
holds and freed of the common noun before it; a common noun alone ("一家银行", "该平台") names nobody.
"""

import re
from collections.abc import Iterator
from functools import cache

from loaders.news import organisations

_CHAR = r"[A-Za-z0-9一-龥·•&＆'’\-](?:[ ](?=[A-Z0-9])(?<=[A-Za-z0-9.&][ ])|\.(?=[A-Za-z]))?"
_ROOM = rf"(?:{_CHAR}|(?<=[一-龥])[（(][一-龥]{{2,6}}[)）](?=[一-龥])){{2,24}}?"
_OPENS = r"(?:^|(?<=[\s，。；;：:、！？!?“”「」《》…—|】\]）)]))"
_QUOTED = r"[“”「」『』\"《》]?"
_SHORTEST, _LONGEST = 2, 22
CALLED = re.compile(
    r"\s?[(（](?:以下|下)?(?:简称|簡稱|简稱|称|稱)?(?:为|為)?[:：]?\s?[\"“„«「『]?(?P<short>[一-龥A-Za-z0-9·]{2,12})[\"”“»」』]?[)）]"
)
"""A short form in brackets behind a name: （以下简称“数码港”）."""
_ASIDE = re.compile(r"\(\?<?[!=].*?\)")
_BEFORE = re.compile(rf"(?P<name>(?:{_CHAR}){{2,16}})(?:、|和|与|與|及|以及)\Z")
_BEHIND = re.compile(
    rf"(?:、|和|与|與|及|以及)(?P<name>{_ROOM})(?=[、，。；等和与與及被遭（(违違未因处處罚罰]|以及|\d|\Z)"
)
_LATIN = re.compile(r"[“「『\"]?[A-Za-z]")
_MORE = 8  # names that one is told with: A、B、C等


def names(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where names may stand in a sentence."""
    said = text[start:end]
    for pattern, subject in (*_slots(), (_formed(), True)):
        for match in pattern.finditer(said):
            if found := cleaned(said, *match.span("name"), subject=subject):
                for first, last in (found, *_called(said, found[1]), *_beside(said, *found)):
                    yield start + first, start + last


def _called(text: str, end: int) -> Iterator[tuple[int, int]]:
    """Yield the short form that stands in brackets behind a name."""
    if (called := CALLED.match(text, end)) and cleaned(text, *called.span("short"), subject=True):
        yield called.span("short")


def _beside(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the names with which one is told: A、B和C."""
    for _ in range(_MORE):
        other = _BEFORE.search(text, 0, first)
        found = cleaned(text, *other.span("name"), subject=False) if other else None
        if other is None or found is None or found[1] != other.end("name"):
            break
        yield found
        first = found[0]
    for _ in range(_MORE):
        other = _BEHIND.match(text, last)
        found = cleaned(text, *other.span("name"), subject=False) if other else None
        if other is None or found is None or found[0] != other.start("name"):
            break
        yield found
        last = found[1]


@cache
def _slots() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Return the patterns of places for a name, each with whether the name is who acts rather than who is acted on."""
    table = organisations.chinese()
    aside = r"(?:[（(][^（）()]{1,30}[)）])?"
    name = rf"{_QUOTED}(?P<name>{_ROOM}){_QUOTED}{aside}"
    passive = rf"(?:{'|'.join(table['passive'])})"
    return tuple(
        (re.compile(one), subject)
        for one, subject in (
            (rf"(?:{'|'.join(table['toward'])}){name}(?={'|'.join(table['acts'])}|{passive})", False),
            (rf"(?:{'|'.join(table['acting'])}){name}(?={'|'.join(table['acted'])}|[，。；、,（(]|\Z|\d|$)", False),
            (rf"{_OPENS}{name}(?:{'|'.join(table['adverbs'])})*(?:因[^，。；]{{1,40}}?)?(?={passive})", True),
            (rf"{_OPENS}{name}(?:{'|'.join(table['adverbs'])})*(?={'|'.join(table['doing'])})", True),
        )
    )


@cache
def _formed() -> re.Pattern[str]:
    return re.compile(rf"(?P<name>{_ROOM}(?:{'|'.join(organisations.chinese()['forms'])}))")


def cleaned(text: str, start: int, end: int, *, subject: bool) -> tuple[int, int] | None:
    """Return a name without the words around it; None where only common nouns, or words of another kind, are left."""
    for cut in _cuts().finditer(text, start, end):
        start = cut.end()
    for cut in _tails().finditer(text, start + 1, end):
        end = cut.start()
        break
    while (head := _heads().match(text, start, end)) and not _rest().fullmatch(text, head.end(), end):
        start = head.end()
    name = text[start:end].strip(" -·•'’")
    start += len(text[start:end]) - len(text[start:end].lstrip(" -·•'’"))
    if not _SHORTEST <= len(name) <= _LONGEST or _unnamed().search(name) or _generic().fullmatch(name):
        return None
    if _noun().search(name) and _LATIN.match(text, start + len(name)):  # what the name behind it is
        return None
    formed = _legal().search(name) or (not subject and _public().search(name))
    if not formed and (_common().search(name) or (subject and _public().search(name))):
        return None
    return start, start + len(name)


@cache
def _cuts() -> re.Pattern[str]:
    longest = sorted(organisations.chinese()["cuts"], key=lambda one: -len(_ASIDE.sub("", one)))
    return re.compile("|".join(longest))


@cache
def _tails() -> re.Pattern[str]:
    return re.compile("|".join(organisations.chinese()["tails"]))


@cache
def _heads() -> re.Pattern[str]:
    """Return a pattern of the common noun before a name: 电商企业, 连锁药房."""
    table = organisations.chinese()
    return re.compile(rf"(?:{'|'.join(table['kinds'])})*(?:{'|'.join(one for one in table['nouns'] if len(one) > 1)})")


@cache
def _rest() -> re.Pattern[str]:
    """Return a pattern of what is no name without the noun before it: the 管理局 of 医院管理局."""
    table = organisations.chinese()
    return re.compile(rf".?|(?:{'|'.join([*table['forms'], *table['nouns'], *table['parts']])})+")


@cache
def _generic() -> re.Pattern[str]:
    table = organisations.chinese()
    words = "|".join([*table["kinds"], *table["nouns"], *table["places"]])
    return re.compile(rf"(?:{words}|[\d 的及和]|[一-龥]{{2,3}}(?:省|市|县|縣|州|区|區))+")


@cache
def _noun() -> re.Pattern[str]:
    return re.compile(rf"[一-龥](?:{'|'.join(organisations.chinese()['nouns'])})\Z")


@cache
def _unnamed() -> re.Pattern[str]:
    table = organisations.chinese()
    some = "(?<![第三])[一两兩二三四五六七八九十多数數几幾][家所間间个個名款]?"
    noun = rf"(?:{'|'.join(table['kinds'])})*(?:{'|'.join(table['nouns'])})\Z"
    return re.compile("|".join([*table["unnamed"], some + noun]))


@cache
def _legal() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(organisations.chinese()['legal'])})\Z")


@cache
def _common() -> re.Pattern[str]:
    return re.compile("|".join(organisations.chinese()["common"]))


@cache
def _public() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(organisations.chinese()['public'])})\Z")
