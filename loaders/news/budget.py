"""The time that one page may take: its steps share five seconds, and a step that fails is a counted problem.

Seconds are those of the processor: on a busy machine the same pages are read as on a quiet one.
"""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from loaders.news.bounded import SECONDS
from loaders.source import Source, SourceError
from ontology.records import Problem

T = TypeVar("T")
_AGAIN = 0.1  # seconds until the alarm rings anew: a library may have caught the first one


class _LateError(BaseException):
    """The alarm of a step. No `except Exception` on the way may take it for its own."""


class Budget:
    """The seconds that are left for a page. A step in the main thread ends when they are used up.

    Python looks for signals between two steps of its own and within a regular expression, so both end in time. Other
    threads get no signal: what they run is only measured, and the page given up before its next step.
    """

    def __init__(self, seconds: float | None = None) -> None:
        self._seconds = SECONDS if seconds is None else seconds
        self.left = self._seconds

    def renew(self) -> None:
        """Begin the next page."""
        self.left = self._seconds

    def spend(self, seconds: float) -> None:
        """Take off what a step took elsewhere."""
        self.left = max(self.left - seconds, 0.0)

    def run(self, source: Source, key: str, step: Callable[[], T]) -> T | None:
        """Return what a step makes of a page; None, and an error among the source's problems, where it fails.

        Pages have any shape: one that breaks a step, or takes too long, must not stop the others.
        """
        try:
            with self._spending():
                return step()
        except _LateError:
            self.left = 0.0  # the alarm may ring a tick before the clock says so
            words = f"given up after {self._seconds:g} s: no page of a story takes so long; save the story alone"
        except SourceError as error:  # names its own cure
            words = str(error)
        except RecursionError:
            words = "nested deeper than any page of a story; save its text"
        except MemoryError:
            words = "takes more memory than any page of a story; save the story alone"
        except Exception as error:  # noqa: BLE001 - see above
            words = f"cannot be read ({type(error).__name__}); save the story alone, or its text"
        report(source, words, key)
        return None

    @contextmanager
    def _spending(self) -> Iterator[None]:
        if self.left <= 0:
            raise _LateError
        started = time.process_time()
        try:
            if threading.current_thread() is threading.main_thread():
                with _alarm(self.left):
                    yield
            else:
                yield
        finally:
            self.spend(time.process_time() - started)


_QUIET = frozenset((__name__, "loaders.news.page"))  # generators that are closed
_INNERMOST = 2  # frames of a call that are looked at
_ELSEWHERE = frozenset(
    ("coverage", "_pytest", "pluggy", "hypothesis", "importlib", "threading", "logging", "weakref", "_weakrefset")
)  # fmt: skip


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raise _LateError in the block after some seconds. An alarm of somebody else goes on afterwards."""
    started = time.process_time()
    handler = signal.signal(signal.SIGPROF, _ring)
    left, interval = signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    try:
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    finally:  # also where it rings just before that
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, handler or signal.SIG_DFL)
        if left:
            signal.setitimer(signal.ITIMER_PROF, max(left - (time.process_time() - started), _AGAIN), interval)


def _ring(_signal: int, frame: FrameType | None) -> None:
    """Raise _LateError, but not in code that may hold a lock or be cleaning up: there it rings again a little later."""
    for depth in range(_INNERMOST):
        if frame is None:
            break
        module = str(frame.f_globals.get("__name__", ""))
        if module.partition(".")[0] in _ELSEWHERE or (depth == 0 and module in _QUIET):
            return
        frame = frame.f_back
    raise _LateError


def report(source: Source, words: str, key: str = "") -> None:
    """Count a page of a file that cannot be read."""
    said = words if words.startswith(str(source.path)) else f"{source.path}: {words}"
    source.problems.append(Problem("error", source.path.name, said, source.name, key or source.path.stem))
