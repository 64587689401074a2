"""Pages of the wiki as it shows them: extracted as JSON lines, or saved as HTML.

The first table of class "wikitable" is the infobox: a label and a value a row. The first paragraph after it is the
register's sentence on the act.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import html

from loaders.gdprhub.fields import address, labelled, row
from loaders.source import Row, Source, SourceError


def extracted(source: Source) -> Iterator[Row]:
    """Yield a row per line: ``{"url", "title", "infobox": {label: {"text", "links": [[text, address]]}}, "lead"}``."""
    for number, line in enumerate(source.text().split("\n"), 1):
        if not line.strip():
            continue
        try:
            page = json.loads(line)
        except json.JSONDecodeError as error:
            raise SourceError(
                f"{source.path}:{number}:{error.colno}: broken JSON ({error.msg}); the file may be cut off: "
                "fetch it again"
            ) from error
        if not isinstance(page, dict) or not isinstance(page.get("infobox"), dict) or "title" not in page:
            raise SourceError(
                f"{source.path}: line {number} is no page of GDPRhub: expected "
                '{"url", "title", "infobox": {label: {"text", "links"}}, "lead"}'
            )
        yield _extracted(source, page, f"line {number}")


def _extracted(source: Source, page: Mapping[str, Any], place: str) -> Row:
    box: Mapping[str, Any] = page["infobox"]
    fields = labelled({label: str(cell["text"]) for label, cell in box.items()})
    fields["sources"] = "\n".join(link for _, link in box.get("Original Source", {}).get("links", ()))
    fields |= {"title": str(page["title"]), "url": str(page.get("url", "")), "lead": str(page.get("lead") or "")}
    return row(source, fields, place)


def saved(source: Source) -> Row:
    """Return the row of a saved page; raise SourceError where it has no infobox."""
    tree = html.fromstring(source.bytes(), parser=html.HTMLParser(encoding="utf-8"))
    boxes = tree.xpath('//table[contains(concat(" ", @class, " "), " wikitable ")]')
    title = " ".join(tree.xpath("string(//h1)").split())
    if not boxes or not title:
        raise SourceError(
            f"{source.path}: no page of GDPRhub: it has no heading with an infobox (a table of class wikitable) under "
            "it; save the whole page again"
        )
    cells = {}
    for line in boxes[0].xpath(".//tr[count(td) = 2]"):
        label, value = line.xpath("./td")
        cells[" ".join(label.text_content().split()).rstrip(":")] = value
    fields = labelled({label: _text(value) for label, value in cells.items()})
    source_cell = cells.get("Original Source")
    fields["sources"] = "\n".join(source_cell.xpath(".//a/@href")) if source_cell is not None else ""
    number = re.search(rb'"wgArticleId":(\d+)', source.bytes())
    fields |= {"title": title, "url": address(title), "page": number[1].decode() if number else ""}
    fields["lead"] = _lead(boxes[0])
    return row(source, fields, "page")


def _text(cell: html.HtmlElement) -> str:
    """Return the text of a cell, its lines apart."""
    for line_break in cell.xpath(".//br"):
        line_break.tail = f"\n{line_break.tail or ''}"
    return "\n".join(" ".join(line.split()) for line in cell.text_content().strip().split("\n"))


def _lead(box: html.HtmlElement) -> str:
    """Return the paragraphs between the infobox and the next heading."""
    found = []
    for element in box.itersiblings():
        if element.tag != "p":
            break
        found.append(" ".join(element.text_content().split()))
    return " ".join(found).strip()
