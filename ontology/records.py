"""The typed records that loaders yield and the graph is written from. Frozen; no RDF here.

An Act here is *what one document says about one act* (its `document` is the evidence); several of
them with one `id` are consolidated into the default graph.
"""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from ontology.dates import Date

Texts = tuple[tuple[str, str], ...]
"""(language tag, text) pairs; language "" where the source does not tell it."""

TIERS = ("official", "register", "tracker", "incident", "reported", "news", "file")
"""Trust order: where documents disagree, the first tier that states a fact gives it."""


ROLES = ("controller", "joint-controller", "processor")
"""What a respondent is to the processing, where the act says so."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in its own currency (ISO 4217)."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{self.currency} {self.amount:,f}"


Review = Literal["reviewed", "machine", "unverified"]
"""Who compared a document's reading with the source; what nothing confirms is unverified."""


@dataclass(frozen=True, slots=True)
class Document:
    """One source document: the named graph of what it says.

    `record` is what the source itself calls the record (an ETid, the title of a page), `key` its slug.
    """

    source: str
    key: str
    tier: str
    title: str
    url: str | None = None
    more_urls: tuple[str, ...] = ()
    publisher: str | None = None
    licence: str | None = None
    retrieved: dt.datetime | dt.date | None = None
    digest: str | None = None
    review: Review = "machine"
    place: str = ""
    record: str = ""

    @property
    def name(self) -> str:
        """The local name of its graph."""
        return f"doc_{self.source}_{self.key}"

    @property
    def trust(self) -> tuple[int, bool, int, str]:
        """Its place in the trust order, the most trusted first.

        Of a tier the project's own readings come first, then what was retrieved last.
        """
        day = self.retrieved.toordinal() if self.retrieved else 0
        return TIERS.index(self.tier), self.source != "curated", -day, self.name


@dataclass(frozen=True, slots=True)
class Respondent:
    """Whom an act is addressed to, as a document names them. Natural persons have no `org`, ever."""

    name: str
    kind: Literal["organisation", "natural-person", "undisclosed"] = "organisation"
    org: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One sanction. `number` is its place in the act: the measure's name is ``{act}_{number}``.

    `payment` is what the document says of its payment, and of which day that is.
    """

    number: int
    kind: str
    target: str | None = None
    money: Money | None = None
    converted: bool = False
    amount_text: str | None = None
    paid: Money | None = None
    payment: tuple[str, Date] | None = None
    per: str | None = None
    grace: str | None = None
    start: Date | None = None
    end: Date | None = None
    secures: tuple[int, ...] = ()
    liquidates: str | None = None
    basis: str | None = None
    note: Texts = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One matter before one authority."""

    id: str
    title: Texts
    authority: str
    respondents: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    complainants: tuple[str, ...] = ()
    opened: Date | None = None
    status: str | None = None
    technologies: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    data: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """What one document says about one dated formal act (a decision or a court's ruling).

    `appeals` are acts of other bodies that this one was brought against, by authority and docket: resolved to
    `reviews` when that act is on record.
    `cites` are the dockets of earlier acts of the same authority that the document cites.
    """

    id: str
    document: Document
    type: Literal["decision", "ruling"]
    authority: str
    respondents: tuple[Respondent, ...]
    title: Texts = ()
    docket: str | None = None
    ecli: str | None = None
    decided: Date | None = None
    published: Date | None = None
    provisions: tuple[str, ...] = ()
    provisions_text: str | None = None
    measures: tuple[Measure, ...] = ()
    sectors: tuple[str, ...] = ()
    case: Case | None = None
    follows: str | None = None
    reviews: str | None = None
    outcome: str | None = None
    leaves: str | None = None
    summary: Texts = ()
    replaces: tuple[str, ...] = ()
    appeals: tuple[tuple[str, str], ...] = ()
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """What a press item says happened.

    Offsets count characters of the item's main text from 0; None where a person read it. `measures` are
    those that a person found it to speak of, `status` is what it says of their payment.
    """

    number: int
    text: str
    start: int | None
    end: int | None
    about: str
    authority: str | None = None
    kind: str | None = None
    law: str | None = None
    scope: Literal["single-measure", "total", "finding", "payment", "proceeding", "reported-incident"] = (
        "single-measure"
    )
    status: str | None = None
    measures: tuple[str, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    currency: str | None = None
    since: Date | None = None
    until: Date | None = None
    confidence: Decimal = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Story:
    """One press item with its claims; `fingerprint` is of its whole text, by which copies of it are told."""

    document: Document
    headline: str
    language: str
    published: Date | None
    claims: tuple[Claim, ...]
    fingerprint: frozenset[int] = frozenset()

    @property
    def name(self) -> str:
        """The local name of the item; one of a list (`source`) has the list's name before its key."""
        source, key = self.document.source, self.document.key
        return key if source == "news" else f"{source}_{key}"

    def claim_name(self, claim: Claim) -> str:
        """Return the local name of one of its claims."""
        return f"{self.name}_{claim.number}"


@dataclass(frozen=True, slots=True)
class Matter:
    """A case that a register lists before any act in it: a lawsuit's docket, an open investigation."""

    document: Document
    case: Case
    respondents: tuple[Respondent, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A judgement on a claim; `measure` is the local name of a measure, None for totals."""

    claim: str
    status: str
    score: Decimal
    method: str
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Why two documents (by name) are taken to speak of one act: a rule, its confidence (0 to 1), the evidence."""

    act: str
    type: Literal["decision", "ruling"]
    one: str
    other: str
    rule: str
    confidence: Decimal
    evidence: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in an input that was not understood.

    An `error` left the record out; a `notice` left out or doubts one value of it (`field`, `value`);
    `skipped` is a record that is whole, but no act (a newsletter, a guideline): the message says why.
    `count` is the number of records that it speaks of, where one problem stands for many.
    """

    level: Literal["error", "notice", "skipped"]
    place: str
    message: str
    source: str = ""
    record: str = ""
    field: str = ""
    value: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True, order=True)
class UnknownName:
    """A name that the reference tables do not know, with how often a source gives it."""

    kind: Literal["authority", "organisation"]
    name: str
    source: str
    count: int


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to name a thing; `role` says what the name is to it (name, alias, acronym, former, …)."""

    text: str
    role: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A company, association or public body. Never a natural person.

    Empty where not known: `region` (ISO 3166-2), `sector` (a concept), `homepage`, `lei`.
    """

    id: str
    name: str
    jurisdiction: str | None = None
    spellings: tuple[Spelling, ...] = ()
    parent: str | None = None
    region: str = ""
    sector: str = ""
    homepage: str = ""
    lei: str = ""
    same_as: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Enactment:
    """A law as a list of laws states it; the tables need not know it. `jurisdiction` is a code (ISO 3166, EU).

    It is in force from `since` to `until`, where the list says so.
    """

    id: str
    title: Texts
    jurisdiction: str | None = None
    url: str = ""
    year: Date | None = None
    same_as: tuple[str, ...] = ()
    since: Date | None = None
    until: Date | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """What a document says of an organisation (identifiers, a parent, other names) or of a law.

    `key` is what the document itself calls the thing.
    """

    document: Document
    thing: Organisation | Enactment
    key: str = ""


Record = Act | Story | Matter | Reference
"""What a loader yields."""


@dataclass(slots=True)
class Loaded:
    """What the loaders read, with the problems met on the way."""

    acts: list[Act] = field(default_factory=list)
    stories: list[Story] = field(default_factory=list)
    matters: list[Matter] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    files: list[tuple[Document, list[str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unknown: list[UnknownName] = field(default_factory=list)

    @property
    def records(self) -> list[Act | Story | Matter]:
        """The records that are documents of their own."""
        return [*self.acts, *self.stories, *self.matters]

    def add(self, record: Record) -> None:
        """Add one record."""
        match record:
            case Act():
                self.acts.append(record)
            case Story():
                self.stories.append(record)
            case Matter():
                self.matters.append(record)
            case Reference():
                self.references.append(record)

    def extend(self, other: "Loaded") -> None:
        """Add what was read from another source."""
        self.acts += other.acts
        self.stories += other.stories
        self.matters += other.matters
        self.references += other.references
        self.files += other.files
        self.problems += other.problems
        self.unknown += other.unknown
