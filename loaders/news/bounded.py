"""Pages that are parsed, in a process of their own: a page made to hang it is given up, and the next one read.

Parsers are C code and regular expressions, which nothing within a process can stop. One worker serves all pages,
one after the other; at its deadline it dies, and is started anew for the next page. Seconds are those of the processor:
on a busy machine the same pages are read as on a quiet one.
"""

import contextlib
import importlib
import logging
import multiprocessing as mp
import os
import resource
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Literal, cast

from loaders.news.draft import Draft

Kind = Literal["html", "markdown", "feed"]
SECONDS = 5.0
"""What one page may take of the processor."""
_PATIENCE = 12  # times as many seconds by the clock, for a worker that waits instead of working
_MEMORY = 1 << 30  # bytes that one page may take
_START = 120.0  # seconds for the libraries to be loaded, on a busy machine
_LEAST = 1e-6  # 0 would be no deadline
_SPAWN = mp.get_context("spawn")
_FIRST: dict[Kind, bytes] = {
    "html": b"<html lang=en><body><h1>A title</h1><p>" + b"The authority fined a company over its cookies. " * 20,
    "markdown": b"# A title",
    "feed": b"<rss version='2.0'/>",
}


class PageFaultError(Exception):
    """A page that cannot be read; the message says why and what would cure it."""


class NotAPageError(PageFaultError):
    """A file that is whole, but of another kind."""


class _Worker:
    def __init__(self) -> None:
        self._pipe, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._answer(_START)

    def ask(self, kind: Kind, raw: bytes, url: str | None, seconds: float) -> tuple[str, object, float]:
        """Return what the worker says of a page, and the seconds that it took.

        Whoever gets a TimeoutError or an EOFError kills the worker.
        """
        self._pipe.send((kind, raw, url, seconds))
        return self._answer(seconds * _PATIENCE)

    def _answer(self, seconds: float) -> tuple[str, object, float]:
        if not self._pipe.poll(seconds):
            raise TimeoutError
        try:
            return cast("tuple[str, object, float]", self._pipe.recv())
        except EOFError:
            self._process.join(_PATIENCE)
            if self._process.exitcode == -signal.SIGPROF:
                raise TimeoutError from None
            raise

    def kill(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()


_lock = threading.Lock()
_worker: _Worker | None = None


def drafts(
    kind: Kind,
    raw: bytes,
    url: str | None = None,
    seconds: float = SECONDS,
    *,
    spend: Callable[[float], None] = lambda _: None,
) -> list[Draft]:
    """Return the stories of a page. Raises PageFaultError, also where it takes too long or too much memory.

    `spend` is told how many seconds it took, without those that a worker needs to start.
    """
    global _worker  # noqa: PLW0603 - starting one takes longer than reading twenty pages
    with _lock:
        if _worker is None:
            _worker = _Worker()
        took = seconds
        try:
            answer, found, took = _worker.ask(kind, raw, url, seconds)
        except BaseException as error:  # also when interrupted: an answer that comes late would be the next page's
            _worker.kill()
            _worker = None
            if isinstance(error, TimeoutError):
                raise PageFaultError(
                    f"given up after {seconds:g} s: no page of a story takes so long; save its text"
                ) from error
            if isinstance(error, EOFError | OSError):
                raise PageFaultError("its markup breaks the parser; save its text") from error
            raise
        finally:
            spend(took)
    if answer == "drafts":
        return cast("list[Draft]", found)
    raise (NotAPageError if answer == "other" else PageFaultError)(found)


def _serve(pipe: Connection) -> None:
    """Read pages until the pipe closes (the worker's main function)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent's to handle
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    logging.disable()
    for kind, page in _FIRST.items():  # whatever is loaded with the first page counts for none
        _read(kind, page, None)
    pipe.send(("ready", None, 0.0))
    resource.setrlimit(resource.RLIMIT_AS, (_used() + _MEMORY,) * 2)
    while True:
        try:
            kind, raw, url, seconds = pipe.recv()
        except EOFError:
            return
        started = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, max(seconds, _LEAST))  # nobody handles its signal: it ends the process
        answer = _read(kind, raw, url)
        signal.setitimer(signal.ITIMER_PROF, 0)
        pipe.send((*answer, time.process_time() - started))


def _used() -> int:
    """Return the address space in use; libraries reserve more than they use."""
    with contextlib.suppress(OSError, ValueError), open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
        return int(file.read().split()[0]) * resource.getpagesize()
    return _MEMORY


def _read(kind: Kind, raw: bytes, url: str | None) -> tuple[str, object]:
    module = importlib.import_module(f"loaders.news.{kind}")
    read = cast("Callable[[bytes, str | None], list[Draft]]", module.drafts)
    try:
        return "drafts", read(raw, url)
    except MemoryError:
        return "fault", "takes more memory than any page of a story; save its text"
    except Exception as error:  # noqa: BLE001 - pages have any shape: one that breaks a library must not stop the others
        other = type(error).__name__ == "NoFeedError"
        return (
            ("other", str(error)) if other else ("fault", f"cannot be parsed ({type(error).__name__}); save its text")
        )
