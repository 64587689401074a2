"""Releases: immutable directories, made beside the old one, current by one atomic rename.

```
STORE/inputs/<sha256>-<name>       copies of the files that releases were built from
STORE/releases/<id>/               id = digest of the N-Quads: same input, same release
    finegraph.nq .trig .ttl        everything as quads; TriG; the consolidated record as Turtle
    store/                         the read-only Oxigraph store
    manifest.json problems.json unknown.json
STORE/current -> releases/<id>
```
A build that dies at any moment leaves `current` as it was; what it left lying is swept by the next.
"""

import contextlib
import fcntl
import hashlib
import itertools
import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graph.lines import graph as graph_of
from graph.lines import has_blank
from ontology.records import Problem, UnknownName
from ontology.terms import PREFIXES

KEPT = 3
_BATCH = 50_000
FILES = {
    "finegraph.ttl": "the consolidated record: each fact once",
    "finegraph.trig": "everything, one named graph per source document",
    "finegraph.nq": "everything as N-Quads, sorted",
}


class ReleaseError(Exception):
    """A store or release that cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Input:
    """One file that a release is built from; `stored` is its name in STORE/inputs.

    `data` is the name there of the file that this one names, for formats whose files name one (a mapping).
    """

    format: str
    name: str
    stored: str
    retrieved: str | None = None
    data: str | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """A published release."""

    path: Path
    manifest: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Its identifier, made of its content."""
        return self.path.name

    @property
    def inputs(self) -> tuple[Input, ...]:
        """The files it was built from beside the embedded set."""
        return tuple(Input(**one) for one in self.manifest["inputs"])

    @property
    def problems(self) -> list[Problem]:
        """What its build did not understand."""
        return [Problem(**one) for one in json.loads((self.path / "problems.json").read_text(encoding="utf-8"))]

    @property
    def unknown(self) -> list[UnknownName]:
        """The names that the reference tables did not know, most frequent first."""
        return [UnknownName(**one) for one in json.loads((self.path / "unknown.json").read_text(encoding="utf-8"))]

    def open(self) -> ox.Store:
        """Open its store, read-only."""
        return ox.Store.read_only(str(self.path / "store"))


def current(store: Path) -> Release | None:
    """Return the current release, None where the store has none; raise ReleaseError for a damaged one."""
    link = store / "current"
    if not link.is_symlink():
        return None
    path = store / "releases" / link.readlink().name
    try:
        manifest = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise ReleaseError(f"{path} is damaged ({error}); run `finegraph build` to make a new release") from error
    if not (path / "store" / "CURRENT").is_file():
        raise ReleaseError(f"{path}/store is no store any more; run `finegraph build` to make a new release")
    return Release(path, manifest)


@contextlib.contextmanager
def locked(store: Path) -> Iterator[None]:
    """Hold the store for one build; raise ReleaseError where another build holds it."""
    try:
        store.mkdir(parents=True, exist_ok=True)
        (store / "releases").mkdir(exist_ok=True)
        handle = (store / "lock").open("w")
    except OSError as error:
        raise ReleaseError(f"{store}: cannot be written ({error.strerror}); choose another with --store") from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ReleaseError(f"{store}: another build is running; wait for it to end") from error
        for left in (store / "releases").glob(".building-*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def keep_input(store: Path, path: Path) -> str:
    """Copy a file into STORE/inputs and return its name there."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    folder = store / "inputs"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{digest[:16]}-{path.name}"
    if not target.exists():
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".copy-", delete=False) as copy:
            copy.write(path.read_bytes())
        Path(copy.name).replace(target)
    return target.name


def publish(
    store: Path,
    lines: set[str],
    manifest: Mapping[str, Any],
    problems: Iterable[Problem],
    unknown: Iterable[UnknownName],
    check: Callable[[], None],
) -> Release:
    """Make a release of N-Quads lines, check it, make it current; call inside `locked`.

    `lines` is emptied once they are written: a large build needs the memory to load them.

    `check` raises to refuse it. Returns the release, which may be an old one with the same content.
    """
    building = Path(tempfile.mkdtemp(dir=store / "releases", prefix=".building-"))
    try:
        name, counts = _write(building, lines, json.dumps(manifest, sort_keys=True).encode())
        check()
        _write_json(building / "problems.json", [asdict(one) for one in problems])
        frequent = sorted(unknown, key=lambda one: (-one.count, one))
        _write_json(building / "unknown.json", [asdict(one) for one in frequent])
        files = {file: _described(building / file) for file in FILES}
        whole = {"release": name, **manifest, "counts": counts, "files": files}
        _write_json(building / "manifest.json", whole)
        building.chmod(0o755)
        target = store / "releases" / name
        if _whole(target):
            shutil.rmtree(building)
        else:
            shutil.rmtree(target, ignore_errors=True)
            _sync(building)
            building.rename(target)
        _switch(store, name)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    _sweep(store, name)
    return Release(target, json.loads((target / "manifest.json").read_text(encoding="utf-8")))


def _whole(path: Path) -> bool:
    """Tell whether a directory holds a release that can be used."""
    return all((path / name).is_file() for name in ("manifest.json", "problems.json", "unknown.json", "store/CURRENT"))


def _write(folder: Path, lines: set[str], state: bytes) -> tuple[str, dict[str, int]]:
    """Write the store and the other formats; return the release's name and the triples per graph."""
    ordered = sorted(lines)
    lines.clear()
    text, by_graph = folder / "finegraph.nq", folder / "by-graph.nq"
    digest = hashlib.sha256()
    with text.open("wb") as file:
        for line in ordered:
            digest.update(line.encode())
            file.write(line.encode())
    digest.update(state)
    _load(folder, ordered)
    counts = Counter(graph_of(line) or "default" for line in ordered)
    ordered.sort(key=graph_of)
    with by_graph.open("w", encoding="utf-8") as grouped:
        grouped.writelines(ordered)
    ordered.clear()
    quads = ox.parse(path=by_graph, format=ox.RdfFormat.N_QUADS)
    ox.serialize(quads, str(folder / "finegraph.trig"), ox.RdfFormat.TRIG, prefixes=PREFIXES)
    facts = itertools.takewhile(_in_default, ox.parse(path=by_graph, format=ox.RdfFormat.N_QUADS))
    triples = (quad.triple for quad in facts)
    ox.serialize(triples, str(folder / "finegraph.ttl"), ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    by_graph.unlink()
    return digest.hexdigest()[:16], {name.strip("<>"): count for name, count in sorted(counts.items())}


def _load(folder: Path, lines: Sequence[str]) -> None:
    """Load the store in batches: all at once takes ten times the memory. Blank nodes stay in one batch."""
    base = folder / "loading"
    loading = ox.Store(str(base))
    plain = (line for line in lines if not has_blank(line))
    while batch := "".join(itertools.islice(plain, _BATCH)):
        loading.bulk_load(batch, format=ox.RdfFormat.N_QUADS)
    loading.bulk_load("".join(filter(has_blank, lines)), format=ox.RdfFormat.N_QUADS)
    loading.optimize()
    loading.backup(str(folder / "store"))
    del loading
    shutil.rmtree(base)


def _in_default(quad: ox.Quad) -> bool:
    return isinstance(quad.graph_name, ox.DefaultGraph)


def _write_json(path: Path, value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=isinstance(value, dict))
    path.write_text(f"{text}\n", encoding="utf-8")


def _described(path: Path) -> dict[str, Any]:
    return {"bytes": path.stat().st_size, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def _sync(folder: Path) -> None:
    """Force a folder's files to the disk before its name makes them count."""
    for path in (*sorted(folder.rglob("*")), folder):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _switch(store: Path, name: str) -> None:
    fresh = store / ".current-new"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(Path("releases") / name)
    fresh.rename(store / "current")
    handle = os.open(store, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def _sweep(store: Path, name: str) -> None:
    """Keep the newest releases for a roll-back and remove older ones."""
    others = [path for path in (store / "releases").iterdir() if path.name != name and not path.name.startswith(".")]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for old in others[KEPT - 1 :]:
        shutil.rmtree(old, ignore_errors=True)
