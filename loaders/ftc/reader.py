"""Cases of the FTC's legal library, from JSON with the labels of a case's page.

An act is a case that has ended in an order: by its timeline, else by its type and status. Sums are read
where the summary says exactly what is paid as what; a case without a sum has none. Antitrust matters are no acts
of privacy law. The respondent is taken where the case's name is surely an organisation's.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from loaders import values
from loaders.official import hidden, imposed, pattern, respondent, tells
from loaders.source import Row, Skipped, Source, SourceError
from ontology.dates import Date
from ontology.identifiers import slug
from ontology.records import Act, Document, Respondent

_DATES = ("%Y-%m-%d", "%B %d, %Y", "%b %d, %Y", "%m/%d/%Y")
_TAB = "\t"


def load(source: Source) -> Iterator[Act]:
    """Yield one act for each case that ended in an order; raise SourceError where the file is no list of cases."""
    yield from source.each(_rows(source), load_case)


def _rows(source: Source) -> Iterator[Row]:
    payload = source.json()
    cases = payload.get("cases") if isinstance(payload, dict) else payload
    if not isinstance(cases, list) or not all(isinstance(one, dict) for one in cases):
        raise SourceError(f'{source.path}: no list of cases: expected [{{"Title": …, "Enforcement Type": …}}, …]')
    for number, case in enumerate(cases, 1):
        fields = dict(_field(source.config["labels"], *item) for item in case.items() if item[1] is not None)
        key = fields.get("matter_number") or hidden(fields.get("url", fields.get("title", "")))
        yield Row(fields, f"case {number} ({key})", source.latest, key)


def _field(labels: Mapping[str, str], label: str, value: Any) -> tuple[str, str]:  # noqa: ANN401 - JSON has any shape
    name = re.sub(r"[^a-z0-9]+", "_", label.casefold()).strip("_")
    if isinstance(value, list):
        lines = (
            f"{one.get('date', '')}{_TAB}{one.get('title', '')}" if isinstance(one, dict) else str(one) for one in value
        )
        value = "\n".join(lines)
    return labels.get(name, name), str(value)


def load_case(source: Source, row: Row) -> Act:
    """Read one case."""
    table, patterns = source.config, source.config["patterns"]
    title, url = row.text("title"), row.text("url") if row.has("url") else ""
    texts = {name: row.text(name) if row.has(name) else "" for name in ("summary", "timeline", "status", "mission")}
    type_ = row.text("enforcement_type") if row.has("enforcement_type") else ""
    numbers = {
        name: row.text(name) if row.has(name) else ""
        for name in ("matter_number", "civil_action_number", "docket_number")
    }
    row.ignore(*table["unused"])
    row.leftovers()
    matter = pattern(patterns["matter"]).match(numbers["matter_number"])
    if texts["mission"].casefold() == "competition" or (matter and matter[2] == patterns["antitrust"]):
        raise Skipped("an antitrust matter (Bureau of Competition)")
    decided = _decided(source, row, texts, type_)
    match = pattern(patterns["respondent"]).match(title)
    found = respondent(source, match["who"]) if match else None
    if found is None:
        source.doubt(row, "title", "", "names a respondent that is not surely an organisation; left out")
    docket = (
        numbers["civil_action_number"] or (f"{matter[1]} {matter[3]}" if matter else "") or numbers["docket_number"]
    )
    return _act(
        source, row, docket, url if found or not tells(url, title) else "", found, decided, {**texts, "type": type_}
    )


def _decided(source: Source, row: Row, texts: Mapping[str, str], type_: str) -> Date | None:
    """Return the day of the one order; raise Skipped where the case has come to none."""
    patterns = source.config["patterns"]
    entries = [line.partition(_TAB)[::2] for line in texts["timeline"].split("\n") if line.strip()]
    orders = [
        day
        for day, name in entries
        if pattern(patterns["order"]).search(name) and not pattern(patterns["no_order"]).search(name)
    ]
    if entries and not orders:
        raise Skipped("a case without an order")
    if not entries and (texts["status"].casefold() == "pending" or type_ not in source.config["types"]):
        raise Skipped(f"no order: {type_ or 'no type of enforcement'}, {texts['status'] or 'status not stated'}")
    days = dict.fromkeys(orders)
    if len(days) != 1:
        if days:
            source.doubt(row, "timeline", "; ".join(days), "several orders: the day of the decision is not read")
        return None
    try:
        return values.date(orders[0], source.latest, _DATES).date
    except values.ValueFault as error:
        source.doubt(row, "timeline", orders[0], f"{error}; left out")
        return None


def _act(
    source: Source,
    row: Row,
    docket: str,
    url: str,
    found: Respondent | None,
    decided: Date | None,
    texts: Mapping[str, str],
) -> Act:
    table = source.config
    authority = source.registry.authorities[table["authority"]]
    label = f"{found.name} ({docket})" if found and docket else found.name if found else docket or row.record
    return Act(
        id=f"{authority.id}_{slug(docket or row.record)}",
        document=Document(
            source=source.name,
            key=slug(docket or row.record),
            tier=table["tier"],
            title=f"FTC: {label}",
            url=url or None,
            publisher=table["publisher"],
            licence=table["licence"],
            retrieved=source.retrieved,
            digest=source.digest,
            place=row.place,
            record=row.record,
        ),
        type="decision",
        authority=authority.id,
        respondents=(found,) if found else (),
        title=(("en", f"FTC: {label}"),),
        docket=docket or None,
        decided=decided,
        measures=imposed(table["measures"], texts, found.org if found else None),
    )
