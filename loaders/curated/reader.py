"""The curated set: one YAML file a jurisdiction, a list of cases with their acts (`schema.py` has the form).

Each act is a document of its own (its first source is the official one). Facts of the case stand in the graph of its
first act. The README of this folder shows how to add a case.
"""

import contextlib
import functools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import jsonschema

from loaders.curated.lined import Lined, parse
from loaders.curated.schema import schema
from loaders.source import RecordError, Source, SourceError, config, day, money
from ontology.dates import Date, DateError
from ontology.records import Act, Case, Document, Measure, Problem, Respondent
from ontology.registry import RegistryError, texts

CASES = Path(__file__).parent / "cases"
Table = Mapping[str, Any]


@functools.cache
def settings() -> dict[str, Any]:
    """Return the loader's source.toml."""
    return config(str(Path(__file__).parent))


@functools.cache
def _validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema())


def load(source: Source) -> Iterator[Act]:
    """Yield the acts of a file, in file order; a case or act at fault is a problem that names its line."""
    file = parse(source)
    if not isinstance(file.value, list):
        raise SourceError(f"{source.path}: holds no list of cases; see the README of the curated set")
    faulty = _misshapen(source, file)
    for place, table in enumerate(file.value):
        if place in faulty:
            continue
        try:
            case = _case(source, table)
        except (RecordError, RegistryError, DateError) as error:
            _fault(source, file, (place,), str(error))
            continue
        rulings = {one["id"] for one in table["acts"] if one["type"] == "ruling"}
        for number, one in enumerate(table["acts"]):
            try:
                yield _Reading(source, case, table["respondents"], rulings).act(one, first=number == 0)
            except (RecordError, RegistryError, DateError) as error:
                _fault(source, file, (place, "acts", number), str(error))


def _misshapen(source: Source, file: Lined) -> set[int]:
    """Report what breaks the schema, each at its line; return the places of the cases that do."""
    found = set()
    for error in sorted(_validator().iter_errors(file.value), key=lambda one: [*map(str, one.absolute_path)]):
        best = jsonschema.exceptions.best_match([error]) or error
        _fault(source, file, tuple(best.absolute_path), _words(best))
        found.add(int(error.absolute_path[0]))
    return found


def _words(error: jsonschema.ValidationError) -> str:
    about = error.schema.get("description", "") if isinstance(error.schema, Mapping) else ""
    if error.validator == "pattern":
        return f"{error.instance!r} is not {about}"
    return f"{error.message}{f' ({about})' if about else ''}"


def _fault(source: Source, file: Lined, path: Sequence[str | int], words: str) -> None:
    place = f"{source.path}:{file.line(path)}"
    if name := _name(file.value, path):
        place += f": {name}"
    source.problems.append(Problem("error", place, words, source.name, name))


def _name(value: Any, path: Sequence[str | int]) -> str:  # noqa: ANN401 - any shape
    """Return the id of the act, else of the case, that a path leads through."""
    name = ""
    for end in (1, 3) if "acts" in path else (1,):  # a case, its acts, an act
        with contextlib.suppress(KeyError, IndexError, TypeError):
            found = functools.reduce(lambda at, step: at[step], path[:end], value)
            name = found.get("id", name) if isinstance(found, Mapping) else name
    return name


def _case(source: Source, table: Table) -> Case:
    case = Case(
        id=table["id"],
        title=texts(table["title"]),
        authority=_authority(source, table["authority"]),
        respondents=tuple(one.org or "" for one in _respondents(source, table["respondents"])),
        systems=tuple(table.get("systems", ())),
        complainants=tuple(_organisation(source, one) for one in table.get("complainants", ())),
        opened=_date(source, table, "opened"),
        status=table.get("status"),
        technologies=tuple(table.get("technologies", ())),
        purposes=tuple(table.get("purposes", ())),
        data=tuple(table.get("data", ())),
    )
    for name in case.systems:
        if name not in source.registry.systems:
            raise RecordError(f"{name!r} is no system of systems.csv; add it there")
    _ = [_respondents(source, one["respondents"]) for one in table["acts"] if "respondents" in one]
    return case


def _date(source: Source, table: Table, key: str) -> Date | None:
    return day(str(table[key]), key, source.latest) if key in table else None


def _authority(source: Source, name: str) -> str:
    if name not in source.registry.authorities:
        raise RecordError(f"{name!r} is no authority of authorities.csv; add it there")
    return name


def _organisation(source: Source, name: str) -> str:
    if name not in source.registry.organisations:
        raise RecordError(f"{name!r} is no organisation of organisations.csv; add it there")
    return name


def _respondents(source: Source, given: Sequence[str | Table]) -> tuple[Respondent, ...]:
    tables = [{"id": one} if isinstance(one, str) else one for one in given]
    return tuple(
        Respondent(
            source.registry.organisations[_organisation(source, one["id"])].name,
            "organisation",
            one["id"],
            one.get("role"),
        )
        for one in tables
    )


class _Reading:
    """The reading of one case's acts: `given` are its respondents, `rulings` the ids of those acts that are rulings."""

    def __init__(self, source: Source, case: Case, given: Sequence[str | Table], rulings: set[str]) -> None:
        self._source = source
        self._case = case
        self._given = given
        self._rulings = rulings

    def act(self, table: Table, *, first: bool) -> Act:
        """Read one act; the first of a case carries the facts of the case."""
        source, case = self._source, self._case
        respondents = _respondents(source, table.get("respondents", self._given))
        names = [one.org or "" for one in respondents]
        return Act(
            id=table["id"],
            document=self._document(table),
            type=table["type"],
            authority=_authority(source, table.get("court") or table.get("authority") or case.authority),
            respondents=respondents,
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
            measures=tuple(
                _measure(source, one, number, names) for number, one in enumerate(table.get("measures", ()), 1)
            ),
            case=case if first else Case(case.id, case.title, case.authority),
            follows=self._named(table.get("follows")),
            reviews=self._named(table.get("reviews")),
            outcome=table.get("outcome"),
            leaves=table.get("leaves"),
            summary=texts(table["summary"]),
        )

    def _named(self, name: str | None) -> str | None:
        return f"ruling:{name}" if name in self._rulings else name

    def _document(self, table: Table) -> Document:
        sources = (*table["sources"], *(one["url"] for one in table.get("checks", ())))
        return Document(
            source="curated",
            key=table["id"],
            tier=table.get("tier", settings()["tier"]),
            title=texts(table["title"])[0][1],
            url=sources[0],
            more_urls=tuple(dict.fromkeys(sources[1:])),
            publisher=settings()["publisher"],
            licence=settings()["licence"],
            retrieved=settings()["retrieved"],
            digest=self._source.digest,
            review="unverified" if "unverified" in table else "reviewed" if "reviewed" in table else "machine",
            place=self._source.path.name,
            record=table["id"],
        )


def _measure(source: Source, table: Table, number: int, respondents: Sequence[str]) -> Measure:
    if ("amount" in table or "paid" in table) != ("currency" in table):
        raise RecordError(f"measure {number}: an amount and its currency go together")
    amount = money(str(table["amount"]), table["currency"]) if "amount" in table else None
    paid = money(str(table["paid"]), table["currency"]) if "paid" in table else None
    target = table.get("target") or (respondents[0] if len(respondents) == 1 else None)
    payment = table.get("payment")
    return Measure(
        number=number,
        kind=table["kind"],
        target=_organisation(source, target) if target else None,
        money=amount,
        paid=paid,
        payment=(payment["status"], day(payment["date"], "payment", source.latest)) if payment else None,
        per=table.get("per"),
        grace=table.get("grace"),
        start=_date(source, table, "start"),
        end=_date(source, table, "end"),
        secures=tuple(int(one) for one in table.get("secures", ())),
        liquidates=table.get("liquidates"),
        basis=table.get("basis"),
        note=texts(table.get("note", {})),
    )
