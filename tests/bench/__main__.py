"""Measure the thin line: medians of repeated runs, as a table. `make bench`.

With the real data sets beside the checkout the tracker dump is built too; else the fixture is.
"""

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from graph.release import current
from graph.sparql import Request
from graph.workers import Pool
from tests.conftest import FIXTURES, REAL

RUNS = 5
QUERIES = {
    "one entity": "SELECT * { co:clearview-ai ?p ?o }",
    "fines of one company": "SELECT * { ?m fg:target co:clearview-ai ; fg:amountEUR ?eur }",
    "top regulators by sum": "SELECT ?r (SUM(?e) AS ?t) { ?a fg:authority ?r ; fg:payableEUR ?e } GROUP BY ?r",
    "by provision": "SELECT ?p (COUNT(*) AS ?n) { ?a a fg:Decision ; fg:foundViolationOf ?p } GROUP BY ?p",
}


def median(work: Callable[[], object]) -> float:
    """Return the median seconds of a piece of work."""
    times = []
    for _ in range(RUNS):
        started = perf_counter()
        work()
        times.append(perf_counter() - started)
    return statistics.median(times)


def finegraph(*arguments: str) -> Callable[[], object]:
    """Return a call of the command line in a process of its own."""
    return lambda: subprocess.run([sys.executable, "-m", "graph", *arguments], capture_output=True, check=True)


def main() -> None:
    """Print the table."""
    tracker = REAL / "cms_enforcement_tracker" / "data4_2024-03-07.json"
    dump = tracker if tracker.exists() else FIXTURES / "cms.json"
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder)
        python = median(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))
        rows = [("python starts", python), ("finegraph --help", median(finegraph("--help")))]
        rows.append(("build, embedded set", median(finegraph("build", "--store", folder))))
        rows.append((f"build, with {dump.name}", median(finegraph("build", f"cms={dump}", "--store", folder))))
        release = current(store)
        assert release is not None
        pool = Pool(release.path / "store", size=1)
        list(pool.answer(Request("ASK { ?s ?p ?o }")).chunks)
        for name, query in QUERIES.items():
            rows.append((f"query: {name}", median(lambda query=query: list(pool.answer(Request(query)).chunks))))  # type: ignore[misc]
        pool.close()
        print(f"statements: {sum(release.manifest['counts'].values()):,}; medians of {RUNS} runs")
        for name, seconds in rows:
            print(f"{name:45} {seconds * 1000:9.1f} ms  {seconds / python:8.2f} x python start")


if __name__ == "__main__":
    main()
