"""Decisions that people looked at and found the same, or not the same: they override the rules.

`same.csv` here is the project's list; `finegraph build same=FILE` adds a user's own. A record is
named as its source and what the source calls it, or its key there, for example `cms ETid-777`.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from loaders.source import Source, SourceError

OURS = Path(__file__).parent / "same.csv"
FORMAT = "same"
COLUMNS = ["verdict", "one", "other", "why"]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Pairs of records, each as (source, record) names in sorted order, with the reason."""

    same: dict[tuple[str, str], str]
    different: dict[tuple[str, str], str]


def read(sources: Iterable[Source]) -> Verdicts:
    """Return the verdicts of files in order, later ones over earlier ones; raise SourceError with file and line."""
    found = Verdicts({}, {})
    for source in sources:
        rows = csv.DictReader(io.StringIO(source.text()))
        if rows.fieldnames != COLUMNS:
            raise SourceError(f"{source.path}:1: the columns are {rows.fieldnames}; write {','.join(COLUMNS)}")
        for row in rows:
            place = f"{source.path}:{rows.line_num}"
            if None in row or None in row.values():
                raise SourceError(f"{place}: {len(COLUMNS)} cells are wanted; put one that holds a comma in quotes")
            one, other = row["one"].strip(), row["other"].strip()
            if row["verdict"] not in {"same", "different"}:
                raise SourceError(f"{place}: {row['verdict']!r} is no verdict; write same or different")
            if " " not in one or " " not in other or one == other:
                raise SourceError(f"{place}: name two records, each as SOURCE RECORD, for example cms ETid-777")
            if not row["why"]:
                raise SourceError(f"{place}: the column why is empty; say what shows it")
            pair = (min(one, other), max(one, other))
            (found.different if row["verdict"] == "same" else found.same).pop(pair, None)
            (found.same if row["verdict"] == "same" else found.different)[pair] = row["why"]
    return found
