"""The competency questions: each answer against rows computed from the records in plain Python."""

import datetime as dt
import functools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal
from rdflib.namespace import XSD
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

import ontology
from graph import consolidate, match, sparql
from graph.merge import groups, merge
from graph.money import euros
from graph.questions import ParameterError, Question, UnknownQuestionError, find, questions
from graph.release import current
from loaders import build
from ontology.dates import Date
from ontology.identifiers import iri
from ontology.records import Act, Case, Claim, Document, Loaded, Measure, Money, Respondent, Story
from ontology.registry import Registry, registry
from ontology.terms import GROUP_OF, PREFIXES
from tests.conftest import FIXTURES

Row = tuple[Decimal | str | None, ...]
MOST_PATTERNS = 6
NUMBERS = {str(XSD[name]) for name in ("integer", "decimal")}
OTHER_VALUES = [
    (1, {"kind": "k:civil-penalty"}),
    (4, {"law": "law:gb_uk-gdpr"}),
    (5, {"org": "co:openai"}),
    (8, {"status": "st:paid"}),
    (6, {"capability": "<https://w3id.org/dpv/ai#Profiling>"}),
    (12, {"measure": "mea:hu-naih_naih-85-3-2022_1"}),
    (13, {"kind": "k:processing-ban"}),
    (19, {"technology": "tech:facial-recognition"}),
    (22, {"least": "1"}),
    (24, {"system": "sys:glovo-rider-platform"}),
]

WRONG_STORY = """<!doctype html><html lang="en"><head><title>Greece fines Clearview AI</title>
<meta property="article:published_time" content="2022-07-20T09:00:00Z"></head><body><article>
<h1>Greece fines Clearview AI</h1>
<p>The company Clearview AI was fined €35 million by the Greek data protection authority on Wednesday for collecting
faces without the permission of the people concerned.</p>
<p>Clearview AI says that it has no customers in the European Union and that it is not subject to its law.</p>
</article></body></html>"""


# ---- the records


@dataclass
class Matter:
    """A case as all its acts tell it."""

    authority: str
    systems: set[str]
    complainants: set[str]
    respondents: set[str]
    technologies: set[str]
    acts: list[Act]


@dataclass(frozen=True)
class Item:
    """A measure with its act; `status` is the only value taken from the build's own derivation."""

    act: Act
    measure: Measure
    status: str

    @property
    def iri(self) -> str:
        return iri("measure", f"{self.act.id}_{self.measure.number}")

    @property
    def org(self) -> str | None:
        return iri("org", self.measure.target) if self.measure.target else None

    @property
    def kind(self) -> str:
        return iri("kind", self.measure.kind)

    @property
    def payable(self) -> bool:
        return GROUP_OF[self.measure.kind] == "payable"

    @property
    def eur(self) -> Decimal | None:
        worth = euros(self.measure.money, self.act.decided or self.act.published) if self.measure.money else None
        return worth.amount if worth else None


@dataclass(frozen=True)
class Facts:
    """What the loaders read of the release's inputs, resolved and consolidated."""

    said: list[Act]
    acts: list[Act]
    items: list[Item]
    worths: list[consolidate.Worth]
    stories: list[Story]
    names: Registry
    matters: dict[str, Matter]

    @property
    def decisions(self) -> list[Act]:
        return [act for act in self.acts if act.type == "decision"]

    def authority(self, name: str) -> str:
        return iri(self.names.authorities[name].type, name)

    def place(self, name: str) -> str:
        known = self.names.authorities[name]
        return PREFIXES["loc"] + (known.region or known.jurisdiction)

    def country(self, name: str) -> str:
        return self.names.authorities[name].jurisdiction

    def law_of(self, provision: str) -> str:
        return self.names.provision_of(provision).law

    def top(self, org: str) -> str:
        while (known := self.names.organisations.get(org)) and known.parent:
            org = known.parent
        return org

    def payable(self, act: Act) -> Decimal | None:
        sums = [one.eur for one in self.items if one.act is act and one.payable and one.eur is not None]
        return sum(sums, Decimal(0)) if sums else None


def _matters(acts: Iterable[Act]) -> dict[str, Matter]:
    found: dict[str, Matter] = {}
    for act in acts:
        if act.case:
            one = found.setdefault(act.case.id, Matter(act.case.authority, set(), set(), set(), set(), []))
            one.systems |= set(act.case.systems)
            one.complainants |= set(act.case.complainants)
            one.respondents |= set(act.case.respondents)
            one.technologies |= set(act.case.technologies)
            one.acts.append(act)
    return found


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a store of the embedded set, the two fixtures and a story that is wrong about a decision."""
    path = tmp_path_factory.mktemp("questions")
    wrong = path / "story-2022-07-20.html"
    wrong.write_text(WRONG_STORY, encoding="utf-8")
    files = [
        ("cms", FIXTURES / "cms.json", "2024-03-07"),
        ("news", FIXTURES / "story-2023-05-10.html", "2023-05-11"),
        ("news", wrong, "2022-07-21"),
    ]
    build.build(path, build.inputs_of(path, files))
    return path


def _facts(acts: list[Act], stories: list[Story]) -> Facts:
    kept = [merge(ranked).act for ranked in groups(acts)]
    worths = consolidate.worths(kept)
    items = [Item(one.act, one.measure, one.status) for one in worths]
    return Facts(acts, kept, items, worths, stories, registry(), _matters(kept))


@dataclass(frozen=True)
class World:
    """A store with the records that it was written from."""

    store: ox.Store
    facts: Facts

    @functools.cached_property
    def consolidated(self) -> Graph:
        facts = (quad.triple for quad in self.store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
        return Graph().parse(data=ox.serialize(facts, format=ox.RdfFormat.N_TRIPLES) or b"", format="nt")


@pytest.fixture(scope="module")
def embedded(store: Path) -> World:
    found = current(store)
    assert found is not None
    loaded, _ = build._load(store, found.inputs, embedded=True)
    loaded.acts = [act for act in loaded.acts if act.document.review != "unverified"]
    return World(found.open(), _facts(loaded.acts, loaded.stories))


@pytest.fixture(scope="module")
def awkward() -> World:
    made = ox.Store()
    lines = build._lines(Loaded(acts=list(AWKWARD), stories=[AMBIGUOUS]), registry())
    made.load("".join(lines), format=ox.RdfFormat.N_QUADS)
    return World(made, _facts(list(AWKWARD), [AMBIGUOUS]))


@pytest.fixture(scope="module", params=["embedded", "awkward"])
def world(request: pytest.FixtureRequest) -> World:
    found: World = request.getfixturevalue(request.param)
    return found


# ---- awkward records: what the embedded set does not have


def eur(amount: int) -> Money:
    return Money(Decimal(amount), "EUR")


def fine(number: int, org: str | None, money: Money | None = None, **more: Any) -> Measure:
    return Measure(number, more.pop("kind", "administrative-fine"), org, money, **more)


def order(number: int, kind: str, org: str | None = None, **more: Any) -> Measure:
    return Measure(number, kind, org, **more)


def said(name: str, *measures: Measure, orgs: str, when: str | None, tier: str = "official", **more: Any) -> Act:
    """Return what a document says: the authority is in the name, `orgs` are ids with spaces between."""
    authority = name.partition("_")[0]
    return Act(
        name,
        Document(tier, name, tier, name, url=more.pop("url", None)),
        more.pop("type", "decision"),
        authority,
        tuple(Respondent(org, org=org) for org in orgs.split()),
        title=(("en", name),),
        decided=Date.parse(when) if when else None,
        published=Date.parse(more.pop("published")) if "published" in more else None,
        measures=measures,
        **more,
    )


def ruling(name: str, reviews: str, outcome: str, when: str | None, *measures: Measure) -> Act:
    return said(name, *measures, orgs="google-llc", when=when, type="ruling", reviews=reviews, outcome=outcome)


def case(name: str, systems: str, complainants: str = "noyb", **more: Any) -> Case:
    authority, titles = name.partition("_")[0], (("en", name),)
    return Case(name, titles, authority, ("clearview-ai",), tuple(systems.split()), tuple(complainants.split()), **more)


GDPR_5 = ("eu_gdpr_art-5_par-1_pnt-a", "eu_gdpr_art-5_par-1_pnt-c", "eu_gdpr_art-6")
AWKWARD = [
    # published before it was decided; equal sums, one paid; two deletions of models; two systems of one technology
    said("it-garante_1", fine(1, "openai", eur(100), paid=eur(100)), fine(2, "openai", eur(100)),
         order(3, "algorithm-deletion"), order(4, "algorithm-deletion", basis="gb_uk-gdpr_art-58"),
         orgs="openai", when="2024-03-01", published="2024-02-27", provisions=GDPR_5,
         case=case("it-garante_1", "chatgpt deepseek-chat", "noyb facua", technologies=("generative-ai", "scraping"))),
    # reduced and annulled, with rulings on one decision dated to the year, to the month and not at all
    said("it-garante_2", fine(1, "google-llc", eur(500)), orgs="google-llc", when="2023",
         provisions=("it_codice-privacy_art-2", "eu_gdpr_art-5")),
    ruling("it-trib-milano_2", "it-garante_2", "reduced", "2023-05", fine(1, "google-llc", eur(300))),
    ruling("it-trib-milano_3", "it-garante_2", "dismissed", "2023"),
    ruling("it-trib-roma_2", "it-garante_2", "dismissed", None),
    said("fr-cnil_3", fine(1, "meta-platforms-ireland", eur(700)), orgs="meta-platforms-ireland google-llc",
         when="2022-05-05"),
    said("fr-cnil_4", fine(1, "google-llc", eur(50), kind="periodic-penalty-threat"), orgs="google-llc openai",
         when="2022-05-06", published="2022-06"),
    ruling("fr-ce_3", "fr-cnil_3", "annulled", "2022-06-01"),
    ruling("fr-ce_4", "fr-cnil_4", "annulled", "2022-06-01"),
    # groups of equal sums, a threat that is not payable, three organisations in one act
    said("ie-dpc_4", fine(1, "meta-platforms", eur(1000)), fine(2, "meta-platforms-ireland", eur(2000)),
         fine(3, "whatsapp-ireland", eur(10), kind="periodic-penalty-threat"),
         orgs="meta-platforms meta-platforms-ireland whatsapp-ireland", when="2022-10"),
    said("ie-dpc_5", fine(1, "google-ireland", eur(1000)), fine(2, "google-llc", eur(1700)),
         orgs="google-ireland google-llc", when="2022-11-01"),
    # known by publication only, in another currency, on two organisations together
    said("fr-cnil_10", fine(1, None, Money(Decimal(500), "USD")), orgs="meta-platforms whatsapp-ireland", when=None,
         published="2023-05"),
    # one organisation, dates of every precision, three countries with two authorities in one, sums not stated
    said("es-aepd_6", fine(1, "clearview-ai", amount_text="much"), orgs="clearview-ai", when="2022-10"),
    said("es-aepd_7", fine(1, "clearview-ai", eur(5)), fine(2, "clearview-ai", eur(5)), orgs="clearview-ai google-llc",
         when="2022"),
    said("gb-ico_8", fine(1, "clearview-ai"), orgs="clearview-ai", when="2022-10-17", published="2022-11"),
    said("de-hh_9", order(1, "reprimand"), orgs="clearview-ai", when="2022-10-16",
         case=case("de-hh_9", "clearview-face-search mercadona-early-detection")),
    said("de-be_9", order(1, "dismissal"), order(2, "reprimand"), orgs="clearview-ai", when="2021-10-17",
         case=case("de-be_9", "clearview-face-search")),
    said("fr-cnil_9", fine(1, None), fine(2, None), order(3, "algorithm-deletion"), orgs="openai", when="2023-01-01"),
    said("us-ftc_1", order(1, "algorithm-deletion"), orgs="openai", when="2021-01-01"),
    said("us-ftc_2", order(1, "algorithm-deletion"), orgs="openai", when="2023-01-01"),
    # three documents on one act: another sum, and the same sum in another currency
    said("fr-cnil_san-2023-005", fine(1, "clearview-ai", eur(100)), fine(2, "clearview-ai", eur(7), paid=eur(6)),
         orgs="clearview-ai", when="2023-04-13"),
    said("fr-cnil_san-2023-005", fine(1, "clearview-ai", eur(99)), fine(2, "clearview-ai", eur(6)), orgs="clearview-ai",
         when="2023-04-13", tier="tracker", url="https://example.org/1"),
    said("fr-cnil_san-2023-005", fine(1, "clearview-ai", Money(Decimal(100), "USD"), converted=True),
         orgs="clearview-ai", when="2023-04-13", tier="register"),
]  # fmt: skip
AMBIGUOUS = Story(
    Document("news", "2024-05-01-paper", "news", "A fine", retrieved=dt.date(2024, 5, 2)),
    "A fine",
    "en",
    Date(2024, 5, 1),
    (
        Claim(1, "a fine of EUR 100", 0, 17, "openai", least=Decimal(99), most=Decimal(101), currency="EUR"),
        Claim(2, "paid none of it", None, None, "openai", scope="payment", status="unpaid",
              measures=("it-garante_1_1", "it-garante_1_2", "fr-cnil_10_1")),
        Claim(3, "its chatbot misled somebody", None, None, "openai", scope="reported-incident"),
    ),
)  # fmt: skip


# ---- the answers

EXPECTED: dict[int, Callable[..., Iterable[Row]]] = {}


def answers(number: int) -> Callable[[Callable[..., Iterable[Row]]], Callable[..., Iterable[Row]]]:
    def register(function: Callable[..., Iterable[Row]]) -> Callable[..., Iterable[Row]]:
        EXPECTED[number] = function
        return function

    return register


def act_iri(act: Act) -> str:
    return iri(act.type, act.id)


def year(act: Act) -> int | None:
    when = act.decided or act.published
    return when.year if when else None


def orgs(act: Act) -> set[str]:
    return {who.org for who in act.respondents if who.org}


def text(value: object) -> str | None:
    return None if value is None else str(value)


def counted(numbers: Counter[str]) -> list[Row]:
    return [(key, Decimal(n)) for key, n in sorted(numbers.items(), key=lambda one: (-one[1], one[0]))]


@answers(1)
def largest_fines(facts: Facts, kind: str) -> Iterator[Row]:
    fines = [(one.eur, one) for one in facts.items if one.kind == kind and one.eur is not None]
    for eur, one in sorted(fines, key=lambda fine: (-fine[0], fine[1].iri)):
        yield one.org, facts.authority(one.act.authority), text(one.act.decided), eur, one.iri


def owed(facts: Facts) -> Iterator[tuple[str, Decimal]]:
    for one in facts.items:
        if one.payable and one.status == "in-force" and one.eur is not None and one.measure.target:
            yield one.measure.target, one.eur


@answers(2)
def owed_by_organisation(facts: Facts) -> Iterator[Row]:
    sums: defaultdict[str, list[Decimal]] = defaultdict(list)
    for org, eur in owed(facts):
        sums[iri("org", org)].append(eur)
    for org, parts in sorted(sums.items(), key=lambda one: (-sum(one[1]), one[0])):
        yield org, sum(parts, Decimal(0)), Decimal(len(parts))


@answers(3)
def decisions_by_authority_and_year(facts: Facts) -> Iterator[Row]:
    numbers = Counter((year(act) or 0, facts.authority(act.authority)) for act in facts.decisions if year(act))
    for (when, authority), n in sorted(numbers.items(), key=lambda one: (-one[0][0], -one[1], one[0][1])):
        yield Decimal(when), authority, Decimal(n)


@answers(4)
def articles_breached(facts: Facts, law: str) -> list[Row]:
    name = law.removeprefix(iri("law", "x")[:-1])
    numbers: Counter[str] = Counter()
    for act in facts.acts:
        own = {one.removeprefix(f"{name}_").split("_")[0] for one in act.provisions if facts.law_of(one) == name}
        numbers.update(f"{law}_{article}" for article in own)
    return counted(numbers)


@answers(5)
def history_of_an_organisation(facts: Facts, org: str) -> list[Row]:
    rows: list[Row] = []
    for act in facts.acts:
        if act.decided and org in {iri("org", one) for one in orgs(act)}:
            head = (str(act.decided), facts.authority(act.authority), act_iri(act))
            rows += [(*head, one.kind, one.eur, one.iri) for one in facts.items if one.act is act]
            rows += [] if act.measures else [(*head, None, None, None)]
    return sorted(rows, key=lambda row: (str(row[0]), str(row[2]), str(row[5])))


@answers(6)
def cases_by_capability(facts: Facts, capability: str) -> list[Row]:
    systems = {
        one.id for one in facts.names.systems.values() if capability in {PREFIXES["ai"] + c for c in one.capabilities}
    }
    rows = [
        (iri("case", name), facts.authority(case.authority), iri("org", org), iri("system", system))
        for name, case in facts.matters.items()
        for org in case.respondents
        for system in case.systems & systems
    ]
    return sorted(rows, key=lambda row: (row[0], row[2], row[3]))


@answers(7)
def appeals(facts: Facts) -> list[Row]:
    reviewed = {f"ruling:{act.id}": act.reviews for act in facts.acts if act.type == "ruling"}
    rows = []
    for act in facts.acts:
        root = act.reviews
        while root in reviewed:
            root = reviewed[root]
        if root and act.outcome:
            court, outcome = facts.authority(act.authority), iri("status", act.outcome)
            rows.append((iri("decision", root), text(act.decided), court, outcome, act_iri(act)))
    return sorted(rows, key=lambda row: (row[0], row[1] or "", row[4]))


def paid(facts: Facts) -> dict[str, tuple[str, str]]:
    """Return the status of payment and its day by measure: the newest evidence, the press last on a day."""
    found: defaultdict[str, list[tuple[str, int, str, str]]] = defaultdict(list)
    for one in facts.items:
        when = one.act.published or one.act.decided
        if one.measure.payment is not None:
            status, day = one.measure.payment
            found[one.iri].append((str(day.first), 0, status, str(day)))
        if one.measure.paid is not None and one.measure.paid.amount > 0 and when:
            found[one.iri].append((str(when.first), 0, "paid", str(when)))
    for story in facts.stories:
        for claim in story.claims:
            for name in claim.measures:
                if story.published and claim.status:
                    said = (str(story.published.first), 1, claim.status, str(story.published))
                    found[iri("measure", name)].append(said)
    answers = {}
    for name, evidence in found.items():
        newest = max(one[:2] for one in evidence)
        said_then = {one[2:] for one in evidence if one[:2] == newest}
        if len(said_then) == 1:
            answers[name] = said_then.pop()
    return answers


@answers(8)
def unpaid(facts: Facts, status: str) -> Iterator[Row]:
    rows = []
    for one in facts.items:
        said, when = paid(facts).get(one.iri, ("", ""))
        stands = one.status == "in-force" or said == "paid"
        if stands and (money := one.measure.money) and said and iri("status", said) == status:
            given = one.measure.paid.amount if one.measure.paid else None
            row = (money.amount, given, PREFIXES["cur"] + money.currency)
            rows.append((one.org, *row, when, one.iri))
    yield from sorted(rows, key=lambda row: (row[3], -row[1], row[5]))


@answers(9)
def deletions_and_bans(facts: Facts) -> list[Row]:
    rows = [
        (act_iri(one.act), facts.authority(one.act.authority), one.org, one.kind, facts.payable(one.act), one.iri)
        for one in facts.items
        if one.measure.kind in {"data-deletion", "algorithm-deletion", "processing-ban"}
    ]
    return sorted(rows, key=lambda row: (row[0], row[5]))


@answers(10)
def unconfirmed_claims(facts: Facts) -> list[Row]:
    rows: list[Row] = []
    for story in facts.stories:
        for claim in story.claims:
            if claim.scope == "reported-incident":
                continue
            found = match.judge(story, claim, facts.worths, facts.names)
            status = found[0].status if found else "unmatched"
            why: list[Row] = [(iri("measure", one.measure) if one.measure else None, one.method) for one in found]
            head = (iri("claim", story.claim_name(claim)), iri("status", status), claim.text)
            rows += [(*head, *one) for one in why or [(None, None)] if status != "confirmed"]
    return sorted(rows, key=lambda row: (str(row[1]), str(row[0])))


@answers(11)
def whose_complaints(facts: Facts) -> Iterator[Row]:
    countries: defaultdict[str, set[str]] = defaultdict(set)
    numbers: Counter[str] = Counter()
    for case in facts.matters.values():
        decisions = [act for act in case.acts if act.type == "decision"]
        for org in {iri("org", one) for one in case.complainants} if decisions else ():
            countries[org].add(facts.country(case.authority))
            numbers[org] += len(decisions)
    for complainant, n in counted(numbers):
        yield complainant, Decimal(len(countries[str(complainant)])), n


@answers(12)
def who_says_so(facts: Facts, measure: str) -> list[Row]:
    rows: list[Row] = []
    for act in facts.said:
        for one in act.measures:
            if one.money and iri("measure", f"{act.id}_{one.number}") == measure:
                document, currency = act.document, PREFIXES["cur"] + one.money.currency
                when = document.retrieved.isoformat() if document.retrieved else None
                tier = iri("status", document.tier)
                rows.append((iri("graph", document.name), one.money.amount, currency, tier, document.url, when))
    return sorted(rows, key=lambda row: (str(row[0]), str(row[4])))


@answers(13)
def deletion_of_models(facts: Facts, kind: str) -> Iterator[Row]:
    years: defaultdict[str, list[int]] = defaultdict(list)
    for act in facts.acts:
        if (when := year(act)) and kind in {iri("kind", one.kind) for one in act.measures}:
            years[facts.authority(act.authority)].append(when)
    for authority, seen in sorted(years.items(), key=lambda one: (-len(one[1]), one[0])):
        yield authority, Decimal(len(seen)), Decimal(min(seen)), Decimal(max(seen))


@answers(14)
def days_to_publication(facts: Facts) -> Iterator[Row]:
    gaps = [
        ((act.published.first - act.decided.first).days, act)
        for act in facts.acts
        if act.decided and act.published and act.decided.day and act.published.day
    ]
    for days, act in sorted(gaps, key=lambda one: (-one[0], act_iri(one[1]))):
        authority = facts.authority(act.authority)
        yield act_iri(act), authority, text(act.decided), text(act.published), Decimal(days)


@answers(15)
def joint_respondents(facts: Facts) -> list[Row]:
    joint = sorted((-len(orgs(act)), act_iri(act), act) for act in facts.acts if len(orgs(act)) > 1)
    return [(name, facts.authority(act.authority), Decimal(-n), facts.payable(act)) for n, name, act in joint]


@answers(16)
def annulled_and_reduced(facts: Facts) -> Iterator[Row]:
    sums: defaultdict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for one in facts.items:
        if one.payable and one.eur is not None and one.status in {"annulled", "replaced", "suspended"}:
            sums[facts.authority(one.act.authority), iri("status", one.status)].append(one.eur)
    for key, parts in sorted(sums.items(), key=lambda one: (-sum(one[1]), one[0])):
        yield *key, Decimal(len(parts)), sum(parts, Decimal(0))


def technologies(facts: Facts, case: Matter) -> set[str]:
    found = {facts.names.systems[system].technology for system in case.systems} | case.technologies
    return {iri("technology", one) for one in found if one}


@answers(17)
def technologies_by_year(facts: Facts) -> Iterator[Row]:
    numbers: Counter[tuple[int, str]] = Counter()
    for case in facts.matters.values():
        for act in case.acts:
            if act.type == "decision" and (when := year(act)):
                numbers.update((when, one) for one in technologies(facts, case))
    for (when, one), n in sorted(numbers.items(), key=lambda one: (-one[0][0], -one[1], one[0][1])):
        yield Decimal(when), one, Decimal(n)


@answers(18)
def sums_not_stated(facts: Facts) -> Iterator[Row]:
    payable = [(facts.authority(one.act.authority), one.measure.money) for one in facts.items if one.payable]
    stated = Counter(authority for authority, money in payable if money)
    for authority, n in counted(Counter(authority for authority, money in payable if not money)):
        yield authority, n, Decimal(stated[str(authority)])


@answers(19)
def provisions_of_a_technology(facts: Facts, technology: str) -> list[Row]:
    acts = [act for case in facts.matters.values() if technology in technologies(facts, case) for act in case.acts]
    return counted(Counter(iri("law", one) for act in acts for one in set(act.provisions)))


@answers(20)
def disagreeing_sums(facts: Facts) -> list[Row]:
    kept = {one.iri: one.measure.money for one in facts.items if one.measure.money}
    rows: list[Row] = []
    for act in facts.said:
        for one in act.measures:
            name = iri("measure", f"{act.id}_{one.number}")
            if one.money and name in kept and kept[name] != one.money:
                ours = (kept[name].amount, PREFIXES["cur"] + kept[name].currency)
                theirs = (one.money.amount, PREFIXES["cur"] + one.money.currency, "true" if one.converted else None)
                rows.append((name, *ours, iri("graph", act.document.name), *theirs))
    return sorted(rows, key=lambda row: (str(row[0]), str(row[3])))


@answers(21)
def laws_beside_the_eu(facts: Facts) -> Iterator[Row]:
    numbers: Counter[str] = Counter()
    for act in facts.acts:
        provisions = {*act.provisions, *(one.basis for one in act.measures if one.basis)}
        numbers.update({facts.law_of(one) for one in provisions})
    places = {law: facts.names.laws[law].region or facts.names.laws[law].jurisdiction for law in numbers}
    for law, n in counted(Counter({law: n for law, n in numbers.items() if places[law] != "EU"})):
        place = places[str(law)]
        yield iri("law", str(law)), PREFIXES["loc"] + place if place != "COE" else None, n


@answers(22)
def sanctioned_across_borders(facts: Facts, least: str) -> Iterator[Row]:
    authorities: defaultdict[str, set[str]] = defaultdict(set)
    for act in facts.decisions:
        if any(one.kind != "dismissal" for one in act.measures):
            for org in orgs(act):
                authorities[iri("org", org)].add(act.authority)
    countries = {org: len({facts.country(one) for one in found}) for org, found in authorities.items()}
    for org, n in sorted(countries.items(), key=lambda one: (-one[1], one[0])):
        if n >= int(least):
            yield org, Decimal(n), Decimal(len(authorities[org]))


@answers(23)
def groups_of_organisations(facts: Facts) -> Iterator[Row]:
    total: defaultdict[str, Decimal] = defaultdict(Decimal)
    below: defaultdict[str, Decimal] = defaultdict(Decimal)
    for org, eur in owed(facts):
        total[facts.top(org)] += eur
        if facts.top(org) != org:
            below[facts.top(org)] += eur
    for group in sorted(below, key=lambda one: (-total[one], one)):
        yield iri("org", group), total[group], below[group]


@answers(24)
def authorities_on_one_system(facts: Facts, system: str) -> Iterator[Row]:
    years: defaultdict[str, list[int]] = defaultdict(list)
    for case in facts.matters.values():
        if system in {iri("system", one) for one in case.systems}:
            for act in case.acts:
                if act.type == "decision" and (when := year(act)):
                    years[act.authority].append(when)
    for name, seen in sorted(years.items(), key=lambda one: (min(one[1]), facts.authority(one[0]))):
        yield facts.authority(name), facts.place(name), Decimal(len(seen)), Decimal(min(seen))


# ---- asking


def plain(value: str, datatype: str | None) -> Decimal | str:
    if datatype in NUMBERS:
        return Decimal(value)
    return dt.datetime.fromisoformat(value).isoformat() if datatype == str(XSD.dateTime) else value


def ask(world: World, query: str) -> list[Row]:
    answer = world.store.query(query, prefixes=PREFIXES)
    assert isinstance(answer, ox.QuerySolutions)
    names = [variable.value for variable in answer.variables]
    return [tuple(_oxigraph(solution[name]) for name in names) for solution in answer]


def _oxigraph(term: object) -> Decimal | str | None:
    if isinstance(term, ox.Literal):
        return plain(term.value, term.datatype.value)
    return term.value if isinstance(term, ox.NamedNode) else None


def _rdflib(term: object) -> Decimal | str | None:
    if isinstance(term, Literal):
        return plain(str(term), str(term.datatype))
    return text(term)


def expanded(term: str) -> str:
    prefix, colon, name = term.partition(":")
    return PREFIXES[prefix] + name if colon and prefix in PREFIXES else term.strip("<>")


def expected(facts: Facts, question: Question, values: dict[str, str]) -> list[Row]:
    given = {one.name: one.default for one in question.parameters} | values
    return list(EXPECTED[question.number](facts, **{name: expanded(term) for name, term in given.items()}))


every_question = pytest.mark.parametrize("question", questions(), ids=lambda one: one.name)


@every_question
def test_answers_are_those_of_the_records(question: Question, world: World) -> None:
    rows = ask(world, question.text)
    assert rows
    assert rows == expected(world.facts, question, {})
    assert len(set(rows)) == len(rows)


@pytest.mark.parametrize(("number", "values"), OTHER_VALUES, ids=str)
def test_answers_for_other_values(number: int, values: dict[str, str], embedded: World) -> None:
    question = find(str(number))
    rows = ask(embedded, question.filled(**values))
    assert rows
    assert rows == expected(embedded.facts, question, values)
    assert rows != ask(embedded, question.text)


@pytest.mark.parametrize("question", [one for one in questions() if "GRAPH" not in one.text], ids=lambda one: one.name)
def test_rdflib_gives_the_same_rows(question: Question, world: World) -> None:
    rows: Any = world.consolidated.query(question.text, initNs=PREFIXES)
    assert [tuple(map(_rdflib, row)) for row in rows] == ask(world, question.text)


def test_no_sum_counts_twice(world: World) -> None:
    by_org = sum((row[1] for row in ask(world, find("2").text) if isinstance(row[1], Decimal)), Decimal(0))
    stands = [one for one in world.facts.items if one.payable and one.status == "in-force"]
    joint = sum((one.eur for one in stands if one.eur and one.org is None), Decimal(0))
    assert joint
    assert by_org + joint == sum((one.eur for one in stands if one.eur), Decimal(0))


# ---- the files


def test_the_questions_are_numbered_from_one() -> None:
    assert [one.number for one in questions()] == list(range(1, 25))
    assert {one.number for one in questions()} == set(EXPECTED)
    assert {one.number for one in questions() if one.parameters} == {number for number, _ in OTHER_VALUES}


@every_question
def test_the_header_is_complete(question: Question) -> None:
    assert re.fullmatch(r"\d\d(-[a-z]+)+", question.name)
    assert len(question.title) > 5
    assert question.question.endswith("?")
    first = next(line for line in question.text.splitlines() if not line.startswith("# "))
    assert first.startswith("SELECT ")
    assert "PREFIX" not in question.text
    assert "ORDER BY" in question.text
    slots = re.findall(r"^ *VALUES \?(\w+) \{ (\S+) \}$", question.text, re.MULTILINE)
    assert slots == [(one.name, one.default) for one in question.parameters]
    assert all(one.words for one in question.parameters)


def patterns(part: object) -> int:
    """Count the triple patterns of a query's algebra; a property path is one."""
    if isinstance(part, CompValue):
        own = sum(len(terms) // 3 for terms in part.triples or ())
        return own + sum(patterns(value) for name, value in part.items() if name != "triples")
    return sum(map(patterns, part)) if isinstance(part, list | tuple) else 0


@every_question
def test_a_question_is_small_and_every_engine_reads_it(question: Question) -> None:
    parsed = prepareQuery(question.text, initNs=PREFIXES)
    assert 1 <= patterns(parsed.algebra) <= MOST_PATTERNS
    sparql.check(question.text)
    assert isinstance(ox.Store().query(question.text, prefixes=PREFIXES), ox.QuerySolutions)


def test_patterns_are_counted() -> None:
    query = "SELECT * { ?s fg:kind/fg:kind ?o ; fg:year ?y OPTIONAL { ?s fg:kind ?k } FILTER NOT EXISTS { ?s a ?t } }"
    assert patterns(prepareQuery(query, initNs=PREFIXES).algebra) == 4


@pytest.fixture(scope="module")
def declared() -> set[str]:
    folder = Path(str(ontology.__file__)).parent
    files = [path for path in folder.glob("*.ttl") if path.name != "shapes.ttl"]
    return {str(subject) for path in files for subject in Graph().parse(path).subjects()}


@every_question
def test_every_term_is_declared(question: Question, declared: set[str]) -> None:
    used = {PREFIXES[prefix] + name for prefix, name in re.findall(r"\b(fg|k|st|tech):([\w-]+)", question.text)}
    assert used
    assert used <= declared


# ---- values given by readers

TERMS = ["co:openai", "<https://w3id.org/finegraph/org/openai>", "3", "1.5", "true", '"a } b"', '"à"@fr-ca',
         '"2024"^^xsd:gYear', '"2024"^^<http://www.w3.org/2001/XMLSchema#gYear>', r'"a \"b\" \\"']  # fmt: skip
NO_TERMS = ["", "co:openai co:luka", "co:openai }", "?org", "co:openai # x", "<a> <b>", "<a\\u003e>", '"a" }', '"a\\"',
            '"a\n"', "co:openai\n", r'"\u0022 }"', r'"\\u0022 }"', "co:a/b", "co:a.b", "_:b", "3;", "'a'", "a", ":a",
            "nobody:a", '"a"^^nobody:a', "UNDEF", "<>"]  # fmt: skip


@pytest.mark.parametrize("term", TERMS)
def test_a_term_is_put_in_the_place_of_the_default(term: str) -> None:
    question = find("5")
    filled = question.filled(org=term)
    assert filled == question.text.replace("{ co:clearview-ai }", f"{{ {term} }}")
    assert patterns(prepareQuery(filled, initNs=PREFIXES).algebra) == MOST_PATTERNS
    assert isinstance(ox.Store().query(filled, prefixes=PREFIXES), ox.QuerySolutions)


@pytest.mark.parametrize("term", NO_TERMS)
def test_anything_but_one_term_is_refused(term: str) -> None:
    with pytest.raises(ParameterError, match=r"is not one SPARQL term|is none of ours"):
        find("5").filled(org=term)


def test_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"05-history-of-an-organisation has no parameter 'company'; it has org"):
        find("5").filled(company="co:openai")
    with pytest.raises(ParameterError, match="it has none"):
        find("2").filled(org="co:openai")


@pytest.mark.parametrize("name", ["7", "07", "appeals", "07-appeals", "07-appeals.rq", " 7 "])
def test_a_question_is_found_by_its_names(name: str) -> None:
    assert find(name).title == "What the courts did"


@pytest.mark.parametrize(
    ("name", "near"), [("apeals", "near: 07-appeals"), ("25", "there are 1 to 24"), ("0", "1 to 24"), ("", "1 to 24")]
)
def test_an_unknown_question_names_near_ones(name: str, near: str) -> None:
    with pytest.raises(UnknownQuestionError, match=near):
        find(name)
