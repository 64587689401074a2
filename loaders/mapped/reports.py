"""A line to a press item: its headline, and its text where the table has one, searched for claims as pages are."""

from loaders.mapped.facts import Facts
from loaders.mapped.reading import Reading
from loaders.news.draft import Part
from loaders.news.page import composed
from loaders.news.reader import claims, may_claim
from loaders.source import Counted, RecordError
from ontology.records import Story

NO_CLAIM = "no claim about a known company"


def load_report(reading: Reading, facts: Facts) -> Story:
    """Read one line; raise Counted where it makes no claim, as most lines of a list of headlines do."""
    headline, body = facts.one("headline"), facts.one("text")
    if not headline:
        raise RecordError(f"{', '.join(facts.columns['headline'])} is empty: a press item needs a headline")
    text = f"{headline}\n\n{body}" if body else headline
    if not may_claim(text):
        raise Counted(NO_CLAIM)
    published = facts.date("published")
    language = reading.rules.language or "en"
    parts = [Part("paragraph", one) for one in body.split("\n\n")] if body else []
    page = composed(headline, parts, published=published, url=facts.one("url") or None, language=language)
    found = claims(page, reading.source.registry)
    if not found:
        raise Counted(NO_CLAIM)
    key = reading.key(facts, f"{published} {headline}" if published else headline)
    return Story(reading.document(key, headline, facts), headline, language, published, found)
