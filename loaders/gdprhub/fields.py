"""The fields that a record of GDPRhub has, whatever its shape.

`title` and `url` are the page's, `page` its number in the wiki; `sources` are addresses, one a line; `law` and
`parties` have one entry a line; `appeal from` is body and number on two lines. `edition` tells records apart where the
source gives no page.
"""

import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit, urlunsplit

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


def web(text: str) -> str | None:
    """Return an address of the web as a valid IRI, None for anything else.

    >>> web("https://dpa.example/#/case#1"), web("/images/scan.pdf"), web("https://dpa.example/a [1].pdf")
    ('https://dpa.example/#/case%231', None, 'https://dpa.example/a%20%5B1%5D.pdf')
    """
    try:
        scheme, host, path, query, fragment = urlsplit(text.strip())
    except ValueError:
        return None
    if scheme not in {"http", "https"} or not re.fullmatch(r"[\w.-]+(?::\d+)?", host):
        return None
    safe = "/:;,()%@!$&'*+=~?"
    plain = [re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", quote(part, safe=safe)) for part in (path, query, fragment)]
    return urlunsplit((scheme, host, *plain))


def skip(source: Source, place: str, reason: str) -> None:
    """Count a record that is whole, but holds no act."""
    source.problems.append(Problem("skipped", f"{source.path.name}: {place}", reason, source.name))
