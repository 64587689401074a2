"""Incidents of the AI Incident Database, from the CSV tables of its weekly snapshot.

Deployers, developers and harmed parties stand as JSON lists of slugs ("x-(twitter)") in the cells. An incident becomes
a press item with one claim for each registered organisation among deployers and developers; persons stand in all three.
The rows of the snapshot's other tables (classifications, reports) are skipped, each with its reason.
"""

import json
from collections.abc import Iterator

from loaders import sheet, values
from loaders.incidents import Incident, stories
from loaders.source import RecordError, Row, Skipped, Source, SourceError
from ontology.records import Story

_NUMBER = "incident_id"
_PARTIES = ("Alleged deployer of AI system", "Alleged developer of AI system")
_HARMED = "Alleged harmed or nearly harmed parties"


def load(source: Source) -> Iterator[Story]:
    """Yield one story an incident, in file order; raise SourceError where the file is no table of a snapshot."""
    yield from stories(source, rows(source), load_incident)


def rows(source: Source) -> Iterator[Row]:
    """Yield the rows of a table of the snapshot."""
    found = sheet.lines(source)
    _, head = next(found, (0, [""]))
    if not ({_NUMBER, "title", *_PARTIES} <= set(head) or _other(source, head)):
        raise SourceError(
            f"{source.path}: no table of the AI Incident Database: expected incidents.csv, with {_NUMBER}, title and "
            f"{_PARTIES[0]!r} in its first row, or another table of the weekly snapshot"
        )
    for line, cells in found:
        fields = sheet.fields(source, head, line, cells)
        number = fields.get(_NUMBER) or fields.get("Incident ID", "")
        yield Row(fields, f"line {line} (incident {number})", source.latest, number)


def load_incident(source: Source, row: Row) -> Incident:
    """Read one row; raise Skipped for one of another table."""
    if reason := _other(source, row):
        raise Skipped(reason)
    number = row.text(_NUMBER)
    if not number.isdecimal():
        raise RecordError(f"{_NUMBER} is {number!r}, no number; fetch the snapshot again")
    when = source.when(row, "date")
    headline = row.text("title")
    parties = tuple(name for column in _PARTIES for name in _names(row, column))
    concerned = tuple(_names(row, _HARMED))
    row.ignore(*source.config["unused"])
    row.leftovers()
    url = f"{source.config['homepage']}cite/{number}"
    return Incident(f"AIID {number}", headline, url, parties, concerned, when, when)


def _other(source: Source, row: Row | list[str]) -> str | None:
    """Return why the rows of a table are no incidents, None for the table of incidents."""
    has = row.has if isinstance(row, Row) else row.__contains__
    return next((why for column, why in source.config["others"].items() if has(column)), None)


def _names(row: Row, column: str) -> list[str]:
    """Return the names in a cell: ["meta-platforms"] is Meta Platforms."""
    cell = row.text(column)
    try:
        slugs = json.loads(cell or "[]")
    except json.JSONDecodeError:
        slugs = None
    if not isinstance(slugs, list) or not all(isinstance(one, str) for one in slugs):
        raise RecordError(f"{column} is no JSON list of names; fetch the snapshot again")
    return [name for one in slugs if values.stated(name := one.replace("-", " ").strip())]
