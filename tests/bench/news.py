"""How well and how fast news pages are read: `python -m tests.bench.news [SET…] [--errors]`.

Prints, for each set of annotated pages, precision and recall of what pages name and of whole events (`tests/scoring.py`
says when one is right), how sure the reader was of right and of wrong events, and pages per second of one core.
`--errors` lists what is wrong: never look at that of `held`, which would no longer measure anything.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from time import process_time

from tests.annotated import SETS, files, reading, readings
from tests.scoring import Score, score

_ROWS = ("regulators", "companies", "laws", "money", "events", "events without amount", "money kinds",
         "company and kind", "main subjects", "provisions")  # fmt: skip
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


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sets", nargs="*", default=[*SETS], help="sets to score; all unless told")
    parser.add_argument("--errors", action="store_true", help="list what is wrong")
    options = parser.parse_args()
    for name in options.sets:
        folder = SETS[name]
        if not folder.exists():
            sys.stdout.write(f"{name}: not on this machine\n\n")
            continue
        found = score(folder, readings(folder))
        lines = [*table(name, found), *reliability(found.confidences), speed(folder)]
        sys.stdout.write("\n".join([*(found.errors if options.errors else ()), *lines]) + "\n\n")


if __name__ == "__main__":
    main()
