"""What can be fetched: a [fetch] table in a loader's source.toml, and the authorities of channels.csv.

```toml
[fetch]
kind = "file"            # file, feed, pages, sitemap, json or mediawiki
urls = ["https://…"]
suffix = ".html"         # of the saved file, for kind = "file"
match = "/decisions/"    # a pattern that links must match, for feed, pages, sitemap and json
```
"""

import csv
import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from ontology.registry import registry
from ontology.tables import TableError

COLUMNS = ("authority", "kind", "url", "match", "note", "source")
KINDS = ("file", "feed", "pages", "sitemap", "json", "mediawiki")
LISTS = ("feed", "pages", "sitemap", "json")
"""The kinds of channels: each lists items whose pages are fetched."""
CHANNELS = Path(__file__).parent / "channels.csv"
_LOADERS = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Channel:
    """An address to fetch, what stands there (`kind`), and the pattern of the links that count."""

    kind: str
    url: str
    match: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What one name on the command line fetches. `format` is the loader that reads it, `suffix` that of its files."""

    name: str
    format: str
    channels: tuple[Channel, ...]
    suffix: str = ""


def targets(loaders: Path = _LOADERS, channels: Path = CHANNELS) -> Mapping[str, Target]:
    """Return all that can be fetched, loaders first; raise TableError (file and place) for a faulty table."""
    found = [target for path in sorted(loaders.glob("*/source.toml")) for target in _of_loader(path)]
    return {one.name: one for one in (*found, *_of_authorities(channels))}


def _of_loader(path: Path) -> list[Target]:
    table = tomllib.loads(path.read_text(encoding="utf-8")).get("fetch")
    if table is None:
        return []
    name = path.parent.name
    unknown = table.keys() - {"kind", "urls", "suffix", "match"}
    if unknown or not table.get("urls"):
        raise TableError(f"{name}/source.toml: [fetch] has kind, urls, suffix and match; not {', '.join(unknown)}")
    if table.get("kind") == "mediawiki" and len(table["urls"]) > 1:
        raise TableError(f"{name}/source.toml: [fetch] of kind mediawiki takes one query")
    match = table.get("match", "")
    made = tuple(_channel(f"{name}/source.toml", KINDS, table.get("kind", ""), url, match) for url in table["urls"])
    return [Target(name, name, made, table.get("suffix", ""))]


def _of_authorities(path: Path) -> list[Target]:
    made: defaultdict[str, list[Channel]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise TableError(f"{path.name}:1: the columns are not {', '.join(COLUMNS)}")
        for row in reader:
            place = f"{path.name}:{reader.line_num}"
            if None in row or None in row.values() or not row["source"]:
                raise TableError(f"{place}: a row has {len(COLUMNS)} cells, and says where it is from")
            if row["authority"] not in registry().authorities:
                raise TableError(f"{place}: {row['authority']!r} is no authority of authorities.csv")
            made[row["authority"]].append(_channel(place, LISTS, row["kind"], row["url"], row["match"], row["note"]))
    return [Target(name, "news", tuple(channels)) for name, channels in sorted(made.items())]


def _channel(place: str, kinds: tuple[str, ...], kind: str, url: str, match: str, note: str = "") -> Channel:
    if kind not in kinds:
        raise TableError(f"{place}: {kind!r} is no kind of channel; one of {', '.join(kinds)}")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not url.isascii() or " " in url or parts.fragment:
        raise TableError(f"{place}: {url!r} is no address to fetch; write it as a browser copies it, without #")
    try:
        re.compile(match)
    except re.error as error:
        raise TableError(f"{place}: {match!r} is no pattern ({error})") from error
    return Channel(kind, url, match, note)
