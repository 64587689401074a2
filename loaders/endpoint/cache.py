"""Answered pages on disk: FOLDER/<SHA-256 of endpoint and query>.json, each written whole or not at all."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

from loaders.endpoint.wrapper import Binding, solutions
from loaders.fetch.cache import read_json, write_json
from loaders.fetch.errors import FetchError


@dataclass(frozen=True, slots=True)
class Page:
    """The solutions of one query and when they came (UTC)."""

    bindings: list[Binding]
    fetched: dt.datetime


class Pages:
    """The pages in a folder that are not older than `age`."""

    def __init__(self, folder: Path, age: dt.timedelta) -> None:
        self._folder = folder
        self._age = age

    def _path(self, endpoint: str, query: str) -> Path:
        key = hashlib.sha256(f"{endpoint}\n{query}".encode()).hexdigest()
        return self._folder / f"{key}.json"

    def get(self, endpoint: str, query: str, now: dt.datetime) -> Page | None:
        """Return a page; None where there is none, it is too old or it is damaged."""
        held = read_json(self._path(endpoint, query))
        try:
            page = Page(solutions(held["answer"]), dt.datetime.fromisoformat(held["fetched"]))
        except (ValueError, TypeError, KeyError):
            return None
        return page if now - page.fetched < self._age else None

    def put(self, endpoint: str, query: str, page: Page) -> None:
        """Keep a page; raise FetchError where the folder cannot be written."""
        answer = {"results": {"bindings": page.bindings}}
        fetched = page.fetched.isoformat(timespec="seconds")
        held = {"endpoint": endpoint, "query": query, "fetched": fetched, "answer": answer}
        try:
            write_json(self._path(endpoint, query), held)
        except OSError as error:
            words = f"{self._folder}: cannot be written ({error.strerror}); choose another with --cache"
            raise FetchError(words) from error
