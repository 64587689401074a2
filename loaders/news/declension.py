"""Names of unknown organisations by themselves, without the ending of their case: Hungarian, Polish and Greek.

"a Kékduna Bankot" is Kékduna Bank, "Szkoły Podstawowej" is Szkoła Podstawowa, "του Δήμου Πάργας" is Δήμος Πάργας. An
ending that names have by themselves too is taken off only where the page says the name without it, or the
words around it ask for that case.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from loaders.news import organisations

_LENGTHENED = {"á": "a", "é": "e"}
_HYPHENED = re.compile(r"-(?P<ending>[a-záéíóöőúüű]{1,4})\Z")
_DOUBLED = re.compile(r"(?P<last>[bcdfghjklmnpqrstvwxyz])(?P=last)[ae]l\Z|(?<=[áéióőuú])v[ae]l\Z")
_LONG_OBJECT = re.compile(r"[áéóőúű]t\Z")
_REACH = 90  # characters around a name within which a verb asks for its case
_LEAST = 3  # letters of a name without its ending


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def alone(name: str, language: str, text: str) -> str:
    """Return a name that stands in a text without the ending that its sentence gives it.

    >>> alone("Kékduna Banknak", "hu", ""), alone("Tisza Market", "hu", "a Tisza Market cég")
    ('Kékduna Bank', 'Tisza Market')
    >>> alone("Szkoły Podstawowej nr 2", "pl", ""), alone("Mebloramę", "pl", "")
    ('Szkoła Podstawowa nr 2', 'Meblorama')
    >>> alone("Δήμου Πάργας", "el", ""), alone("Γενικού Νοσοκομείου Βόλου", "el", "")
    ('Δήμος Πάργας', 'Γενικό Νοσοκομείο Βόλου')
    """
    if language == "hu":
        return _hungarian(name, text)
    if language == "pl":
        return _polish(name, text)
    return _greek(name, text) if language == "el" else name


def cases(alone: str, name: str, language: str) -> str:
    """Return a pattern of a name in a text, `alone` and as it was found; in Hungarian with any ending."""
    either = "|".join(re.escape(one) for one in dict.fromkeys((name, alone)))
    if language != "hu":
        return f"(?:{either})"
    last = alone[-1]
    stem = {"a": f"{re.escape(alone[:-1])}[aá]", "e": f"{re.escape(alone[:-1])}[eé]"}.get(last, re.escape(alone))
    return f"(?:{stem}(?:-?(?:{_endings()}))?|{either})"


@cache
def _endings() -> str:
    words = _table()["hu"]
    double = "|".join(f"{one}{one}[ae]l" for one in "bcdfghjklmnpqrstvz")
    return "|".join(sorted((*words["sure"], *words["other"], "val", "vel", double), key=len, reverse=True))


# Hungarian: an ending at the last word


def _hungarian(name: str, text: str) -> str:
    if _has_noun_behind(name, text):
        return name
    if hyphened := _HYPHENED.search(name):
        ending = hyphened["ending"]
        known = ending in {*_table()["hu"]["sure"], *_table()["hu"]["other"]} or ending[-2:] in {"al", "el"}
        return name[: hyphened.start()] if known else name
    for ending in _table()["hu"]["sure"]:
        if name.endswith(ending) and (stem := _stem(name, len(ending))):
            return _short(stem, text)
    cut = 3 if _DOUBLED.search(name) else 1 if _LONG_OBJECT.search(name) else 0
    if cut and (stem := _stem(name, cut)):
        return _short(stem, text)
    for stem, asks in _possible(name):
        if stem[-1] in _LENGTHENED or _said(stem, text) or (asks and _asked(name, asks, text)):
            return _short(stem, text)
    return name


def _has_noun_behind(name: str, text: str) -> bool:
    """Tell whether a common noun stands behind a name: then that has the ending."""
    behind = organisations.behind()
    return any(behind.match(text, one.end()) for one in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def _possible(name: str) -> Iterator[tuple[str, str]]:
    """Yield what a name may be without an ending, and the verbs that ask for this ending."""
    words = _table()["hu"]
    for ending in words["other"]:
        if name.endswith(ending) and (stem := _stem(name, len(ending))):
            asks = words["object_of"] if ending[-1] == "t" else words["onto_of"] if ending in {"ra", "re"} else ""
            linked = ending != "t" or stem[-1] in "aeiouáéíóöőúüűlnrsyzj"
            if linked and (ending != "t" or stem[-1] not in "oeöa"):
                yield stem, asks


def _stem(name: str, ending: int) -> str:
    stem = name[:-ending]
    return stem if len(stem.rpartition(" ")[2]) >= _LEAST else ""


def _short(stem: str, text: str) -> str:
    """Return a stem with its last vowel as it is without an ending: Postá(nak) is Posta, but Kávé stays."""
    short = stem[:-1] + _LENGTHENED.get(stem[-1], stem[-1])
    return stem if stem != short and re.search(rf"(?<!\w){re.escape(stem)}(?!\w)", text) else short


def _said(stem: str, text: str) -> bool:
    """Tell whether a page says a name without an ending, or with one that is no part of it."""
    sure = "|".join(_table()["hu"]["sure"])
    short = stem[:-1] + _LENGTHENED.get(stem[-1], stem[-1])
    names = "|".join(re.escape(one) for one in {stem, short})
    return re.search(rf"(?<!\w)(?:{names})(?:{sure})?(?!\w)", text) is not None


def _asked(name: str, verbs: str, text: str) -> bool:
    verb = re.compile(rf"(?<!\w)(?:meg|el|be|le|ki|fel)?(?:{verbs})(?!\w)", re.IGNORECASE)
    for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
        before = re.split(r"[.!?\n]\s", text[max(0, match.start() - _REACH) : match.start()])[-1]
        behind = re.split(r"[.!?\n]\s", text[match.end() : match.end() + _REACH])[0]
        if verb.search(before) or verb.search(behind):
            return True
    return False


# Polish and Greek: the noun of the organisation, and the adjectives that go with it


def _polish(name: str, text: str) -> str:
    words = name.split(" ")
    for n, word in enumerate(words):
        found = _polish_nouns().get(word)
        if found is None:
            continue
        noun, gender = found
        words[n] = noun
        for at in (*range(n - 1, -1, -1), *range(n + 1, len(words))):
            changed = _polish_adjective(words[at], gender)
            if changed == words[at] and at > n:
                break
            words[at] = changed
        return " ".join(words)
    if len(words[-1]) > _LEAST and words[-1][-1] in "ęą" and (words[-1].istitle() or len(words) > 1):
        return f"{name[:-1]}a"
    for ending, instead in (
        ("owi", ""),
        ("iem", ""),
        ("em", ""),
        ("y", "a"),
        ("i", "a"),
        ("u", ""),
        ("a", ""),
        ("ie", "a"),
        ("ie", ""),
    ):
        stem = name.removesuffix(ending)
        if (
            stem != name
            and len(stem.rpartition(" ")[2]) >= _LEAST
            and re.search(rf"(?<!\w){re.escape(stem + instead)}(?!\w)", text)
        ):
            return stem + instead
    return name


@cache
def _polish_nouns() -> Mapping[str, tuple[str, str]]:
    """Return the nouns of organisations and their genders by each of their cases."""
    found: dict[str, tuple[str, str]] = {}
    for gender in ("feminine", "masculine", "neuter"):
        for noun in _table()["pl"][gender]:
            for one in _polish_cases(noun, gender):
                found.setdefault(one, (noun, gender))
    return found


def _polish_cases(noun: str, gender: str) -> Iterator[str]:
    stem = noun[:-1]
    yield noun
    if gender == "feminine":
        if noun[-1] != "a":
            yield from (
                f"{noun[:-1]}{'ci' if noun[-1] == 'ć' else noun[-1] + 'i'}",
                f"{noun[:-1]}cią" if noun[-1] == "ć" else f"{noun}ą",
            )
            return
        soft = {"k": "ce", "g": "dze", "t": "cie", "d": "dzie", "r": "rze", "ł": "le"}
        yield from (f"{stem}ę", f"{stem}ą", f"{stem}o")
        yield f"{stem}y"
        yield f"{stem[:-1]}{soft[stem[-1]]}" if stem[-1] in soft else f"{stem}ie"
        yield f"{stem}i" if stem[-1] != "i" else stem
        if stem[-1] == "i":
            yield f"{stem}i"
    elif gender == "masculine":
        bodies = {"Urząd": "Urzęd", "Ośrodek": "Ośrodk", "Związek": "Związk", "Zespół": "Zespoł"}
        body = bodies.get(noun, noun)
        yield from (f"{body}{ending}" for ending in ("a", "u", "owi", "em", "iem", "zie", "ie"))
    elif noun.endswith("um"):
        return
    else:
        yield from (f"{stem}{ending}" for ending in ("a", "u", "em"))


def _polish_adjective(word: str, gender: str) -> str:
    """Return an adjective in the nominative; a word that is none stays.

    >>> _polish_adjective("Miejskiego", "neuter"), _polish_adjective("Mieszkaniową", "feminine")
    ('Miejskie', 'Mieszkaniowa')
    """
    if len(word) < 6 or not word[0].isupper():
        return word
    if gender == "feminine":
        return re.sub(r"(?:iej|ej|ą)\Z", "a", word) if not word.endswith("ią") else f"{word[:-2]}a"
    stem = re.sub(r"(?:ego|emu|ym|im)\Z", "", word)
    if stem == word:
        return word
    soft = stem.endswith(("ki", "gi"))
    if gender == "neuter":
        return f"{stem}e"
    return stem if soft else f"{stem}y"


def _greek(name: str, text: str) -> str:
    words = name.split(" ")
    for n, word in enumerate(words):
        found = _greek_nouns().get(word)
        if found is None:
            continue
        noun, gender = found
        if word != noun:
            words[n] = noun
            words[:n] = [_greek_adjective(one, gender) for one in words[:n]]
        return " ".join(words)
    if re.search(rf"(?<!\w)της {re.escape(name)}(?!\w)", text):
        for count in range(len(words), 0, -1):
            changed = " ".join([*(one.removesuffix("ς") for one in words[:count]), *words[count:]])
            if changed != name and (len(words) == 1 or re.search(rf"(?<!\w){re.escape(changed)}(?!\w)", text)):
                return changed
    return name


@cache
def _greek_nouns() -> Mapping[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for gender in ("feminine", "masculine", "neuter"):
        for noun in _table()["el"][gender]:
            for one in _greek_cases(noun, gender):
                found.setdefault(one, (noun, gender))
    return found


_MOVED = {  # stems whose accent moves with the ending
    "Όμιλ": "Ομίλ", "Σύλλογ": "Συλλόγ", "Σύνδεσμ": "Συνδέσμ", "Πάροχ": "Παρόχ", "Πανεπιστήμι": "Πανεπιστημί",
    "Κολλέγι": "Κολλεγί", "Επιμελητήρι": "Επιμελητηρί", "Λύκει": "Λυκεί", "Γυμνάσι": "Γυμνασί", "Θέατρ": "Θεάτρ",
    "Δίκτυ": "Δικτύ",
}  # fmt: skip


def _greek_cases(noun: str, gender: str) -> Iterator[str]:
    yield noun
    if gender == "feminine":
        yield f"{noun}ς"
        if noun == "Ένωση":
            yield "Ένωσης"
    elif noun.endswith(("ος", "ός", "ο", "ό")):
        stem = noun.removesuffix("ς")[:-1]
        yield noun.removesuffix("ς")
        yield f"{_MOVED.get(stem, stem)}{'ού' if noun.removesuffix('ς')[-1] == 'ό' else 'ου'}"
    elif noun.endswith("μα"):
        yield {"Ίδρυμα": "Ιδρύματος", "Κόμμα": "Κόμματος"}.get(noun, f"{noun}τος")
    else:
        yield noun.removesuffix("ς")


def _greek_adjective(word: str, gender: str) -> str:
    if gender == "feminine":
        return re.sub(r"(?<=[ήάηα])ς\Z", "", word)
    short = re.sub(r"ου\Z", "ο", re.sub(r"ού\Z", "ό", word))
    return re.sub(r"(?<=[όο])\Z", "ς", short) if gender == "masculine" else short
