"""What one line of a table says, fact by fact: columns, tables of values and defaults applied."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from loaders import values
from loaders.mapped.mapping import LISTS, fold
from loaders.mapped.mapping import Mapping as Rules
from loaders.mapped.settings import nearest
from loaders.mapped.tables import Cell, Line, Table, words
from loaders.source import Source, SourceError
from ontology.dates import Date
from ontology.records import Money
from ontology.terms import CURRENCIES

_NAMING = frozenset(("respondent", "title", "summary"))
_LARGEST = 10**15  # in any currency: more is a mistake of the table


def resolve(rules: Rules, table: Table) -> Mapping[str, tuple[str, ...]]:
    """Return the columns of each fact by name; raise SourceError for one that the table does not have.

    A column of respondents or of free text may hold persons' names, so nothing else takes it up as it stands.
    """
    found = {
        fact: tuple(_column(rules, table, f"[columns] {fact}", one) for one in columns)
        for fact, columns in rules.columns.items()
    }
    texts = {column for fact in _NAMING & found.keys() for column in found[fact]}
    for fact in sorted(found.keys() - _NAMING) if rules.kind == "decision" and not rules.vouched else ():
        if both := texts & set(found[fact]):
            raise SourceError(
                f"{rules.path}: [columns] {fact}: {min(both)!r} may hold persons' names, as a column of respondents, "
                'titles or summaries; choose another, or set organisations = "all" in [respondents]'
            )
    return found


def unread(rules: Rules, table: Table) -> list[str]:
    """Return the columns that the mapping neither reads nor ignores; raise SourceError as `resolve`."""
    known = {name for columns in resolve(rules, table).values() for name in columns}
    known |= {_column(rules, table, "[ignore] columns", one) for one in rules.ignored}
    return [name for name in table.columns if name not in known]


def _column(rules: Rules, table: Table, key: str, column: str | int) -> str:
    if isinstance(column, int) and column <= len(table.columns):
        return table.columns[column - 1]
    folded = {" ".join(name.split()): name for name in table.columns}
    if isinstance(column, str) and " ".join(column.split()) in folded:
        return folded[" ".join(column.split())]
    near = nearest(column, table.columns) if isinstance(column, str) else ""
    shown = f"column {column!r}" if isinstance(column, str) else f"column number {column}"
    raise SourceError(f"{rules.path}: {key}: {rules.file.path} has no {shown}{near}; it has {', '.join(table.columns)}")


@dataclass(frozen=True, slots=True)
class Facts:
    """One line, read by a mapping; `columns` are those of each fact by name."""

    source: Source
    rules: Rules
    columns: Mapping[str, tuple[str, ...]]
    line: Line

    def one(self, fact: str) -> str:
        """Return what the first column that states a fact says, else the default, else ""."""
        return next(self._stated(fact), ("", self.rules.defaults.get(fact, "")))[1]

    def all(self, fact: str) -> list[str]:
        """Return everything that the columns of a fact say, else the default."""
        found = [text for _, text in self._stated(fact)]
        default = self.rules.defaults.get(fact)
        return list(dict.fromkeys(found)) or ([default] if default else [])

    def joined(self, fact: str) -> str:
        """Return what all columns of a fact say as one text."""
        return " ".join(text for _, text in self._stated(fact))

    def column(self, fact: str) -> str:
        """Return the name of the column that states a fact, for messages."""
        return next(self._stated(fact), (fact, ""))[0]

    def doubt(self, fact: str, value: str, reason: str) -> None:
        """Report a value that was left out."""
        self.source.doubt(self.line, self.column(fact), value, reason)

    def _stated(self, fact: str) -> Iterator[tuple[str, str]]:
        """Yield (column, text) of what is stated, by way of the fact's table of values."""
        table = self.rules.values.get(fact, {})
        for column, cell in self._cells(fact):
            whole = table.get(fold(words(cell)))
            for text in [whole] if whole is not None else self._parts(fact, cell):
                if meant := table.get(fold(text), text):
                    yield column, meant

    def _cells(self, fact: str) -> Iterator[tuple[str, Cell]]:
        for column in self.columns.get(fact, ()):
            cell = self.line.cells.get(column, "")
            text = words(cell)
            if _speaks(fact, text) and fold(text) not in self.rules.not_stated and values.stated(text):
                yield column, cell

    def _parts(self, fact: str, cell: Cell) -> list[str]:
        if isinstance(cell, tuple):
            texts = [words(one) for one in cell]
        else:
            texts = words(cell).split(self.rules.separators[fact]) if fact in LISTS else [words(cell)]
        return [text.strip() for text in texts if _speaks(fact, text)]

    def date(self, fact: str) -> Date | None:
        """Return a date in one of the mapping's formats, or typed as a date by the file."""
        for column, cell in self._cells(fact):
            formats: Sequence[str] = self.rules.dates or values.DAY_FIRST
            return self.source.when(self.line, column, ("%Y-%m-%d",) if isinstance(cell, dt.date) else formats)
        default = self.rules.defaults.get(fact)
        return Date.parse(default) if default else None

    def amount(self) -> values.Sum | None:
        """Return the amount; None where none is stated, or what is stated cannot be one."""
        found = None
        for column, cell in self._cells("amount"):
            currency = self._currency()
            if isinstance(cell, tuple):
                self.doubt("amount", words(cell), "several amounts; left out")
            elif isinstance(cell, str | dt.date):
                found = self.source.sum(self.line, column, currency, self.rules.decimal or None)
            elif cell < 0 or currency is None:
                reason = "a negative amount" if cell < 0 else "no currency is stated; set [defaults] currency"
                self.doubt("amount", words(cell), f"{reason}; kept as words")
                found = values.Sum(None, words(cell))
            else:
                found = values.Sum(Money(cell, currency), words(cell))
            break
        if found and found.money and not 0 < found.money.amount < _LARGEST:
            self.doubt("amount", found.words, "no amount that a measure can have; left out")
            return None
        return found

    def _currency(self) -> str | None:
        text = self.one("currency")
        if not text or text.upper() in CURRENCIES:
            return text.upper() or None
        try:
            read = values.amount(f"1 {text}").money
        except values.ValueFault:
            read = None
        if read is None:
            self.doubt("currency", text, "no currency that we know (EUR, €, euro); left out")
            return None
        return read.currency


def _speaks(fact: str, text: str) -> bool:
    """Tell whether a text holds a letter or a digit; a dash or dots say nothing, the sign of a currency does."""
    return bool(text.strip()) if fact == "currency" else any(map(str.isalnum, text))
