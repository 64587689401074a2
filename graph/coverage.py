"""How much a release holds: acts by authority and year, and what is known to be missing."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from ontology import tables
from ontology.identifiers import split
from ontology.terms import PREFIXES

REASONS = {
    "open": "nothing was decided, as far as is known",
    "unconfirmed": "no source that confirms it could be read",
    "unnamed": "the authority names nobody",
    "unread": "not read yet",
}
"""Why a matter is known to be missing."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A matter that is known and not held; `year` is empty where it spans several."""

    authority: str
    year: str
    matter: str
    why: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is held of one authority or court: acts by year ("" where no day is known), and what is missing."""

    authority: str
    name: str
    jurisdiction: str
    years: Mapping[str, int]
    missing: tuple[Missing, ...]

    @property
    def acts(self) -> int:
        """How many acts are held."""
        return sum(self.years.values())


def missing() -> Iterator[Missing]:
    """Yield what is known to be missing; raise TableError for a reason that is none."""
    for place, row in tables.rows("missing"):
        if row["why"] not in REASONS:
            raise tables.TableError(f"{place}: {row['why']!r} is no reason; one of {', '.join(REASONS)}")
        yield Missing(row["authority"], row["year"], row["matter"], row["why"])


def coverage(store: ox.Store) -> list[Coverage]:
    """Return the coverage of each authority with an act or a known gap, sorted by its id."""
    answer = store.query(
        "SELECT ?who (SAMPLE(?label) AS ?name) (SAMPLE(?place) AS ?where) ?year (COUNT(DISTINCT ?act) AS ?count) {"
        " ?act fg:authority ?who . VALUES ?type { fg:Decision fg:CourtRuling } ?act a ?type ."
        ' ?who skos:prefLabel ?label FILTER(LANG(?label) = "en")'
        " OPTIONAL { ?who fg:jurisdiction ?place } OPTIONAL { ?act fg:year ?year } } GROUP BY ?who ?year",
        prefixes=PREFIXES,
    )
    assert isinstance(answer, ox.QuerySolutions)  # noqa: S101 - a SELECT
    years: defaultdict[str, Counter[str]] = defaultdict(Counter)
    told: dict[str, tuple[str, str]] = {}
    for row in answer:
        who = _local(row["who"])
        years[who][row["year"].value if row["year"] else ""] += int(row["count"].value)
        told[who] = (row["name"].value, _local(row["where"]))
    gaps: defaultdict[str, list[Missing]] = defaultdict(list)
    for one in missing():
        gaps[one.authority].append(one)
    return [
        Coverage(who, *told.get(who, (who, "")), dict(sorted(years[who].items())), tuple(gaps[who]))
        for who in sorted({*years, *gaps})
    ]


_COUNTED = {
    "jurisdiction": "?act fg:authority/fg:jurisdiction ?value",
    "kind": "?act fg:measure/fg:kind ?value",
    "technology": "?act fg:inCase/(fg:technology|fg:concernsSystem/fg:technology) ?value",
    "year": "?act fg:year ?value",
}
AXES = tuple(_COUNTED)
"""What acts can be counted by."""


def counts(store: ox.Store, axis: str) -> dict[str, int]:
    """Return how many acts there are of each jurisdiction (a country), kind of measure, technology or year.

    An act with several kinds or technologies counts for each of them.
    """
    answer = store.query(
        f"SELECT DISTINCT ?act ?value {{ {_COUNTED[axis]} . ?act a ?type"
        " FILTER(?type IN (fg:Decision, fg:CourtRuling)) }",
        prefixes=PREFIXES,
    )
    assert isinstance(answer, ox.QuerySolutions)  # noqa: S101 - a SELECT
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in answer:
        value = row["value"].value if isinstance(row["value"], ox.Literal) else _local(row["value"])
        found[value.partition("-")[0] if axis == "jurisdiction" else value].add(row["act"].value)
    return {value: len(acts) for value, acts in sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))}


def _local(term: object) -> str:
    value = str(getattr(term, "value", ""))
    found = split(value)
    return found[1] if found else value.rpartition("#")[2]
