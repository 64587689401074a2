"""Fetching: the client against a site on this machine, feeds and other lists, the command. No network."""

import argparse
import ast
import csv
import datetime as dt
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from email.utils import format_datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import loaders
from graph.cli import main, parser
from loaders import build
from loaders.charset import decoded
from loaders.fetch import command, mediawiki
from loaders.fetch.cache import Cache, Entry, write_bytes
from loaders.fetch.catalogue import CHANNELS, LISTS, Channel, Target, targets
from loaders.fetch.client import Client, agent
from loaders.fetch.clock import Clock
from loaders.fetch.errors import ContactError, FetchError, GoneError
from loaders.fetch.feeds import Listing, listing
from loaders.formats import formats
from loaders.source import Source, SourceError
from ontology.registry import registry
from ontology.tables import TableError
from tests.conftest import FIXTURES, REAL
from tests.site import Handler, Site, serving

START = dt.datetime(2026, 11, 24, 10, 0, tzinfo=dt.UTC)
BODY = b"".join(b"line %06d of a long file\n" % n for n in range(8000))
ARTICLE = (
    "<html lang='en'><head><title>{title}</title></head><body><article><h1>{title}</h1>"
    "<p>The supervisory authority has fined Clearview AI 20 million euros for the unlawful processing of faces. "
    "The company has two months to comply with the order of the authority, which it may appeal.</p>"
    "<p>The investigation began after complaints by four organisations about the collection of photographs from "
    "public pages, and found a breach of the duty to inform the people concerned.</p></article></body></html>"
)


class Time:
    """A clock that only sleeping moves; `slept` holds each pause."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.passed = 0.0

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.passed += seconds

    def clock(self) -> Clock:
        return Clock(lambda: START + dt.timedelta(seconds=self.passed), lambda: self.passed, self.sleep, lambda: 0.0)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "fetched")


@pytest.fixture
def client(cache: Cache, time: Time) -> Client:
    return Client(cache, agent("me@example.org"), timeout=5.0, clock=time.clock())


def body_of(client: Client, entry: Entry) -> bytes:
    return client.cache.body(entry).read_bytes()


def files(cache: Cache, folder: str) -> list[Path]:
    return sorted((cache.folder / folder).glob("*"))


def test_a_page_is_kept_with_what_the_server_said(site: Site, client: Client) -> None:
    url = site.page("/a", "hello", ETag='"1"', Last_Modified="Mon, 23 Nov 2026 08:00:00 GMT")
    got = client.get(url)
    digest = hashlib.sha256(b"hello").hexdigest()
    assert got.new
    assert got.entry == Entry(
        url, url, 200, "2026-11-24T10:00:02+00:00", "2026-11-24T10:00:02+00:00", digest, 5, '"1"',
        "Mon, 23 Nov 2026 08:00:00 GMT", "text/html; charset=utf-8",
    )  # fmt: skip
    assert body_of(client, got.entry) == b"hello"
    assert client.cache.entry(url) == got.entry
    assert files(client.cache, "parts") == []
    assert re.fullmatch(r"finegraph/\d[\w.]* \(\+me@example\.org\)", site.last()["User-Agent"])


@pytest.mark.parametrize("validator", [{"ETag": 'W/"7"'}, {"Last_Modified": "Mon, 23 Nov 2026 08:00:00 GMT"}])
def test_what_did_not_change_is_not_sent_again(
    site: Site, client: Client, time: Time, validator: dict[str, str]
) -> None:
    conditions = {"If-None-Match": validator.get("ETag"), "If-Modified-Since": validator.get("Last_Modified")}

    def route(one: Handler) -> None:
        same = any(value and one.headers[name] == value for name, value in conditions.items())
        one.answer(304 if same else 200, b"" if same else b"hello", **validator)

    site.routes["/a"] = route
    first = client.get(site.url("/a")).entry
    before = client.cache.body(first).stat()
    time.passed += 3600
    again = client.get(site.url("/a"))
    assert not again.new
    assert (again.entry.fetched, again.entry.checked) == (first.fetched, "2026-11-24T11:00:02+00:00")
    after = client.cache.body(again.entry).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert site.paths() == ["/a", "/a"]


def test_a_new_version_takes_the_place_of_the_old_and_a_failure_does_not(site: Site, client: Client) -> None:
    url = site.page("/a", "one")
    client.get(url)
    assert client.get(site.page("/a", "two")).new
    assert not client.get(url).new
    site.routes["/a"] = lambda one: one.answer(500)
    with pytest.raises(FetchError, match="answers 500, 5 times; try again later"):
        client.get(url)
    entry = client.cache.entry(url)
    assert entry
    assert body_of(client, entry) == b"two"
    assert len(files(client.cache, "bodies")) == 3  # one and two, and the empty robots.txt
    client.cache.sweep()
    assert len(files(client.cache, "bodies")) == 2


def test_a_page_that_is_not_there_is_not_asked_for_again(site: Site, client: Client) -> None:
    with pytest.raises(GoneError, match="/none: the server answers 404; check the address"):
        client.get(site.url("/none"))
    assert site.paths() == ["/none"]


def test_a_damaged_cache_is_fetched_anew(site: Site, client: Client) -> None:
    url = site.page("/a", "hello", ETag='"1"')
    entry = client.get(url).entry
    client.cache.body(entry).write_bytes(b"hel")
    assert client.cache.entry(url) is None
    assert body_of(client, client.get(url).entry) == b"hello"
    (index,) = (one for one in files(client.cache, "index") if '"1"' in json.loads(one.read_bytes())["etag"])
    index.write_text("{", encoding="utf-8")
    assert client.get(url).new


def test_pauses_between_requests_to_one_host(site: Site, client: Client, time: Time) -> None:
    for path in ("/a", "/b", "/c"):
        client.get(site.page(path, path))
    assert time.slept == [2.0, 2.0, 2.0]  # after robots.txt, and after each page
    other = site.url("/a").replace("127.0.0.1", "localhost")
    site.page("/robots.txt", "", "text/plain")
    client.get(other)
    assert time.slept == [2.0, 2.0, 2.0, 2.0]  # only after its own robots.txt


def test_a_crawl_delay_is_kept(site: Site, client: Client, time: Time) -> None:
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 7\n", "text/plain")
    for path in ("/a", "/b", "/c"):
        client.get(site.page(path, path))
    assert time.slept == [7.0, 7.0, 7.0]


@pytest.mark.parametrize(
    ("status", "header"), [(429, "40"), (503, format_datetime(START + dt.timedelta(seconds=42), usegmt=True))]
)
def test_retry_after_is_slept(
    site: Site, client: Client, time: Time, status: int, header: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def route(one: Handler) -> None:
        first = site.paths() == ["/a"]
        one.answer(status if first else 200, b"hello", **({"Retry_After": header} if first else {}))

    site.routes["/a"] = route
    assert client.get(site.url("/a")).new
    assert time.slept == [2.0, 40.0]
    assert f":{site.server_port}: waiting for 40 seconds" in capsys.readouterr().err


def test_a_long_retry_after_is_for_another_day(site: Site, client: Client, time: Time) -> None:
    site.routes["/a"] = lambda one: one.answer(429, Retry_After="7200")
    with pytest.raises(FetchError, match="asks to wait for 7,200 seconds"):
        client.get(site.url("/a"))
    assert time.slept == [2.0]


def test_faults_that_may_pass_are_tried_with_growing_pauses(site: Site, client: Client, time: Time) -> None:
    site.routes["/a"] = lambda one: one.answer(503)
    with pytest.raises(FetchError, match="answers 503, 5 times"):
        client.get(site.url("/a"))
    assert time.slept == [2.0, 2.0, 2.0, 4.0, 8.0]  # half of 2, 4, 8, 16 without chance, and never under the gap


def test_robots_are_obeyed(site: Site, client: Client) -> None:
    rules = "User-agent: finegraph\nDisallow: /private/\nDisallow: /*.pdf$\nAllow: /private/open\n"
    rules += "\nUser-agent: *\nAllow: /\n"
    site.page("/robots.txt", rules, "text/plain")
    for path in ("/private/a", "/x.pdf"):
        with pytest.raises(
            GoneError, match=r"robots.txt of 127.0.0.1:\d+ asks robots not to fetch .*; save it by hand"
        ):
            client.get(site.page(path, "secret"))
    assert client.get(site.page("/private/open", "free")).new
    assert site.paths() == ["/private/open"]


def test_robots_are_read_once_a_day(site: Site, cache: Cache, time: Time) -> None:
    url = site.page("/a", "hello")
    for _ in range(2):
        Client(cache, agent("me@example.org"), clock=time.clock()).get(url)
    assert [path for path, _ in site.asked].count("/robots.txt") == 1
    time.passed += 25 * 3600
    Client(cache, agent("me@example.org"), clock=time.clock()).get(url)
    assert [path for path, _ in site.asked].count("/robots.txt") == 2


def test_a_site_whose_robots_fail_is_left_alone(site: Site, client: Client) -> None:
    site.routes["/robots.txt"] = lambda one: one.answer(503)
    with pytest.raises(FetchError, match=r"robots.txt: the server answers 503.*nothing is fetched from a site"):
        client.get(site.page("/a", "hello"))
    assert site.paths() == []


@pytest.mark.parametrize("stated", [True, False])
def test_what_is_too_large_leaves_nothing(site: Site, cache: Cache, time: Time, *, stated: bool) -> None:
    def route(one: Handler) -> None:
        one.begin(200, len(BODY) if stated else None, ETag='"1"')
        one.wfile.write(BODY)

    site.routes["/big"] = route
    client = Client(cache, agent("me@example.org"), limit=100_000, clock=time.clock())
    with pytest.raises(FetchError, match=r"larger than 0.0\d+ MiB; nothing was kept. Allow more with --limit"):
        client.get(site.url("/big"))
    assert files(cache, "parts") == []
    assert [one.stat().st_size for one in files(cache, "bodies")] == [0]  # robots.txt
    assert site.paths() == ["/big"]


def ranges(one: Handler, etag: str, *, ignore: bool = False, shift: int = 0) -> None:
    """Answer a request for the rest of BODY."""
    found = re.fullmatch(r"bytes=(\d+)-", one.headers["Range"] or "")
    if ignore or not found or one.headers["If-Range"] != etag:
        one.answer(200, BODY, ETag=etag)
        return
    start = int(found[1]) - shift
    one.answer(206, BODY[start:], ETag=etag, Content_Range=f"bytes {start}-{len(BODY) - 1}/{len(BODY)}")


def cut_once(site: Site, rest: Callable[[Handler], None], **headers: str) -> None:
    """Serve BODY at /big: the first answer breaks off after 100,000 bytes, `rest` gives the others."""

    def route(one: Handler) -> None:
        if site.paths().count("/big") > 1:
            rest(one)
            return
        one.begin(200, len(BODY), **headers)
        one.wfile.write(BODY[:100_000])
        one.cut()

    site.routes["/big"] = route


@pytest.mark.parametrize(
    ("rest", "range_"),
    [
        (lambda one: ranges(one, '"1"'), True),
        (lambda one: ranges(one, '"2"'), True),  # another version: If-Range makes the server send all of it
        (lambda one: ranges(one, '"1"', ignore=True), True),
    ],
)
def test_a_broken_download_goes_on(
    site: Site, client: Client, rest: Callable[[Handler], None], *, range_: bool
) -> None:
    cut_once(site, rest, ETag='"1"')
    got = client.get(site.url("/big"))
    assert body_of(client, got.entry) == BODY
    assert got.entry.digest == hashlib.sha256(BODY).hexdigest()
    headers = site.last()
    assert (headers["Range"], headers["If-Range"]) == ("bytes=100000-", '"1"') if range_ else "Range" not in headers
    assert len(site.paths()) == 2
    assert files(client.cache, "parts") == []


@pytest.mark.parametrize(
    "rest",
    [lambda one: ranges(one, '"1"', shift=5), lambda one: one.answer(416) if one.headers["Range"] else ranges(one, "")],
)
def test_a_range_that_was_not_asked_for_is_not_taken(
    site: Site, client: Client, rest: Callable[[Handler], None]
) -> None:
    cut_once(site, rest, ETag='"1"')
    assert body_of(client, client.get(site.url("/big")).entry) == BODY
    assert len(site.paths()) == 3
    assert "Range" not in site.last()


@pytest.mark.parametrize("headers", [{}, {"ETag": 'W/"1"'}])
def test_without_a_strong_validator_a_download_begins_anew(site: Site, client: Client, headers: dict[str, str]) -> None:
    cut_once(site, lambda one: one.answer(200, BODY), **headers)
    assert body_of(client, client.get(site.url("/big")).entry) == BODY
    assert "Range" not in site.last()


def test_a_rest_that_comes_in_pieces_is_put_together(site: Site, client: Client) -> None:
    def rest(one: Handler) -> None:
        start = int(one.headers["Range"].removeprefix("bytes=").rstrip("-"))
        end = min(start + 60_000, len(BODY))
        one.answer(206, BODY[start:end], ETag='"1"', Content_Range=f"bytes {start}-{end - 1}/{len(BODY)}")

    cut_once(site, rest, ETag='"1"')
    assert body_of(client, client.get(site.url("/big")).entry) == BODY


def test_a_broken_chunked_answer_is_noticed(site: Site, client: Client) -> None:
    def route(one: Handler) -> None:
        one.begin(200, None, Transfer_Encoding="chunked")
        one.wfile.write(b"5\r\nhello\r\n")
        if site.paths().count("/a") > 1:
            one.wfile.write(b"0\r\n\r\n")

    site.routes["/a"] = route
    assert body_of(client, client.get(site.url("/a")).entry) == b"hello"
    assert len(site.paths()) == 2


def test_compression_that_was_not_asked_for_is_undone_within_the_limit(site: Site, cache: Cache, time: Time) -> None:
    url = site.page("/a", gzip.compress(b"x" * 1000), Content_Encoding="gzip")
    client = Client(cache, agent("me@example.org"), limit=1000, clock=time.clock())
    assert body_of(client, client.get(url).entry) == b"x" * 1000
    assert site.last()["Accept-Encoding"] == "identity"
    site.page("/a", gzip.compress(b"x" * 1001), Content_Encoding="gzip")
    with pytest.raises(FetchError, match="larger than"):
        client.get(url)


def test_a_run_that_dies_leaves_the_earlier_version_and_can_go_on(
    site: Site, cache: Cache, client: Client, time: Time
) -> None:
    url = site.page("/big", "the earlier version", ETag='"0"')
    earlier = client.get(url).entry
    site.routes["/big"] = lambda one: ranges(one, '"1"')

    class Killed(BaseException):
        """What no code of ours catches."""

    calls = iter(range(6))

    def monotonic() -> float:
        if next(calls, None) is None:
            raise Killed
        return time.passed

    dying = Client(cache, agent("me@example.org"), clock=Clock(time.clock().now, monotonic, time.sleep, lambda: 0.0))
    with pytest.raises(Killed):
        dying.get(url)
    assert cache.entry(url) == earlier
    assert body_of(client, earlier) == b"the earlier version"
    size = cache.part(url).size
    assert 0 < size < len(BODY)
    assert body_of(client, client.get(url).entry) == BODY
    assert site.last()["Range"] == f"bytes={size}-"


def test_a_server_that_says_nothing_is_given_up(site: Site, cache: Cache, time: Time) -> None:
    waiting = threading.Event()
    site.routes["/slow"] = lambda _: (waiting.wait(5), None)[1]
    client = Client(cache, agent("me@example.org"), timeout=0.1, clock=time.clock())
    with pytest.raises(FetchError, match=r"ReadTimeoutError.*5 times; try again later"):
        client.get(site.url("/slow"))
    waiting.set()


def test_a_server_that_drips_is_given_up(site: Site, cache: Cache, time: Time) -> None:
    def route(one: Handler) -> None:
        one.begin(200, 100, ETag='"1"')
        one.wfile.write(b"x")

    site.routes["/slow"] = route
    moments = iter([0.0] * 5)
    clock = Clock(time.clock().now, lambda: next(moments, 4000.0), time.sleep, lambda: 0.0)
    with pytest.raises(FetchError, match="not there after 3,600 seconds; run again to go on"):
        Client(cache, agent("me@example.org"), clock=clock).get(site.url("/slow"))


def test_redirects_are_followed_and_asked_about(site: Site, client: Client) -> None:
    site.routes["/old"] = lambda one: one.answer(301, Location="/new#top")
    site.page("/new", "hello", ETag='"1"')
    got = client.get(site.url("/old"))
    assert (got.entry.url, got.entry.final) == (site.url("/old"), site.url("/new"))
    client.get(site.url("/old"))
    asked = dict(site.asked[-2:])
    assert asked["/old"]["If-None-Match"] is None
    assert asked["/new"]["If-None-Match"] == '"1"'


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("/old", "redirected more than 5 times"),
        ("file:///etc/passwd", "no http:// or https:// address"),
        ("ftp://127.0.0.1/a", "no http:// or https:// address"),
        ("/private/a", "robots.txt of .* asks robots not to fetch"),
        ("http://[::1", "which is no address"),
    ],
)
def test_redirects_that_are_not_followed(site: Site, client: Client, location: str, words: str) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /private/\n", "text/plain")
    site.page("/private/a", "secret")
    site.routes["/old"] = lambda one: one.answer(302, Location=location)
    with pytest.raises(FetchError, match=words):
        client.get(site.url("/old"))
    assert set(site.paths()) == {"/old"}


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "/etc/passwd",
        "javascript:1",
        "http:///a",
        "http://127.0.0.1:999999/",
        f"http://{'a' * 99}/",
    ],
)
def test_only_web_addresses_are_fetched(client: Client, url: str) -> None:
    with pytest.raises(GoneError, match=r"is no (?:http:// or https:// )?address"):
        client.get(url)


def test_writers_at_once_leave_one_whole_version(cache: Cache, tmp_path: Path) -> None:
    url, failures = "http://127.0.0.1/a", []

    def write(number: int) -> None:
        for turn in range(20):
            content = b"%d " % number * (turn + 1)
            body = tmp_path / f"{number}.part"
            write_bytes(body, content)
            digest = hashlib.sha256(content).hexdigest()
            cache.keep(Entry(url, url, 200, "", "", digest, len(content)), body)
            found = cache.entry(url)
            if found is None or hashlib.sha256(cache.body(found).read_bytes()).hexdigest() != found.digest:
                failures.append((number, turn))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert failures == []
    assert [one for one in cache.folder.rglob("*") if one.name.startswith(".new-")] == []


def test_one_fetch_at_a_time(cache: Cache) -> None:
    with cache.locked(), pytest.raises(FetchError, match="another fetch is running"), Cache(cache.folder).locked():
        pass
    with cache.locked():
        pass


@pytest.mark.parametrize(
    "contact", [None, "", "me", "me@example.org\r\nX: 1", "https://", "(me@example.org)", "m@é.org"]
)
def test_no_fetch_without_a_contact(contact: str | None) -> None:
    with pytest.raises(ContactError, match="set FINEGRAPH_CONTACT, or --contact"):
        agent(contact)


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>https://www.example.org/</link>
<item><guid isPermaLink="false">n-1</guid><title>A fine &lt;b&gt;of&lt;/b&gt; 10 &amp;amp; more</title>
<link>https://www.example.org/news/1#top</link><pubDate>Fri, 20 Nov 2026 09:00:00 +0100</pubDate></item>
<item><title>Elsewhere</title><link>https://evil.example.com/2</link></item>
<item><title>Script</title><link>javascript:alert(1)</link></item>
<item><title>Bell \u202e here</title><link>/news/3</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry><id>urn:1</id><title>One</title>
<link href="https://news.example.org/1"/><updated>2026-11-20T23:30:00Z</updated></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://www.example.org/"><title>News</title></channel>
<item rdf:about="https://www.example.org/1"><title>One</title><link>https://www.example.org/1</link></item></rdf:RDF>"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://www.example.org/old</loc></url>
<url><loc> https://www.example.org/rozhodnut%C3%AD/1 </loc><lastmod>2026-11-01</lastmod></url>
<url><loc>https://www.example.org/a</loc><lastmod>2026-11-20T10:00:00Z</lastmod></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap>
<loc>https://www.example.org/s1.xml</loc></sitemap><sitemap><loc>https://other.example.com/s2.xml</loc></sitemap>
</sitemapindex>"""
PAGE = """<html><head><base href="/lists/"></head><body><a href="one.html">  First
 decision </a><a href="one.html#notes">again</a><a href="http://[">broken</a><a>none</a><a href="mailto:a@b.c">mail</a>
<a href="/odlo%C4%8Dba/2">Second</a></body></html>"""
JSON = '{"a": [{"Url": "https://data.example.org/1.html"}, "https://data.example.org/1.pdf"], "b": null, "c": 5}'


def listed(kind: str, body: str | bytes, match: str = "", type_: str = "application/rss+xml") -> Listing:
    content = body if isinstance(body, bytes) else body.encode()
    return listing(kind, content, "https://www.example.org/list", type_, match)


def test_feeds_of_each_kind() -> None:
    one, other = listed("feed", RSS).items
    assert (one.id, one.link, one.day) == ("n-1", "https://www.example.org/news/1", "2026-11-20")
    assert one.title == "A fine of 10 & more"
    assert (other.id, other.title) == ("https://www.example.org/news/3", "Bell here")
    assert [item.day for item in listed("feed", ATOM).items] == ["2026-11-20"]
    assert [item.link for item in listed("feed", RDF).items] == ["https://www.example.org/1"]
    assert listed("feed", RSS, "/news/3").items == (other,)
    assert not listed("feed", RSS).doubts


def test_a_feed_that_is_not_well_formed_is_read_with_a_doubt() -> None:
    found = listed("feed", RSS.replace("</channel></rss>", ""))
    assert len(found.items) == 2
    assert "the feed is not as it should be: " in found.doubts[0]
    assert "\n" not in found.doubts[0]


def test_a_feed_reads_and_fetches_nothing_itself(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(RSS, encoding="utf-8")
    for body in (str(secret), secret.as_uri(), "http://127.0.0.1:9/feed"):
        with pytest.raises(FetchError, match="is no feed"):
            listed("feed", body)
    entity = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    found = listed("feed", RSS.replace("<rss", f"{entity}<rss").replace("Bell", "&x;Bell"))
    assert "News" not in str([item.title for item in found.items])


def test_sitemaps() -> None:
    items = listed("sitemap", SITEMAP).items
    assert [item.version for item in items] == ["", "2026-11-01", "2026-11-20T10:00:00Z"]
    assert [item.link[-1] for item in listed("sitemap", gzip.compress(SITEMAP.encode()), "rozhodnutí").items] == ["1"]
    assert listed("sitemap", INDEX) == Listing((), ("https://www.example.org/s1.xml",))
    bomb = '<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/hostname">]><urlset><url><loc>/&x;</loc></url></urlset>'
    assert [item.link for item in listed("sitemap", bomb).items] == ["https://www.example.org/"]


def test_links_of_a_page_and_of_an_answer() -> None:
    one, two = listed("pages", PAGE).items
    assert (one.link, one.title) == ("https://www.example.org/lists/one.html", "First decision")
    assert listed("pages", PAGE, "odločb").items == (two,)
    assert [item.link for item in listed("json", JSON, r"\.html$").items] == ["https://data.example.org/1.html"]


@pytest.mark.parametrize(
    ("kind", "body", "words"),
    [
        ("feed", "<html><body>Not found</body></html>", "is no feed"),
        ("feed", "", "is no feed"),
        ("sitemap", "<html><body>Not found</body></html>", "is no sitemap but <html>"),
        ("sitemap", "<urlset>", "is no sitemap"),
        ("sitemap", "", "is no sitemap"),
        ("pages", "", "is no page"),
        ("json", "<html>", "answers with no JSON"),
    ],
)
def test_what_is_not_of_its_kind_is_refused(kind: str, body: str, words: str) -> None:
    with pytest.raises(FetchError, match=words):
        listed(kind, body)


@pytest.mark.parametrize(
    ("encoding", "type_", "head"),
    [
        ("utf-8", "text/html; charset=iso-8859-1", ""),
        ("utf-8-sig", "text/html", ""),
        ("iso-8859-2", "text/html; charset=ISO-8859-2", ""),
        ("iso-8859-7", "text/html", "<meta charset='iso-8859-7'>"),
        ("cp1252", "text/html", ""),
        ("cp1252", "text/html; charset=klingon", ""),
        ("cp1252", "text/html; charset=undefined", ""),
    ],
)
def test_pages_in_old_encodings(encoding: str, type_: str, head: str) -> None:
    words = {"iso-8859-2": "úřad", "iso-8859-7": "Αρχή"}.get(encoding, "décision")
    assert decoded((head + words).encode(encoding), type_) == head + words


def options(*arguments: str) -> argparse.Namespace:
    return parser().parse_args(["fetch", *arguments])


def channel(site: Site, kind: str, path: str, match: str = "") -> dict[str, Target]:
    return {"fr-cnil": Target("fr-cnil", "news", (Channel(kind, site.url(path), match),))}


def feed(site: Site, *numbers: int) -> None:
    items = "".join(
        f"<item><title>Story {n}</title><link>{site.url(f'/story/{n}')}</link><guid>{n}</guid>"
        f"<pubDate>Fri, {n:02} Nov 2026 09:00:00 GMT</pubDate></item>"
        for n in numbers
    )
    site.page("/feed", f"<rss version='2.0'><channel><title>News</title>{items}</channel></rss>", "application/rss+xml")


def fetched(client: Client, known: dict[str, Target], capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, Any]:
    """Run the command with --json and return what it says of its one source."""
    capsys.readouterr()
    name = next(iter(known))
    try:
        command.run(options(name, "--json", *more), client.cache, known, client)
    finally:
        (found,) = json.loads(capsys.readouterr().out)
    return dict(found)


def test_a_feed_brings_what_is_new_as_pages_that_news_builds(
    site: Site, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    feed(site, 1, 2)
    site.page("/story/1", ARTICLE.format(title="Clearview AI fined"))
    czech = ARTICLE.format(title="Úřad pokutoval Clearview AI").encode("iso-8859-2")
    site.page("/story/2", czech, "text/html; charset=iso-8859-2")
    known = channel(site, "feed", "/feed")
    command.run(options("fr-cnil"), client.cache, known, client)
    out = capsys.readouterr().out
    folder = client.cache.folder / "files" / "fr-cnil"
    assert out.splitlines()[0] == "fr-cnil: 2 new"
    assert f"2026-11-01  Story 1  {site.url('/story/1')}" in out
    assert out.splitlines()[-1] == f"  finegraph build news={folder}@2026-11-24"
    pages = build.files_of("news", folder)
    assert [re.sub("-[0-9a-f]{8}", "", one.name) for one in pages] == ["2026-11-01-1.html", "2026-11-02-2.html"]
    stories = [story for one in pages for story in build.read(formats()["news"], Source("news", one)).stories]
    assert [story.headline for story in stories] == ["Clearview AI fined", "Úřad pokutoval Clearview AI"]
    assert fetched(client, known, capsys)["items"] == []
    feed(site, 1, 2, 3)
    site.page("/story/3", ARTICLE.format(title="Clearview AI again"))
    found = fetched(client, known, capsys)
    assert [item["title"] for item in found["items"]] == ["Story 3"]
    assert site.paths().count("/story/1") == 1


def test_one_page_that_fails_does_not_stop_the_others(
    site: Site, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    feed(site, 1, 2, 3, 4, 5)
    site.page("/story/1", ARTICLE.format(title="Clearview AI fined"))
    site.routes["/story/2"] = lambda one: one.answer(503)
    site.page("/story/3", "<html><body><p>Enable JavaScript.</p></body></html>")
    site.page("/story/4", b"%PDF-1.7", "application/pdf")
    known = channel(site, "feed", "/feed")
    with pytest.raises(FetchError, match=r"1 could not be fetched; what was there before is still there:\n.*story/2"):
        command.run(options("fr-cnil"), client.cache, known, client)
    err = capsys.readouterr().err
    assert "/story/3: no article found" in err
    assert "it lies in" in err
    assert "/story/5: the server answers 404" in err
    suffixes = sorted(one.suffix for one in (client.cache.folder / "files" / "fr-cnil").iterdir())
    assert suffixes == [".html", ".pdf"]
    site.page("/story/2", ARTICLE.format(title="Clearview AI fined twice"))
    assert [item["title"] for item in fetched(client, known, capsys)["items"]] == ["Story 2"]


def test_a_page_that_is_denied_is_asked_for_next_time(
    site: Site, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    feed(site, 1)
    known = channel(site, "feed", "/feed")
    for _ in range(2):
        site.routes["/story/1"] = lambda one: one.answer(403)
        with pytest.raises(FetchError, match="/story/1: the server answers 403"):
            fetched(client, known, capsys)
    site.page("/story/1", ARTICLE.format(title="Clearview AI fined"))
    assert [item["title"] for item in fetched(client, known, capsys)["items"]] == ["Story 1"]


def test_a_site_that_fails_again_and_again_is_left_alone(
    site: Site, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    feed(site, 1, 2, 3, 4)
    for number in range(1, 5):
        site.routes[f"/story/{number}"] = lambda one: one.answer(503)
    with pytest.raises(FetchError, match="3 could not be fetched"):
        command.run(options("fr-cnil"), client.cache, channel(site, "feed", "/feed"), client)
    assert "3 pages failed one after the other" in capsys.readouterr().err


def test_links_of_a_page_are_followed_up_to_a_number(
    site: Site, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    links = "".join(f"<a href='/decision/{n}.pdf'>Decision {n}</a><a href='/other/{n}'>x</a>" for n in range(5))
    site.page("/list", f"<html><body>{links}</body></html>")
    for number in range(5):
        site.page(f"/decision/{number}.pdf", b"%%PDF %d" % number, "application/octet-stream")
    known = channel(site, "pages", "/list", r"\.pdf$")
    found = fetched(client, known, capsys, "--max-pages", "3")
    assert [len(found["items"]), found["left"]] == [3, 2]
    found = fetched(client, known, capsys, "--max-pages", "3")
    assert [len(found["items"]), found["left"]] == [2, 0]
    names = [one.name for one in (client.cache.folder / "files" / "fr-cnil").iterdir()]
    assert sorted(re.sub("-[0-9a-f]{8}", "", one) for one in names) == ["0.pdf", "1.pdf", "2.pdf", "3.pdf", "4.pdf"]
    assert not any(path.startswith("/other") for path in site.paths())


def test_a_sitemap_brings_pages_that_changed(site: Site, client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    def sitemap(name: str, **days: str) -> str:
        rows = (f"<url><loc>{site.url(f'/{one}')}</loc><lastmod>{day}</lastmod></url>" for one, day in days.items())
        return site.page(f"/{name}.xml", f"<urlset>{''.join(rows)}</urlset>")

    lists = [sitemap("s1", a="2026-11-01"), sitemap("s2", b="2026-11-03", c="2026-11-02")]
    index = "".join(f"<sitemap><loc>{one}</loc></sitemap>" for one in [*lists, *lists])
    site.page("/index.xml", f"<sitemapindex>{index}</sitemapindex>")
    for name in "abc":
        site.page(f"/{name}", ARTICLE.format(title=f"Clearview AI fined: {name}"))
    known = channel(site, "sitemap", "/index.xml")
    links = [[item["link"][-1] for item in fetched(client, known, capsys, "--max-pages", "2")["items"]] for _ in "123"]
    assert links == [["b", "c"], ["a"], []]
    sitemap("s1", a="2026-11-20")
    assert [item["link"][-1] for item in fetched(client, known, capsys)["items"]] == ["a"]


def test_a_file_is_placed_where_its_loader_reads_it(
    site: Site, client: Client, capsys: pytest.CaptureFixture[str], time: Time
) -> None:
    page = (FIXTURES / "cms-home.html").read_bytes()
    url = site.page("/", page, ETag='"1"')
    known = {"cms": Target("cms", "cms", (Channel("file", url),), ".html")}
    command.run(options("cms"), client.cache, known, client)
    path = client.cache.folder / "files" / "cms" / "127-001.html"
    assert path.read_bytes() == page
    assert capsys.readouterr().out.splitlines()[-1] == f"  finegraph build cms={path}@2026-11-24"
    assert len(build.read(formats()["cms"], Source("cms", path)).acts) == 3
    time.passed += 86400
    site.routes["/"] = lambda one: one.answer(304)
    again = fetched(client, known, capsys)
    assert again["items"] == []
    assert again["build"] == f"finegraph build cms={path}@2026-11-24"  # the day its content came
    command.run(options(), client.cache, known, None)
    assert capsys.readouterr().out == f"cms  file  2026-11-25  {url}\n"


def wiki(site: Site, batches: list[list[dict[str, object]]], complete: Callable[[int], bool] = lambda _: True) -> str:
    """Serve batches of pages as a MediaWiki does."""

    def route(one: Handler) -> None:
        found = re.search(r"gapcontinue=(\d+)", one.path)
        number = int(found[1]) if found else 0
        answer: dict[str, object] = {"query": {"pages": batches[number]}}
        if complete(number):
            answer["batchcomplete"] = True
        if number + 1 < len(batches):
            answer["continue"] = {"gapcontinue": str(number + 1), "continue": "gapcontinue||"}
        one.answer(200, json.dumps(answer).encode(), Content_Type="application/json")

    site.routes["/api.php"] = route
    return site.url("/api.php?action=query&generator=allpages&format=json&formatversion=2")


def page(number: int, **more: object) -> dict[str, object]:
    return {"pageid": number, "ns": 0, "title": f"Page {number}", **more}


def test_a_wiki_comes_batch_by_batch(site: Site, client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    text = [{"slots": {"main": {"content": "{{Box}}"}}}]
    batches = [[page(1, revisions=text), page(2)], [page(1), page(2, revisions=text)], [page(3, revisions=text)]]
    url = wiki(site, batches, lambda number: number > 0)
    known = {"gdprhub": Target("gdprhub", "gdprhub", (Channel("mediawiki", url),))}
    found = fetched(client, known, capsys)
    (folder,) = (Path(one) for one in found["files"])
    assert found["build"] == f"finegraph build gdprhub={folder}@2026-11-24"
    names = sorted(one.name for one in folder.iterdir())
    assert names == ["batch-0001.json", "batch-0002.json"]
    pages = [one for name in names for one in json.loads((folder / name).read_bytes())["query"]["pages"]]
    assert pages == [page(number, revisions=text) for number in (1, 2, 3)]
    assert len(files(client.cache, "index")) == 2  # robots.txt and the first answer


def test_batches_are_what_the_loader_of_gdprhub_reads(site: Site, client: Client) -> None:
    fixture = FIXTURES / "gdprhub" / "wiki.json"
    pages = json.loads(fixture.read_bytes())["query"]["pages"]
    bare = [{key: value for key, value in one.items() if key != "revisions"} for one in pages]
    url = wiki(site, [bare[:1], pages[:1], pages[1:]], lambda number: number > 0)
    folder = mediawiki.fetch(client, url, client.cache.folder / "files" / "gdprhub")
    read = [build.read(formats()["gdprhub"], Source("gdprhub", path)) for path in sorted(folder.iterdir())]
    assert [len(one.acts) > 0 for one in read] == [True, True]
    expected = build.read(formats()["gdprhub"], Source("gdprhub", fixture))
    assert [act.id for one in read for act in one.acts] == [act.id for act in expected.acts]


def test_a_wiki_that_breaks_off_goes_on_and_the_last_whole_copy_stays(site: Site, client: Client, time: Time) -> None:
    url = wiki(site, [[page(1)]])
    folder = client.cache.folder / "files" / "gdprhub"
    first = mediawiki.fetch(client, url, folder)
    time.passed += 60
    url = wiki(site, [[page(1)], [page(2)], [page(3)]])
    whole, site.routes["/api.php"] = (
        site.routes["/api.php"],
        lambda one: one.answer(500) if "gapcontinue=2" in one.path else whole(one),
    )
    with pytest.raises(FetchError, match="answers 500"):
        mediawiki.fetch(client, url, folder)
    assert (first / "batch-0001.json").exists()
    site.routes["/api.php"] = whole
    site.asked.clear()
    second = mediawiki.fetch(client, url, folder)
    assert len(site.paths()) == 1
    assert sorted(one.name for one in second.iterdir()) == [f"batch-000{n}.json" for n in (1, 2, 3)]
    assert list(folder.iterdir()) == [second]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("<html>", "no JSON"),
        ("[]", "the wiki refuses: no table"),
        ('{"error": {"code": "maxlag", "info": "Waiting for a server"}}', "the wiki refuses: Waiting for a server"),
        ('{"query": {"pages": {"1": {"title": "A"}}}}', "not of formatversion=2"),
        ('{"query": {"pages": []}, "continue": {"a": "1"}}', "goes on with what it was asked for"),
    ],
)
def test_a_wiki_that_does_not_answer_as_one(site: Site, client: Client, answer: str, words: str) -> None:
    url = site.page("/api.php", answer, "application/json")
    with pytest.raises(FetchError, match=words):
        mediawiki.fetch(client, url, client.cache.folder / "files" / "wiki")


def test_what_can_be_fetched() -> None:
    known = targets()
    assert known["cms"].format in formats()
    assert {one.format for one in known.values()} <= {"news", *known}
    assert known["cms"].suffix in formats()["cms"].suffixes
    assert [one.kind for one in known["gdprhub"].channels] == ["mediawiki"]
    authorities = [one for one in known.values() if one.format == "news"]
    assert len(authorities) == 32
    assert all(registry().authorities[one.name].type == "regulator" for one in authorities)
    channels = [one for target in authorities for one in target.channels]
    assert len(channels) == len({one.url for one in channels}) == 40
    assert all(one.note and one.kind in LISTS for one in channels)


@pytest.mark.data
def test_every_watch_channel_is_carried_over() -> None:
    path = REAL / "names" / "watch_channels.csv"
    if not path.exists():
        pytest.skip("the real data are not here")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    given = {row["url"] for row in rows if row["code"] != "HUB"}  # HUB is GDPRhub: a loader's [fetch]
    assert len(rows) == 41
    assert given == {one.url for target in targets().values() if target.format == "news" for one in target.channels}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("fr-cnil,pages", "fr-cnul,pages", r"channels.csv:\d+: 'fr-cnul' is no authority"),
        ("fr-cnil,pages", "fr-cnil,paper", "'paper' is no kind of channel; one of feed, pages, sitemap, json"),
        ("https://cpdp.bg/feed/", "cpdp.bg/feed/", "is no address to fetch"),
        ("https://cpdp.bg/feed/", "file:///etc/passwd", "is no address to fetch"),
        ("https://cpdp.bg/feed/", "https://cpdp.bg/a b", "is no address to fetch"),
        (r"/pl/138/\d+", r"/pl/138/(\d+", r"is no pattern \("),
        ("authority,kind", "id,kind", "channels.csv:1: the columns are not authority"),
        (",news,https://github.com", ",news,,https://github.com", "a row has 6 cells"),
    ],
)
def test_a_faulty_channel_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    text = CHANNELS.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "channels.csv"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(TableError, match=words):
        targets(channels=path)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ('kind = "file"', "has kind, urls, suffix and match"),
        ('kind = "file"\nurls = ["https://example.org/"]\nfrequency = 1', "not frequency"),
        ('kind = "mediawiki"\nurls = ["https://example.org/1", "https://example.org/2"]', "takes one query"),
        ('kind = "disk"\nurls = ["https://example.org/"]', "'disk' is no kind"),
        ('kind = "file"\nurls = ["example.org"]', "is no address"),
    ],
)
def test_a_faulty_fetch_table_is_named(tmp_path: Path, table: str, words: str) -> None:
    path = tmp_path / "cms" / "source.toml"
    path.parent.mkdir()
    path.write_text(f"[fetch]\n{table}\n", encoding="utf-8")
    with pytest.raises(TableError, match=rf"cms/source.toml: .*{words}"):
        targets(tmp_path)


def test_the_command_line(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = site.page("/", "hello")
    known = {"cms": Target("cms", "cms", (Channel("file", url),), ".html")}
    monkeypatch.setattr(command, "targets", lambda: known)
    monkeypatch.delenv("FINEGRAPH_CONTACT", raising=False)
    store = ("--store", str(tmp_path))
    assert main(["fetch", *store]) == 0
    assert main(["fetch", "cms", *store]) == 2
    assert main(["fetch", "nobody", "--contact", "me@example.org", *store]) == 1
    assert site.asked == []
    monkeypatch.setattr(command, "Client", partial(Client, gap=0.0))
    assert main(["fetch", "cms", "--contact", "me@example.org", *store]) == 0
    assert (tmp_path / "fetched" / "files" / "cms" / "127-001.html").read_bytes() == b"hello"
    del site.routes["/"]
    assert main(["fetch", "cms", "--contact", "me@example.org", *store]) == 4
    assert (tmp_path / "fetched" / "files" / "cms" / "127-001.html").read_bytes() == b"hello"
    with pytest.raises(SystemExit, match="2"):
        main(["fetch", "cms", "--max-pages", "-1"])


def test_the_message_of_a_user_who_gave_no_contact(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "FINEGRAPH_CONTACT"}
    done = subprocess.run(
        [sys.executable, "-m", "graph", "fetch", "cms", "--store", str(tmp_path)],
        capture_output=True, text=True, env=environment, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith("finegraph: sites must be able to write to whoever fetches: set FINEGRAPH_CONTACT")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_source_is_named(cache: Cache) -> None:
    with pytest.raises(SourceError, match="fr-cnul: nothing of that name can be fetched"):
        command.run(options("fr-cnul"), cache, targets(), None)


def test_only_fetch_talks_to_the_network() -> None:
    speaks = {"urllib3", "http.client", "urllib.request", "requests", "httpx", "feedparser", "ftplib", "SPARQLWrapper"}
    root = Path(str(loaders.__file__)).parents[1]
    found = set()
    for package in ("ontology", "graph", "loaders", "web"):
        for path in (root / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
                names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
                if any(name in speaks or name.partition(".")[0] in speaks for name in names):
                    found.add(path.relative_to(root).parent.as_posix())
    # two commands that say so, fetch and fetch-references, and the reader that a setting alone switches on
    assert found == {"loaders/endpoint", "loaders/fetch", "loaders/news/llm"}


def test_the_parser_of_the_command_line_loads_no_client() -> None:
    code = "import sys, graph.cli; graph.cli.parser(); print('urllib3' in sys.modules or 'loaders' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "False\n"
