"""Organisations of a Wikidata-shaped endpoint. Natural persons are dropped; no report tells who they are."""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from loaders.endpoint.answers import Answers, Facts, Value
from loaders.endpoint.identify import identify, name_of
from loaders.endpoint.questions import IRI
from loaders.source import Skipped, Source
from ontology.identifiers import slug
from ontology.records import Document, Organisation, Reference, Spelling

_LEI = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_NO_LANGUAGE = frozenset(("mul", "und", "mis", "zxx"))  # many, undetermined, without a code, none
_ROLES = {"label": "alias", "official": "alias", "former": "former"}


@dataclass(frozen=True, slots=True)
class Items:
    """The items of a file: the local names of organisations, and those that are natural persons."""

    names: Mapping[str, str]
    persons: Container[str]


def load(source: Source, answers: Answers) -> Iterator[Reference]:
    """Yield what the endpoint says of each organisation."""
    settings = source.config[answers.shape]
    persons = {one.key for one in answers.things if Value(settings["person"]) in one.peek("class")}
    for facts in answers.things:
        if facts.key in persons:
            facts.record = ""
        else:
            facts.place = facts.record = facts.key.rpartition("/")[2]
    names = identify(source, (one for one in answers.things if one.key not in persons))
    items = Items(names, persons)

    def load_one(source: Source, row: Facts) -> Reference:
        if row.key in persons:
            raise Skipped("a natural person")
        return load_organisation(source, row, items, answers)

    yield from source.each(answers.things, load_one)


def load_organisation(source: Source, facts: Facts, items: Items, answers: Answers) -> Reference:
    """Read one item; `items` are all of the file."""
    facts.whole()
    if facts.unknown():
        raise Skipped("the endpoint does not know the item")
    if merged := facts.values("merged"):
        raise Skipped(f"the item was merged into {merged[0].text.rpartition('/')[2]}; correct organisations.csv")
    if facts.key not in items.names:
        raise Skipped("the item has no label in a language that we ask for")
    own = Organisation(items.names[facts.key], name_of(facts))
    ours = source.registry.organisations.get(own.id, own)
    name = own.name or ours.name
    spellings = [
        Spelling(" ".join(one.text.split()), role, "" if one.language in _NO_LANGUAGE else one.language)
        for field, role in _ROLES.items()
        for one in facts.values(field)
    ]
    current = {one.text for one in spellings if one.role != "former"} | {name}
    facts.ignore("class")
    thing = Organisation(
        ours.id,
        name,
        _one(source, facts, "country", [one for one in _texts(facts, "country") if _COUNTRY.fullmatch(one)],
             ours.jurisdiction or "") or None,
        tuple(dict.fromkeys(
            one for one in spellings if one.text != name and (one.role != "former" or one.text not in current)
        )),
        _parent(source, facts, items, ours),
        homepage=_homepage(source, facts, ours.homepage),
        lei=_lei(source, facts, ours.lei),
        same_as=_item(source, facts, items.names, ours),
    )  # fmt: skip
    facts.leftovers()
    return Reference(_document(source, facts, answers, name), thing, facts.record)


def _document(source: Source, facts: Facts, answers: Answers, name: str) -> Document:
    table: Mapping[str, Any] = source.config[answers.shape]
    own = answers.endpoint == table["endpoint"]
    return Document(
        source="endpoint",
        key=slug(facts.place),
        tier=table["tier"],
        title=f"{table['publisher'] if own else answers.endpoint}: {name} ({facts.place})",
        url=facts.key,
        publisher=table["publisher"] if own else answers.endpoint,
        licence=table["licence"] if own else None,
        retrieved=answers.retrieved,
        digest=source.digest,
        place=facts.place,
        record=facts.place,
    )


def _texts(facts: Facts, field: str) -> list[str]:
    return [one.text.strip() for one in facts.values(field)]


def _one(source: Source, facts: Facts, field: str, values: list[str], ours: str) -> str:
    """Return the value of a field that has one.

    Where it has several, ours is taken if it is among them, else none; what contradicts ours is told.
    """
    if ours in values:
        return ours
    if len(values) > 1:
        source.doubt(facts, field, ", ".join(values), "several values; none is taken")
        return ""
    if values and ours:
        _contradiction(source, facts, field, values[0], ours)
    return values[0] if values else ""


def _contradiction(source: Source, facts: Facts, field: str, theirs: str, ours: str) -> None:
    source.doubt(facts, field, theirs, f"contradicts {ours!r} of our tables, which stands")


def _lei(source: Source, facts: Facts, ours: str) -> str:
    """Return the LEI; one whose check digits are wrong (ISO 17442: modulo 97 is 1) is reported and left out."""
    good = []
    for one in _texts(facts, "lei"):
        if _LEI.fullmatch(one) and int("".join(str(int(sign, 36)) for sign in one)) % 97 == 1:
            good.append(one)
        else:
            source.doubt(facts, "lei", one, "no LEI: 20 signs, the last two check the others; left out")
    return _one(source, facts, "lei", good, ours)


def _homepage(source: Source, facts: Facts, ours: str) -> str:
    """Return the web site; one that differs from ours in scheme, "www." or path alone does not contradict it."""
    good = []
    for one in _texts(facts, "homepage"):
        if _host(one):
            good.append(one)
        else:
            source.doubt(facts, "homepage", one, "no address (https://…); left out")
    same = [one for one in good if _host(one) == _host(ours)]
    return same[0] if same else _one(source, facts, "homepage", good, ours)


def _host(address: str) -> str:
    """Return the host of an address of the web without "www.", "" for any other text."""
    try:
        parts = urlsplit(address if IRI.fullmatch(address) else "")
    except ValueError:  # no host at all, such as http://[
        return ""
    return (parts.hostname or "").removeprefix("www.") if parts.scheme in {"http", "https"} else ""


def _parent(source: Source, facts: Facts, items: Items, ours: Organisation) -> str | None:
    """Return the local name of the parent, None where there is none or the answers do not describe it."""
    known = []
    for one in _texts(facts, "parent"):
        if one in items.names:
            known.append(items.names[one])
        elif one in items.persons:
            source.doubt(facts, "parent", "", "a natural person; left out")
        else:
            source.doubt(facts, "parent", one.rpartition("/")[2], "the answers say nothing of this parent; left out")
    return _one(source, facts, "parent", list(dict.fromkeys(known)), ours.parent or "") or None


def _item(source: Source, facts: Facts, names: Mapping[str, str], ours: Organisation) -> tuple[str, ...]:
    """Return the item; none where others have its LEI as well, for then nobody knows which is meant.

    One that is not the item of our tables is reported, and one that only its name identifies.
    """
    if ours.same_as and facts.key not in ours.same_as:
        _contradiction(source, facts, "item", facts.place, ours.same_as[0].rpartition("/")[2])
    registered = ours.id in source.registry.organisations
    if registered and not ours.same_as and ours.lei not in {one.text for one in facts.peek("lei")} - {""}:
        source.doubt(facts, "item", facts.place, f"taken for {ours.id!r} by name and country alone")
    rivals = [key.rpartition("/")[2] for key, id_ in names.items() if id_ == ours.id and key != facts.key]
    if rivals and not ours.same_as:
        source.doubt(facts, "item", facts.place, f"has its LEI in common with {', '.join(rivals)}")
        return ()
    return (facts.key,)
