"""Lawsuits of the AI Litigation Database of George Washington University, from its CSV export.

One row is one docket: a case before a court in which no act is known yet. A docket is named by the number (pid) in its
link: captions, and the links made of them, name natural persons.
"""

import re
from collections.abc import Iterator

from loaders import caption, sheet, values
from loaders.source import RecordError, Row, Source, SourceError
from ontology.records import Case, Document, Matter, Respondent
from ontology.registry import Authority

_COLUMNS = {"Caption", "Algorithm", "Jurisdiction", "Application Areas", "Date Action Filed", "Link", "Year Filed"}


def load(source: Source) -> Iterator[Matter]:
    """Yield one matter a row, in file order; raise SourceError where the file is no export of the database."""
    yield from source.each(rows(source), load_docket)


def rows(source: Source) -> Iterator[Row]:
    """Yield the rows of the export."""
    found = sheet.lines(source)
    _, head = next(found, (0, []))
    if missing := _COLUMNS - set(head):
        raise SourceError(
            f"{source.path}: no export of the AI Litigation Database: its first row lacks {', '.join(sorted(missing))}"
        )
    for line, cells in found:
        fields = sheet.fields(source, head, line, cells)
        pid = re.search(r"[?&]pid=(\d+)$", fields["Link"])
        number = pid[1] if pid else ""
        yield Row(fields | {"pid": number}, f"line {line} (docket {number})", source.latest, number)


def load_docket(source: Source, row: Row) -> Matter:
    """Read one row."""
    table = source.config
    pid, _ = row.text("pid"), row.text("Link")
    if not pid:
        raise RecordError("its Link has no pid=NUMBER at the end, by which a docket is named")
    court = _court(source, row, pid)
    named = caption.parse(row.text("Caption"), lambda name: source.lookup.organisation(name).id)
    respondents = tuple(_respondent(source, name) for name in named.respondents)
    opened = source.when(row, "Date Action Filed")
    year = row.text("Year Filed").removesuffix(".0")
    if opened and year and str(opened.year) != year:
        source.doubt(row, "Year Filed", year, f"the action was filed on {opened}; the date is taken")
    systems = (table["systems"].get(name) or source.lookup.system(name).id for name in _list(row.text("Algorithm")))
    technologies, purposes = _concepts(source, row)
    row.ignore(*table["unused"])
    row.leftovers()
    label = f"{court.label} docket, GWU AI Litigation Database {pid}"
    case = Case(
        id=f"{court.id}_gwu-{pid}",
        title=(("en", named.title or label),),
        authority=court.id,
        respondents=tuple(dict.fromkeys(one.org for one in respondents if one.org)),
        systems=tuple(dict.fromkeys(one for one in systems if one)),
        opened=opened,
        technologies=technologies,
        purposes=purposes,
    )
    document = Document(
        source="gwu",
        key=pid,
        tier=table["tier"],
        title=f"GWU AI Litigation Database {pid}",
        url=f"{table['homepage']}?page_id=10&pid={pid}",
        publisher=table["publisher"],
        retrieved=source.retrieved,
        digest=source.digest,
        place=row.place,
        record=pid,
    )
    return Matter(document, case, respondents)


def _respondent(source: Source, name: str) -> Respondent:
    if name in source.config["undisclosed"]:
        return Respondent(name, "undisclosed")
    return Respondent(name, org=source.organisation(name).id)


def _court(source: Source, row: Row, pid: str) -> Authority:
    name = row.text("Jurisdiction")
    if own := source.config["courts"].get(pid):
        source.doubt(row, "Jurisdiction", name, f"read as {own['court']}: {own['why']}")
        return source.registry.authorities[own["court"]]
    if known := source.config["spellings"].get(name):
        return source.registry.authorities[known]
    return source.authority(name, source.config["places"].get(name, "US"))


def _list(cell: str) -> list[str]:
    return [one.strip() for one in re.split(r"[,;]", cell) if values.stated(one)]


def _concepts(source: Source, row: Row) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the technologies and purposes that the application areas stand for."""
    areas = []
    for name in _list(row.text("Application Areas")):
        if name not in source.config["areas"]:
            source.doubt(row, "Application Areas", name, "source.toml does not know it; left out")
        areas.append(source.config["areas"].get(name, {}))
    technologies = dict.fromkeys(area["technology"] for area in areas if "technology" in area)
    return tuple(technologies), tuple(dict.fromkeys(area["purpose"] for area in areas if "purpose" in area))
