"""The reference tables: CSV files with a source in every row, one fact a line, reviewable in a diff."""

import csv
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent / "reference"
COLUMNS = {
    "authorities": (
        "id", "type", "jurisdiction", "region", "short", "homepage", "general", "dpv", "wikidata", "replaces",
        "from", "until", "source",
    ),
    "authority_names": ("id", "language", "role", "name", "source"),
    "organisations": (
        "id", "name", "jurisdiction", "region", "kind", "sector", "parent", "homepage", "lei", "wikidata",
        "replaces", "source",
    ),
    "organisation_names": ("id", "language", "role", "name", "source"),
    "laws": (
        "id", "jurisdiction", "region", "short", "unit", "kind", "listed", "eli", "url", "dpv", "from", "until",
        "replaces", "source",
    ),
    "law_names": ("id", "language", "role", "name", "source"),
    "provisions": ("law", "notation", "title", "source"),
    "systems": (
        "id", "provider", "technology", "purposes", "data", "capabilities", "ai_act", "homepage", "wikidata",
        "source",
    ),
    "system_names": ("id", "language", "role", "name", "source"),
    "places": ("place", "language", "role", "name", "source"),
    "descriptions": ("language", "pattern", "method", "source"),
    "missing": ("authority", "year", "matter", "why"),
    "sources": ("key", "title", "url", "licence", "retrieved"),
}  # fmt: skip
"""The tables and their columns. `source` is an address or a key of the table `sources`."""


class TableError(ValueError):
    """A reference table that is not as it should be; the message names file and line."""


def rows(name: str, folder: Path = HERE) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (place, cells) of each row of a table; raise TableError for another shape.

    >>> place, row = next(rows("sources"))
    >>> place, sorted(row)
    ('sources.csv:2', ['key', 'licence', 'retrieved', 'title', 'url'])
    """
    path = folder / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            head = tuple(next(reader, ()))
            if head != COLUMNS[name]:
                raise TableError(f"{path.name}:1: the columns are {', '.join(head)}; want {', '.join(COLUMNS[name])}")
            for cells in reader:
                place = f"{path.name}:{reader.line_num}"
                if len(cells) != len(head):
                    raise TableError(f"{place}: {len(cells)} cells, expected {len(head)}; quote cells with a comma")
                yield place, dict(zip(head, cells, strict=True))
        except csv.Error as error:
            raise TableError(f"{path.name}:{reader.line_num}: {error}; quote the cell as CSV wants it") from error
