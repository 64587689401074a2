"""A page saved as Markdown: front matter (YAML), and the text without its marks."""

import re
from collections.abc import Iterator, Mapping, Sequence

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from loaders.charset import decoded
from loaders.news import html
from loaders.news.draft import Draft, Part, Role

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(?P<head>.{0,20000}?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_BREAKS = frozenset(("softbreak", "hardbreak"))
_ADDRESSES = ("url", "source", "link", "canonical", "canonical_url", "source_url", "original_url")
_DATES = ("date", "published", "publishdate", "pubdate", "date_published")
_LANGUAGES = ("lang", "language", "locale")


def drafts(raw: bytes, url: str | None = None) -> list[Draft]:
    """Return the one story of a Markdown file, none where it has no text."""
    text = decoded(raw).replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    fields = _fields(front["head"]) if front else {}
    parts = list(_parts(MarkdownIt("commonmark").enable("table").parse(text[front.end() :] if front else text)))
    heading = next((one.text for one in parts if one.role == "headline"), "")
    headline = _one(fields, ("title", "headline")) or heading
    body = [Part("paragraph", one.text) if one.role == "headline" else one for one in parts if one.text != headline]
    made = html.draft(headline, body, _one(fields, _LANGUAGES))
    if made is None:
        return []
    address = next(
        (one for name in _ADDRESSES if (one := _one(fields, (name,))).startswith(("https://", "http://"))), url
    )
    return [
        Draft(made.headline, made.parts, _one(fields, _DATES)[:10] or None, address, _one(fields, _LANGUAGES) or None)
    ]


def _fields(head: str) -> Mapping[str, str]:
    """Return the texts of a front matter by name, lower case; none where it is no table."""
    try:
        found = yaml.load(head, Loader=yaml.BaseLoader)  # noqa: S506 - it makes texts only: no types, no objects
    except (yaml.YAMLError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(name).casefold(): one for name, one in found.items() if isinstance(one, str)}


def _one(fields: Mapping[str, str], names: Sequence[str]) -> str:
    return next((html.clean(fields[name]) for name in names if fields.get(name, "").strip()), "")


def _parts(tokens: Sequence[Token]) -> Iterator[Part]:
    """Yield the blocks: no code, no images; the first heading as headline."""
    roles: list[str] = []
    cells: list[str] = []
    headed = False
    for token in tokens:
        if token.nesting == 1:
            roles.append(token.type)
        elif token.nesting == -1:
            if token.type == "tr_close":
                yield Part("item", " | ".join(cells))
                cells = []
            roles.pop()
        elif token.type == "inline":
            text = html.clean(_plain(token.children or ()))
            if {"td_open", "th_open"} & set(roles):
                cells.append(text)
            elif text:
                heading = "heading_open" in roles and not headed
                headed = headed or heading
                role: Role = "headline" if heading else "item" if "list_item_open" in roles else "paragraph"
                yield Part(role, text)
        elif token.type == "html_block":
            yield from html.parts_of_markup(token.content)


def _plain(tokens: Sequence[Token]) -> str:
    return "".join(
        " " if one.type in _BREAKS else one.content if one.type in {"text", "code_inline"} else "" for one in tokens
    )
