"""Link the real records of one act and tell how well: `python -m tests.bench.linking [--splink]`.

The tracker and GDPRhub are read from the real data beside the checkout. What people read of the links is in
`read-links.csv`: two records, each as its source and its key there, and the verdict; `none` is on a row of the
tracker of which GDPRhub has no page. Its samples:

- `first`, `second`: drawn from the links; the second mostly from those of the weakest rules;
- `several pages`: every act to which two pages of one file of GDPRhub belong, unless listed twice;
- `model`: every link that a trained model makes (`--splink`) and the rules do not;
- `not linked`: drawn from the other rows of the tracker;
- `near misses`: pairs that agree on day and sum and are two acts.
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
"""Two records, each as its source and its key there."""

Id = tuple[str, str]
"""The type and id of an act."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a person found of two records: same, different or unsure; `none` of one record without another."""

    sample: str
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


def together(acts: Iterable[Act]) -> dict[str, Id]:
    """Return for each record the act that it was found to speak of: equal acts are linked."""
    return {name(act): (act.type, act.id) for act in acts}


def rows_linked(group: Mapping[str, Id]) -> int:
    """Return how many rows of the tracker stand in a group with GDPRhub."""
    pages = _pages(group)
    return sum(one in pages for record, one in group.items() if record.startswith("cms "))


def readings() -> list[Reading]:
    """Return what people read."""
    with READ.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [Reading(row["sample"], frozenset(filter(None, (row["one"], row["other"]))), row["verdict"]) for row in rows]


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


def judged(group: Mapping[str, Id], read: Sequence[Reading]) -> None:
    """Print of each sample which of the pairs that people read are linked."""
    pages = _pages(group)
    for sample in dict.fromkeys(one.sample for one in read):
        known = [one for one in read if one.sample == sample and one.records <= group.keys()]
        found = [one for one in known if _joined(one, group, pages)]
        read_as, linked_as = (Counter(one.verdict for one in ones) for ones in (known, found))
        parts = [f"{verdict} {linked_as[verdict]} of {count}" for verdict, count in sorted(read_as.items())]
        sure = linked_as["same"] + linked_as["different"]
        share = f" ({linked_as['same'] / sure:.1%} of these links are right)" if sure else ""
        print(f"  {sample}: linked of those that are {', '.join(parts)}{share}")


def _joined(one: Reading, group: Mapping[str, Id], pages: set[Id]) -> bool:
    ends = {group[record] for record in one.records}
    return ends <= pages if one.verdict == "none" else len(ends) == 1


def beside(acts: Sequence[Act], group: Mapping[str, Id], read: Sequence[Reading]) -> None:
    """Print what a trained model finds, and how that stands against the rules and what people read."""
    from tests.bench import trained  # noqa: PLC0415 - only where it is asked for

    model = trained.train(acts)
    again = trained.train(acts)
    print(f"splink: {model.compared:,} pairs, {model.seconds:.1f} s, {model.memory:.0f} MB at most; trained again, "
          f"probabilities differ by {trained.difference(model, again):.0e}")  # fmt: skip
    for comparison, level, weight in model.weights:
        print(f"  {weight:+6.1f}  {comparison}: {level[:80]}")
    by_rules = rows_linked(group)
    verdicts_ = {one.records: one.verdict for one in read}
    for threshold in trained.THRESHOLDS:
        chosen = trained.best(model.pairs, threshold)
        both = sum(group[row] == group[page] for row, page in chosen.items())
        others = [frozenset(pair) for pair in chosen.items() if group[pair[0]] != group[pair[1]]]
        print(f"at {threshold}: {len(chosen)} rows, {both} as the rules ({both / len(chosen):.1%} of its, "
              f"{both / by_rules:.1%} of theirs); others: "
              f"{dict(Counter(verdicts_.get(one, 'not read') for one in others))}")  # fmt: skip
        judged(trained.grouped(chosen, group), [one for one in read if one.sample in {"first", "not linked"}])


def _pages(group: Mapping[str, Id]) -> set[Id]:
    return {one for record, one in group.items() if record.startswith("gdprhub ")}


def main() -> None:
    """Print all of it."""
    absent = [path for _, path, _ in FILES if not path.exists()]
    if absent:
        print(f"the real data are not here ({', '.join(map(str, absent))}): nothing to measure")
        return
    acts = records()
    print(f"records: {dict(Counter(act.document.source for act in acts))}")
    growth(acts)
    found = linked(acts)
    group = together(found.acts)
    count = rows_linked(group)
    print(f"{found.seconds:.1f} s; {count:,} rows of the tracker are linked with GDPRhub (wanted: {WANTED})")
    by_rule(found)
    print("of the links that people read:")
    judged(group, readings())
    if "--splink" in sys.argv[1:]:
        beside(acts, group, readings())


if __name__ == "__main__":
    main()
