"""The commands that make releases: build, load, export, release, and serve's first step."""

import argparse
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from graph import changes, rdf
from graph import commands as reading
from graph.archive import Edition, write
from graph.cli import SourceArgument
from graph.release import Release, current
from loaders import build as making
from loaders import licence
from loaders.curated import command as curated
from loaders.formats import formats
from loaders.resolve import verdicts
from loaders.source import SourceError
from ontology.identifiers import iri


def build(options: argparse.Namespace) -> None:
    """Make a release of the embedded set and the named sources."""
    arguments: list[SourceArgument] = options.sources
    for name, _, _ in arguments:
        if name not in {*formats(), verdicts.FORMAT}:
            raise SourceError(f"{name!r} is no source we read; one of {', '.join((*formats(), verdicts.FORMAT))}")
    inputs = making.inputs_of(options.store, arguments)
    _report(making.build(options.store, inputs, keep_going=options.keep_going))


def load(options: argparse.Namespace) -> None:
    """Add files to the current release, giving a new one."""
    arguments: list[SourceArgument] = []
    for path in options.files:
        name = options.format or making.guess(path)
        if name not in {*formats(), verdicts.FORMAT}:
            rdf.format_of(path, name)
        arguments.append((name, path, None))
    inputs = making.inputs_of(options.store, arguments)
    release = making.build(options.store, inputs, keep_going=options.keep_going, add=True)
    _report(release)
    for one in inputs:
        if one.format in rdf.FORMATS:
            graph = iri("graph", f"doc_file_{making.file_key(one.name)}")
            making.log(f"{one.name} is in its own graph: SELECT * {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")


def export(options: argparse.Namespace) -> None:
    """Write the release's data; with an open licence asked for, what a build of only such sources holds."""
    if options.licence is None:
        reading.export(options)
        return
    release = reading.release(options.store)
    making.log("making, beside the release, what its sources under open licences alone would give")
    with tempfile.TemporaryDirectory(prefix="finegraph-open-") as folder:
        (Path(folder) / "inputs").symlink_to((options.store / "inputs").resolve(), target_is_directory=True)
        made = making.build(Path(folder), release.inputs, keep_going=True, given_away=True)
        options.store = Path(folder)
        reading.export(options)
        withheld = [one for one in made.problems if one.message == licence.REASON]
    for one in withheld:
        making.log(f"left out of {one.place}: {one.count:,} records ({one.message})")


def validate(options: argparse.Namespace) -> None:
    """Check case files by their schema and the tables, RDF files and the release by the shapes."""
    cases = [path for path in options.files if path.suffix in {".yaml", ".yml"}]
    faults = [one for path in cases for one in curated.faults(path)]
    if cases and not faults:
        making.log(f"{', '.join(map(str, cases))}: as case files should be")
    others = [path for path in options.files if path not in cases]
    if others or not cases:
        options.files = others
        reading.validate(options)
    if faults:
        raise reading.InvalidInputError(f"{len(faults)} fault{'s' if len(faults) > 1 else ''}:\n" + "\n".join(faults))


def archive(options: argparse.Namespace) -> None:
    """Build the embedded data set apart and write it as an archive, with what changed since an older edition."""
    edition = Edition(options.version, options.date or datetime.now(UTC).date())
    target: Path = options.output or Path(f"{edition.name}.zip")
    if not target.parent.is_dir():
        raise reading.InvalidInputError(f"{target.parent}: there is no such folder")
    if options.since and not options.since.is_file():
        raise reading.InvalidInputError(f"{options.since}: there is no such file")
    since = changes.of_file(options.since) if options.since else None
    with tempfile.TemporaryDirectory(prefix="finegraph-release-") as folder:
        release = making.build(Path(folder))
        files = write(release, edition, target, since)
    for name, size in files.items():
        making.log(f"{size:>12,}  {name}")
    making.log(f"{target}: {target.stat().st_size:,} bytes")


def ensure(options: argparse.Namespace) -> None:
    """Build the embedded set where the store has no release or one of other data and code."""
    if options.files or options.as_is:
        return
    store: Path = options.store
    if making.stale(store):
        before = current(store)
        making.log("building the embedded data set" if before is None else "data or code changed: building anew")
        _report(making.build(store, add=True))


def _report(release: Release) -> None:
    levels: Counter[str] = Counter()
    for one in release.problems:
        levels[one.level] += one.count
    counts = release.manifest["counts"]
    making.log(
        f"{sum(counts.values()):,} statements in {len(counts):,} graphs ({counts.get('default', 0):,} consolidated); "
        f"{levels['error']} records left out, {levels['notice']} notices (see {release.path}/problems.json)"
    )
    if release.unknown:
        making.log(f"{len(release.unknown):,} names are in no reference table (`finegraph names` lists them)")
