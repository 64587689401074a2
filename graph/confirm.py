"""Which documents of a release say the same of an act as one source does, and which say otherwise.

Read from the release itself: the documents that record one act (`graph/agreement.py`), and the press's claims that were
matched with its measures.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

import pyoxigraph as ox
from rdflib.namespace import DCTERMS

from graph.agreement import Linked, Record, Said, linked, near, said_of
from graph.events import family
from graph.merge import discounted
from ontology.dates import Date, gap_days
from ontology.identifiers import iri, slug, split
from ontology.records import Money
from ontology.registry import registry
from ontology.terms import FG, PREFIXES


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What another document says of an act: the fields that it confirms, and (field, ours, theirs) where it does not.

    `source` is who keeps the document: a loader's name, or the domain of a page that a person read.
    """

    source: str
    record: str
    url: str
    confirms: tuple[str, ...]
    contradicts: tuple[tuple[str, str, str], ...] = ()
    settled: str = ""

    @property
    def counts(self) -> bool:
        """Tell whether it confirms the act itself, not only who acts and on whom."""
        return bool({*self.confirms} - {"authority", "respondents"})


@dataclass(frozen=True, slots=True)
class Confirmed:
    """An act of a source with what the other documents of the release say of it."""

    act: str
    title: str
    review: str
    found: tuple[Confirmation, ...]

    @property
    def sources(self) -> frozenset[str]:
        """The sources that confirm it."""
        return frozenset(one.source for one in self.found if one.counts)


def confirmed(store: ox.Store, source: str) -> Iterator[Confirmed]:
    """Yield the acts that a source records, in order of their names, with what other documents say."""
    claims = _claims(store)
    for act in linked(store, every=True):
        own = next((one for one in act.records if one.source == source), None)
        if own is not None:
            yield Confirmed(_name(act.act), act.title, _review(store, own), _found(store, act, own, claims))


def _name(short: str) -> str:
    return short.partition(":")[2]


def _review(store: ox.Store, record: Record) -> str:
    document = ox.NamedNode(iri("graph", record.document))
    prov = ox.NamedNode(iri("graph", "prov"))
    (quad,) = store.quads_for_pattern(document, ox.NamedNode(FG.reviewStatus), None, prov)
    return _local(quad.object)


def _local(term: object) -> str:
    found = split(str(getattr(term, "value", term)))
    return found[1] if found else str(getattr(term, "value", term))


def _found(
    store: ox.Store, act: Linked, own: Record, claims: Mapping[str, Sequence[Confirmation]]
) -> tuple[Confirmation, ...]:
    subject = PREFIXES[act.act.partition(":")[0]] + _name(act.act)
    ours = said_of(store, subject, ox.NamedNode(iri("graph", own.document)))
    found = []
    for other in act.records:
        if other is not own:
            theirs = said_of(store, subject, ox.NamedNode(iri("graph", other.document)))
            found.append(compared(ours, theirs, other, _name(act.act).partition("_")[0]))
    for measure in sorted(ours.act.get(str(FG.measure), ())):
        found += claims.get(measure, ())
    return tuple(found)


def compared(ours: Said, theirs: Said, other: Record, authority: str) -> Confirmation:
    """Return what one document says of an act beside what another does; both record it, so their authorities agree."""
    confirms, contradicts = ["authority"], []
    for field, verdict, mine, its in (
        ("decided", *_dates(ours, theirs, FG.decidedOn)),
        ("published", *_dates(ours, theirs, FG.publishedOn)),
        ("docket", *_dockets(ours, theirs)),
        ("respondents", *_parties(ours, theirs)),
        ("amount", *_sums(ours, theirs, authority)),
        ("breaches", *_articles(ours, theirs)),
        ("outcome", *_same(ours, theirs, FG.outcome)),
    ):
        if verdict:
            confirms.append(field)
        elif verdict is False:
            contradicts.append((field, mine, its))
    return Confirmation(other.source, other.record, other.url or "", tuple(confirms), tuple(contradicts))


Verdict = tuple[bool | None, str, str]
"""Whether two documents say the same (None: one says nothing), and what each says."""


def _said(values: Sequence[str] | frozenset[str]) -> str:
    return ", ".join(sorted(map(_local, values)))


def _values(one: Said, predicate: str) -> frozenset[str]:
    return one.act.get(str(predicate), frozenset())


def _same(ours: Said, theirs: Said, predicate: str) -> Verdict:
    mine, its = _values(ours, predicate), _values(theirs, predicate)
    return (bool(mine & its) if mine and its else None), _said(mine), _said(its)


def _parties(ours: Said, theirs: Said) -> Verdict:
    """Compare respondents. Who names the group, another company of it, or a part of the name, says neither."""
    agree, mine, its = _same(ours, theirs, FG.respondent)
    if agree is False and any(
        _akin(_local(one), _local(other))
        for one in _values(ours, FG.respondent)
        for other in _values(theirs, FG.respondent)
    ):
        return None, "", ""
    return agree, mine, its


def _akin(ours: str, theirs: str) -> bool:
    """Tell whether two are of one group, or the second is in no table and its name is a part of the first's."""
    unlisted = theirs not in registry().organisations
    return family(ours, registry()) == family(theirs, registry()) or (
        unlisted and {*theirs.split("-")} <= {*ours.split("-")}
    )


def _dates(ours: Said, theirs: Said, predicate: str) -> Verdict:
    """Compare days. The day that a register has as that of decision may be ours of publication: this confirms ours."""
    mine, its = _values(ours, predicate), _values(theirs, predicate)
    if predicate == FG.publishedOn and not its:
        its = _values(theirs, FG.decidedOn) & mine
    if not mine or not its:
        return None, "", ""
    agree = all(not gap_days(Date.parse(one), Date.parse(other)) for one in mine for other in its)
    if not agree and predicate == FG.decidedOn and its <= _values(ours, FG.publishedOn):
        return None, "", ""
    return agree, _said(mine), _said(its)


def _dockets(ours: Said, theirs: Said) -> Verdict:
    """Compare dockets by their letters and digits: one may be part of the other.

    Only dockets of one form contradict each other: `PS/00170/2023` is a procedure of the file `EXP202202960`.
    """
    mine, its = ({_docket(value) for value in _values(one, DCTERMS.identifier)} for one in (ours, theirs))
    joined = [[one.replace("-", "") for one in side] for side in (mine, its)]
    if any(one in other or other in one for one in joined[0] for other in joined[1]):
        return True, "", ""
    if not {_form(one) for one in mine} & {_form(one) for one in its}:
        return None, "", ""
    return False, _said(_values(ours, DCTERMS.identifier)), _said(_values(theirs, DCTERMS.identifier))


def _docket(value: str) -> str:
    """Return a docket's letters and digits, a year at its end in full (`146/24` is `146/2024`)."""
    return slug(re.sub(r"(?<=/)(\d\d)$", r"20\1", value))


def _form(docket: str) -> str:
    return re.sub(r"\d+", "0", docket)


def _sums(ours: Said, theirs: Said, authority: str) -> Verdict:
    """Compare sums: one of theirs, or their total, is one of ours, or our total; what was converted within 15 %."""
    mine, its = list(ours.sums.values()), list(theirs.sums.values())
    if not mine or not its:
        return None, "", ""
    when = next((Date.parse(one) for one in sorted(_values(ours, FG.decidedOn))), None)
    pairs = [(one, other) for one in _totals(mine) for other in _totals(its)]
    alike = any(
        one == other or discounted(authority, one, other) or (one.currency != other.currency and near(one, other, when))
        for one, other in pairs
    )
    return alike, ", ".join(map(str, mine)), ", ".join(map(str, its))


def _totals(sums: Sequence[Money]) -> Iterator[Money]:
    """Yield the sums, and what all of one currency, or all but one (a penalty a day), make together."""
    for many in sorted({1, len(sums) - 1, len(sums)} - {0}):
        for some in combinations(sums, many):
            if len({one.currency for one in some}) == 1:
                yield Money(sum((one.amount for one in some), Decimal(0)), some[0].currency)


def _articles(ours: Said, theirs: Said) -> Verdict:
    """Compare articles: a shorter list is no contradiction."""
    mine, its = ({_article(name) for name in _values(one, FG.foundViolationOf)} for one in (ours, theirs))
    if not mine or not its:
        return None, "", ""
    return mine <= its or its <= mine, _said(frozenset(mine)), _said(frozenset(its))


def _article(provision: str) -> str:
    """Return the article of a provision. Registers write the EU's GDPR for that of the UK, which has its numbers."""
    return _local(provision).split("_par-")[0].split("_pnt-")[0].replace("gb_uk-gdpr_", "eu_gdpr_")


def _claims(store: ox.Store) -> dict[str, list[Confirmation]]:
    """Return the press's confirmed claims by the measure that they speak of."""
    found: defaultdict[str, list[Confirmation]] = defaultdict(list)
    rows = store.query(
        "SELECT DISTINCT ?measure ?source ?url ?amount {"
        " ?match fg:matchStatus st:confirmed ; fg:matchedMeasure ?measure ; fg:matchedClaim ?claim ."
        " ?claim fg:claimedIn ?source . OPTIONAL { ?claim fg:claimedMin ?amount }"
        " OPTIONAL { ?source schema:url ?url } }",
        prefixes=PREFIXES,
        use_default_graph_as_union=True,
    )
    assert isinstance(rows, ox.QuerySolutions)  # noqa: S101 - a SELECT
    for row in rows:
        confirms = ("respondents", "amount") if row["amount"] else ("respondents",)
        item = Confirmation("press", _local(row["source"]), str(getattr(row["url"], "value", "")), confirms)
        found[row["measure"].value].append(item)
    return {measure: sorted(items, key=lambda one: one.record) for measure, items in found.items()}
