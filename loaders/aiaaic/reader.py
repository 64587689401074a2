"""Incidents of the AIAAIC Repository, from its sheet with three header rows.

The first row is a title, the second names the columns, the third names those that a heading of the second spans. An
incident becomes a press item with one claim for each registered organisation among deployers and developers; both
columns name natural persons too.
"""

import re
from collections.abc import Iterator

from loaders import sheet, values
from loaders.incidents import Incident, stories
from loaders.source import RecordError, Row, Source, SourceError
from ontology.dates import Date
from ontology.records import Story

_NUMBER = "AIAAIC ID#"
_YEARS = re.compile(r"(\d{4})\s*[-–]\s*(\d{4})?")


def load(source: Source) -> Iterator[Story]:
    """Yield one story an incident, in file order; raise SourceError where the file is no sheet of incidents."""
    yield from stories(source, rows(source), load_incident)


def rows(source: Source) -> Iterator[Row]:
    """Yield the rows below the three header rows."""
    found = sheet.lines(source)
    _, upper, lower = (next(found, (0, [""]))[1] for _ in range(3))
    if upper[0] != _NUMBER or lower[0] or len(upper) != len(lower):
        raise SourceError(
            f"{source.path}: no sheet of AIAAIC incidents: expected a title, a row that begins with {_NUMBER!r}, "
            "and a third row that begins empty; export the sheet again as CSV"
        )
    head = [below or above for above, below in zip(upper, lower, strict=True)]
    for line, cells in found:
        row = sheet.fields(source, head, line, cells)
        yield Row(row, f"line {line} ({row[_NUMBER]})", source.latest, row[_NUMBER])


def load_incident(source: Source, row: Row) -> Incident:
    """Read one row."""
    number = row.text(_NUMBER)
    if not re.fullmatch(r"AIAAIC\d+", number):
        raise RecordError(f"{number!r} is no number of AIAAIC (AIAAIC2257)")
    headline = row.text("Headline")
    since, until = _period(source, row)
    parties = tuple(name for column in ("Deployer", "Developer") for name in _names(row.text(column)))
    links = [link for link in (row.text("Summary/links"), row.text("")) if re.match(r"https?://\S+$", link)]
    row.ignore(*source.config["unused"])
    row.leftovers()
    return Incident(number, headline, next(iter(links), None), parties, (), since, until)


def _names(cell: str) -> list[str]:
    return [" ".join(one.split()) for one in re.split(r"[;\n]", cell) if values.stated(one)]


def _period(source: Source, row: Row) -> tuple[Date | None, Date | None]:
    """Return the first and the last time that "2024", "2019-2024" or "2018-" (it goes on) may mean."""
    text = row.text("Occurred")
    if not values.stated(text):
        return None, None
    match = _YEARS.fullmatch(text)
    bounds = match.groups() if match else (text, text)
    try:
        since, until = (values.date(one, source.latest).date if one else None for one in bounds)
    except values.ValueFault as error:
        source.doubt(row, "Occurred", text, f"{error}; left out")
        return None, None
    if since and until and until.last < since.first:
        source.doubt(row, "Occurred", text, "ends before it begins; left out")
        return None, None
    return since, until
