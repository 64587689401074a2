"""What the tests of loaders share: reading a source whole, and comparing its quads with a golden file."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from graph import triples
from loaders import build
from loaders.formats import formats
from loaders.source import Source
from ontology.identifiers import iri
from ontology.records import Act, Loaded
from ontology.registry import registry
from tests.conftest import GOLDEN


def read(format_: str, path: Path | Source) -> Loaded:
    """Return everything that a loader makes of a file, with its problems."""
    return build.read(formats()[format_], path if isinstance(path, Source) else Source(format_, path))


def acts_of(format_: str, path: Path | Source) -> list[Act]:
    """Return the acts that a loader reads."""
    return read(format_, path).acts


def lines(loaded: Loaded) -> Iterator[str]:
    """Yield the quads of what was read, each record in the graph of its document."""
    for act in loaded.acts:
        yield from triples.act(act, registry(), iri("graph", act.document.name))
    for story in loaded.stories:
        yield from triples.story(story, registry(), iri("graph", story.document.name))
    for matter in loaded.matters:
        yield from triples.matter(matter, registry(), iri("graph", matter.document.name))
    for reference in loaded.references:
        yield from triples.reference(reference, iri("graph", reference.document.name))
    for record in (*loaded.records, *loaded.references):
        yield from triples.document(record.document)


def golden(name: str, found: Iterable[str]) -> None:
    """Compare quads with a golden file; one that is missing is written, for a person to read and commit."""
    path = GOLDEN / name
    text = "".join(sorted(set(found)))
    if not path.exists():
        path.write_text(text, encoding="utf-8")
        pytest.fail(f"{path} was missing and has been written: read it, then commit it")
    assert text == path.read_text(encoding="utf-8")
