"""Incidents of the AI incident databases as press items: what they report are claims, never acts.

A headline is the database's own and is carried; descriptions are not. Where it holds the full name of a party that
may be a natural person, the incident's number stands in its place; an address that is made of it is not given.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from loaders.parties import mentions, registered, unsure
from loaders.source import Row, Skipped, Source
from ontology.dates import Date
from ontology.folding import fold
from ontology.identifiers import slug
from ontology.records import Claim, Document, Story

_CONFIDENCE = Decimal("0.5")  # one editor's words, which no authority has tested


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident as its database gives it; `concerned` are parties beside deployers and developers."""

    number: str
    headline: str
    url: str | None
    parties: tuple[str, ...]
    concerned: tuple[str, ...]
    since: Date | None
    until: Date | None


def stories(source: Source, rows: Iterable[Row], read: Callable[[Source, Row], Incident]) -> Iterator[Story]:
    """Yield one story an incident; a second row of an incident is skipped, names that make no claim are counted."""
    seen: set[str] = set()
    dropped = 0

    def one(source: Source, row: Row) -> Story:
        nonlocal dropped
        incident = read(source, row)
        if incident.number in seen:
            raise Skipped("a second row of an incident that was read above")
        seen.add(incident.number)
        organisations = [registered(source, name) for name in incident.parties]
        dropped += sum(not ids for ids in organisations)
        return _story(source, incident, row.place, list(dict.fromkeys(id_ for ids in organisations for id_ in ids)))

    yield from source.each(rows, one)
    if dropped:
        source.notice("", f"{dropped} names of deployers and developers that no table knows make no claim")


def _story(source: Source, incident: Incident, place: str, organisations: list[str]) -> Story:
    headline, url = " ".join(incident.headline.split()) or f"{incident.number} (without a headline)", incident.url
    parties = unsure(source, (*incident.parties, *incident.concerned))
    if named := [name for name in parties if mentions(f"{headline} {url}", name)]:
        headline = f"{incident.number} (the headline names a party that may be a natural person)"
        url = None if url and set(fold(url).split()) & set(fold(" ".join(named)).split()) else url
    table = source.config
    document = Document(
        source=source.name,
        key=slug(incident.number),
        tier=table["tier"],
        title=headline,
        url=url or table["homepage"],
        publisher=table["publisher"],
        licence=table["licence"],
        retrieved=source.retrieved,
        digest=source.digest,
        place=place,
        record=incident.number,
    )
    claims = tuple(
        Claim(
            number,
            headline,
            None,
            None,
            about,
            scope="reported-incident",
            since=incident.since,
            until=incident.until,
            confidence=_CONFIDENCE,
        )
        for number, about in enumerate(organisations, 1)
    )
    return Story(document, headline, "en", None, claims)
