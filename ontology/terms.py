"""The closed vocabulary: a name that the ontology does not declare is an error, not a new property."""

import re

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace


class FG(DefinedNamespace):
    """Classes and properties of finegraph.ttl (a test compares the two)."""

    _fail = True
    _NS = Namespace("https://w3id.org/finegraph#")

    Organisation: URIRef
    Regulator: URIRef
    Court: URIRef
    Law: URIRef
    Provision: URIRef
    AISystem: URIRef
    Case: URIRef
    Act: URIRef
    Decision: URIRef
    CourtRuling: URIRef
    Measure: URIRef
    NewsReport: URIRef
    Claim: URIRef
    Link: URIRef
    Match: URIRef

    about: URIRef
    aiActCategory: URIRef
    amount: URIRef
    amountConverted: URIRef
    amountEUR: URIRef
    amountText: URIRef
    authority: URIRef
    belief: URIRef
    betweenness: URIRef
    candidateMeasure: URIRef
    capability: URIRef
    caseStatus: URIRef
    claimScope: URIRef
    claimStatus: URIRef
    claimText: URIRef
    claimedAuthority: URIRef
    claimedFrom: URIRef
    claimedIn: URIRef
    claimedKind: URIRef
    claimedLaw: URIRef
    claimedMax: URIRef
    claimedMin: URIRef
    claimedStatus: URIRef
    claimedTo: URIRef
    complainant: URIRef
    concernsSystem: URIRef
    contentHash: URIRef
    contradictedBy: URIRef
    controller: URIRef
    corroboratedBy: URIRef
    currency: URIRef
    dataCategory: URIRef
    decidedOn: URIRef
    degree: URIRef
    derived: URIRef
    dissolved: URIRef
    extractionConfidence: URIRef
    follows: URIRef
    foundViolationOf: URIRef
    founded: URIRef
    gives: URIRef
    gracePeriod: URIRef
    inCase: URIRef
    inForceFrom: URIRef
    inForceUntil: URIRef
    independentSources: URIRef
    jointController: URIRef
    jurisdiction: URIRef
    kind: URIRef
    kindGroup: URIRef
    leavesMeasures: URIRef
    legalBasis: URIRef
    linkConfidence: URIRef
    linkedAct: URIRef
    linkedDocument: URIRef
    linkEvidence: URIRef
    linkRule: URIRef
    liquidates: URIRef
    matchMethod: URIRef
    matchScore: URIRef
    matchStatus: URIRef
    matchedClaim: URIRef
    matchedMeasure: URIRef
    measure: URIRef
    measureStatus: URIRef
    openedOn: URIRef
    outcome: URIRef
    paidAmount: URIRef
    payableEUR: URIRef
    paymentStatus: URIRef
    perPeriod: URIRef
    periodEnd: URIRef
    periodStart: URIRef
    processor: URIRef
    provider: URIRef
    provisionText: URIRef
    publishedOn: URIRef
    purpose: URIRef
    quoteEnd: URIRef
    quoteStart: URIRef
    rateDate: URIRef
    rateEUR: URIRef
    recordOf: URIRef
    respondent: URIRef
    respondentKind: URIRef
    respondentText: URIRef
    reviewStatus: URIRef
    reviews: URIRef
    sanctioned: URIRef
    sector: URIRef
    secures: URIRef
    statedPayment: URIRef
    statedPaymentOn: URIRef
    statusAsOf: URIRef
    target: URIRef
    technology: URIRef
    tier: URIRef
    year: URIRef


PREFIXES = {
    "fg": "https://w3id.org/finegraph#",
    "k": "https://w3id.org/finegraph/kind/",
    "st": "https://w3id.org/finegraph/status/",
    "tech": "https://w3id.org/finegraph/technology/",
    "purpose": "https://w3id.org/finegraph/purpose/",
    "data": "https://w3id.org/finegraph/data/",
    "sector": "https://w3id.org/finegraph/sector/",
    "reg": "https://w3id.org/finegraph/regulator/",
    "co": "https://w3id.org/finegraph/org/",
    "sys": "https://w3id.org/finegraph/system/",
    "law": "https://w3id.org/finegraph/law/",
    "case": "https://w3id.org/finegraph/case/",
    "dec": "https://w3id.org/finegraph/decision/",
    "rul": "https://w3id.org/finegraph/ruling/",
    "court": "https://w3id.org/finegraph/court/",
    "mea": "https://w3id.org/finegraph/measure/",
    "src": "https://w3id.org/finegraph/source/",
    "clm": "https://w3id.org/finegraph/claim/",
    "mat": "https://w3id.org/finegraph/match/",
    "link": "https://w3id.org/finegraph/link/",
    "g": "https://w3id.org/finegraph/graph/",
    "org": "http://www.w3.org/ns/org#",
    "dpv": "https://w3id.org/dpv#",
    "loc": "https://w3id.org/dpv/loc#",
    "ai": "https://w3id.org/dpv/ai#",
    "eu-aiact": "https://w3id.org/dpv/legal/eu/aiact#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "cur": "http://publications.europa.eu/resource/authority/currency/",
    "prov": "http://www.w3.org/ns/prov#",
    "dct": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
}
"""The prefixes of exports, examples and the query editor."""

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")


def short(iri: str) -> str:
    """Return an IRI as a prefixed name where one of our prefixes gives one that can be written, else in <>.

    >>> short("https://w3id.org/finegraph/org/openai"), short("https://w3id.org/finegraph/org/a/b"), short("urn:x")
    ('co:openai', '<https://w3id.org/finegraph/org/a/b>', '<urn:x>')
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri.removeprefix(namespace)):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"


KIND_GROUPS = {
    "payable": (
        "administrative-fine",
        "civil-penalty",
        "periodic-penalty-payment",
        "settlement-payment",
        "redress",
    ),
    "running": ("periodic-penalty-threat",),
    "order": ("processing-ban", "order-to-comply", "data-deletion", "algorithm-deletion"),
    "admonition": ("reprimand", "warning", "formal-notice"),
    "closure": ("dismissal",),
}
"""The two levels of measure kinds."""

GROUP_OF = {kind: group for group, kinds in KIND_GROUPS.items() for kind in kinds}

CURRENCIES = frozenset(
    [
        "AED",
        "ARS",
        "AUD",
        "BGN",
        "BRL",
        "CAD",
        "CHF",
        "CLP",
        "CNY",
        "COP",
        "CZK",
        "DKK",
        "EUR",
        "GBP",
        "HKD",
        "HRK",
        "HUF",
        "IDR",
        "ILS",
        "INR",
        "ISK",
        "JPY",
        "KES",
        "KRW",
        "MOP",
        "MXN",
        "MYR",
        "NGN",
        "NOK",
        "NZD",
        "PEN",
        "PHP",
        "PLN",
        "RON",
        "RSD",
        "RUB",
        "SEK",
        "SGD",
        "THB",
        "TRY",
        "TWD",
        "UAH",
        "USD",
        "ZAR",
    ]
)
"""ISO 4217 codes that a source may state (each has an IRI in the EU currency table)."""
