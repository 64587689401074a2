"""Where the sentences of a text begin and end."""

import re
from collections.abc import Iterator

_END = re.compile(r"[.!?…](?:\s?»)?[\"”“’»)\]]*\s+(?=[\"“‘«»„(\[¿¡•*-]?\s?\w)|(?<=[。！？])[」』）]?|\n+")
_CJK_END = re.compile(r"(?<=[。！？])[」』）]?|[.!?]\s+|\n+")
_ABBREVIATIONS = frozenset(
    [
        "inc",
        "ltd",
        "co",
        "corp",
        "llc",
        "no",
        "nr",
        "nos",
        "art",
        "arts",
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "st",
        "vs",
        "u.s",
        "u.k",
        "e.g",
        "i.e",
        "s.p.a",
        "s.a",
        "s.r.l",
        "b.v",
        "n.v",
        "jr",
        "sr",
        "bzw",
        "z.b",
        "d.h",
        "abs",
        "ca",
        "approx",
        "min",
        "max",
        "p.ej",
        "núm",
        "num",
        "cf",
        "ex",
        "al",
        "etc",
        "gem",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "sec",
        "para",
        "par",
        "pt",
        "ust",
        "lit",
        "poz",
        "tys",
        "mln",
        "mld",
        "sp",
        "z.o.o",
        "rt",
        "kft",
        "zrt",
        "nyrt",
        "ул",
        "αρ",
        "άρ",
        "αριθ",
        "παρ",
        "αρθ",
        "υπ",
        "περ",
        "εκ",
        "δισ",
        "ø",
        "kap",
        "§",
        "mio",
        "mrd",
        "tel",
        "av",
        "bl.a",
        "t.ex",
        "m.fl",
        "dnr",
        "ok",
        "r",
        "tzn",
        "tzv",
        "kb",
        "alin",
        "artt",
        "lett",
        "bijv",
        "o.a",
        "u.a",
        "ggf",
        "m.in",
        "pl",
        "ún",
        "sra",
        "sig",
        "dott",
        "dl",
        "s.k",
    ]
)
"""Words that a full stop shortens, in all languages."""
_ALSO_WORDS = frozenset(("no", "nos", "art", "ok", "max", "min", "mar", "sec", "par", "al", "av"))
"""Those that are whole words too: they are short for something only before a number ("no. 5")."""


_LONGEST = 1_500
"""Characters of the longest sentence: what goes on for longer is no prose, and costs by the square of its length."""


def sentences(text: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the sentences of a part of a text; one of more than 1500 characters is cut at a space.

    >>> text = "The U.S. FTC fined Acme Inc. in May. It paid."
    >>> [text[a:b] for a, b in sentences(text, 0, len(text), "en")]
    ['The U.S. FTC fined Acme Inc. in May.', 'It paid.']
    """
    here = start
    for gap in (_CJK_END if language in {"ja", "zh", "ko"} else _END).finditer(text, start, end):
        mark = gap[0][:1]
        if mark == "." and not _ends(text, gap.start(), gap.end(), language):
            continue
        stop = gap.start() + len(gap[0].rstrip()) if gap[0].strip() else gap.start()
        yield from _cut(text, here, stop)
        here = gap.end()
    yield from _cut(text, here, end)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    start, end = _trimmed(text, start, end)
    while end - start > _LONGEST:
        space = text.rfind(" ", start + 1, start + _LONGEST)
        stop = space if space > start else start + _LONGEST
        yield _trimmed(text, start, stop)
        start, _ = _trimmed(text, stop, end)
    if start < end:
        yield start, end


_ROMAN = re.compile(r"[ivxl]{1,5}")
_DISTRICT = re.compile(r"Kerület|Liceum|Bezirk")
_ORDINALS = frozenset(("de", "da", "nb", "fi", "cs", "hu", "pl", "hr"))  # "am 11. November"


def _ends(text: str, dot: int, following: int, language: str) -> bool:
    """Tell whether a full stop ends a sentence: not after an abbreviation, nor before a small letter."""
    word = re.search(r"[^\s(\"“„«'’]*$", text[max(0, dot - 20) : dot])
    before = word[0].casefold() if word else ""
    after = text[following : following + 1]
    if after.islower():
        return False
    if before in _ALSO_WORDS:
        return not after.isdigit()
    if before in _ABBREVIATIONS:
        return before in {"u.s", "u.k", "inc", "ltd", "co", "corp", "llc", "s.p.a", "s.a"} and _opens(text, following)
    if (
        language in _ORDINALS
        and word
        and word[0].isupper()
        and _ROMAN.fullmatch(before)
        and _DISTRICT.match(text, following)
    ):
        return False
    if before.isdigit() and len(before) < 3:
        return language not in _ORDINALS and not after.isdigit()
    return not (len(before) == 1 and before.isalpha())


def _opens(text: str, start: int) -> bool:
    return bool(re.match(r"(?:The|It|He|She|In|On|This|That|A|An|But|And|According)\b", text[start : start + 12]))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
