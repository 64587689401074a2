"""A line to a decision of an authority.

Titles and summaries are carried only where all respondents are organisations: they may name the others.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence

from loaders.mapped.facts import Facts
from loaders.mapped.mapping import place
from loaders.mapped.provisions import provisions
from loaders.mapped.reading import Reading, is_address, local
from loaders.mapped.respondents import respondents
from loaders.source import RecordError
from ontology.identifiers import MAX_LENGTH
from ontology.records import Act, Measure, Money, Respondent
from ontology.registry import Authority, RegistryError
from ontology.terms import GROUP_OF
from ontology.vocabulary import concepts

_MONEYED = ("payable", "running")


def reader(reading: Reading) -> Callable[[Facts], Act]:
    """Return the function that reads one line; it knows which dockets the table gives once."""
    dockets = Counter(local(docket) for facts in reading.each() if (docket := facts.one("docket")))
    return lambda facts: _act(reading, facts, dockets)


def _act(reading: Reading, facts: Facts, dockets: Counter[str]) -> Act:
    country = _country(facts)
    authority = _authority(facts, country)
    docket = facts.one("docket")
    unique = docket if docket and dockets[local(docket)] == 1 else ""
    key = reading.key(facts, unique or facts.line.place.rpartition(", ")[2])
    who, withheld = respondents(facts)
    reading.withheld += withheld
    title, summary = (_text(facts, fact, who) for fact in ("title", "summary"))
    cited, cited_text = provisions(facts, country or None)
    for fact in ("url", "official_url"):
        for url in facts.all(fact):
            if not is_address(url):
                facts.doubt(fact, url, "no address (https://…); left out")
    named = ", ".join(one.name for one in who) or "undisclosed"
    return Act(
        id=_id(authority, unique or f"{reading.rules.name} {key}"),
        document=reading.document(key, title or f"{reading.rules.publisher or reading.rules.name}: {key}", facts),
        type="decision",
        authority=authority.id,
        respondents=who,
        title=((reading.rules.language, title),) if title else (("en", f"{authority.label}: {named} ({key})"),),
        docket=docket or None,
        ecli=facts.one("ecli") or None,
        decided=facts.date("decided"),
        published=facts.date("published"),
        provisions=cited,
        provisions_text=cited_text,
        measures=_measures(facts, who),
        sectors=_sectors(facts),
        summary=((reading.rules.language, summary),) if summary else (),
    )


def _country(facts: Facts) -> str:
    text = facts.one("country")
    found = place(text) if text else None
    if text and found is None:
        facts.doubt("country", text, "no country that we know; left out (see [values.country])")
    return found or ""


def _authority(facts: Facts, country: str) -> Authority:
    name = facts.one("authority")
    if not name:
        raise RecordError(f"{', '.join(facts.columns.get('authority', ()))} is empty: no authority acted; "
                          "fill it in, or set [defaults] authority")  # fmt: skip
    known = facts.source.registry.authorities
    if name in known:
        return known[name]
    try:
        return facts.source.authority(name, country)
    except RegistryError as error:
        meant = facts.source.lookup.general(country) or "de-be"
        more = "" if country else "; a [columns] country may tell too"
        raise RecordError(
            f'{error}; or say in the mapping whom it means: [values.authority] "{name}" = "{meant}"{more}'
        ) from error


def _id(authority: Authority, text: str) -> str:
    """Return the act's local name, short enough for those of its measures."""
    name, room = local(text), MAX_LENGTH - 4 - len(authority.id)
    if len(name) > room:
        name = f"{name[: room - 11].rstrip('-')}-{hashlib.sha256(name.encode()).hexdigest()[:10]}"
    return f"{authority.id}_{name}"


def _text(facts: Facts, fact: str, who: Sequence[Respondent]) -> str:
    return facts.one(fact) if who and all(one.org for one in who) else ""


def _measures(facts: Facts, who: Sequence[Respondent]) -> tuple[Measure, ...]:
    """Return the measures; the amount is that of the one that can have an amount."""
    kinds = [kind for text in facts.all("kind") if (kind := _kind(facts, text))]
    found = facts.amount()
    moneyed = [number for number, kind in enumerate(kinds) if GROUP_OF[kind] in _MONEYED]
    if found and len(moneyed) != 1:
        reason = "several measures that have an amount" if moneyed else "no measure that has an amount"
        facts.doubt("amount", found.words, f"{reason}; left out")
        found = None
    target = who[0].org if len(who) == 1 else None
    measures = []
    for number, kind in enumerate(kinds):
        mine = found if number in moneyed else None
        money: Money | None = mine.money if mine else None
        text = mine.words if mine and money is None else None
        measures.append(Measure(number + 1, kind, target, money, amount_text=text))
    return tuple(measures)


def _kind(facts: Facts, text: str) -> str | None:
    kind = "-".join(text.casefold().replace("-", " ").split())
    if kind in GROUP_OF:
        return kind
    facts.doubt("kind", text, f"no kind of measure; say in [values.kind] which it is: {', '.join(GROUP_OF)}")
    return None


def _sectors(facts: Facts) -> tuple[str, ...]:
    found = []
    for text in facts.all("sector"):
        if text in concepts("sector"):
            found.append(text)
        else:
            facts.doubt("sector", text, "no sector that we know; say in [values.sector] which it is; left out")
    return tuple(dict.fromkeys(found))
