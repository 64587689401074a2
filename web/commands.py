"""The command that serves."""

import argparse
import tempfile
from pathlib import Path

from graph import rdf
from graph.release import locked, publish
from ontology.identifiers import slug
from web.serve import serve as run


def serve(options: argparse.Namespace) -> None:
    """Serve the store's current release, or the given RDF files from a store of their own."""
    if not options.files:
        run(options.store, options.host, options.port)
        return
    with tempfile.TemporaryDirectory(prefix="finegraph-") as folder:
        store = Path(folder)
        _load(store, options.files)
        run(store, options.host, options.port)


def _load(store: Path, paths: list[Path]) -> None:
    """Make a release of RDF files alone: default graphs together, named graphs under their names."""
    lines: list[str] = []
    for path in paths:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise rdf.RdfError(f"{path}: cannot be read ({error.strerror})") from error
        own = f"doc_file_{slug(path.name)}"
        mark = f" <https://w3id.org/finegraph/graph/{own}> .\n"
        lines += [
            line.removesuffix(mark) + " .\n" if line.endswith(mark) else line for line in rdf.quads(path, content, own)
        ]
    with locked(store):
        publish(store, set(lines), {"embedded": None, "inputs": [], "sources": []}, [], [], lambda: None)
