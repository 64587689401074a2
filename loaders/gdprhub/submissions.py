"""What contributors handed in: answers of the submission API, and its CSV export.

The export names no page: a record of it is known by its authority, its case number and its day.
"""

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from typing import Any

from loaders.gdprhub.fields import row, skip
from loaders.source import Row, Source, SourceError
from loaders.values import stated

COLUMNS = (
    "Decision by", "Case number/name", "Jurisdiction", "Date of decision", "Relevant GDPR articles", "Relevant EU laws",
    "Relevant national/other laws", "Type of decision & outcome", "Fine", "Parties", "Contributor", "Summary",
)  # fmt: skip
_DIGEST = 10
_CJEU = "CJEU"


def exported(source: Source) -> Iterator[Row]:
    """Yield a row per line of the export; raise SourceError where its columns are others."""
    reader = csv.DictReader(io.StringIO(source.text(), newline=""))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise SourceError(
            f"{source.path}: no export of GDPRhub's submissions: the first line must name {', '.join(COLUMNS)}; "
            "the format has changed or the file is another"
        )
    for line in reader:
        place = f"line {reader.line_num}"
        if None in line or None in line.values():
            raise SourceError(
                f"{source.path}: {place} has not {len(COLUMNS)} cells; the file is damaged: export it again"
            )
        cells = {name: _unquoted(text) for name, text in line.items()}
        if stated(cells["Decision by"].removeprefix("DPA: ").removeprefix("Court: ").replace("undefined", "")):
            yield _exported(source, cells, place)
        else:
            skip(source, place, "a submission that names no authority")


def _unquoted(text: str) -> str:
    """Return a cell without the apostrophe that keeps spreadsheets from reading it as a formula."""
    return text.removeprefix("'").strip() if text.startswith("'") else text.strip()


def _exported(source: Source, cells: Mapping[str, str], place: str) -> Row:
    kind, colon, body = cells["Decision by"].partition(": ")
    body = body if colon else kind.partition(" (")[0] if kind.startswith(_CJEU) else kind
    type_, _, outcome = cells["Type of decision & outcome"].partition(" → ")
    number = cells["Case number/name"]
    mark = number if stated(number) else _digest("|".join(cells.values()))
    fields = {
        "title": f"{body} - {mark}",
        "edition": cells["Date of decision"] or "no date",
        "body": body,
        "jurisdiction": cells["Jurisdiction"],
        "law": "\n".join(
            [
                *(_article(one) for one in cells["Relevant GDPR articles"].split(", ") if one),
                cells["Relevant EU laws"],
                cells["Relevant national/other laws"],
            ]
        ),
        "type": type_,
        "outcome": outcome,
        "decided": cells["Date of decision"],
        "fine": cells["Fine"],
        "parties": cells["Parties"],
        "number": number,
        "lead": cells["Summary"],
    }
    return row(source, fields, place)


def _digest(text: str) -> str:
    """Return digits that tell a record without a number from others."""
    return str(int(hashlib.sha256(text.encode()).hexdigest(), 16))[:_DIGEST]


def _article(notation: str) -> str:
    return f"Article {notation} GDPR"


def answered(source: Source, answers: list[Any]) -> Iterator[Row]:
    """Yield a row per submission of an answer: ``{"content": {…}, "wiki": {"url", "title", "page_id"}}``."""
    for number, one in enumerate(answers, 1):
        place = f"row {number}"
        if not isinstance(one, dict) or not isinstance(one.get("content"), dict):
            raise SourceError(f'{source.path}: {place} is no submission: expected {{"content": {{…}}, "wiki": {{…}}}}')
        content = {key: value for key, value in one["content"].items() if value not in ({}, [], "", None)}
        if content.keys() <= {"applied_laws"} or not (one.get("wiki") or {}).get("title"):
            skip(source, place, "a submission without a page")
            continue
        yield _answered(source, content, one["wiki"], place)


def _answered(source: Source, content: dict[str, Any], wiki: Mapping[str, Any], place: str) -> Row:
    laws = content.pop("applied_laws", {})
    fine, text = content.pop("fine", {}), content.pop("text", {})
    court = content.pop("court", {})
    appeal = content.pop("appeal_from", {})
    fields = {
        "title": str(wiki["title"]),
        "url": str(wiki.get("url", "")),
        "page": str(wiki.get("page_id", "")),
        "body": str(content.pop("dpa", "") or court.get("orig_abbr", "") or court.get("name", "")),
        "jurisdiction": str(content.pop("jurisdiction", "")),
        "law": "\n".join(
            [
                *(_article(_notation(one)) for one in laws.get("gdpr", ())),
                *(str(one["name"]) for key in ("eu", "national_other") for one in laws.get(key, ()) if one.get("name")),
            ]
        ),
        "type": str(content.pop("decision_type", "")),
        "outcome": str(content.pop("outcome", "")),
        "decided": str(content.pop("date_decided", "")),
        "published": str(content.pop("date_published", "")),
        "fine": f"{fine.get('amount', '')} {fine.get('currency', '')}".strip() if fine.get("amount") else "",
        "parties": "\n".join(str(one["name"]) for one in content.pop("parties", ()) if one.get("name")),
        "number": str(content.pop("case_nr_name", "")),
        "ecli": str(content.pop("ecli", "")),
        "appeal from": "\n".join(str(appeal.get(key, "")) for key in ("body", "case_nr_name")).strip(),
        "sources": "\n".join(str(one["url"]).strip() for one in content.pop("sources", ()) if one.get("url")),
        "lead": str(text.get("summary", "")),
    }
    for unused in (
        "decider_type",
        "jurisdiction_abbr",
        "appeal_to",
        "initial_contributor",
        "date_started",
        "reference",
    ):
        content.pop(unused, None)
    if fields["body"] == "" and fields["jurisdiction"] == "European Union":
        fields["body"] = _CJEU
    return row(source, {**{key: str(value) for key, value in content.items()}, **fields}, place)


def _notation(article: Mapping[str, Any]) -> str:
    levels = (article.get(key) for key in ("paragraph", "subparagraph"))
    return str(article.get("article", "")) + "".join(f"({level})" for level in levels if level)
