"""Queries in disposable processes: Oxigraph cannot be told to stop, a process can be killed.

A pool has so many places for queries at once, and a few workers more that wait ready, so that the place of a killed one
is filled at once. One thread starts workers, one watches the jobs and ends those past their deadline, cancelled, or
whose client has gone. A worker that dies is one error to one client.
"""

import contextlib
import itertools
import multiprocessing as mp
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic, sleep

from graph import sparql, worker

_FORK = mp.get_context("forkserver")  # a small process without threads, from which a worker is made in milliseconds
_FORK.set_forkserver_preload(["graph.worker"])
_TICK = 0.05
_START = 20.0
CLIENT_GONE = 499


@dataclass(frozen=True, slots=True)
class Limits:
    """What queries may use: seconds and bytes of one, seconds it waits for a place, and how many may wait."""

    seconds: float = 10.0
    memory: int = 1200 << 20
    wait: float = 5.0
    queue: int = 24


class QueryError(Exception):
    """A query that got no answer; `status` is its HTTP status."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


class Worker:
    """One process with the release open."""

    def __init__(self, store: Path, memory: int) -> None:
        self.pipe, theirs = _FORK.Pipe()
        self.process: BaseProcess = _FORK.Process(target=worker.serve, args=(theirs, str(store), memory), daemon=True)
        self.process.start()
        theirs.close()
        self.isolated = False

    def ready(self) -> bool:
        """Wait until it has opened the store; False where it did not."""
        with contextlib.suppress(EOFError, OSError):
            if self.pipe.poll(_START):
                said, self.isolated = self.pipe.recv()
                return bool(said == "ready")
        return False

    def kill(self) -> None:
        """End it at once."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


@dataclass(slots=True, eq=False)
class Job:
    """A query under way. `ended` says why its worker was ended, with the HTTP status of that."""

    worker: Worker
    deadline: float
    name: str | None
    gone: Callable[[], bool] | None
    started: float = field(default_factory=monotonic)
    ended: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that has begun: its kind, and its bytes in chunks. A failure raises while iterating: it looks cut.

    `whole` tells that its bytes are all there already.
    """

    kind: sparql.Kind
    chunks: Iterator[bytes]
    whole: bool = False


class Pool:
    """Workers over one release: `size` places, and `spares` workers beyond that wait ready."""

    def __init__(self, store: Path, size: int = 2, limits: Limits | None = None, spares: int = 1) -> None:
        self.store, self.size, self.limits = store, size, limits or Limits()
        self._wanted = size + spares
        self._lock = threading.Condition()
        self._free: deque[Worker] = deque()
        self._starting = self._waiting = 0
        self._jobs: set[Job] = set()
        self._closed = False
        self._fault: str | None = None
        for work in (self._start_workers, self._watch):
            threading.Thread(target=work, name=f"finegraph-{work.__name__}", daemon=True).start()

    def answer(
        self,
        request: sparql.Request,
        *,
        name: str | None = None,
        gone: Callable[[], bool] | None = None,
        spent: Callable[[float], None] | None = None,
    ) -> Answer:
        """Return an answer once it has begun; raise QueryError, RefusedError or UnacceptableError before that.

        `name` is what `cancel` knows the query by, `gone` tells that nobody waits for it any more, and `spent` is told
        the seconds that a worker worked on it.
        """
        sparql.check(request.text)
        stream = self._stream(self._begin(name, gone), request, spent)
        kind = next(stream)
        assert isinstance(kind, sparql.Kind)  # noqa: S101 - the first of the stream
        return Answer(kind, stream)  # type: ignore[arg-type]

    def cancel(self, name: str) -> bool:
        """End the query of a name; False where none is under way."""
        with self._lock:
            jobs = [job for job in self._jobs if job.name == name]
        for job in jobs:
            self._end(job, "cancelled by its client", 499)
        return bool(jobs)

    @property
    def busy(self) -> int:
        """How many queries are under way."""
        return len(self._jobs)

    @property
    def ready(self) -> bool:
        """Whether a worker has the release open."""
        return bool(self._free or self._jobs)

    @property
    def isolated(self) -> bool:
        """Whether the workers have no network at all (the system allowed a namespace of their own)."""
        with self._lock:
            self._lock.wait_for(lambda: self._free or self._fault or self._closed, _START)
            return bool(self._free) and self._free[0].isolated

    def close(self) -> None:
        """End all workers."""
        with self._lock:
            self._closed = True
            workers = [*self._free, *(job.worker for job in self._jobs)]
            self._free.clear()
            self._lock.notify_all()
        for one in workers:
            one.process.kill()

    # -- a query's way -------------------------------------------------------------------------------------------

    def _begin(self, name: str | None, gone: Callable[[], bool] | None) -> Job:
        until = monotonic() + self.limits.wait
        with self._lock:
            if self._waiting >= self.limits.queue:
                raise QueryError("too many queries are waiting; try again in a few seconds", 503)
            self._waiting += 1
            try:
                ready = self._lock.wait_for(
                    lambda: self._closed or self._fault or (self._free and len(self._jobs) < self.size),
                    until - monotonic(),
                )
            finally:
                self._waiting -= 1
            if self._closed:
                raise QueryError("the server is stopping", 503)
            if not self._free and self._fault:
                raise QueryError(self._fault, 503)
            if not ready:
                raise QueryError("all workers are busy; try again in a few seconds", 503)
            job = Job(self._free.popleft(), monotonic() + self.limits.seconds, name, gone)
            self._jobs.add(job)
            self._lock.notify_all()
        return job

    def _stream(
        self, job: Job, request: sparql.Request, spent: Callable[[float], None] | None
    ) -> Iterator[sparql.Kind | bytes]:
        """Yield the answer's kind, then its chunks; whatever happens, the job is over at the end."""
        whole, peak, pipe = False, 0, job.worker.pipe
        try:
            pipe.send(request)
            while True:
                match pipe.recv():
                    case ("kind" | "chunk", value):
                        yield value
                    case ("end", peak):
                        whole = True
                        return
                    case ("refused", (words, line, column)):
                        whole = True
                        raise sparql.RefusedError(words, line, column)
                    case ("unacceptable", words):
                        whole = True
                        raise sparql.UnacceptableError(words)
                    case (_, words):
                        whole = True
                        raise QueryError(words, 500)
        except (EOFError, OSError):
            words, status = job.ended or ("the query used more memory or depth than one query may", 503)
            raise QueryError(words, status) from None
        finally:
            self._over(job, fit=whole and job.ended is None and peak < self.limits.memory // 2)
            if spent is not None:
                spent(min(monotonic(), job.deadline) - job.started)

    def _over(self, job: Job, *, fit: bool) -> None:
        """Free the job's place. A worker that is not fit any more (cut off, or grown big) is replaced."""
        with self._lock:
            self._jobs.discard(job)
            fit = fit and not self._closed and job.ended is None
            if fit:
                self._free.append(job.worker)
            self._lock.notify_all()
        if not fit:
            job.worker.kill()

    def _end(self, job: Job, words: str, status: int) -> None:
        with self._lock:
            if job not in self._jobs or job.ended:
                return
            job.ended = (words, status)
            self._jobs.discard(job)  # its place is free at once, though the client may be slow to hear of it
            self._lock.notify_all()
        job.worker.process.kill()

    # -- the two threads -----------------------------------------------------------------------------------------

    def _start_workers(self) -> None:
        """Keep as many workers as wanted."""
        while True:
            with self._lock:
                self._lock.wait_for(lambda: self._closed or len(self._free) + len(self._jobs) < self._wanted)
                if self._closed:
                    return
            made = Worker(self.store, self.limits.memory)
            ready = made.ready()
            with self._lock:
                self._fault = None if ready else f"no worker can open {self.store}; build the release anew"
                if ready and not self._closed:
                    self._free.append(made)
                self._lock.notify_all()
                closed = self._closed
            if not ready or closed:
                made.kill()
                sleep(0 if closed else 1.0)

    def _watch(self) -> None:
        for tick in itertools.count():
            with self._lock:
                self._lock.wait_for(lambda: self._closed or self._jobs)
                if self._closed:
                    return
                jobs = list(self._jobs)
            for job in jobs:
                if monotonic() >= job.deadline:
                    words = f"stopped after {self.limits.seconds:g} s; add a LIMIT or make the pattern narrower"
                    self._end(job, words, 503)
                elif tick % 4 == 0 and job.gone is not None and job.gone():
                    self._end(job, "its client has gone", CLIENT_GONE)
            sleep(_TICK)
