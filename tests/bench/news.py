"""How well and how fast news pages are read: `python -m tests.bench.news [SET…] [--errors | --calibrate]`.

Prints, for each set of annotated pages, precision and recall of what pages name and of whole events (`tests/scoring.py`
says when one is right), how sure the reader was of right and of wrong events, and pages per second of one core.
`--errors` lists what is wrong: never look at that of `held`, which would no longer measure anything.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from time import process_time

from loaders.news import confidence
from loaders.news.confidence import MOST, points
from tests.annotated import SETS, files, parsed, reading, readings
from tests.scoring import Score, score

_ROWS = ("regulators", "companies", "laws", "money", "events", "events without amount", "money kinds",
         "company and kind", "main subjects", "provisions")  # fmt: skip
_DRAWN = 10
_BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


def table(name: str, found: Score) -> Iterator[str]:
    """Yield the lines of a set's table."""
    yield f"{name}: {found.pages} pages"
    yield f"{'':24}{'P':>7}{'R':>7}{'F1':>7}{'right':>8}{'wrong':>7}{'missed':>8}"
    for row in _ROWS:
        one = found.tallies[row]
        yield (f"  {row:22}{one.precision:7.3f}{one.recall:7.3f}{one.f1:7.3f}{one.right:8}{one.wrong:7}{one.missed:8}")
    yield f"  negatives with a false event: {len(found.false_negatives)} of {found.negatives}; leaks: {found.leaks}"


def reliability(confidences: Sequence[tuple[float, bool]]) -> Iterator[str]:
    """Yield, for each range of confidence, how sure the reader was on average and how often it was right."""
    yield f"  {'confidence':14}{'events':>7}{'said':>7}{'right':>7}"
    for low, high in pairwise(_BINS):
        inside = [one for one in confidences if low <= one[0] < high]
        if inside:
            said = sum(sure for sure, _ in inside) / len(inside)
            right = sum(well for _, well in inside) / len(inside)
            yield f"  {f'{low:.1f} to {min(high, 1):.1f}':14}{len(inside):7}{said:7.2f}{right:7.2f}"
    gap = sum((sure - well) ** 2 for sure, well in confidences) / max(1, len(confidences))
    yield f"  Brier score {gap:.3f} (0 is best; saying 0.5 always gives 0.250)"


def speed(folder: Path) -> str:
    """Return how many pages of a folder one core reads in a second, once everything is loaded."""
    paths = [path for _, path in files(folder)]
    started = process_time()
    for path in paths:
        reading(path)
    took = process_time() - started
    return f"  {len(paths) / took:.1f} pages a second of one core, {took / len(paths) * 1000:.0f} ms a page"


def calibrated() -> str:
    """Return `confidence.toml`: the shares of right events by points, on the held-out pages of odd numbers.

    Shares do not fall as points rise: neighbours that would are taken together. Few events say little: each share is
    drawn to that of all as if ten more events had it.
    """
    folder = SETS["held"]
    keys = [key for key, _ in files(folder)]
    found = score(folder, readings(folder), leave_out=[key for key in keys if int(key) % 2 == 0])
    events = {key: [one for one in parsed(path).events if one.scope == "in"] for key, path in files(folder)}
    right, all_ = Counter[int](), Counter[int]()
    for key, number, well in found.judged:
        own = points(events[key][number])
        all_[own] += 1
        right[own] += well
    overall = sum(right.values()) / sum(all_.values())
    groups: list[tuple[float, float, int]] = []
    for own in range(MOST + 1):
        groups.append((right[own] + _DRAWN * overall, all_[own] + _DRAWN, 1))
        while len(groups) > 1 and groups[-2][0] / groups[-2][1] >= groups[-1][0] / groups[-1][1]:
            last, before = groups.pop(), groups.pop()
            groups.append((before[0] + last[0], before[1] + last[1], before[2] + last[2]))
    shares = [well / many for well, many, size in groups for _ in range(size)]
    head = (
        "# The share of events with so many points that are right. Written by `python -m tests.bench.news --calibrate`."
    )
    return "\n".join([head, "", "[shares]", *(f"{own} = {share:.2f}" for own, share in enumerate(shares)), ""])


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sets", nargs="*", default=[*SETS], help="sets to score; all unless told")
    parser.add_argument("--errors", action="store_true", help="list what is wrong")
    parser.add_argument(
        "--calibrate", action="store_true", help="write how sure the reader is (half of the held-out pages)"
    )
    options = parser.parse_args()
    if options.calibrate:
        Path(str(confidence.__file__)).with_suffix(".toml").write_text(calibrated(), encoding="utf-8")
        return
    for name in options.sets:
        folder = SETS[name]
        if not folder.exists():
            sys.stdout.write(f"{name}: not on this machine\n\n")
            continue
        found = score(folder, readings(folder))
        shown = found
        if name == "held":  # half of it says how sure the reader is; the other half, whether it is rightly so
            shown = score(folder, readings(folder), leave_out=[key for key, _ in files(folder) if int(key) % 2])
        lines = [*table(name, found), *reliability(shown.confidences), speed(folder)]
        sys.stdout.write("\n".join([*(found.errors if options.errors else ()), *lines]) + "\n\n")


if __name__ == "__main__":
    main()
