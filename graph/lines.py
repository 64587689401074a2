"""N-Quads lines taken apart as text: much cheaper than terms, where only counts and order matter."""

import re
from typing import NamedTuple

_LINE = re.compile(
    r'(?P<subject>\S+) (?P<predicate>\S+) (?P<object>"(?:[^"\\]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^<[^>]*>)?|\S+)'
    r"(?: (?P<graph><[^>]*>))? \.\n"
)


class Parts(NamedTuple):
    """The terms of a line as N-Quads writes them; `graph` is "" for the default graph."""

    subject: str
    predicate: str
    object: str
    graph: str


def parts(line: str) -> Parts:
    r"""Return the terms of a line as the writers of this package make it; raise ValueError for any other.

    >>> parts('<urn:s> <urn:p> "a \\" b"@en <urn:g> .\n').graph
    '<urn:g>'
    """
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError(f"no N-Quads line of ours: {line!r}")
    return Parts(match["subject"], match["predicate"], match["object"], match["graph"] or "")


def graph(line: str) -> str:
    """Return the graph of a line, "" for the default graph."""
    return parts(line).graph


def has_blank(line: str) -> bool:
    r"""Tell whether a line names a blank node.

    >>> has_blank("_:a <urn:p> <urn:o> .\n"), has_blank('<urn:s> <urn:p> "_:a" .\n')
    (True, False)
    """
    return "_:" in line and any(term.startswith("_:") for term in parts(line))
