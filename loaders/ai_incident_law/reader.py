"""Matters of AI Incident Law, from its data.json or the determinations of its JSON-LD.

A matter that a court or a regulator determined is an act, one that goes on is a case in which no act is known. Most
are sanctions on lawyers: captions, notes and descriptions name natural persons and are read for facts, never carried.
The JSON-LD is read as JSON by its known keys; nothing that it refers to is fetched.
"""

import re
from collections.abc import Iterator
from typing import Literal

from loaders.ai_incident_law import citation
from loaders.ai_incident_law.deployer import respondents
from loaders.ai_incident_law.remedy import measures
from loaders.ai_incident_law.tables import (
    DATASET,
    DESCRIPTION,
    TABLE,
    Stages,
    date,
    of_datasets,
    of_json_ld,
    optional,
    table,
)
from loaders.source import RecordError, Row, Skipped, Source, SourceError
from ontology.dates import Date
from ontology.identifiers import slug
from ontology.records import Act, Case, Document, Matter
from ontology.registry import Authority

_NUMBER = re.compile(r"AIEL-\d{4}-\d{3,}")
_ADDRESS = re.compile(r"/authority/([a-z0-9-]+)\.json\b")


def load(source: Source) -> Iterator[Act | Matter]:
    """Yield the matters of a file in its order; raise SourceError where it is none of the source's tables."""
    payload = source.json()
    whole = payload if isinstance(payload, dict) else {}
    if isinstance(whole.get("datasets"), dict):
        yield from source.each(of_datasets(source, whole["datasets"]), load_matter)
        return
    name = next((one for one in ("determinations", *source.config["tables"]) if one in whole), None)
    if name is None:
        raise SourceError(
            f'{source.path}: no file of AI Incident Law: expected data.json with {{"datasets": …}}, or a table of its '
            'JSON-LD ({"determinations": […]})'
        )
    yield from source.each(of_json_ld(source, name, whole[name]), load_determination)


def load_matter(source: Source, row: Row) -> Act | Matter:
    """Read one record of data.json; raise Skipped for one that its editors have not included."""
    dataset, description = row.text(DATASET), row.text(DESCRIPTION)
    if dataset != "included":
        raise Skipped(f"a candidate ({dataset}): {description}")
    if (state := row.text("research_status")) != "included":
        raise Skipped(f"its research status is {state!r}")
    key, stages, status = _key(row.text("error_id")), Stages(source, row), row.text("filing_status")
    if status not in source.config["statuses"]:
        raise RecordError(f"filing_status is {status!r}, which source.toml does not know: add it there")
    said = source.config["statuses"][status]
    place = row.text("jurisdiction")
    authority = source.authority(stages.authority or place, "")
    matter, deployer, system = row.text("public_matter_name"), row.text("deployer"), row.text("ai_system_name")
    who = respondents(source, row, deployer)
    orgs = tuple(dict.fromkeys(one.org for one in who if one.org))
    docket = optional(row, "neutral_citation") or citation.docket(matter)
    when = _dates(source, row)
    links = [optional(row, one) for one in ("public_record_link", "case_sameAs")]
    known = [*(text for _, text in authority.name), *(one.name for one in who if one.org)]
    document = _document(source, row, key, citation.nameless(source, links, matter, deployer, known))
    case = Case(
        id=f"{authority.id}_{slug(key)}",
        title=citation.title(authority, who, docket or citation.ecli(matter) or key),
        authority=authority.id,
        respondents=orgs,
        systems=_systems(source, system),
        opened=when.get("opened"),
        status=said.get("case"),
    )
    note = row.text("notes_on_resolution")
    row.ignore(*source.config["unused"])
    row.leftovers()
    if stages.undetermined or case.status == "open":
        return Matter(document, case, who)
    return Act(
        id=case.id,
        document=document,
        type=_type(authority),
        authority=authority.id,
        respondents=who,
        title=case.title,
        docket=docket or None,
        ecli=citation.ecli(matter),
        decided=stages.issued or when.get("decided"),
        published=when.get("published"),
        measures=measures(source.config, status, note, orgs[0] if len(orgs) == len(who) == 1 else None),
        case=case,
    )


def load_determination(source: Source, row: Row) -> Act:
    """Read one determination of the JSON-LD; raise Skipped for a row of another table.

    The table names no respondent: parties stand in another file.
    """
    if (name := row.text(TABLE)) != "determinations":
        raise Skipped(source.config["tables"][name])
    key = _key(row.text("ai_incident_law_record_id"))
    address = _ADDRESS.search(row.text("issuedBy"))
    if address is None:
        raise RecordError("issuedBy holds no address of an authority (…/authority/NAME.json); fetch the file again")
    authority = source.authority(address[1].replace("u-s-", "us-").replace("-", " "), "")
    matter, remedy = row.text("source_locator"), table(row, "remedy")
    docket = optional(row, "neutral_citation") or citation.docket(matter)
    decided = date(source, row, "issued_date", optional(row, "issued_date"))
    document = _document(source, row, row.text("id"), [])
    row.ignore(*source.config["unused_of_determinations"])
    row.leftovers()
    return Act(
        id=f"{authority.id}_{slug(key)}",
        document=document,
        type=_type(authority),
        authority=authority.id,
        respondents=(),
        title=citation.title(authority, (), docket or citation.ecli(matter) or key),
        docket=docket or None,
        ecli=citation.ecli(matter),
        decided=decided,
        measures=measures(source.config, str(remedy.get("status", "")), str(remedy.get("notes", "")), None),
    )


def _type(authority: Authority) -> Literal["decision", "ruling"]:
    return "ruling" if authority.type == "court" else "decision"


def _key(text: str) -> str:
    if not _NUMBER.fullmatch(text):
        raise RecordError(f"{text!r} is no number of AI Incident Law (AIEL-2024-001)")
    return text


def _dates(source: Source, row: Row) -> dict[str, Date]:
    """Return what the matter's filing date is a date of: by its type the opening, the act or its publication."""
    kind, when = row.text("public_matter_type"), source.when(row, "filing_date")
    role = next((one for one, words in source.config["dates"].items() if any(word in kind for word in words)), None)
    if when and role is None:
        source.doubt(row, "public_matter_type", kind, "does not tell what the filing date is a date of; it is left out")
    return {role: when} if when and role else {}


def _systems(source: Source, text: str) -> tuple[str, ...]:
    """Return the registered systems in "Open Law, Claude and ChatGPT (named; admitted)"."""
    parts = re.split(r"\s*[,;/]\s*|\s+and\s+", re.sub(r"\s*\([^)]*\)", "", text))
    return tuple(dict.fromkeys(id_ for part in parts if part and (id_ := source.lookup.system(part).id)))


def _document(source: Source, row: Row, record: str, links: list[str]) -> Document:
    settings = source.config
    kind = "determination" if record.endswith("determination") else "incident"
    return Document(
        source=source.name,
        key=slug(record),
        tier=settings["tier"],
        title=f"AI Incident Law {record}",
        url=f"{settings['homepage']}{kind}/{slug(record)}",
        more_urls=tuple(links),
        publisher=settings["publisher"],
        licence=settings["licence"],
        retrieved=source.retrieved,
        digest=source.digest,
        place=row.place,
        record=record,
    )
