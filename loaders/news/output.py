"""A reading as JSON: names as people write them, with their ids, and every quotation with its place."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any

from loaders.news.event import Event
from loaders.news.mention import Mention
from loaders.news.reading import Reading
from loaders.news.spellings import short_name
from ontology.registry import Registry


def prediction(reading: Reading, registry: Registry) -> dict[str, Any]:
    """Return a reading in the form of an annotated page: events, and the sets of what the page names."""
    page = reading.page
    text = page.text
    return {
        "id": page.key,
        "language": page.language,
        "published": str(page.published) if page.published else None,
        "events": [_event(one, reading, registry) for one in reading.events],
        "flagged": [_event(one, reading, registry) for one in reading.flagged],
        "companies": _distinct(company(one.id, reading.companies, text, registry) for one in reading.companies),
        "regulators": _distinct(authority(one, reading, registry) for one in reading.authorities),
        "courts": _distinct(authority(one.id, reading, registry) for one in reading.courts),
        "laws": _distinct(law(one.id, registry) for one in reading.laws),
        "money": _distinct((_number(one.value), one.currency) for one in reading.amounts if one.value is not None),
        "provisions": [f"{law(id_, registry)}:{number}" for id_, number in reading.provisions],
    }


def _distinct(found: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(found))


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _event(event: Event, reading: Reading, registry: Registry) -> dict[str, Any]:
    text = reading.page.text
    date = event.date or (reading.page.published if event.main else None)
    return {
        "kind": event.kind,
        "regulator": authority(event.regulator, reading, registry) if event.regulator else None,
        "company": company(event.company or event.company_name, reading.companies, text, registry)
        if event.company_name
        else None,
        "amount": _number(event.amount),
        "currency": event.currency,
        "amount_text": event.amount_text,
        "laws": [law(one, registry) for one in event.laws],
        "provisions": [
            f"{law(id_, registry)}:{number}" for id_, _, number in (one.partition(":") for one in event.provisions)
        ],
        "date": str(date) if date else None,
        "status": event.status,
        "country": event.country,
        "technology": event.technology,
        "is_main_subject": event.main,
        "scope": event.scope,
        "flags": list(event.flags),
        "evidence": text[event.start : event.end],
        "start": event.start,
        "end": event.end,
        "method": event.method,
        "confidence": float(event.confidence),
        "ids": {"regulator": event.regulator, "company": event.company},
    }


@cache
def _shorts(registry: Registry) -> Counter[str]:
    return Counter(one.short for one in registry.authorities.values() if one.general and one.short)


def authority(id_: str, reading: Reading, registry: Registry) -> str:
    """Return the name by which an authority goes: its short form; where several have the same, as the page says it."""
    one = registry.authorities.get(id_)
    if one is None:  # a court that no table knows
        return id_
    if one.type == "court" or not one.short:
        home = [text for language, text in one.name if language not in {"en", ""}]
        return (home or [one.name[0][1]])[0]
    if not (one.general and _shorts(registry)[one.short] > 1):
        return one.short
    text = reading.page.text
    proper = {spelling.text for spelling in one.spellings if spelling.role == "name"}
    named = [said for said in (*reading.regulators, *reading.courts) if said.id == id_ and said.role != "description"]
    said = {text[one.start : one.end] for one in named if "(" not in text[one.start : one.end]}
    return max(said & proper or said, key=lambda name: (len(name), name), default=one.name[0][1])


def company(id_: str, mentions: Iterable[Mention], text: str, registry: Registry) -> str:
    """Return the longest name by which a page calls a company; the registered one where it names only a product."""
    own = [
        one.name or text[one.start : one.end] for one in mentions if one.id == id_ and one.role in {"name", "unseen"}
    ]
    known = registry.organisations.get(id_)
    return max(own, key=lambda name: (len(name), name), default=short_name(known.name) if known else id_)


@cache
def _laws(registry: Registry) -> Counter[str]:
    return Counter(one.short for one in registry.laws.values())


def law(id_: str, registry: Registry) -> str:
    """Return the name by which a law goes, with the country where several have the same."""
    one = registry.laws[id_]
    place = {"GB": "UK"}.get(one.jurisdiction, one.jurisdiction)
    return f"{one.short} ({place})" if _laws(registry)[one.short] > 1 else one.short
