"""Asks patiently: one query at a time, says who asks, waits as it is told, tries again with growing pauses."""

import datetime as dt
import re
import time
from importlib.metadata import version

from loaders.endpoint.errors import ContactError, FetchError, PassingError
from loaders.endpoint.wrapper import Binding, ask

TRIES = 5
GAP = 1.0
"""Seconds between two queries."""
PATIENCE = 600.0
"""Seconds: an endpoint that asks to wait longer is asked another day."""
TIMEOUT = 90
"""Seconds: more than the public endpoints give a query."""
_CONTACT = re.compile(r"https?://[^\s()]+|[^\s()<>@]+@[^\s()<>@]+\.[^\s()<>@]+")


def user_agent(contact: str | None) -> str:
    """Return the User-Agent; raise ContactError without an address that the endpoint's keepers can write to.

    >>> user_agent("me@example.org").partition("/")[0]
    'finegraph'
    """
    if not contact or not contact.isascii() or not _CONTACT.fullmatch(contact):
        given = f"{contact!r} is no address: " if contact else ""
        raise ContactError(
            f"{given}an endpoint's keepers must be able to write to whoever asks: set FINEGRAPH_CONTACT, or --contact, "
            "to your mail address or the https:// address of a page about you"
        )
    return f"finegraph/{version('finegraph')} (+{contact})"


class Clock:
    """Time, so that tests need not wait."""

    def now(self) -> dt.datetime:
        """Return this moment (UTC)."""
        return dt.datetime.now(dt.UTC)

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


class Client:
    """Asks one endpoint; `timeout` is in seconds."""

    def __init__(self, endpoint: str, agent: str, clock: Clock | None = None, timeout: int = TIMEOUT) -> None:
        self.endpoint = endpoint
        self.clock = clock or Clock()
        self._agent = agent
        self._timeout = timeout
        self._asked = False

    def ask(self, query: str) -> list[Binding]:
        """Return the solutions of a query; raise FetchError where the endpoint does not give them."""
        for attempt in range(1, TRIES + 1):
            if self._asked and attempt == 1:
                self.clock.sleep(GAP)
            self._asked = True
            try:
                return ask(self.endpoint, query, self._agent, self._timeout)
            except PassingError as error:
                self._wait(error, attempt)
        raise AssertionError

    def _wait(self, error: PassingError, attempt: int) -> None:
        """Wait before another try: as long as the endpoint asks, and at least 2, 4, 8, … seconds."""
        if attempt == TRIES:
            raise FetchError(
                f"{self.endpoint} {error}, {TRIES} times; check the address, ask for less with --page-size, "
                "or run again later: pages that were answered are kept"
            ) from error
        wait = max(error.wait or 0.0, 2.0**attempt)
        if wait > PATIENCE:
            raise FetchError(f"{self.endpoint} asks to wait for {wait:,.0f} seconds; run again then") from error
        self.clock.sleep(wait)
