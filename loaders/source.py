"""What every loader leans on: a source, its rows, and accessors that consume what they read.

An accessor takes its field off the row. What nobody took is reported, so no loader forgets a column
or meets a new one silently. Every error names file and place and says what would cure it.
"""

import datetime as dt
import hashlib
import json
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal, TypeVar

from loaders import values
from ontology.dates import Date, DateError, not_after
from ontology.identifiers import slug
from ontology.lookup import Lookup, lookup
from ontology.records import Money, Organisation, Problem
from ontology.registry import Authority, Registry, RegistryError, registry
from ontology.terms import CURRENCIES

T = TypeVar("T")
R = TypeVar("R", bound="Row")


class SourceError(Exception):
    """An input as a whole is at fault: the message names the file and the cure."""


class RecordError(ValueError):
    """One record is at fault; the source adds the place."""


class Skipped(Exception):  # noqa: N818 - no error: the record is whole
    """A record holds nothing that the graph takes (no act of an authority); the message says why."""


class Counted(Skipped):
    """As Skipped, for what most records of a source are: the problems tell how many there are, not each."""


@dataclass(slots=True)
class Source:
    """One input file of a known format. `data` is where the file that it names is kept (`Format.data`)."""

    name: str
    path: Path
    retrieved: dt.datetime | dt.date | None = None
    config: Mapping[str, Any] = field(default_factory=dict)
    registry: Registry = field(default_factory=registry)
    lookup: Lookup = field(default_factory=lookup)
    problems: list[Problem] = field(default_factory=list)
    unknown: Counter[tuple[Literal["authority", "organisation"], str]] = field(default_factory=Counter)
    digest: str = ""
    data: Path | None = None
    _content: bytes | None = None

    @property
    def latest(self) -> dt.date:
        """The last day that its records may speak of."""
        when = self.retrieved.date() if isinstance(self.retrieved, dt.datetime) else self.retrieved
        return not_after(when)

    def bytes(self) -> bytes:
        """Return the file's content; raise SourceError where it cannot be read."""
        if self._content is None:
            try:
                self._content = self.path.read_bytes()
            except OSError as error:
                raise SourceError(f"{self.path}: cannot be read ({error.strerror}); check the path") from error
            self.digest = hashlib.sha256(self._content).hexdigest()
        return self._content

    def text(self) -> str:
        """Return the file's content as strict UTF-8 text (a byte order mark is dropped)."""
        try:
            return self.bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = self.bytes()[: error.start].count(b"\n") + 1
            raise SourceError(f"{self.path}:{line}: not UTF-8 text; save the file as UTF-8") from error

    def json(self) -> Any:  # noqa: ANN401 - JSON has any shape
        """Return the parsed JSON; raise SourceError with line and column where it is broken."""
        try:
            return json.loads(self.text(), parse_constant=_no_constant)
        except json.JSONDecodeError as error:
            raise SourceError(
                f"{self.path}:{error.lineno}:{error.colno}: broken JSON ({error.msg}); "
                "the file may be cut off: fetch it again"
            ) from error

    def authority(self, name: str, place: str) -> Authority:
        """Return the one authority that a name means in a place (ISO 3166, EU; "" for anywhere).

        Raises RegistryError where it means none or several.
        """
        found = self.lookup.authority(name, place)
        if found.id is None:
            self.unknown["authority", name] += 1
            where = f" in {place}" if place else ""
            raise RegistryError(f"{found}{where}; add the spelling to authority_names.csv")
        return self.registry.authorities[found.id]

    def organisation(self, name: str) -> Organisation:
        """Return the registered organisation of a name; one that no table knows is named by its slug and counted."""
        found = self.called(name)
        if found.id not in self.registry.organisations:
            self.unknown["organisation", name] += 1
        return found

    def called(self, name: str) -> Organisation:
        """Return what `organisation` does, without counting a name that is only compared."""
        found = self.lookup.organisation(name)
        if found.id is not None:
            return self.registry.organisations[found.id]
        own = slug(name)
        while own in self.registry.organisations:  # an id of the tables names the organisation of its row, no other
            own = f"{own}-2"
        return Organisation(own, " ".join(name.split()))

    def notice(self, place: str, message: str, record: str = "", field: str = "", value: str = "") -> None:
        """Report something that was not understood in a record that is kept."""
        at = f"{self.path.name}: {place}" if place else self.path.name
        self.problems.append(Problem("notice", at, message, self.name, record, field, value))

    def each(self, rows: Iterable[R], read: Callable[["Source", R], T]) -> Iterator[T]:
        """Yield what `read` makes of each row.

        A row at fault becomes an error in the problems, one that holds no act (Skipped) is counted with its reason.
        """
        counted: Counter[str] = Counter()
        for row in rows:
            try:
                yield read(self, row)
            except Counted as reason:
                counted[str(reason)] += 1
            except Skipped as reason:
                at = f"{self.path.name}: {row.place}"
                self.problems.append(Problem("skipped", at, str(reason), self.name, row.record))
            except (RecordError, DateError, RegistryError) as error:
                at = f"{self.path}: {row.place}"
                self.problems.append(Problem("error", at, str(error), self.name, row.record))
        for words, count in sorted(counted.items()):
            self.problems.append(Problem("skipped", self.path.name, words, self.name, count=count))

    def doubt(self, row: "Row", name: str, value: str, reason: str) -> None:
        """Report a value of a kept record that was left out, or read with a doubt."""
        self.notice(row.place, f"{name} {value!r}: {reason}", row.record, name, value)

    def when(self, row: "Row", name: str, formats: Iterable[str] = values.DAY_FIRST) -> Date | None:
        """Take a date off a row; None where it states none. One that cannot be read is reported and left out."""
        text = row.text(name)
        if not values.stated(text):
            return None
        try:
            found = values.date(text, self.latest, formats)
        except values.ValueFault as error:
            self.doubt(row, name, text, f"{error}; left out")
            return None
        if found.doubt:
            self.doubt(row, name, text, found.doubt)
        return found.date

    def sum(self, row: "Row", name: str, currency: str | None = None, decimal: str | None = None) -> values.Sum | None:
        """Take an amount off a row; None where it states none.

        Words without an exact number come back as words. What cannot be an amount is reported, its words are kept.
        """
        text = row.text(name)
        if not values.stated(text):
            return None
        try:
            found = values.amount(text, currency, decimal)
        except values.ValueFault as error:
            self.doubt(row, name, text, f"{error}; kept as words")
            return values.Sum(None, text)
        if found.doubt:
            self.doubt(row, name, text, found.doubt)
        return found


def _no_constant(name: str) -> float:
    raise SourceError(f"{name} is no JSON number; the file must be mended or fetched again")


def config(folder: str) -> dict[str, Any]:
    """Return the source.toml beside a loader."""
    return tomllib.loads((Path(folder) / "source.toml").read_text(encoding="utf-8"))


class Row:
    """The fields of one raw record, taken off one by one."""

    def __init__(self, fields: Mapping[str, str], place: str, latest: dt.date, record: str = "") -> None:
        self._fields = dict(fields)
        self.place = place
        self.record = record
        self._latest = latest

    def has(self, name: str) -> bool:
        """Tell whether the record has a field that nobody took yet."""
        return name in self._fields

    def ignore(self, *names: str) -> None:
        """Take fields off that the loader knows and has no use for."""
        for name in names:
            self._fields.pop(name, None)

    def text(self, name: str) -> str:
        """Take a field, stripped; raise RecordError where the record has none."""
        if name not in self._fields:
            raise RecordError(f"has no field {name!r}; it has {', '.join(self._fields) or 'none left'}")
        return self._fields.pop(name).strip()

    def lookup(self, name: str, table: Mapping[str, T]) -> T:
        """Take a field and return what a table says of its value."""
        value = self.text(name)
        if value not in table:
            raise RecordError(f"{name} is {value!r}, which source.toml does not know: add it there")
        return table[value]

    def date(self, name: str, unknown: frozenset[str] = frozenset()) -> Date | None:
        """Take a date; None where the source says it is unknown."""
        value = self.text(name)
        if value in unknown:
            return None
        return day(value, name, self._latest)

    def money(self, name: str, code: str, words: tuple[str, ...] = ()) -> Money | str:
        """Take an amount in whole units with thousands commas.

        A text that begins with one of `words` is given back: the source says so instead of a number.
        """
        value = self.text(name)
        digits = value.replace(",", "")
        if digits.isdecimal():
            return money(digits, code)
        if not value.startswith(words):
            raise RecordError(f"{name} is {value!r}: neither digits nor words that we know")
        return value

    def names(self, name: str, split: Callable[[str], list[str]]) -> list[str]:
        """Take the names in a field, told apart by the loader's rule; raise RecordError where there is none."""
        found = [" ".join(one.split()) for one in split(self.text(name))]
        if not any(found):
            raise RecordError(f"{name} is empty: the record names nobody")
        return found

    def leftovers(self) -> None:
        """Raise RecordError for fields that nobody took."""
        if self._fields:
            raise RecordError(f"has fields nobody reads: {', '.join(self._fields)}; read or ignore them in the loader")


def day(value: str, name: str, latest: dt.date) -> Date:
    """Return a date of a record; raise RecordError for one that lies in the future."""
    try:
        date = Date.parse(value)
    except DateError as error:
        raise RecordError(f"{name}: {error}") from error
    if date.first > latest:
        raise RecordError(f"{name} is {value}, which lies after {latest}: correct the date at its source")
    return date


def money(amount: str, code: str) -> Money:
    """Return an amount; raise RecordError for an unknown currency or a text that is no number.

    >>> money("20000000", "EUR")
    Money(amount=Decimal('20000000'), currency='EUR')
    """
    if code not in CURRENCIES:
        raise RecordError(f"{code!r} is no currency code we know (ISO 4217, such as EUR, GBP, HUF)")
    try:
        value = Decimal(amount)
    except InvalidOperation as error:
        raise RecordError(f"{amount!r} is no plain decimal number") from error
    if not value.is_finite() or value < 0:
        raise RecordError(f"{amount!r} cannot be an amount of money")
    return Money(value, code)
