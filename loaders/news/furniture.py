"""Lines of a page that are no part of its story: menus, share bars, bylines, comments, teasers of other stories.

The words are in lexicon/*.toml; those of all languages are tried, as a page's furniture often is English.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

_LEXICON = Path(__file__).parent / "lexicon"
_UNSPACED = frozenset(("ja", "ko", "zh"))  # words have no space on both sides
LONGEST = 200
"""Characters of the longest line that can be furniture."""
_DATE_LINE = re.compile(
    r"\W*(?:date )?(?:[^\W\d]{2,14},? ){0,2}(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
    r"|\d{1,2}(?:st|nd|rd|th|er|\.|º)? (?:de )?[^\W\d]{3,14}\.?,? (?:de )?\d{4}"
    r"|[^\W\d]{3,14}\.? \d{1,2}(?:st|nd|rd|th)?,? ?\d{4})"
    r"(?:\b|(?<=日)).{0,60}"
)
_CREDIT = re.compile(
    r"(?:picture|photo(?:graph)?|image|foto(?:grafie)?|bild|afbeelding|beeld|immagine|imagen|imagem|illustration|quelle"
    r"|crédit|credits?|fotografía|zdjęcie|fot\.|kép|imagine|φωτογραφία|写真|画像|사진|图片|图)\s?[:：/©(].{1,80}"
    r"|.*(?:getty images?|shutterstock|istock|alamy|unsplash|\bdpa\b|/reuters|/afp|/ap\b|stock photo).{0,40}",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\W*[\w ]{1,30}[:：]")
_SENTENCE = re.compile(r"(?<!\b[A-Z])[.!?。！？…][\"'”’»）)\]]*$")  # not "U.S."


class Lexicon:
    """The furniture of all languages."""

    def __init__(self) -> None:
        tables = {path.stem: _table(path).get("furniture", {}) for path in sorted(_LEXICON.glob("*.toml"))}
        self._line = _whole(tables, "line")
        self._end = _whole(tables, "end")

    def is_line(self, text: str) -> bool:
        """Tell whether a line alone is furniture."""
        return len(text) <= LONGEST and bool(self._line.fullmatch(text))

    def is_end(self, text: str) -> bool:
        """Tell whether the story ends before a line: comments, other stories."""
        return len(text) <= LONGEST and bool(self._end.fullmatch(text))


@cache
def lexicon() -> Lexicon:
    """Return the furniture of all languages, read once."""
    return Lexicon()


def left_out(text: str, language: str, *, early: bool = False, item: bool = False) -> bool:
    """Tell whether a line is furniture.

    A word such as Facebook or Search can begin a menu line and a headline: one that speaks of an act stays, if it
    stands where a headline may (`early`), is an item of a list, or is a sentence; not behind a label ("Read more: …"),
    which only a headline can have ("Cookies: …").
    """
    if not lexicon().is_line(text):
        return False
    may_stay = early or ((item or is_sentence(text)) and not _LABEL.match(text))
    return not (may_stay and speaks_of_an_act(text, language))


def is_date_line(text: str) -> bool:
    """Tell whether a line begins with a date and has little more.

    >>> is_date_line("17 November 2023, 15:04"), is_date_line("Roma, 13 aprile 2023"), is_date_line("2024年5月10日")
    (True, True, True)
    >>> is_date_line("In 2023 the CNIL fined Clearview")
    False
    """
    return len(text) <= 100 and not _SENTENCE.search(text) and bool(_DATE_LINE.fullmatch(text))


def is_credit(text: str) -> bool:
    """Tell whether a line says who made a picture.

    >>> is_credit("Internet Browsing Stock. Picture: PA"), is_credit("Foto: dpa"), is_credit("Photos were taken.")
    (True, True, False)
    """
    return len(text) <= 160 and bool(_CREDIT.fullmatch(text) or _CREDIT.fullmatch(text.rpartition(". ")[2]))


def is_sentence(text: str) -> bool:
    """Tell whether a line ends as sentences do."""
    return bool(_SENTENCE.search(text))


def speaks_of_an_act(text: str, language: str) -> bool:
    """Tell whether a line has a word for what authorities and courts do."""
    return any(pattern.search(text) for pattern in _acts(language))


@cache
def _acts(language: str) -> tuple[re.Pattern[str], ...]:
    found = []
    for code in dict.fromkeys((language, "en")):
        path = _LEXICON / f"{code}.toml"
        if path.is_file():
            words = [one for group in _table(path).get("trigger", {}).values() for one in group]
            either = "|".join(words)
            found.append(_compiled(path.name, either if code in _UNSPACED else rf"(?<!\w)(?:{either})(?!\w)"))
    return tuple(found)


def _table(path: Path) -> Mapping[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _whole(tables: Mapping[str, Mapping[str, Iterable[str]]], key: str) -> re.Pattern[str]:
    return _compiled(key, rf"\W*(?:{'|'.join(_patterns(tables, key))})\W*")


def _patterns(tables: Mapping[str, Mapping[str, Iterable[str]]], key: str) -> Iterator[str]:
    for code, table in tables.items():
        for pattern in table.get(key, ()):
            _compiled(f"{code}.toml [furniture] {key}", pattern)  # said with its place where it is broken
            yield f"(?:{pattern})"


def _compiled(place: str, pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"lexicon/{place}: {pattern[:200]!r} is no regular expression ({error})") from error
