"""The one typed state of an application: the release that is current, and its workers."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from flask import current_app

from graph.release import Release, ReleaseError, current
from graph.workers import Pool
from ontology.identifiers import split
from ontology.terms import PREFIXES
from web.budget import Budget
from web.cache import Cache
from web.metrics import Metrics
from web.settings import Settings


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
    """Opens the current release, and the next one as soon as it is current; holds what outlives a release."""

    def __init__(self, store: Path, settings: Settings) -> None:
        self.settings = settings
        self.cache = Cache(settings.cache, settings.cached)
        self.budget = Budget(settings.budget, max(1, settings.workers - 1))
        self.metrics = Metrics() if settings.metrics else None
        self._path = store
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
            self._open = Open(release, release.open(), self._pool(release))
            if before is not None:
                self._retire(before.pool)
            return self._open

    def spent(self, client: str, seconds: float) -> None:
        """Note the time that a client's query took of a worker."""
        self.budget.spend(client, seconds)
        if self.metrics is not None:
            self.metrics.query_seconds.observe(seconds)

    def close(self) -> None:
        """End the workers."""
        if self._open is not None:
            self._open.pool.close()

    def _pool(self, release: Release) -> Pool:
        return Pool(release.path / "store", self.settings.workers, self.settings.limits, self.settings.spares)

    def _retire(self, pool: Pool) -> None:
        """End the workers of a release that is not current any more, once their queries must be over."""
        limits = self.settings.limits
        timer = threading.Timer(limits.seconds + limits.wait + 1, pool.close)
        timer.daemon = True
        timer.start()


def the_state() -> State:
    """Return what the running application holds."""
    held: State = current_app.extensions["finegraph"]
    return held


def state() -> Open:
    """Return the open release of the running application."""
    return the_state().here()
