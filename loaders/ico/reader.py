"""Enforcement actions of the ICO, from the JSON of its own search.

The date in the metadata is that of the action; `createdDateTime` is when the page was made (often years later)
and is not read. The title names the respondent: it is taken where it is surely an organisation. In prosecutions
it mostly names a person, who stands as a natural person, without the address of the page that holds the name.
"""

import re
from collections.abc import Iterator
from typing import Any

from loaders import values
from loaders.official import NATURAL_PERSON, hidden, is_organisation, provisions, respondent, sums, tells
from loaders.source import RecordError, Row, Skipped, Source, SourceError
from ontology.dates import Date
from ontology.identifiers import slug
from ontology.records import Act, Document, Measure, Respondent

_POUNDS = r"£(?P<amount>\d{1,3}(?:,\d{3})+(?:\.\d\d)?)(?![\d,]|\.\d|\s?(?:m|k|mn|million)\b)"
_EVERY_SUM = re.compile(r"£\d[\d,.]*\d(?:\s?(?:m|k|mn|million)\b)?|£\d+(?:\s?(?:m|k|mn|million)\b)?")
_FINE = re.compile(
    rf"(?:\bfine[ds]?\b|\bpenalt(?:y|ies)\b)[^.£]{{0,120}}{_POUNDS}|{_POUNDS.replace('amount', 'before')}"
    r"[^.£]{0,40}\b(?:fine|penalty)\b"
)
_SUM = re.compile(r"(?P<amount>[\d,.]+)")
_FOUND = r"\b(?:infring|contraven|breach)\w*\b[^.;]{0,60}?"
_UK_GDPR = re.compile(rf"{_FOUND}\bArticles?\s(?P<list>\d[^.;]*?)\s+of the UK GDPR", re.IGNORECASE)
_PECR = re.compile(
    rf"{_FOUND}\bRegulations?\s(?P<list>\d[^.;]*?)\s+of (?:PECR|the Privacy and Electronic Communications)",
    re.IGNORECASE,
)


def load(source: Source) -> Iterator[Act]:
    """Yield one act for each enforcement action; raise SourceError where the file is no answer of the search."""
    yield from source.each(_rows(source), load_action)


def _rows(source: Source) -> Iterator[Row]:
    payload = source.json()
    pages = payload if isinstance(payload, list) else [payload]
    for page in pages:
        if not isinstance(page, dict) or not isinstance(page.get("results"), list):
            raise SourceError(
                f'{source.path}: no answer of the search: expected {{"results": [{{"title": …, "url": …}}]}}, '
                "or a list of such pages"
            )
    for number, result in enumerate((one for page in pages for one in page["results"]), 1):
        if not isinstance(result, dict):
            raise SourceError(f"{source.path}: result {number} is no table of values; the search has changed")
        key = str(result.get("id") or hidden(str(result.get("url"))))
        yield Row(_plain(result), f"result {number} ({key})", source.latest, key)


def _plain(result: dict[str, Any]) -> dict[str, str]:
    return {
        key: "\n".join(map(str, value)) if isinstance(value, list) else str(value)
        for key, value in result.items()
        if value is not None
    }


def load_action(source: Source, row: Row) -> Act:
    """Read one result of the search."""
    table = source.config
    url, about = row.text("url"), row.text("filterItemMetaData") if row.has("filterItemMetaData") else ""
    path = url.removeprefix(table["homepage"])
    if not path.startswith(table["enforcement"]) or path == table["enforcement"]:
        raise Skipped(
            next((why for start, why in table["elsewhere"].items() if path.startswith(start)), "another site")
        )
    title, description = row.text("title"), row.text("description") if row.has("description") else ""
    row.ignore("id", "createdDateTime", "filterItemDecisions")
    row.leftovers()
    decided, types, sectors = _about(source, row, about)
    respondents = _respondents(source, row, title, types)
    key, link = row.record, f"{table['homepage']}{path}"
    if not any(one.org for one in respondents) and tells(link, title):
        link = ""
    authority = source.registry.authorities[table["authority"]]
    named = ", ".join(one.name for one in respondents) or "respondent not read"
    label = f"{named} ({', '.join(types).casefold()})"
    return Act(
        id=f"{authority.id}_{slug(key)}",
        document=Document(
            source=source.name,
            key=slug(key),
            tier=table["tier"],
            title=f"ICO: {label}",
            url=link or None,
            publisher=table["publisher"],
            licence=table["licence"],
            retrieved=source.retrieved,
            digest=source.digest,
            place=row.place,
            record=key,
        ),
        type="decision",
        authority=authority.id,
        respondents=respondents,
        title=(("en", f"ICO: {label}"),),
        decided=decided,
        provisions=_breached(source, row, description),
        measures=_measures(table["types"], types, description, respondents),
        sectors=sectors,
    )


def _about(source: Source, row: Row, about: str) -> tuple[Date | None, list[str], tuple[str, ...]]:
    """Return the day, the types of action and the sectors that the metadata list, in this order."""
    day, _, rest = about.partition(",")
    parts = [part.strip() for part in rest.split(",") if part.strip()]
    types = [part for part in parts if part in source.config["types"]]
    if not types:
        raise RecordError(f"filterItemMetaData {about!r} names no type of action that source.toml knows: add it there")
    sectors = []
    for part in parts:
        if part in types:
            continue
        if part not in source.config["sectors"]:
            source.doubt(
                row, "filterItemMetaData", part, "neither a type nor a sector that source.toml knows; left out"
            )
        elif source.config["sectors"][part]:
            sectors.append(source.config["sectors"][part])
    try:
        return values.date(day, source.latest).date, types, tuple(sectors)
    except values.ValueFault as error:
        source.doubt(row, "filterItemMetaData", day, f"{error}; left out")
        return None, types, tuple(sectors)


def _respondents(source: Source, row: Row, title: str, types: list[str]) -> tuple[Respondent, ...]:
    if is_organisation(source, title) and (found := respondent(source, title)):
        return (found,)
    if types == ["Prosecutions"]:
        return (NATURAL_PERSON,)
    source.doubt(row, "title", "", "names a respondent that is not surely an organisation; left out")
    return ()


def _measures(
    kinds: dict[str, str], types: list[str], description: str, respondents: tuple[Respondent, ...]
) -> tuple[Measure, ...]:
    target = respondents[0].org if respondents else None
    found = []
    for number, kind in enumerate((kinds[one] for one in types if kinds[one]), 1):
        measure = Measure(number, kind, target)
        found.append(_fine(measure, description) if kind == "administrative-fine" else measure)
    return tuple(found)


def _fine(measure: Measure, description: str) -> Measure:
    """Return a fine with the one sum that the description gives it, rounded ones as words."""
    digits = {match["amount"] or match["before"] for match in _FINE.finditer(description)}
    exact = {one for text in digits for one in sums(_SUM.finditer(text), "GBP")}
    if len(exact) == 1:
        return Measure(measure.number, measure.kind, measure.target, exact.pop())
    words = dict.fromkeys(_EVERY_SUM.findall(description))
    return Measure(measure.number, measure.kind, measure.target, amount_text="; ".join(words) or None)


def _breached(source: Source, row: Row, description: str) -> tuple[str, ...]:
    found: list[str] = []
    for law, pattern in (("gb_uk-gdpr", _UK_GDPR), ("gb_pecr", _PECR)):
        for match in pattern.finditer(description):
            found += provisions(source, row, "description", law, match["list"])
    return tuple(dict.fromkeys(found))
