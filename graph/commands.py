"""The commands that only read: query, ask, export, sources, links, conflicts, names, coverage, changes, validate."""

import argparse
import json
import shutil
import sys
import unicodedata
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pyoxigraph as ox

from graph import agreement, questions, rdf, sparql
from graph import changes as differences
from graph.coverage import REASONS, counts
from graph.coverage import coverage as held
from graph.release import Release, ReleaseError, current
from graph.tables import written
from ontology.terms import PREFIXES, short

_WIDEST = 60


class InvalidInputError(Exception):
    """Files that break the shapes, or a query that cannot be read."""


def release(store: Path) -> Release:
    """Return the current release; raise ReleaseError where there is none."""
    found = current(store)
    if found is None:
        raise ReleaseError(f"{store} holds no release yet; run `finegraph build`")
    return found


def query(options: argparse.Namespace) -> None:
    """Answer a query given as text, as a file or on standard input."""
    _answer(_query_text(options.query), options)


def ask(options: argparse.Namespace) -> None:
    """Answer a competency question; without one, list them all."""
    if options.question is None:
        for one in questions.questions():
            parameters = "".join(f"\n      {p.name}={p.default}  {p.words}" for p in one.parameters)
            sys.stdout.write(f"{one.number:>4}  {one.title}\n      {one.question}{parameters}\n")
        return
    try:
        found = questions.find(options.question)
        text = found.filled(**dict(options.values))
    except (questions.UnknownQuestionError, questions.ParameterError) as error:
        raise InvalidInputError(str(error.args[0])) from error
    if options.show:
        sys.stdout.write(text)
        return
    sys.stderr.write(f"{found.question}\n" + (f"Note: {found.note}\n" if found.note else ""))
    _answer(text, options)


def _answer(text: str, options: argparse.Namespace) -> None:
    sparql.check(text)
    form = sparql.form(text)
    possible = ["table", *sparql.RESULTS] if form in {"SELECT", "ASK"} else [*sparql.GRAPHS]
    syntax = options.format or possible[0]
    if syntax not in possible:
        raise InvalidInputError(f"a {form} query is answered as {', '.join(possible)}, not {syntax}")
    store = release(options.store).open()
    if syntax == "table":
        _table(store, text)
    else:
        _, write = sparql.evaluate(store, sparql.Request(text, results=syntax, graph=syntax))
        write(sys.stdout.buffer)
        sys.stdout.buffer.flush()


def _query_text(argument: str) -> str:
    if argument == "-":
        return sys.stdin.read()
    path = Path(argument)
    if "{" not in argument and path.is_file():
        return path.read_text(encoding="utf-8")
    if "{" not in argument and argument.endswith((".rq", ".sparql")):
        raise InvalidInputError(f"{argument}: there is no such file")
    return argument


def _table(store: ox.Store, text: str) -> None:
    try:
        answer = store.query(text, prefixes=PREFIXES)
    except SyntaxError as error:
        raise sparql.refused(error) from error
    if not isinstance(answer, ox.QuerySolutions):
        sys.stdout.write("yes\n" if answer else "no\n")
        return
    names = [variable.value for variable in answer.variables]
    rows = [[_shown(solution[name]) for name in names] for solution in answer]
    widths = [min(_WIDEST, max(map(_width, column))) for column in zip(names, *rows, strict=True)]
    for row in (names, ["-" * width for width in widths], *rows):
        sys.stdout.write(
            "  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n"
        )
    sys.stderr.write(f"{len(rows):,} rows\n")


def _shown(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return short(term.value)
    return " ".join(term.value.split()) if isinstance(term, ox.Literal | ox.BlankNode) else ""


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def export(options: argparse.Namespace) -> None:
    """Write the consolidated record (ttl, nt, jsonld) or everything with its graphs (trig, nq)."""
    found = release(options.store)
    if options.output is None:
        _export(found, options.format, None)
        return
    target: Path = options.output
    if not target.parent.is_dir():
        raise InvalidInputError(f"{target.parent}: there is no such folder")
    partial = target.with_name(f".{target.name}.part")
    _export(found, options.format, partial)
    partial.replace(target)
    sys.stderr.write(f"{target}: {target.stat().st_size:,} bytes\n")


def _export(found: Release, syntax: str, target: Path | None) -> None:
    ready = {"ttl": "finegraph.ttl", "trig": "finegraph.trig", "nq": "finegraph.nq"}
    out = sys.stdout.buffer if target is None else target.open("wb")
    try:
        if syntax in ready:
            with (found.path / ready[syntax]).open("rb") as file:
                shutil.copyfileobj(file, out)
        else:
            quads = ox.parse(path=found.path / "finegraph.nq", format=ox.RdfFormat.N_QUADS)
            facts = (quad.triple for quad in quads if isinstance(quad.graph_name, ox.DefaultGraph))
            prefixes = PREFIXES if syntax == "jsonld" else None
            ox.serialize(facts, out, sparql.GRAPHS[syntax][0], prefixes=prefixes)
        out.flush()
    finally:
        if target is not None:
            out.close()


_ACCOUNT = (
    "read", "decisions", "rulings", "matters", "press_items", "references", "rdf_files", "repeated", "skipped",
    "left_out", "notices", "unknown_names",
)  # fmt: skip


def sources(options: argparse.Namespace) -> None:
    """Tell what the release read from each source: records, what became of them, the newest date, the licence."""
    accounts = release(options.store).manifest["sources"]
    if options.json:
        sys.stdout.write(json.dumps(accounts, ensure_ascii=False, indent=1) + "\n")
        return
    shown = [name for name in _ACCOUNT if any(one[name] for one in accounts)]
    head = ["source", *(name.replace("_", " ") for name in shown), "newest", "licence"]
    rows = [
        [one["source"], *(f"{one[name]:,}" for name in shown), one["newest"] or "", " ".join(one["licences"]) or "-"]
        for one in accounts
    ]
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        cells = [
            row[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(row[1:-1], widths[1:-1], strict=True)),
        ]
        sys.stdout.write("  ".join([*cells, row[-1]]).rstrip() + "\n")


def problems(options: argparse.Namespace) -> None:
    """Count what was left out or doubted, by source, level and field; or list each with its record and reason."""
    found = [one for one in release(options.store).problems if options.source in {None, one.source}]
    if options.json:
        sys.stdout.write(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1) + "\n")
        return
    if options.list:
        sys.stdout.writelines(f"{one.level:<7}  {one.place}: {one.message}\n" for one in found)
        return
    counts: Counter[tuple[str, str, str]] = Counter()
    for one in found:
        counts[one.source or "-", one.level, one.field or one.message.partition(":")[0]] += one.count
    for (source, level, about), count in sorted(counts.items(), key=lambda item: (item[0][:2], -item[1], item[0])):
        sys.stdout.write(f"{count:>8,}  {source:<16}  {level:<7}  {about}\n")
    sys.stderr.write(f"{sum(counts.values()):,} in the report; --list shows each\n")


def links(options: argparse.Namespace) -> None:
    """Print each act that several records speak of, the records, the rules that joined them and how sure."""
    found = list(agreement.linked(release(options.store).open(), every=options.all))
    if options.json:
        sys.stdout.write(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1) + "\n")
        return
    for one in found:
        sys.stdout.write(f"{one.act}  {one.title}\n")
        sys.stdout.writelines(f"    {record.tier:<9} {record.source} {record.record}\n" for record in one.records)
        sys.stdout.writelines(
            f"    {link.confidence:<9} {link.rule}: {link.one} = {link.other} ({link.evidence})\n" for link in one.links
        )
    sys.stderr.write(f"{len(found):,} acts, {sum(len(one.records) for one in found):,} records\n")


def conflicts(options: argparse.Namespace) -> None:
    """Print where the records of one act disagree: what each says, what was taken, what explains it."""
    found = [
        one
        for one in agreement.conflicts(release(options.store).open())
        if options.property in {None, one.property, one.property.removeprefix("fg:")}
        and not (options.unexplained and one.note)
    ]
    if options.json:
        sys.stdout.write(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1) + "\n")
        return
    for one in found:
        sys.stdout.write(f"{one.subject}  {one.property}{f'  ({one.note})' if one.note else ''}\n")
        sys.stdout.writelines(f"    {document}: {', '.join(values)}\n" for document, values in one.said)
        sys.stdout.write(f"    taken: {', '.join(one.taken) or 'nothing'}\n")
    counts = Counter(one.property for one in found)
    by_property = ", ".join(f"{count:,} {name}" for name, count in counts.most_common())
    sys.stderr.write(f"{len(found):,} conflicts{f': {by_property}' if found else ''}\n")


def names(options: argparse.Namespace) -> None:
    """List the names that the reference tables did not know, with how often each source gives them."""
    unknown = [one for one in release(options.store).unknown if options.kind in {None, one.kind}]
    if options.json:
        sys.stdout.write(json.dumps([asdict(one) for one in unknown], ensure_ascii=False, indent=1) + "\n")
        return
    for one in unknown:
        sys.stdout.write(f"{one.count:>6}  {one.kind:<12}  {one.source:<8}  {one.name}\n")
    sys.stderr.write(f"{len(unknown):,} names in no reference table (ontology/reference/)\n")


def validate(options: argparse.Namespace) -> None:
    """Check files, or the current release, against the shapes; raise InvalidInputError where one is broken."""
    from graph import validate as checking  # noqa: PLC0415 - a second that other commands need not wait for

    faults = []
    if not options.files:
        broken = checking.validate(checking.of_release(release(options.store).open()))
        faults += [f"release: {one}" for one in broken]
    for path in options.files:
        try:
            faults += [f"{path}{f':{one.line}' if one.line else ''}: {one}" for one in checking.validate_file(path)]
        except rdf.RdfError as error:
            faults.append(str(error))
    if options.json:
        sys.stdout.write(json.dumps({"conforms": not faults, "faults": faults}, ensure_ascii=False, indent=1) + "\n")
    if faults:
        raise InvalidInputError(f"{len(faults)} fault{'s' if len(faults) > 1 else ''}:\n" + "\n".join(faults))
    if options.json:
        return
    what = ", ".join(map(str, options.files)) or "the release"
    sys.stdout.write(f"{what}: conforms to the shapes\n")


def coverage(options: argparse.Namespace) -> None:
    """Print how many acts are held by authority and year, and what is known to be missing; or counts by one axis."""
    if options.by:
        table = counts(release(options.store).open(), options.by)
        lines = (f"{count:>6,}  {value}" for value, count in table.items())
        sys.stdout.write((json.dumps(table, indent=1) if options.json else "\n".join(lines)) + "\n")
        return
    found = [
        one
        for one in held(release(options.store).open())
        if options.authority in {None, one.authority, one.jurisdiction, one.jurisdiction.lower()}
    ]
    if options.json:
        sys.stdout.write(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1) + "\n")
        return
    for one in found:
        years = ", ".join(f"{year or 'no year'} {count}" for year, count in one.years.items())
        sys.stdout.write(f"{one.authority}  {one.name}: {one.acts:,}{f' ({years})' if years else ''}\n")
        sys.stdout.writelines(
            f"    missing{f' {gap.year}' if gap.year else ''}: {gap.matter} ({REASONS[gap.why]})\n"
            for gap in one.missing
        )
    acts, places = sum(one.acts for one in found), {one.jurisdiction.partition("-")[0] for one in found if one.acts}
    gaps = sum(len(one.missing) for one in found)
    sys.stderr.write(f"{acts:,} acts of {len(found):,} authorities in {len(places)} jurisdictions; {gaps} known gaps\n")


def changes(options: argparse.Namespace) -> None:
    """Print what changed from one release's N-Quads or TriG to another's, or to the current release."""
    newer = options.new or release(options.store).path / "finegraph.nq"
    for path in (options.old, newer):
        if not path.is_file():
            raise InvalidInputError(f"{path}: there is no such file")
    found = list(differences.changes(differences.of_file(options.old), differences.of_file(newer)))
    if options.format == "csv":
        sys.stdout.buffer.write(written(differences.lines(found)))
        sys.stdout.buffer.flush()
    else:
        for one in found:
            what = f"{one.old or '(nothing)'} -> {one.new or '(nothing)'}"
            sys.stdout.write(f"{one.subject}  {one.property}: {what}  [{one.source}]\n")
    sys.stderr.write(f"{len(found):,} changes\n")
