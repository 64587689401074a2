"""Runs of capitalised words of a sentence, and how much around each says that it names an organisation.

Points are given for what stands beside a name: a legal form, a common noun such as "insurer", words of enforcement.
They are taken away for what persons, places and newspapers have beside theirs.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from loaders.news import organisations
from loaders.news.lexicon import Lexicon, lexicon
from loaders.news.ordinary import is_word
from loaders.news.persons import is_person
from loaders.news.places import is_place

ENOUGH = 2
"""Points of what is taken for a name."""
_FORMED, _ROLE, _TITLE_CASE, _SALIENT, _PERSON = 4, 3, 2, 2, 8
_ACRONYM = 6  # letters
_ACRONYM = 6  # letters
_BEFORE = 60  # characters before a name that say what it is
_DATELINE = re.compile(r"(?:, [A-Z][a-z]+\.? \d{1,2})?(?: \([A-Za-z]+\))?\s[–—-]{1,2}\s(?=[A-Z])")
_MORE = {"fr": 2, "es": 2, "it": 2, "pt": 2, "ro": 2, "pl": 1, "el": 1}
"""Words between a common noun and a name, in languages whose adjectives follow their noun."""
_SMALL = "(?:de|di|do|da|del|della|du|des|en|in|y|e|et|que|qui|che|para|per|por|pour|a|à|al|con|avec|dla|w|z|i|și)"
_IN = re.compile(r"(?<!\w)(?:in|i|à|en|w|we|σε|din|la|na|em|im|aus|bei|nach|from|near|uit|från|z|ze|από) \Z")
_QUOTED = re.compile(r"[\"“„«»”]\Z")
_SUM = re.compile(r"\s?\((?=[^()]{0,25}\d{3}|[^()]{0,8}[$€£]|\d)")
_DOMAIN = re.compile(
    r"(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|net|org|info|io|app|de|at|ch|fr|es|it|nl|be|pt|br|pl|se|gr|hu|ro|eu|uk|ie)(?![\w/])"
)
_COINED = re.compile(r"(?<![\w@./-])(?:[a-z]+\d+[a-z\d]*|[a-z]+-?[A-Z]\w+|\d+[a-z]+[A-Z]?\w*)(?![\w@])")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where a name may stand, with its points."""

    start: int
    end: int
    points: int


class Names:
    """The runs of capitalised words of a story, and how often each stands in it; the words of persons' names."""

    def __init__(self, text: str, sentences: Iterable[tuple[int, int]], words: Lexicon) -> None:
        self._text = text
        self._judge = _judge(words.language)
        self._often: Counter[str] = Counter()
        self._persons: set[str] = set()
        for start, end in sentences:
            title = _is_title(text[start:end])
            for match in organisations.runs().finditer(text, start, end):
                first, last = self._judge.trimmed(text, match.start(), match.end(), start)
                name = text[first:last]
                if not name:
                    continue
                self._often[name] += 1
                if not title and self._judge.is_person(text, first, last, start):
                    self._persons.update(name.split())

    def candidates(self, start: int, end: int) -> Iterator[Candidate]:
        """Yield what may be a name in a sentence, with points; also what has none."""
        text, judge = self._text, self._judge
        for match in organisations.formed().finditer(text, start, end):
            yield Candidate(*judge.trimmed(text, *match.span("name"), start), points=_FORMED)
        for match in organisations.bodies().finditer(text, start, end):
            yield Candidate(*match.span(), points=_FORMED)
        for pattern in (_DOMAIN, _COINED):
            for match in pattern.finditer(text, start, end):
                yield Candidate(*match.span(), points=judge.points(text, match.start(), match.end(), start, end))
        title = _TITLE_CASE if _is_title(text[start:end]) else 0
        for match in organisations.runs().finditer(text, start, end):
            first, last = judge.trimmed(text, match.start(), match.end(), start)
            if first < last:
                points = judge.points(text, first, last, start, end) + self._salience(text[first:last]) - title
                points += _ROLE if judge.heads_with_role(text[match.start() : first]) else 0
                yield Candidate(first, last, points)

    def _salience(self, name: str) -> int:
        """Return the points for how often a story says a name; part of a person's name has none."""
        if " " not in name and name in self._persons:
            return -_PERSON
        return min(self._often[name] - 1, _SALIENT) if " " in name or organisations.ODD.search(name) else 0


def telling(name: str) -> bool:
    """Tell whether a name has more to it than one word with a capital."""
    return " " in name or organisations.ODD.search(name) is not None


def addressed(text: str, start: int, end: int, words: Lexicon) -> bool:
    """Tell whether what stands beside a name says that it is the addressee of an act."""
    before = text[max(0, start - _BEFORE) : start].rpartition("\n")[2]
    return _judge(words.language).named(text, end, before, len(text)) >= _ROLE


def _is_title(line: str) -> bool:
    """Tell whether a line is written as English headlines are, each word with a capital."""
    words = re.findall(r"[^\W\d_]{4,}", line)
    return len(words) > 3 and sum(one[0].isupper() for one in words) > 0.7 * len(words)


def trimmed(text: str, start: int, end: int, words: Lexicon) -> tuple[int, int]:
    """Return a name without what is no part of it; an empty span where it is no organisation's by itself."""
    judge = _judge(words.language)
    first, last = judge.trimmed(text, start, end, start)
    name = text[first:last]
    if judge.is_other(name):
        return first, first
    return first, last


class _Judge:
    """The patterns of one language."""

    def __init__(self, language: str) -> None:
        words = lexicon(language)
        article = organisations.article()
        word = rf"[ \u00a0](?:(?:de|di|do|da|en|du|des)[ \u00a0]|d[’'])?(?!{_SMALL}[ \u00a0])[a-zà-ÿα-ώ-]+"
        more = rf"(?:{word}){{0,{_MORE.get(language, 0)}}}"
        role = rf"(?:[\wà-ÿ’'-]+[ \u00a0]){{0,2}}{organisations.roles()}{more}[ \u00a0]"
        quote = r"[\"“„«»”]?\s?"
        self.language = language
        self.role = re.compile(rf"(?<!\w){organisations.roles()}{more}[ \u00a0]{quote}\Z")
        self.acted = re.compile(
            rf"{words.name['before'].pattern}[ \u00a0]*(?:{article})?(?:{role})?{quote}\Z", re.IGNORECASE
        )
        self.acts = words.name["after"]
        self.person = re.compile(words.actor["person"].pattern + r"\.?\s\Z", re.IGNORECASE)
        self.titled = re.compile(words.actor["person"].pattern, re.IGNORECASE)

    def trimmed(self, text: str, start: int, end: int, begin: int) -> tuple[int, int]:
        """Return a run without the words at its head, and the possessive at its end, that are no part of a name."""
        stop = organisations.ordinary("stop")
        while start < end:
            word = re.match(r"[^\s\u00a0]+", text[start:end])
            heads = word is not None and (
                word[0].rstrip("'’.,") in stop
                or (start <= begin + 1 and self.language == "de" and is_word(word[0], "de") and " " in text[start:end])
                or (self.language == "de" and organisations.german_role().fullmatch(word[0]) is not None)
            )
            if word is None or not heads:
                break
            start += len(word[0])
            while start < end and text[start].isspace():
                start += 1
        elided = re.match(r"[LDlSNd]['’]", text[start:end])
        start += elided.end() if elided else 0
        if not text[start : start + 1].isupper() and not text[start : start + 1].isdigit():
            return start, start
        name = text[start:end]
        seat = organisations.OF_PLACE.search(name)
        if seat and " " in name[: seat.start()] and is_place(seat["place"], "en"):  # "Banner Health of Phoenix"
            name = name[: seat.start()]
        return start, start + len(re.sub(r"(?:['’]s?|[.,;:/-])+$", "", name))

    def points(self, text: str, start: int, end: int, begin: int, stop: int) -> int:
        """Return the points of a name between `begin` and `stop` of its sentence."""
        name = text[start:end]
        before = text[max(begin, start - _BEFORE) : start]
        found = self.named(text, end, before, stop) - self._other(text, start, end, before)
        if organisations.ODD.search(name) and not name.isupper():
            found += 1
        if _QUOTED.search(before):
            found += 1
        return found + (self._alone(text, name, heads=not before.strip(' -–—•*"“„«')) if " " not in name else 0)

    def _alone(self, text: str, name: str, *, heads: bool) -> int:
        """Return the points of one word: any word is capitalised at the head of a sentence."""
        again = [
            match.start()
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
            if match.start() > 1 and text[match.start() - 1] == " " and text[match.start() - 2] not in ".!?:•–-"
        ]
        if heads and not again and not organisations.ODD.search(name):
            return -2
        return -(1 if name.isupper() and len(name) < _ACRONYM else 0)

    def is_person(self, text: str, start: int, end: int, begin: int) -> bool:
        """Tell whether a name is that of a person: by its first word, or by a title before it."""
        before = text[max(begin, start - _BEFORE) : start]
        return is_person(text[start:end], self.language) or bool(self.person.search(before))

    def is_other(self, name: str) -> bool:
        """Tell whether a name by itself is that of a person or a place, a title, or made of common nouns alone."""
        common = self.language == "de" and all(is_word(one, "de") for one in name.split() if one[0].isupper())
        person = is_person(name, self.language) or self.titled.fullmatch(name) is not None
        return person or common or is_place(name, self.language)

    def heads_with_role(self, head: str) -> bool:
        """Tell whether words cut off a name end in a common noun of German that says what it is."""
        words = head.split()
        return self.language == "de" and bool(words) and bool(organisations.german_role().fullmatch(words[-1]))

    def named(self, text: str, end: int, before: str, stop: int) -> int:
        """Return the points for what says that a name is an organisation's, here the addressee of an act."""
        found = 0
        if self.role.search(before):
            found += 3
        if self.acted.search(before):
            found += 3
        aside = organisations.aside().match(text, end, stop)
        if self.acts.match(text, end + 1, stop) or (aside and self.acts.match(text, aside.end(), stop)):
            found += 3
        if organisations.apposition().match(text, end, stop):
            found += 1
        if _SUM.match(text, end, stop):
            found += 3
        articled = organisations.articled(self.language)
        if articled and articled.search(before):
            found += 1
        return found

    def _other(self, text: str, start: int, end: int, before: str) -> int:
        """Return the points for what says that a name is that of somebody or something else."""
        name = text[start:end]
        found = 0
        if self.titled.fullmatch(name) or self.person.search(before) or is_person(name, self.language):
            found += _PERSON
        if organisations.speech().match(text, end) or organisations.told().search(before):
            found += 4
        if organisations.advisers().search(before) or name in organisations.ordinary("press"):
            found += 5
        if is_place(name, self.language) or _DATELINE.match(text, end):
            found += 5
        elif _IN.search(before) and not telling(name):
            found += 2
        if self._known(text, name):
            found += 3
        return found

    def _known(self, text: str, name: str) -> bool:
        """Tell whether a word is an ordinary one, or one that is known and has an ending."""
        head, hyphen, _ = name.partition("-")
        if hyphen and (head in organisations.ordinary("stop") or is_place(head, self.language)):  # "az EU-ban"
            return True
        if " " not in name and name[:1].isupper() and re.search(rf"(?<!\w){re.escape(name.lower())}(?!\w)", text):
            return True
        if self.language == "de" and " " in name:
            return all(is_word(one, "de") for one in name.split() if one[0].isupper())
        noun = self.language == "de" and organisations.german_noun().fullmatch(name) is not None
        return noun or is_word(name, self.language)


@cache
def _judge(language: str) -> _Judge:
    return _Judge(language)
