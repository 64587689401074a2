"""The acts of other bodies that an act was brought against."""

import re

from loaders.gdprhub import titles
from loaders.source import Row, Source
from loaders.values import stated
from ontology import places


def appeals(source: Source, row: Row, place: str) -> tuple[tuple[str, str], ...]:
    """Return the body and the number of the act appealed from, where the page states both and the body is known."""
    body, _, number = row.text("appeal from").partition("\n")
    if not stated(body) or not stated(number):
        return ()
    inside = re.search(r"\(([^()]+)\)\s*$", body)
    where = (inside and places.named(inside[1])) or place
    found = source.lookup.authority(body.strip(), where)
    docket = titles.number(number)
    if found.id is None:
        source.doubt(row, "appeal from", body.strip(), f"{found}; left out")
        return ()
    return ((found.id, docket),) if docket else ()
