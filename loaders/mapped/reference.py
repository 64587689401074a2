"""A line to a statement about an organisation or a law. The whole list is one document."""

import re

from loaders.mapped.facts import Facts
from loaders.mapped.mapping import place
from loaders.mapped.reading import Reading, is_address, local
from loaders.source import RecordError, Skipped
from ontology.dates import Date, DateError
from ontology.records import Enactment, Organisation, Reference, Spelling
from ontology.vocabulary import concepts

_LEI = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
_WIKIDATA = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/)?(?P<id>Q[1-9]\d*)")
_OTHERS = frozenset(("product", "description"))  # spellings that stand for a company and are not its name
_OLDEST_LAW = 1000


def load_organisation(reading: Reading, facts: Facts) -> Reference:
    """Read what a line says of an organisation; raise RecordError where it names none."""
    name = facts.one("name")
    if not name:
        raise RecordError(f"{', '.join(facts.columns['name'])} is empty: a line names one organisation")
    key = _key(reading, facts, name)
    parent = facts.one("parent")
    sector = facts.one("sector")
    if sector and sector not in concepts("sector"):
        facts.doubt("sector", sector, "no sector that we know; say in [values.sector] which it is; left out")
        sector = ""
    thing = Organisation(
        _named(facts, name),
        name,
        _jurisdiction(facts),
        tuple(Spelling(one, "alias", reading.rules.language) for one in facts.all("other_names")),
        _named(facts, parent) if parent else None,
        sector=sector,
        homepage=_address(facts, "homepage"),
        lei=_lei(facts),
        same_as=_wikidata(facts),
        sources=tuple(one for one in facts.all("url") if is_address(one)),
    )
    return Reference(reading.whole(), thing, key)


def _key(reading: Reading, facts: Facts, name: str) -> str:
    """Return what the list calls its thing, "" where the mapping names no key; problems then speak of its name."""
    if reading.columns.get("key"):
        return reading.key(facts, "")
    facts.line.record = name
    return ""


def _named(facts: Facts, name: str) -> str:
    """Return the local name of an organisation: that of the tables, or, as acts name it, the slug of its name."""
    found = facts.source.lookup.organisation(name)
    if found.id and found.candidates[0].method not in _OTHERS:
        return found.id
    own = local(name)
    while own in facts.source.registry.organisations:  # an id of the tables names the organisation of its row
        own = f"{own}-2"
    return own


def load_law(reading: Reading, facts: Facts) -> Reference:
    """Read what a line says of a law; raise Skipped where it gives no title."""
    title, english = facts.one("title"), facts.one("english_title")
    if not title and not english:
        raise Skipped("the law has no title")
    key = _key(reading, facts, title or english)
    where = _jurisdiction(facts)
    name = f"{where or facts.one('jurisdiction')} {local(title or english)}"
    titles = {reading.rules.language: title, "en": english} if title else {"en": english}
    law = Enactment(
        reading.fresh(local(name)),
        tuple((language, text) for language, text in titles.items() if text),
        where,
        _address(facts, "url"),
        _year(facts),
    )
    return Reference(reading.whole(), law, key)


def _jurisdiction(facts: Facts) -> str | None:
    text = facts.one("jurisdiction")
    found = place(text) if text else None
    if text and found is None:
        facts.doubt("jurisdiction", text, "no one place that we know; left out (see [values.jurisdiction])")
    return found


def _address(facts: Facts, fact: str) -> str:
    text = facts.one(fact)
    if text and not is_address(text):
        facts.doubt(fact, text, "no address (https://…); left out")
        return ""
    return text


def _lei(facts: Facts) -> str:
    """Return a Legal Entity Identifier whose check digits are right (ISO 17442: modulo 97 is 1)."""
    text = facts.one("lei").upper().replace(" ", "")
    if not text or (_LEI.fullmatch(text) and int("".join(str(int(sign, 36)) for sign in text)) % 97 == 1):
        return text
    facts.doubt("lei", text, "no Legal Entity Identifier: 20 signs, the last two check the others; left out")
    return ""


def _wikidata(facts: Facts) -> tuple[str, ...]:
    text = facts.one("wikidata")
    match = _WIKIDATA.fullmatch(text)
    if text and match is None:
        facts.doubt("wikidata", text, "no item of Wikidata (Q95); left out")
    return (f"http://www.wikidata.org/entity/{match['id']}",) if match else ()


def _year(facts: Facts) -> Date | None:
    text = facts.one("year")
    try:
        found = Date.parse(text, earliest=_OLDEST_LAW) if text else None
    except DateError as error:
        facts.doubt("year", text, f"{error}; left out")
        return None
    if found and found.first > facts.source.latest:
        facts.doubt("year", text, f"lies after {facts.source.latest}; left out")
        return None
    return found
