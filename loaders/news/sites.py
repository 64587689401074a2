"""What is known of single sites (sites.toml), and which authority speaks on a site of its own."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree, html
from tld import get_fld

from ontology.registry import Authority, Registry


@dataclass(frozen=True, slots=True)
class Site:
    """Where the parts of a story stand on the pages of a site (XPaths)."""

    name: str
    hosts: tuple[str, ...]
    marks: tuple[str, ...]
    headline: tuple[str, ...]
    date: tuple[str, ...]
    story: tuple[str, ...]
    drop: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()


@cache
def sites() -> tuple[Site, ...]:
    """Return the sites of sites.toml; raise ValueError for an XPath that is none."""
    tables = tomllib.loads((Path(__file__).parent / "sites.toml").read_text(encoding="utf-8"))
    found = tuple(Site(name, **{key: tuple(rows) for key, rows in table.items()}) for name, table in tables.items())
    for site in found:
        for path in (*site.marks, *site.headline, *site.date, *site.story, *site.drop, *site.items, *site.lead):
            try:
                etree.XPath(path)
            except etree.XPathSyntaxError as error:
                raise ValueError(f"sites.toml: [{site.name}] {path!r} is no XPath") from error
    return found


def site_of(url: str | None, tree: html.HtmlElement) -> Site | None:
    """Return the site that a page is of, by its address, else by what stands on it."""
    host = host_of(url)
    for site in sites():
        if any(host == one or host.endswith(f".{one}") for one in site.hosts):
            return site
        if site.marks and all(tree.xpath(mark) for mark in site.marks):
            return site
    return None


def first(tree: html.HtmlElement, paths: Iterable[str]) -> list[html.HtmlElement | str]:
    """Return what the first XPath finds that finds anything."""
    return next((list(found) for path in paths if (found := tree.xpath(path))), [])


def host_of(url: str | None) -> str:
    """Return the host of an address, lower case, without www.

    >>> host_of("https://www.FTC.gov/news"), host_of("http://["), host_of(None)
    ('ftc.gov', '', '')
    """
    try:
        return (urlsplit(url or "").hostname or "").casefold().removeprefix("www.")
    except ValueError:
        return ""


def voice_of(url: str | None, registry: Registry) -> str | None:
    """Return the authority on whose own site a page stands; None where it is nobody's or several authorities'.

    >>> from ontology.registry import registry
    >>> voice_of("https://www.ftc.gov/news-events/1", registry()), voice_of("https://ico.org.uk/about/", registry())
    ('us-ftc', 'gb-ico')
    >>> voice_of("https://news.example/ftc.gov", registry()) is None
    True
    """
    host = host_of(url)
    if not host:
        return None
    path = urlsplit(url or "").path.casefold()
    by_host, by_site = _homes(registry)
    own = [(home, id_) for home, id_ in by_host.get(host, ()) if path.startswith(home)]
    longest = max((len(home) for home, _ in own), default=0)
    nearest = {id_ for home, id_ in own if len(home) == longest}
    if not own:
        nearest = by_site.get(_site(f"https://{host}"), set())
    return next(iter(nearest)) if len(nearest) == 1 else None


@cache
def _homes(registry: Registry) -> tuple[dict[str, list[tuple[str, str]]], dict[str, set[str]]]:
    """Return the homepages: by host (with their paths), and by registered domain where a whole site is one's own."""
    by_host: dict[str, list[tuple[str, str]]] = {}
    by_site: dict[str, set[str]] = {}
    for one in registry.authorities.values():
        if one.homepage and not one.dissolved:
            path = urlsplit(one.homepage).path.casefold().rstrip("/")
            by_host.setdefault(host_of(one.homepage), []).append((path, one.id))
            by_site.setdefault(_site(one.homepage), set()).add(one.id if _owns(one) else "")
    return by_host, {site: ids for site, ids in by_site.items() if "" not in ids}


def _owns(authority: Authority) -> bool:
    """Tell whether its homepage is the start of a registered domain: otherwise the domain is shared."""
    return host_of(authority.homepage) == _site(authority.homepage) and not urlsplit(authority.homepage).path.strip("/")


def _site(url: str) -> str:
    return str(get_fld(url, fail_silently=True) or host_of(url))
