"""Answers that were given once: a release never changes, so an equal query has an equal answer.

Bounded in bytes, the longest unused go first. Equal queries that come while the first is being answered wait for it.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from graph.sparql import Kind, RefusedError, UnacceptableError
from graph.workers import Answer, QueryError


@dataclass(slots=True)
class _Flight:
    """A query that is being answered for the first time."""

    landed: threading.Event = field(default_factory=threading.Event)
    answer: tuple[Kind, bytes] | None = None
    error: Exception | None = None


class Cache:
    """Whole answers by key; `size` bytes of them in all, none over `largest`. A size of 0 keeps nothing."""

    def __init__(self, size: int, largest: int) -> None:
        self._size, self._largest = size, largest
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[Kind, bytes]] = OrderedDict()
        self._bytes = 0
        self._flights: dict[str, _Flight] = {}
        self.hits = 0

    def answer(self, key: str, ask: Callable[[], Answer]) -> Answer:
        """Return the answer of a key: the kept one, that of an equal query under way, or what `ask` gets."""
        if not self._size:
            return self._first(key, _Flight(), ask)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                self.hits += 1
                return _again(self._kept[key])
            flight = self._flights.get(key)
            if flight is None:
                mine = self._flights[key] = _Flight()
        if flight is not None:
            flight.landed.wait()
            if flight.answer is not None:
                self.hits += 1
                return _again(flight.answer)
            if isinstance(flight.error, RefusedError | UnacceptableError):
                raise flight.error
            return ask()  # too large to keep, or its client left: what ended that query need not end this one
        return self._first(key, mine, ask)

    def _first(self, key: str, flight: _Flight, ask: Callable[[], Answer]) -> Answer:
        """Answer; what is small is sent whole, with its length, so that the client's connection stays open."""
        try:
            answer = ask()
            held: list[bytes] = []
            size = 0
            for chunk in answer.chunks:
                held.append(chunk)
                size += len(chunk)
                if size > self._largest:
                    return Answer(answer.kind, _joined(held, answer.chunks))
            flight.answer = (answer.kind, b"".join(held))
            self._keep(key, flight.answer)
            return _again(flight.answer)
        except (QueryError, RefusedError, UnacceptableError) as error:
            flight.error = error
            raise
        finally:
            with self._lock:
                self._flights.pop(key, None)
            flight.landed.set()

    def _keep(self, key: str, answer: tuple[Kind, bytes]) -> None:
        with self._lock:
            self._kept[key] = answer
            self._bytes += len(answer[1])
            while self._bytes > self._size:
                _, (_, body) = self._kept.popitem(last=False)
                self._bytes -= len(body)


def _again(answer: tuple[Kind, bytes]) -> Answer:
    kind, body = answer
    return Answer(kind, iter((body,)), whole=True)


def _joined(held: list[bytes], rest: Iterator[bytes]) -> Iterator[bytes]:
    """Yield both; closing it closes the rest, so that a client that leaves frees the worker."""
    yield from held
    yield from rest
