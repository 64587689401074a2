"""How often we ask: a pause between two requests to one host, longer where the host says so."""

from collections import defaultdict
from email.utils import parsedate_to_datetime

from loaders.fetch.clock import Clock
from loaders.fetch.errors import say

GAP = 2.0
"""Seconds between the beginnings of two requests to one host, where it names no other number."""

_LONG = 10.0  # seconds: a user wants to hear of such a pause


class Pace:
    """Keeps the pauses, by host (with its port)."""

    def __init__(self, clock: Clock, gap: float = GAP) -> None:
        self._clock = clock
        self._gaps: defaultdict[str, float] = defaultdict(lambda: gap)
        self._next: dict[str, float] = {}

    def widen(self, host: str, gap: float) -> None:
        """Ask a host at most every `gap` seconds (its Crawl-delay); never oftener than by default."""
        more = gap - self._gaps[host]
        if more > 0:
            self._gaps[host] = gap
            self._next[host] = self._next.get(host, 0.0) + more

    def hold(self, host: str, seconds: float) -> None:
        """Leave a host alone for so long."""
        self._next[host] = max(self._next.get(host, 0.0), self._clock.monotonic() + seconds)

    def wait(self, host: str) -> None:
        """Sleep until the host may be asked, and count this request."""
        pause = self._next.get(host, 0.0) - self._clock.monotonic()
        if pause > _LONG:
            say(f"{host}: waiting for {pause:,.0f} seconds")
        if pause > 0:
            self._clock.sleep(pause)
        self._next[host] = self._clock.monotonic() + self._gaps[host]


def retry_after(value: str | None, clock: Clock) -> float | None:
    """Return the seconds that a Retry-After header asks for (a number, or a date); None where it says neither."""
    text = (value or "").strip()
    if text.isdecimal():
        return float(text)
    try:
        when = parsedate_to_datetime(text)
        return max(0.0, (when - clock.now()).total_seconds())
    except (TypeError, ValueError):
        return None
