"""Events of the Capture Cascade Timeline: press items whose claims are found in the editors' prose.

The words and their licence are the timeline's; its sources are the addresses. Actors are no claims, and those that
are persons are left out: of the headline, of the identifiers, and with the sentences that name them.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from loaders.cascade.event import Event, read
from loaders.cascade.people import People
from loaders.news.draft import Part
from loaders.news.page import composed
from loaders.news.reader import claims
from loaders.source import RecordError, Source
from loaders.values import ValueFault, date
from ontology.dates import Date
from ontology.identifiers import IdentifierError, slug
from ontology.records import Document, Problem, Story

_READ = frozenset(("id", "date", "title", "sources", "actors"))


def load(source: Source) -> Iterator[Story]:
    """Yield the one story of a file; raise SourceError where it is no event."""
    try:
        yield load_story(source, read(source))
    except (RecordError, IdentifierError) as error:
        source.problems.append(Problem("error", str(source.path), str(error), source.name, source.path.stem))


def load_story(source: Source, event: Event) -> Story:
    """Read one event."""
    table = source.config
    people = People(source, _texts(event.fields, "actors"))
    headline = people.without(_text(event.fields, "title"))
    given = str(event.fields.get("id") or source.path.stem)
    key = slug(people.out_of_words(given))
    published = _published(source, event.fields.get("date"))
    urls = [url for url in _addresses(source, event.fields) if not people.named_at(url)]
    for name in event.fields.keys() - _READ - set(table["without_use"]):
        source.notice("", f"{name}: a field that nobody reads", key, name)
    document = Document(
        source="cascade",
        key=key,
        tier=table["tier"],
        title=headline,
        url=urls[0] if urls else None,
        more_urls=tuple(urls[1:]),
        publisher=table["publisher"],
        licence=table["licence"],
        retrieved=source.retrieved,
        digest=source.digest,
        place=source.path.name,
        record=key,
    )
    parts = [Part("paragraph", one) for one in event.paragraphs]
    page = composed(headline, parts, key=key, published=published, url=document.url, language=table["language"])
    found = claims(page, source.registry)
    kept = [one for one in found if not people.named_in(one.text)]
    if len(kept) < len(found):
        source.notice("", f"{len(found) - len(kept)} claims left out: their words name a person", key)
    if not found:
        source.notice("", "no claim about a known company found", key)
    numbered = tuple(replace(one, number=n) for n, one in enumerate(kept, 1))
    return Story(document, headline, table["language"], published, numbered)


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value.strip():
        raise RecordError(f"{name}: must be a text; it is {'missing' if value is None else repr(value)}")
    return " ".join(value.split())


def _texts(fields: dict[str, Any], name: str) -> list[str]:
    values = fields.get(name) or []
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        raise RecordError(f"{name}: must be a list of texts (`- …` lines)")
    return values


def _published(source: Source, value: object) -> Date | None:
    try:
        return date(str(value), source.latest, ("%Y-%m-%d", "%Y-%m", "%Y")).date
    except ValueFault as error:
        source.notice("", f"date {value!r}: {error}; left out", source.path.stem, "date", str(value))
        return None


def _addresses(source: Source, fields: dict[str, Any]) -> Iterator[str]:
    """Yield the addresses of an event's sources, each once."""
    listed = fields.get("sources") or []
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise RecordError("sources: must be a list of tables with a url (`- url: …` lines)")
    for url in dict.fromkeys(str(one.get("url", "")).strip() for one in listed):
        if url.startswith(("https://", "http://")):
            yield url
        else:
            source.notice("", f"sources: {url!r} is no address; left out", source.path.stem, "sources", url)
