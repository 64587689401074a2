"""What the project knows by name: the reference data files and look-ups in them."""

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ontology.identifiers import PATTERN, slug
from ontology.records import Organisation, Texts

HERE = Path(__file__).parent / "reference"
_UNITS = {"art": "Article", "sec": "Section"}
_PROVISION = re.compile(r"(?P<number>[0-9]+[a-z]?(?:[.-][0-9a-z]+)*)(?P<rest>(?:\([0-9a-z]{1,4}\))*)", re.IGNORECASE)


class RegistryError(ValueError):
    """Reference data that contradicts itself, or a name that it does not know."""


@dataclass(frozen=True, slots=True)
class Authority:
    """A regulator or a court."""

    id: str
    type: str
    name: Texts
    short: str | None
    jurisdiction: str
    homepage: str | None
    same_as: tuple[str, ...]
    aliases: tuple[str, ...]
    acronyms: tuple[str, ...]

    @property
    def label(self) -> str:
        """The shortest name that people use."""
        return self.short or self.name[0][1]


@dataclass(frozen=True, slots=True)
class Law:
    """A law whose provisions acts find breached."""

    id: str
    name: Texts
    short: str
    jurisdiction: str
    unit: str
    same_as: tuple[str, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision of a law; `parent` is the provision above it, or the law."""

    id: str
    law: str
    number: str
    label: str
    parent: str


@dataclass(frozen=True, slots=True)
class System:
    """An AI system or product."""

    id: str
    name: Texts
    provider: str | None
    capabilities: tuple[str, ...]
    technology: str | None
    ai_act: str | None


def fold(text: str) -> str:
    """Return the form in which names are compared: no case, accents, dots, commas or doubled spaces.

    >>> fold("Data Protection Authority of  Thüringen"), fold("Clearview AI, Inc.")
    ('data protection authority of thuringen', 'clearview ai inc')
    """
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ").replace("’", "'"))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.sub(r"[.,;:\"“”]", "", plain.casefold()).split())


def texts(value: str | Mapping[str, str], language: str = "en") -> Texts:
    """Return (language, text) pairs of a string or a table of strings."""
    pairs = {language: value} if isinstance(value, str) else value
    return tuple((tag, " ".join(text.split())) for tag, text in pairs.items())


class Registry:
    """All reference data, with look-ups by id and by name."""

    def __init__(self, folder: Path = HERE) -> None:
        self.folder = folder
        self.authorities = {
            id_: Authority(
                id_,
                type_,
                texts(row["name"]),
                row.get("short"),
                row["jurisdiction"],
                row.get("homepage"),
                tuple(row.get("same_as", ())),
                tuple(row.get("aliases", ())),
                tuple(row.get("acronyms", ())),
            )
            for type_, file in (("regulator", "regulators.toml"), ("court", "courts.toml"))
            for id_, row in self._read(file)
        }
        self.laws = {
            id_: Law(
                id_,
                texts(row["name"]),
                row["short"],
                row["jurisdiction"],
                row.get("unit", "art"),
                tuple(row.get("same_as", ())),
                tuple(row.get("aliases", ())),
            )
            for id_, row in self._read("laws.toml")
        }
        self.organisations = {
            id_: Organisation(
                id_, row["name"], row.get("jurisdiction"), tuple(row.get("aliases", ())), row.get("parent")
            )
            for id_, row in self._read("organisations.toml")
        }
        self.systems = {
            id_: System(
                id_,
                texts(row["name"]),
                row.get("provider"),
                tuple(row.get("capabilities", ())),
                row.get("technology"),
                row.get("ai_act"),
            )
            for id_, row in self._read("systems.toml")
        }
        self._organisation_names = self._index(
            (org.id, (org.name, *org.aliases)) for org in self.organisations.values()
        )
        self._authority_names = self._index(
            (a.id, (*(name for _, name in a.name), *a.aliases)) for a in self.authorities.values()
        )

    def _read(self, file: str) -> Iterator[tuple[str, dict[str, Any]]]:
        rows = tomllib.loads((self.folder / file).read_text(encoding="utf-8"))
        for id_, row in rows.items():
            if not PATTERN.fullmatch(id_):
                raise RegistryError(f"{file}: {id_!r} is not a local name")
            yield id_, row

    @staticmethod
    def _index(names: Iterator[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
        index: dict[str, str] = {}
        for id_, spellings in names:
            for spelling in spellings:
                if index.setdefault(fold(spelling), id_) != id_:
                    raise RegistryError(f"{spelling!r} names both {index[fold(spelling)]} and {id_}")
        return index

    def authority(self, name: str, country: str | None = None) -> Authority:
        """Return the authority of a name, or of an acronym in a country; raise RegistryError for others."""
        found = self.authorities.get(self._authority_names.get(fold(name), ""))
        if found is None and country is not None:
            acronyms = [
                authority
                for authority in self.authorities.values()
                if authority.jurisdiction == country
                and fold(name) in map(fold, (*authority.acronyms, authority.short or ""))
            ]
            found = acronyms[0] if len(acronyms) == 1 else None
        if found is None or (country is not None and found.jurisdiction not in {country, "EU"}):
            raise RegistryError(f"{name!r} is no known authority{f' of {country}' if country else ''}")
        return found

    def organisation(self, name: str) -> Organisation:
        """Return the registered organisation of a name, else a new one named by the slug of the name."""
        known = self._organisation_names.get(fold(name))
        if known is None:
            known = slug(name)
        return self.organisations.get(known) or Organisation(known, " ".join(name.split()))

    def provision(self, law: str, notation: str) -> Provision:
        """Return the provision of a law in common notation; raise RegistryError for what is none.

        >>> Registry().provision("eu_gdpr", "5(1)(a)").id
        'eu_gdpr_art-5_par-1_pnt-a'
        """
        match = _PROVISION.fullmatch(notation.replace(" ", ""))
        if law not in self.laws or match is None:
            raise RegistryError(f"{notation!r} of {law!r} is no provision; write 5(1)(a), and a law of laws.toml")
        entry = self.laws[law]
        number = match["number"].lower()
        if law == "eu_gdpr" and not (number.isdigit() and 1 <= int(number) <= 99):
            raise RegistryError(f"the GDPR has no article {number}")
        id_ = parent = f"{law}_{entry.unit}-{number.replace('.', '-')}"
        upper = law
        for level in re.findall(r"\(([0-9a-z]+)\)", match["rest"].lower()):
            upper, id_ = id_, f"{id_}_{'par' if level.isdigit() else 'pnt'}-{level}"
        label = f"{_UNITS[entry.unit]} {number}{match['rest'].lower()} {entry.short}"
        return Provision(id_, law, notation, label, upper if id_ != parent else law)

    def provision_of(self, id_: str) -> Provision:
        """Return the provision of a local name, with its label and what stands above it."""
        law = next((law for law in sorted(self.laws, key=len, reverse=True) if id_.startswith(f"{law}_")), None)
        if law is None:
            raise RegistryError(f"{id_!r} is no provision of a known law")
        first, *rest = id_.removeprefix(f"{law}_").split("_")
        number = first.partition("-")[2]
        return self.provision(law, number + "".join(f"({part.partition('-')[2]})" for part in rest))


@functools.cache
def registry() -> Registry:
    """Return the project's reference data, read once."""
    return Registry()
