"""Answered pages on disk: FOLDER/<SHA-256 of endpoint and query>.json, each written whole or not at all."""

import datetime as dt
import hashlib
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from loaders.endpoint.errors import FetchError
from loaders.endpoint.wrapper import Binding, solutions


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
        try:
            held = json.loads(self._path(endpoint, query).read_bytes())
            page = Page(solutions(held["answer"]), dt.datetime.fromisoformat(held["fetched"]))
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return page if now - page.fetched < self._age else None

    def put(self, endpoint: str, query: str, page: Page) -> None:
        """Keep a page; raise FetchError where the folder cannot be written."""
        held = {"endpoint": endpoint, "query": query, "fetched": page.fetched.isoformat(timespec="seconds"),
                "answer": {"results": {"bindings": page.bindings}}}  # fmt: skip
        write(self._path(endpoint, query), json.dumps(held, ensure_ascii=False, indent=1))


def write(path: Path, content: str) -> None:
    """Write a file whole or not at all; raise FetchError where it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=".new-", delete=False) as file:
            fresh = Path(file.name)
            file.write(f"{content}\n")
        fresh.chmod(0o644)
        fresh.replace(path)
    except OSError as error:
        raise FetchError(f"{path}: cannot be written ({error.strerror}); name another place") from error
