"""From inputs to a release: read, resolve, consolidate, derive, measure, validate, publish."""

import hashlib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from time import monotonic
from typing import Literal

from tqdm import tqdm

import graph
import loaders
import ontology
from graph import belief, consolidate, describe, enrich, match, network, payment, rdf, triples
from graph.events import events
from graph.merge import groups, merge
from graph.release import Input, Release, current, keep_input, locked, publish
from graph.reported import reported
from graph.validate import Broken, checking, of_lines
from loaders.curated import reader as curated
from loaders.formats import Format, formats
from loaders.licence import only_open
from loaders.press import reader as press
from loaders.report import Tally, once
from loaders.resolve import verdicts
from loaders.resolve.cases import joined
from loaders.resolve.clusters import resolve
from loaders.source import Source, SourceError
from ontology import vocabulary
from ontology.identifiers import iri, slug
from ontology.records import Act, Document, Loaded, Matter, Organisation, Reference, Story, UnknownName
from ontology.registry import Provision, Registry, registry

_SHOWN = 20


class BuildError(Exception):
    """A build that was refused because of its input; nothing was published."""


def log(words: str) -> None:
    """Tell what is going on (standard error: standard output is for results)."""
    sys.stderr.write(f"{words}\n")


def guess(path: Path) -> str:
    """Return the format of a file to load by its suffix: pages are news, anything else is an RDF syntax."""
    suffix = path.suffix[1:].lower()
    pages = path.is_dir() or (suffix not in rdf.FORMATS and _has_suffix(path, formats()["news"].suffixes))
    return "news" if pages else suffix


def _has_suffix(path: Path, suffixes: Iterable[str]) -> bool:
    """Tell whether a file's name ends so; a suffix may have two dots."""
    return path.name.lower().endswith(tuple(suffixes))


def files_of(format_: str, path: Path) -> list[Path]:
    """Return the files that a source argument names; raise SourceError where there is none."""
    if path.is_dir():
        suffixes = formats()[format_].suffixes if format_ in formats() else frozenset()
        files = sorted(one for one in path.rglob("*") if one.is_file() and _has_suffix(one, suffixes))
        if not files:
            wanted = ", ".join(sorted(suffixes)) or "none: name a file"
            raise SourceError(f"{path} is a folder without files that {format_} reads ({wanted})")
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
            if path.suffix in {".py", ".toml", ".yaml", ".ttl", ".csv", ".txt", ".rq"}:
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def build(
    store: Path,
    new: Sequence[Input] = (),
    *,
    keep_going: bool = False,
    add: bool = False,
    embedded: bool = True,
    given_away: bool = False,
) -> Release:
    """Make a release of the embedded set and the inputs, and make it current.

    With `add` the current release's inputs come first. Records at fault refuse the release, unless
    `keep_going` leaves them out; either way each is named. With `given_away` only what is under an open
    licence is taken. Raises BuildError, SourceError.
    """
    started = monotonic()
    with locked(store):
        before = current(store) if add else None
        given = {(one.format, one.name) for one in new}
        old = [one for one in before.inputs if (one.format, one.name) not in given] if before else []
        inputs = tuple(dict.fromkeys((*old, *new)))
        loaded, tallies = _load(store, inputs, embedded=embedded, given_away=given_away)
        errors = [one for one in loaded.problems if one.level == "error"]
        if errors and not keep_going:
            listed = "\n".join(f"  {one.place}: {one.message}" for one in errors[:_SHOWN])
            more = f"\n  … and {len(errors) - _SHOWN} more" if len(errors) > _SHOWN else ""
            raise BuildError(
                f"{len(errors)} records cannot be read; nothing was published:\n{listed}{more}\n"
                "Mend them, or leave them out with --keep-going (the release's report will name them)."
            )
        log(f"read {len(loaded.acts):,} acts and {len(loaded.stories)} press items")
        lines = set(_lines(loaded, registry()))
        lines |= set(describe.statements(lines))
        manifest = {
            "embedded": embedded_digest() if embedded else None,
            "inputs": [asdict(one) for one in inputs],
            "sources": [one.row() for _, one in sorted(tallies.items())],
        }
        log(f"loading and checking {len(lines):,} statements")
        problems, unknown = loaded.problems, _counted(loaded.unknown)
        del loaded  # written: the records of a large build would only take memory from here on
        known = _registered(registry())
        judged = (one for one in of_lines(lines) if one[0] not in known)
        with checking(judged) as faults:  # goes on while the store is loaded
            release = publish(store, lines, manifest, problems, unknown, lambda: _refuse(faults()))
    log(f"release {release.id} is current ({monotonic() - started:.1f} s, {len(problems)} notes in its report)")
    return release


def _load(
    store: Path, inputs: Iterable[Input], *, embedded: bool, given_away: bool = False
) -> tuple[Loaded, dict[str, Tally]]:
    loaded = Loaded()
    tallies: dict[str, Tally] = {}
    sources: list[tuple[str, Source]] = []
    if embedded:
        sources += [("curated", Source("curated", path)) for path in sorted(curated.CASES.glob("*.yaml"))]
        sources += [("press", Source("press", path)) for path in sorted(press.ITEMS.glob("*.toml"))]
    judged = [Source("same", verdicts.OURS)]
    for one in inputs:
        source = Source(one.format, store / "inputs" / one.stored, _retrieved(one.retrieved))
        source.data = store / "inputs" / one.data if one.data else None
        source.bytes()
        source.path = Path(one.name)  # messages and identifiers speak of the user's file, not of our copy of it
        if one.format == verdicts.FORMAT:
            judged.append(source)
        else:
            sources.append((one.format, source))
    for format_, source in tqdm(sources, desc="reading", unit=" files", disable=None, delay=1, leave=False):
        part = _read_rdf(format_, source) if format_ in rdf.FORMATS else read(formats()[format_], source)
        if given_away:
            part = only_open(part, source)
        loaded.extend(part)
        tallies.setdefault(source.name, Tally(source.name)).add(part)
    once(loaded, tallies)
    loaded.acts, loaded.links, notices = resolve(loaded.acts, registry(), verdicts.read(judged))
    loaded.problems += notices
    loaded.acts.sort(key=lambda act: (act.type, act.id, act.document.name))
    return loaded, tallies


def read(format_: Format, source: Source) -> Loaded:
    """Return everything that a loader makes of one file."""
    loaded = Loaded()
    for record in tqdm(format_.load(source), desc=source.path.name, unit=" rows", disable=None, delay=1, leave=False):
        loaded.add(record)
    return _with_problems(loaded, source)


def _read_rdf(syntax: str, source: Source) -> Loaded:
    source.name = "rdf"
    document = Document(
        "file", file_key(source.path.name), "file", source.path.name, retrieved=source.retrieved, digest=source.digest
    )
    quads = list(rdf.quads(source.path, source.bytes(), document.name, syntax, guest=True))
    return _with_problems(Loaded(files=[(document, quads)]), source)


def _with_problems(loaded: Loaded, source: Source) -> Loaded:
    loaded.problems += source.problems
    loaded.unknown += [
        UnknownName(kind, name, source.name, count) for (kind, name), count in sorted(source.unknown.items())
    ]
    return loaded


def file_key(name: str) -> str:
    """Return the key of a user's RDF file: its graph is doc_file_<key>."""
    return slug(name)


def _retrieved(value: str | None) -> date | datetime | None:
    if value is None:
        return None
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


def _lines(loaded: Loaded, names: Registry) -> Iterator[str]:
    yield from _said(loaded, names)
    merged = [merge(ranked) for ranked in groups(_verified(loaded.acts))]
    for one in merged:
        yield from one.statements()
    acts = joined([one.act for one in merged], _verified(loaded.acts))
    measures = consolidate.worths(acts)
    _named(loaded.stories, measures)
    judged = match.judgements(loaded.stories, measures, names)
    yield from match.statements(judged)
    told_of = events(loaded.stories, names)
    standing = belief.standings(told_of, judged, measures)
    yield from belief.statements(told_of, standing)
    for told in reported(told_of, standing, judged, measures, names):
        yield from _document(told.act, names)
        yield from told.statements()
        acts.append(told.act)
        measures += consolidate.worths([told.act])
    for act in acts:
        yield from triples.act(act, names)
    yield from consolidate.derived(acts, measures, names)
    yield from payment.statements(loaded.stories, measures)
    yield from network.statements(network.regulators_and_organisations(acts, measures))
    yield from _reference(acts, loaded.matters, names, loaded.references)
    yield from _ontology()


def _verified(acts: Iterable[Act]) -> list[Act]:
    """Return the acts without those that nothing confirms yet: these stay in their own graphs."""
    return [act for act in acts if act.document.review != "unverified"]


def _said(loaded: Loaded, names: Registry) -> Iterator[str]:
    """Yield what each document says, and what the document is."""
    for act in loaded.acts:
        yield from _document(act, names)
    for link in loaded.links:
        yield from triples.link(link)
    for story in loaded.stories:
        yield from triples.story(story, names, iri("graph", story.document.name))
        yield from triples.story(story, names, None)
        yield from triples.document(story.document)
    for document, lines in loaded.files:
        yield from lines
        yield from triples.document(document)
    for matter in loaded.matters:
        yield from triples.matter(matter, names, iri("graph", matter.document.name))
        yield from triples.matter(matter, names)
        yield from triples.document(matter.document)
    for reference in loaded.references:
        yield from triples.reference(reference, iri("graph", reference.document.name))
    for document in dict.fromkeys(one.document for one in loaded.references):
        yield from triples.document(document)


def _document(act: Act, names: Registry) -> Iterator[str]:
    """Yield what one document says of an act, and what the document is."""
    yield from triples.act(act, names, iri("graph", act.document.name))
    yield from triples.document(act.document)
    yield from triples.record_of(act)


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


def _reference(
    acts: Sequence[Act], matters: Sequence[Matter], names: Registry, references: Iterable[Reference]
) -> Iterator[str]:
    """Yield the reference data: all that the tables hold, and the organisations that only documents name."""
    for name in sorted(names.authorities):
        yield from triples.authority(name, names)
    for name in sorted(names.systems):
        yield from triples.system(name, names)
    for name in sorted(names.laws):
        yield from triples.law(name, names)
    for provision in _provisions(acts, names):
        yield from triples.provision(provision)
    for organisation in enrich.organisations(names.organisations, references):
        yield from triples.organisation(organisation)
    named = [who for lists in (acts, matters) for one in lists for who in one.respondents]
    unregistered = {who.org: who.name for who in named if who.org not in names.organisations}
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


def _counted(unknown: Iterable[UnknownName]) -> list[UnknownName]:
    """Return each name of a source once, with its count over all files."""
    counts: Counter[tuple[Literal["authority", "organisation"], str, str]] = Counter()
    for one in unknown:
        counts[one.kind, one.name, one.source] += one.count
    return [UnknownName(*key, count) for key, count in sorted(counts.items())]


def _refuse(broken: Sequence[Broken]) -> None:
    if broken:
        listed = "\n".join(f"  {one}" for one in broken[:_SHOWN])
        raise BuildError(f"the release breaks {len(broken)} shapes; nothing was published:\n{listed}")


def _registered(names: Registry) -> set[str]:
    """Return the things of the reference tables: these are checked when the tables change, not at each build."""
    things: list[tuple[str, Iterable[str]]] = [
        ("org", names.organisations),
        ("law", names.laws),
        ("law", names.provisions),
        ("system", names.systems),
    ]
    iris = {iri(type_, id_) for type_, ids in things for id_ in ids}
    iris |= {iri(one.type, one.id) for one in names.authorities.values()}
    return {triples.ref(one) for one in iris}


def inputs_of(store: Path, arguments: Iterable[tuple[str, Path, str | None]]) -> list[Input]:
    """Keep copies of the named files in the store and return them as inputs.

    An argument is (format, file or folder, day of retrieval or None).
    """
    inputs = []
    for format_, path, retrieved in arguments:
        for file in files_of(format_, path):
            data = formats()[format_].data(file) if format_ in formats() else None
            kept = keep_input(store, data) if data else None
            inputs.append(Input(format_, file.name, keep_input(store, file), retrieved, kept))
    return inputs


def stale(store: Path) -> bool:
    """Tell whether the store has no release, or one of another embedded set or code."""
    release = current(store)
    return release is None or release.manifest["embedded"] != embedded_digest()
