"""Whether a measure was paid: derived from the newest dated evidence on record."""

from collections.abc import Iterator, Sequence

from graph import triples
from graph.consolidate import Worth
from ontology.dates import Date
from ontology.identifiers import iri
from ontology.records import Story
from ontology.terms import FG


def statements(stories: Sequence[Story], measures: Sequence[Worth]) -> Iterator[str]:
    """Yield the payment status of each measure with evidence, and the day that it speaks of, as N-Quads.

    Evidence is an act that states what was paid, and a press item's claim that names its measures.
    Of two on one day the press comes last: it speaks of what followed.
    """
    known: dict[str, tuple[str, Date]] = {}
    evidence: list[tuple[Date, int, str, str]] = [
        (when, 0, one.name, "paid")
        for one in measures
        if one.measure.paid and (when := one.act.published or one.act.decided)
    ]
    evidence += [
        (story.published, 1, name, claim.status)
        for story in stories
        for claim in story.claims
        if claim.status and story.published
        for name in claim.measures
    ]
    for when, _, name, status in sorted(evidence, key=lambda one: (one[0].last, *one[1:])):
        known[name] = status, when
    names = {one.name for one in measures}
    for name, (status, when) in sorted(known.items()):
        if name in names:
            here = triples.Subject(iri("measure", name)).add(FG.paymentStatus, triples.ref(iri("status", status)))
            yield from here.add(FG.statusAsOf, triples.date(when))
