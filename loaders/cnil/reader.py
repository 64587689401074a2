"""Deliberations of the CNIL, from DILA's XML (`rows.py`): sanctions and formal notices are acts.

Dates: DATE_TEXTE is the day of the decision, DATE_PUBLI that of its publication. The respondent is read from the full
title, which writes "concernant la société …"; anonymised companies ("la société X") are undisclosed. Neither
title nor text is carried: they may name persons.
"""

import re
from collections.abc import Iterator

from loaders.cnil import operative
from loaders.cnil.rows import FAULT, rows
from loaders.official import NATURAL_PERSON, provisions, respondent
from loaders.source import RecordError, Row, Skipped, Source
from ontology.identifiers import slug
from ontology.records import Act, Document, Measure, Respondent

_DOCKET = re.compile(r"\b(?:SAN|MEDP?)[-–]\d{4}[-–]\d{3}\b")
_CLOSING = re.compile(r"\b(?:clôture|clôturant|clôturer)\b", re.IGNORECASE)
_LEAD = r"(?:\bconcernant|\bà l['’]encontre d(?:e|u|es)\b|\ben demeure)\s+"
_COMPANIES = re.compile(rf"{_LEAD}(?P<number>la société|les sociétés)\s+(?P<who>.+)$", re.IGNORECASE | re.DOTALL)
_ABOUT = re.compile(rf"^.*{_LEAD}(?:les?\s+|la\s+|l['’])?(?P<who>.+)$", re.IGNORECASE | re.DOTALL)
_PERSON = re.compile(r"(?:M\.|MM\.|Mme|Mlle|Monsieur|Madame|Maître|Me|Docteur|Dr)(?:\s|$)", re.IGNORECASE)
_OF_AUTHORITIES = re.compile(r"eu_gdpr_art-(?:5[1-9]|[6-9]\d)(?:_|$)")  # powers and fines: nobody can breach them
_ANONYMOUS = re.compile(r"(?:[A-Z]|X+|Y+|\.{2,}|…|\*+|[\[(].*[\])])\.?")


def load(source: Source) -> Iterator[Act]:
    """Yield one act for each sanction or formal notice; raise SourceError where the file holds no deliberations."""
    yield from source.each(rows(source), load_deliberation)


def load_deliberation(source: Source, row: Row) -> Act:
    """Read one deliberation."""
    if row.has(FAULT):
        raise RecordError(row.text(FAULT))
    table = source.config
    key = row.text("ID")
    row.record = key
    title, number = row.text("TITREFULL"), row.text("NUMERO") if row.has("NUMERO") else ""
    nature, kinds = row.text("NATURE"), row.text("NATURE_DELIB") if row.has("NATURE_DELIB") else ""
    docket = number or next(iter(_DOCKET.findall(title)), "")
    if _CLOSING.search(title):
        raise Skipped("no act: the closing of an earlier notice or injunction")
    whole = _whole(source, docket, kinds)
    if whole is None:
        raise Skipped(f"no act: {kinds.replace(chr(10), ', ') or nature.casefold() or 'a text of no stated kind'}")
    decided = source.when(row, "DATE_TEXTE") if row.has("DATE_TEXTE") else None
    published = source.when(row, "DATE_PUBLI") if row.has("DATE_PUBLI") else None
    text = row.text("CONTENU") if row.has("CONTENU") else ""
    row.ignore(*table["unused"])
    row.leftovers()
    respondents = _respondents(source, row, title)
    authority = source.registry.authorities[table["authority"]]
    name, form = docket or key, "Décision" if nature == "DECISION" else "Délibération"
    measures, breached = _decided(source, row, text, respondents, whole)
    return Act(
        id=f"{authority.id}_{slug(name)}",
        document=Document(
            source=source.name,
            key=slug(key),
            tier=table["tier"],
            title=f"CNIL, {form.casefold()} {name}",
            url=f"{table['homepage']}{key}",
            publisher=table["publisher"],
            licence=table["licence"],
            retrieved=source.retrieved,
            digest=source.digest,
            place=row.place,
            record=key,
        ),
        type="decision",
        authority=authority.id,
        respondents=respondents,
        title=(("en", f"CNIL decision {name}"), ("fr", f"{form} {name}")),
        docket=docket or None,
        decided=decided,
        published=published,
        provisions=breached,
        measures=measures,
        cites=tuple(one for one in dict.fromkeys(_DOCKET.findall(text)) if one != docket),
    )


def _whole(source: Source, docket: str, kinds: str) -> str | None:
    """Return the kind of measure that the document is, "" where its text tells, None where it is no act."""
    for kind in kinds.split("\n"):
        if kind in source.config["acts"]:
            return str(source.config["acts"][kind])
    found = source.config["series"].get(docket.partition("-")[0])
    return None if found is None else str(found)


def _respondents(source: Source, row: Row, title: str) -> tuple[Respondent, ...]:
    title = " ".join(title.split()).rstrip(" .")
    if match := _COMPANIES.search(title):
        several = match["number"].casefold() == "les sociétés"
        between = r",\s+(?:et\s+)?|\s+et\s+" if several else r"\s+et\s+(?=la société\s)"
        names = [re.sub(r"^(?:la )?société\s+", "", one) for one in re.split(between, match["who"])]
        return tuple(_company(source, one if several else one.partition(", ")[0]) for one in names if one)
    match = _ABOUT.search(title)
    if match is None:
        return ()
    if _PERSON.match(match["who"]):
        return (NATURAL_PERSON,)
    found = respondent(source, match["who"])
    if found is None:
        source.doubt(row, "TITREFULL", "", "names a respondent that may be a person; left out")
    return (found,) if found else ()


def _company(source: Source, name: str) -> Respondent:
    """Return a company that the CNIL calls one; letters and dots in place of its name are no name."""
    if _ANONYMOUS.fullmatch(name):
        return Respondent(f"société {name}", "undisclosed")
    return Respondent(name, "organisation", source.organisation(name).id)


def _decided(
    source: Source, row: Row, text: str, respondents: tuple[Respondent, ...], whole: str
) -> tuple[tuple[Measure, ...], tuple[str, ...]]:
    """Return the measures and the provisions found breached."""
    part = operative.operative(text)
    only = respondents[0].org if len(respondents) == 1 else None
    if whole:
        return (Measure(1, whole, only),), ()
    if part is None:
        source.doubt(row, "CONTENU", "", "has no operative part (PAR CES MOTIFS): no measures read")
        return (), ()
    found = list(operative.measures(part))
    orders = tuple(
        number
        for number, one in enumerate(found, 1)
        if one.kind in {"processing-ban", "data-deletion", "order-to-comply"}
    )
    measures = []
    for number, one in enumerate(found, 1):
        if one.money is None and one.kind in {"administrative-fine", "periodic-penalty-payment"}:
            source.doubt(row, "CONTENU", one.kind, "no one sum stated that we can read; kept without an amount")
        measures.append(
            Measure(
                number,
                one.kind,
                only or _target(one.item, respondents),
                one.money,
                per=one.per,
                grace=one.grace,
                secures=orders if one.kind == "periodic-penalty-threat" else (),
            )
        )
    cited = [one for law, words in operative.breaches(part) for one in provisions(source, row, "CONTENU", law, words)]
    return tuple(measures), tuple(one for one in dict.fromkeys(cited) if not _OF_AUTHORITIES.match(one))


def _target(item: str, respondents: tuple[Respondent, ...]) -> str | None:
    """Return the one respondent that an item of the operative part names."""
    named = [one.org for one in respondents if one.org and one.name.casefold() in item.casefold()]
    return named[0] if len(named) == 1 else None
