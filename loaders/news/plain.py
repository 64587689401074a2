"""A page saved as text: its characters stay as they are; the blocks say where the story stands in them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from loaders.news import furniture
from loaders.news.draft import Role
from loaders.news.language import language_of
from ontology.folding import fold

# What no block reaches over: line ends of every kind, and control characters.
_LINE = re.compile(r"[^\n\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]+")
_DATE = re.compile(r"\s*date:? (?P<date>\d{4}(?:-\d{2}(?:-\d{2})?)?)(?=\s|$)")
_MARKER = re.compile(r"(?:[•‣▪●○◦·*–—-]|\(?\d{1,2}[.)]|\(?[a-z]\))[ \t\u00a0\u3000]+(?=\S)|[•‣▪●・](?=\S)")
_SOURCE = re.compile(r"\s*\([\w-]+(?:\.[\w-]+)+\)(?:\s+\d+)?$")
_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
_PATH = re.compile(r"\s[>»›→]\s")  # Home > News
_LONG_WORD = re.compile(r"[^\W\d_]{2,}")
_WIDE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
_FULL_STOP = re.compile(r"(?<!\b[A-Z])[.!?](?:\s|[\"”’»)\]]|$)|[。！？]")
LONGEST = 20_000
"""Lines of the longest text that is looked at; no story is so long."""
_SUM = re.compile(r"[$€£¥₩]|\d{3}|million|milli|mln|Mio")
_STORY = 80
"""Characters of the shortest paragraph that a story begins with (a wide character counts twice)."""
_WIDEST = 132  # columns of a text whose lines were broken to fit
_TOLD = 3000  # characters of a paragraph whose words a headline may share
_CANDIDATES = 30  # lines above the story that can be its headline


@dataclass(frozen=True, slots=True)
class Plain:
    """A text with its blocks (start, end, role), as `page.Page` has them."""

    headline: str
    text: str
    blocks: tuple[tuple[int, int, Role], ...]
    language: str
    published: str | None


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    width: int  # in columns
    role: Role = "paragraph"
    gap: bool = False  # an empty line stands before it
    menu: bool = False

    @property
    def tells(self) -> bool:
        return self.role != "item" and self.width >= _STORY and bool(_FULL_STOP.search(self.text))


def read(raw: str, *, language: str | None = None) -> Plain | None:
    r"""Return the story of a text, None where it has none.

    >>> page = read("Home\nFirm fined over cookies\n\nA firm was fined €5m on Monday for its cookies. " + "x" * 40)
    >>> page.headline, [(page.text[a:b][:9], role) for a, b, role in page.blocks]
    ('Firm fined over cookies', [('Firm fine', 'headline'), ('A firm wa', 'paragraph')])
    """
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    dated = _DATE.match(text)
    lines = _without_menus(list(islice(_lines(text, dated.end() if dated else 0), LONGEST)))
    if not lines:
        return None
    language = language_of(" ".join(one.text for one in sorted(lines, key=lambda one: -one.width)[:12]), language)
    first, headline = _opening(lines, language)
    if headline is None and first is None:
        return None
    story = _without_teasers(list(_story(lines, first, headline, language)), language)
    told = _SOURCE.sub("", headline.text) if headline else _first_sentence(story)
    blocks = [(one.start, one.end, one.role) for one in story]
    if headline:
        blocks.insert(0, (headline.start, headline.start + len(told), "headline"))
    return Plain(" ".join(told.split()), text, tuple(blocks), language, dated["date"] if dated else None)


def _lines(text: str, start: int) -> Iterator[_Line]:
    gap_from = start
    for match in _LINE.finditer(text, start):
        words = match[0].strip()
        if not words or not _WORD.search(words):
            continue
        at = match.start() + len(match[0]) - len(match[0].lstrip())
        gap = text.count("\n", gap_from, at) > 1
        gap_from = at + len(words)
        marker = _MARKER.match(words)
        skip = marker.end() if marker else 0
        row = words.count("\t") > 1 or words.count(" | ") > 1
        role: Role = "item" if marker or row else "paragraph"
        yield _Line(at + skip, at + len(words), words[skip:], _width(words[skip:]), role, gap, menu=row)


def _without_menus(lines: Sequence[_Line]) -> list[_Line]:
    """Join what was broken; words between bars are a row of a table among others of its kind, and a menu alone."""
    rows = [one.menu for one in lines]
    alone = [
        row and not furniture.is_sentence(one.text) and not any(rows[max(n - 1, 0) : n] + rows[n + 1 : n + 2])
        for n, (one, row) in enumerate(zip(lines, rows, strict=True))
    ]
    return _joined([replace(one, menu=lone) for one, lone in zip(lines, alone, strict=True)])


def _joined(lines: Sequence[_Line]) -> list[_Line]:
    """Join the lines of a paragraph where the text was broken to fit a width: the next word had no place any more."""
    widths = sorted(one.width for one in lines)
    if len(widths) < 5 or widths[-1] > _WIDEST or widths[-1] < 50:
        return list(lines)
    widest = widths[-1]
    full = [two.text for one, two in pairwise(lines) if not two.gap and _is_full(one, two, widest)]
    long = sum(one.width > widest / 2 for one, two in pairwise(lines) if not two.gap)
    goes_on = sum(not text[0].isupper() for text in full)
    if len(full) < max(3, long * 0.6) or goes_on < len(full) * 0.4:  # a list of headlines has long lines too
        return list(lines)
    joined = [lines[0]]
    for before, line in pairwise(lines):
        if line.gap or line.role == "item" or not _is_full(before, line, widest):
            joined.append(line)
        else:
            last = joined[-1]
            width = last.width + 1 + line.width
            joined[-1] = replace(last, end=line.end, text=f"{last.text} {line.text}", width=width)
    return joined


def _width(text: str) -> int:
    return len(text) + len(_WIDE.findall(text))


def _is_full(line: _Line, following: _Line, widest: int) -> bool:
    word = following.text.split(maxsplit=1)[0]
    return line.width + 1 + min(len(word), 20) > widest * 0.85


def _opening(lines: Sequence[_Line], language: str) -> tuple[int | None, _Line | None]:
    """Return which line tells the story first, and the one above that is its headline."""
    first = next((n for n, one in enumerate(lines) if one.tells and not _is_furniture(one, language)), None)
    above = lines[: len(lines) if first is None else first][-_CANDIDATES:]
    cut = next((n for n, one in enumerate(above) if n and _ends(one, language)), len(above)) if first is None else None
    above = above[:cut]
    told = _words(" ".join(one.text[:_TOLD] for one in lines[first or 0 :][:8]))
    again = [one.text for one in lines[(first or 0) + 1 :]]
    rated = [
        (_rating(one, told, again, language) - n * 0.05, -n, one)
        for n, one in enumerate(above)
        if _may_head(one, language)
    ]
    best = max(rated, key=lambda one: one[:2], default=None)
    return first, best[2] if best else None


def _may_head(line: _Line, language: str) -> bool:
    words = len(_LONG_WORD.findall(line.text)) + len(_WIDE.findall(line.text)) // 3
    return (
        line.role == "paragraph"
        and words > 2
        and line.width <= 250
        and not line.text.endswith((":", "：", ";", ","))
        and not _PATH.search(line.text)
        and not furniture.is_date_line(line.text)
        and not furniture.is_credit(line.text)
        and not _is_furniture(line, language, early=True)
    )


def _rating(line: _Line, told: frozenset[str], again: Sequence[str], language: str) -> float:
    """Say how much a line looks like the headline: it speaks of what the story does, and is no sentence."""
    own = _words(line.text)
    shared = len(own & told) / len(own) if own else 0
    title = _SOURCE.sub("", line.text)
    return (
        2 * shared
        + furniture.speaks_of_an_act(line.text, language)
        + 2 * (title in again or title != line.text)
        + 0.5 * (len(own) > 3)
        - 0.7 * furniture.is_sentence(line.text)
        - furniture.lexicon().is_line(line.text)
    )


def _words(text: str) -> frozenset[str]:
    words = {one for one in fold(text).split() if len(one) > 3}
    wide = _WIDE.findall(text)
    return frozenset(words | {one + two for one, two in pairwise(wide)})


def _story(lines: Sequence[_Line], first: int | None, headline: _Line | None, language: str) -> Iterator[_Line]:
    """Yield the parts below the headline, up to the comments or other stories."""
    begun = False
    start = lines.index(headline) + 1 if headline else first or 0
    if headline is None:  # points above the first paragraph are a summary
        while start and lines[start - 1].role == "item" and lines[start - 1].width > _STORY // 2:
            start -= 1
    for n, line in enumerate(lines[start:], start):
        below = first is None or n >= first
        if begun and _ends(line, language):
            return
        credit = furniture.is_credit(line.text)
        if not credit and (_is_furniture(line, language) or (not below and _is_chrome(line))):
            continue
        if headline and line.text == headline.text:
            continue
        begun = begun or line.tells or first is None
        following = lines[n + 1] if n + 1 < len(lines) else None
        if credit or (following and furniture.is_credit(following.text) and line.width < 200 and not line.tells):
            yield replace(line, role="caption")
        else:
            yield line


def _without_teasers(story: list[_Line], language: str) -> list[_Line]:
    """Return the lines without a list of other stories at the end: a few words ("In other news"), then its items."""
    last = next((n for n in range(len(story) - 1, -1, -1) if furniture.is_sentence(story[n].text)), len(story))
    tail = story[last + 1 :]
    if len(tail) < 3 or last < 1:
        return story
    head, items = tail[0], tail[1:]
    heads = head.role == "paragraph" and head.width < _STORY // 2 and not re.search(r"\d", head.text)
    sums = sum(bool(_SUM.search(one.text)) for one in items)  # a list of fines has one in each row
    teases = heads and 2 * sums <= len(items) and not furniture.speaks_of_an_act(head.text, language)
    return story[: last + 1] if teases else story


def _is_furniture(line: _Line, language: str, *, early: bool = False) -> bool:
    if line.menu and not furniture.speaks_of_an_act(line.text, language):
        return True
    return furniture.left_out(line.text, language, early=early, item=line.role == "item") or _ends(line, language)


def _ends(line: _Line, language: str) -> bool:
    return furniture.lexicon().is_end(line.text) and not (
        furniture.is_sentence(line.text) and furniture.speaks_of_an_act(line.text, language)
    )


def _is_chrome(line: _Line) -> bool:
    """Tell whether a line between headline and story says nothing: a date, a name, a section."""
    if furniture.is_date_line(line.text):
        return True
    return line.width < 40 and len(_WORD.findall(line.text)) <= 3 and not furniture.is_sentence(line.text)


def _first_sentence(story: Sequence[_Line]) -> str:
    told = next((one.text for one in story if one.tells), story[0].text if story else "")
    end = _FULL_STOP.search(told, 30)
    return told[: min(end.end() if end else len(told), 250)].strip()
