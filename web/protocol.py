"""A SPARQL 1.1 Protocol request, read strictly: GET, POST of a form, POST of a query."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

FIELDS = 100
_FORM, _QUERY = "application/x-www-form-urlencoded", "application/sparql-query"


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a request, of its address and its form, in order."""

    pairs: tuple[tuple[str, str], ...]

    def all(self, name: str) -> tuple[str, ...]:
        """Return the values of a field."""
        return tuple(value for key, value in self.pairs if key == name)

    def one(self, name: str) -> str | None:
        """Return the value of a field that may stand once only."""
        values = self.all(name)
        if len(values) > 1:
            raise BadRequest(f"send one {name}, not {len(values)}")
        return values[0] if values else None

    def graphs(self) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
        """Return the default and named graphs of the request's data set, None for both where it names none."""
        default, named = self.all("default-graph-uri"), self.all("named-graph-uri")
        return (default, named) if default or named else (None, None)


def fields() -> Fields:
    """Return the fields of the current request; a query that is the body counts as the field `query`."""
    pairs = _parsed(request.query_string, "the address")
    if request.method == "POST":
        _plain_body()
        body = request.get_data(cache=False)
        if request.mimetype == _QUERY:
            pairs += (("query", _text(body, "the query")),)
        elif request.mimetype == _FORM:
            pairs += _parsed(body, "the form")
        else:
            raise UnsupportedMediaType(f"send a form ({_FORM}) with a field query, or a query ({_QUERY})")
    found = Fields(pairs)
    if found.all("update") or found.all("using-graph-uri") or found.all("using-named-graph-uri"):
        raise BadRequest("updates are refused: this endpoint is read-only")
    return found


def _plain_body() -> None:
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType("send the body as it is, without Content-Encoding")
    if request.mimetype_params.get("charset", "utf-8").lower().replace("-", "") != "utf8":
        raise UnsupportedMediaType("send the body in UTF-8")


def _parsed(text: bytes, what: str) -> tuple[tuple[str, str], ...]:
    try:
        ascii_ = text.decode("utf-8")
        return tuple(parse_qsl(ascii_, keep_blank_values=True, errors="strict", max_num_fields=FIELDS))
    except UnicodeDecodeError as error:
        raise BadRequest(f"{what} is not UTF-8") from error
    except ValueError as error:
        raise BadRequest(f"{what} has more than {FIELDS} fields") from error


def _text(body: bytes, what: str) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(f"{what} is not UTF-8") from error
