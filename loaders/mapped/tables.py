"""Data files to lines of cells: CSV and TSV, JSON and JSON Lines, XLSX.

A cell keeps the type that its file gives it: a text, an exact number, a day, or several of these (a JSON
array). Numbers never pass through binary floats, except those that a spreadsheet itself holds as floats.
"""

import csv
import datetime as dt
import io
import json
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from loaders.mapped.mapping import File
from loaders.mapped.settings import nearest
from loaders.source import Row, SourceError

Cell = str | Decimal | dt.date | tuple[str | Decimal | dt.date, ...]
Cells = Mapping[str, Cell]
_NO_WORKBOOK = (zipfile.BadZipFile, LookupError, ValueError, TypeError, SyntaxError, OSError, AttributeError)
_BIGGEST = 20  # digits before the point; more are no quantity but a mistake


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read: its columns in order, and (place, cells or what is wrong with the line) of each line."""

    columns: tuple[str, ...]
    lines: Sequence[tuple[str, Cells | str]]


class Line(Row):
    """One line of a table. Taking a cell leaves it there: one column may give two facts."""

    def __init__(self, cells: Cells, place: str, latest: dt.date, fault: str = "") -> None:
        super().__init__({}, place, latest)
        self.cells = cells
        self.fault = fault

    def text(self, name: str) -> str:
        """Return a cell as text, "" where the line has none."""
        return words(self.cells.get(name, ""))


def words(cell: Cell) -> str:
    """Return a cell as the text that its file would show.

    >>> words(Decimal("1234567.890")), words(dt.date(2024, 3, 5)), words(("a", Decimal(1)))
    ('1234567.890', '2024-03-05', 'a; 1')
    """
    match cell:
        case str():
            return " ".join(cell.split())
        case Decimal():
            return f"{cell:f}" if abs(cell.adjusted()) < _BIGGEST else str(cell)
        case dt.date():
            return cell.isoformat()
        case tuple():
            return "; ".join(map(words, cell))


def read(file: File, content: bytes) -> Table:
    """Return the table of a data file; raise SourceError where it is not what the mapping says."""
    match file.format:
        case "json":
            table = _of_records(file, _records(file, _parsed(file, _text(file, content))))
        case "jsonl":
            table = _of_records(file, _json_lines(file, _text(file, content)))
        case "xlsx":
            table = _of_rows(file, _workbook(file, content))
        case _:
            table = _of_rows(file, _csv(file, _text(file, content)))
    if not table.lines:
        raise SourceError(f"{file.path}: there are no records in it")
    return _repaired(table, file.repair) if file.repair else table


# ---- text


def _text(file: File, content: bytes) -> str:
    encoding = file.encoding or ("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    try:
        return content.decode(encoding)
    except UnicodeError as error:
        line = content[: getattr(error, "start", 0)].count(b"\n") + 1
        other = "cp1252" if encoding != "cp1252" else "utf-8"
        raise SourceError(
            f"{file.path}:{line}: no {encoding.removesuffix('-sig').upper()} text; set [file] encoding, "
            f'such as encoding = "{other}", or save the file as UTF-8'
        ) from error


def _repaired(table: Table, misread: str) -> Table:
    """Undo that UTF-8 was read as another encoding, in each text where undoing it gives UTF-8 again."""

    def mend(cell: Cell) -> Cell:
        if isinstance(cell, tuple):
            return tuple(repaired(one, misread) if isinstance(one, str) else one for one in cell)
        return repaired(cell, misread) if isinstance(cell, str) else cell

    lines = [
        (
            place,
            cells if isinstance(cells, str) else {repaired(name, misread): mend(one) for name, one in cells.items()},
        )
        for place, cells in table.lines
    ]
    return Table(tuple(repaired(one, misread) for one in table.columns), lines)


def repaired(text: str, misread: str) -> str:
    """Return what a text was before its UTF-8 was read as another encoding; as it is where it was not.

    >>> repaired("Geldbu√üe", "mac_roman"), repaired("Geldbuße", "mac_roman")
    ('Geldbuße', 'Geldbuße')
    """
    if text.isascii():
        return text
    try:
        return text.encode(misread).decode()
    except UnicodeError:
        return text


# ---- rows under a header: CSV, XLSX


def _csv(file: File, text: str) -> Iterator[tuple[str, Sequence[Cell]]]:
    lines = text.split("\n")
    first = next((line for line in lines[file.skip :] if line.strip()), "")
    delimiter = file.delimiter or max(",;\t|", key=first.count)
    if file.rest_in_last:
        width = len(file.names or first.split(delimiter))
        yield from ((f"row {n}", line.rstrip("\r").split(delimiter, width - 1)) for n, line in enumerate(lines, 1))
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from ((f"row {number}", cells) for number, cells in enumerate(reader, 1))
    except csv.Error as error:
        raise SourceError(
            f"{file.path}:{reader.line_num}: broken CSV ({error}); a cell that holds {delimiter!r}, a line break or "
            "quotation marks stands in quotation marks, those inside it doubled; where nothing is quoted and the last "
            "column is free text, set [file] rest_in_last = true"
        ) from error


def _of_rows(file: File, rows: Iterable[tuple[str, Sequence[Cell]]]) -> Table:
    """Return the table of rows: the first after the skipped ones names the columns, unless the mapping does."""
    rest = ((place, row) for place, row in islice(rows, file.skip, None) if _size(row))
    names = tuple(map(words, next(rest, ("", ()))[1])) if file.header else file.names
    lines = [(place, row[: _size(row)]) for place, row in rest]
    used = max((len(row) for _, row in lines), default=0)
    width = max(_size(names), min(used, len(names)) if names else used)
    columns: list[str] = []
    for number, name in enumerate((*names, *[""] * width)[:width], 1):
        columns.append(f"column {number}" if not name or name in columns else name)
    return Table(tuple(columns), [(place, _cells(columns, row)) for place, row in lines])


def _size(row: Sequence[Cell]) -> int:
    """Return the number of cells up to the last that is not empty."""
    return next((n for n in range(len(row), 0, -1) if words(row[n - 1])), 0)


def _cells(columns: Sequence[str], cells: Sequence[Cell]) -> Cells | str:
    if len(cells) > len(columns):
        return (
            f"has {len(cells)} cells for {len(columns)} columns ({', '.join(columns)}); a cell that holds the "
            "delimiter stands in quotation marks, or set [file] rest_in_last = true where the last column is free text"
        )
    return dict(zip(columns, cells, strict=False))  # empty cells at the end may be missing


def _workbook(file: File, content: bytes) -> Iterator[tuple[str, Sequence[Cell]]]:
    """Yield the rows of a sheet as it was last calculated."""
    import openpyxl  # noqa: PLC0415 - a quarter of a second that only workbooks need

    try:
        with warnings.catch_warnings(action="ignore"):  # of what it cannot show, such as drop-down lists
            books = [
                openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=calculated)
                for calculated in (True, False)
            ]
            sheet = _sheet(file, [one.title for one in books[0].worksheets])
            for book in books:
                book[sheet].reset_dimensions()  # some programs state them wrongly
            values, formulas = (list(book[sheet].iter_rows(values_only=True)) for book in books)
    except _NO_WORKBOOK as error:
        raise SourceError(
            f"{file.path}: no XLSX workbook ({error}); save it in a spreadsheet program as .xlsx"
        ) from error
    for number, (row, written) in enumerate(zip(values, formulas, strict=True), 1):
        place = f"sheet {sheet!r}, row {number}"
        for column, (value, formula) in enumerate(zip(row, written, strict=True), 1):
            if value is None and isinstance(formula, str) and formula.startswith("="):
                raise SourceError(
                    f"{file.path}: {place}, column {column}: the formula {formula} was never calculated; "
                    "open the workbook in a spreadsheet program and save it"
                )
        yield place, [_of_sheet(value) for value in row]


def _sheet(file: File, sheets: Sequence[str]) -> str:
    if file.sheet in sheets or not file.sheet:
        return file.sheet or sheets[0]
    listed = ", ".join(map(repr, sheets))
    raise SourceError(f"{file.path}: no sheet {file.sheet!r}{nearest(file.sheet, sheets)}; it has {listed}")


_ERRORS = frozenset(("#N/A", "#REF!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#DIV/0!"))


def _of_sheet(value: object) -> Cell:
    if isinstance(value, float):
        # A sheet keeps 15 digits of a number and shows no more: 1.1 * 1.1 is 1.21, not 1.2100000000000002.
        return Decimal(f"{value:.15g}")
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, dt.date):
        return value.date() if isinstance(value, dt.datetime) else value
    text = "" if value is None else str(value)
    return "" if text in _ERRORS else text


# ---- records: JSON, JSON Lines


def _parsed(file: File, text: str, line: int = 0) -> Any:  # noqa: ANN401 - JSON has any shape
    try:
        return json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=_no_constant)
    except (json.JSONDecodeError, RecursionError, ArithmeticError) as error:
        at = line or getattr(error, "lineno", 1)
        column = getattr(error, "colno", 1)
        raise SourceError(
            f"{file.path}:{at}:{column}: broken JSON ({getattr(error, 'msg', error)}); the file may be cut off"
        ) from error


def _no_constant(name: str) -> Decimal:
    raise ArithmeticError(f"{name} is no JSON number")


def _records(file: File, payload: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - JSON has any shape
    found, path = payload, ""
    for step in filter(None, file.records.split(".")):
        path = f"{path}.{step}" if path else step
        if not isinstance(found, dict) or step not in found:
            keys = found if isinstance(found, dict) else ()
            there = f"; there are {', '.join(keys)}" if keys else ""
            raise SourceError(f"{file.path}: [file] records: there is no {path!r}{nearest(step, keys)}{there}")
        found = found[step]
    if not isinstance(found, list):
        lists = [key for key, value in found.items() if isinstance(value, list)] if isinstance(found, dict) else []
        cure = f'; write records = "{".".join(filter(None, (path, lists[0])))}" under [file]' if lists else ""
        raise SourceError(f"{file.path}: {path or 'the file'} is no list of records{cure}")
    return ((f"record {number}", one) for number, one in enumerate(found, 1))


def _json_lines(file: File, text: str) -> Iterator[tuple[str, Any]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield f"row {number}", _parsed(file, line, number)


def _of_records(file: File, records: Iterable[tuple[str, Any]]) -> Table:
    columns: dict[str, None] = {}
    lines: list[tuple[str, Cells | str]] = []
    for place, record in records:
        if not isinstance(record, dict | list):
            raise SourceError(f"{file.path}: {place} is no table of values but {record!r:.40}")
        found: dict[str, list[str | Decimal]] = {}
        for name, value in _flat("", record if isinstance(record, dict) else _numbered(record)):
            found.setdefault(name, []).extend([] if value is None else [value])
        columns.update(dict.fromkeys(found))
        lines.append((place, {name: one[0] if len(one) == 1 else tuple(one) for name, one in found.items()}))
    filled = {name for _, cells in lines if not isinstance(cells, str) for name, one in cells.items() if one != ()}
    # A table that is null or [] in some records is no column.
    tables = {name[:at] for name in filled for at, sign in enumerate(name) if sign == "."}
    return Table(tuple(name for name in columns if name in filled or name not in tables), lines)


def _numbered(values: Iterable[Any]) -> dict[str, Any]:
    return {f"column {number}": value for number, value in enumerate(values, 1)}


def _flat(name: str, value: Any) -> Iterator[tuple[str, str | Decimal | None]]:  # noqa: ANN401 - JSON has any shape
    """Yield (column, value) of what stands in a value: "authority.name" is the name in a table authority."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(f"{name}.{key}" if name else str(key), inner)
    elif isinstance(value, list):
        yield name, None
        for inner in value:
            yield from _flat(name, inner)
    elif isinstance(value, bool):
        yield name, str(value).lower()
    else:
        yield name, value
