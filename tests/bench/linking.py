"""Link the real records of one act and tell how well: `python -m tests.bench.linking [--splink]`.

The tracker and GDPRhub are read from the real data beside the checkout. What people read of the links is in
`read-links.csv`: two records, each as its source and its key there, and the verdict; `none` is on a row of the
tracker of which GDPRhub has no page. `--splink` measures a trained model beside the rules.
"""

import csv
import datetime as dt
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from loaders import build
from loaders.curated import reader as curated
from loaders.formats import formats
from loaders.report import Tally, once
from loaders.resolve import verdicts
from loaders.resolve.blocks import pairs
from loaders.resolve.clusters import resolve
from loaders.resolve.profile import profile
from loaders.source import Source
from ontology.records import Act, Link, Loaded, Problem
from ontology.registry import registry
from tests.conftest import REAL

FILES = (
    ("cms", REAL / "cms_enforcement_tracker" / "data4_2024-03-07.json", "2024-03-07"),
    ("gdprhub", REAL / "gdprhub" / "infobox_extract_2025-08-30.jsonl", "2025-08-30"),
    ("gdprhub", REAL / "gdprhub" / "submit_export_2024-03-07.csv", "2024-03-07"),
)
READ = Path(__file__).parent / "read-links.csv"
WANTED = 900
"""So many rows of the tracker at least are linked with GDPRhub."""

Names = frozenset[str]
"""Two records, each as its source and what the source calls it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a person found of two records: same, different or unsure; `none` of one record without another."""

    records: Names
    verdict: str


@dataclass(frozen=True, slots=True)
class Linked:
    """The outcome of a run of the rules."""

    acts: Sequence[Act]
    links: Sequence[Link]
    notices: Sequence[Problem]
    seconds: float


def name(act: Act) -> str:
    """Return what a record is called in `read-links.csv`: a title may stand over several, a key over one."""
    return f"{act.document.source} {act.document.key}"


def records() -> list[Act]:
    """Return the acts of our fact sheets, the tracker and GDPRhub, each document once, as a build does."""
    sources = [Source("curated", path) for path in sorted(curated.CASES.glob("*.toml"))]
    sources += [Source(format_, path, dt.date.fromisoformat(day)) for format_, path, day in FILES]
    loaded = Loaded()
    tallies = {source.name: Tally(source.name) for source in sources}
    for source in sources:
        loaded.extend(build.read(formats()[source.name], source))
    once(loaded, tallies)
    return loaded.acts


def linked(acts: Sequence[Act]) -> Linked:
    """Run the rules and the project's own verdicts."""
    started = perf_counter()
    found = resolve(acts, registry(), verdicts.read([Source("same", verdicts.OURS)]))
    return Linked(*found, perf_counter() - started)


def together(acts: Iterable[Act]) -> dict[str, tuple[str, str]]:
    """Return for each record the act that it was found to speak of: equal acts are linked."""
    return {name(act): (act.type, act.id) for act in acts}


def rows_linked(group: Mapping[str, object]) -> int:
    """Return how many rows of the tracker stand in a group with GDPRhub."""
    pages = {one for record, one in group.items() if record.startswith("gdprhub ")}
    return sum(one in pages for record, one in group.items() if record.startswith("cms "))


def readings() -> list[Reading]:
    """Return what people read."""
    with READ.open(encoding="utf-8", newline="") as file:
        return [
            Reading(frozenset(filter(None, (row["one"], row["other"]))), row["verdict"]) for row in csv.DictReader(file)
        ]


def compared(acts: Sequence[Act]) -> int:
    """Return how many pairs the rules are asked about."""
    successors = {old: one.id for one in registry().authorities.values() for old in one.replaces}
    return sum(1 for _ in pairs([profile(act) for act in acts], successors))


def growth(acts: Sequence[Act]) -> None:
    """Print the pairs of all records and of those of the first days: a register grows with time."""
    dated = sorted((act for act in acts if act.decided or act.published), key=_day)
    whole = compared(acts)
    print(f"pairs compared: {whole:,}, {whole / len(acts):.1f} for each record")
    full = compared(dated) / len(dated)
    for part in (2, 4):
        first = dated[: len(dated) // part]
        each = compared(first) / len(first)
        print(f"  the earliest 1/{part} of the dated records: {each:.1f} for each, {each / full:.2f} of that of all")


def _day(act: Act) -> tuple[dt.date, str]:
    when = act.decided or act.published
    return when.first if when else dt.date.min, act.document.name


def by_rule(found: Linked) -> None:
    """Print the links by what they join, rule and confidence, and what stayed apart."""
    sources = {act.document.name: act.document.source for act in found.acts}
    kinds: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for link in found.links:
        joined = " with ".join(sorted((sources[link.one], sources[link.other])))
        kinds[joined][f"{link.confidence:.2f}", link.rule] += 1
    for joined, rules in sorted(kinds.items()):
        print(f"links of {joined}: {rules.total():,}")
        for (confidence, rule), count in sorted(rules.items(), reverse=True):
            print(f"  {count:6,}  {confidence}  {rule}")
    print(f"kept apart, for another record fits as well: {len({one.record for one in found.notices})} records")


def judged(group: Mapping[str, object], read: Iterable[Reading]) -> str:
    """Return how links stand against what people read."""
    known = [one for one in read if one.records <= group.keys()]
    rows = Counter(one.verdict for one in known if len(one.records) == 2 and len({group[r] for r in one.records}) == 1)
    missed = sum(one.verdict == "same" for one in known) - rows["same"]
    pages = {one for record, one in group.items() if record.startswith("gdprhub ")}
    alone = [one for one in known if one.verdict == "none"]
    wrong = sum(group[record] in pages for one in alone for record in one.records)
    share = rows["same"] / (rows["same"] + rows["different"] or 1)
    return (
        f"{rows.total()} pairs that were read are linked: the same {rows['same']}, different {rows['different']}, "
        f"unsure {rows['unsure']} (precision {share:.1%}); the same, but not linked: {missed}; "
        f"linked of {len(alone)} rows without a page: {wrong}"
    )


def main() -> None:
    """Print all of it."""
    absent = [path for _, path, _ in FILES if not path.exists()]
    if absent:
        sys.exit(f"the real data are not here ({', '.join(map(str, absent))}): nothing to measure")
    acts = records()
    print(f"records: {dict(Counter(act.document.source for act in acts))}")
    growth(acts)
    found = linked(acts)
    group = together(found.acts)
    count = rows_linked(group)
    print(f"{found.seconds:.1f} s; {count:,} rows of the tracker are linked with GDPRhub (wanted: {WANTED})")
    by_rule(found)
    print(judged(group, readings()))


if __name__ == "__main__":
    main()
