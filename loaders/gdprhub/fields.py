"""The fields that a record of GDPRhub has, whatever its shape.

`title` and `url` are the page's, `page` its number in the wiki; `sources` are addresses, one a line; `law` and
`parties` have one entry a line; `appeal from` is body and number on two lines. `edition` tells records apart where the
source gives no page.
"""

from collections.abc import Mapping
from urllib.parse import quote

from loaders.gdprhub.names import table
from loaders.source import Row, Source
from ontology.records import Problem

FIELDS = (
    "title", "url", "page", "edition", "body", "jurisdiction", "law", "type", "outcome", "started", "decided",
    "published", "fine", "parties", "number", "ecli", "appeal from", "appeal to", "reference from", "language",
    "sources", "contributor", "lead",
)  # fmt: skip


def row(source: Source, fields: Mapping[str, str], place: str) -> Row:
    """Return a row with every field; one that a record lacks is empty, one that we do not know stays, to be refused."""
    return Row({**dict.fromkeys(FIELDS, ""), **fields}, place, source.latest)


def labelled(cells: Mapping[str, str]) -> dict[str, str]:
    """Return the cells of an infobox, as pages show it, under our names."""
    labels: Mapping[str, str] = table("labels")
    return {labels.get(label, label): text for label, text in cells.items()}


def address(title: str) -> str:
    """Return the address of a page.

    >>> address("DPA (Atlantis) - 1/2024")
    'https://gdprhub.eu/index.php?title=DPA_(Atlantis)_-_1/2024'
    """
    return f"https://gdprhub.eu/index.php?title={quote(title.replace(' ', '_'), safe='/:;,()')}"


def skip(source: Source, place: str, reason: str) -> None:
    """Count a record that is whole, but holds no act."""
    source.problems.append(Problem("skipped", f"{source.path.name}: {place}", reason, source.name))
