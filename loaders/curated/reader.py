"""The curated set: one TOML file a case, one `[[act]]` table a decision or ruling.

Each act is a document of its own (its first source is the official one). Facts of the case stand in
the graph of its first act. The README of this folder shows the format.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from loaders.source import RecordError, Source, SourceError, config, day, money
from ontology.dates import Date, DateError
from ontology.identifiers import PATTERN
from ontology.records import TIERS, Act, Case, Document, Measure, Problem, Respondent
from ontology.registry import RegistryError, texts
from ontology.terms import GROUP_OF
from ontology.vocabulary import concepts

CASES = Path(__file__).parent / "cases"
_CASE_KEYS = frozenset(
    (
        "id",
        "title",
        "authority",
        "respondents",
        "systems",
        "complainants",
        "opened",
        "status",
        "technologies",
        "purposes",
        "data",
    )
)
_ACT_KEYS = frozenset(
    (
        "id", "type", "tier", "authority", "court", "respondents", "docket", "ecli", "title", "decided", "published",
        "breaches", "summary", "sources", "follows", "reviews", "outcome", "leaves", "measure",
    )
)  # fmt: skip
_MEASURE_KEYS = frozenset(
    (
        "kind", "amount", "currency", "target", "per", "grace", "secures", "liquidates", "basis", "start", "end",
        "paid", "note",
    )
)  # fmt: skip


@cache
def settings() -> dict[str, Any]:
    """Return the loader's source.toml."""
    return config(str(Path(__file__).parent))


def load(source: Source) -> Iterator[Act]:
    """Yield the acts of one case file, in file order."""
    try:
        data = tomllib.loads(source.text())
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{source.path}: broken TOML: {error}") from error
    if not isinstance(data.get("case"), dict) or not data.get("act"):
        raise SourceError(f"{source.path}: a case file has one [case] and at least one [[act]]")
    try:
        case = _case(source, data["case"])
    except (RecordError, RegistryError, DateError, KeyError) as error:
        raise SourceError(f"{source.path}: [case]: {_words(error)}") from error
    rulings = {one.get("id") for one in data["act"] if one.get("type") == "ruling"}
    for number, table in enumerate(data["act"]):
        try:
            yield load_act(source, table, case, rulings, first=number == 0)
        except (RecordError, RegistryError, DateError, KeyError) as error:
            place = f"{source.path}: act {table.get('id', number + 1)}"
            source.problems.append(Problem("error", place, _words(error)))


def _words(error: Exception) -> str:
    return f"lacks {error}" if isinstance(error, KeyError) else str(error)


def _known(table: Mapping[str, Any], keys: frozenset[str]) -> None:
    if unknown := table.keys() - keys:
        raise RecordError(f"has unknown keys: {', '.join(sorted(unknown))}")


def _date(source: Source, table: Mapping[str, Any], key: str) -> Date | None:
    return day(str(table[key]), key, source.latest) if key in table else None


def _case(source: Source, table: Mapping[str, Any]) -> Case:
    _known(table, _CASE_KEYS)
    case = Case(
        id=_id(table["id"]),
        title=texts(table["title"]),
        authority=_authority(source, table["authority"]),
        respondents=tuple(_organisation(source, one) for one in table.get("respondents", ())),
        systems=tuple(table.get("systems", ())),
        complainants=tuple(_organisation(source, one) for one in table.get("complainants", ())),
        opened=_date(source, table, "opened"),
        status=table.get("status"),
        technologies=_concepts("technology", table.get("technologies", ())),
        purposes=_concepts("purpose", table.get("purposes", ())),
        data=_concepts("data", table.get("data", ())),
    )
    for name in case.systems:
        if name not in source.registry.systems:
            raise RecordError(f"{name!r} is no system of systems.csv")
    return case


def _concepts(scheme: str, slugs: Iterable[str]) -> tuple[str, ...]:
    known = concepts(scheme)
    for slug in slugs:
        if slug not in known:
            raise RecordError(f"{slug!r} is no concept of the scheme {scheme}; one of {', '.join(sorted(known))}")
    return tuple(slugs)


def _id(value: str) -> str:
    if not PATTERN.fullmatch(value):
        raise RecordError(f"{value!r} is not a local name ([a-z0-9][a-z0-9_-]{{0,79}})")
    return value


def _authority(source: Source, name: str) -> str:
    if name not in source.registry.authorities:
        raise RecordError(f"{name!r} is no authority of authorities.csv")
    return name


def _organisation(source: Source, name: str) -> str:
    if name not in source.registry.organisations:
        raise RecordError(f"{name!r} is no organisation of organisations.csv")
    return name


def load_act(source: Source, table: Mapping[str, Any], case: Case, rulings: set[str | None], *, first: bool) -> Act:
    """Read one act; `rulings` are the ids of the file's rulings."""
    _known(table, _ACT_KEYS)
    sources = table["sources"]
    names = [_organisation(source, one) for one in table.get("respondents", case.respondents)]
    followed, reviewed = (
        f"ruling:{table[key]}" if table.get(key) in rulings else table.get(key) for key in ("follows", "reviews")
    )
    document = Document(
        source="curated",
        key=_id(table["id"]),
        tier=_tier(table),
        title=texts(table["title"])[0][1],
        url=sources[0],
        more_urls=tuple(sources[1:]),
        publisher=settings()["publisher"],
        licence=settings()["licence"],
        retrieved=settings()["retrieved"],
        digest=source.digest,
        place=source.path.name,
        record=table["id"],
    )
    return Act(
        id=table["id"],
        document=document,
        type=table["type"],
        authority=_authority(source, table.get("court") or table.get("authority") or case.authority),
        respondents=tuple(Respondent(source.registry.organisations[one].name, "organisation", one) for one in names),
        title=texts(table["title"]),
        docket=table.get("docket"),
        ecli=table.get("ecli"),
        decided=_date(source, table, "decided"),
        published=_date(source, table, "published"),
        provisions=tuple(
            source.registry.provision(law, notation).id
            for law, notations in table.get("breaches", {}).items()
            for notation in notations
        ),
        measures=tuple(_measure(source, one, number, names) for number, one in enumerate(table.get("measure", ()), 1)),
        case=case if first else Case(case.id, case.title, case.authority),
        follows=followed,
        reviews=reviewed,
        outcome=table.get("outcome"),
        leaves=table.get("leaves"),
        summary=texts(table.get("summary", {})),
    )


def _tier(table: Mapping[str, Any]) -> str:
    tier: str = table.get("tier", settings()["tier"])
    if tier not in TIERS:
        raise RecordError(f"{tier!r} is no tier; one of {', '.join(TIERS)}")
    return tier


def _measure(source: Source, table: Mapping[str, Any], number: int, respondents: list[str]) -> Measure:
    _known(table, _MEASURE_KEYS)
    if table["kind"] not in GROUP_OF:
        raise RecordError(f"measure {number}: {table['kind']!r} is no kind; one of {', '.join(GROUP_OF)}")
    amount = money(table["amount"], table["currency"]) if "amount" in table else None
    paid = money(table["paid"], table["currency"]) if "paid" in table else None
    target = table.get("target") or (respondents[0] if len(respondents) == 1 else None)
    return Measure(
        number=number,
        kind=table["kind"],
        target=_organisation(source, target) if target else None,
        money=amount,
        paid=paid,
        per=table.get("per"),
        grace=table.get("grace"),
        start=Date.parse(table["start"]) if "start" in table else None,
        end=Date.parse(table["end"]) if "end" in table else None,
        secures=tuple(table.get("secures", ())),
        liquidates=table.get("liquidates"),
        basis=table.get("basis"),
        note=texts(table.get("note", {})),
    )
