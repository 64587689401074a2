"""The sets of annotated pages, and what the news reader says of them."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from loaders.news.output import prediction
from loaders.news.page import read as pages
from loaders.news.reading import Reading, read
from loaders.source import Source
from ontology.registry import registry
from tests.conftest import REAL

OWN = Path(__file__).parent / "news" / "pages"
SETS = {"tune": OWN / "tune", "held": OWN / "held", "dev": REAL / "news" / "dev_pages"}
"""Pages to write rules by, pages to measure them with, and those that came with the data (absent elsewhere)."""


def files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield (id, file) of each annotated page of a folder, in order."""
    for gold in sorted(folder.glob("*.gold.json")):
        key = gold.name.removesuffix(".gold.json")
        (path,) = (one for one in folder.glob(f"{key}.*") if one.suffix != ".json")
        yield key, path


def parsed(path: Path) -> Reading:
    """Return what the reader says of one page."""
    (page,) = pages(Source("news", path))
    return read(page, registry())


def reading(path: Path) -> Mapping[str, Any]:
    """Return what the reader says of one page, as `finegraph extract` writes it."""
    return prediction(parsed(path), registry())


def readings(folder: Path) -> dict[str, Mapping[str, Any]]:
    """Return what the reader says of each page of a folder, by id."""
    return {key: reading(path) for key, path in files(folder)}


@cache
def kept(name: str) -> Mapping[str, Reading]:
    """Return the readings of a set, by page id, made once: for tests that share them."""
    return {key: parsed(path) for key, path in files(SETS[name])}
