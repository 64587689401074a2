"""`finegraph fetch-references`: asks an endpoint, saves one file, and says which command loads it."""

import argparse
import datetime as dt
import shlex
import sys
from pathlib import Path

from tqdm import tqdm

from loaders.endpoint.cache import Pages, write
from loaders.endpoint.client import Client, user_agent
from loaders.endpoint.fetch import Asking, fetch
from loaders.formats import formats
from ontology.registry import registry


def run(options: argparse.Namespace, client: Client | None = None) -> None:
    """Do what the options say; a client that is handed in is used as it is. Raises FetchError."""
    settings = formats()["endpoint"].settings[options.shape]
    client = client or Client(options.endpoint or settings["endpoint"], user_agent(options.contact))
    folder: Path = options.cache or options.store / "fetched" / "endpoint"
    cache = Pages(folder, dt.timedelta(days=options.max_age))
    asking = Asking(client, cache, options.page_size or settings["page_size"], _log)
    content = fetch(options.shape, asking, client.endpoint, registry(), settings)
    day = asking.oldest.date().isoformat()
    path: Path = options.output or Path(f"{options.shape}-{day}.json")
    write(path, content)
    sys.stdout.write(f"finegraph build {shlex.quote(f'endpoint={path}@{day}')}\n")


def _log(words: str) -> None:
    tqdm.write(words, file=sys.stderr)
