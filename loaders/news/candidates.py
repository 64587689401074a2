"""Runs of capitalised words of a story, and how much says of each that it names an organisation.

Points are given for what stands beside a name (`beside.py`), for how it is written and how often it is said, and taken
away for what persons, places and ordinary words have.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from loaders.news import organisations
from loaders.news.beside import BEFORE, PERSON, beside, telling
from loaders.news.lexicon import Lexicon
from loaders.news.ordinary import ROMANCE, is_known, is_word
from loaders.news.places import is_place

ENOUGH = 2
"""Points of what is taken for a name."""
_FORMED, _ROLE, _TITLE_CASE, _SALIENT = 4, 3, 2, 2
_ACRONYM = 6  # letters
_HEAD = ' -–—•*"“„«'
_QUOTED = re.compile(r"[\"“„«»”]\Z")
_DOMAIN = re.compile(
    r"(?<![\w@./-])[A-Za-z0-9À-ž-][a-z0-9À-ž-]*\.(?:[a-z0-9-]+\.)*"
    r"(?:com|net|org|info|io|app|de|at|ch|fr|es|it|nl|be|pt|br|pl|se|gr|hu|ro|eu|uk|ie)(?![\w/])"
)
_COINED = re.compile(r"(?<![\w@./-])(?:[a-z]+\d+[a-z\d]*|[a-z]+-?[A-Z]\w+|\d+[a-z]+[A-Z]?\w*)(?![\w@])")
_WORD = re.compile(r"\w[\w&'’+./-]*")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where a name may stand, with its points."""

    start: int
    end: int
    points: int


class Names:
    """The words of a story: how often each run of capitals stands in it, which are persons', which are ordinary."""

    def __init__(self, text: str, sentences: Iterable[tuple[int, int]], words: Lexicon) -> None:
        self._text = text
        self._beside = beside(words.language)
        self._language = words.language
        self._often: Counter[str] = Counter()
        self._persons: set[str] = set()
        self._small = {match[0] for match in _WORD.finditer(text) if match[0].islower()}
        self._inside = {match[0] for match in _WORD.finditer(text) if self._goes_on(match.start())}
        for start, end in sentences:
            title = _is_title(text[start:end], words.language)
            for match in organisations.runs().finditer(text, start, end):
                first, last = self._beside.trimmed(text, match.start(), match.end(), start)
                if first < last:
                    self._often[text[first:last]] += 1
                    if not title and self._beside.is_person(text, first, last, start):
                        self._persons.update(text[first:last].split())

    def _goes_on(self, start: int) -> bool:
        """Tell whether a word stands inside a sentence, where an ordinary one has no capital."""
        return start > 1 and self._text[start - 1] == " " and self._text[start - 2] not in ".!?:•–-"

    def candidates(self, start: int, end: int) -> Iterator[Candidate]:
        """Yield what may be a name in a sentence, with points; also what has none."""
        text = self._text
        for match in organisations.formed().finditer(text, start, end):
            if organisations.advisers().search(text[max(start, match.start() - BEFORE) : match.start()]):
                continue
            yield Candidate(*self._beside.trimmed(text, *match.span("name"), start, formed=True), points=_FORMED)
        for match in organisations.bodies().finditer(text, start, end):
            if match[0].split()[0] not in organisations.ordinary("stop") or match[0].count(" ") > 1:  # "Die Bank"
                yield Candidate(*match.span(), points=_FORMED)
        for pattern in (_DOMAIN, _COINED):
            for match in pattern.finditer(text, start, end):
                yield Candidate(*match.span(), points=self._points(match.start(), match.end(), start, end))
        title = _TITLE_CASE if _is_title(text[start:end], self._language) else 0
        for match in organisations.runs().finditer(text, start, end):
            first, last = self._beside.trimmed(text, match.start(), match.end(), start)
            if first < last:
                points = self._points(first, last, start, end) + self._salience(text[first:last]) - title
                points += _ROLE if self._beside.heads_with_role(text[match.start() : first]) else 0
                yield Candidate(first, last, points)

    def _points(self, start: int, end: int, begin: int, stop: int) -> int:
        """Return the points of a name between `begin` and `stop` of its sentence."""
        name = self._text[start:end]
        before = self._text[max(begin, start - BEFORE) : start]
        found = self._beside.speaks_for(self._text, end, before, stop)
        found -= self._beside.speaks_against(self._text, start, end, before)
        found += 1 if organisations.ODD.search(name) and not name.isupper() else 0
        found += 1 if _QUOTED.search(before) else 0
        heads = not before.strip(_HEAD)
        if self._is_ordinary(name):
            found = self._ordinary(found, name, heads=heads)
        if heads and found >= _ROLE and self._language in ROMANCE and " " not in name:  # words of enforcement follow it
            heads = is_known(name, self._language)
        return found - (self._alone(name, heads=heads) if " " not in name else 0)

    def _ordinary(self, found: int, name: str, *, heads: bool) -> int:
        """Return the points of words that are ordinary: German has nouns where names stand, but seldom two in a row."""
        if self._language != "de":
            return found - 3
        two = " " in name and not heads and not name.split(maxsplit=1)[0].endswith("er")
        return found - 2 if two else found - 3 if found > _ROLE + 2 else min(found, _ROLE) - 3

    def _alone(self, name: str, *, heads: bool) -> int:
        """Return what a name of one word loses: any word is capitalised at the head of a sentence."""
        if heads and name not in self._inside and not organisations.ODD.search(name):
            return 2
        return 1 if name.isupper() and len(name) < _ACRONYM else 0

    def _salience(self, name: str) -> int:
        """Return the points for how often a story says a name; part of a person's name has none."""
        if " " not in name and name in self._persons:
            return -PERSON
        return min(self._often[name] - 1, _SALIENT) if telling(name) else 0

    def _is_ordinary(self, name: str) -> bool:
        """Tell whether a word is an ordinary one, or one that is known and has an ending."""
        head, hyphen, _ = name.partition("-")
        if hyphen and (head in organisations.ordinary("stop") or is_place(head, self._language)):  # "az EU-ban"
            return True
        if " " not in name and name[:1].isupper() and name.lower() in self._small:
            return True
        if self._language == "de" and organisations.ODD.search(name) and not hyphen:
            return False
        if self._language == "de" and hyphen and is_word(name.rpartition("-")[2], "de"):  # "Schufa-Daten"
            return True
        if self._language == "de" and " " in name:
            return all(is_word(one, "de") for one in name.split() if one[0].isupper())
        noun = self._language == "de" and organisations.german_noun().fullmatch(name) is not None
        return noun or is_word(name, self._language)


def _is_title(line: str, language: str) -> bool:
    """Tell whether a line is written as English headlines are, each word with a capital; in German all nouns are."""
    if language == "de":
        return False
    words = re.findall(r"[^\W\d_]{4,}", line)
    return len(words) > 3 and sum(one[0].isupper() for one in words) > 0.7 * len(words)


def trimmed(text: str, start: int, end: int, words: Lexicon) -> tuple[int, int]:
    """Return a name without what is no part of it; an empty span where it is no organisation's by itself."""
    judge = beside(words.language)
    formed = organisations.form_behind().search(text, start, end) is not None
    first, last = judge.trimmed(text, start, end, start, formed=formed)
    return (first, first) if judge.is_other(text[first:last]) else (first, last)
