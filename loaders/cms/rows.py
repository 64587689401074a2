"""The tracker's two shapes, as rows of the same fields.

Until 2025 the site served ``{"data": [[13 cells, some with HTML], …]}``. Since 2026 its home page holds
``<script id="et-cases">[{"e": number, "d": day, "y": year, "C": country, "a": authority, "f": euros or null, …}]``;
that shape has no summaries and no permalinks.
"""

import json
from collections.abc import Iterator
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
_UNKNOWN = "Unknown"
_HOME_PAGE = b"et-cases"


def rows(source: Source) -> Iterator[Row]:
    """Yield the rows of a dump in either shape; raise SourceError for any other file."""
    if _HOME_PAGE in source.bytes():
        yield from _of_home_page(source)
        return
    payload = source.json()
    if not isinstance(payload, dict) or not isinstance(payload.get("data"), list):
        raise SourceError(
            f'{source.path}: no tracker dump: expected {{"data": [[13 cells], …]}}, or the home page saved as HTML'
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
