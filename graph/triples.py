"""Records to N-Quads: the only writer of RDF.

Every function yields N-Quads lines. Literals are written in the form that the Oxigraph store keeps
(a decimal without trailing zeros, plain integers), so that the text and the store never differ.
"""

import functools
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from rdflib.namespace import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SKOS, XSD

from ontology.dates import Date
from ontology.identifiers import digest, iri
from ontology.records import (
    Act,
    Case,
    Claim,
    Document,
    Enactment,
    Link,
    Match,
    Matter,
    Measure,
    Organisation,
    Reference,
    Spelling,
    Story,
    Texts,
)
from ontology.registry import Provision, Registry
from ontology.terms import FG, PREFIXES
from ontology.vocabulary import concept, foreign, provision_matches

SCHEMA = PREFIXES["schema"]
_ELI = PREFIXES["eli"]
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"})
_LABELS = {
    "name": SKOS.prefLabel,
    "acronym": SKOS.altLabel,
    "former": SKOS.altLabel,
    "alias": SKOS.altLabel,
    "product": SKOS.hiddenLabel,
    "description": SKOS.hiddenLabel,
}
_ROLES = {
    "controller": FG.controller,
    "joint-controller": FG.jointController,
    "processor": FG.processor,
}
# What no IRI may hold: these characters, and a "%" that encodes nothing.
_IRI_FORBIDDEN = re.compile(r'[\x00-\x20\x7f<>"{}|^`\\\[\]]|%(?![0-9A-Fa-f]{2})')


@functools.lru_cache(maxsize=1 << 16)
def ref(target: str) -> str:
    """Return an IRI as an N-Quads term; characters that no IRI may hold (a second # too) are percent-encoded.

    >>> ref("https://data.example/a b#c#d")
    '<https://data.example/a%20b#c%23d>'
    """
    plain = _IRI_FORBIDDEN.sub(lambda match: f"%{ord(match[0]):02X}", target)
    whole, hash_, fragment = plain.partition("#")
    return f"<{whole}{hash_}{fragment.replace('#', '%23')}>"


def text(value: str, language: str = "") -> str:
    """Return a string as an N-Quads literal."""
    body = value.translate(_ESCAPES)
    return f'"{body}"@{language.lower()}' if language else f'"{body}"'


def typed(value: str, datatype: str) -> str:
    """Return a literal of an XML Schema datatype."""
    return f'"{value}"^^<{XSD[datatype]}>'


def number(value: Decimal) -> str:
    """Return an xsd:decimal in the store's own form.

    >>> number(Decimal("20000000.00")), number(Decimal("0.50"))
    ('"20000000"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"0.5"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    """
    plain = f"{value:f}"
    return typed(plain.rstrip("0").rstrip(".") if "." in plain else plain, "decimal")


def date(value: Date) -> str:
    """Return a date with the datatype of its precision."""
    return typed(str(value), value.datatype)


class Subject:
    """One subject in one graph: collects its statements, skipping what is not stated."""

    def __init__(self, subject: str, graph: str | None = None) -> None:
        self._head = ref(subject)
        self._tail = f" {ref(graph)} .\n" if graph else " .\n"
        self.lines: list[str] = []

    def add(self, predicate: str, *objects: str | None) -> "Subject":
        """State (subject, predicate, object) for each object that is not None."""
        self.lines += [f"{self._head} {ref(predicate)} {obj}{self._tail}" for obj in objects if obj is not None]
        return self

    def labels(self, predicate: str, values: Texts) -> "Subject":
        """State a text in each of its languages."""
        return self.add(predicate, *(text(value, language) for language, value in values))

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)


def _name(type_: str, name: str | None) -> str | None:
    return ref(iri(type_, name)) if name else None


def _names(type_: str, names: Iterable[str]) -> list[str]:
    return [ref(iri(type_, name)) for name in names]


def _concept(scheme: str, slug: str) -> str | None:
    return ref(concept(scheme, slug)) if slug else None


def _when(value: Date | None) -> str | None:
    return date(value) if value else None


def _place(*codes: str | None) -> str | None:
    """Return the first of the codes that DPV's list of places has."""
    known = (iri_ for code in codes if code and (iri_ := PREFIXES["loc"] + code) in foreign("dpv-loc"))
    return next((ref(one) for one in known), None)


def currency(code: str) -> str:
    """Return the IRI of a currency in the EU's authority table."""
    return ref(PREFIXES["cur"] + code)


def act_type(act: Act) -> str:
    """Return the IRI of an act."""
    return iri(act.type, act.id)


def authority_iri(name: str, registry: Registry) -> str:
    """Return the IRI of a regulator or court."""
    return iri(registry.authorities[name].type, name)


def act(record: Act, registry: Registry, graph: str | None = None) -> Iterator[str]:
    """Yield what a document says of an act into its graph; without one, the consolidated record."""
    here = Subject(act_type(record), graph)
    here.add(RDF.type, ref(FG.Decision if record.type == "decision" else FG.CourtRuling))
    here.labels(SKOS.prefLabel, record.title)
    here.add(DCTERMS.identifier, *(text(value) for value in (record.docket, record.ecli) if value))
    here.add(FG.authority, ref(authority_iri(record.authority, registry)))
    for respondent in record.respondents:
        here.add(FG.respondent, _name("org", respondent.org))
        if respondent.role:
            here.add(_ROLES[respondent.role], _name("org", respondent.org))
        if respondent.org is None:
            here.add(FG.respondentKind, _name("status", respondent.kind))
        if graph or respondent.kind == "undisclosed":
            here.add(FG.respondentText, text(respondent.name))
    here.add(FG.decidedOn, _when(record.decided)).add(FG.publishedOn, _when(record.published))
    here.add(FG.foundViolationOf, *_names("law", record.provisions))
    here.add(FG.sector, *(_concept("sector", one) for one in record.sectors))
    here.add(FG.measure, *(ref(measure_iri(record, one)) for one in record.measures))
    here.add(FG.inCase, _name("case", record.case.id if record.case else None))
    here.add(FG.follows, _act_name(record.follows)).add(FG.reviews, _act_name(record.reviews))
    here.add(FG.outcome, _name("status", record.outcome))
    here.add(FG.leavesMeasures, _name("status", record.leaves))
    if graph and record.provisions_text:
        here.add(FG.provisionText, text(record.provisions_text))
    here.labels(DCTERMS.description, record.summary)
    yield from here
    for one in record.measures:
        yield from _measure(record, one, graph)
    if record.case:
        yield from _case(record.case, registry, graph)
    if graph is None:
        for old in record.replaces:
            yield from (
                Subject(iri(record.type, old))
                .add(OWL.deprecated, typed("true", "boolean"))
                .add(DCTERMS.isReplacedBy, ref(act_type(record)))
            )


def _act_name(name: str | None) -> str | None:
    """Return the IRI of another act; the name of a ruling comes with "ruling:" before it."""
    if name is None:
        return None
    bare = name.removeprefix("ruling:")
    return ref(iri("decision" if bare == name else "ruling", bare))


def measure_iri(record: Act, measure: Measure) -> str:
    """Return the IRI of a measure of an act."""
    return iri("measure", f"{record.id}_{measure.number}")


def _measure(record: Act, one: Measure, graph: str | None) -> Iterator[str]:
    here = Subject(measure_iri(record, one), graph).add(RDF.type, ref(FG.Measure))
    here.add(FG.kind, _name("kind", one.kind)).add(FG.target, _name("org", one.target))
    if one.money:
        here.add(FG.amount, number(one.money.amount)).add(FG.currency, currency(one.money.currency))
    if one.converted:
        here.add(FG.amountConverted, typed("true", "boolean"))
    if one.amount_text:
        here.add(FG.amountText, text(one.amount_text))
    if one.paid:
        here.add(FG.paidAmount, number(one.paid.amount))
    if one.payment:
        here.add(FG.statedPayment, _name("status", one.payment[0])).add(FG.statedPaymentOn, date(one.payment[1]))
    here.add(FG.perPeriod, typed(one.per, "duration") if one.per else None)
    here.add(FG.gracePeriod, typed(one.grace, "duration") if one.grace else None)
    here.add(FG.periodStart, _when(one.start)).add(FG.periodEnd, _when(one.end))
    here.add(FG.secures, *(ref(iri("measure", f"{record.id}_{n}")) for n in one.secures))
    here.add(FG.liquidates, _name("measure", one.liquidates)).add(FG.legalBasis, _name("law", one.basis))
    return iter(here.labels(SKOS.note, one.note))


def _case(case: Case, registry: Registry, graph: str | None) -> Iterator[str]:
    here = Subject(iri("case", case.id), graph).add(RDF.type, ref(FG.Case))
    here.labels(SKOS.prefLabel, case.title).add(FG.authority, ref(authority_iri(case.authority, registry)))
    here.add(FG.respondent, *_names("org", case.respondents))
    here.add(FG.concernsSystem, *_names("system", case.systems))
    here.add(FG.complainant, *_names("org", case.complainants))
    here.add(FG.technology, *(_concept("technology", one) for one in case.technologies))
    here.add(FG.purpose, *(_concept("purpose", one) for one in case.purposes))
    here.add(FG.dataCategory, *(_concept("data", one) for one in case.data))
    return iter(here.add(FG.openedOn, _when(case.opened)).add(FG.caseStatus, _name("status", case.status)))


def matter(record: Matter, registry: Registry, graph: str | None = None) -> Iterator[str]:
    """Yield what a register says of a case in which no act is known yet."""
    yield from _case(record.case, registry, graph)
    here = Subject(iri("case", record.case.id), graph)
    for respondent in record.respondents:
        if respondent.org is None:
            here.add(FG.respondentKind, _name("status", respondent.kind))
    yield from here


def document(record: Document) -> Iterator[str]:
    """Yield the provenance of a document's graph (into g:prov; the graph name is the subject)."""
    here = Subject(iri("graph", record.name), iri("graph", "prov")).add(RDF.type, ref(PROV.Bundle))
    here.add(DCTERMS.title, text(record.title))
    here.add(FG.tier, _name("status", record.tier)).add(FG.reviewStatus, _name("status", record.review))
    here.add(PROV.hadPrimarySource, ref(record.url) if record.url else None)
    here.add(RDFS.seeAlso, *(ref(url) for url in record.more_urls))
    here.add(DCTERMS.publisher, text(record.publisher) if record.publisher else None)
    here.add(DCTERMS.license, ref(record.licence) if record.licence else None)
    if record.retrieved:
        stamp = record.retrieved.isoformat()
        here.add(PROV.generatedAtTime, typed(stamp, "dateTime" if "T" in stamp else "date"))
    here.add(FG.contentHash, text(f"sha256:{record.digest}") if record.digest else None)
    yield from here


def story(record: Story, registry: Registry, graph: str | None) -> Iterator[str]:
    """Yield a press item and its claims: claims only, never a fact."""
    source = iri("source", record.name)
    here = Subject(source, graph).add(RDF.type, ref(FG.NewsReport))
    here.add(f"{SCHEMA}headline", text(record.headline, record.language))
    here.add(f"{SCHEMA}datePublished", _when(record.published))
    here.add(f"{SCHEMA}url", ref(record.document.url) if record.document.url else None)
    yield from here
    for claim in record.claims:
        yield from _claim(claim, record, registry, graph)


def _claim(claim: Claim, record: Story, registry: Registry, graph: str | None) -> Iterator[str]:
    here = Subject(iri("claim", record.claim_name(claim)), graph).add(RDF.type, ref(FG.Claim))
    here.add(FG.claimedIn, _name("source", record.name))
    here.add(FG.claimText, text(claim.text, record.language))
    here.add(FG.quoteStart, typed(str(claim.start), "integer") if claim.start is not None else None)
    here.add(FG.quoteEnd, typed(str(claim.end), "integer") if claim.end is not None else None)
    here.add(FG.claimedStatus, _name("status", claim.status))
    here.add(FG.about, _name("org", claim.about)).add(FG.claimScope, _name("status", claim.scope))
    if claim.authority:
        here.add(FG.claimedAuthority, ref(authority_iri(claim.authority, registry)))
    here.add(FG.claimedKind, _name("kind", claim.kind)).add(FG.claimedLaw, _name("law", claim.law))
    here.add(FG.claimedMin, number(claim.least) if claim.least is not None else None)
    here.add(FG.claimedMax, number(claim.most) if claim.most is not None else None)
    here.add(FG.currency, currency(claim.currency) if claim.currency else None)
    here.add(FG.claimedFrom, _when(claim.since)).add(FG.claimedTo, _when(claim.until))
    return iter(here.add(FG.extractionConfidence, number(claim.confidence)))


def match(record: Match, number_: int) -> Iterator[str]:
    """Yield a judgement on a claim (into g:match)."""
    here = Subject(iri("match", f"{record.claim}_{number_}"), iri("graph", "match")).add(RDF.type, ref(FG.Match))
    here.add(FG.matchedClaim, _name("claim", record.claim)).add(FG.matchedMeasure, _name("measure", record.measure))
    here.add(FG.matchStatus, _name("status", record.status)).add(FG.matchScore, number(record.score))
    return iter(here.add(FG.matchMethod, text(record.method)))


def link(record: Link) -> Iterator[str]:
    """Yield why two documents are taken to speak of one act (into g:link)."""
    sources = "-".join(one.split("_")[1] for one in (record.one, record.other))
    name = f"{sources}_{digest(f'{record.one} {record.other}')}"
    here = Subject(iri("link", name), iri("graph", "link")).add(RDF.type, ref(FG.Link))
    here.add(FG.linkedAct, ref(iri(record.type, record.act)))
    here.add(FG.linkedDocument, *_names("graph", (record.one, record.other)))
    here.add(FG.linkRule, text(record.rule)).add(FG.linkConfidence, number(record.confidence))
    return iter(here.add(FG.linkEvidence, text(record.evidence)))


def record_of(act: Act) -> Iterator[str]:
    """Yield which act a document is a record of, and what the source calls the record (into g:prov)."""
    here = Subject(iri("graph", act.document.name), iri("graph", "prov")).add(FG.recordOf, ref(act_type(act)))
    return iter(here.add(DCTERMS.identifier, text(act.document.record) if act.document.record else None))


def _labelled(here: Subject, spellings: Iterable[Spelling]) -> Subject:
    """State names as labels; products and descriptions are hidden ones: words that find a thing but do not name it."""
    for one in spellings:
        here.add(_LABELS[one.role], text(one.text, one.language))
    return here


def _referenced(here: Subject, homepage: str, same_as: Iterable[str], sources: Iterable[str]) -> Subject:
    here.add(f"{SCHEMA}url", ref(homepage) if homepage else None)
    here.add(SKOS.exactMatch, *map(ref, same_as))
    return here.add(DCTERMS.source, *map(ref, sources))


def organisation(record: Organisation, graph: str | None = None) -> Iterator[str]:
    """Yield reference data of an organisation; with a graph, what that document says of it."""
    here = Subject(iri("org", record.id), graph).add(RDF.type, ref(FG.Organisation))
    here.add(SKOS.prefLabel, text(record.name))
    _labelled(here, (one for one in record.spellings if one.text != record.name))
    here.add(FG.jurisdiction, _place(record.region, record.jurisdiction))
    here.add(FG.sector, _concept("sector", record.sector))
    here.add(ORG.subOrganizationOf, _name("org", record.parent))
    here.add(DCTERMS.replaces, *_names("org", record.replaces))
    here.add(f"{SCHEMA}leiCode", text(record.lei) if record.lei else None)
    return iter(_referenced(here, record.homepage, record.same_as, record.sources))


def reference(record: Reference, graph: str) -> Iterator[str]:
    """Yield what a document says of an organisation or a law into its graph."""
    if isinstance(record.thing, Organisation):
        yield from organisation(record.thing, graph)
        name = iri("org", record.thing.id)
    else:
        yield from _enactment(record.thing, graph)
        name = iri("law", record.thing.id)
    yield from Subject(name, graph).add(DCTERMS.identifier, text(record.key) if record.key else None)


def _enactment(record: Enactment, graph: str) -> Iterator[str]:
    """Yield a law of a list: no fg:Law, of which we know the short name and the provisions."""
    here = Subject(iri("law", record.id), graph).add(RDF.type, ref(f"{_ELI}LegalResource"))
    here.labels(SKOS.prefLabel, record.title).add(FG.jurisdiction, _place(record.jurisdiction))
    here.add(f"{SCHEMA}url", ref(record.url) if record.url else None).add(DCTERMS.issued, _when(record.year))
    here.add(FG.inForceFrom, _when(record.since)).add(FG.inForceUntil, _when(record.until))
    return iter(_referenced(here, "", record.same_as, ()))


def authority(name: str, registry: Registry) -> Iterator[str]:
    """Yield reference data of a regulator or court."""
    record = registry.authorities[name]
    here = Subject(iri(record.type, record.id))
    here.add(RDF.type, ref(FG.Regulator if record.type == "regulator" else FG.Court))
    _labelled(here, record.spellings).add(SKOS.altLabel, text(record.short) if record.short else None)
    here.add(FG.jurisdiction, _place(record.region, record.jurisdiction))
    here.add(FG.founded, _when(record.founded)).add(FG.dissolved, _when(record.dissolved))
    here.add(DCTERMS.replaces, *(ref(authority_iri(old, registry)) for old in record.replaces))
    return iter(_referenced(here, record.homepage, record.same_as, record.sources))


def law(name: str, registry: Registry) -> Iterator[str]:
    """Yield reference data of a law."""
    record = registry.laws[name]
    here = _labelled(Subject(iri("law", record.id)).add(RDF.type, ref(FG.Law)), record.spellings)
    here.add(SKOS.notation, text(record.short)).add(FG.jurisdiction, _place(record.region, record.jurisdiction))
    here.add(FG.inForceFrom, _when(record.since)).add(FG.inForceUntil, _when(record.until))
    here.add(DCTERMS.replaces, *_names("law", record.replaces))
    return iter(_referenced(here, record.url, record.same_as, record.sources))


def provision(record: Provision) -> Iterator[str]:
    """Yield reference data of a provision."""
    here = Subject(iri("law", record.id)).add(RDF.type, ref(FG.Provision))
    here.add(SKOS.prefLabel, text(record.label, "en")).add(f"{_ELI}number", text(record.number))
    here.add(DCTERMS.title, text(record.title, "en") if record.title else None)
    here.add(f"{_ELI}is_part_of", _name("law", record.parent))
    close, related = provision_matches(record.law, record.number)
    here.add(SKOS.closeMatch, *map(ref, close)).add(SKOS.relatedMatch, *map(ref, related))
    return iter(here.add(DCTERMS.source, *map(ref, record.sources)))


def system(name: str, registry: Registry) -> Iterator[str]:
    """Yield reference data of an AI system."""
    record = registry.systems[name]
    here = _labelled(Subject(iri("system", record.id)).add(RDF.type, ref(FG.AISystem)), record.spellings)
    here.add(FG.provider, _name("org", record.provider))
    here.add(FG.capability, *(ref(PREFIXES["ai"] + one) for one in record.capabilities))
    here.add(FG.technology, _concept("technology", record.technology))
    here.add(FG.purpose, *(_concept("purpose", one) for one in record.purposes))
    here.add(FG.dataCategory, *(_concept("data", one) for one in record.data))
    here.add(FG.aiActCategory, ref(PREFIXES["eu-aiact"] + record.ai_act) if record.ai_act else None)
    return iter(_referenced(here, record.homepage, record.same_as, record.sources))
