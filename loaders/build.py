"""From inputs to a release: read, resolve, consolidate, derive, measure, validate, publish."""

import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from time import monotonic

import pyoxigraph as ox
from tqdm import tqdm

import graph
import loaders
import ontology
from graph import consolidate, describe, match, network, payment, rdf, triples
from graph.release import Input, Release, current, keep_input, locked, publish
from graph.validate import of_release, validate
from loaders.cms import reader as cms_reader
from loaders.curated import press
from loaders.curated import reader as curated_reader
from loaders.news import reader as news_reader
from loaders.report import Tally
from loaders.resolve import resolve
from loaders.source import Source, SourceError
from ontology import vocabulary
from ontology.identifiers import iri, slug
from ontology.records import Act, Document, Loaded, Organisation, Story, UnknownName
from ontology.registry import Provision, Registry, registry

FORMATS = ("cms", "curated", "news")
_NEWS_SUFFIXES = frozenset((".html", ".htm", ".txt", ".md"))
_SHOWN = 20


class BuildError(Exception):
    """A build that was refused because of its input; nothing was published."""


def log(words: str) -> None:
    """Tell what is going on (standard error: standard output is for results)."""
    sys.stderr.write(f"{words}\n")


def is_page(path: Path) -> bool:
    """Tell whether a file or folder holds saved pages, by its suffix."""
    return path.is_dir() or path.suffix.lower() in _NEWS_SUFFIXES


def files_of(format_: str, path: Path) -> list[Path]:
    """Return the files that a source argument names; raise SourceError where there is none."""
    if path.is_dir():
        files = sorted(one for one in path.rglob("*") if one.is_file() and is_page(one))
        if format_ != "news" or not files:
            raise SourceError(f"{path} is a folder without pages (.html, .txt, .md); name a file")
        return files
    if not path.is_file():
        raise SourceError(f"{path}: there is no such file")
    return [path]


def embedded_digest() -> str:
    """Return the digest of everything that a build depends on beside its inputs: our data and code."""
    digest = hashlib.sha256()
    for package in (ontology, loaders, graph):
        folder = Path(str(package.__file__)).parent
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".py", ".toml", ".ttl", ".csv", ".txt", ".rq"}:
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def build(
    store: Path,
    new: Sequence[Input] = (),
    *,
    keep_going: bool = False,
    add: bool = False,
    embedded: bool = True,
) -> Release:
    """Make a release of the embedded set and the inputs, and make it current.

    With `add` the current release's inputs come first. Records at fault refuse the release, unless
    `keep_going` leaves them out; either way each is named. Raises BuildError, SourceError.
    """
    started = monotonic()
    with locked(store):
        before = current(store) if add else None
        given = {(one.format, one.name) for one in new}
        old = [one for one in before.inputs if (one.format, one.name) not in given] if before else []
        inputs = tuple(dict.fromkeys((*old, *new)))
        loaded, tallies = _load(store, inputs, embedded=embedded)
        errors = [one for one in loaded.problems if one.level == "error"]
        if errors and not keep_going:
            listed = "\n".join(f"  {one.place}: {one.message}" for one in errors[:_SHOWN])
            more = f"\n  … and {len(errors) - _SHOWN} more" if len(errors) > _SHOWN else ""
            raise BuildError(
                f"{len(errors)} records cannot be read; nothing was published:\n{listed}{more}\n"
                "Mend them, or leave them out with --keep-going (the release's report will name them)."
            )
        log(f"read {len(loaded.acts):,} acts and {len(loaded.stories)} press items")
        lines = list(_lines(loaded, registry()))
        lines += describe.statements(lines)
        manifest = {
            "embedded": embedded_digest() if embedded else None,
            "inputs": [asdict(one) for one in inputs],
            "sources": [one.row() for _, one in sorted(tallies.items())],
        }
        log(f"loading and checking {len(lines):,} statements")
        release = publish(store, lines, manifest, loaded.problems, loaded.unknown, _check)
    log(f"release {release.id} is current ({monotonic() - started:.1f} s, {len(loaded.problems)} notes in its report)")
    return release


def _load(store: Path, inputs: Iterable[Input], *, embedded: bool) -> tuple[Loaded, dict[str, Tally]]:
    loaded = Loaded()
    tallies: dict[str, Tally] = {}
    sources: list[tuple[str, Source]] = []
    if embedded:
        cases = sorted(curated_reader.CASES.glob("*.toml"))
        sources += [("curated", Source("curated", path)) for path in cases]
        sources += [("press", Source("press", path)) for path in sorted(press.ITEMS.glob("*.toml"))]
    for one in inputs:
        kept = store / "inputs" / one.stored
        sources.append((one.format, Source(one.format, kept, _retrieved(one.retrieved))))
    names = {store / "inputs" / one.stored: one.name for one in inputs}
    for format_, source in tqdm(sources, desc="reading", unit=" files", disable=None, delay=1, leave=False):
        part = _read(format_, source, names.get(source.path))
        name = "rdf" if format_ in rdf.FORMATS else format_
        tallies.setdefault(name, Tally(name)).add(part)
        loaded.extend(part)
    loaded.acts, notices = resolve(loaded.acts)
    loaded.problems += notices
    loaded.acts.sort(key=lambda act: (act.type, act.id, act.document.name))
    _unique(loaded)
    return loaded, tallies


def _read(format_: str, source: Source, name: str | None) -> Loaded:
    if name:  # messages and identifiers speak of the user's file, not of our copy of it
        source.bytes()
        source.path = Path(name)
    loaded = Loaded()
    if format_ == "cms":
        loaded.acts += tqdm(cms_reader.load(source), desc="tracker", unit=" rows", disable=None, delay=1, leave=False)
    elif format_ == "curated":
        loaded.acts += curated_reader.load(source)
    elif format_ == "press":
        loaded.stories += press.load(source)
    elif format_ == "news":
        loaded.stories += news_reader.load(source)
    else:
        key = file_key(source.path.name)
        content = source.bytes()
        document = Document("file", key, "file", source.path.name, retrieved=source.retrieved, digest=source.digest)
        loaded.files.append((document, list(rdf.quads(source.path, content, document.name, format_, guest=True))))
    loaded.problems += source.problems
    loaded.unknown += [
        UnknownName(kind, name_, format_, count) for (kind, name_), count in sorted(source.unknown.items())
    ]
    return loaded


def file_key(name: str) -> str:
    """Return the key of a user's RDF file: its graph is doc_file_<key>."""
    return slug(name)


def _retrieved(value: str | None) -> date | datetime | None:
    if value is None:
        return None
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


def _unique(loaded: Loaded) -> None:
    """Refuse two documents under one name, and a decision and a ruling under one: their measures would mix."""
    types = {act.id: act for act in loaded.acts}
    for act in loaded.acts:
        if act.type != types[act.id].type:
            raise SourceError(
                f"{act.document.place} and {types[act.id].document.place}: {act.id!r} names a decision and a ruling; "
                "give one of them another id"
            )
    seen: dict[str, str] = {}
    records: list[Act | Story] = [*loaded.acts, *loaded.stories]
    for document in (*(one.document for one in records), *(one for one, _ in loaded.files)):
        if document.name in seen:
            raise SourceError(
                f"{document.place or document.title}: {document.name} was already read from {seen[document.name]}; "
                "give each document once"
            )
        seen[document.name] = document.place or document.title


def _lines(loaded: Loaded, names: Registry) -> Iterator[str]:
    for act in loaded.acts:
        yield from triples.act(act, names, iri("graph", act.document.name))
        yield from triples.document(act.document)
    for story in loaded.stories:
        yield from triples.story(story, names, iri("graph", story.document.name))
        yield from triples.story(story, names, None)
        yield from triples.document(story.document)
    for document, lines in loaded.files:
        yield from lines
        yield from triples.document(document)
    acts = consolidate.consolidate(loaded.acts)
    measures = consolidate.worths(acts)
    _named(loaded.stories, measures)
    for act in acts:
        yield from triples.act(act, names)
    yield from consolidate.derived(acts, measures, names)
    yield from match.statements(loaded.stories, measures, names)
    yield from payment.statements(loaded.stories, measures)
    yield from network.statements(network.regulators_and_organisations(acts, measures))
    yield from _reference(acts, names)
    yield from _ontology()


def _named(stories: Iterable[Story], measures: Iterable[consolidate.Worth]) -> None:
    """Refuse a claim whose measures, named by a person, are not on record or fall on somebody else."""
    targets = {one.name: one.measure.target for one in measures}
    for story in stories:
        for claim in story.claims:
            for name in claim.measures:
                if name not in targets:
                    raise BuildError(f"{story.document.place}: claim {claim.number}: no measure {name!r} is on record")
                if targets[name] not in {None, claim.about}:
                    raise BuildError(
                        f"{story.document.place}: claim {claim.number} is about {claim.about!r}, "
                        f"but {name} falls on {targets[name]!r}"
                    )


def _reference(acts: Sequence[Act], names: Registry) -> Iterator[str]:
    """Yield the reference data: all that the tables hold, and the organisations that only documents name."""
    for name in sorted(names.authorities):
        yield from triples.authority(name, names)
    for name in sorted(names.systems):
        yield from triples.system(name, names)
    for name in sorted(names.laws):
        yield from triples.law(name, names)
    for provision in _provisions(acts, names):
        yield from triples.provision(provision)
    for _, organisation in sorted(names.organisations.items()):
        yield from triples.organisation(organisation)
    unregistered = {who.org: who.name for act in acts for who in act.respondents if who.org not in names.organisations}
    for id_, name in sorted((id_, name) for id_, name in unregistered.items() if id_):
        yield from triples.organisation(Organisation(id_, " ".join(name.split())))


def _provisions(acts: Sequence[Act], names: Registry) -> Iterator[Provision]:
    """Yield the provisions of the tables and those that acts cite, each with what stands above it."""
    found = dict(names.provisions)
    for act in acts:
        for cited in (*act.provisions, *(one.basis for one in act.measures if one.basis)):
            step = cited
            while step not in names.laws and step not in found:
                found[step] = names.provision_of(step)
                step = found[step].parent
    for _, provision in sorted(found.items()):
        yield provision


def _ontology() -> Iterator[str]:
    for path in vocabulary.FILES:
        yield from rdf.quads(path, path.read_bytes(), "ontology")


def _check(store: ox.Store) -> None:
    known = _registered(registry())
    broken = validate(triple for triple in of_release(store) if triple.subject not in known)
    if broken:
        listed = "\n".join(f"  {one}" for one in broken[:_SHOWN])
        raise BuildError(f"the release breaks {len(broken)} shapes; nothing was published:\n{listed}")


def _registered(names: Registry) -> set[ox.NamedNode]:
    """Return the things of the reference tables: these are checked when the tables change, not at each build."""
    things: list[tuple[str, Iterable[str]]] = [
        ("org", names.organisations),
        ("law", names.laws),
        ("law", names.provisions),
        ("system", names.systems),
    ]
    iris = {iri(type_, id_) for type_, ids in things for id_ in ids}
    return {ox.NamedNode(one) for one in iris | {iri(one.type, one.id) for one in names.authorities.values()}}


def inputs_of(store: Path, arguments: Iterable[tuple[str, Path, str | None]]) -> list[Input]:
    """Keep copies of the named files in the store and return them as inputs.

    An argument is (format, file or folder, day of retrieval or None).
    """
    return [
        Input(format_, file.name, keep_input(store, file), retrieved)
        for format_, path, retrieved in arguments
        for file in files_of(format_, path)
    ]


def stale(store: Path) -> bool:
    """Tell whether the store has no release, or one of another embedded set or code."""
    release = current(store)
    return release is None or release.manifest["embedded"] != embedded_digest()
