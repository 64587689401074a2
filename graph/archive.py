"""A release as one archive to deposit and cite: every syntax, flat tables, vocabulary, description, checksums.

The same release, version and day give the same bytes: files in order, with the day as their time.
"""

import hashlib
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from graph import changes, tables
from graph.describe import LICENCE, TITLE
from graph.release import Release
from ontology import vocabulary
from ontology.identifiers import BASE, iri
from ontology.terms import PREFIXES

_ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Edition:
    """What an archive is called: its version (SemVer) and its day."""

    version: str
    day: date

    @property
    def name(self) -> str:
        """The folder in the archive, and its file's name without the suffix."""
        return f"finegraph-{self.version}"


def write(release: Release, edition: Edition, target: Path, since: changes.State | None = None) -> Mapping[str, int]:
    """Write the archive of a release; return the bytes of each file in it.

    With `since`, an older release, it holds the list of what changed.
    """
    store = release.open()
    found: dict[str, bytes] = {
        name: (release.path / name).read_bytes() for name in ("finegraph.ttl", "finegraph.trig", "finegraph.nq")
    }
    found["finegraph.jsonld"] = _jsonld(store)
    found["void.ttl"] = _description(store)
    made = {table.name: list(tables.rows(store, table)) for table in tables.TABLES}
    found |= {f"csv/{name}.csv": tables.written(lines) for name, lines in made.items()}
    found["datapackage.json"] = _package(edition, made)
    for path in (*vocabulary.FILES, vocabulary.FILES[0].with_name("shapes.ttl")):
        found[f"ontology/{path.name}"] = path.read_bytes()
    if since is not None:
        listed = list(changes.changes(since, changes.of_file(release.path / "finegraph.nq")))
        found["changes.csv"] = tables.written(changes.lines(listed))
    found["CITATION.cff"] = citation(edition).encode()
    found["LICENSE-DATA"] = (_ROOT / "LICENSE-DATA").read_bytes()
    found["README.md"] = _readme(edition, made, since=since is not None).encode()
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(found.items()))
    found["SHA256SUMS"] = sums.encode()
    _zip(found, edition, target)
    return {name: len(data) for name, data in sorted(found.items())}


def _zip(found: Mapping[str, bytes], edition: Edition, target: Path) -> None:
    partial = target.with_name(f".{target.name}.part")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in sorted(found.items()):
            day = edition.day
            entry = zipfile.ZipInfo(f"{edition.name}/{name}", (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    partial.replace(target)


def _jsonld(store: ox.Store) -> bytes:
    facts = sorted((quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())), key=str)
    return ox.serialize(facts, format=ox.RdfFormat.JSON_LD, prefixes=PREFIXES) or b""


def _description(store: ox.Store) -> bytes:
    own = ox.NamedNode(iri("graph", "dataset"))
    facts = sorted((quad.triple for quad in store.quads_for_pattern(None, None, None, own)), key=str)
    return ox.serialize(facts, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""


def _package(edition: Edition, made: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """Return the description of the tables as a Frictionless data package."""
    package = {
        "profile": "tabular-data-package",
        "name": "finegraph",
        "id": BASE,
        "title": TITLE,
        "version": edition.version,
        "created": f"{edition.day}T00:00:00Z",
        "licenses": [{"name": "CC-BY-4.0", "path": LICENCE, "title": "Creative Commons Attribution 4.0"}],
        "resources": [tables.described(table, len(made[table.name]) - 1) for table in tables.TABLES],
    }
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def citation(edition: Edition) -> str:
    """Return how to cite an edition (Citation File Format 1.2)."""
    return (
        "cff-version: 1.2.0\n"
        "message: If you use this data set, please cite it as below.\n"
        "type: dataset\n"
        f'title: "{TITLE}"\n'
        "authors:\n"
        "  - name: The finegraph project\n"
        f"version: {edition.version}\n"
        f"date-released: {edition.day}\n"
        "license: CC-BY-4.0\n"
        "url: https://w3id.org/finegraph\n"
        "keywords: [privacy, data protection, artificial intelligence, enforcement, knowledge graph]\n"
    )


def _readme(edition: Edition, made: Mapping[str, Sequence[Sequence[str]]], *, since: bool) -> str:
    counts = {name: len(lines) - 1 for name, lines in made.items()}
    changed = (
        "| `changes.csv` | what changed since the last edition, with old and new value and source |\n" if since else ""
    )
    return (
        f"# finegraph {edition.version}, {edition.day}\n\n"
        f"{TITLE}: {counts['decisions']:,} decisions and rulings, {counts['measures']:,} measures, "
        f"{counts['organisations']:,} organisations.\n\n"
        "| file | holds |\n|---|---|\n"
        "| `finegraph.ttl`, `.jsonld` | the consolidated record: each fact once |\n"
        "| `finegraph.trig`, `.nq` | everything, one named graph per source document, with provenance |\n"
        "| `csv/`, `datapackage.json` | decisions, measures and organisations as tables, described |\n"
        "| `ontology/` | vocabulary, concepts, SHACL shapes |\n"
        "| `void.ttl` | the data set described by itself (VoID, DCAT) |\n"
        f"{changed}"
        "| `CITATION.cff`, `LICENSE-DATA` | how to cite it; CC BY 4.0 |\n"
        "| `SHA256SUMS` | checksums: `sha256sum -c SHA256SUMS` |\n\n"
        "Not stated is not zero: an empty cell means that the source does not say. Amounts are in their own currency; "
        "euros are derived (ECB rate of the act's day).\n"
    )
