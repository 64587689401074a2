"""The process that answers queries: the release opened read-only, few rights, one query at a time.

What it may not do holds even where the engine is tricked: it has no network (a namespace of its own, where the system
allows one), a bound on its memory, no file may grow, and it ends with the process that started it.
"""

import contextlib
import ctypes
import os
import resource
import signal
import sys
import threading
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path

import pyoxigraph as ox

from graph import sparql

CHUNK = 1 << 16
STACK = 256 << 20  # the engine's parser and evaluator recurse
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000


def serve(pipe: Connection, store: str, memory: int) -> None:
    """Answer requests until the pipe closes (a worker's main function).

    Sends ("ready", whether it has no network) first; then for each request ("kind", Kind), ("chunk", bytes) …, and
    ("end", peak memory in bytes); or ("refused" | "unacceptable" | "failed", what is wrong).
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends its workers
    isolated = _isolated()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    threading.stack_size(STACK)
    threading.Thread(target=_answer_all, args=(pipe, store, memory, isolated)).start()
    server = parent_process()
    assert server is not None  # noqa: S101 - a worker is nobody's main process
    wait([server.sentinel])
    os._exit(1)  # its server is gone: nobody waits for the query, and nobody would end it


def _isolated() -> bool:
    """Leave the network; False where the system does not allow it."""
    if sys.platform != "linux":
        return False
    return bool(ctypes.CDLL(None, use_errno=True).unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)


def _bound(memory: int) -> None:
    """Allow so many bytes more than are in use now: an open store alone has reserved most of a gigabyte."""
    with contextlib.suppress(OSError, ValueError):
        status = Path("/proc/self/status").read_text(encoding="ascii")
        used = int(status.partition("VmData:")[2].split()[0]) << 10
        resource.setrlimit(resource.RLIMIT_DATA, (used + memory, used + memory))


def _answer_all(pipe: Connection, path: str, memory: int, isolated: bool) -> None:  # noqa: FBT001 - a thread's
    """Open the store and answer; an answer of the engine must stay on the thread that asked for it."""
    try:
        store = ox.Store.read_only(path)
        _bound(memory)
        pipe.send(("ready", isolated))
        while True:
            _answer(pipe, store, pipe.recv())
    except (EOFError, OSError):
        pass  # the store does not open, or the pipe is closed: the pool sees the end
    finally:
        os._exit(0)


def _answer(pipe: Connection, store: ox.Store, request: sparql.Request) -> None:
    out = _Pipe(pipe)
    try:
        kind, write = sparql.evaluate(store, request)
        out.begin(kind)
        write(out)
        out.flush()
    except sparql.RefusedError as error:
        pipe.send(("refused", (str(error), error.line, error.column)))
    except sparql.UnacceptableError as error:
        pipe.send(("unacceptable", str(error)))
    except (ValueError, OSError, RuntimeError):
        pipe.send(("failed", "the engine could not evaluate the query"))
    else:
        pipe.send(("end", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10))


class _Pipe:
    """A file that sends what is written to it in chunks, after the answer's kind."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe, self._buffer = pipe, bytearray()

    def begin(self, kind: sparql.Kind) -> None:
        self._pipe.send(("kind", kind))

    def write(self, data: bytes) -> int:
        self._buffer += data
        if len(self._buffer) >= CHUNK:
            self.flush()
        return len(data)

    def flush(self) -> None:
        if self._buffer:
            self._pipe.send(("chunk", bytes(self._buffer)))
            self._buffer.clear()
