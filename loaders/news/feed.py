"""A feed (RSS, Atom or RDF) to its items, each a story of its own."""

from collections.abc import Mapping
from typing import Any

from loaders.fetch.feeds import parsed
from loaders.news import html
from loaders.news.draft import Draft


class NoFeedError(Exception):
    """A file that is no feed; the message says what it begins with."""


def drafts(raw: bytes, url: str | None = None) -> list[Draft]:
    """Return the items of a feed that have a title or a text. Raises NoFeedError."""
    found = parsed(raw, {})
    if not found.get("version"):
        raise NoFeedError("is no feed (RSS, Atom or RDF)")
    language = str(found.feed.get("language") or "") or None
    return [made for one in found.entries if (made := _item(one, language, url))]


def _item(entry: Mapping[str, Any], language: str | None, url: str | None) -> Draft | None:
    headline = html.clean(str(entry.get("title", "")))
    bodies = [str(one.get("value", "")) for one in entry.get("content") or ()] + [str(entry.get("summary") or "")]
    markup = max(bodies, key=len)
    link = str(entry.get("link") or "")
    link = link if link.startswith(("https://", "http://")) else ""
    made = html.fragment(markup, headline, language) if markup.strip() else None
    if made is None and not headline:
        return None
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    return Draft(
        made.headline if made else headline,
        made.parts if made else (),
        "{:04}-{:02}-{:02}".format(*moment[:3]) if moment else None,
        link or url,
        str(entry.get("language") or "") or language,
        id=str(entry.get("id") or link or headline),
    )
