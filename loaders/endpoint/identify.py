"""Which organisation an item is: by the item, then by LEI, then by name and country together. Nothing is guessed."""

from collections.abc import Iterable, Mapping

from loaders.endpoint.answers import Facts
from loaders.source import Source
from ontology.identifiers import slug
from ontology.places import LANGUAGES
from ontology.records import Organisation

_OTHERS = frozenset(("product", "description"))  # spellings that stand for a company and are not its name
_ANY = "mul"  # Wikidata's tag of a name that holds in every language
_ORDER = {language: rank for rank, language in enumerate(("en", _ANY, *LANGUAGES))}


def name_of(facts: Facts) -> str:
    """Return the English label, else one that holds in every language, else an official name, else any; "" for none.

    A name without a letter or digit is none.
    """
    labels = sorted(facts.peek("label"), key=lambda one: _ORDER.get(one.language, len(_ORDER)))
    first = labels[0] if labels and labels[0].language in {"en", _ANY} else None
    found = first or next(iter([*facts.peek("official"), *labels]), None)
    return " ".join(found.text.split()) if found and any(map(str.isalnum, found.text)) else ""


def identify(source: Source, things: Iterable[Facts]) -> Mapping[str, str]:
    """Return the local names of items: those of the tables, or the slugs of names that no other item has."""
    known = source.registry.organisations.values()
    items = {iri: one.id for one in known for iri in one.same_as}
    leis = {one.lei: one.id for one in known if one.lei}
    things = [facts for facts in things if name_of(facts) or facts.key in items]
    merged = {new.text: items[facts.key] for facts in things for new in facts.peek("merged") if facts.key in items}
    found: dict[str, str] = {}
    for facts in things:
        by_lei = (leis[one.text] for one in facts.peek("lei") if one.text in leis)
        sure = items.get(facts.key) or merged.get(facts.key) or next(by_lei, None)
        if sure:
            found[facts.key] = sure
    taken = set(found.values())
    for facts in things:
        if facts.key not in found:
            found[facts.key] = _by_name(source, facts, taken) or _fresh(source, facts, taken)
            taken.add(found[facts.key])
    return found


def _by_name(source: Source, facts: Facts, taken: set[str]) -> str | None:
    """Return the registered organisation of the item's name and country, where no identifier speaks against it."""
    match = source.lookup.organisation(name_of(facts))
    if match.id is None or match.id in taken or match.candidates[0].method in _OTHERS:
        return None
    ours: Organisation = source.registry.organisations[match.id]
    countries = [one.text for one in facts.peek("country")]
    contradicted = bool(ours.same_as) or (ours.lei and facts.peek("lei"))
    return ours.id if countries == [ours.jurisdiction] and not contradicted else None


def _fresh(source: Source, facts: Facts, taken: set[str]) -> str:
    """Return the slug of the name, as acts name a company; with the item where another organisation has that."""
    name = name_of(facts)
    source.unknown["organisation", name] += 1
    own = slug(name)
    if own in taken or own in source.registry.organisations:
        return f"{own}-{slug(facts.key.rpartition('/')[2])}"
    return own
