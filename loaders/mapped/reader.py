"""A user's table to records, as a TOML file says: decisions, press reports, organisations or laws."""

import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from loaders.mapped import decisions, mapping, tables
from loaders.mapped.facts import Facts, resolve, unread
from loaders.mapped.reading import Reading
from loaders.mapped.reference import load_law, load_organisation
from loaders.mapped.reports import load_report
from loaders.mapped.tables import Line
from loaders.source import Source, SourceError
from ontology.records import Problem, Record


def data(path: Path) -> Path:
    """Return the data file that a mapping names; raise SourceError where it is not there."""
    rules = mapping.parse(str(path), Source("mapped", path).text())
    found = path.parent / rules.file.path
    if not found.is_file():
        raise SourceError(
            f"{path}: [file] path: there is no {rules.file.path!r} in {path.parent.resolve()}; "
            "say where the data file is now, relative to this file"
        )
    return found


def load(source: Source) -> Iterator[Record]:
    """Yield the records of the table that a mapping names; its rows are what problems speak of."""
    rules = mapping.parse(str(source.path), source.text())
    content = (source.data or data(source.path)).read_bytes()
    source.name, source.path = rules.name, Path(rules.file.path)
    source.retrieved = source.retrieved or rules.retrieved
    source.digest = hashlib.sha256(content).hexdigest()
    table = tables.read(rules.file, content)
    if rest := unread(rules, table):
        source.notice("", f"columns that nothing reads: {', '.join(rest)}; map them, or name them in [ignore] columns")
    lines = [
        Line({}, place, source.latest, cells) if isinstance(cells, str) else Line(cells, place, source.latest)
        for place, cells in table.lines
    ]
    reading = Reading(source, rules, resolve(rules, table), lines)
    read = _reader(reading)
    yield from source.each(lines, lambda _, line: read(reading.facts(line)))
    if reading.withheld:
        message = (
            "respondents without a legal form that no table knows: they may be persons, so their names are left out; "
            'set organisations = "all" in [respondents] where the list names organisations only'
        )
        source.problems.append(Problem("notice", source.path.name, message, rules.name, count=reading.withheld))


def _reader(reading: Reading) -> Callable[[Facts], Record]:
    match reading.rules.kind:
        case "decision":
            return decisions.reader(reading)
        case "report":
            return partial(load_report, reading)
        case "organisation":
            return partial(load_organisation, reading)
        case _:
            return partial(load_law, reading)
