"""The words of `organisations.toml` as patterns: how names of organisations are written, and what they are not."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_UP = r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚΑ-ΩΆΈ-Ώ]"
_WORD = rf"(?:{_UP}[\w&'’+./-]*[\w+]|{_UP}|\d+[A-Za-z&][\w&]*|\d+/\d+(?= [A-Z])|[a-z]{{1,2}}[A-Z]\w+)"
_LINK = (
    "(?:of|de|del|della|dello|di|da|do|dos|das|und|and|&|van|von|der|den|für|for|og|och|des|du|la|le|les|el|y|e|et|i"
    "|ao|al|au|aux|para)"
)
_PLAIN = "(?:[A-Z][^\\W\\d_]*(?: (?:of|and|&|for) | |-)?)"
_WITHIN = "(?:of|de|del|della|dello|di|da|do|dos|das|&|van|von|der|den|für|for|des|du|la|le|les|el|ao|al|au|aux|para)"
RUN = rf"{_WORD}(?:[ \u00a0](?:{_WITHIN}[ \u00a0]){{0,2}}{_WORD}){{0,5}}"
"""A run of capitalised words, with small words between them; "and" joins two names more often than it is in one."""


ODD = re.compile(r"[a-zà-ÿ][A-ZÀ-Ý]|&|\d|\w\.\w|[A-Z]{2}[a-z]")
"""What no ordinary word has in it."""
OF_PLACE = re.compile(r" of (?P<place>[A-Z][\w ]+)\Z")


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def _any(key: str) -> str:
    return "|".join(sorted(_table()[key], key=len, reverse=True))


@cache
def ordinary(key: str) -> frozenset[str]:
    """Return words that name no organisation."""
    return frozenset(_table()["ordinary"][key])


@cache
def formed() -> re.Pattern[str]:
    """Return a pattern of names with a legal form behind them."""
    return re.compile(rf"(?<!\w)(?P<name>{RUN}),?[ \u00a0](?:{_any('forms')})(?!\w)\.?")


@cache
def form_behind() -> re.Pattern[str]:
    """Return a pattern of a legal form at the end of a name."""
    return re.compile(rf",?[ \u00a0](?:{_any('forms')})\.?(?:-[a-záéíóöőúüű]{{1,4}})?\Z")


@cache
def bodies() -> re.Pattern[str]:
    """Return a pattern of names of public bodies, hospitals, schools, banks."""
    run = rf"{_WORD}(?:[ \u00a0-](?:{_LINK}[ \u00a0])?(?:{_WORD}|\d{{1,2}}(?!\d|[.,]\d))){{0,3}}"
    parts = (one.replace("{name}", run) for one in _table()["bodies"])
    return re.compile("|".join(rf"(?<!\w){one}(?!\w)" for one in parts))


@cache
def courts(language: str) -> re.Pattern[str] | None:
    """Return a pattern of the names of a language's courts."""
    found = _table()["courts"].get(language)
    return re.compile("|".join(rf"(?<!\w)(?:{one})" for one in found)) if found else None


@cache
def heads() -> re.Pattern[str]:
    """Return a pattern of a name that heads a row or an item: before a dash, a bracket, a colon or the next cell."""
    mark = r"\s*(?:(?:\d+|[a-z])[.)]|[-•*–|→»■●・])?\s*[*_]{0,3}"
    behind = r"\.?[*_]{0,3}(?:\s+[-–—(]|\s*[:|(]|,\s(?=[\d$€£]))"
    return re.compile(
        rf"{mark}(?P<name>{RUN}){behind}|{mark}(?P<glued>[A-Z][^\W\d_]+(?: (?:of|and|&|for) | |-){_PLAIN}*)(?=\d{{4}})"
    )


@cache
def unspaced_heads() -> re.Pattern[str]:
    """Return the same pattern for languages without spaces."""
    name = r"[^\s|:：(（、。,，.．\d][^\s|:：(（、。,，]{1,19}"
    return re.compile(
        rf"\s*(?:(?:\d+)[.)、．]|[-•*–|■●・])?\s*[*_]{{0,3}}(?P<name>{name})[*_]{{0,3}}\s*(?:[|:：(（]|[-–—]\s)"
    )


def article() -> str:
    """Return a pattern of articles that may stand before a name."""
    words = "the|an?|la|le|les|el|los|die|der|das|den|dem|de|het|il|lo|gli|o|a|os|as|une?|een|eine?|az|[ηοτ]\\w{0,2}"
    return rf"(?:(?:{words})[ \u00a0]|l[’'])"


@cache
def behind() -> re.Pattern[str]:
    """Return a pattern of what a name is said to be right behind it: "a Pellwick áruházlánc"."""
    return re.compile(rf" (?:nevű )?(?:[a-záéíóöőúüű]+ )?(?:{_any('behind')})(?!\w)")


def roles() -> str:
    """Return a pattern of common nouns of organisations."""
    return f"(?:{_any('roles')})"


@cache
def nobody(language: str) -> re.Pattern[str]:
    """Return a pattern of how names begin that are no addressees': prosecutors, chambers of courts, laws."""
    return re.compile(f"(?:{'|'.join(_table()['nobody'].get(language, ['(?!)']))})(?!\\w)")


@cache
def whole() -> re.Pattern[str]:
    """Return a pattern of a line that is a name and no more, as a heading is."""
    return re.compile(rf"(?:\d+[.)]\s*)?(?P<name>{RUN})[.:]?(?:\s\([^)]*\))?")


@cache
def aside() -> re.Pattern[str]:
    """Return a pattern of words between commas behind a name."""
    return re.compile(r", (?:[^,.;:!?]|,(?=\d)|\.(?=\d)){3,140}, |\s\([^()]{1,60}\)\s| [–—-] [^–—.;!?]{3,140} [–—-] ")


@cache
def apposition() -> re.Pattern[str]:
    """Return a pattern of what says behind a name what it is: ", an insurer from …"."""
    words = r"an?|the|eine?[rsnm]?|une?|l’|l'|un[ao]?|um|uma|en|ett|egy|o|een|de|het|spółk\w+|az?|μια|ένας|η|la|il|el"
    return re.compile(rf", (?:(?:{words}) ?[a-zà-ÿα-ώ]|which |whose |{roles()}\b)")


@cache
def runs() -> re.Pattern[str]:
    """Return a pattern of runs of capitalised words."""
    return re.compile(rf"(?<!\w){RUN}")


@cache
def articled(language: str) -> re.Pattern[str] | None:
    """Return a pattern of an article that companies have and persons hardly ever, at the end of a text."""
    articles = _table()["articles"].get(language)
    return re.compile(rf"(?<!\w)(?:{'|'.join(articles)}) \Z", re.IGNORECASE) if articles else None


def korean() -> Mapping[str, list[str]]:
    """Return the words that show names in Korean (`korean.py`)."""
    found: Mapping[str, list[str]] = _table()["korean"]
    return found


def chinese() -> Mapping[str, list[str]]:
    """Return the words that show names in Chinese (`chinese.py`)."""
    found: Mapping[str, list[str]] = _table()["chinese"]
    return found


@cache
def advisers() -> re.Pattern[str]:
    """Return a pattern of what stands before the names of those who only speak, at the end of a text."""
    return re.compile(rf"(?<!\w)(?:{_any('advisers')}) \Z", re.IGNORECASE)


@cache
def speech() -> re.Pattern[str]:
    """Return a pattern of what stands behind the name of one who speaks or reports."""
    return re.compile(rf"[,\s]*\s(?:{_any('speech')})\b")


@cache
def told() -> re.Pattern[str]:
    """Return a pattern of what stands before the name of a paper that reports, at the end of a text."""
    return re.compile(rf"(?<!\w)(?:{_any('told')})[ \u00a0]?[\"“„«]?\Z", re.IGNORECASE)


@cache
def german_role() -> re.Pattern[str]:
    """Return a pattern of German common nouns before a name, which are capitalised too: "Stromanbieter …"."""
    return re.compile(f"[\\w-]*(?:{'|'.join(ordinary('german_roles'))})", re.IGNORECASE)


@cache
def german_body() -> re.Pattern[str]:
    """Return a pattern of German nouns that govern the rest of a name: "Gesellschaft für …", "Verband der …"."""
    return re.compile(f"[\\w-]*(?:{'|'.join(ordinary('german_bodies'))})", re.IGNORECASE)


@cache
def german_noun() -> re.Pattern[str]:
    """Return a pattern of German nouns by their ends."""
    return re.compile(f".+(?:{'|'.join(ordinary('german_ends'))})")
