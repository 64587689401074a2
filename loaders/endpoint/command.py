"""`finegraph fetch-references`: asks an endpoint, saves one file, and says which command loads it."""

import argparse
import datetime as dt
import shlex
import sys
from pathlib import Path

from loaders.endpoint.cache import Pages
from loaders.endpoint.client import Client
from loaders.endpoint.fetch import Asking, fetch
from loaders.fetch.cache import write_bytes
from loaders.fetch.client import agent
from loaders.fetch.errors import FetchError
from loaders.formats import formats
from ontology.registry import registry

_LONGEST = 36_500  # days: what a longer age means


def run(options: argparse.Namespace, client: Client | None = None) -> None:
    """Do what the options say; a client that is handed in is used as it is. Raises FetchError."""
    settings = formats()["endpoint"].settings[options.shape]
    client = client or Client(options.endpoint or settings["endpoint"], agent(options.contact))
    folder: Path = options.cache or options.store / "fetched" / "endpoint"
    cache = Pages(folder, dt.timedelta(days=min(options.max_age, _LONGEST)))
    asking = Asking(client, cache, options.page_size or settings["page_size"])
    content = fetch(options.shape, asking, client.endpoint, registry(), settings)
    day = asking.oldest.date().isoformat()
    path: Path = options.output or Path(f"{options.shape}-{day}.json")
    try:
        write_bytes(path, content.encode())
    except OSError as error:
        raise FetchError(f"{path}: cannot be written ({error.strerror}); name another place with -o") from error
    sys.stdout.write(f"finegraph build {shlex.quote(f'endpoint={path}@{day}')}\n")
