"""Load every file of the real data beside the checkout in one build: `python -m tests.bench.everything`.

Records are counted here by other means than the loaders' and compared with their accounts: what a file holds is kept,
repeated, skipped with a reason, or left out with an error. Seconds and memory are of the build alone, in a
process of its own (the largest resident size of it and of its helpers).
"""

import csv
import json
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

from graph.release import Release, current
from loaders import build
from tests.conftest import REAL

SECONDS, MIB = 90, 1024
HEADLINES = """
file.rest_in_last = true
source = { name = "slashdot", kind = "report", publisher = "Slashdot" }
columns = { published = "Date", headline = "Article" }
formats.dates = "%Y%m%d"
"""
LAWS = """
file.repair = "mac_roman"
source = { name = "gpi", kind = "law", publisher = "gpi-corpus" }
formats.not_stated = ["[None]", "[Not Applicable]"]
[columns]
title = "Key Law Original Title"
english_title = "Key Law English Translated Title"
jurisdiction = "Jurisidction Name"
year = "This Law Promulgated"
url = ["Document Source: Original", "Document Source: English"]
[values.jurisdiction]
"Phillippines" = "PH"
"Korea, South" = "KR"
"East Timor" = "TL"
"""
COMPANIES = """
[source]
name = "datenanfragen"
kind = "organisation"
publisher = "Datenanfragen.de"
licence = "https://creativecommons.org/publicdomain/zero/1.0/"
[columns]
key = "slug"
name = "name"
homepage = "web"
url = "sources"
[ignore]
columns = ["runs", "relevant-countries", "categories", "address", "quality"]
"""


def _csv(path: Path, header: int = 1) -> int:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for row in csv.reader(file) if any(row)) - header


def _lines(path: Path) -> int:
    return sum(1 for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def _keys(*names: str) -> Callable[[Path], int]:
    """Return a counter of what stands under the names of a JSON file, one in the other."""

    def count(path: Path) -> int:
        value = json.loads(path.read_text(encoding="utf-8"))
        for name in names:
            value = value[name]
        return len(value)

    return count


def _incidents(path: Path) -> int:
    sets = json.loads(path.read_text(encoding="utf-8")).get("datasets")
    return sum(len(one["records"]) for one in sets.values()) if sets else _keys(path.stem)(path)


def _one(_: Path) -> int:
    return 1


@dataclass(frozen=True, slots=True)
class Data:
    """Files of one source: format, pattern below the data, day of retrieval, and what counts their records."""

    format: str
    pattern: str
    day: str
    count: Callable[[Path], int]
    account: str = ""
    mapping: str = ""

    @property
    def name(self) -> str:
        """The name of the source in the release's account."""
        return self.account or self.format


ALL = (
    Data("cms", "cms_enforcement_tracker/data4_2024-03-07.json", "2024-03-07", _keys("data")),
    Data("cms", "cms_enforcement_tracker/cleaned_2022_busera.csv", "2022-01-31", _csv),
    Data("gdprhub", "gdprhub/infobox_extract_2025-08-30.jsonl", "2025-08-30", _lines),
    Data("gdprhub", "gdprhub/html_sample/*.html", "2025-08-30", _one),
    Data("gdprhub", "gdprhub/submit_api_sample_2024-03.json", "2024-03-07", _keys("rows")),
    Data("gdprhub", "gdprhub/submit_export_2024-03-07.csv", "2024-03-07", _csv),
    Data("regulators", "national_dpa/*.jsonl", "2026-05-02", _lines),
    Data("ai_incident_law", "ai_incident_law/*.json", "2026-08-20", _incidents),
    Data("aiaaic", "aiaaic/*.csv", "2026-06-09", lambda path: _csv(path, header=3)),
    Data("aiid", "aiid/*.csv", "2025-03-28", _csv),
    Data("gwu", "gwu_ai_litigation/*.csv", "2025-04-13", _csv),
    Data("cascade", "news/capture_cascade_events/*.md", "2025-11-21", _one),
    Data("news", "news/slashdot-2023-05-10-clearview.txt", "2023-05-11", _one),
    Data("news", "news/dev_pages/*.txt", "2026-08-01", _one),
    Data("mapped", "news/slashdot/headlines_2005-2017.csv", "2025-01-01", _csv, "slashdot", HEADLINES),
    Data("mapped", "reference/privacy_laws_gpi/privacy_laws.csv", "2025-01-14", _csv, "gpi", LAWS),
    Data("mapped", "reference/datenanfragen/companies.jsonl", "2026-07-21", _lines, "datenanfragen", COMPANIES),
    Data("ttl", "reference/dpv_legal/*.ttl", "2026-02-28", _one, "rdf"),
)


def arguments(folder: Path) -> Iterator[tuple[str, Path, str]]:
    """Yield what to build; a mapping is written into the folder, beside the path of the list that it maps."""
    for data in ALL:
        for path in sorted(REAL.glob(data.pattern)):
            if data.mapping:
                mapping = folder / f"{data.name}.toml"
                mapping.write_text(f"file.path = '{path}'\n{data.mapping}", encoding="utf-8")
                yield data.format, mapping, data.day
            else:
                yield data.format, path, data.day


def make(folder: Path) -> None:
    """Build everything in a store in the folder."""
    store = folder / "store"
    build.build(store, build.inputs_of(store, arguments(folder)), keep_going=True)


def _resident(process: int) -> int:
    """Return the KiB that a process and all below it hold, what they share counted once."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:  # it has just ended
        return 0
    own = next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)
    return own + sum(map(_resident, map(int, children)))


def main() -> None:
    """Build, then print what each source held and became, seconds and memory."""
    if not REAL.exists():
        sys.exit("the real data sets are not beside the checkout")
    with tempfile.TemporaryDirectory() as name:
        folder, most, started = Path(name), 0, perf_counter()
        command = [sys.executable, "-m", "tests.bench.everything", "--build", name]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            while process.poll() is None:
                most = max(most, _resident(process.pid))
                sleep(0.1)
        seconds = perf_counter() - started
        alone = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        release = current(folder / "store")
        if process.returncode or release is None:
            sys.exit("the build failed; run it with --build FOLDER to see why")
        _account(release)
        print(f"{sum(release.manifest['counts'].values()):,} statements")
        print(f"{seconds:.1f} s, wanted: {SECONDS}")
        print(f"{alone / MIB:,.0f} MiB at most in the build, {most / MIB:,.0f} with its helpers, wanted: {MIB}")


def _account(release: Release) -> None:
    held: Counter[str] = Counter()
    for data in ALL:
        held[data.name] += sum(map(data.count, sorted(REAL.glob(data.pattern))))
    accounts = {one["source"]: one for one in release.manifest["sources"]}
    columns = (
        "decisions",
        "rulings",
        "matters",
        "press_items",
        "references",
        "rdf_files",
        "repeated",
        "skipped",
        "left_out",
    )
    print(f"{'source':<16} {'holds':>7} {'account':>8}  " + " ".join(f"{one:>11}" for one in columns))
    for name, count in sorted(held.items()):
        one = accounts[name]
        mark = "" if one["read"] == count else "  UNEXPLAINED"
        print(f"{name:<16} {count:>7,} {one['read']:>8,}  " + " ".join(f"{one[key]:>11,}" for key in columns) + mark)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--build"]:
        make(Path(sys.argv[2]))
    else:
        main()
