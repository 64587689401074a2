"""Pages of the wiki as it stores them: answers of the MediaWiki API with a decision box in the wikitext.

``action=query&prop=revisions`` gives a batch of pages, ``action=parse&prop=wikitext`` one; each in the API's format
version 1 or 2. A box is ``{{DPAdecisionBOX|Key=Value|…}}`` (COURT…, CJEU…), its lists are numbered keys
("Party_Name_1", "Party_Name_2").
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import mwparserfromhell
from mwparserfromhell.nodes import Template
from mwparserfromhell.wikicode import Wikicode

from loaders.gdprhub.fields import address, row, skip
from loaders.gdprhub.names import table
from loaders.source import Row, Source, SourceError

_NUMBERED = re.compile(r"(?P<family>.+)_(?P<number>\d+)")


def answered(source: Source, answers: list[Any]) -> Iterator[Row]:
    """Yield a row for each page of some answers; pages without a decision box are left out with a reason."""
    for answer in answers:
        for page in _pages(source, answer):
            place = f"page {page.get('pageid', '?')}"
            text = _content(page)
            if text is None:
                raise SourceError(
                    f"{source.path}: {place} comes without its wikitext; ask the API for prop=revisions, "
                    "rvprop=content and rvslots=main"
                )
            code = mwparserfromhell.parse(text)
            box = next((one for one in code.filter_templates() if _name(one) in table("wikitext")["boxes"]), None)
            if box is None:
                skip(source, place, "a page without a decision box")
                continue
            title = str(page["title"])
            fields = _fields(box) | {"title": title, "url": address(title), "page": str(page.get("pageid", ""))}
            yield row(source, {**fields, "lead": _lead(code, box)}, place)


def _pages(source: Source, answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the pages of an answer that exist."""
    if "parse" in answer:
        return [answer["parse"]]
    listed = answer["query"].get("pages") if isinstance(answer["query"], dict) else None
    if not isinstance(listed, dict | list):
        raise SourceError(
            f"{source.path}: the answer has no pages; ask the API for action=query with titles or pageids"
        )
    found = listed.values() if isinstance(listed, dict) else listed
    return [page for page in found if not {"missing", "invalid"} & page.keys()]


def _content(page: Mapping[str, Any]) -> str | None:
    """Return the wikitext of a page in either format version, with or without slots; None where there is none."""
    held: Any = page.get("wikitext")
    if revisions := page.get("revisions"):
        held = revisions[0].get("slots", {}).get("main", revisions[0])
    if isinstance(held, dict):
        held = held.get("content", held.get("*"))
    return held if isinstance(held, str) else None


def _name(box: Template) -> str:
    return str(box.name).strip()


def _fields(box: Template) -> dict[str, str]:
    """Return what a box states, under our names; the values of its lists one a line. What is not known stays."""
    told = table("wikitext")
    stated = {str(one.name).strip(): _plain(one.value) for one in box.params if one.showkey}
    stated = {key: value for key, value in stated.items() if value and not value.startswith("{{{")}
    fields: dict[str, str] = dict(told["always"].get(_name(box), {}))
    for name, families in told["lists"].items():
        keys = [(families.index(match["family"]), int(match["number"]), key) for key in stated
                if (match := _NUMBERED.fullmatch(key)) and match["family"] in families]  # fmt: skip
        if keys:
            fields[name] = "\n".join(stated.pop(key) for _, _, key in sorted(keys))
    for name, keys_ in told["joined"].items():
        fields[name] = ("\n" if name == "appeal from" else " ").join(stated.pop(key, "") for key in keys_).strip(" ")
    for name, keys_ in told["first_of"].items():
        values = [stated.pop(key, "") for key in keys_]
        fields.setdefault(name, next(filter(None, values), ""))
    unused = frozenset(told["unused"])
    return fields | {
        key: value
        for key, value in stated.items()
        if not ({key, key.rpartition("_")[0], key.rpartition("_")[0].rstrip("_")} & unused)
    }


def _plain(code: Wikicode) -> str:
    return " ".join(str(code.strip_code(collapse=False)).split())


def _lead(code: Wikicode, box: Template) -> str:
    """Return the text between the box and the first heading."""
    lead = code.get_sections(include_lead=True, flat=True)[0]
    for node in [box, *lead.filter_tags(matches=lambda tag: str(tag.tag) == "ref")]:
        if lead.contains(node):
            lead.remove(node)
    return _plain(lead)
