"""The tracker's three shapes, as rows of the same fields.

Until 2025 the site served ``{"data": [[13 cells, some with HTML], …]}``. Since 2026 its home page holds
``<script id="et-cases">[{"e": number, "d": day, "y": year, "C": country, "a": authority, "f": euros or null, …}]``;
that shape has no summaries and no permalinks. A CSV made of the dump of 2022 goes round too: it has no
authorities, no links, and of each date only the year, where that was not imputed.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import html

from loaders.source import Row, Source, SourceError

CELLS = (
    "empty", "etid", "country", "authority", "date", "fine", "respondent", "sector", "articles", "violation",
    "summary", "links", "permalink",
)  # fmt: skip
_KEYS = {
    "e": "etid", "a": "authority", "p": "respondent", "s": "sector", "r": "articles", "t": "violation", "f": "fine",
}  # fmt: skip
_COLUMNS = (
    "etid", "country", "fine", "controller_processor", "article", "violation_type", "sector", "summary",
    "decision_date_imputed", "decision_year", "fine_cat", "fine_cat2", "mapping_key", "country_label",
    "violation_type_label", "sector_label",
)  # fmt: skip
_UNKNOWN = "Unknown"
_NO_ARTICLE = "Art. 00 GDPR"
_HOME_PAGE = b"et-cases"


def rows(source: Source) -> Iterator[Row]:
    """Yield the rows of a dump in any of the shapes; raise SourceError for any other file."""
    if source.path.suffix.casefold() == ".csv":
        yield from _of_csv(source)
        return
    if _HOME_PAGE in source.bytes():
        yield from _of_home_page(source)
        return
    payload = source.json()
    if not isinstance(payload, dict) or not isinstance(payload.get("data"), list):
        raise SourceError(
            f'{source.path}: no tracker dump: expected {{"data": [[13 cells], …]}}, or the home page saved as HTML, '
            "or the CSV of 2022"
        )
    yield from _of_cells(source, payload["data"])


def _of_cells(source: Source, data: list[Any]) -> Iterator[Row]:
    for number, cells in enumerate(data, 1):
        place = f"row {number}"
        if not isinstance(cells, list) or len(cells) != len(CELLS) or not all(isinstance(c, str) for c in cells):
            count = len(cells) if isinstance(cells, list) else 0
            raise SourceError(
                f"{source.path}: {place} has {count} cells, expected {len(CELLS)} texts ({', '.join(CELLS)}); "
                "the tracker's format has changed or the file is damaged"
            )
        fields = dict(zip(CELLS, cells, strict=True))
        fields["country"] = html.fromstring(fields["country"] or "<p/>").text_content().strip()
        fields["links"] = "\n".join(_links(fields["links"]))
        del fields["empty"], fields["permalink"]
        yield Row(fields, f"{place} ({cells[1]})", source.latest, cells[1])


def _links(cell: str) -> Iterator[str]:
    if cell:
        yield from (str(link).strip() for link in html.fromstring(f"<div>{cell}</div>").xpath("//a/@href"))


def _of_home_page(source: Source) -> Iterator[Row]:
    scripts = html.fromstring(source.text()).xpath('//script[@id="et-cases"]/text()')
    try:
        cases = json.loads(scripts[0]) if scripts else None
    except json.JSONDecodeError as error:
        raise SourceError(f"{source.path}: the list of cases in the page is broken JSON ({error.msg})") from error
    if not isinstance(cases, list):
        raise SourceError(f'{source.path}: the page has no <script id="et-cases"> with a list of cases; save it again')
    for number, case in enumerate(cases, 1):
        if not isinstance(case, dict):
            raise SourceError(f"{source.path}: case {number} is no table of values; the tracker's format has changed")
        yield _row(source, case, f"case {number} (ETid-{case.get('e')})")


def _row(source: Source, case: dict[str, Any], place: str) -> Row:
    """Return a case of the home page as a row of the older shape; what it does not know stays, to be refused."""
    rest = {key: value for key, value in case.items() if value is not None}
    day, year, country = rest.pop("d", ""), rest.pop("y", ""), rest.pop("C", rest.pop("c", ""))
    link = rest.pop("u", "")
    fields = {_KEYS.get(key, key): str(value) for key, value in rest.items()}
    fields |= {"etid": f"ETid-{fields.get('etid', '')}", "country": str(country).upper(), "summary": ""}
    fields |= {"date": str(day or year or _UNKNOWN), "links": str(link)}
    for name in ("fine", "articles"):
        fields.setdefault(name, _UNKNOWN)
    return Row(fields, place, source.latest, fields["etid"])


def _of_csv(source: Source) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(source.text(), newline=""), strict=True)
    try:
        head, *lines = [(reader.line_num, cells) for cells in reader] or [(1, [])]
    except csv.Error as error:
        raise SourceError(f"{source.path}:{reader.line_num}: broken CSV ({error}); fetch it again") from error
    if tuple(head[1]) != _COLUMNS:
        raise SourceError(f"{source.path}: no CSV of the tracker: the first line must name {', '.join(_COLUMNS)}")
    for number, (line, cells) in enumerate(lines, 1):
        if len(cells) != len(_COLUMNS):
            raise SourceError(
                f"{source.path}:{line}: row {number} has {len(cells)} cells, expected {len(_COLUMNS)}; "
                "the file is damaged: fetch it again"
            )
        record = dict(zip(_COLUMNS, cells, strict=True))
        yield Row(_of_record(record), f"row {number} ({record['etid']})", source.latest, record["etid"])


def _of_record(record: Mapping[str, str]) -> dict[str, str]:
    """Return a record of the CSV as fields of the older shape; the rest of its columns are derived of these."""
    year = {"No": record["decision_year"], "Yes": _UNKNOWN}.get(record["decision_date_imputed"])
    fields = {
        "etid": record["etid"],
        "country": record["country"],
        "authority": "",
        "date": f"{record['decision_date_imputed']} {record['decision_year']}" if year is None else year,
        "respondent": record["controller_processor"],
        "sector": record["sector"],
        "articles": _UNKNOWN if record["article"] == _NO_ARTICLE else record["article"],
        "violation": record["violation_type"],
        "summary": record["summary"],
        "links": "",
    }
    return fields | ({"fine": record["fine"].removesuffix(".0")} if record["fine"] else {})
