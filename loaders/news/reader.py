"""News pages to stories: each act that a page tells of becomes a claim, with its own words and their place.

A claim speaks of one measure, of a total, of a finding, or of a proceeding. Acts under other law, and acts against
companies that no table knows, make no claim: they are counted.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from loaders.news import places
from loaders.news.event import MONEY_KINDS, Event
from loaders.news.facts import Sentence
from loaders.news.lexicon import lexicon
from loaders.news.page import Page
from loaders.news.reading import Reading
from loaders.news.reading import read as reading
from loaders.news.readings import each
from loaders.news.scope import Scope
from loaders.source import Source
from ontology.dates import Date
from ontology.fingerprint import fingerprint
from ontology.records import Claim, Document, Story
from ontology.registry import Registry

_KINDS = {
    "fine": "administrative-fine",
    "overdue_penalty": "periodic-penalty-payment",
    "settlement": "settlement-payment",
    "order": "order-to-comply",
    "ban": "processing-ban",
    "reprimand": "reprimand",
}
_STATUSES = frozenset(("paid", "unpaid", "annulled", "upheld", "reduced", "suspended"))
_Fits = Callable[[str | None, str], bool]
"""Tells whether words about an authority are of this field."""
_FINDING = re.compile(
    r"\b(?:found|finding|ruled|held)\b(?:(?!\b(?:no|not|never)\b).)*\b(?:breach\w*|violat\w*|infring\w*|unlawful\w*)",
    re.IGNORECASE,
)
_NEWS, _KEPT_BACK = timedelta(days=31), timedelta(days=100)
_TOTAL_SURE, _FINDING_SURE = Decimal("0.6"), Decimal("0.7")


def load(source: Source) -> Iterator[Story]:
    """Yield a story for each page of a file; a page without a claim gives a notice, one that fails an error."""
    for found, record in each(source, lambda found: story(found, source)):
        if not record.claims:
            source.notice("whole page", "no claim about a known company found")
        for event in found.events:
            if event.scope == "in" and event.company is None and event.company_name:
                source.unknown["organisation", event.company_name] += 1
        yield record


def story(found: Reading, source: Source) -> Story:
    """Return the press item of a page that was read."""
    page = found.page
    document = Document(
        source="news",
        key=page.key,
        tier="news",
        title=page.headline,
        url=page.url,
        retrieved=source.retrieved,
        digest=source.digest,
        place=source.path.name,
    )
    told = "\n".join(page.text[one.start : one.end] for one in page.blocks)
    return Story(
        document, page.headline, page.language, page.published, _numbered(found, source.registry), fingerprint(told)
    )


def claims(page: Page, registry: Registry) -> tuple[Claim, ...]:
    """Return the claims of a page in reading order, numbered from 1."""
    return _numbered(reading(page, registry), registry)


def may_claim(text: str, language: str = "en") -> bool:
    """Tell whether a text has words of enforcement at all, which is soon seen."""
    return any(pattern.search(text) for pattern in lexicon(language).trigger.values())


def _numbered(found: Reading, registry: Registry) -> tuple[Claim, ...]:
    page = found.page
    told = sorted(found.events, key=lambda one: (one.start, one.at))
    made = [_claim(one, page, registry) for one in told if one.scope == "in" and one.company]
    fits = Scope(found.facts, registry).covers
    made += _findings(found, fits)
    made += _totals(found, fits)
    made.sort(key=lambda one: one.start or 0)
    return tuple(replace(one, number=n) for n, one in enumerate(made, 1))


def _claim(event: Event, page: Page, registry: Registry) -> Claim:
    kind = _KINDS.get(event.kind)
    if event.kind == "settlement" and event.amount is None:
        kind = None
    authority = registry.authorities.get(event.regulator or "")
    if event.kind == "fine" and authority is not None and authority.jurisdiction == "US":
        kind = "civil-penalty"
    since, until = _period(event, page.published)
    return Claim(
        0, page.text[event.start : event.end], event.start, event.end, event.company or "",
        authority=authority.id if authority else None, kind=kind, law=event.laws[0] if event.laws else None,
        scope="single-measure" if kind and event.status != "proposed" else "proceeding",
        status=event.status if event.status in _STATUSES else None,
        least=event.least, most=event.most, currency=event.currency,
        since=since, until=until, confidence=event.confidence,
    )  # fmt: skip


def _period(event: Event, published: Date | None) -> tuple[Date | None, Date | None]:
    """Return when the act is said to have been.

    The press dates an act by the day on which it became known: one of the page's own weeks may be months older.
    """
    date = event.date
    if date is None and not event.main:
        return None, published
    if published is None or (date and published.first - date.first > _NEWS):
        return date, date
    return Date((published.first - _KEPT_BACK).year), date or published


def _totals(found: Reading, fits: _Fits) -> Iterator[Claim]:
    """Yield the totals over several acts: they are tested against the sum on record."""
    for sentence in found.facts.sentences:
        words = found.page.text[sentence.start : sentence.end]
        named = next((one.id for one in sentence.named("regulator")), None)
        acting = any(one.kind in MONEY_KINDS for one in sentence.triggers) and fits(named, words)
        about = found.company_at(sentence)
        for one in sentence.sums if acting and about else ():
            if one.use == "total":
                yield Claim(
                    0, words, sentence.start, sentence.end, about or "",
                    law=_law(found, sentence), scope="total", least=one.amount.least, most=one.amount.most,
                    currency=one.amount.currency, until=found.page.published, confidence=_TOTAL_SURE,
                )  # fmt: skip


def _findings(found: Reading, fits: _Fits) -> Iterator[Claim]:
    """Yield what authorities are said to have found, where no sanction of theirs is told beside it."""
    for sentence in found.facts.sentences:
        words = found.page.text[sentence.start : sentence.end]
        about = found.company_at(sentence)
        if not about or not _FINDING.search(words):
            continue
        named = [one.id for one in sentence.named("regulator")]
        for authority in dict.fromkeys([*named, *places.authorities(words, found.page.language)]):
            if not fits(authority, words):
                continue
            yield Claim(
                0, words, sentence.start, sentence.end, about, authority=authority, law=_law(found, sentence),
                scope="finding", until=found.page.published, confidence=_FINDING_SURE,
            )  # fmt: skip


def _law(found: Reading, sentence: Sentence) -> str | None:
    """Return the law that a sentence names first, else the page."""
    return next((one.id for one in (*sentence.named("law"), *found.laws)), None)
