"""Time, as the client sees it: tests hand in their own."""

import datetime as dt
import random
import time
from collections.abc import Callable
from dataclasses import dataclass


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """The day, a stop-watch and a pause in seconds; `chance` is a number from 0 to 1 that spreads retries."""

    now: Callable[[], dt.datetime] = _now
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random

    def stamp(self) -> str:
        """Return the moment in ISO 8601, UTC, whole seconds."""
        return self.now().astimezone(dt.UTC).isoformat(timespec="seconds")
