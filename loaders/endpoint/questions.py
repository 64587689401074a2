"""The queries, and which keys they ask for.

A query is asked in pages of keys (VALUES), not by LIMIT and OFFSET: what we ask for is known beforehand, so that a page
is a question of its own. It costs the endpoint an index look-up a key instead of sorting everything anew for each
page, no page shifts while the data change, and a page that failed is asked again alone.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ontology.registry import Registry

_HERE = Path(__file__).parent
_KEYS = re.compile(r"VALUES \?key \{[^{}]*\}")
IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+", re.IGNORECASE)
_PLAIN = re.compile(r"[^\x00-\x1f\"\\]+")
_FORMS = {
    "wikidata": (IRI, "<{}>"),
    "wikidata-lei": (_PLAIN, '"{}"'),
    "eurlex": (IRI, '"{}"^^xsd:anyURI'),
}
"""For each query how a key is written, and what one looks like that can be."""


def query(name: str, keys: Iterable[str]) -> str:
    """Return a query of the folder that asks for some keys; raise ValueError for one that cannot be written.

    >>> "VALUES ?key { <http://www.wikidata.org/entity/Q95> }" in query("wikidata", ["http://www.wikidata.org/entity/Q95"])
    True
    """
    pattern, form = _FORMS[name]
    for key in keys:
        if not pattern.fullmatch(key):
            raise ValueError(f"{key!r} cannot be asked for")
    text = (_HERE / f"{name}.rq").read_text(encoding="utf-8")
    terms = " ".join(form.format(key) for key in keys)
    return _KEYS.sub(lambda _: f"VALUES ?key {{ {terms} }}", text)


def askable(name: str, keys: Iterable[str]) -> list[str]:
    """Return the keys that a query can ask for, sorted, each once: endpoints answer with keys of the next query."""
    return sorted({key for key in keys if _FORMS[name][0].fullmatch(key)})


def pages(keys: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Yield the keys in pages.

    >>> list(pages(["a", "b", "c"], 2))
    [['a', 'b'], ['c']]
    """
    for start in range(0, len(keys), size):
        yield keys[start : start + size]


def items(names: Registry) -> list[str]:
    """Return the Wikidata items of the registered organisations."""
    return sorted({iri for one in names.organisations.values() for iri in one.same_as})


def leis(names: Registry) -> list[str]:
    """Return the LEIs of the registered organisations without a Wikidata item."""
    return sorted({one.lei for one in names.organisations.values() if one.lei and not one.same_as})


def elis(names: Registry, start: str) -> list[str]:
    """Return the ELIs of the registered laws that begin with `start`."""
    return sorted({iri for one in names.laws.values() for iri in one.same_as if iri.startswith(start)})
