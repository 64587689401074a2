"""A saved page to the text of its story, with where each part of it stands.

What a file is its name says and its first bytes: HTML, text, Markdown, a feed or a web archive.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from loaders.charset import decoded
from loaders.news import bounded, plain, warc
from loaders.news.budget import Budget, report
from loaders.news.dates import first_date
from loaders.news.draft import Draft, Part, Role
from loaders.news.language import language_of
from loaders.news.sites import voice_of
from loaders.source import Source, SourceError
from ontology.dates import Date, DateError
from ontology.identifiers import IdentifierError, digest, slug
from ontology.records import Problem

LARGEST = 2 << 20
"""Bytes of the largest page that is read; a feed counts as one page, an archive does not."""
_ARCHIVES = (".warc", ".warc.gz")
_FEEDS = (".xml", ".rss", ".atom")
_MARKDOWN = (".md", ".markdown")
_HTML_NAMES = (".html", ".htm")
_HTML = re.compile(rb"<(?:!doctype html|html|head|body|article|section|main|div|p|h1)\b", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss|feed|rdf:rdf)\b", re.IGNORECASE)
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DATE_IN_NAME = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
_NO_STORY = "no article found on this page; save the page of one story, or its text with a headline"


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the text that belongs to the story: text[start:end]."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class Page:
    """A story. Offsets count the characters of `text`, which is the file's own where that is plain text.

    What lies between the blocks is furniture: menus, comments, teasers. `voice` is the authority whose own press
    release the page is ("we").
    """

    key: str
    headline: str
    text: str
    blocks: tuple[Block, ...]
    published: Date | None
    url: str | None
    language: str
    voice: str | None = None


def composed(
    headline: str, parts: Iterable[Part], *, key: str = "", published: Date | None = None, url: str | None = None,
    language: str = "en", voice: str | None = None,
) -> Page:  # fmt: skip
    """Return a page whose text is put together: headline and parts, an empty line between two.

    >>> page = composed("Firm fined", [Part("paragraph", "It has to pay €5m.")])
    >>> [(one.role, page.text[one.start:one.end]) for one in page.blocks]
    [('headline', 'Firm fined'), ('paragraph', 'It has to pay €5m.')]
    """
    blocks: list[Block] = []
    texts: list[str] = []
    at = 0
    for part in (Part("headline", headline), *parts):
        blocks.append(Block(at, at + len(part.text), part.role))
        texts.append(part.text)
        at += len(part.text) + 2
    text = "\n\n".join(texts)
    return Page(key, headline, text, tuple(blocks), published, url, language, voice)


def read(source: Source, budget: Budget | None = None) -> Iterator[Page]:
    """Yield the stories of a file; what cannot be read is reported in the source's problems.

    What a story took of the budget is off it when the story is yielded; it begins anew with the next.
    """
    budget = budget or Budget()
    try:
        kind = _kind(source.path.name, source.bytes())
        if kind == "warc":
            yield from _archived(source, budget)
        else:
            _check_size(source.bytes(), "")
            yield from _plain_story(source, budget) if kind == "plain" else _pages(source, kind, budget)
    except SourceError as error:  # the other files of a folder are read all the same, and all faults told at once
        report(source, str(error))
    except Exception as error:  # noqa: BLE001 - files have any shape: one that breaks a library must not stop the others
        report(source, f"cannot be read ({type(error).__name__}); save the page of one story, or its text")


def _kind(name: str, raw: bytes) -> Literal["html", "plain", "markdown", "feed", "warc"]:
    name = name.casefold()
    head = raw[:5000].removeprefix(codecs.BOM_UTF8).lstrip()
    markup = bool(_HTML.search(head))
    if name.endswith(_ARCHIVES) or head.startswith(b"WARC/"):
        return "warc"
    if name.endswith(_FEEDS) or (head.startswith(b"<") and _FEED.search(head)):
        return "html" if b"<html" in head[:1000].lower() else "feed"
    if name.endswith(_MARKDOWN):
        return "markdown"
    if name.endswith(_HTML_NAMES):
        return "html" if markup or b"<" in head or raw.startswith(_WIDE) else "plain"
    return "html" if head.startswith(b"<") and markup else "plain"


def _check_size(raw: bytes, place: str) -> None:
    if len(raw) > LARGEST:
        raise SourceError(
            f"{place}{len(raw) / (1 << 20):.1f} MiB, more than a page may have ({LARGEST >> 20} MiB): "
            "save the story alone, or its text"
        )


def _plain_story(source: Source, budget: Budget) -> Iterator[Page]:
    page = budget.run(source, "", partial(_plain, source))
    if page is not None:
        yield page


def _pages(source: Source, kind: bounded.Kind, budget: Budget) -> Iterator[Page]:
    try:
        found = bounded.drafts(kind, source.bytes(), spend=budget.spend)
    except bounded.NotAPageError as error:
        source.problems.append(Problem("skipped", source.path.name, str(error), source.name, source.path.stem))
        return
    except bounded.PageFaultError as error:
        raise SourceError(str(error)) from error
    if not found:
        raise SourceError("the feed has no items" if kind == "feed" else _NO_STORY)
    if kind != "feed" and len(found) == 1:
        page = budget.run(source, "", partial(_page, source, found[0], None))
        if page is not None:
            yield page
    else:
        yield from _several(source, found, budget)


def _archived(source: Source, budget: Budget) -> Iterator[Page]:
    """Yield the pages of a web archive; one at fault does not stop the others."""
    taken: set[str] = set()
    count = 0
    try:
        for saved in warc.pages(source.bytes(), LARGEST):
            count += 1
            budget.renew()
            try:
                _check_size(saved.body, "at least ")
                found = bounded.drafts("html", saved.body, saved.url or None, spend=budget.spend)
            except (SourceError, bounded.PageFaultError) as error:
                report(source, f"{saved.url}: {error}", saved.url)
                continue
            if not found:
                source.notice(saved.url, "no article found on this page", source.path.stem)
            named = [one if one.id else replace(one, id=saved.url) for one in found]
            yield from _several(source, named, budget, taken)
    except warc.BrokenArchiveError as error:
        raise SourceError(f"{error}; {count} pages were read") from error
    if not count:
        raise SourceError("no web page in this archive (a response record of text/html)")


def _several(source: Source, found: Iterable[Draft], budget: Budget, taken: set[str] | None = None) -> Iterator[Page]:
    """Yield the stories of one file, each of them once."""
    taken = set() if taken is None else taken
    for number, one in enumerate(found):
        key = _item_key(source, one)
        if key in taken:
            continue
        taken.add(key)
        if number:
            budget.renew()
        page = budget.run(source, key, partial(_page, source, one, key))
        if page is not None:
            yield page


def _page(source: Source, one: Draft, key: str | None) -> Page:
    published = _dated(source, one.published, named=key is None)
    return composed(
        one.headline,
        one.parts,
        key=key or _key(source, published),
        published=published,
        url=one.url,
        language=language_of(" ".join((one.headline, *(part.text for part in one.parts))), one.language),
        voice=one.voice or voice_of(one.url, source.registry),
    )


def _plain(source: Source) -> Page:
    raw = source.bytes()
    loose = raw.startswith(_WIDE) or source.path.name.casefold().endswith(_HTML_NAMES)
    text = decoded(raw) if loose else source.text()
    if "\0" in text:
        raise SourceError("no text, as it holds NUL characters; save the page as HTML or text")
    found = plain.read(text)
    if found is None:
        raise SourceError(_NO_STORY)
    published = _dated(source, found.published, named=True) or first_date(found.text, found.language)
    if published and published.first > source.latest:
        published = None  # a deadline on a line of its own
    blocks = tuple(Block(*one) for one in found.blocks)
    return Page(_key(source, published), found.headline, found.text, blocks, published, None, found.language)


def _key(source: Source, published: Date | None) -> str:
    stem = slug(source.path.stem)
    return stem if _DATE_IN_NAME.search(source.path.stem) or not published else f"{published}-{stem}"[:79]


def _item_key(source: Source, one: Draft) -> str:
    """Return a key that stays when the file is fetched again with other items in it."""
    try:
        words = slug(one.headline)[:34].rstrip("-")
    except IdentifierError:
        words = "item"
    stem = source.path.name.partition(".")[0] or source.path.stem
    return f"{slug(stem)[:26].rstrip('-')}-{words}-{digest(one.id or one.headline)[:8]}"


def _dated(source: Source, stated: str | None, *, named: bool) -> Date | None:
    """Return the day that a page states, else (`named`) that of its file's name."""
    found = _DATE_IN_NAME.search(source.path.stem) if named else None
    for candidate in (stated, found[1] if found else None):
        if not candidate:
            continue
        try:
            date = Date.parse(candidate)
        except DateError as error:
            source.notice("", f"{error}; left out", source.path.stem, "date", candidate)
            continue
        if date.first > source.latest:
            raise SourceError(f"the page is dated {date}, after {source.latest}: correct its date")
        return date
    return None
