"""`finegraph extract`: news pages to what they say, as JSON, as claims in TriG, and as an explanation on the screen."""

import argparse
import json
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from graph import triples
from loaders import build as making
from loaders.news.explain import explained
from loaders.news.output import prediction
from loaders.news.reader import story
from loaders.news.reading import Reading
from loaders.news.readings import each
from loaders.source import Source, SourceError
from ontology.identifiers import iri
from ontology.terms import PREFIXES


@dataclass(frozen=True, slots=True)
class _Told:
    """What is written of one page: JSON, an explanation, and its claims as TriG, where these were asked for."""

    json: str
    explanation: str
    claims: int
    trig: bytes | None


def extract(options: argparse.Namespace) -> None:
    """Write one JSON file a page, and one TriG file of claims where asked; raise SourceError naming files at fault."""
    options.out.mkdir(parents=True, exist_ok=True)
    faults: list[str] = []
    written: set[str] = set()
    for given in options.files:
        for path in making.files_of("news", given):
            source = Source("news", path)
            make = partial(_told, source=source, trig=options.trig, explain=options.explain)
            found = list(each(source, make))
            for reading, told in found:
                name = _unused(path.stem if len(found) == 1 else reading.page.key, path, written)
                _write(reading, told, options.out / name)
            faults += [one.message for one in source.problems if one.level == "error"]
            for one in source.problems:
                if one.field == "llm":
                    making.log(f"{path}: {one.record}: {one.message}{f' ({one.value!r})' if one.value else ''}")
    if faults:
        raise SourceError("\n".join(faults))


def _unused(stem: str, path: Path, written: set[str]) -> str:
    """Return a name for a page's files that none of this run has: files of two folders may be called alike."""
    name, number = stem, 1
    while name in written:
        number += 1
        name = f"{path.parent.name}_{stem}" if number == 2 else f"{path.parent.name}_{stem}-{number}"
    written.add(name)
    return name


def _told(found: Reading, *, source: Source, trig: bool, explain: bool) -> _Told:
    text = json.dumps(prediction(found, source.registry), ensure_ascii=False, indent=1)
    claims, quads = 0, None
    if trig:
        record = story(found, source)
        lines = [
            *triples.story(record, source.registry, iri("graph", record.document.name)),
            *triples.document(record.document),
        ]
        parsed = sorted(ox.parse("".join(lines), format=ox.RdfFormat.N_QUADS), key=str)
        claims, quads = len(record.claims), ox.serialize(parsed, format=ox.RdfFormat.TRIG, prefixes=PREFIXES)
    return _Told(f"{text}\n", "\n".join(explained(found)) + "\n\n" if explain else "", claims, quads)


def _write(found: Reading, told: _Told, stem: Path) -> None:
    target = stem.with_name(f"{stem.name}.pred.json")
    target.write_text(told.json, encoding="utf-8")
    acts = sum(one.scope == "in" for one in found.events)
    sys.stdout.write(f"{target}: {acts} acts of {len(found.events)} in scope\n")
    if told.trig is not None:
        target = stem.with_name(f"{stem.name}.trig")
        target.write_bytes(told.trig)
        sys.stdout.write(f"{target}: {told.claims} claims\n")
    sys.stdout.write(told.explanation)
