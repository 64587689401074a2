"""Names of organisations that no table knows, found by what surrounds them and by how they end.

A run of capitalised words is taken for an organisation where a legal form ends it, where it is a public body's
("Comune di …"), where words of enforcement stand right beside it ("fined …", "… must pay"), or in a row of a list
before an amount. A person's name is never taken: titles before a name, and words of speech after it, say so.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.news import organisations
from loaders.news.lexicon import UNSPACED, Lexicon
from loaders.news.mention import Mention
from loaders.news.places import is_place

_ROW_SUM = 25  # characters between a name at the head of a row and its sum
_BESIDE = 2  # characters between a name and the words of enforcement behind it
_DATELINE = re.compile(r"(?:, [A-Z][a-z]+\.? \d{1,2})?(?: \([A-Za-z]+\))?\s[–—-]{1,2}\s(?=[A-Z])")
_DATED = re.compile(r"[A-ZÀ-Ý][\w., ]{2,30}(?: ?\([\w ]+\))?\s?[–—-]{1,2}\s")
_IN = re.compile(r"(?<!\w)(?:in|i|à|en|w|σε|din) \Z")
_CHINESE_HEAD = re.compile(r"^.*(?:对|對|向|因|将|將|令|与|與|和|的|日|了|指|称|稱|认为|認為)")
_ODD = re.compile(r"[A-ZÄÖÜ&\d-]")


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence: whether it tells of an act, holds an amount, names a company that the tables know.

    `told` says that its paragraph does one of the first two, `heading` that it is a short line above one that does,
    `head` that it is the first sentence of such an item of a list.
    """

    start: int
    end: int
    acts: bool
    paying: bool
    naming: bool
    told: bool
    heading: bool = False
    head: bool = False


def find(text: str, spans: Sequence[Span], known: Sequence[tuple[int, int]], words: Lexicon) -> list[Mention]:
    """Return the organisations of a text that stand at no place that is `known` to hold something else."""
    taken = [*known]
    names: dict[str, None] = {}
    for span in spans:
        for candidate in _candidates(text, span, words):
            start, end = _trimmed(text, *candidate)
            if start < end and not _overlaps(start, end, taken) and _is_name(text, start, end, words):
                names[text[start:end]] = None
    found: list[Mention] = []
    boundary = r"(?<!\w){}(?!\w)" if words.language not in UNSPACED else "{}"
    for name in sorted(names, key=lambda one: (-len(one), one)):
        for match in re.finditer(boundary.format(re.escape(name)), text):
            if not _overlaps(match.start(), match.end(), taken):
                found.append(Mention("company", name, match.start(), match.end(), "unseen"))
                taken.append(match.span())
    return sorted(found, key=lambda one: one.start)


def _candidates(text: str, span: Span, words: Lexicon) -> Iterator[tuple[int, int]]:
    if words.language in UNSPACED:
        yield from _unspaced(text, span, words.language)
    for pattern in (organisations.formed(), organisations.role()) if words.language not in UNSPACED else ():
        for match in pattern.finditer(text, span.start, span.end):
            yield match.span("name")
    for match in organisations.bodies().finditer(text, span.start, span.end):
        yield match.span()
    if words.language not in UNSPACED:
        whole = organisations.whole().fullmatch(text, span.start, span.end) if span.heading else None
        if whole and (" " in whole["name"] or _ODD.search(whole["name"][1:])):
            yield whole.span("name")
        if span.head and (head := organisations.heads().match(text, span.start, span.end)):
            yield head.span("name")
        if span.paying:
            yield from _paying(text, span, words)
        if span.acts:
            yield from _beside_acts(text, span, words)


def _unspaced(text: str, span: Span, language: str) -> Iterator[tuple[int, int]]:
    if span.head and span.paying and (row := organisations.unspaced_heads().match(text, span.start, span.end)):
        yield row.span("name")
    for pattern in organisations.unspaced(language) if span.told else ():
        for match in pattern.finditer(text, span.start, span.end):
            name = match.lastgroup or "a"
            head = _CHINESE_HEAD.match(match[name]) if language == "zh" else None
            start = match.start(name) + (head.end() if head else 0)
            yield start, match.end(name)
            if other := organisations.joined(language).search(text, span.start, start):
                yield other.span("name")


def _paying(text: str, span: Span, words: Lexicon) -> Iterator[tuple[int, int]]:
    row = organisations.heads().match(text, span.start, span.end)
    if row and any(char.isdigit() for char in text[row.end() : row.end() + _ROW_SUM]):
        yield row.span("name")
    for match in organisations.odd().finditer(text, span.start, span.end) if span.acts and not span.naming else ():
        yield match.span()
    articled = organisations.articled(words.language)
    if articled and span.acts and not span.naming:
        for match in articled.finditer(text, span.start, span.end):
            yield match.span("name")


def _beside_acts(text: str, span: Span, words: Lexicon) -> Iterator[tuple[int, int]]:
    for match in words.name["before"].finditer(text, span.start, span.end):
        following = organisations.following().match(text, match.end(), span.end)
        if following:
            yield following.span("name")
    if span.paying and not span.naming and (subject := _subject(text, span)):
        yield subject
    for match in words.name["after"].finditer(text, span.start, span.end):
        last = None
        for one in organisations.runs().finditer(text, span.start, match.start()):
            last = one
        if last and match.start() - last.end() <= _BESIDE and (last.start() > span.start + 1 or _again(text, last)):
            yield last.span()


def _subject(text: str, span: Span) -> tuple[int, int] | None:
    """Return the name of several words that opens a sentence on an act with a sum: its subject."""
    start = span.start
    while dated := _DATED.match(text, start, span.end):
        start = dated.end()
    run = organisations.runs().match(text, start, span.end)
    return run.span() if run and " " in run[0] and text[run.end() : run.end() + 1] in {" ", ",", "("} else None


def _again(text: str, run: re.Match[str]) -> bool:
    """Tell whether what heads a sentence is a name: of several words, or capitalised inside a sentence too."""
    name = run[0]
    if " " in name or re.search(r"[A-Z&\d]", name[1:]):
        return True
    return any(
        match.start() > 1 and text[: match.start()].rstrip()[-1:] not in ".!?:\n"
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    )


_OF_PLACE = re.compile(r" of (?P<place>[A-Z][\w ]+)\Z")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without the words at its head, and the possessive at its end, that are no part of a name."""
    while start < end:
        word = re.match(r"[^\s ]+", text[start:end])
        if word is None or word[0].rstrip("'’.,") not in organisations.ordinary("stop"):
            break
        start += len(word[0])
        while start < end and text[start].isspace():
            start += 1
    name = text[start:end]
    seat = _OF_PLACE.search(name)
    if seat and " " in name[: seat.start()] and is_place(seat["place"], "en"):  # "Banner Health of Phoenix"
        name = name[: seat.start()]
    cut = re.sub(r"(?:['’]s?|[.,;:/-])+$", "", name)
    return start, start + len(cut)


def _overlaps(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in taken)


def _is_name(text: str, start: int, end: int, words: Lexicon) -> bool:
    name = text[start:end]
    if len(name) < 2 or name.isdigit() or name in organisations.ordinary("press"):
        return False
    if words.language in UNSPACED:
        return name not in organisations.ordinary("unspaced")
    if _of_person(text, start, end, words) or _of_place(text, start, end, words.language):
        return False
    return " " in name or _single(text, name, words.language)


def _single(text: str, name: str, language: str) -> bool:
    """Tell whether one word is a name: not one that the text writes small too, nor a known one with an ending."""
    head, hyphen, _ = name.partition("-")
    if hyphen and (head in organisations.ordinary("stop") or is_place(head, language)):  # "az EU-ban"
        return False
    if re.search(rf"(?<!\w){re.escape(name.lower())}(?!\w)", text):
        return False
    return language != "de" or _german(text, name)


def _of_person(text: str, start: int, end: int, words: Lexicon) -> bool:
    """Tell whether a name is a person's title, has one before it, or is that of somebody who speaks."""
    if re.fullmatch(words.actor["person"].pattern, text[start:end], re.IGNORECASE):
        return True
    titled = re.search(words.actor["person"].pattern + r"\.?\s\Z", text[max(0, start - 30) : start])
    adviser = organisations.advisers().search(text, max(0, start - 30), start)
    return bool(organisations.speech().match(text, end) or titled or adviser)


def _of_place(text: str, start: int, end: int, language: str) -> bool:
    dated = _DATELINE.match(text, end) or _IN.search(text, max(0, start - 4), start)
    return bool(dated) or is_place(text[start:end], language)


def _german(text: str, name: str) -> bool:
    """Tell whether a German word is a name: written as no noun is, or repeated and no noun by its end."""
    if _ODD.search(name[1:]):
        return True
    noun = organisations.german_noun().fullmatch(name)
    return not noun and len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", text)) > 1
