"""Whether a measure was paid: derived from the newest dated evidence on record."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from graph import triples
from graph.consolidate import Worth
from ontology.dates import Date
from ontology.identifiers import iri
from ontology.records import Story
from ontology.terms import FG


def statements(stories: Sequence[Story], measures: Sequence[Worth]) -> Iterator[str]:
    """Yield the payment status of each measure with evidence, and the day that it speaks of, as N-Quads.

    Evidence is a document of an act that states the payment or what was paid, and a press item's claim that
    names its measures. The newest counts; a month or a year counts from its first day, so that it never beats a day
    in it. On one day the press comes last: it speaks of what followed. Where items of one day contradict each other,
    nothing is stated. What is no longer in force is not owed: of it only a payment is stated.
    """
    evidence: defaultdict[str, dict[tuple[date, int], set[tuple[str, Date]]]] = defaultdict(dict)
    for one in measures:
        when = one.act.published or one.act.decided
        if one.measure.payment:
            status, day = one.measure.payment
            evidence[one.name].setdefault((day.first, 0), set()).add((status, day))
        if one.measure.paid and one.measure.paid.amount and when:
            evidence[one.name].setdefault((when.first, 0), set()).add(("paid", when))
    for story in stories:
        for claim in story.claims:
            for name in claim.measures if claim.status and story.published else ():
                said = (claim.status or "", story.published or Date(1))
                evidence[name].setdefault((said[1].first, 1), set()).add(said)
    standing = {one.name for one in measures if one.status == "in-force"}
    for name, found in sorted(evidence.items()):
        newest = found[max(found)]
        if len(newest) != 1:
            continue
        [(status, when)] = newest
        if status == "paid" or name in standing:
            here = triples.Subject(iri("measure", name)).add(FG.paymentStatus, triples.ref(iri("status", status)))
            yield from here.add(FG.statusAsOf, triples.date(when))
