"""`finegraph fetch`: lists what can be fetched, or fetches it and says which command builds it."""

import argparse
import json
import shlex
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from urllib.parse import urlsplit

from loaders.fetch import mediawiki
from loaders.fetch.cache import Cache, copy
from loaders.fetch.catalogue import Target, targets
from loaders.fetch.client import MEBIBYTE, Client, agent
from loaders.fetch.errors import FetchError, say
from loaders.fetch.follow import Result, follow
from loaders.source import SourceError
from ontology.identifiers import slug


def fetch(options: argparse.Namespace) -> None:
    """List what can be fetched, or fetch it. Raises FetchError at the end where anything failed."""
    folder: Path = options.cache or options.store / "fetched"
    run(options, Cache(folder), targets(), None)


def run(options: argparse.Namespace, cache: Cache, known: Mapping[str, Target], client: Client | None) -> None:
    """Do what the options say with what is known; a client that is handed in is used as it is."""
    if unknown := [name for name in options.sources if name not in known]:
        raise SourceError(
            f"{', '.join(unknown)}: nothing of that name can be fetched; `finegraph fetch` lists what can"
        )
    if not options.sources:
        _list(known.values(), cache, as_json=options.json)
        return
    client = client or Client(cache, agent(options.contact), limit=options.limit * MEBIBYTE)
    results = []
    with cache.locked():
        for name in options.sources:
            result = Result(name)
            results.append(result)
            try:
                _fetch(client, known[name], result, options.max_pages)
            except FetchError as error:
                result.failed.append(str(error))
            if not options.json:
                _tell(result)
        cache.sweep()
    if options.json:
        sys.stdout.write(json.dumps([asdict(one) for one in results], ensure_ascii=False, indent=1) + "\n")
    if failed := [words for one in results for words in one.failed]:
        raise FetchError(
            "\n  ".join([f"{len(failed)} could not be fetched; what was there before is still there:", *failed])
        )


def _fetch(client: Client, target: Target, result: Result, max_pages: int) -> None:
    """Fetch one target; what it brought goes into the result."""
    kinds = {one.kind for one in target.channels}
    if kinds == {"file"}:
        days = [_file(client, target, one.url, result) for one in target.channels]
        result.build = _build(target, result.files, max(days))
    elif kinds == {"mediawiki"}:
        folder = client.cache.folder / "files" / target.name
        whole = [mediawiki.fetch(client, one.url, folder) for one in target.channels]
        result.files = [str(one) for one in whole]
        result.build = _build(target, result.files, client.clock.stamp()[:10])
    else:
        folder = follow(client, target, result, max_pages)
        if any(folder.glob("*")):
            result.files = [str(folder)]
            result.build = _build(target, result.files, client.clock.stamp()[:10])


def _file(client: Client, target: Target, url: str, result: Result) -> str:
    """Fetch one file, place it under a name that its loader reads, and return the day its content came."""
    fetched = client.get(url)
    parts = urlsplit(url)
    path = client.cache.folder / "files" / target.name / f"{slug(f'{parts.hostname}{parts.path}')}{target.suffix}"
    if fetched.new or not path.exists():
        copy(client.cache.body(fetched.entry), path)
    day = fetched.entry.fetched[:10]
    result.files.append(str(path))
    if fetched.new:
        result.items.append({"link": url, "title": "", "day": day, "file": str(path)})
    return day


def _build(target: Target, files: Iterable[str], day: str) -> str:
    return " ".join(["finegraph build", *(shlex.quote(f"{target.format}={file}@{day}") for file in files)])


def _tell(result: Result) -> None:
    lines = [f"{result.source}: {len(result.items)} new"]
    if result.left:
        lines[0] += f", {result.left} more wait for the next run (or --max-pages)"
    if result.failed:
        lines[0] += f", {len(result.failed)} failed"
    for item in result.items:
        lines.append("  " + "  ".join(filter(None, (item["day"], item["title"], item["link"]))))
        lines += [f"    {item['file']}"] if item["file"] else []
    if result.build:
        lines.append(f"  {result.build}")
    sys.stdout.write("\n".join(lines) + "\n")
    for doubt in result.doubts:
        say(f"{result.source}: {doubt}")


def _list(known: Iterable[Target], cache: Cache, *, as_json: bool) -> None:
    rows = [
        {"source": one.name, "kind": channel.kind, "fetched": entry.checked if entry else "", "url": channel.url,
         "note": channel.note}
        for one in known for channel in one.channels for entry in [cache.entry(channel.url)]
    ]  # fmt: skip
    if as_json:
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
        return
    widths = {key: max(len(row[key]) for row in rows) for key in ("source", "kind")}
    for row in rows:
        cells = [row["source"].ljust(widths["source"]), row["kind"].ljust(widths["kind"])]
        sys.stdout.write("  ".join([*cells, row["fetched"][:10] or "never     ", row["url"]]) + "\n")
    say(f"{len({row['source'] for row in rows})} sources; `finegraph fetch SOURCE` fetches one")
