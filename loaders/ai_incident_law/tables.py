"""The files of AI Incident Law as rows, and the values inside them that are tables themselves."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from loaders.source import RecordError, Row, Source, SourceError
from ontology.dates import Date

DATASET, DESCRIPTION, TABLE = "the dataset", "the description of the dataset", "the table"
"""Fields of a row that the file says of many at once."""


def of_datasets(source: Source, datasets: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the records of data.json."""
    for name, dataset in datasets.items():
        whole = dataset if isinstance(dataset, dict) else {}
        for number, record in enumerate(_records(source, f"datasets.{name}.records", whole.get("records")), 1):
            key = str(record.get("error_id") or record.get("candidate_id") or "")
            fields = _fields(record) | {DATASET: name, DESCRIPTION: str(whole.get("description", ""))}
            yield Row(fields, f"{name} {number} ({key})", source.latest, key)


def of_json_ld(source: Source, name: str, nodes: object) -> Iterator[Row]:
    """Yield the nodes of one table of the JSON-LD."""
    for number, node in enumerate(_records(source, name, nodes), 1):
        key = str(node.get("id", ""))
        yield Row(_fields(node) | {TABLE: name}, f"{name} {number} ({key})", source.latest, key)


def _records(source: Source, name: str, records: object) -> list[dict[str, Any]]:
    if not isinstance(records, list) or not all(isinstance(one, dict) for one in records):
        raise SourceError(f"{source.path}: {name} is no list of tables; fetch the file again")
    return records


def _fields(record: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in record.items()
    }


def optional(row: Row, name: str) -> str:
    """Take a field that not every record has."""
    return row.text(name) if row.has(name) else ""


def table(row: Row, name: str) -> dict[str, Any]:
    """Take a field that holds a table; raise RecordError where it holds something else."""
    try:
        value = json.loads(row.text(name))
    except json.JSONDecodeError:
        value = None
    if not isinstance(value, dict):
        raise RecordError(f"{name} is no table; fetch the file again")
    return value


def date(source: Source, row: Row, name: str, text: str) -> Date | None:
    """Return a date that was taken off a row; one that cannot be read is reported and left out."""
    return source.when(Row({name: text}, row.place, source.latest, row.record), name)


class Stages:
    """What a record's `legal_graph` tells, where it has one: who determined the matter, or hears it, and when."""

    def __init__(self, source: Source, row: Row) -> None:
        graph = table(row, "legal_graph") if row.has("legal_graph") else {}
        made, heard = graph.get("determinations"), graph.get("proceedings")
        self.undetermined = made == []
        try:
            names = {one["id"]: one["name"] for one in graph.get("authorities", ())}
            first = made[0]["issued_by"] if made else heard[0]["heard_by"] if heard else ()
            self.authority: str | None = names[first[0]] if first else None
            issued = made[0].get("issued_date", "") if made else ""
        except (LookupError, TypeError, AttributeError) as error:
            raise RecordError("legal_graph names no authorities as it used to; fetch the file again") from error
        self.issued = date(source, row, "issued_date", issued)
