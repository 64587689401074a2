"""Queries in disposable processes: Oxigraph cannot be told to stop, a process can be killed.

Each worker opens the release read-only and answers one query at a time, streaming the engine's own
serialisation through a pipe. At the deadline it is killed and replaced. A worker that dies is one
error to one client.
"""

import contextlib
import multiprocessing as mp
import resource
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import Empty, Queue
from time import monotonic

import pyoxigraph as ox

from graph import sparql

CHUNK = 1 << 16
_SPAWN = mp.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use."""

    seconds: float = 10.0
    memory: int = 1200 << 20
    wait: float = 5.0


class QueryError(Exception):
    """A query that got no answer; `status` is its HTTP status."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


class Worker:
    """One process with the release open."""

    def __init__(self, store: Path, limits: Limits) -> None:
        self.pipe, theirs = _SPAWN.Pipe()
        self.process: BaseProcess = _SPAWN.Process(target=_serve, args=(theirs, str(store), limits.memory), daemon=True)
        self.process.start()
        theirs.close()

    def kill(self) -> None:
        """End it at once."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


class Pool:
    """A fixed number of workers over one release."""

    def __init__(self, store: Path, size: int = 2, limits: Limits | None = None) -> None:
        self.store, self.limits = store, limits or Limits()
        self._free: Queue[Worker] = Queue()
        self._all: set[Worker] = set()
        self._lock = threading.Lock()
        self._closed = False
        for _ in range(size):
            self._add()

    def _add(self) -> None:
        with self._lock:
            if self._closed:
                return
            worker = Worker(self.store, self.limits)
            self._all.add(worker)
        self._free.put(worker)

    def answer(self, query: str, syntax: str) -> Iterator[bytes]:
        """Return the answer's bytes, in chunks; raise QueryError before the first one where it fails.

        A failure later than that raises while iterating, so that a cut answer never looks whole.
        """
        sparql.check(query)
        try:
            worker = self._free.get(timeout=self.limits.wait)
        except Empty:
            raise QueryError("all workers are busy; try again in a few seconds", 503) from None
        stream = self._stream(worker, query, syntax)
        first = next(stream)
        return _chain(first, stream)

    def _stream(self, worker: Worker, query: str, syntax: str) -> Iterator[bytes]:
        deadline, whole = monotonic() + self.limits.seconds, False
        try:
            worker.pipe.send((query, syntax))
            yielded = False
            while True:
                if not worker.pipe.poll(max(0.0, deadline - monotonic())):
                    raise QueryError(
                        f"stopped after {self.limits.seconds:g} s; add a LIMIT or make the pattern narrower",
                        503,
                    )
                kind, body = worker.pipe.recv()
                if kind == "chunk":
                    yielded = True
                    yield body
                elif kind == "end":
                    whole = True
                    if not yielded:
                        yield b""
                    return
                else:
                    whole = True
                    raise QueryError(body, 400 if kind == "query" else 500)
        except (EOFError, BrokenPipeError, ConnectionResetError):
            raise QueryError("the query used more memory or depth than one query may", 503) from None
        finally:
            if whole:
                self._free.put(worker)
            else:
                with self._lock:
                    self._all.discard(worker)
                worker.kill()
                self._add()

    def close(self) -> None:
        """End all workers."""
        with self._lock:
            self._closed = True
            workers, self._all = self._all, set()
        for worker in workers:
            with contextlib.suppress(OSError):
                worker.kill()


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


class _Pipe:
    """A file that sends what is written to it in chunks."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe, self._buffer = pipe, bytearray()

    def write(self, data: bytes) -> int:
        self._buffer += data
        if len(self._buffer) >= CHUNK:
            self.flush()
        return len(data)

    def flush(self) -> None:
        if self._buffer:
            self._pipe.send(("chunk", bytes(self._buffer)))
            self._buffer.clear()


def _serve(pipe: Connection, store: str, memory: int) -> None:
    """Answer queries until the pipe closes (the worker's main function)."""
    threading.stack_size(256 << 20)
    resource.setrlimit(resource.RLIMIT_AS, (memory + (256 << 20), memory + (256 << 20)))
    thread = threading.Thread(target=_answer_all, args=(pipe, ox.Store.read_only(store)))
    thread.start()
    thread.join()


def _answer_all(pipe: Connection, store: ox.Store) -> None:
    while True:
        try:
            query, syntax = pipe.recv()
        except (EOFError, KeyboardInterrupt):
            return
        out = _Pipe(pipe)
        try:
            sparql.evaluate(store, query, syntax, out)
            out.flush()
        except (SyntaxError, ValueError, OSError) as error:
            kind = "query" if isinstance(error, SyntaxError) else "engine"
            pipe.send((kind, sparql.explain(error)))
        else:
            pipe.send(("end", b""))
