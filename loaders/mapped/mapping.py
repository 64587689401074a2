"""The user's TOML file as a checked Mapping. The README of this folder is its reference."""

import codecs
import datetime as dt
import re
from collections.abc import Mapping as Table
from dataclasses import dataclass
from pathlib import PurePath

from loaders.formats import formats
from loaders.mapped.settings import Settings, nearest
from ontology import places
from ontology.dates import Date, DateError
from ontology.lookup import lookup
from ontology.records import TIERS
from ontology.registry import registry
from ontology.terms import CURRENCIES, GROUP_OF, PREFIXES
from ontology.vocabulary import concepts, foreign

FACTS = {
    "decision": (
        "key", "authority", "country", "respondent", "decided", "published", "kind", "amount", "currency", "docket",
        "ecli", "provisions", "law", "sector", "title", "summary", "url", "official_url",
    ),
    "report": ("key", "headline", "text", "published", "url"),
    "organisation": (
        "key", "name", "other_names", "jurisdiction", "homepage", "lei", "wikidata", "parent", "sector", "url",
    ),
    "law": ("key", "title", "english_title", "jurisdiction", "year", "url"),
}  # fmt: skip
"""The facts that each kind of table may give."""
_NEEDED = {"decision": "authority", "report": "headline", "organisation": "name", "law": "title"}
LISTS = ("respondent", "kind", "provisions", "sector", "official_url", "other_names")
"""The facts of which a cell may hold several, told apart by the list separator."""
_FORMATS = {
    ".csv": "csv", ".txt": "csv", ".tsv": "tsv", ".tab": "tsv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".xlsx": "xlsx", ".xlsm": "xlsx",
}  # fmt: skip
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,14}")
_TAKEN = frozenset(("rdf", "file", "news"))
Column = str | int
"""A column by its name, or by its place from 1."""


@dataclass(frozen=True, slots=True)
class File:
    """How the data file is to be read.

    `skip` counts the lines above the header (above the data, where there is none); `names` are the columns
    that the mapping names because the file does not. With `rest_in_last` nothing is quoted, and the last
    column is the rest of the line.
    """

    path: str
    format: str
    encoding: str
    repair: str
    delimiter: str
    header: bool
    names: tuple[str, ...]
    skip: int
    sheet: str
    records: str
    rest_in_last: bool


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a TOML file says of a table: where it is from, how to read it, and which column gives which fact.

    `vouched` says that every respondent is an organisation.
    """

    path: str
    name: str
    kind: str
    publisher: str
    licence: str
    homepage: str
    tier: str
    language: str
    retrieved: dt.date | None
    file: File
    columns: Table[str, tuple[Column, ...]]
    defaults: Table[str, str]
    values: Table[str, Table[str, str]]
    dates: tuple[str, ...]
    decimal: str
    separators: Table[str, str]
    not_stated: frozenset[str]
    vouched: bool
    persons: frozenset[str]
    undisclosed: frozenset[str]
    ignored: tuple[Column, ...]


def parse(path: str, text: str) -> Mapping:
    """Read a mapping; raise SourceError naming file, key and cure for whatever is wrong in it."""
    top = Settings.parse(path, text)
    source = top.table("source")
    kind = source.choice("kind", tuple(FACTS), "decision")
    formats_, respondents, ignore = (top.table(name) for name in ("formats", "respondents", "ignore"))
    mapping = Mapping(
        path=path,
        name=_name(source),
        kind=kind,
        publisher=source.text("publisher"),
        licence=_address(source, "licence"),
        homepage=_address(source, "homepage"),
        tier=source.choice("tier", TIERS, "news" if kind == "report" else "file"),
        language=_language(source),
        retrieved=_retrieved(source),
        file=_file(top),
        columns=_columns(top.table("columns"), kind),
        defaults=_defaults(top.table("defaults"), kind),
        values=_values(top.table("values"), kind),
        dates=_dates(formats_),
        decimal=formats_.choice("decimal", (",", ".")),
        separators=_separators(formats_),
        not_stated=frozenset(map(fold, formats_.texts("not_stated"))),
        vouched=respondents.choice("organisations", ("all", "known"), "known") == "all",
        persons=frozenset(map(fold, respondents.texts("persons"))),
        undisclosed=frozenset(map(fold, respondents.texts("undisclosed"))),
        ignored=_list(ignore, "columns"),
    )
    for table in (source, formats_, respondents, ignore, top):
        table.done()
    _whole(mapping, top)
    return mapping


def fold(text: str) -> str:
    """Return a value as tables of values are compared: without case and doubled spaces."""
    return " ".join(text.split()).casefold()


def _name(source: Settings) -> str:
    name = source.text("name")
    if not name:
        source.fail(
            "name", 'is missing: give the table a short name, such as name = "dsk"; its documents are doc_dsk_…'
        )
    if not _NAME.fullmatch(name):
        source.fail("name", f"{name!r} is no short name: up to 15 small letters, digits and hyphens")
    if name in _TAKEN | formats().keys():
        source.fail("name", f"{name!r} is the name of a format; choose another")
    return name


def _address(source: Settings, key: str) -> str:
    value = source.text(key)
    if value and not value.startswith(("https://", "http://")):
        source.fail(key, f"{value!r} is no address: it must start with https://")
    return value


def _language(source: Settings) -> str:
    value = source.text("language")
    if value and not re.fullmatch(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", value):
        source.fail("language", f'{value!r} is no language tag; write "de", "en", "pt-BR"')
    return value


def _retrieved(source: Settings) -> dt.date | None:
    value = source.any("retrieved")
    if value is not None and (not isinstance(value, dt.date) or isinstance(value, dt.datetime)):
        source.fail("retrieved", f"{value!r} is no day; write retrieved = 2026-01-31, without quotation marks")
    return value


def _file(top: Settings) -> File:
    short = top.any("file")
    file = Settings(top.file, "file", {"path": short} if isinstance(short, str) else _as_table(top, short))
    path = file.text("path")
    if not path:
        file.fail("path", 'is missing: name the data file, such as path = "fines.csv", relative to this file')
    suffix = PurePath(path).suffix.lower()
    format_ = file.choice("format", tuple(dict.fromkeys(_FORMATS.values()))) or _FORMATS.get(suffix, "")
    if not format_:
        file.fail(
            "format", f"{suffix or 'no suffix'!r} says nothing; write format = {' or '.join(set(_FORMATS.values()))}"
        )
    delimiter = file.text("delimiter", "\t" if format_ == "tsv" else "")
    if len(delimiter) > 1:
        file.fail("delimiter", f'{delimiter!r} is more than one sign; write ";" or "," or "\\t"')
    header, names = _header(file)
    found = File(
        path, format_, _codec(file, "encoding"), _codec(file, "repair"), delimiter, header, names,
        skip=file.count("skip"), sheet=file.text("sheet"), records=file.text("records"),
        rest_in_last=file.flag("rest_in_last", default=False),
    )  # fmt: skip
    if found.rest_in_last and not header and not names:
        file.fail("rest_in_last", 'name the columns that there are: header = ["date", "headline"]')
    file.done()
    return found


def _header(file: Settings) -> tuple[bool, tuple[str, ...]]:
    value = file.any("header")
    if isinstance(value, list) and value and all(isinstance(one, str) and one for one in value):
        return False, tuple(value)
    if value not in (None, True, False):
        file.fail("header", f'{value!r} is neither true, false nor the names of the columns (["date", "headline"])')
    return value is not False, ()


def _as_table(top: Settings, value: object) -> dict[str, object]:
    if value is None:
        top.fail("file", 'is missing: write file = "fines.csv" at the top, or a table [file] with its path')
    if not isinstance(value, dict):
        top.fail("file", f'{value!r} is no path; write file = "fines.csv"')
    return value


def _codec(file: Settings, key: str) -> str:
    value = file.text(key)
    try:
        "".encode(value or "utf-8")
        codecs.lookup(value or "utf-8")
    except LookupError:
        file.fail(key, f'{value!r} is no encoding of text; write "utf-8", "cp1252", "mac_roman"')
    return value


def _columns(columns: Settings, kind: str) -> dict[str, tuple[Column, ...]]:
    found = {fact: _list(columns, fact) for fact in FACTS[kind]}
    columns.done()
    return {fact: names for fact, names in found.items() if names}


def _list(table: Settings, key: str) -> tuple[Column, ...]:
    value = table.any(key)
    found = value if isinstance(value, list) else [] if value is None else [value]
    for one in found:
        if not isinstance(one, str | int) or isinstance(one, bool) or one == "" or (isinstance(one, int) and one < 1):
            table.fail(key, f"{one!r} is no column; give its name in quotation marks, or its number from 1")
    return tuple(found)


def _defaults(defaults: Settings, kind: str) -> dict[str, str]:
    facts = [fact for fact in FACTS[kind] if fact not in {"key", "amount"}]
    found = {fact: str(value) for fact in facts if (value := defaults.any(fact)) is not None}
    defaults.done()
    for fact, value in found.items():
        _known(defaults, fact, fact, value)
    return found


def _values(values: Settings, kind: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for fact in FACTS[kind]:
        if fact in {"key", "amount", "decided", "published"}:
            continue  # read as they stand
        table = values.table(fact)
        found[fact] = {fold(key): table.text(key) for key in table.keys}
        for key, value in found[fact].items():
            _known(table, key, fact, value)
    values.done()
    return {fact: table for fact, table in found.items() if table}


def _known(table: Settings, key: str, fact: str, value: str) -> None:
    """Refuse a value of a closed list that is none of it, while the user looks at the file and not at 3,000 rows."""
    known = {"kind": GROUP_OF, "currency": CURRENCIES, "sector": concepts("sector")}.get(fact)
    if known is not None and value and value not in known:
        table.fail(
            key, f"{value!r} is no {fact} that we know{nearest(value, known)}; one of {', '.join(sorted(known))}"
        )
    if fact == "law" and value not in registry().laws and lookup().law(value).id is None:
        table.fail(key, f'{lookup().law(value)}: name one law that we know, such as "GDPR" or "eu_gdpr"')
    if fact in {"decided", "published", "year"} and value:
        try:
            Date.parse(value, earliest=1)
        except DateError as error:
            table.fail(key, str(error))
    if fact in {"country", "jurisdiction"} and value and place(value) is None:
        table.fail(key, f'{value!r} is no country; write its code, such as "DE" (ISO 3166), or "EU"')


def place(text: str) -> str | None:
    """Return the code of a place (ISO 3166, EU) given by code or by name, None for what is neither.

    >>> place("DE"), place("de-be"), place("Deutschland"), place("UK"), place("Atlantis")
    ('DE', 'DE-BE', 'DE', 'GB', None)
    """
    code = text.strip().upper()
    return places.named(text) or (code if f"{PREFIXES['loc']}{code}" in foreign("dpv-loc") else None)


_EXCEL = (("yyyy", "%Y"), ("jjjj", "%Y"), ("aaaa", "%Y"), ("yy", "%y"), ("mm", "%m"), ("dd", "%d"), ("tt", "%d"))


def _dates(formats_: Settings) -> tuple[str, ...]:
    found = formats_.texts("dates")
    day = dt.date(2021, 3, 4)
    for one in found:
        try:
            read = dt.datetime.strptime(day.strftime(one), one)  # noqa: DTZ007 - a day, no time
        except ValueError:
            read = None
        if read is None or read.year != day.year:
            meant = one.lower()
            for words, directive in _EXCEL:
                meant = meant.replace(words, directive)
            cure = meant if "%y" in meant.lower() and "%" in meant and "%" not in one else "%d.%m.%Y"
            formats_.fail("dates", f'{one!r} is no format of a date; write "{cure}"')
    return found


def _separators(formats_: Settings) -> dict[str, str]:
    value = formats_.any("list_separator")
    if isinstance(value, dict):
        table = Settings(formats_.file, "formats.list_separator", value)
        found = dict.fromkeys(LISTS, ";") | {fact: table.text(fact, ";") for fact in LISTS}
        table.done()
        return found
    if value is not None and (not isinstance(value, str) or not value):
        formats_.fail("list_separator", f'{value!r} is no sign; write ";", or {{ provisions = ",", respondent = ";" }}')
    return dict.fromkeys(LISTS, value or ";")


def _whole(mapping: Mapping, top: Settings) -> None:
    """Refuse what each table alone cannot see."""
    needed = _NEEDED[mapping.kind]
    given = mapping.columns.keys() | mapping.defaults.keys()
    if needed not in given:
        top.fail("[columns]", f'no column gives the {needed}; write {needed} = "its column" (kind = "{mapping.kind}")')
    if "amount" in mapping.columns and "kind" not in given:
        top.fail("[defaults]", 'nothing says what the amount is; write kind = "administrative-fine", or map a column')
