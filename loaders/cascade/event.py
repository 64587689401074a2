"""An event's file to its front matter (YAML) and the plain paragraphs of its body (Markdown)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from loaders.source import RecordError, Source, SourceError

_FENCED = re.compile(r"\A---[ \t]*\n(?P<head>.*?\n)---[ \t]*(?:\n(?P<body>.*))?\Z", re.DOTALL)
_BREAKS = frozenset(("softbreak", "hardbreak"))


@dataclass(frozen=True, slots=True)
class Event:
    """One file: every scalar of the front matter is the text that stands there."""

    fields: dict[str, Any]
    paragraphs: tuple[str, ...]


def read(source: Source) -> Event:
    """Return the event of a file.

    Raises SourceError where the file has no front matter, RecordError (with the line) where that is broken.
    """
    text = source.text().replace("\r\n", "\n")
    match = _FENCED.match(text)
    if match is None:
        raise SourceError(f"{source.path}: no event: expected front matter between two lines of --- before the text")
    try:
        fields = yaml.BaseLoader(match["head"]).get_single_data()  # texts only: no types, no objects
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 2}: " if mark else ""
        words = getattr(error, "problem", None) or str(error)
        raise RecordError(f"{line}broken YAML ({words}); mend the front matter") from error
    if not isinstance(fields, dict):
        raise RecordError("line 2: the front matter is no table of `name: value` lines")
    return Event(fields, tuple(_paragraphs(match["body"] or "")))


def _paragraphs(body: str) -> Iterator[str]:
    """Yield the plain text of each paragraph: no headings, code or HTML."""
    tokens = MarkdownIt().parse(body)
    for before, token in pairwise(tokens):
        if before.type == "paragraph_open" and (text := " ".join(_plain(token.children or ()).split())):
            yield text


def _plain(tokens: Sequence[Token]) -> str:
    return "".join(
        " " if one.type in _BREAKS else one.content if one.type in {"text", "code_inline"} else "" for one in tokens
    )
