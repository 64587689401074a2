"""Names of organisations that no table knows, found by what surrounds them and by how they are written.

In languages with spaces every run of capitalised words of a sentence that tells of an act is judged (`candidates.py`),
and names that head rows and parts of the page are taken as they are. Japanese words are told apart by Sudachi
(`japanese.py`); Korean and Chinese have patterns. A pipeline of spaCy that the user switched on is asked where all this
finds nobody (`nlp.py`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.news import chinese, declension, japanese, korean, nlp, organisations
from loaders.news.beside import telling
from loaders.news.candidates import ENOUGH, Names, trimmed
from loaders.news.lexicon import UNSPACED, Lexicon
from loaders.news.mention import Mention

_MAY_BE = 1  # points
_READERS = {"ko": korean.names, "zh": chinese.names}
_ROW_SUM = 25  # characters between a name at the head of a row and its sum


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


def find(
    text: str, spans: Sequence[Span], known: Sequence[tuple[int, int]], words: Lexicon,
    authorities: Sequence[tuple[int, int]] = (),
) -> list[Mention]:  # fmt: skip
    """Return the organisations of a text that stand at no place that is `known` to hold something else.

    A name may stand right behind one of the `authorities`.
    """
    taken = [*known]
    story = Names(text, [(one.start, one.end) for one in spans], words)
    names: dict[str, None] = {}
    for span in spans:
        found_in = _unspaced(text, span, words) if words.language in UNSPACED else _spaced(text, span, words, story)
        for at, end in found_in:
            start = _behind(at, end, text, authorities)
            if (
                start < end
                and not _overlaps(start, end, taken)
                and not organisations.nobody(words.language).match(text, start, end)
            ):
                names[text[start:end]] = None
    for start, end in japanese.names(text, [(one.start, one.end) for one in spans]) if words.language == "ja" else ():
        if not _overlaps(start, end, taken) and text[start:end] not in organisations.ordinary("unspaced"):
            names[text[start:end]] = None
    found: list[Mention] = []
    boundary = r"(?<!\w){}(?![^\W\d])" if words.language not in UNSPACED else "{}"
    for name in sorted(names, key=lambda one: (-len(one), one)):
        alone = declension.alone(name, words.language, text)
        for match in re.finditer(boundary.format(declension.cases(alone, name, words.language)), text):
            if not _overlaps(match.start(), match.end(), taken):
                found.append(Mention("company", alone, match.start(), match.end(), "unseen"))
                taken.append(match.span())
    return sorted(found, key=lambda one: one.start)


def courts(text: str, known: Sequence[tuple[int, int]], language: str) -> list[Mention]:
    """Return the courts of a text that stand at no place that is `known` to hold something else."""
    pattern = organisations.courts(language)
    return [
        Mention("court", match[0], match.start(), match.end(), "unseen")
        for match in (pattern.finditer(text) if pattern else ())
        if not _overlaps(match.start(), match.end(), known)
    ]


def _spaced(text: str, span: Span, words: Lexicon, story: Names) -> Iterator[tuple[int, int]]:
    if span.heading or span.head or span.paying:
        yield from (trimmed(text, *one, words) for one in _heads(text, span))
    if span.acts or span.paying or span.told:
        found = [one for one in story.candidates(span.start, span.end) if one.start < one.end]
        enough = [one for one in found if one.points >= ENOUGH]
        if not enough and span.acts and not span.naming:  # somebody is fined: whoever may be
            may_be = [one for one in found if one.points >= _MAY_BE and telling(text[one.start : one.end])]
            enough = sorted(may_be, key=lambda one: -one.points)[:1]
        yield from ((one.start, one.end) for one in enough)
        if not enough and span.acts and not span.naming:
            more = nlp.organisations(text[span.start : span.end], words.language)
            yield from (trimmed(text, span.start + start, span.start + end, words) for start, end in more)


def _heads(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """Yield names that head a part of the page, an item of a list, or a row before a sum."""
    whole = organisations.whole().fullmatch(text, span.start, span.end) if span.heading else None
    if whole and telling(whole["name"]) and not whole["name"].isupper():
        yield whole.span("name")
    row = organisations.heads().match(text, span.start, span.end)
    if row and (span.head or any(char.isdigit() for char in text[row.end() : row.end() + _ROW_SUM])):
        yield row.span(row.lastgroup or "name")


def _unspaced(text: str, span: Span, words: Lexicon) -> Iterator[tuple[int, int]]:
    ordinary = organisations.ordinary("unspaced")
    for start, end in _patterned(text, span, words.language):
        name = text[start:end]
        if len(name) > 1 and not name.isdigit() and name not in ordinary:
            yield start, end


def _patterned(text: str, span: Span, language: str) -> Iterator[tuple[int, int]]:
    row = organisations.unspaced_heads().match(text, span.start, span.end) if span.head and span.paying else None
    if row and _is_name(text, *row.span("name"), language):
        yield row.span("name")
    if span.told and language in _READERS:
        yield from _READERS[language](text, span.start, span.end)


def _is_name(text: str, start: int, end: int, language: str) -> bool:
    """Tell whether what heads a row may be a name."""
    if language == "zh":
        return chinese.cleaned(text, start, end, subject=True) == (start, end)
    return language != "ko" or korean.cleaned(text, start, end) == (start, end)


def _behind(start: int, end: int, text: str, authorities: Sequence[tuple[int, int]]) -> int:
    """Return where a name starts before which an authority's stands: "elmarasztalta a NAIH Kékduna Bankot"."""
    last = max((stop for first, stop in authorities if first <= start < stop < end), default=start)
    return last + len(text[last:end]) - len(text[last:end].lstrip()) if text[last : last + 1].isspace() else start


def _overlaps(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in taken)
