"""What people do with case files: check them, lay them out, see what confirms them."""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from graph.commands import InvalidInputError, release
from graph.confirm import Confirmed
from loaders.curated.checks import all_confirmed, tally
from loaders.curated.layout import laid_out
from loaders.curated.lined import parse
from loaders.curated.reader import CASES, load
from loaders.source import Source, SourceError


def files() -> list[Path]:
    """Return the files of the curated set, in order."""
    return sorted(CASES.glob("*.yaml"))


def faults(path: Path) -> Iterator[str]:
    """Yield what is wrong in a case file, as FILE:LINE: what and the cure."""
    source = Source("curated", path)
    try:
        acts = list(load(source))
    except SourceError as error:
        yield str(error)
        return
    yield from (f"{one.place}: {one.message}" for one in source.problems if one.level == "error")
    seen: set[str] = set()
    for act in acts:
        if act.id in seen:
            yield f"{path}: {act.id}: stands twice; an id names one act"
        seen.add(act.id)


def layout(options: argparse.Namespace) -> None:
    """Lay case files out; with `check` only tell which would change: these and faults raise InvalidInputError."""
    wrong = []
    for path in options.files or files():
        found = list(faults(path))
        wrong += found
        if found:
            continue
        before = path.read_text(encoding="utf-8")
        after = laid_out(before)
        if before == after:
            continue
        if options.check:
            wrong.append(f"{path}: is not laid out; run `finegraph format {path}`")
        else:
            path.write_text(after, encoding="utf-8")
            sys.stdout.write(f"{path}: laid out\n")
    if wrong:
        raise InvalidInputError("\n".join(wrong))


def confirm(options: argparse.Namespace) -> None:
    """List each curated act with what confirms or contradicts it: records of the release, and the files' checks."""
    tables = [act for path in files() for case in parse(Source("curated", path)).value for act in case["acts"]]
    found = list(all_confirmed(release(options.store).open(), tables))
    shown = [one for one in found if _wanted(one, options)]
    if options.json:
        rows = [{**asdict(one), "sources": sorted(one.sources)} for one in shown]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.writelines(line for one in shown for line in _lines(one))
    counts = tally(found)
    told = ", ".join(f"{counts[key]:,} by {key}" for key in ("0", "1", "2", "3+"))
    items = [item for one in found for item in one.found]
    contradicted = sum(len(item.contradicts) for item in items)
    unsettled = sum(len(item.contradicts) for item in items if not item.settled)
    sys.stderr.write(
        f"{len(found):,} acts; confirmed by so many sources: {told}; {counts['unverified']:,} unverified; "
        f"{contradicted:,} contradictions, {unsettled:,} of them not settled in the files\n"
    )


def _wanted(one: Confirmed, options: argparse.Namespace) -> bool:
    if options.contradicted:
        return any(item.contradicts for item in one.found)
    return not options.alone or not one.sources


def _lines(one: Confirmed) -> Iterator[str]:
    yield f"{one.act}  {one.title}{'  (unverified)' if one.review == 'unverified' else ''}\n"
    for item in one.found:
        yield f"    {item.source} {item.record}: {', '.join(item.confirms) or 'confirms nothing'}\n"
        for field, ours, theirs in item.contradicts:
            said = f"{theirs}, ours {ours}" if ours else theirs
            yield f"        {field}: {said}{f' ({item.settled})' if item.settled else ''}\n"
