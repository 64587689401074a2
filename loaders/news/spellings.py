"""The spellings of all that the tables know, and whether words of a text are one of them.

A name counts where it stands as a whole word, written as names are (a lower-case "meta" is no company), or with an
ending of the page's language (`names.toml`).
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from loaders.news.mention import folded
from ontology.folding import bare, fold
from ontology.registry import Registry


@dataclass(frozen=True, slots=True)
class Entry:
    """A spelling and what it names: `type` and `role` as in Mention."""

    type: str
    id: str
    spelling: str
    role: str
    registered: bool = True  # False for a name without its legal form


@cache
def words(part: str) -> Mapping[str, frozenset[str]]:
    """Return a part of `names.toml`."""
    table = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))
    return {key: frozenset(entries) for key, entries in table[part].items()}


_KATAKANA, _FOREIGN = re.compile("[ァ-ヺー]"), re.compile("[a-z0-9ァ-ヺー]", re.IGNORECASE)
_UMLAUT = re.compile("[äöüÄÖÜåÅ]")
_OF_X = re.compile(r"Twitter|Grok|\bxAI\b|\bX Corp|Musk")


@cache
def index(registry: Registry) -> tuple[AhoCorasick, list[list[Entry]]]:
    """Return an automaton over all folded spellings, and for each pattern of it what it may name."""
    by_form: defaultdict[str, list[Entry]] = defaultdict(list)
    for one in (*_organisations(registry), *_authorities(registry), *_laws(registry)):
        form = folded(" ".join(one.spelling.split()))
        if len(form) > 1 and not (one.role == "acronym" and form in words("ordinary")["short_forms"]):
            by_form[form].append(one)
    by_form["x"].append(Entry("company", "x-corp", "X", "name"))
    forms = sorted(by_form)
    return AhoCorasick(forms, matchkind=MatchKind.Standard), [by_form[form] for form in forms]


def _organisations(registry: Registry) -> Iterator[Entry]:
    for org in registry.organisations.values():
        yield from _with_short(org.id, org.name, "name")
        for one in org.spellings:
            yield from _with_short(org.id, one.text, one.role if one.role in {"product", "description"} else "name")
    for system in registry.systems.values():
        for one in system.spellings if system.provider else ():
            yield Entry("company", system.provider or "", one.text, "product")


def _with_short(id_: str, name: str, role: str) -> Iterator[Entry]:
    yield Entry("company", id_, name, role)
    if (short := short_name(name)) != name:
        yield Entry("company", id_, short, role, registered=False)


def _authorities(registry: Registry) -> Iterator[Entry]:
    for authority in registry.authorities.values():
        type_ = "court" if authority.type == "court" else "regulator"
        for one in authority.spellings:
            yield Entry(type_, authority.id, one.text, "acronym" if one.role == "acronym" else "name")
        if authority.short:
            yield Entry(type_, authority.id, authority.short, "acronym")


def _laws(registry: Registry) -> Iterator[Entry]:
    for law in registry.laws.values():
        for one in law.spellings:
            yield Entry("law", law.id, one.text, "acronym" if one.role == "acronym" else "name")
        yield Entry("law", law.id, law.short, "acronym")


_FORM_END = re.compile(r"[\s,]+(?:[A-Za-zΑ-Ω./]{1,6}|Limited|Corporation|Incorporated|Company)\.?,?$")


@lru_cache(maxsize=20_000)
def short_name(name: str) -> str:
    """Return a name without the legal forms at its end, its letters as they are.

    >>> short_name("Clearview AI, Inc."), short_name("Enel Energia S.p.A."), short_name("Air Canada")
    ('Clearview AI', 'Enel Energia', 'Air Canada')
    """
    aim = bare(name)
    rest = name
    while fold(rest) != aim and (cut := _FORM_END.search(rest)):
        rest = rest[: cut.start()]
    return rest if fold(rest) == aim and len(rest) > 2 else name


def is_letter(char: str) -> bool:
    """Tell whether a character is a letter or digit of a script that writes spaces between words."""
    return char.isalnum() and not "\u3040" <= char <= "\u9fff" and not "\uac00" <= char <= "\ud7a3"


def _glued(text: str, place: int) -> bool:
    return 0 <= place < len(text) and _FOREIGN.match(text, place) is not None


def whole(text: str, start: int, end: int, language: str) -> int | None:
    """Return where a name ends if it is a whole word or a word with an ending of the language, else None."""
    if start and is_letter(text[start - 1]) and is_letter(text[start]):
        return None
    if _KATAKANA.match(text, start) and (_glued(text, start - 1) or _glued(text, end)):  # the ヤフー of LINEヤフー
        return None
    if end == len(text) or not is_letter(text[end]) or not is_letter(text[end - 1]):
        return end
    if end - start < 4:
        return None
    last = end
    while last < len(text) and is_letter(text[last]) and last - end < 5:
        last += 1
    return last if text[end:last] in words("endings").get(language, ()) else None


def written(said: str, entry: Entry, start: int, text: str, ending: int) -> bool:
    """Tell whether words are written as the name that they may be; `ending` counts the letters behind it."""
    spelling = entry.spelling
    if said == spelling:
        inflected_acronym = ending and spelling.isupper() and len(spelling) < 5
        return not inflected_acronym and not _ordinary(said, start, text, entry)
    if not any(char.isupper() for char in spelling):  # scripts without capitals, and names that have none
        return not spelling.isascii()
    short = entry.role == "acronym" and spelling.isupper() and len(spelling) < 4
    if short or not any(char.isupper() for char in said):
        return False
    if " " in said.strip() or (said.isupper() and len(said) > 3):
        return True
    if _UMLAUT.search(said) and not _UMLAUT.search(spelling):  # "Über" is not Uber
        return False
    return said[0].isupper() and spelling[0].isupper() and not _ordinary(said, start, text, entry)


def _ordinary(said: str, start: int, text: str, entry: Entry) -> bool:
    """Tell whether a word that is also one of everyday language heads a sentence and comes only once."""
    if entry.type != "company" or said.casefold() not in words("ordinary")["companies"]:
        return False
    if said == "X":
        return not _OF_X.search(text)
    before = text[:start].rstrip(" \t")
    heads = not before or (before[-1] in '.!?:\n“"«»' and not before[-2:-1].isdigit())
    return heads and len(re.findall(rf"(?<!\w){re.escape(said)}(?!\w)", text)) < 2
