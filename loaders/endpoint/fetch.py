"""Asks an endpoint for what the tables name, and makes one file of its answers.

The file is SPARQL 1.1 Query Results JSON with one member more: `finegraph` says of which shape the data are, which
endpoint gave them and on which day (that of the oldest page).
"""

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tqdm import tqdm

from loaders.endpoint.cache import Page, Pages
from loaders.endpoint.client import Client
from loaders.endpoint.questions import askable, elis, items, leis, pages, query
from loaders.endpoint.wrapper import Binding
from loaders.fetch.errors import FetchError, say
from ontology.registry import Registry

VARIABLES = ("key", "field", "value")
ROUNDS = 3
"""Parents of parents of organisations are asked for as well; no further, or all roads lead to governments."""
_POINTERS = ("parent", "merged")


class Asking:
    """One run: asks page after page, out of the cache where it can. `size` is in keys a page."""

    def __init__(self, client: Client, cache: Pages, size: int) -> None:
        self._client = client
        self._cache = cache
        self._size = size
        self.oldest = client.clock.now()

    def rows_of(self, name: str, keys: Sequence[str]) -> list[Binding]:
        """Return the rows that a query gives for some keys."""
        batches = list(pages(keys, self._size))
        bar = tqdm(batches, desc=name, unit=" pages", disable=None, delay=1, leave=False)
        return [row for batch in bar for row in self._page(name, batch)]

    def _page(self, name: str, keys: Sequence[str]) -> list[Binding]:
        """Return the rows of one page; one that the endpoint cut off is asked in halves."""
        text, endpoint, now = query(name, keys), self._client.endpoint, self._client.clock.now()
        page = self._cache.get(endpoint, text, now)
        if page is None:
            page = Page(self._client.ask(text), self._client.clock.now())
            if not set(keys) <= _whole(page.bindings):
                return self._halves(name, keys, len(page.bindings))
            self._cache.put(endpoint, text, page)
        self.oldest = min(self.oldest, page.fetched)
        return page.bindings

    def _halves(self, name: str, keys: Sequence[str], got: int) -> list[Binding]:
        if len(keys) == 1:
            raise FetchError(
                f"{self._client.endpoint} gives {got} rows for {keys[0]} without the last one (whole): it cuts answers "
                f"off, or does not answer loaders/endpoint/{name}.rq as SPARQL 1.1 has it"
            )
        say(f"a page of {len(keys)} keys was cut off after {got} rows: asking for halves")
        middle = len(keys) // 2
        return [*self._page(name, keys[:middle]), *self._page(name, keys[middle:])]


def _whole(rows: Sequence[Binding]) -> set[str]:
    return {text_of(row, "key") for row in rows if text_of(row, "field") == "whole"}


def text_of(row: Binding, name: str) -> str:
    """Return the text of a variable, "" where it is not bound."""
    return row.get(name, {}).get("value", "")


def wikidata(asking: Asking, names: Registry, settings: Mapping[str, Any]) -> list[Binding]:
    """Return what a Wikidata-shaped endpoint says of our organisations, their parents, and items they became."""
    del settings
    by_lei = asking.rows_of("wikidata-lei", askable("wikidata-lei", leis(names)))
    found = [text_of(row, "value") for row in by_lei if text_of(row, "field") == "item"]
    say(f"{len(_whole(by_lei))} organisations asked for by LEI, {len(set(found))} items found")
    asked: set[str] = set()
    rows: list[Binding] = []
    wanted = askable("wikidata", [*items(names), *found])
    for _ in range(ROUNDS):
        new = asking.rows_of("wikidata", wanted)
        rows += new
        asked |= set(wanted)
        pointed = (text_of(row, "value") for row in new if text_of(row, "field") in _POINTERS)
        wanted = [key for key in askable("wikidata", pointed) if key not in asked]
    return rows


def eurlex(asking: Asking, names: Registry, settings: Mapping[str, Any]) -> list[Binding]:
    """Return what a Cellar-shaped endpoint says of our laws that have an ELI of the Union."""
    return asking.rows_of("eurlex", askable("eurlex", elis(names, settings["eli"])))


SHAPES: Mapping[str, Callable[[Asking, Registry, Mapping[str, Any]], list[Binding]]] = {
    "wikidata": wikidata,
    "eurlex": eurlex,
}


def fetch(shape: str, asking: Asking, endpoint: str, names: Registry, settings: Mapping[str, Any]) -> str:
    """Return the file of a shape's answers; raise FetchError where the endpoint fails or knows nothing."""
    rows = SHAPES[shape](asking, names, settings)
    if all(text_of(row, "field") == "whole" for row in rows):
        raise FetchError(f"{endpoint} knows nothing of what was asked: it is no endpoint of the shape {shape}")
    return document(shape, endpoint, asking.oldest.date(), rows)


def document(shape: str, endpoint: str, day: dt.date, rows: Sequence[Binding]) -> str:
    """Return the text of a file: sorted, one row a line, so that two days can be compared."""
    head = {"finegraph": {"shape": shape, "endpoint": endpoint, "retrieved": day.isoformat()},
            "head": {"vars": list(VARIABLES)}}  # fmt: skip
    lines = sorted({json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows})
    listed = ",\n".join(lines)
    return f'{json.dumps(head)[:-1]}, "results": {{"bindings": [\n{listed}\n]}}}}\n'
