"""What a site asks of robots (RFC 9309): its robots.txt, read once a day.

protego, the parser of Scrapy, knows wildcards and the longest match, as the RFC has them; Python's own does not.
"""

import datetime as dt
from collections.abc import Callable
from urllib.parse import urlsplit

from protego import Protego

from loaders.fetch.cache import Cache, Entry
from loaders.fetch.clock import Clock
from loaders.fetch.errors import GoneError

ROBOT = "finegraph"
"""The name that we answer to in robots.txt."""
_FRESH = dt.timedelta(days=1)
_LONGEST = 500 * 1024  # RFC 9309, 2.5: what a crawler must read at least


class Robots:
    """The rules of each site. `read` fetches a robots.txt; a site that answers 4xx has an empty one."""

    def __init__(self, cache: Cache, clock: Clock, read: Callable[[str], Entry]) -> None:
        self._cache = cache
        self._clock = clock
        self._read = read
        self._rules: dict[str, Protego] = {}

    def check(self, url: str) -> None:
        """Raise GoneError where the site asks us not to fetch an address."""
        if not self._of(url).can_fetch(url, ROBOT):
            raise GoneError(
                f"robots.txt of {urlsplit(url).netloc} asks robots not to fetch {url}; "
                "save it by hand, or ask the site, and build from the file"
            )

    def delay(self, url: str) -> float:
        """Return the seconds that the site wants between two requests; 0 where it names none."""
        return self._of(url).crawl_delay(ROBOT) or 0.0

    def _of(self, url: str) -> Protego:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            address = f"{site}/robots.txt"
            entry = self._cache.entry(address)
            if entry is None or self._clock.now() - dt.datetime.fromisoformat(entry.checked) > _FRESH:
                entry = self._read(address)
            text = self._cache.body(entry).read_bytes()[:_LONGEST].decode("utf-8", errors="replace")
            self._rules[site] = Protego.parse(text)
        return self._rules[site]
