"""What the project knows by name: the reference tables as typed records, by id.

Names are looked up in `ontology.lookup`; here an id gives its record, and a notation its provision.
"""

import functools
import re
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ontology import tables
from ontology.dates import Date, DateError
from ontology.identifiers import PATTERN
from ontology.records import Organisation, Spelling, Texts
from ontology.tables import TableError

_UNITS = {"art": "Article", "sec": "Section", "reg": "Regulation"}
_PROVISION = re.compile(r"(?P<number>[0-9]+[a-z]?(?:[.-][0-9a-z]+)*)(?P<rest>(?:\([0-9a-z]{1,4}\))*)", re.IGNORECASE)
_ROLES = {
    "authority": ("name", "alias", "acronym", "former", "description"),
    "organisation": ("alias", "former", "product", "description"),
    "law": ("name", "alias", "acronym"),
    "system": ("name", "alias", "former"),
}


class RegistryError(ValueError):
    """A name or a provision that the reference data does not know."""


@dataclass(frozen=True, slots=True)
class Authority:
    """A regulator or a court. `general` marks the data protection authority that a place's name stands for."""

    id: str
    type: str
    spellings: tuple[Spelling, ...]
    short: str
    jurisdiction: str
    region: str
    homepage: str
    general: bool
    same_as: tuple[str, ...]
    replaces: tuple[str, ...]
    founded: Date | None
    dissolved: Date | None
    sources: tuple[str, ...]

    @property
    def name(self) -> Texts:
        """Its official name by language, English first."""
        return _names(self.spellings)

    @property
    def label(self) -> str:
        """The shortest name that people use."""
        return self.short or self.name[0][1]


@dataclass(frozen=True, slots=True)
class Law:
    """A law whose provisions acts find breached.

    `unit` is what it counts in: art, sec or reg. `listed` says what of it provisions.csv holds: `all` its
    provisions, all its `articles` (sections), or some of them.
    """

    id: str
    spellings: tuple[Spelling, ...]
    short: str
    jurisdiction: str
    region: str
    unit: str
    listed: str
    url: str
    same_as: tuple[str, ...]
    replaces: tuple[str, ...]
    since: Date | None
    until: Date | None
    sources: tuple[str, ...]

    @property
    def name(self) -> Texts:
        """Its official name by language, English first."""
        return _names(self.spellings)


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision of a law; `parent` is the provision above it, or the law. `title` is its heading."""

    id: str
    law: str
    number: str
    label: str
    parent: str
    title: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class System:
    """An AI system or product."""

    id: str
    spellings: tuple[Spelling, ...]
    provider: str
    technology: str
    purposes: tuple[str, ...]
    data: tuple[str, ...]
    capabilities: tuple[str, ...]
    ai_act: str
    homepage: str
    same_as: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def name(self) -> Texts:
        """Its name by language, English first."""
        return _names(self.spellings)


def _names(spellings: tuple[Spelling, ...]) -> Texts:
    names = [(one.language, one.text) for one in spellings if one.role == "name"]
    return tuple(sorted(names, key=lambda pair: (pair[0] != "en", pair)))


def texts(value: str | Mapping[str, str], language: str = "en") -> Texts:
    """Return (language, text) pairs of a string or a table of strings."""
    pairs = {language: value} if isinstance(value, str) else value
    return tuple((tag, " ".join(text.split())) for tag, text in pairs.items())


class Registry:
    """All reference data, by id; raises TableError (file and line) where the tables contradict themselves."""

    def __init__(self, folder: Path = tables.HERE) -> None:
        self._folder = folder
        self.sources = {row["key"]: row for _, row in tables.rows("sources", folder)}
        names = {type_: self._spellings(type_) for type_ in _ROLES}
        self.authorities = {row["id"]: self._authority(row, names["authority"]) for row in self._rows("authorities")}
        self.laws = {row["id"]: self._law(row, names["law"]) for row in self._rows("laws")}
        self.organisations = {
            row["id"]: self._organisation(row, names["organisation"]) for row in self._rows("organisations")
        }
        self.systems = {row["id"]: self._system(row, names["system"]) for row in self._rows("systems")}
        self.provisions: dict[str, Provision] = {}
        self._provisions()
        self._check(names)

    def _rows(self, table: str) -> Iterator[dict[str, str]]:
        seen = set()
        for place, row in tables.rows(table, self._folder):
            if not PATTERN.fullmatch(row["id"]):
                raise TableError(f"{place}: {row['id']!r} is not a local name ([a-z0-9][a-z0-9_-]{{0,79}})")
            if row["id"] in seen:
                raise TableError(f"{place}: {row['id']!r} was given above; an id names one thing")
            seen.add(row["id"])
            self._source(place, row)
            for key in ("from", "until"):
                try:
                    _date(row.get(key, ""))
                except DateError as error:
                    raise TableError(f"{place}: {key}: {error}") from error
            yield row

    def _spellings(self, type_: str) -> dict[str, tuple[Spelling, ...]]:
        found: defaultdict[str, list[Spelling]] = defaultdict(list)
        table = f"{type_}_names"
        for place, row in tables.rows(table, self._folder):
            if row["role"] not in _ROLES[type_]:
                raise TableError(f"{place}: {row['role']!r} is no role; one of {', '.join(_ROLES[type_])}")
            if not row["name"].strip():
                raise TableError(f"{place}: the name is empty")
            self._source(place, row)
            found[row["id"]].append(Spelling(row["name"], row["role"], row["language"]))
        return {id_: tuple(spellings) for id_, spellings in found.items()}

    def _source(self, place: str, row: Mapping[str, str]) -> None:
        for one in row["source"].split() or [""]:
            if not one.startswith(("https://", "http://")) and one not in self.sources:
                raise TableError(f"{place}: source {one!r} is neither an address nor a key of sources.csv")

    def addresses(self, sources: str) -> tuple[str, ...]:
        """Return the addresses of a source cell: its own, and those of its keys."""
        return tuple(dict.fromkeys(self.sources[one]["url"] if one in self.sources else one for one in sources.split()))

    def _authority(self, row: Mapping[str, str], names: Mapping[str, tuple[Spelling, ...]]) -> Authority:
        return Authority(
            row["id"],
            row["type"],
            names.get(row["id"], ()),
            row["short"],
            row["jurisdiction"],
            row["region"],
            row["homepage"],
            row["general"] == "yes",
            (*row["dpv"].split(), *_wikidata(row)),
            tuple(row["replaces"].split()),
            _date(row["from"]),
            _date(row["until"]),
            self.addresses(row["source"]),
        )

    def _law(self, row: Mapping[str, str], names: Mapping[str, tuple[Spelling, ...]]) -> Law:
        return Law(
            row["id"],
            names.get(row["id"], ()),
            row["short"],
            row["jurisdiction"],
            row["region"],
            row["unit"],
            row["listed"],
            row["url"],
            (*row["dpv"].split(), *row["eli"].split()),
            tuple(row["replaces"].split()),
            _date(row["from"]),
            _date(row["until"]),
            self.addresses(row["source"]),
        )

    def _organisation(self, row: Mapping[str, str], names: Mapping[str, tuple[Spelling, ...]]) -> Organisation:
        return Organisation(
            row["id"],
            row["name"],
            row["jurisdiction"] or None,
            names.get(row["id"], ()),
            row["parent"] or None,
            row["region"],
            row["sector"],
            row["homepage"],
            row["lei"],
            _wikidata(row),
            tuple(row["replaces"].split()),
            self.addresses(row["source"]),
        )

    def _system(self, row: Mapping[str, str], names: Mapping[str, tuple[Spelling, ...]]) -> System:
        return System(
            row["id"],
            names.get(row["id"], ()),
            row["provider"],
            row["technology"],
            tuple(row["purposes"].split()),
            tuple(row["data"].split()),
            tuple(row["capabilities"].split()),
            row["ai_act"],
            row["homepage"],
            _wikidata(row),
            self.addresses(row["source"]),
        )

    def _provisions(self) -> None:
        for place, row in tables.rows("provisions", self._folder):
            self._source(place, row)
            if row["law"] not in self.laws:
                raise TableError(f"{place}: {row['law']!r} is no law of laws.csv")
            try:
                made = self._made(row["law"], row["notation"])
            except RegistryError as error:
                raise TableError(f"{place}: {error}") from error
            if made.id in self.provisions:
                raise TableError(f"{place}: {row['notation']} of {row['law']} was given above")
            self.provisions[made.id] = Provision(
                made.id, made.law, made.number, made.label, made.parent, row["title"], self.addresses(row["source"])
            )

    def _check(self, names: Mapping[str, Mapping[str, tuple[Spelling, ...]]]) -> None:
        """Hold every reference from one row to another, and the English names."""
        for table, id_, other, known in self._references(names):
            if other not in known:
                raise TableError(f"{table}.csv: {id_} points at {other!r}, which no row describes")
        named: list[Authority | Law | System] = [*self.authorities.values(), *self.laws.values()]
        for record in (*named, *self.systems.values()):
            if not record.name or record.name[0][0] != "en":
                raise TableError(f"{type(record).__name__.lower()}_names.csv: {record.id} has no English name")

    def _references(
        self, names: Mapping[str, Mapping[str, tuple[Spelling, ...]]]
    ) -> Iterator[tuple[str, str, str, Container[str]]]:
        """Yield (table, row, the row that it points at, where that must be)."""
        yield from (("authority_names", id_, id_, self.authorities) for id_ in names["authority"])
        yield from (("organisation_names", id_, id_, self.organisations) for id_ in names["organisation"])
        yield from (("law_names", id_, id_, self.laws) for id_ in names["law"])
        yield from (("system_names", id_, id_, self.systems) for id_ in names["system"])
        for authority in self.authorities.values():
            yield from (("authorities", authority.id, old, self.authorities) for old in authority.replaces)
        for law in self.laws.values():
            yield from (("laws", law.id, old, self.laws) for old in law.replaces)
        for org in self.organisations.values():
            others = (*org.replaces, *([org.parent] if org.parent else []))
            yield from (("organisations", org.id, other, self.organisations) for other in others)
        for system in self.systems.values():
            if system.provider:
                yield "systems", system.id, system.provider, self.organisations
        above = self.laws.keys() | self.provisions.keys()
        for provision in self.provisions.values():
            yield "provisions", provision.id, provision.parent, above

    def provision(self, law: str, notation: str) -> Provision:
        """Return the provision of a law in common notation; raise RegistryError for what the law does not have.

        >>> Registry().provision("eu_gdpr", "5(1)(a)").id
        'eu_gdpr_art-5_par-1_pnt-a'
        """
        made = self._made(law, notation)
        entry = self.laws[law]
        held = {"all": made.id, "articles": made.id.partition("_par-")[0].partition("_pnt-")[0]}.get(entry.listed)
        if held and held not in self.provisions:
            raise RegistryError(f"the {entry.short} has no {made.label.removesuffix(entry.short).strip().lower()}")
        return self.provisions.get(made.id, made)

    def _made(self, law: str, notation: str) -> Provision:
        match = _PROVISION.fullmatch(notation.replace(" ", ""))
        if law not in self.laws or match is None:
            raise RegistryError(f"{notation!r} of {law!r} is no provision; write 5(1)(a), and a law of laws.csv")
        entry = self.laws[law]
        number = match["number"].lower()
        id_ = parent = f"{law}_{entry.unit}-{number.replace('.', '-')}"
        upper = law
        for level in re.findall(r"\(([0-9a-z]+)\)", match["rest"].lower()):
            upper, id_ = id_, f"{id_}_{'par' if level[0].isdigit() else 'pnt'}-{level}"
        label = f"{_UNITS[entry.unit]} {number}{match['rest'].lower()} {entry.short}"
        return Provision(id_, law, notation, label, upper if id_ != parent else law)

    def provision_of(self, id_: str) -> Provision:
        """Return the provision of a local name, with its label and what stands above it."""
        if id_ in self.provisions:
            return self.provisions[id_]
        law = next((law for law in sorted(self.laws, key=len, reverse=True) if id_.startswith(f"{law}_")), None)
        if law is None:
            raise RegistryError(f"{id_!r} is no provision of a known law")
        first, *rest = id_.removeprefix(f"{law}_").split("_")
        number = first.partition("-")[2]
        made = self.provision(law, number + "".join(f"({part.partition('-')[2]})" for part in rest))
        if made.id != id_:
            raise RegistryError(f"{id_!r} is not how a provision is named; {made.label} is {made.id!r}")
        return made


def _date(text: str) -> Date | None:
    return Date.parse(text, earliest=1) if text else None


def _wikidata(row: Mapping[str, str]) -> tuple[str, ...]:
    return (f"http://www.wikidata.org/entity/{row['wikidata']}",) if row["wikidata"] else ()


@functools.cache
def registry() -> Registry:
    """Return the project's reference data, read once."""
    return Registry()
