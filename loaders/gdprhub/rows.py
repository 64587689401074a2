"""GDPRhub in each of its shapes, as rows of the same fields.

A row has the fields of the infobox (`labels` in source.toml), `title` and `url` of the page, the addresses of the
`sources` (one a line) and the `lead`; `appeal from` is body and number on two lines.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from loaders.gdprhub.names import table
from loaders.source import Row, Source, SourceError

_FIELDS = (
    "title", "url", "body", "jurisdiction", "law", "type", "outcome", "started", "decided", "published", "fine",
    "parties", "number", "ecli", "appeal from", "appeal to", "reference from", "language", "sources", "contributor",
    "lead",
)  # fmt: skip


def rows(source: Source) -> Iterator[Row]:
    """Yield a row for each page; raise SourceError for a file in none of the shapes."""
    if source.path.suffix.casefold() == ".jsonl":
        yield from _of_lines(source)
        return
    raise SourceError(f"{source.path}: none of the shapes of GDPRhub")


def row(source: Source, fields: Mapping[str, str], place: str) -> Row:
    """Return a row with every field; one that a page lacks is empty."""
    return Row({**dict.fromkeys(_FIELDS, ""), **fields}, place, source.latest)


def labelled(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of an infobox under our names; a label that is not known stays, to be refused."""
    labels: Mapping[str, str] = table("labels")
    return {labels.get(label, label): text for label, text in fields.items()}


def _of_lines(source: Source) -> Iterator[Row]:
    for number, line in enumerate(source.text().splitlines(), 1):
        if not line.strip():
            continue
        place = f"line {number}"
        try:
            page = json.loads(line)
        except json.JSONDecodeError as error:
            raise SourceError(
                f"{source.path}:{number}:{error.colno}: broken JSON ({error.msg}); the file may be cut off: "
                "fetch it again"
            ) from error
        if not isinstance(page, dict) or not isinstance(page.get("infobox"), dict) or "title" not in page:
            raise SourceError(
                f"{source.path}: {place} is no page of GDPRhub: expected "
                '{"url", "title", "infobox": {label: {"text", "links"}}, "lead", …}'
            )
        yield _of_page(source, page, place)


def _of_page(source: Source, page: Mapping[str, Any], place: str) -> Row:
    box: Mapping[str, Any] = page["infobox"]
    fields = labelled({label: str(cell["text"]) for label, cell in box.items()})
    fields["sources"] = "\n".join(link for _, link in box.get("Original Source", {}).get("links", ()))
    fields |= {"title": str(page["title"]), "url": str(page.get("url", "")), "lead": str(page.get("lead") or "")}
    return row(source, fields, place)
