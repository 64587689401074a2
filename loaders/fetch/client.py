"""A polite HTTP client: it says who it is, asks seldom, asks only for what changed, and takes no for an answer.

urllib3 does the connections; what is polite is ours. Bodies are asked for without compression: a download can then go
on where it broke off, and no small answer swells on arrival.
"""

import re
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from itertools import count
from typing import NoReturn
from urllib.parse import urljoin, urlsplit

import certifi
import urllib3
from tqdm import tqdm
from urllib3.exceptions import HTTPError, LocationValueError, SSLError

from loaders.fetch.cache import Cache, Entry, Part, digest_of
from loaders.fetch.clock import Clock
from loaders.fetch.errors import ContactError, DeniedError, FetchError, GoneError, say
from loaders.fetch.pace import GAP, Pace, retry_after
from loaders.fetch.robots import ROBOT, Robots

MEBIBYTE = 1024 * 1024
LIMIT = 200 * MEBIBYTE
"""Bytes of the largest body that is taken."""
TRIES = 5
PATIENCE = 600.0
"""Seconds: a server that asks to wait longer is asked another day."""
_REDIRECTS = 5
_CONNECT, _READ, _WHOLE = 10.0, 60.0, 3600.0  # seconds: to connect, between two pieces, for one answer
_PIECE = 64 * 1024
_MOVED = {301, 302, 303, 307, 308}
_LATER = {408, 425, 429}
_GONE = {404, 410}
_RANGE = re.compile(r"bytes (?P<start>\d+)-\d+/(?P<total>\d+|\*)")
_CONTACT = re.compile(r"https?://[^\s()]+|[^\s()<>@]+@[^\s()<>@]+\.[^\s()<>@]+")


def agent(contact: str | None) -> str:
    """Return the User-Agent; raise ContactError without an address that a site can write to.

    >>> agent("me@example.org").partition("/")[0]
    'finegraph'
    """
    if not contact or not contact.isascii() or not _CONTACT.fullmatch(contact):
        given = f"{contact!r} is no address: " if contact else ""
        raise ContactError(
            f"{given}sites must be able to write to whoever fetches: set FINEGRAPH_CONTACT, or --contact, "
            "to your mail address or the https:// address of a page about you"
        )
    return f"{ROBOT}/{version('finegraph')} (+{contact})"


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: its entry in the cache, and whether its body is another one than before."""

    entry: Entry
    new: bool


class _AgainError(Exception):
    """A fault that may pass: worth another try."""


class Client:
    """Fetches into a cache. `limit` is in bytes, `gap` and `timeout` (between two pieces) in seconds."""

    def __init__(
        self,
        cache: Cache,
        user_agent: str,
        *,
        limit: int = LIMIT,
        gap: float = GAP,
        timeout: float = _READ,
        clock: Clock | None = None,
    ) -> None:
        self.cache = cache
        self.clock = clock or Clock()
        self._limit = limit
        self._pace = Pace(self.clock, gap)
        self._robots = Robots(cache, self.clock, self._robots_txt)
        self._pool = urllib3.PoolManager(
            headers={"User-Agent": user_agent, "Accept-Encoding": "identity"},
            timeout=urllib3.Timeout(connect=min(_CONNECT, timeout), read=timeout),
            ssl_context=_trusted(),
        )

    def get(self, url: str) -> Fetched:
        """Fetch an address, unless it is as it was; raise FetchError where that fails, GoneError where it is final."""
        return self._tried(url, polite=True)

    def _robots_txt(self, url: str) -> Entry:
        """Return a robots.txt; a site that has none (4xx) asks nothing, one that fails lets nobody in (RFC 9309)."""
        try:
            return self._tried(url, polite=False).entry
        except (GoneError, DeniedError):
            part = self.cache.part(url)
            part.start(url, "", "")
            part.path.touch()
            return self._kept(url, url, 404, part, {})
        except FetchError as error:
            raise FetchError(f"{error}; without its robots.txt nothing is fetched from a site") from error

    def _tried(self, url: str, *, polite: bool) -> Fetched:
        for attempt in count(1):
            try:
                return self._answer(url, polite=polite)
            except _AgainError as error:
                if attempt == TRIES:
                    raise FetchError(f"{url}: {error}, {TRIES} times; try again later") from error
                say(f"{url}: {error}; trying again")
                self._pace.hold(urlsplit(url).netloc, 2.0**attempt * (0.5 + self.clock.chance() / 2))
        raise AssertionError

    def _answer(self, url: str, *, polite: bool) -> Fetched:
        """Follow an address through its redirects to an answer."""
        held, part, at = self.cache.entry(url), self.cache.part(url), url
        for _ in range(_REDIRECTS + 1):
            host = _host(at)
            if polite:
                self._robots.check(at)
                self._pace.widen(host, self._robots.delay(at))
            self._pace.wait(host)
            response = self._asked(at, _conditions(at, held, part))
            try:
                if response.status not in _MOVED or "Location" not in response.headers:
                    return self._taken(url, at, held, part, response)
                at = _moved(at, response.headers["Location"])
            finally:
                response.close()
        raise FetchError(f"{url}: redirected more than {_REDIRECTS} times, at last to {at}")

    def _asked(self, url: str, conditions: dict[str, str]) -> urllib3.BaseHTTPResponse:
        try:
            return self._pool.request(
                "GET", url, headers={**self._pool.headers, **conditions}, preload_content=False, redirect=False,
                retries=False,
            )  # fmt: skip
        except HTTPError as error:
            _failed(url, error)

    def _taken(self, url: str, at: str, held: Entry | None, part: Part, response: urllib3.BaseHTTPResponse) -> Fetched:
        status, total = response.status, None
        if status == 304 and held:
            part.drop()
            held = replace(held, checked=self.clock.stamp())
            self.cache.note(held)
            return Fetched(held, new=False)
        if status == 206:
            total = self._goes_on(at, part, response)
        elif status == 200:
            part.start(at, *(response.headers.get(name, "") for name in ("ETag", "Last-Modified")))
        else:
            self._refused(at, part, response)
        self._download(at, part, response)
        if total is not None and part.size != total:
            raise _AgainError(f"has sent {part.size} bytes of {total}")
        entry = self._kept(url, at, 200, part, response.headers)
        return Fetched(entry, new=held is None or held.digest != entry.digest)

    def _refused(self, url: str, part: Part, response: urllib3.BaseHTTPResponse) -> NoReturn:
        """Raise what an answer without a body of use means."""
        if response.status == 416:
            part.drop()
            raise _AgainError("has no such range")
        if response.status < 500 and response.status not in _LATER:
            fault = GoneError if response.status in _GONE else DeniedError
            raise fault(f"{url}: the server answers {response.status}; check the address, or save the page by hand")
        wait = retry_after(response.headers.get("Retry-After"), self.clock) or 0.0
        if wait > PATIENCE:
            raise FetchError(f"{url}: the server asks to wait for {wait:,.0f} seconds; try again then")
        self._pace.hold(_host(url), wait)
        raise _AgainError(f"the server answers {response.status}")

    def _goes_on(self, url: str, part: Part, response: urllib3.BaseHTTPResponse) -> int | None:
        """Check that an answer is what is missing of the part; return the size of the whole, if stated."""
        found = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
        if not found or int(found["start"]) != part.size or not part.validator(url):
            part.drop()
            raise _AgainError("answers with another range than was asked for")
        return int(found["total"]) if found["total"].isdecimal() else None

    def _download(self, url: str, part: Part, response: urllib3.BaseHTTPResponse) -> None:
        size, stated = part.size, response.headers.get("Content-Length", "")
        length = int(stated) if stated.isdecimal() else 0
        self._check_size(url, part, size + length)
        deadline = self.clock.monotonic() + _WHOLE
        bar = tqdm(
            total=size + length or None, initial=size, desc=urlsplit(url).netloc, unit="B", unit_scale=True,
            disable=None, delay=1, leave=False,
        )  # fmt: skip
        with part.path.open("ab") as file, bar:
            for piece in _pieces(url, part, response):
                size += len(piece)
                self._check_size(url, part, size)
                if self.clock.monotonic() > deadline:
                    raise FetchError(f"{url}: not there after {_WHOLE:,.0f} seconds; run again to go on")
                file.write(piece)
                bar.update(len(piece))

    def _check_size(self, url: str, part: Part, size: int) -> None:
        if size > self._limit:
            part.drop()
            raise FetchError(
                f"{url}: larger than {self._limit / MEBIBYTE:g} MiB; nothing was kept. Allow more with --limit"
            )

    def _kept(self, url: str, final: str, status: int, part: Part, headers: Mapping[str, str]) -> Entry:
        """Make a finished download what the cache knows of an address."""
        now = self.clock.stamp()
        etag, modified, type_ = (headers.get(name, "") for name in ("ETag", "Last-Modified", "Content-Type"))
        entry = Entry(url, final, status, now, now, digest_of(part.path), part.size, etag, modified, type_)
        self.cache.keep(entry, part.path)
        part.drop()
        return entry


@cache
def _trusted() -> ssl.SSLContext:
    """Return the certificate authorities of the system, and certifi's where it has none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _host(url: str) -> str:
    """Return the host of an address; raise GoneError for one that is not of the web."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise GoneError(f"{url} is no http:// or https:// address; nothing else is fetched")
    return parts.netloc


def _moved(url: str, location: str) -> str:
    try:
        return urljoin(url, location).partition("#")[0]
    except ValueError as error:
        raise GoneError(f"{url}: redirected to {location!r}, which is no address ({error})") from error


def _conditions(url: str, held: Entry | None, part: Part) -> dict[str, str]:
    """Return the headers that ask only for what is not here; validators hold for the address that gave them."""
    headers = {}
    if held and held.final == url:
        headers = {"If-None-Match": held.etag, "If-Modified-Since": held.modified}
    if validator := part.validator(url):
        headers |= {"Range": f"bytes={part.size}-", "If-Range": validator}
    return {name: value for name, value in headers.items() if value}


def _pieces(url: str, part: Part, response: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
    if "Content-Encoding" in response.headers:  # not what was asked for: its bytes are not those a range counts
        part.about.unlink(missing_ok=True)
    try:
        while piece := response.read1(_PIECE, decode_content=True):
            yield piece
    except HTTPError as error:
        _failed(url, error)


def _failed(url: str, error: HTTPError) -> NoReturn:
    """Raise what a fault of the connection means."""
    if isinstance(error, LocationValueError):
        raise GoneError(f"{url} is no address that can be asked ({error})") from error
    if isinstance(error, SSLError):
        raise FetchError(f"{url}: its certificate is not to be trusted ({error})") from error
    raise _AgainError(f"{type(error).__name__} ({error})") from error
