"""What one client may use: seconds of query time a minute (a token bucket), and not the last free place of the pool."""

import ipaddress
import math
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic

MOST = 10_000
MINUTE = 60.0
WAITING = 8


class SpentError(Exception):
    """A client that has used its share; `retry` says in how many seconds it has some again."""

    def __init__(self, words: str, retry: int) -> None:
        super().__init__(f"{words}; try again in {retry} s")
        self.retry = retry


@dataclass(slots=True)
class _Account:
    left: float
    at: float
    running: int = 0
    waiting: int = 0


class Budget:
    """Accounts of clients, by address. `seconds` a minute, and as much at once; 0 for no bound.

    The time of a query is known when it is over, so that an account may go below zero: it is closed until it is above.
    """

    def __init__(self, seconds: float, places: int) -> None:
        self._seconds, self._places = seconds, places
        self._changed = threading.Condition()
        self._accounts: OrderedDict[str, _Account] = OrderedDict()

    @contextmanager
    def place(self, client: str, wait: float) -> Iterator[None]:
        """Hold one of the places that a client may have at once; raise SpentError where it has no time or place left.

        It waits for a place as long as told; only so many of its queries may wait, as each keeps a thread.
        """
        with self._changed:
            account = self._account(client)
            if self._seconds and account.left <= 0:
                retry = math.ceil((1 - account.left) * MINUTE / self._seconds)
                raise SpentError("your query time is used up", retry)
            if account.running >= self._places:
                if account.waiting >= WAITING:
                    raise SpentError("too many of your queries are waiting", 1)
                account.waiting += 1
                free = self._changed.wait_for(lambda: account.running < self._places, wait)
                account.waiting -= 1
                if not free:
                    raise SpentError("your other queries are still running", 5)
            account.running += 1
        try:
            yield
        finally:
            with self._changed:
                account.running -= 1
                self._changed.notify_all()

    def spend(self, client: str, seconds: float) -> None:
        """Take the time of a query off its client's account."""
        with self._changed:
            self._account(client).left -= seconds

    def _account(self, client: str) -> _Account:
        now, key = monotonic(), _network(client)
        account = self._accounts.setdefault(key, _Account(self._seconds, now))
        account.left = min(self._seconds, account.left + (now - account.at) * self._seconds / MINUTE)
        account.at = now
        self._accounts.move_to_end(key)
        if len(self._accounts) > MOST:
            self._accounts.popitem(last=False)
        return account


def _network(address: str) -> str:
    """Return whose address it is: of IPv6, one subscriber has a whole network of 64 bits.

    >>> _network("2001:db8::1"), _network("192.0.2.1")
    ('2001:db8::/64', '192.0.2.1')
    """
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return address
    return address if read.version == 4 else str(ipaddress.ip_network((read, 64), strict=False))
