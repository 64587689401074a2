"""Regulators' own documents as flat JSON lines: one reader, source.toml says what each regulator's fields mean.

The records are collected and normalised by others, in the regulator's language, their texts at times cut. Read
is only what is sure by a regulator's rules: kind, docket, dates, a respondent that is an organisation, and what the
operative part imposes, where the text holds it whole. A sum is taken where the document states exactly one; of
several the words are kept. Texts are not carried, they may name persons; titles only where they name nobody.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from loaders import values
from loaders.official import hidden, imposed, pattern, provisions, respondent, tells
from loaders.regulators import rules
from loaders.source import RecordError, Row, Skipped, Source, SourceError
from ontology.dates import Date
from ontology.identifiers import slug
from ontology.records import Act, Case, Document, Matter, Respondent, Texts
from ontology.registry import Authority

_COMMON = ("_id", "title", "text", "url", "pdf_url")
_DATE_FORMATS = ("%Y-%m-%d", "%Y/%m", "%B %d, %Y")
Fields = Mapping[str, str]


def load(source: Source) -> Iterator[Act | Matter]:
    """Yield an act or an open case for each record; raise SourceError where the file is no JSON lines."""
    yield from source.each(_rows(source), load_record)


def _rows(source: Source) -> Iterator[Row]:
    for number, line in enumerate(source.text().split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise SourceError(
                f"{source.path}:{number}:{error.colno}: broken JSON ({error.msg}); expected one object a line"
            ) from error
        if not isinstance(record, dict) or "_source" not in record:
            raise SourceError(f'{source.path}:{number}: no record: expected {{"_id": …, "_source": "FR/CNIL", …}}')
        fields = {key: _plain(value) for key, value in record.items() if value is not None}
        key = fields.get("_id", "")
        yield Row(fields, f"line {number} ({key})", source.latest, key)


def _plain(value: Any) -> str:  # noqa: ANN401 - JSON has any shape
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)


def load_record(source: Source, row: Row) -> Act | Matter:
    """Read one record by the rules of its regulator."""
    origin = row.text("_source")
    table = source.config["regulators"].get(origin)
    if table is None:
        raise RecordError(f"source.toml has no regulator {origin!r}: add its rules there")
    fields, cut = _fields(source, row, table)
    kind = rules.first(table["kinds"], fields)
    if kind is None:
        said = ", ".join(f"{name} {fields.get(name, '')!r}" for name in table["fields"])
        raise RecordError(f"{origin} has no rule for this kind of document ({said}): add one to source.toml")
    rule, match = kind
    if "skip" in rule:
        raise Skipped(f"{origin}: {rule['skip'].format(match[0][:80])}")
    authority = source.registry.authorities[table["authority"]]
    respondents, unsure = _respondents(source, row, table, fields)
    shown = _without(fields, unsure)
    key = slug(shown["_id"].rpartition("/")[2]).removeprefix(f"{authority.id}-")
    if "matter" in rule:
        return _matter(source, row, authority, shown, respondents, f"{authority.id}_{key}", rule["matter"])
    docket = rules.docket(table.get("docket", ()), fields)
    part = _operative(table, fields, cut=cut)
    title = _title(authority, docket, respondents, key)
    return Act(
        id=f"{authority.id}_{slug(docket) if docket else key}",
        document=_document(source, row, authority, shown, title, table.get("licence")),
        type="decision",
        authority=authority.id,
        respondents=respondents,
        title=(("en", title), *_own_title(table, fields)),
        docket=docket,
        decided=_date(source, row, table, "decided", fields),
        published=_date(source, row, table, "published", fields),
        provisions=tuple(dict.fromkeys(_breached(source, row, table, part))),
        measures=imposed(
            table.get("measures", ()),
            {**fields, "operative": part},
            respondents[0].org if len(respondents) == 1 else None,
            rules.leading(fields.get("keywords", ""), table.get("outcomes", {})),
        ),
        cites=_cites(table, fields, docket),
    )


def _fields(source: Source, row: Row, table: Mapping[str, Any]) -> tuple[Fields, bool]:
    """Take the fields off a row that the rules look at, and whether the text is cut."""
    dated = [table[name]["field"] for name in ("decided", "published") if name in table]
    wanted = dict.fromkeys((*_COMMON, *table["fields"], *dated))
    fields = {name: row.text(name) for name in wanted if row.has(name)}
    if "_id" not in fields:
        row.text("_id")
    length = row.text("text_chars") if row.has("text_chars") else ""
    whole = int(length) if length.isdecimal() else 0
    row.ignore("language", *source.config["unused"], *table["unused"])
    row.leftovers()
    return fields, len(fields.get("text", "")) < whole - 1


def _operative(table: Mapping[str, Any], fields: Fields, *, cut: bool) -> str:
    """Return the operative part; nothing where the text ends before it does."""
    if "operative" not in table:
        return ""
    text = fields.get("text", "")
    match = pattern(table["operative"]).search(text)
    if match is None:
        return ""
    group = next(name for name, value in match.groupdict().items() if value is not None)
    return "" if cut and match.end(group) == len(text) else match[group]


def _respondents(
    source: Source, row: Row, table: Mapping[str, Any], fields: Fields
) -> tuple[tuple[Respondent, ...], str]:
    """Return the respondents, and the name that the record gives to one who may be a person."""
    names = []
    for rule in table.get("respondent", ()):
        match = rules.found(rule, fields)
        if match is None:
            continue
        names.append(" ".join(match["who"].split()))
        if who := respondent(source, names[-1], sure=rule.get("sure", False)):
            return (who,), ""
    if names:
        source.doubt(row, "title", "", "names a respondent that is not surely an organisation; left out")
    return (), " ".join(names)


def _without(fields: Fields, unsure: str) -> Fields:
    """Return the fields without addresses and keys that hold the name of one who may be a person."""
    if not unsure:
        return fields
    kept = {name: text for name, text in fields.items() if name not in {"url", "pdf_url"} or not tells(text, unsure)}
    return {**kept, "_id": hidden(fields["_id"])} if tells(fields["_id"], unsure) else kept


def _date(source: Source, row: Row, table: Mapping[str, Any], name: str, fields: Fields) -> Date | None:
    rule = table.get(name)
    match = rules.found(rule, fields) if rule else None
    if rule is None or match is None:
        return None
    text = match.groupdict().get("date") or match[0]
    try:
        return values.date(rules.written_day(text, table["language"]), source.latest, _DATE_FORMATS).date
    except values.ValueFault as error:
        source.doubt(row, rule["field"], text, f"{error}; left out")
        return None


def _breached(source: Source, row: Row, table: Mapping[str, Any], part: str) -> Iterator[str]:
    if "breaches" in table:
        for match in pattern(table["breaches"]).finditer(part):
            yield from provisions(source, row, "text", "eu_gdpr", match["list"])


def _cites(table: Mapping[str, Any], fields: Fields, docket: str | None) -> tuple[str, ...]:
    if "cites" not in table:
        return ()
    found = (" ".join(one.split()) for one in pattern(table["cites"]).findall(fields.get("text", "")))
    written = (one.replace("# ", "#").replace("s#", "s #") for one in found)
    return tuple(one for one in dict.fromkeys(written) if one != docket)


def _title(authority: Authority, docket: str | None, respondents: tuple[Respondent, ...], key: str) -> str:
    named = ", ".join(one.name for one in respondents)
    if docket:
        return f"{authority.label} decision {docket}" + (f" ({named})" if named else "")
    return f"{authority.label} decision: {named or key}"


def _own_title(table: Mapping[str, Any], fields: Fields) -> Texts:
    title = fields.get("title", "")
    return ((table["language"], title),) if table.get("titles") and rules.nameless(title) else ()


def _document(
    source: Source, row: Row, authority: Authority, shown: Fields, title: str, licence: str | None
) -> Document:
    return Document(
        source=source.name,
        key=slug(shown["_id"]),
        tier=source.config["tier"],
        title=title,
        url=_link(shown.get("url")),
        more_urls=tuple(filter(None, (_link(shown.get("pdf_url")),))),
        publisher=authority.name[0][1],
        licence=licence,
        retrieved=source.retrieved,
        digest=source.digest,
        place=f"{row.place.partition(' (')[0]} ({shown['_id']})",
        record=shown["_id"],
    )


def _link(url: str | None) -> str | None:
    return url if url and url.startswith(("http://", "https://")) else None


def _matter(
    source: Source,
    row: Row,
    authority: Authority,
    shown: Fields,
    respondents: tuple[Respondent, ...],
    name: str,
    status: str,
) -> Matter:
    named = ", ".join(one.name for one in respondents) or "respondent not read"
    title = f"{authority.label} case: {named}"
    case = Case(
        id=name,
        title=(("en", title),),
        authority=authority.id,
        respondents=tuple(one.org for one in respondents if one.org),
        status=status,
    )
    return Matter(_document(source, row, authority, shown, title, None), case, respondents)
