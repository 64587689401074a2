"""Laws of a Cellar-shaped endpoint, asked by ELI: CELEX number, titles, and when they apply."""

import re
from collections.abc import Iterable, Iterator

from loaders.endpoint.answers import Answers, Facts
from loaders.source import Skipped, Source
from ontology.dates import Date, DateError
from ontology.identifiers import slug
from ontology.records import Document, Enactment, Reference
from ontology.registry import Law

_CELEX = re.compile(r"[0-9CE][0-9]{4}[A-Z]{1,2}[0-9A-Z/()_-]+")
_OLDEST = 1951  # the Treaty of Paris
_TRUTH = {"true": True, "1": True, "false": False, "0": False}


def load(source: Source, answers: Answers) -> Iterator[Reference]:
    """Yield what the endpoint says of each law."""
    ours = {iri: law for law in source.registry.laws.values() for iri in law.same_as}

    def load_one(source: Source, row: Facts) -> Reference:
        return load_law(source, row, ours.get(row.key), answers)

    yield from source.each(answers.things, load_one)


def load_law(source: Source, facts: Facts, ours: Law | None, answers: Answers) -> Reference:
    """Read one law; `ours` is the law of the tables that has its ELI."""
    settings = source.config[answers.shape]
    facts.place = facts.record = facts.key.removeprefix(settings["eli"])
    facts.whole()
    if facts.unknown():
        raise Skipped("the endpoint does not know the law")
    celex = _celex(source, facts)
    titles = [(one.language, " ".join(one.text.split())) for one in facts.values("title")]
    if not titles:
        raise Skipped("the law has no title in a language that we ask for")
    since, until = _since(source, facts), _until(source, facts, settings["no_end"])
    if ours:
        _compare(source, facts, "from", since, ours.since)
        _compare(source, facts, "until", until, ours.until)
    facts.leftovers()
    law = Enactment(
        ours.id if ours else slug(celex or facts.place),
        tuple(sorted(titles, key=lambda pair: (pair[0] != "en", pair))),
        settings["jurisdiction"],
        f"{settings['text']}{celex}" if celex else facts.key,
        same_as=(facts.key, *([f"{settings['same_as']}{celex}"] if celex else [])),
        since=since,
        until=until,
    )
    own = answers.endpoint == settings["endpoint"]
    document = Document(
        source="endpoint",
        key=slug(facts.place),
        tier=settings["tier"] if own else "register",
        title=f"{'EUR-Lex' if own else answers.endpoint}: {celex or facts.place}",
        url=facts.key,
        publisher=settings["publisher"] if own else answers.endpoint,
        licence=settings["licence"] if own else None,
        retrieved=answers.retrieved,
        digest=source.digest,
        place=facts.place,
        record=facts.record,
    )
    return Reference(document, law, celex)


def _celex(source: Source, facts: Facts) -> str:
    """Return the CELEX number, "" where the endpoint states none or several."""
    numbers = [one.text for one in facts.values("celex")]
    good = [one for one in numbers if _CELEX.fullmatch(one)]
    if len(good) == 1 == len(numbers):
        return good[0]
    if numbers:
        reason = "several CELEX numbers; none is taken" if len(numbers) > 1 else "no CELEX number; left out"
        source.doubt(facts, "celex", ", ".join(numbers), reason)
    return ""


def _dates(source: Source, facts: Facts, field: str, texts: Iterable[str]) -> list[Date]:
    """Return the dates that texts of a field state; a law may begin or end on a day to come."""
    found = []
    for text in texts:
        try:
            found.append(Date.parse(text[:10], earliest=_OLDEST))  # a time zone may follow the day
        except DateError as error:
            source.doubt(facts, field, text, f"{error}; left out")
    return sorted(found, key=lambda date: date.first)


def _since(source: Source, facts: Facts) -> Date | None:
    """Return the day of entry into force: the first, where parts of the law follow later."""
    dates = _dates(source, facts, "from", (one.text for one in facts.values("from")))
    if len(dates) > 1:
        source.doubt(facts, "from", ", ".join(map(str, dates)), "several days; the law is in force from the first")
    return dates[0] if dates else None


def _until(source: Source, facts: Facts, no_end: str) -> Date | None:
    """Return the end of validity, held against the in-force flag."""
    texts = [one.text for one in facts.values("until") if not one.text.startswith(no_end)]
    dates = _dates(source, facts, "until", texts)
    if len(dates) > 1:
        source.doubt(facts, "until", ", ".join(map(str, dates)), "several days; none is taken")
    until = dates[0] if len(dates) == 1 else None
    flags = {_TRUTH.get(one.text) for one in facts.values("in-force")}
    if flags == {False} and not dates:
        source.doubt(facts, "in-force", "false", "no longer in force, and no day is stated")
    if flags == {True} and until and until.last < source.latest:
        source.doubt(facts, "in-force", "true", f"contradicts the end of validity, {until}")
    return until


def _compare(source: Source, facts: Facts, field: str, theirs: Date | None, ours: Date | None) -> None:
    """Report a date that contradicts ours; one that is more or less precise does not."""
    if theirs and ours and not (theirs.first <= ours.last and ours.first <= theirs.last):
        source.doubt(facts, field, str(theirs), f"contradicts {str(ours)!r} of our tables, which stands")
