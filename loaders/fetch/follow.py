"""The channels of a source: what they list that was not met before, and the pages of it.

Pages of a story go to CACHE/files/<source>/ as UTF-8, where `finegraph build news=FOLDER` reads them; other documents
(PDF files, archives) lie beside them. What was met is kept in CACHE/seen/<source>.json, by channel: {item: version}.
"""

import hashlib
import mimetypes
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from tqdm import tqdm

from loaders.charset import decoded
from loaders.fetch.cache import NEW, Entry, copy, read_json, write_bytes, write_json
from loaders.fetch.catalogue import Channel, Target
from loaders.fetch.client import Client
from loaders.fetch.errors import FetchError, GoneError, say
from loaders.fetch.feeds import Item, listing
from loaders.news import page as news
from loaders.source import Source
from ontology.identifiers import IdentifierError, slug

MAX_PAGES = 50
"""Pages fetched in one run for one channel; the rest waits for the next."""
_MAX_LISTS = 50
_MAX_FAILURES = 3  # one after the other: then the site is left alone
_PAGES = frozenset((".html", ".htm", ".txt", ".md"))  # each of them one story, where the news loader finds one
_HTML = {"text/html", "application/xhtml+xml"}
_UNTOLD = {"", "application/octet-stream", "binary/octet-stream"}
_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")


@dataclass(slots=True)
class Result:
    """What a fetch brought: `items` that are new (each with its file, if any), doubts, and what failed."""

    source: str
    items: list[dict[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    left: int = 0
    build: str = ""


def follow(client: Client, target: Target, result: Result, max_pages: int) -> Path:
    """Fetch what is new in each channel of a target; return the folder of its pages.

    A channel or page that fails is told in the result and does not stop the others.
    """
    folder = client.cache.folder / "files" / target.name
    state = client.cache.folder / "seen" / f"{target.name}.json"
    seen: dict[str, dict[str, str]] = read_json(state) or {}
    for channel in target.channels:
        met = seen.setdefault(channel.url, {})
        fresh = [item for item in _listed(client, channel, result) if met.get(item.id) != item.version]
        result.left += len(fresh[max_pages:])
        failures = 0
        bar = tqdm(fresh[:max_pages], desc=target.name, unit=" pages", disable=None, delay=1, leave=False)
        for item in bar:
            try:
                saved = _save(client, item, folder, result)
            except GoneError as error:
                result.doubts.append(str(error))
                saved = ""
            except FetchError as error:
                result.failed.append(str(error))
                failures += 1
                if failures == _MAX_FAILURES:
                    say(f"{channel.url}: {failures} pages failed one after the other; the rest waits for the next run")
                    break
                continue
            failures = 0
            met[item.id] = item.version
            write_json(state, seen)
            result.items.append({**asdict(item), "file": saved})
    return folder


def _listed(client: Client, channel: Channel, result: Result) -> list[Item]:
    """Return what a channel lists, through the sitemaps of an index, each item once, what changed last first."""
    waiting, met = [channel.url], {channel.url}
    found: dict[str, Item] = {}
    for count, url in enumerate(waiting, 1):
        if count > _MAX_LISTS:
            result.doubts.append(
                f"{channel.url} names {len(waiting) - 1} sitemaps; the first {_MAX_LISTS - 1} were read"
            )
            break
        try:
            entry = client.get(url).entry
            body = client.cache.body(entry).read_bytes()
            listed = listing(channel.kind, body, entry.final, entry.type, channel.match)
        except FetchError as error:
            result.failed.append(str(error))
            continue
        result.doubts += [f"{url}: {doubt}" for doubt in listed.doubts]
        waiting += [one for one in dict.fromkeys(listed.lists) if one not in met]
        met.update(listed.lists)
        for item in listed.items:
            found.setdefault(item.id, item)
    return sorted(found.values(), key=lambda item: item.version, reverse=True)


def _save(client: Client, item: Item, folder: Path, result: Result) -> str:
    """Fetch the page of an item and return where it lies; a page that holds no story stays in the cache alone."""
    entry = client.get(item.link).entry
    body = client.cache.body(entry)
    suffix = _suffix(entry)
    path = folder / f"{_stem(item)}{suffix}"
    if suffix not in _PAGES:
        copy(body, path)
        return str(path)
    trial = client.cache.folder / "parts" / f"{NEW}{path.name}"
    text = decoded(body.read_bytes(), entry.type)
    write_bytes(trial, text.encode("utf-8-sig" if suffix == ".html" else "utf-8"))
    source = Source("news", trial)
    if not any(news.read(source)):
        trial.unlink()
        reason = source.problems[0].message.removeprefix(f"{trial}: ")
        result.doubts.append(f"{item.link}: {reason}; it lies in {body}")
        return ""
    path.parent.mkdir(parents=True, exist_ok=True)
    trial.replace(path)
    return str(path)


def _stem(item: Item) -> str:
    """Return a name for the page of an item that no other has, with its day, if known."""
    mark = hashlib.sha256(item.link.encode()).hexdigest()[:8]
    words = PurePosixPath(unquote(urlsplit(item.link).path)).stem
    try:
        name = f"{slug(words)[:40].rstrip('-')}-{mark}"
    except IdentifierError:
        name = mark
    return f"{item.day}-{name}" if item.day else name


def _suffix(entry: Entry) -> str:
    """Return the suffix of a file: by what the server calls it, else by its address."""
    type_ = entry.type.partition(";")[0].strip().casefold()
    if type_ in _HTML:
        return ".html"
    of_type = None if type_ in _UNTOLD else mimetypes.guess_extension(type_)
    of_address = PurePosixPath(urlsplit(entry.final).path).suffix.casefold()
    return of_type or (of_address if _SUFFIX.fullmatch(of_address) else ".bin")
