"""What is listed where an authority announces things: feeds, sitemaps, pages of links, answers of an interface.

Everything is read from bytes that the client fetched; none of the parsers here opens anything itself.
"""

import io
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import feedparser
from lxml import etree, html
from tld import get_fld

from loaders.charset import decoded
from loaders.fetch.errors import FetchError


@dataclass(frozen=True, slots=True)
class Item:
    """Something that a channel lists. `id` tells it from others, `version` changes when it does; `day` may be empty."""

    id: str
    link: str
    title: str = ""
    day: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """What one address lists: `items`, further `lists` to read (of a sitemap index), and `doubts` about its form."""

    items: tuple[Item, ...]
    lists: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def listing(kind: str, body: bytes, url: str, content_type: str, match: str) -> Listing:
    """Return what a channel lists that matches its pattern, on the channel's own site, each link once.

    Raises FetchError where the body is nothing of the kind.
    """
    found = _READERS[kind](body, url, content_type)
    pattern = re.compile(match, re.IGNORECASE)
    first: dict[str, Item] = {}
    for item in found.items:
        link = urldefrag(joined(url, item.link)).url
        if link != url and _on_site(link, url) and pattern.search(unquote(link)):
            first.setdefault(link, replace(item, id=item.id or link, link=link, title=_clean(item.title)))
    return replace(found, items=tuple(first.values()), lists=tuple(one for one in found.lists if _on_site(one, url)))


def joined(base: str, href: str) -> str:
    """Return a link as a whole address; empty for what browsers do not follow either, such as http://[."""
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return ""


def _clean(title: str) -> str:
    """Return a title on one line, without what would steer a terminal."""
    return " ".join("".join(one if one.isprintable() else " " for one in title).split())


def _on_site(link: str, url: str) -> bool:
    """Tell whether two addresses are of one site (a registered domain): no channel sends us elsewhere."""
    if urlsplit(link).scheme not in {"http", "https"}:
        return False
    return _site(link) == _site(url)


def _site(url: str) -> str:
    return str(get_fld(url, fail_silently=True) or urlsplit(url).netloc)


def parsed(body: bytes, headers: Mapping[str, str]) -> Any:  # noqa: ANN401 - feedparser has no types
    """Read RSS, Atom or RDF; what is none of them has no `version`.

    feedparser is given a stream: of bytes it would first try a file of that name.
    """
    return feedparser.parse(io.BytesIO(body), response_headers=dict(headers), sanitize_html=True)


def _feed(body: bytes, url: str, content_type: str) -> Listing:
    found = parsed(body, {"content-location": url} | ({"content-type": content_type} if content_type else {}))
    if not found.get("version"):
        raise FetchError(f"{url} is no feed (RSS, Atom or RDF); its address may have changed")
    doubts = (f"the feed is not as it should be: {_first_line(found.bozo_exception)}",) if found.bozo else ()
    return Listing(tuple(_entry(one) for one in found.entries), doubts=doubts)


def _entry(entry: Mapping[str, object]) -> Item:
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    day = "{:04}-{:02}-{:02}".format(*moment[:3]) if isinstance(moment, tuple) else ""
    title = _plain(str(entry.get("title", "")))
    return Item(str(entry.get("id", "")), str(entry.get("link", "")), title, day)


def _plain(markup: str) -> str:
    return str(html.fromstring(f"<p>{markup}</p>").text_content()) if markup else ""


def _sitemap(body: bytes, url: str, _: str) -> Listing:
    if body.startswith(_GZIP):
        body = zlib.decompressobj(wbits=31).decompress(body, _LARGEST_SITEMAP)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise FetchError(f"{url} is no sitemap ({_first_line(error)}); its address may have changed") from error
    name = etree.QName(root).localname
    if name not in {"urlset", "sitemapindex"}:
        raise FetchError(f"{url} is no sitemap but <{name}>; its address may have changed")
    rows = [{etree.QName(cell).localname: (cell.text or "").strip() for cell in one.iter("{*}*")} for one in root]
    if name == "sitemapindex":
        return Listing((), tuple(row["loc"] for row in rows if "loc" in row))
    items = [Item(row["loc"], row["loc"], "", "", row.get("lastmod", "")) for row in rows if row.get("loc")]
    return Listing(tuple(items))


def _pages(body: bytes, url: str, content_type: str) -> Listing:
    text = decoded(body, content_type)
    try:
        root = html.fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except etree.ParserError as error:
        raise FetchError(f"{url} is no page ({_first_line(error)})") from error
    base = joined(url, next(iter(root.xpath("//base/@href")), "")) or url
    links = ((str(one.get("href")), str(one.text_content())) for one in root.xpath("//a[@href]"))
    return Listing(tuple(Item("", joined(base, href), title) for href, title in links))


def _json(body: bytes, url: str, _: str) -> Listing:
    """Read the answer of an interface: each address in it is an item."""
    try:
        answer = json.loads(body)
    except ValueError as error:
        raise FetchError(f"{url} answers with no JSON ({error}); the interface may have changed") from error
    return Listing(tuple(Item("", text) for text in _texts(answer) if text.startswith(("http://", "https://"))))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        inner: Iterable[object] = value.values() if isinstance(value, Mapping) else value
        for one in inner:
            yield from _texts(one)


_READERS: Mapping[str, Callable[[bytes, str, str], Listing]] = {
    "feed": _feed, "sitemap": _sitemap, "pages": _pages, "json": _json,
}  # fmt: skip
_GZIP = b"\x1f\x8b"
_LARGEST_SITEMAP = 50 * 1024 * 1024  # bytes, as sitemaps.org has it


def _first_line(error: object) -> str:
    return str(error).partition("\n")[0]
