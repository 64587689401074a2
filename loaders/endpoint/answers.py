"""A saved file of answers, as what it says of each thing: a `Facts` for each key."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.endpoint.fetch import SHAPES, VARIABLES, text_of
from loaders.endpoint.questions import IRI
from loaders.endpoint.wrapper import Binding, solutions
from loaders.source import RecordError, Row, Source, SourceError

_FETCH = "fetch it with finegraph fetch-references (loaders/endpoint/README.md says how)"


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """One value; `language` is its tag, "" for none."""

    text: str
    language: str = ""


class Facts(Row):
    """What the endpoint says of one thing. A field has any number of values; they are sorted, each once."""

    def __init__(self, key: str, values: dict[str, list[Value]], place: str, latest: dt.date) -> None:
        super().__init__(dict.fromkeys(values, ""), place, latest, key)
        self.key = key
        self._values = values

    def peek(self, name: str) -> list[Value]:
        """Return the values of a field and leave it there."""
        return self._values.get(name, [])

    def values(self, name: str) -> list[Value]:
        """Take the values of a field."""
        self.ignore(name)
        return self.peek(name)

    def whole(self) -> None:
        """Take the mark that ends a thing's rows; raise RecordError where there is none."""
        if not self.has("whole"):
            raise RecordError("has no row 'whole': the answer was cut off; fetch it again")
        self.ignore("whole")

    def unknown(self) -> bool:
        """Tell whether the endpoint knows nothing of the thing."""
        return not self._values.keys() - {"whole"}


@dataclass(frozen=True, slots=True)
class Answers:
    """A file: its shape, the endpoint's address, the day of retrieval, and what it says of each thing."""

    shape: str
    endpoint: str
    retrieved: dt.datetime | dt.date
    things: Sequence[Facts]


def read(source: Source) -> Answers:
    """Read a file; raise SourceError where it is no answer of ours."""
    content = source.json()
    try:
        about = content["finegraph"]
        shape, endpoint, day = (str(about[name]) for name in ("shape", "endpoint", "retrieved"))
        retrieved = dt.date.fromisoformat(day)
        rows = solutions(content)
    except (TypeError, KeyError) as error:
        raise SourceError(f'{source.path}: no file of answers: it has no "finegraph" table; {_FETCH}') from error
    except ValueError as error:
        raise SourceError(f"{source.path}: damaged file of answers ({error}); {_FETCH}") from error
    if shape not in SHAPES:
        raise SourceError(f"{source.path}: the shape {shape!r} is none of {', '.join(SHAPES)}; {_FETCH}")
    return Answers(shape, endpoint, source.retrieved or retrieved, _things(source, rows))


def _things(source: Source, rows: Sequence[Binding]) -> list[Facts]:
    found: defaultdict[str, defaultdict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for number, row in enumerate(rows, 1):
        key, field = text_of(row, "key"), text_of(row, "field")
        if not IRI.fullmatch(key) or not field or row.keys() - set(VARIABLES):
            raise SourceError(f"{source.path}: row {number} does not have {', '.join(VARIABLES)}; {_FETCH}")
        value = Value(text_of(row, "value"), row.get("value", {}).get("xml:lang", ""))
        if value not in found[key][field]:
            found[key][field].append(value)
    return [
        Facts(key, {name: sorted(values) for name, values in fields.items()}, f"thing {number}", source.latest)
        for number, (key, fields) in enumerate(sorted(found.items()), 1)
    ]
