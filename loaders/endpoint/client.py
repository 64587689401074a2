"""Asks patiently: one query at a time, says who asks, waits as it is told, tries again with growing pauses."""

from loaders.endpoint.wrapper import Binding, PassingError, ask
from loaders.fetch.clock import Clock
from loaders.fetch.errors import FetchError, say
from loaders.fetch.pace import retry_after

TRIES = 5
GAP = 1.0
"""Seconds between two queries."""
PATIENCE = 600.0
"""Seconds: an endpoint that asks to wait longer is asked another day."""
TIMEOUT = 90
"""Seconds: more than the public endpoints give a query."""


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
        if self._asked:
            self.clock.sleep(GAP)
        self._asked = True
        for attempt in range(1, TRIES + 1):
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
        wait = max(retry_after(error.retry_after, self.clock) or 0.0, 2.0**attempt)
        if wait > PATIENCE:
            raise FetchError(f"{self.endpoint} asks to wait for {wait:,.0f} seconds; run again then") from error
        say(f"{self.endpoint} {error}; waiting for {wait:,.0f} seconds")
        self.clock.sleep(wait)
