"""The one typed state of an application: the release that is current, and its workers."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from flask import current_app

from graph.release import Release, ReleaseError, current
from graph.workers import Limits, Pool
from ontology.identifiers import split
from ontology.terms import PREFIXES


@dataclass(frozen=True, slots=True)
class Open:
    """A release, open for reading."""

    release: Release
    store: ox.Store
    pool: Pool

    def select(
        self, query: str, values: Mapping[str, str] | None = None, *, languages: bool = False
    ) -> list[dict[str, str]]:
        """Return the rows of one of our own queries; `values` put IRIs of ours for variables.

        With `languages`, the language of a variable's text stands beside it under its name and "@".

        The engine's own substitution wants each variable in the projection, so the text is filled in:
        safe, as our IRIs hold nothing but letters, digits, "-", "_" and "/".
        """
        for name, iri in (values or {}).items():
            if split(iri) is None:
                raise ValueError(f"{iri!r} is none of our IRIs")
            query = query.replace(f"?{name}", f"<{iri}>")
        answer = self.store.query(query, prefixes=PREFIXES)
        if not isinstance(answer, ox.QuerySolutions):
            raise TypeError("select takes a SELECT query")
        names = [variable.value for variable in answer.variables]
        rows = []
        for solution in answer:
            terms = {name: solution[name] for name in names}
            row = {n: t.value for n, t in terms.items() if isinstance(t, ox.NamedNode | ox.Literal)}
            if languages:
                row |= {f"{n}@": t.language or "" for n, t in terms.items() if isinstance(t, ox.Literal)}
            rows.append(row)
        return rows


class State:
    """Opens the current release, and the next one as soon as it is current."""

    def __init__(self, store: Path, workers: int = 2, limits: Limits | None = None) -> None:
        self._path, self._workers, self._limits = store, workers, limits
        self._lock = threading.Lock()
        self._open: Open | None = None

    def here(self) -> Open:
        """Return the current release, open; raise ReleaseError where the store has none."""
        link = self._path / "current"
        name = link.readlink().name if link.is_symlink() else ""
        now = self._open
        if now is not None and now.release.id == name:
            return now
        with self._lock:
            if self._open is not None and self._open.release.id == name:
                return self._open
            release = current(self._path)
            if release is None:
                raise ReleaseError(f"{self._path} holds no release yet; run `finegraph build`")
            before = self._open
            self._open = Open(release, release.open(), Pool(release.path / "store", self._workers, self._limits))
            if before is not None:
                before.pool.close()
            return self._open

    def close(self) -> None:
        """End the workers."""
        if self._open is not None:
            self._open.pool.close()


def state() -> Open:
    """Return the open release of the running application."""
    held: State = current_app.extensions["finegraph"]
    return held.here()
