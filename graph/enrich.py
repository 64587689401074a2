"""Reference data completed from documents: identifiers of registered organisations where the tables have none."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ontology.records import TIERS, Document, Organisation, Reference

_FIELDS = ("homepage", "lei", "same_as")


def organisations(known: Mapping[str, Organisation], references: Iterable[Reference]) -> Iterator[Organisation]:
    """Yield the registered organisations, sorted by id, with the homepage, LEI and matches that documents state.

    What the tables state is never overridden. The document of the best tier counts, then the first by name;
    one that states several values for one organisation gives none.
    """
    stated: defaultdict[str, defaultdict[Document, list[Organisation]]] = defaultdict(lambda: defaultdict(list))
    for one in references:
        if isinstance(one.thing, Organisation):
            stated[one.thing.id][one.document].append(one.thing)
    for id_, organisation in sorted(known.items()):
        yield _completed(organisation, stated[id_]) if id_ in stated else organisation


def _completed(organisation: Organisation, stated: Mapping[Document, list[Organisation]]) -> Organisation:
    for document in sorted(stated, key=lambda one: (TIERS.index(one.tier), one.name)):
        organisation = replace(organisation, **_missing(organisation, stated[document]))
    return organisation


def _missing(organisation: Organisation, stated: Iterable[Organisation]) -> dict[str, Any]:
    values = {name: {value for one in stated if (value := getattr(one, name))} for name in _FIELDS}
    return {name: found.pop() for name, found in values.items() if len(found) == 1 and not getattr(organisation, name)}
