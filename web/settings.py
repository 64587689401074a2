"""The settings of a server: limits of queries, clients and memory, each an environment variable `FINEGRAPH_<NAME>`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from graph.workers import Limits

PREFIX = "FINEGRAPH_"


class SettingError(Exception):
    """A setting that cannot be used; the message names its variable."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server allows and where it is reached. Sizes are in bytes, times in seconds; 0 turns a limit's part off.

    `workers` is how many queries run at once, `spares` how many processes wait beside them. `budget` is the query time
    that a client may use a minute. `cache` bounds what answers are kept, `cached` the largest that is. `public_url` is
    what the service calls itself; no request's Host header does. `proxy` is the address of a reverse proxy whose
    X-Forwarded-For and X-Forwarded-Proto are believed. `log_queries` writes the texts of queries into the access log.
    """

    workers: int = max(4, 2 * (os.cpu_count() or 1))
    spares: int = 2
    seconds: float = 10.0
    memory: int = 1200 << 20
    wait: float = 5.0
    queue: int = 24
    budget: float = 60.0
    cache: int = 64 << 20
    cached: int = 1 << 20
    body: int = 1 << 20
    threads: int = 32
    connections: int = 2000
    idle: int = 20
    public_url: str = ""
    proxy: str = ""
    metrics: bool = False
    log_queries: bool = False
    access_log: bool = True

    @property
    def limits(self) -> Limits:
        """The part that the workers keep."""
        return Limits(self.seconds, self.memory, self.wait, self.queue)


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; raise SettingError for a value of the wrong kind.

    >>> from_environment({"FINEGRAPH_SECONDS": "2.5"}).seconds
    2.5
    """
    given: dict[str, Any] = {}
    for one in fields(Settings):
        name = PREFIX + one.name.upper()
        if (text := environment.get(name, "").strip()) != "":
            given[one.name] = _value(name, text, type(one.default))
    return Settings(**given)


def _value(name: str, text: str, kind: type) -> object:
    if kind is str:
        return text
    if kind is bool:
        if text not in {"0", "1"}:
            raise SettingError(f"{name}={text}: say 1 or 0")
        return text == "1"
    try:
        value = kind(text)
    except ValueError as error:
        raise SettingError(f"{name}={text}: say a number") from error
    if not 0 <= value < float("inf"):
        raise SettingError(f"{name}={text}: say a number of 0 or more")
    return value
