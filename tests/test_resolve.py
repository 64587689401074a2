"""One act out of the records of several sources, on hand-written records: what is one, what stays apart, and why."""

import dataclasses
import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.merge import groups, merge
from loaders.resolve import verdicts
from loaders.resolve.blocks import pairs
from loaders.resolve.cases import joined
from loaders.resolve.clusters import resolve
from loaders.resolve.profile import docket, profile, url
from loaders.source import Source, SourceError
from ontology.dates import Date
from ontology.records import Act, Document, Link, Measure, Money, Respondent
from ontology.registry import registry
from tests.conftest import FIXTURES
from tests.loading import acts_of

NOBODY = verdicts.Verdicts({}, {})
TIERS = {"cms": "tracker", "gdprhub": "register", "curated": "official", "regulators": "official"}
CNIL = {"authority": "fr-cnil", "org": "clearview-ai", "name": "Clearview AI"}


def fine(sum_: str | None, currency: str = "EUR", *, converted: bool = False, org: str | None = None) -> Measure:
    money = Money(Decimal(sum_), currency) if sum_ else None
    return Measure(1, "administrative-fine", org, money, converted)


def record(
    source: str,
    key: str,
    *,
    authority: str = "es-aepd",
    org: str | None = None,
    name: str = "",
    decided: str | None = None,
    published: str | None = None,
    measures: tuple[Measure, ...] = (),
    links: tuple[str, ...] = (),
    number: str | None = None,
    provisions: tuple[str, ...] = (),
    digest: str = "",
    words: str = "",
    kind: str = "decision",
) -> Act:
    document = Document(
        source, key, TIERS[source], key, url=f"https://{source}.example/{key}", more_urls=links, record=key,
        digest=digest or source, place=key,
    )  # fmt: skip
    who = Respondent(name, org=org) if org else Respondent(name or "somebody", "undisclosed")
    return Act(
        f"{authority}_{key}", document, "decision" if kind == "decision" else "ruling", authority, (who,),
        docket=number, decided=Date.parse(decided) if decided else None,
        published=Date.parse(published) if published else None, measures=measures, provisions=provisions,
        summary=(("en", words),) if words else (),
    )  # fmt: skip


def linked(*acts: Act, hand: verdicts.Verdicts = NOBODY) -> tuple[list[str], list[Link], list[str]]:
    found, links, notices = resolve(acts, registry(), hand)
    return [act.id for act in found], links, [one.message for one in notices]


def one(*acts: Act) -> str:
    """Return the rule that makes one act of two records; fail where they stay two."""
    ids, links, _ = linked(*acts)
    assert len(set(ids)) == 1, ids
    return links[0].rule


def two(*acts: Act) -> None:
    ids, links, _ = linked(*acts)
    assert len(set(ids)) == len(acts), links


DAY = dt.timedelta(days=1)
ORG: dict[str, Any] = {"org": "vodafone-espana", "name": "Vodafone España, S.A.U."}


@pytest.mark.parametrize(
    ("left", "right", "rule"),
    [
        ({"number": "PS/00120/2021", **ORG}, {"number": "PS-120-2021", **ORG}, "docket"),
        (
            {"number": "PS/00120/2021", "measures": (fine("9000"),)},
            {"links": ("https://www.aepd.es/es/documento/ps-00120-2021.pdf",), "measures": (fine("9000"),)},
            "docket in the official URL",
        ),
        (
            {"links": ("https://www.aepd.es/a/fine",), "measures": (fine("9000"),)},
            {"links": ("http://aepd.es/en/a/fine/",), "measures": (fine("9000"),)},
            "official URL and amount",
        ),
        (
            {"links": ("https://www.aepd.es/a/fine",), **ORG},
            {"links": ("https://www.aepd.es/a/fine",), **ORG},
            "official URL and respondent",
        ),
        (
            {**ORG, "decided": "2021-05-01", "measures": (fine("9000"),)},
            {**ORG, "decided": "2021-06-10", "measures": (fine("9000"),)},
            "respondent, amount and date",
        ),
        (
            {**ORG, "decided": "2021-05-01", "measures": (fine("10000"),)},
            {**ORG, "published": "2021-05-20", "measures": (fine("6000"),)},
            "respondent, amount and date",
        ),
    ],
)
def test_one_act_and_the_rule_that_says_so(left: dict[str, Any], right: dict[str, Any], rule: str) -> None:
    assert one(record("gdprhub", "a", **left), record("cms", "b", **right)) == rule


@pytest.mark.parametrize(
    ("left", "right"),
    [
        # a URL alone never links: a press release reports several fines
        ({"links": ("https://www.aepd.es/a/fine",)}, {"links": ("https://www.aepd.es/a/fine",)}),
        # another docket of the same scheme is another decision, whatever else agrees
        (
            {**ORG, "number": "PS/00120/2021", "decided": "2021-05-01", "measures": (fine("9000"),)},
            {**ORG, "number": "PS/00121/2021", "decided": "2021-05-01", "measures": (fine("9000"),)},
        ),
        # the same company, another sum
        (
            {**ORG, "decided": "2021-05-01", "measures": (fine("9000"),)},
            {**ORG, "decided": "2021-05-01", "measures": (fine("9001"),)},
        ),
        # two thirds are no early-payment discount
        (
            {**ORG, "decided": "2021-05-01", "measures": (fine("9000"),)},
            {**ORG, "decided": "2021-05-01", "measures": (fine("6000"),)},
        ),
        # the same sum in another year
        (
            {**ORG, "decided": "2019-05-01", "measures": (fine("9000"),)},
            {**ORG, "decided": "2021-05-01", "measures": (fine("9000"),)},
        ),
        # a sum of the same day on somebody else
        (
            {**ORG, "decided": "2021-05-01", "measures": (fine("9000"),)},
            {"org": "caixabank", "name": "CaixaBank", "decided": "2021-05-01", "measures": (fine("9000"),)},
        ),
        # names alone
        (ORG, ORG),
        # a docket is an authority's own
        ({"number": "12/2021", **ORG}, {"number": "12/2021", "authority": "gr-hdpa", **ORG}),
        # a decision and a ruling
        ({"number": "PS/00120/2021", **ORG}, {"number": "PS/00120/2021", "kind": "ruling", **ORG}),
    ],
)
def test_what_stays_two(left: dict[str, Any], right: dict[str, Any]) -> None:
    two(record("gdprhub", "a", **left), record("cms", "b", **right))


def test_a_discount_is_spains() -> None:
    def both(authority: str) -> list[Act]:
        day: dict[str, Any] = {"authority": authority, "decided": "2021-05-01", **ORG}
        return [
            record("gdprhub", "a", **day, measures=(fine("10000"),)),
            record("cms", "b", **day, measures=(fine("8000"),)),
        ]

    assert one(*both("es-aepd")) == "respondent, amount and date"
    two(*both("it-garante"))


@pytest.mark.parametrize(("euros", "same"), [("634000", True), ("708035", True), ("590000", False), ("850000", False)])
def test_converted_amounts_have_fifteen_percent(euros: str, *, same: bool) -> None:
    bank: dict[str, Any] = {
        "authority": "hu-naih",
        "org": "budapest-bank",
        "name": "Budapest Bank",
        "decided": "2022-02-08",
    }
    acts = (
        record("gdprhub", "a", **bank, measures=(fine("250000000", "HUF"),)),
        record("cms", "b", **bank, measures=(fine(euros, converted=True),)),
    )
    assert (len(set(linked(*acts)[0])) == 1) == same


def test_equal_rivals_stay_apart_and_are_told() -> None:
    same: dict[str, Any] = {"decided": "2021-05-01", "measures": (fine("9000"),), "provisions": ("eu_gdpr_art-6",)}
    acts = [record("gdprhub", "a", **same), record("cms", "b", **same), record("cms", "c", **same)]
    ids, links, notices = linked(*acts)
    assert (len(set(ids)), links) == (3, [])
    assert any("2 records fit equally well" in notice for notice in notices)


def test_a_register_lists_an_act_once_and_a_better_pair_wins() -> None:
    page: dict[str, Any] = {"decided": "2021-05-01", "measures": (fine("9000"),), **ORG}
    hub = record("gdprhub", "a", **page)
    near = record("cms", "b", **page)
    far = record("cms", "c", **{**page, "decided": "2021-06-01"})
    ids, _, notices = linked(hub, near, far)
    assert (ids[0] == ids[1], ids[2] == ids[0], notices) == (True, False, [])


def test_rows_that_add_up_are_parts_of_one_decision() -> None:
    """The CNIL fined two companies of Google EUR 150 million in one decision; the tracker has a row for each."""
    day: dict[str, Any] = {"authority": "fr-cnil", "decided": "2021-12-31"}
    page = "https://www.cnil.fr/fr/cookies-google-150"
    hub = record("gdprhub", "whole", **day, links=(page,), measures=(fine("150000000"),))
    rows = [
        record("cms", key, **day, links=(page,), org=org, name=org, measures=(fine(sum_, org=org),))
        for key, org, sum_ in (("b", "google-llc", "90000000"), ("c", "google-ireland", "60000000"))
    ]
    ids, links, _ = linked(hub, *rows)
    assert set(ids) == {"fr-cnil_whole"}
    assert {link.rule for link in links} == {"parts whose amounts add up"}
    found, _, _ = resolve([hub, *rows], registry(), NOBODY)
    [merged] = [merge(ranked).act for ranked in groups(found)]
    assert [str(one_.money) for one_ in merged.measures] == ["EUR 150,000,000"]
    two(hub, rows[0], dataclasses.replace(rows[1], measures=(fine("59000000"),)))
    lump = record("cms", "lump", **day, links=(page,), measures=(fine("150000000"),))
    two(lump, *(record("gdprhub", one_.id, links=(page,), measures=one_.measures, **day) for one_ in rows))


def test_an_act_listed_twice_counts_once_but_two_fines_of_one_day_are_two() -> None:
    page: dict[str, Any] = {
        "links": ("https://www.aepd.es/documento/ps-00001-2020.pdf",),
        "measures": (fine("9000"),),
        **ORG,
    }
    articles = ("eu_gdpr_art-5", "eu_gdpr_art-6")
    first = record("cms", "a", **page, decided="2020-03-01", provisions=articles)
    again = record("cms", "b", **page, decided="2020-04-20", provisions=articles[:1])
    assert one(first, again) == "one document, respondent and amount, listed twice"
    other = record("cms", "c", **page, decided="2020-03-01", provisions=("eu_gdpr_art-32",))
    two(first, other)


def test_a_page_renamed_between_two_files_is_one() -> None:
    words = "The authority fined a company for sending the same newsletter to everybody in the country."
    old = record("gdprhub", "old", words=words, digest="2024", measures=(fine("9000"),), decided="2021-05-01")
    new = record("gdprhub", "new", words=words, digest="2025", measures=(fine("9000"),), decided="2021-05-01")
    assert one(old, new) == "one summary in two files of a register"
    two(dataclasses.replace(old, docket="PS/00001/2020"), dataclasses.replace(new, docket="PS/00002/2020"))
    two(old, dataclasses.replace(new, document=dataclasses.replace(new.document, digest="2024")))


def test_what_people_found_overrides_the_rules(tmp_path: Path) -> None:
    page: dict[str, Any] = {"decided": "2021-05-01", "measures": (fine("9000"),), **ORG}
    acts = [record("gdprhub", "a", **page), record("cms", "b", **page), record("cms", "c", **ORG)]
    path = tmp_path / "mine.csv"
    path.write_text(
        "verdict,one,other,why\ndifferent,cms b,gdprhub a,two fines\nsame,gdprhub a,cms c,read both\n", encoding="utf-8"
    )
    hand = verdicts.read([Source("same", path)])
    ids, links, _ = linked(*acts, hand=hand)
    assert (ids[0] == ids[2], ids[0] == ids[1]) == (True, False)
    [link] = links
    assert (link.rule, link.confidence, link.evidence) == ("a person compared them", Decimal(1), "read both")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("one,other\n", "mine.csv:1: the columns are"),
        ("verdict,one,other,why\nmaybe,cms a,cms b,x\n", "mine.csv:2: 'maybe' is no verdict"),
        ("verdict,one,other,why\nsame,cms,cms b,x\n", "mine.csv:2: name two records"),
        ("verdict,one,other,why\nsame,cms a,cms a,x\n", "mine.csv:2: name two records"),
        ("verdict,one,other,why\nsame,cms a,cms b,\n", "mine.csv:2: the column why is empty"),
        ("verdict,one,other,why\nsame,cms a,cms b,EUR 1,000\n", "mine.csv:2: 4 cells are wanted"),
        ("verdict,one,other,why\nsame,cms a\n", "mine.csv:2: 4 cells are wanted"),
    ],
)
def test_verdicts_name_line_and_cure(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=words):
        verdicts.read([Source("same", path)])


def test_the_projects_verdicts_can_be_read() -> None:
    assert len(verdicts.read([Source("same", verdicts.OURS)]).same) >= 10


def test_the_most_trusted_record_names_the_act_and_no_two_acts_share_a_name() -> None:
    page: dict[str, Any] = {"decided": "2021-05-01", "measures": (fine("9000"),), **ORG}
    acts = [record("cms", "b", **page), record("gdprhub", "a", **page)]
    found, _, _ = resolve(acts, registry(), NOBODY)
    assert [(act.id, act.replaces) for act in found] == [("es-aepd_a", ("es-aepd_b",)), ("es-aepd_a", ())]
    stranger = dataclasses.replace(record("cms", "x", authority="es-aepd"), id="es-aepd_a")
    ids, _, _ = linked(*acts, stranger)
    assert ids == ["es-aepd_a", "es-aepd_a", "es-aepd_a-2"]


@given(st.permutations(range(6)))
def test_the_order_of_the_records_does_not_matter(order: list[int]) -> None:
    page: dict[str, Any] = {"decided": "2021-05-01", "measures": (fine("9000"),), **ORG}
    acts = [
        record(source, f"{source}-{key}", **{**page, "decided": f"2021-0{key}-01"})
        for source in ("cms", "gdprhub")
        for key in (1, 4, 9)
    ]
    expected = {act.document.name: act.id for act in resolve(acts, registry(), NOBODY)[0]}
    shuffled = resolve([acts[place] for place in order], registry(), NOBODY)[0]
    assert {act.document.name: act.id for act in shuffled} == expected


def test_pairs_grow_with_the_records() -> None:
    """Each company has its own fines: ten times the records make ten times the pairs, not a hundred."""

    def count(companies: int) -> int:
        first = dt.date(2000, 1, 1)
        acts = [
            record(source, f"{source}-{n}", org=f"company-{n}", name=f"Company{n}", decided=str(first + n * DAY))
            for n in range(companies)
            for source in ("cms", "gdprhub")
        ]
        return len(list(pairs([profile(act) for act in acts], {})))

    assert count(1000) <= 12 * count(100)


def test_fields_are_filled_from_the_next_source_and_that_is_said() -> None:
    official = record("regulators", "x", number="PS/00120/2021", decided="2021-07-26", measures=(fine(None),))
    hub = record("gdprhub", "a", number="PS/00120/2021", published="2021-08-01", measures=(fine("3150000"),), **ORG)
    tracker = record("cms", "b", links=("https://www.aepd.es/ps-00120-2021.pdf",), decided="2021-08-01",
                     measures=(fine("2520000"),), **ORG)  # fmt: skip
    found, _, _ = resolve([tracker, hub, official], registry(), NOBODY)
    [merged] = [merge(ranked) for ranked in groups(found)]
    act = merged.act
    assert (act.id, str(act.decided), str(act.published)) == ("es-aepd_x", "2021-07-26", "2021-08-01")
    assert act.respondents[0].org == "vodafone-espana"
    [measure] = act.measures
    assert (str(measure.money), str(measure.paid)) == ("EUR 3,150,000", "EUR 2,520,000")
    given_by = {(document, name.rpartition("#")[2]) for document, name in merged.given}
    assert {
        ("doc_regulators_x", "decidedOn"), ("doc_gdprhub_a", "publishedOn"), ("doc_gdprhub_a", "respondent"),
        ("doc_regulators_x", "measure"), ("doc_gdprhub_a", "amount"), ("doc_cms_b", "paidAmount"),
    } <= given_by  # fmt: skip


def test_a_trackers_day_of_publication_is_no_day_of_decision() -> None:
    hub = record("gdprhub", "a", number="PS/00120/2021", published="2021-08-01", **ORG)
    tracker = record("cms", "b", number="PS/00120/2021", decided="2021-08-01", **ORG)
    found, _, _ = resolve([tracker, hub], registry(), NOBODY)
    [merged] = [merge(ranked).act for ranked in groups(found)]
    assert (merged.decided, str(merged.published)) == (None, "2021-08-01")


def test_acts_of_one_matter_are_joined_and_not_merged() -> None:
    notice = record("cms", "n", decided="2021-01-10", measures=(Measure(1, "formal-notice"),), **ORG)
    penalty = record("cms", "p", number="PS/00120/2021", decided="2021-07-26", measures=(fine("9000"),), **ORG)
    objection = record("cms", "r", number="REPOSICION-PS-00120-2021", decided="2021-09-01", **ORG)
    ruling = dataclasses.replace(
        record("gdprhub", "court", authority="es-an", kind="ruling", decided="2023-01-01"),
        appeals=(("es-aepd", "PS/120/2021"),),
    )
    later = dataclasses.replace(
        record("cms", "later", decided="2023-06-01", measures=(fine("500"),), **ORG),
        cites=("PS/00120/2021",),
    )
    stranger = record("cms", "s", number="PS/00999/2021", decided="2021-07-26", measures=(fine("1"),))
    acts = [notice, penalty, objection, ruling, later, stranger]
    found = {act.id.partition("_")[2]: act for act in joined(acts, acts)}
    cases = {key: act.case.id if act.case else None for key, act in found.items()}
    assert cases == {**dict.fromkeys(("n", "p", "r", "court", "later"), "es-aepd_n"), "s": None}
    assert found["court"].reviews == found["r"].follows == found["later"].follows == "es-aepd_p"
    assert found["p"].follows == "es-aepd_n"  # the one fine within two years of the announcement


@pytest.mark.parametrize("text", ["", "n/a", "31.01.2024", "2024-02-23", "17", "Fine against Contoso"])
def test_what_is_no_docket(text: str) -> None:
    assert docket(text) == ""


@given(st.text())
def test_any_text_may_stand_where_a_link_or_docket_should(text: str) -> None:
    assert url(text) == url(text)
    assert docket(docket(text)) == docket(text)


EIGHT = {
    "ETid-9001": "fr-cnil_san-2022-019",
    "ETid-9002": "fr-cnil_san-2023-005",
    "ETid-9003": "hu-naih_naih-85-3-2022",
}


def test_the_tracker_the_register_and_our_sheets_are_one() -> None:
    """Five dates, article 31 or 32, "Al" or "AI": one decision; the penalty of 2023 is another of the same case."""
    from loaders.curated import reader as curated  # noqa: PLC0415

    sheets = [act for path in sorted(curated.CASES.glob("*.yaml")) for act in acts_of("curated", path)]
    acts = [*sheets, *acts_of("cms", FIXTURES / "cms.json"), *acts_of("gdprhub", FIXTURES / "gdprhub" / "pages.jsonl")]
    found, _, _ = resolve(acts, registry(), NOBODY)
    by_record = {act.document.record: act.id for act in found}
    assert {key: by_record[key] for key in EIGHT} == EIGHT
    assert by_record["CNIL (France) - SAN-2022-019"] == "fr-cnil_san-2022-019"
    merged = {act.id: act for act in joined([merge(ranked).act for ranked in groups(found)], found)}
    clearview, penalty = merged["fr-cnil_san-2022-019"], merged["fr-cnil_san-2023-005"]
    assert clearview.case is not None
    assert penalty.case is not None
    assert clearview.case.id == penalty.case.id
    assert [str(m.money) for m in clearview.measures if m.kind == "administrative-fine"] == ["EUR 20,000,000"]
    assert [str(m.money) for m in merged["hu-naih_naih-85-3-2022"].measures if m.money] == ["HUF 250,000,000"]


def test_pages_that_share_a_summary_stay_as_many_as_each_file_has() -> None:
    """Denmark decided four times on the schools of Helsingør; the register sums up all four in one sentence."""
    words = "The authority banned a municipality from using a service in its schools until the risks were assessed."
    acts = [
        dataclasses.replace(
            record("gdprhub", f"{digest}-{n}", words=words, digest=digest, authority="dk-datatilsynet"),
            id=f"dk-datatilsynet_2020-431-0061-no-{n}",
        )
        for digest in ("2024", "2025")
        for n in (1, 2, 3)
    ]
    ids, links, _ = linked(*acts)
    assert ids[:3] == ids[3:]
    assert (len(set(ids)), len(links)) == (3, 3)


def test_a_verdict_of_different_holds_for_parts_too() -> None:
    day: dict[str, Any] = {"authority": "fr-cnil", "decided": "2021-12-31", "links": ("https://www.cnil.fr/fr/google",)}
    acts = [
        record("gdprhub", "whole", **day, measures=(fine("150"),)),
        record("cms", "b", **day, measures=(fine("90"),)),
        record("cms", "c", **day, measures=(fine("60"),)),
    ]
    assert len(set(linked(*acts)[0])) == 1
    hand = verdicts.Verdicts({}, {("cms b", "gdprhub whole"): "read", ("cms c", "gdprhub whole"): "read"})
    assert len(set(linked(*acts, hand=hand)[0])) == 3


def test_a_verdict_cannot_make_one_of_a_decision_and_a_ruling() -> None:
    hand = verdicts.Verdicts({("cms a", "gdprhub b"): "read"}, {})
    with pytest.raises(SourceError, match="a decision and a ruling cannot be the same act"):
        linked(record("cms", "a"), record("gdprhub", "b", kind="ruling"), hand=hand)


def test_a_name_that_another_act_bears_is_not_replaced() -> None:
    """Two pages of one name: the second act takes a number, and a record of it once bore the first one's name."""
    first = record("gdprhub", "a", **ORG, decided="2019-01-01", measures=(fine("1"),), digest="2025")
    second = dataclasses.replace(
        record("gdprhub", "b", **ORG, decided="2021-01-01", measures=(fine("7000"),), digest="2025"), id=first.id
    )
    old = dataclasses.replace(
        record("gdprhub", "c", **ORG, decided="2021-01-01", measures=(fine("7000"),), digest="2024"), id=first.id
    )
    found, _, _ = resolve([first, second, old], registry(), NOBODY)
    live = {act.id for act in found}
    assert len(live) == 2
    assert all(not live & set(act.replaces) for act in found)


def test_a_row_on_one_of_several_respondents_gives_no_target() -> None:
    two_of_them = (Respondent("Google LLC", org="google-llc"), Respondent("Google Ireland", org="google-ireland"))
    hub = dataclasses.replace(
        record("gdprhub", "a", number="SAN-2021-023", measures=(fine("150"),)), respondents=two_of_them
    )
    row = record("cms", "b", org="google-llc", name="Google LLC", measures=(fine("90", org="google-llc"),))
    merged = merge([hub, dataclasses.replace(row, id=hub.id)]).act
    assert [(str(one_.money), one_.target) for one_ in merged.measures] == [("EUR 150", None)]


def test_what_is_paid_early_is_not_read_off_one_of_several_rows() -> None:
    hub = record("gdprhub", "a", measures=(fine("100000"),))
    rows = [
        dataclasses.replace(record("cms", key, measures=(fine(sum_),)), id=hub.id)
        for key, sum_ in (("b", "60000"), ("c", "40000"))
    ]
    [measure] = merge([hub, *rows]).act.measures
    assert (str(measure.money), measure.paid) == ("EUR 100,000", None)
    [measure] = merge([hub, rows[0]]).act.measures
    assert str(measure.paid) == "EUR 60,000"


def test_the_order_of_ties_does_not_matter() -> None:
    """Two decisions of one day in two files of a register, with one summary: each finds its own copy."""
    words = "The board settled the dispute on the transfers of a large platform and told the authority what to decide."
    acts = [
        record("gdprhub", f"{digest}-{n}", number=f"{n}/2022", words=words, digest=digest, authority="eu-edpb")
        for digest in ("2024", "2025")
        for n in (3, 4)
    ]
    for shown in (acts, acts[::-1], [acts[2], acts[1], acts[0], acts[3]]):
        names = {act.document.name: act.id for act in resolve(shown, registry(), NOBODY)[0]}
        assert len(set(names.values())) == 2
        assert names["doc_gdprhub_2024-3"] == names["doc_gdprhub_2025-3"]
