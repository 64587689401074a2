"""`finegraph extract`: news pages to what they say, as JSON, as claims in TriG, and as an explanation on the screen."""

import argparse
import json
import sys
from pathlib import Path

import pyoxigraph as ox

from graph import triples
from loaders import build as making
from loaders.news.explain import explained
from loaders.news.output import prediction
from loaders.news.page import read as pages
from loaders.news.reader import story
from loaders.news.reading import Reading
from loaders.news.reading import read as reading
from loaders.source import Source, SourceError
from ontology.identifiers import iri
from ontology.registry import Registry, registry
from ontology.terms import PREFIXES


def extract(options: argparse.Namespace) -> None:
    """Write one JSON file a page, and one TriG file of claims where asked; raise SourceError naming files at fault."""
    options.out.mkdir(parents=True, exist_ok=True)
    names = registry()
    faults: list[str] = []
    for given in options.files:
        for path in making.files_of("news", given):
            source = Source("news", path)
            found = [reading(page, names) for page in pages(source)]
            for one in found:
                stem = path.stem if len(found) == 1 else one.page.key
                _write(one, source, options.out / stem, names, trig=options.trig)
                if options.explain:
                    sys.stdout.write("\n".join(explained(one)) + "\n\n")
            faults += [one.message for one in source.problems if one.level == "error"]
    if faults:
        raise SourceError("\n".join(faults))


def _write(found: Reading, source: Source, stem: Path, names: Registry, *, trig: bool) -> None:
    target = stem.with_name(f"{stem.name}.pred.json")
    text = json.dumps(prediction(found, names), ensure_ascii=False, indent=1)
    target.write_text(f"{text}\n", encoding="utf-8")
    told = sum(one.scope == "in" for one in found.events)
    sys.stdout.write(f"{target}: {told} acts of {len(found.events)} in scope\n")
    if trig:
        record = story(found, source)
        lines = [*triples.story(record, names, iri("graph", record.document.name)), *triples.document(record.document)]
        quads = sorted(ox.parse("".join(lines), format=ox.RdfFormat.N_QUADS), key=str)
        target = stem.with_name(f"{stem.name}.trig")
        ox.serialize(quads, str(target), ox.RdfFormat.TRIG, prefixes=PREFIXES)
        sys.stdout.write(f"{target}: {len(record.claims)} claims\n")
