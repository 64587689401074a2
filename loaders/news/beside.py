"""What stands beside a name and says whose it is: words of enforcement, common nouns, titles, words of speech."""

import re
from functools import cache

from loaders.news import organisations
from loaders.news.lexicon import lexicon
from loaders.news.ordinary import is_word
from loaders.news.persons import is_person
from loaders.news.places import is_place

PERSON = 8
"""Points that are taken from a person's name."""
BEFORE = 60
"""Characters before a name that say what it is."""
_SURE = 3  # points of one thing that says that a name is an addressee's
_DATELINE = re.compile(
    r"(?:, [A-Z][a-z]+\.? \d{1,2})?(?: \((?:[A-Za-z]+|[\d. ]+(?:[A-Za-zä]+ \d{4})?)\))?\s[–—-]{1,2}\s(?=[A-Z])"
)
_MORE = {"fr": 2, "es": 2, "it": 2, "pt": 2, "ro": 2, "pl": 1, "el": 1}
"""Words between a common noun and a name, in languages whose adjectives follow their noun."""
_SMALL = "(?:de|di|do|da|del|della|du|des|en|in|y|e|et|que|qui|che|para|per|por|pour|a|à|al|con|avec|dla|w|z|i|și)"
_IN = {
    language: re.compile(rf"(?<!\w)(?:in|{words}) \Z")
    for language, words in {
        "de": "im|aus|bei|nach|am|vom|(?:in|aus|an) de[rmn]", "el": "σε|από", "en": "from|near", "es": "en",
        "fr": "à|en", "it": "da", "nl": "uit|(?:uit|in) (?:de|het)", "pl": "w|we|z|ze", "pt": "em|na|no",
        "ro": "în|din|la", "sv": "i|från",
    }.items()
}  # fmt: skip
"""Prepositions before places."""
_SEATED = "(?:de|di|da|do|din|en|em|na|no|à|a|in)"
_LINKED = re.compile(r"(?:der|des|die|den|dem|das|von|für) ")
_GOVERNS = re.compile(r" (?:der|des|den|dem|die|von|für) (?=[A-ZÄÖÜ\d])")
_SUM = re.compile(r"\s?\((?=[^()]{0,25}\d{3}|[^()]{0,8}[$€£]|\d)")


class Beside:
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
        self.located = _IN.get(language)
        self.person = re.compile(words.actor["person"].pattern + r"\.?\s\Z", re.IGNORECASE)
        self.seat = re.compile(
            rf"(?<!\w){words.actor['unnamed_company'].pattern}{more}[ \u00a0]{_SEATED}[ \u00a0]\Z", re.IGNORECASE
        )
        self.apposed = re.compile(
            rf"(?<!\w){words.actor['unnamed_company'].pattern}(?:[ \u00a0][^\s,]+){{0,5}}, (?:{article})?{quote}\Z",
            re.IGNORECASE,
        )
        self.titled = re.compile(words.actor["person"].pattern, re.IGNORECASE)

    def trimmed(self, text: str, start: int, end: int, begin: int, *, formed: bool = False) -> tuple[int, int]:
        """Return a run without the words at its head, and the possessive at its end, that are no part of a name.

        `formed` says that a legal form follows: then German nouns at its head are part of it.
        """
        stop = organisations.ordinary("stop")
        end -= len(found[0]) if (found := organisations.form_behind().search(text[start:end])) else 0
        while start < end:
            word = re.match(r"[^\s\u00a0]+", text[start:end])
            heads = word is not None and (
                word[0].rstrip("'’.,") in stop or (not formed and self._common_head(text, start, end, begin, word[0]))
            )
            if word is None or not heads:
                break
            start += len(word[0])
            while start < end and text[start].isspace():
                start += 1
            link = _LINKED.match(text, start, end) if self.language == "de" else None
            start = link.end() if link else start
        start = self._unlinked(text, start, end) if self.language == "de" else start
        elided = re.match(r"[LDlSNd]['’]", text[start:end])
        start += elided.end() if elided else 0
        if not text[start : start + 1].isupper() and not text[start : start + 1].isdigit():
            return start, start
        name = text[start:end]
        seat = organisations.OF_PLACE.search(name)
        if (
            seat and not formed and " " in name[: seat.start()] and is_place(seat["place"], "en")
        ):  # "Banner Health of Phoenix"
            name = name[: seat.start()]
        return start, start + len(re.sub(r"(?:['’]s?|[.,;:/-])+$", "", name))

    def _common_head(self, text: str, start: int, end: int, begin: int, word: str) -> bool:
        """Tell whether a word before a name is a common noun: in German, or at the head of a sentence."""
        if " " not in text[start:end]:
            return False
        if self.language in {"nl", "sv"}:  # "Appen Vonk", "Telecombedrijf Belnet"; a foundation's is part of its name
            role = re.fullmatch(organisations.roles(), word.lower()) is not None
            return role and start <= begin + 1 and not organisations.bodies().match(text, start, end)
        if self.language != "de":
            return False
        role = organisations.german_role().fullmatch(word) is not None
        return role or (start <= begin + 1 and is_word(word, "de"))

    @staticmethod
    def _unlinked(text: str, start: int, end: int) -> int:
        """Return where a German name begins that a common noun governs: "Klage der Sparkauf", "Bude von Pixelspion"."""
        for link in _GOVERNS.finditer(text, start, end):
            head = [one for one in text[start : link.start()].split() if one[0].isupper()]
            if head and all(is_word(one, "de") for one in head) and not organisations.german_body().fullmatch(head[-1]):
                start = link.end()
        return start

    def is_person(self, text: str, start: int, end: int, begin: int) -> bool:
        """Tell whether a name is that of a person: by its first word, or by a title before it."""
        before = text[max(begin, start - BEFORE) : start]
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

    def speaks_for(self, text: str, end: int, before: str, stop: int) -> int:
        """Return the points of what says that a name is an organisation's, here the addressee of an act."""
        found = 0
        if self.role.search(before):
            found += 3
        if self.acted.search(before) or self.apposed.search(before):
            found += 3
        aside = organisations.aside().match(text, end, stop)
        if self.acts.match(text, end + 1, stop) or (aside and self.acts.match(text, aside.end(), stop)):
            found += 3
        if self.language == "hu" and organisations.behind().match(text, end, stop):
            found += 3
        if organisations.apposition().match(text, end, stop):
            found += 1
        if _SUM.match(text, end, stop):
            found += 3
        articled = organisations.articled(self.language)
        if articled and articled.search(before):
            found += 1
        return found

    def speaks_against(self, text: str, start: int, end: int, before: str) -> int:
        """Return the points of what says that a name is that of somebody or something else."""
        name = text[start:end]
        found = 0
        if self.titled.fullmatch(name) or self.person.search(before) or is_person(name, self.language):
            found += PERSON
        if organisations.speech().match(text, end) or organisations.told().search(before):
            found += 4
        if organisations.advisers().search(before):
            found += PERSON
        if name in organisations.ordinary("press"):
            found += 5
        if is_place(name, self.language) or _DATELINE.match(text, end):
            found += 5
        elif self.located and self.located.search(before) and not telling(name):
            found += 2
        elif self.seat.search(before) and not organisations.ODD.search(name):
            found += 5
        return found


def telling(name: str) -> bool:
    """Tell whether a name has more to it than one word with a capital."""
    return " " in name or organisations.ODD.search(name) is not None


def addressed(text: str, start: int, end: int, language: str) -> bool:
    """Tell whether what stands beside a name says that it is the addressee of an act."""
    before = text[max(0, start - BEFORE) : start].rpartition("\n")[2]
    return beside(language).speaks_for(text, end, before, len(text)) >= _SURE


@cache
def beside(language: str) -> Beside:
    """Return the patterns of a language."""
    return Beside(language)
