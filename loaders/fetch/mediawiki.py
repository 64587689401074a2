"""Every page of a MediaWiki through its API: one JSON file a batch, in a folder that counts when it is whole.

A server may answer for a batch in several pieces (the texts of some pages, then of others): they are put together
until it says `batchcomplete`. A run that breaks off goes on where it was, for a day.
"""

import datetime as dt
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from loaders.fetch.cache import read_json, write_json
from loaders.fetch.client import Client
from loaders.fetch.errors import FetchError, say

_NAME = "%Y%m%d-%H%M%S"
_PART = ".part"
_STATE = "continue"
_FRESH = dt.timedelta(days=1)


def fetch(client: Client, url: str, folder: Path) -> Path:
    """Fetch all batches of a query into a new folder under `folder`; remove older ones and return it.

    The address asks with format=json and formatversion=2. Raises FetchError; batches that came stay for the next run.
    """
    part = _begun(folder, client.clock.now())
    state = read_json(part / _STATE) or {"continue": {}, "batches": 0}
    while state["continue"] is not None:
        batch, state["continue"] = _batch(client, url, state["continue"])
        state["batches"] += 1
        write_json(part / f"batch-{state['batches']:04}.json", batch)
        write_json(part / _STATE, state)
        say(f"{urlsplit(url).netloc}: batch {state['batches']}")
    (part / _STATE).unlink()
    whole = part.with_suffix("")
    part.rename(whole)
    for old in folder.iterdir():
        if old != whole:
            shutil.rmtree(old)
    return whole


def _begun(folder: Path, now: dt.datetime) -> Path:
    """Return the folder of a run that broke off within a day, else a new one."""
    for part in sorted(folder.glob(f"*{_PART}"), reverse=True):
        begun = dt.datetime.strptime(part.stem, _NAME).replace(tzinfo=dt.UTC)
        if now - begun < _FRESH and (part / _STATE).exists():
            return part
    part = folder / f"{now.astimezone(dt.UTC).strftime(_NAME)}{_PART}"
    part.mkdir(parents=True)
    return part


def _batch(client: Client, url: str, continued: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str] | None]:
    """Return one whole batch, and what to ask for the next with; None after the last."""
    pages: dict[str, dict[str, Any]] = {}
    while True:
        address = _with(url, continued)
        answer = _answer(client, address)
        if continued:  # of the query the first answer stays in the cache; the batches are files of their own
            client.cache.forget(address)
        found = answer.get("query", {}).get("pages", [])
        if not isinstance(found, list):
            raise FetchError(f"{url}: the answer is not of formatversion=2; ask for that")
        for page in found:
            pages.setdefault(page["title"], {}).update(page)
        following = answer.get("continue")
        if following is None or answer.get("batchcomplete"):
            return {"query": {"pages": list(pages.values())}}, following
        if following == continued:
            raise FetchError(f"{url}: the wiki goes on with what it was asked for; nothing was made current")
        continued = following


def _answer(client: Client, url: str) -> dict[str, Any]:
    entry = client.get(url).entry
    try:
        answer = json.loads(client.cache.body(entry).read_bytes())
    except ValueError as error:
        client.cache.forget(url)
        raise FetchError(f"{url} answers with no JSON ({error}); is it the api.php of a wiki?") from error
    if not isinstance(answer, dict) or "error" in answer:
        client.cache.forget(url)
        words = answer.get("error", {}).get("info", "no reason given") if isinstance(answer, dict) else "no table"
        raise FetchError(f"{url}: the wiki refuses: {words}")
    for module, warning in answer.get("warnings", {}).items():
        say(f"{url}: the wiki warns ({module}): {warning.get('warnings', warning)}")
    return answer


def _with(url: str, more: Mapping[str, str]) -> str:
    """Return an address with more parameters.

    >>> _with("https://example.org/api.php?action=query", {"gapcontinue": "B"})
    'https://example.org/api.php?action=query&gapcontinue=B'
    """
    parts = urlsplit(url)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *more.items()])
    return urlunsplit(parts._replace(query=query)) if more else url
