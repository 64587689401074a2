"""One table while it is read: what its lines share, and the keys given so far."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from graph import triples
from loaders.mapped.facts import Facts
from loaders.mapped.mapping import Mapping as Rules
from loaders.mapped.tables import Line
from loaders.source import Counted, RecordError, Source
from ontology.identifiers import IdentifierError, slug
from ontology.records import Document


@dataclass(slots=True)
class Reading:
    """A source with its mapping; `keys` and `names` are the local names given so far, with the place or key of each."""

    source: Source
    rules: Rules
    columns: Mapping[str, tuple[str, ...]]
    lines: list[Line]
    keys: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    withheld: int = 0

    def facts(self, line: Line) -> Facts:
        """Return a line as facts; raise RecordError where it is no line of the table."""
        if line.fault:
            raise RecordError(line.fault)
        return Facts(self.source, self.rules, self.columns, line)

    def each(self) -> Iterator[Facts]:
        """Yield the sound lines as facts."""
        yield from (self.facts(line) for line in self.lines if not line.fault)

    def key(self, facts: Facts, instead: str) -> str:
        """Return the key of a line: what its key columns say, where the mapping names none `instead`.

        Raises RecordError for one that is empty, or was given before.
        """
        mapped = ", ".join(self.columns.get("key", ()))
        key = facts.joined("key") if mapped else instead
        if not key:
            raise RecordError(f"{mapped} is empty, but is the key: give the record one, or choose other key columns")
        facts.line.record = key
        name = local(key)
        if name in self.keys:
            if not mapped:
                raise Counted("the record is given more than once")
            raise RecordError(
                f"its key {key!r} was given in {self.keys[name]}: a key names one record; "
                'choose more columns for it, such as key = ["Number", "Date"]'
            )
        self.keys[name] = facts.line.place
        return key

    def document(self, key: str, title: str, facts: Facts | None = None) -> Document:
        """Return the document of a line, or, without one, of the whole file."""
        rules = self.rules
        urls = [*facts.all("url"), *facts.all("official_url")] if facts else [rules.homepage]
        found = [url for url in dict.fromkeys(urls) if is_address(url)]
        return Document(
            source=rules.name,
            key=local(key),
            tier=rules.tier,
            title=title,
            url=next(iter(found), None),
            more_urls=tuple(found[1:]),
            publisher=rules.publisher or None,
            licence=rules.licence or None,
            retrieved=self.source.retrieved,
            digest=self.source.digest,
            place=f"{self.source.path.name}: {facts.line.place}" if facts else self.source.path.name,
            record=key if facts else "",
        )

    def whole(self) -> Document:
        """Return the document that a list of organisations or laws is, as a whole."""
        stem = Path(self.rules.file.path).stem
        return self.document(stem, f"{self.rules.publisher or self.rules.name}: {self.source.path.name}")

    def fresh(self, name: str) -> str:
        """Return a local name, with a number behind it where another thing of the table has it."""
        found, number = name, 1
        while found in self.names:
            number += 1
            found = f"{name}-{number}"
        self.names.add(found)
        return found


def local(text: str) -> str:
    """Return a text as a local name; raise RecordError for one without letters or digits."""
    try:
        return slug(text)
    except IdentifierError as error:
        raise RecordError(f"{error}: an identifier needs letters or digits") from error


def is_address(text: str) -> bool:
    """Tell whether a text is an address of the web, and one that RDF can hold."""
    if not re.fullmatch(r"https?://\S+", text):
        return False
    try:
        ox.NamedNode(triples.ref(text)[1:-1])
    except ValueError:
        return False
    return True
