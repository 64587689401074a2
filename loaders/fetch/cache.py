"""What was fetched, on disk.

```
CACHE/bodies/<sha256>             each body once, by its content
CACHE/index/<sha256 of URL>.json  what we know of an address: an `Entry`
CACHE/parts/<sha256 of URL>.part  a download under way, with .json: what it is a part of
CACHE/seen/<source>.json          the items of its channels that were met
CACHE/files/<source>/             copies under names that `finegraph build` takes
```
Every file appears whole, by a rename: whatever dies at whatever moment leaves the earlier version in force.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from loaders.fetch.errors import FetchError

NEW = ".new-"
"""What the names of files begin with that are not whole yet."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The last good answer of one address.

    `final` is where redirects led; `fetched` is when the body came, `checked` when it was last found current (ISO
    8601, UTC); `etag` and `modified` are the server's validators, `type` is its Content-Type.
    """

    url: str
    final: str
    status: int
    fetched: str
    checked: str
    digest: str
    size: int
    etag: str = ""
    modified: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A download under way. It can go on where its server gave it a validator that tells one version from another."""

    path: Path
    about: Path

    @property
    def size(self) -> int:
        """The bytes that are here."""
        return self.path.stat().st_size if self.path.exists() else 0

    def validator(self, address: str) -> str:
        """Return what If-Range takes for this part of an address; empty where it cannot go on."""
        about = read_json(self.about) if self.size else None
        if not isinstance(about, dict) or about.get("final") != address:
            return ""
        etag = str(about.get("etag", ""))
        return str(about.get("modified", "")) if etag.startswith("W/") or not etag else etag

    def start(self, address: str, etag: str, modified: str) -> None:
        """Begin anew: nothing of an earlier download stays."""
        self.drop()
        write_json(self.about, {"final": address, "etag": etag, "modified": modified})

    def drop(self) -> None:
        """Remove it."""
        self.path.unlink(missing_ok=True)
        self.about.unlink(missing_ok=True)


class Cache:
    """The cache directory; several may read and write at once, `locked` gives one of them the network."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _index(self, url: str) -> Path:
        return self.folder / "index" / f"{_key(url)}.json"

    def body(self, entry: Entry) -> Path:
        """Return where the body of an entry lies."""
        return self.folder / "bodies" / entry.digest

    def entry(self, url: str) -> Entry | None:
        """Return what is known of an address; None where nothing is, or what is there is damaged."""
        found = read_json(self._index(url))
        if not isinstance(found, dict):
            return None
        try:
            entry = Entry(**found)
            whole = self.body(entry).stat().st_size == entry.size
        except (TypeError, OSError):
            return None
        return entry if whole and entry.url == url else None

    def part(self, url: str) -> Part:
        """Return the place of a download of an address."""
        return Part(self.folder / "parts" / f"{_key(url)}.part", self.folder / "parts" / f"{_key(url)}.json")

    def keep(self, entry: Entry, body: Path) -> None:
        """Take a finished body (the file moves into the cache) and then its entry: only now does it count."""
        target = self.body(entry)
        target.parent.mkdir(parents=True, exist_ok=True)
        with body.open("rb") as file:
            os.fsync(file.fileno())
        body.replace(target)
        self.note(entry)

    def note(self, entry: Entry) -> None:
        """Write an entry whose body is here."""
        write_json(self._index(entry.url), asdict(entry))

    def forget(self, url: str) -> None:
        """Drop an entry; its body goes with the next `sweep`."""
        self._index(url).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove the bodies that no entry names any more; call inside `locked`."""
        entries = [read_json(path) for path in (self.folder / "index").glob("*.json")]
        named = {one.get("digest") for one in entries if isinstance(one, dict)}
        for path in (self.folder / "bodies").glob("*"):
            if path.name not in named:
                path.unlink()
        for path in self.folder.rglob(f"{NEW}*"):
            path.unlink()

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the cache for one fetch, so that its pauses between requests hold; raise FetchError where it is held."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = (self.folder / "lock").open("w")
        except OSError as error:
            raise FetchError(
                f"{self.folder}: cannot be written ({error.strerror}); choose another with --cache"
            ) from error
        with handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise FetchError(f"{self.folder}: another fetch is running; wait for it to end") from error
            yield


def _key(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_json(path: Path) -> Any:  # noqa: ANN401 - JSON has any shape
    """Return what a JSON file of ours holds; None where there is none or it is damaged."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None


def write_json(path: Path, value: object) -> None:
    """Write a JSON file whole or not at all."""
    write_bytes(path, json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n")


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    with _fresh(path) as fresh:
        fresh.write_bytes(content)


def copy(body: Path, path: Path) -> None:
    """Copy a file whole or not at all."""
    with _fresh(path) as fresh:
        shutil.copyfile(body, fresh)


@contextlib.contextmanager
def _fresh(path: Path) -> Iterator[Path]:
    """Yield a file beside `path` that takes its place at the end, and vanishes where something goes wrong."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=NEW, delete=False) as file:
        fresh = Path(file.name)
    try:
        yield fresh
        fresh.chmod(0o644)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
