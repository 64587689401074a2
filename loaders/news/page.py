"""A saved page to its main text: headline, paragraphs, date. Reader comments and teasers are left out."""

import re
from dataclasses import dataclass

from loaders.source import Source, SourceError
from ontology.dates import Date, DateError
from ontology.identifiers import slug

_HTML = re.compile(r"<(?:!doctype|html|head|body|article|p|div)\b", re.IGNORECASE)
_COMMENTS = re.compile(
    r"^\W*(?:this discussion has been archived|comments? filter|(?:\d+ |all |reader |user )?comments?:?$"
    r"|leave a (?:reply|comment)|join the (?:discussion|conversation)|related (?:stories|articles|links)|read more:)",
    re.IGNORECASE,
)
_DATE_IN_NAME = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
_SITE_COUNT = re.compile(r"\s*\((?P<site>[\w-]+(?:\.[\w-]+)+)\)(?:\s+\d+)?$")
SHORTEST = 40


@dataclass(frozen=True, slots=True)
class Page:
    """The main text of a page. `text` starts with the headline and an empty line."""

    key: str
    headline: str
    text: str
    published: Date | None
    url: str | None
    language: str


def read(source: Source) -> Page:
    """Return the main text; raise SourceError where the file holds no article."""
    raw = source.text()
    page = _from_html(source, raw) if _HTML.search(raw[:5000]) else _from_text(source, raw)
    if page is None:
        raise SourceError(
            f"{source.path}: no article found on this page; save the page of one story, or its text with a headline"
        )
    return page


def _key(source: Source, published: Date | None) -> str:
    stem = slug(source.path.stem)
    return stem if _DATE_IN_NAME.search(source.path.stem) or not published else f"{published}-{stem}"[:79]


def _dated(source: Source, text: str | None) -> Date | None:
    found = _DATE_IN_NAME.search(source.path.stem)
    for candidate in (text, found[1] if found else None):
        try:
            date = Date.parse(candidate or "")
        except DateError:
            continue
        if date.first > source.latest:
            raise SourceError(f"{source.path}: the page is dated {date}, after {source.latest}: correct its date")
        return date
    return None


def _clean_headline(headline: str) -> str:
    return _SITE_COUNT.sub("", " ".join(headline.split()))


def _from_text(source: Source, raw: str) -> Page | None:
    """Read a page saved as text: the story is the first long paragraph and what follows it.

    The headline is the nearest line above it; everything from the comments on is left out.
    """
    blocks = [""]
    for line in raw.splitlines():
        if _COMMENTS.match(line.strip()) and any(map(_is_story, blocks)):
            break
        if line.strip():
            blocks[-1] = " ".join([*blocks[-1].split(), *line.split()])
        elif blocks[-1]:
            blocks.append("")
    first = next((n for n, block in enumerate(blocks) if _is_story(block)), None)
    if not first:
        return None
    headline = _clean_headline(blocks[first - 1])
    body = [block for block in blocks[first:] if len(block) >= SHORTEST and not block.startswith(("• ", "* "))]
    published = _dated(source, None)
    text = "\n\n".join([headline, *body])
    return Page(_key(source, published), headline, text, published, None, "en")


def _is_story(block: str) -> bool:
    return len(block) >= SHORTEST * 4 and ". " in block


def _from_html(source: Source, raw: str) -> Page | None:
    import trafilatura  # noqa: PLC0415 - half a second that only HTML pages need
    from htmldate import find_date  # noqa: PLC0415

    extracted = trafilatura.bare_extraction(raw, include_comments=False, include_tables=False, with_metadata=True)
    if extracted is None:
        return None
    document = extracted if isinstance(extracted, dict) else extracted.as_dict()
    body: list[str] = []
    for line in (document.get("text") or "").splitlines():
        if _COMMENTS.match(line):
            break
        if len(line.strip()) >= SHORTEST:
            body.append(" ".join(line.split()))
    headline = _clean_headline(document.get("title") or "")
    if not headline or not body:
        return None
    body = [line for line in body if line != headline]
    published = _dated(source, document.get("date") or find_date(raw))
    text = "\n\n".join([headline, *body])
    url = document.get("url")
    return Page(_key(source, published), headline, text, published, url, document.get("language") or "en")
