"""Claims of several pages on one event: joined, counted by source, believed; and the decisions that they make."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import belief, consolidate, match
from graph.events import events
from graph.merge import groups, merge
from graph.release import Release, current
from graph.reported import Reported, reported
from graph.validate import of_release, validate
from loaders import build
from ontology.dates import Date
from ontology.fingerprint import fingerprint
from ontology.records import Act, Claim, Document, Match, Measure, Money, Respondent, Story
from ontology.registry import registry
from ontology.terms import PREFIXES

DAY = Date(2021, 5, 20)
EXACT: dict[str, Any] = {"least": Decimal(2_500_000), "most": Decimal(2_500_000), "currency": "EUR"}
ROUNDED: dict[str, Any] = {"least": Decimal(2_450_000), "most": Decimal(2_550_000), "currency": "EUR"}


def said(words: str = "The Garante fined Spotify EUR 2,500,000", **more: Any) -> Claim:
    fields: dict[str, Any] = {
        "authority": "it-garante", "kind": "administrative-fine", "since": Date(2021), "until": Date(2021, 5, 20),
        "confidence": Decimal("0.8"), **EXACT,
    }  # fmt: skip
    return Claim(more.pop("number", 1), words, 0, len(words), more.pop("about", "spotify"), **{**fields, **more})


def page(site: str, *claims: Claim, day: Date = DAY, publisher: str | None = None) -> Story:
    url = f"https://www.{site}/story" if "." in site else None
    key = f"{day}-{site.replace('.', '-').replace('/', '-')}"
    document = Document("news", key, "news", "A fine", url, publisher=publisher, retrieved=dt.date(2021, 6, 1))
    return Story(document, "A fine", "en", day, claims)


def official(amount: int = 2_500_000, org: str = "spotify", target: str | None = "spotify", **more: Any) -> Act:
    tier = more.pop("tier", "official")
    fine = Measure(1, "administrative-fine", target, Money(Decimal(amount), "EUR"))
    return Act(
        "it-garante_1", Document(tier, "1", tier, "Decision 1"), "decision", "it-garante",
        (Respondent(org, org=org),), title=(("en", "Decision 1"),), decided=Date(2021, 5, 13), measures=(fine,),
    )  # fmt: skip


OTHER = "Spotify has to pay 2,500,000 euros, Italy's privacy regulator announced"
TWO = [page("paper.example", said()), page("journal.test", said(OTHER, since=None, until=Date(2021, 5, 20)))]


def made(stories: Sequence[Story], *acts: Act) -> list[Reported]:
    measures = consolidate.worths([merge(ranked).act for ranked in groups(acts)])
    judged = match.judgements(stories, measures, registry())
    found = events(stories, registry())
    return reported(found, belief.standings(found, judged, measures), judged, measures, registry())


def facts(stories: Sequence[Story], *acts: Act) -> dict[str, dict[str, set[str]]]:
    """Return what a build derives of each claim: property -> values, by the claim's name."""
    measures = consolidate.worths([merge(ranked).act for ranked in groups(acts)])
    judged = match.judgements(stories, measures, registry())
    told_of = events(stories, registry())
    standing = belief.standings(told_of, judged, measures)
    lines = [*match.statements(judged), *belief.statements(told_of, standing)]
    found: dict[str, dict[str, set[str]]] = {}
    for quad in ox.parse("".join(lines), format=ox.RdfFormat.N_QUADS):
        if isinstance(quad.graph_name, ox.DefaultGraph):
            claim, value = (
                str(getattr(term, "value", term)).rpartition("/")[2] for term in (quad.subject, quad.object)
            )
            found.setdefault(claim, {}).setdefault(quad.predicate.value.rpartition("#")[2], set()).add(value)
    return found


A, B = (story.claim_name(story.claims[0]) for story in TWO)


def test_two_independent_pages_make_a_reported_decision() -> None:
    [one] = made(TWO)
    [fine] = one.act.measures
    assert one.act.id == "it-garante_reported-2021-spotify"
    assert (one.act.document.tier, one.act.document.url, one.act.decided) == ("reported", None, Date(2021))
    assert (fine.kind, fine.target, fine.money) == ("administrative-fine", "spotify", Money(Decimal(2_500_000), "EUR"))
    found = facts(TWO)
    assert found[A] == {
        "belief": {"0.96"}, "independentSources": {"2"}, "corroboratedBy": {B}, "claimStatus": {"unmatched"},
    }  # fmt: skip
    assert found[B]["corroboratedBy"] == {A}


def test_one_page_makes_none() -> None:
    assert made(TWO[:1]) == made(TWO[1:]) == []
    assert facts(TWO[:1])[A] == {"belief": {"0.8"}, "independentSources": {"1"}, "claimStatus": {"unmatched"}}


def test_one_page_that_says_it_twice_is_one_source() -> None:
    twice = [page("paper.example", said(), said(OTHER, number=2))]
    assert made(twice) == []
    assert "corroboratedBy" not in facts(twice)[A]


LONG = "Spotify was fined EUR 2,500,000 by the Garante after an inquiry of two years into how it answers its users"


@pytest.mark.parametrize(
    "copy",
    [
        page("copy.test", said("The Garante fined Spotify EUR 2,500,000.")),
        page("copy.test", said(f"{LONG}, our correspondent in Rome writes today in a long article of her own")),
        page("blog.paper-example.org", said(OTHER)),
        page("copy.test", said(OTHER), publisher="The Paper"),
        page("copy.test", said(f"{OTHER}, according to paper-example.org")),
        page("copy.test", said(f"{OTHER}, The Paper reported")),
        page("copy.test", said(f"{OTHER}, Reuters said")),
    ],
    ids=["same-words", "longer", "same-site", "same-publisher", "names-site", "names-publisher", "same-agency"],
)
def test_a_copy_counts_once(copy: Story) -> None:
    first = page(
        "paper-example.org",
        said(),
        said(f"{LONG} (Reuters)", number=2),
        publisher="The Paper",
    )
    assert made([first, copy]) == []
    found = facts([first, copy])
    assert {name: one["independentSources"] for name, one in found.items()} == {name: {"1"} for name in found}
    assert not any("corroboratedBy" in one for one in found.values())
    third = page("third.test", said("A sanction of two and a half million hits the streaming service"))
    assert made([first, copy, third]) != []


def test_to_name_the_authority_is_not_to_copy_its_page() -> None:
    own = page("garanteprivacy.it", said(OTHER), publisher="Garante per la protezione dei dati personali")
    other = page("paper.example", said("The Garante per la protezione dei dati personali fined Spotify EUR 2,500,000"))
    assert facts([own, other])[A]["independentSources"] == {"2"}


def test_the_authority_s_own_page_confirms_what_another_tells_and_is_one_source() -> None:
    own = page("garanteprivacy.it", said(OTHER))
    assert facts([own])[own.claim_name(own.claims[0])]["belief"] == {"0.8"}  # it may have been misread
    assert facts([own, TWO[0]])[A]["belief"] == {"0.99"}
    assert [one.act.measures[0].money for one in made([own, TWO[0]])] == [Money(Decimal(2_500_000), "EUR")]
    copy = page("paper.example", said(OTHER))
    assert facts([own, copy])[copy.claim_name(copy.claims[0])]["belief"] == {"0.8"}


def test_the_authority_s_own_page_is_enough_for_a_decision() -> None:
    own = page("garanteprivacy.it/en", said(OTHER))
    [one] = made([own])
    assert (one.act.id, one.act.document.tier) == ("it-garante_reported-2021-spotify", "reported")
    assert one.act.measures[0].money == Money(Decimal(2_500_000), "EUR")
    assert one.act.title[0][1].endswith("as its own page reports it)")
    assert made(TWO)[0].act.title[0][1].endswith("as the press reports it)")
    assert made([own], official()) == made([own], official(40_000)) == []


@pytest.mark.parametrize(
    ("site", "changes"),
    [
        ("garanteprivacy.it.example", {}),
        ("cnil.fr", {}),
        ("garanteprivacy.it", {"authority": "fr-cnil"}),
        ("garanteprivacy.it", {"authority": None}),
        ("garanteprivacy.it", {"least": None, "most": None, "currency": None}),
        ("garanteprivacy.it", {"status": "annulled"}),
        ("garanteprivacy.it", {"confidence": Decimal("0.5")}),
        ("garanteprivacy.it", {"since": None}),
        ("garanteprivacy.it", {"scope": "proceeding"}),
    ],
    ids=["like-it", "another's", "of-another", "of-nobody", "no-sum", "annulled", "unsure", "in-passing", "proposed"],
)
def test_the_authority_s_own_page_has_to_say_enough(site: str, changes: dict[str, Any]) -> None:
    own = page(site, said(OTHER, **changes))
    assert made([own]) == []


def test_it_is_the_authority_that_has_to_state_the_sum() -> None:
    own = page("garanteprivacy.it", said(OTHER, **NO_SUM))
    assert made([own, TWO[0]]) == []
    order: dict[str, Any] = {"kind": "order-to-comply", **NO_SUM}
    [one] = made([page("garanteprivacy.it", said(OTHER, **order))])
    assert [each.kind for each in one.act.measures] == ["order-to-comply"]


def test_a_court_s_page_makes_no_decision() -> None:
    court = registry().authorities["it-cass"]
    assert court.type == "court"
    told: dict[str, Any] = {"authority": court.id}
    assert made([page("paper.example", said(**told)), page("journal.test", said(OTHER, **told))]) == []
    assert made([page(court.homepage.split("://www.")[1].rstrip("/"), said(**told))]) == []


BODY = " ".join(f"word{n}" for n in range(200))


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (BODY, "1"),
        (f"Our own headline. {BODY} And a last line of the copy.", "1"),
        (BODY[:700], "1"),
        (BODY[:1050] + " ".join(f"other{n}" for n in range(60)), "1"),
        (" ".join(f"other{n}" for n in range(200)) + BODY[:300], "2"),
        ("", "2"),
    ],
    ids=["same", "framed", "cut", "rewritten", "quotes", "unknown"],
)
def test_a_page_with_another_page_s_text_is_a_copy_whatever_its_headline(text: str, sources: str) -> None:
    first, other = (replace(one, fingerprint=fingerprint(words)) for one, words in zip(TWO, (BODY, text), strict=True))
    assert facts([first, other])[A]["independentSources"] == {sources}
    assert len(made([first, other])) == int(sources) - 1


@pytest.mark.parametrize("tier", ["official", "register"])
def test_an_act_on_record_confirms_and_nothing_is_reported(tier: str) -> None:
    assert made(TWO, official(tier=tier)) == []
    found = facts(TWO, official(tier=tier))
    assert (found[A]["belief"], found[A]["claimStatus"]) == ({"0.99"}, {"confirmed"})
    assert found[A]["candidateMeasure"] == {"it-garante_1_1"}


def test_a_tracker_that_agrees_is_one_more_source() -> None:
    one = facts(TWO[:1], official(tier="tracker"))[A]
    assert one["claimStatus"] == {"confirmed"}
    assert Decimal("0.8") < Decimal(min(one["belief"])) <= Decimal("0.99")


@pytest.mark.parametrize(
    "act",
    [official(40_000), official(2_500_000, target=None), official(2_500_000, "google-ireland", "google-ireland")],
    ids=["other-sum", "joint", "subsidiary"],
)
def test_what_may_be_on_record_is_not_reported(act: Act) -> None:
    about = "google-llc" if act.respondents[0].org == "google-ireland" else "spotify"
    assert registry().organisations["google-ireland"].parent
    stories = [page(site, said(words, about=about)) for site, words in (("paper.example", "a"), ("journal.test", "z"))]
    assert made(stories) != []
    assert made(stories, act) == []


def test_contradictions_stand_side_by_side() -> None:
    more: dict[str, Any] = {"least": Decimal(5_000_000), "most": Decimal(5_000_000)}
    stories = [TWO[0], page("journal.test", said(OTHER, **more))]
    other = stories[1].claim_name(stories[1].claims[0])
    found = facts(stories)
    assert made(stories) == []
    assert (found[A]["contradictedBy"], found[other]["contradictedBy"]) == ({other}, {A})
    assert "corroboratedBy" not in found[A]
    assert found[A]["belief"] == found[other]["belief"] == {"0.4444"}  # one of them at most is right
    third = page("weekly.test", said("It is two and a half million, a court clerk says"))
    more_believed = facts([*stories, third])
    assert (more_believed[A]["belief"], more_believed[other]["belief"]) == ({"0.8276"}, {"0.1379"})
    fourth = page("daily.test", said("A penalty of five million, two lawyers confirmed", **more))
    assert len(made([*stories, third])) == 1
    assert made([*stories, third, fourth]) == []
    recorded = facts(stories, official())
    assert (recorded[A]["belief"], recorded[other]["belief"]) == ({"0.9519"}, {"0.0385"})
    both = page("weekly.test", said("one of 2.5", number=1), said("one of 5", number=2, **more))
    assert "contradictedBy" not in facts([TWO[0], both])[A]  # it tells of two fines, of which one is the paper's
    passing = page("journal.test", said(OTHER, since=None, **more))
    assert "contradictedBy" not in facts([TWO[0], passing])[A]  # it may be an older one
    later = page("journal.test", said(OTHER, until=Date(2021, 12, 1), **more), day=Date(2021, 12, 1))
    assert "contradictedBy" not in facts([TWO[0], later])[A]


FIVE: dict[str, Any] = {"least": Decimal(5_000_000), "most": Decimal(5_000_000)}


@pytest.mark.parametrize(
    ("days", "times", "contradict"),
    [
        ((20, 20), ({}, {}), True),
        ((20, 21), ({}, {"until": Date(2021, 5, 21)}), True),
        ((20, 22), ({}, {"until": Date(2021, 5, 22)}), False),
        ((20, 28), ({}, {"until": Date(2021, 5, 28)}), False),
        ((20, 28), ({}, {"until": Date(2021, 5, 20)}), True),
        ((20, 20), ({}, {"until": Date(2021, 5, 3)}), False),
        ((20, 20), ({}, {"since": Date(2021, 5), "until": Date(2021, 5)}), False),
        ((20, 20), ({"since": Date(2021, 5), "until": Date(2021, 5)},) * 2, False),
        ((20, 28), ({"since": Date(2021, 5, 3), "until": Date(2021, 5, 3)},) * 2, True),
        ((20, 20), ({"since": Date(2021, 5, day), "until": Date(2021, 5, day)} for day in (3, 4)), False),
    ],
    ids=[
        "one-day",
        "next-day",
        "two-days",
        "a-week",
        "stated",
        "other-stated",
        "month",
        "months",
        "both-stated",
        "both-others",
    ],
)
def test_only_what_became_known_on_one_day_is_contradicted(
    days: tuple[int, int], times: Sequence[dict[str, Any]], *, contradict: bool
) -> None:
    first, second = times
    stories = [
        page("paper.example", said(**first), day=Date(2021, 5, days[0])),
        page("journal.test", said(OTHER, **{**FIVE, **second}), day=Date(2021, 5, days[1])),
    ]
    assert [("contradictedBy" in one) for one in facts(stories).values()] == [contradict] * 2


def test_an_item_that_tells_late_of_the_first_of_two_fines_contradicts_none_of_the_second() -> None:
    week = Date(2021, 5, 28)
    late = page("weekly.test", said("Two and a half million for the music service", until=week), day=week)
    second = page("daily.test", said("Five million now", until=week, **FIVE), day=week)
    assert "contradictedBy" in facts([late, second])[late.claim_name(late.claims[0])]
    for first in (said(), said(**ROUNDED), said(since=None)):
        found = facts([page("paper.example", first), late, second])
        assert not any("contradictedBy" in one for one in found.values())
        assert found[A]["independentSources"] == {"2"}


def test_what_is_told_in_passing_is_not_contradicted_even_where_its_event_is() -> None:
    passing = page("weekly.test", said("Two and a half million for the music service", since=None))
    found = facts([TWO[0], passing, page("journal.test", said(OTHER, **FIVE))])
    assert "contradictedBy" in found[A]
    assert "contradictedBy" not in found[passing.claim_name(passing.claims[0])]


def test_what_the_record_has_both_of_is_not_contradicted() -> None:
    stories = [TWO[0], page("journal.test", said(OTHER, **FIVE))]
    acts = (official(), replace(official(5_000_000), id="it-garante_2", document=replace(official().document, key="2")))
    assert {min(one["claimStatus"]) for one in facts(stories, *acts).values()} == {"confirmed"}
    assert not any("contradictedBy" in one for one in facts(stories, *acts).values())
    assert all("contradictedBy" in one for one in facts(stories, *acts[:1]).values())


@pytest.mark.parametrize("changes", [{"authority": None}, {"authority": "fr-cnil"}, {"kind": "settlement-payment"}])
def test_what_another_authority_did_or_nobody_is_said_to_have_done_is_no_contradiction(changes: dict[str, Any]) -> None:
    stories = [page("paper.example", said(**changes)), page("journal.test", said(OTHER, **FIVE))]
    assert not any("contradictedBy" in one for one in facts(stories).values())
    unnamed = [page("paper.example", said(authority=None)), page("journal.test", said(OTHER, authority=None, **FIVE))]
    assert not any("contradictedBy" in one for one in facts(unnamed).values())


def test_sums_in_several_currencies_agree_at_the_rate_of_the_day() -> None:
    dollars: dict[str, Any] = {
        "least": Decimal(3_000_000),
        "most": Decimal(3_100_000),
        "currency": "USD",
    }  # 1.22 for a euro
    stories = [TWO[0], page("journal.test", said(OTHER, **dollars))]
    assert facts(stories)[A]["independentSources"] == {"2"}
    [one] = made(stories)
    assert one.act.measures[0].money is None  # nobody knows which sum was converted
    wrong = page("journal.test", said(OTHER, **dollars | {"least": Decimal(2_000_000), "most": Decimal(2_500_000)}))
    assert "contradictedBy" in facts([TWO[0], wrong])[A]


def test_a_rounded_sum_gives_no_amount() -> None:
    [one] = made([page("paper.example", said(**ROUNDED)), page("journal.test", said(OTHER, **ROUNDED))])
    assert one.act.measures[0].money is None
    assert one.act.measures[0].amount_text == "EUR 2,450,000 to 2,550,000"
    [one] = made([page("paper.example", said(**ROUNDED)), page("journal.test", said(OTHER))])
    assert one.act.measures[0].money == Money(Decimal(2_500_000), "EUR")


def test_digits_that_were_cut_off_are_no_contradiction() -> None:
    exact: dict[str, Any] = {"least": Decimal(2_552_800), "most": Decimal(2_552_800)}
    stories = [page("paper.example", said(**ROUNDED)), page("journal.test", said(OTHER, **exact))]
    found = facts(stories)
    assert (found[A]["independentSources"], "contradictedBy" in found[A]) == ({"2"}, False)
    assert made(stories)[0].act.measures[0].money == Money(Decimal(2_552_800), "EUR")
    more = [stories[0], page("journal.test", said(OTHER, least=Decimal(2_700_000), most=Decimal(2_700_000)))]
    assert "contradictedBy" in facts(more)[A]


def test_a_sum_on_record_whose_digits_were_cut_off_confirms() -> None:
    """Many papers say "£7.5m" for £7,552,800, though it is no rounding of it."""
    story = page("paper.example", said(**ROUNDED))
    cut = facts([story], official(2_552_800))[A]
    assert (cut["claimStatus"], cut["belief"]) == ({"confirmed"}, {"0.99"})
    assert facts([story], official(2_600_000))[A]["claimStatus"] == {"contradicted"}
    assert facts([story], official(2_440_000))[A]["claimStatus"] == {"contradicted"}
    words = [
        match.judge(story, story.claims[0], consolidate.worths([official(amount)]), registry())[0].method
        for amount in (2_552_800, 2_500_000)
    ]
    assert ["digits cut off" in one for one in words] == [True, False]
    total = page("paper.example", said(scope="total", until=None, **ROUNDED))
    for amount, status in ((2_552_800, "consistent-total"), (2_600_000, "inconsistent-total")):
        [judged] = match.judge(total, total.claims[0], consolidate.worths([official(amount)]), registry())
        assert judged.status == status


def test_a_family_s_sum_is_one_whether_the_parent_or_the_subsidiary_is_named() -> None:
    child, parent = registry().organisations["google-ireland"], "google-llc"
    assert child.parent
    stories = [page("paper.example", said(about=parent)), page("journal.test", said(OTHER, about=child.id))]
    assert facts(stories)[A]["independentSources"] == {"2"}
    third = page("weekly.test", said("It was the Irish company that was fined", about=child.id))
    assert [one.act.measures[0].target for one in made([*stories, third])] == [child.id]
    bare = [page("paper.example", said(about=parent, **NO_SUM)), page("journal.test", said(about=child.id, **NO_SUM))]
    assert facts(bare)[A]["independentSources"] == {"1"}


NO_SUM: dict[str, Any] = {"least": None, "most": None, "currency": None}


def test_a_claim_without_a_sum_joins_the_one_event_that_it_may_mean() -> None:
    bare = page("journal.test", said("Spotify was fined", **NO_SUM))
    name = bare.claim_name(bare.claims[0])
    assert facts([TWO[0], bare])[name]["corroboratedBy"] == {A}
    assert made([TWO[0], bare]) == []  # one source says how much
    second = page("weekly.test", said("another fine", least=Decimal(7), most=Decimal(7)))
    assert "corroboratedBy" not in facts([TWO[0], second, bare])[name]
    unnamed = page("journal.test", said("Spotify was fined", authority=None, **NO_SUM))
    assert "corroboratedBy" not in facts([TWO[0], unnamed])[name]


def test_what_says_too_little_or_was_undone_is_not_reported() -> None:
    for changes in (
        {"authority": None}, {"kind": None}, {"scope": "total"}, {"scope": "proceeding"}, {"currency": None},
        {"status": "annulled"}, {"since": None, "until": None},
    ):  # fmt: skip
        day = Date(2021, 5, 20) if changes.get("since", 1) else None
        stories = [page("paper.example", said(**changes)), page("journal.test", said(OTHER, **changes))]
        undated = [Story(one.document, one.headline, "en", day, one.claims) for one in stories]
        assert made(undated) == [], changes


@pytest.mark.parametrize(
    ("dates", "decided"),
    [
        (("2021-05-13", "2021-05-13"), "2021-05-13"),
        (("2021-05-13", "2021-05"), "2021-05-13"),
        (("2021-05-13", "2021-05-20"), "2021-05"),
        (("2021-05-30", "2021-06-02"), "2021"),
        (("2021-05-13", None), "2021-05-13"),
    ],
)
def test_the_day_is_as_exact_as_the_claims_agree(dates: tuple[str, str | None], decided: str) -> None:
    times: list[dict[str, Any]] = [{"since": Date.parse(day), "until": Date.parse(day)} if day else {} for day in dates]
    day = Date(2021, 6, 5)
    stories = [page("paper.example", said(**times[0]), day=day), page("journal.test", said(OTHER, **times[1]), day=day)]
    assert [str(one.act.decided) for one in made(stories)] == [decided]


def test_a_year_that_is_open_is_the_one_in_which_it_became_known() -> None:
    around: dict[str, Any] = {"since": Date(2020), "until": Date(2021, 2, 1)}
    day = Date(2021, 2, 1)
    [one] = made([page("paper.example", said(**around), day=day), page("journal.test", said(OTHER, **around), day=day)])
    assert (one.act.id, one.act.decided, one.act.published) == ("it-garante_reported-2021-spotify", None, Date(2021))
    for long_ago in (Date(2019), None):
        times = {"since": long_ago, "until": day}
        assert made([page(site, said(site, **times), day=day) for site in ("paper.example", "journal.test")]) == []


def test_a_fine_and_an_order_that_one_page_tells_of_are_one_decision() -> None:
    order: dict[str, Any] = {"kind": "order-to-comply", "number": 2, **NO_SUM}
    stories = [
        page("paper.example", said(), said("and was told to mend its ways", **order)),
        page("journal.test", said(OTHER), said("It also has to inform its users", **order)),
    ]
    [one] = made(stories)
    assert [(each.number, each.kind) for each in one.act.measures] == [
        (1, "order-to-comply"),
        (2, "administrative-fine"),
    ]
    week = Date(2021, 5, 28)
    later = {**order, "until": week}
    apart = [
        *TWO,
        *(page(site, said(words, **later), day=week) for site, words in (("weekly.test", "a b"), ("daily.test", "c"))),
    ]
    assert [each.act.id for each in made(apart)] == [
        "it-garante_reported-2021-spotify",
        "it-garante_reported-2021-spotify-2",
    ]


SMALL: dict[str, Any] = {"number": 2, "least": Decimal(9_600), "most": Decimal(9_600)}


def both(site: str, words: str, *, day: int = 20, big: int = 20, small: int = 20) -> Story:
    """Return an item of a day in May that tells of a large and a small fine, each of a day."""
    large = said(f"{words} two and a half million", until=Date(2021, 5, big))
    return page(
        site, large, said(f"{words} nine thousand", **SMALL, until=Date(2021, 5, small)), day=Date(2021, 5, day)
    )


def test_two_fines_of_one_day_are_measures_of_one_decision() -> None:
    sums = [Decimal(2_500_000), Decimal(9_600)]
    [one] = made([both("paper.example", "Rome:"), both("journal.test", "The service has to pay")])
    assert sorted(each.money.amount for each in one.act.measures if each.money) == sorted(sums)
    assert [each.number for each in one.act.measures] == [1, 2]
    assert {each.kind for each in one.act.measures} == {"administrative-fine"}
    early = page("weekly.test", said("Millions, 2.5 of them, before the small one was known", until=Date(2021, 5, 19)))
    assert len(made([early, both("paper.example", "Rome:"), both("journal.test", "The service has to pay")])) == 1
    [own] = made([both("garanteprivacy.it", "We decided on")])
    assert len(own.act.measures) == 2


def test_a_fine_told_in_passing_is_none_of_the_day_but_an_order_beside_one_is() -> None:
    old: dict[str, Any] = {**SMALL, "since": None}
    order: dict[str, Any] = {"kind": "order-to-comply", "number": 3, "since": None, **NO_SUM}
    [one] = made([page(site, said(site), said(f"{site} x", **old)) for site in ("paper.example", "journal.test")])
    assert [each.money for each in one.act.measures] == [Money(Decimal(2_500_000), "EUR")]
    [one] = made([page(site, said(site), said(f"{site} x", **order)) for site in ("paper.example", "journal.test")])
    assert [each.kind for each in one.act.measures] == ["order-to-comply", "administrative-fine"]


def test_a_fine_and_an_order_whose_stated_years_differ_are_two_decisions() -> None:
    days = [Date(2020, 12, 13), Date(2021, 5, 13)]
    fine, order = ({"since": day, "until": day} for day in days)
    more: dict[str, Any] = {"kind": "order-to-comply", "number": 2, **NO_SUM, **order}
    sites = ("paper.example", "journal.test")
    found = made([page(site, said(site, **fine), said(f"{site} x", **more)) for site in sites])
    assert sorted(str(one.act.decided) for one in found) == [str(day) for day in days]


def test_two_fines_that_different_items_tell_on_one_day_are_of_one_decision() -> None:
    others = [page(site, said(site, **{**SMALL, "kind": "settlement-payment"})) for site in ("a.test", "b.example")]
    [one] = made([*TWO, *others])
    assert sorted(each.kind for each in one.act.measures) == ["administrative-fine", "settlement-payment"]


def test_two_fines_of_different_days_are_two_decisions() -> None:
    apart: dict[str, Any] = {"day": 28, "big": 28, "small": 20}
    found = made([both("paper.example", "Rome:", **apart), both("journal.test", "The service has to pay", **apart)])
    assert [len(one.act.measures) for one in found] == [1, 1]
    week = Date(2021, 5, 28)
    later = [page(site, said(site, **SMALL, until=week), day=week) for site in ("weekly.test", "daily.example")]
    assert [one.act.id for one in made([*TWO, *later])] == [
        "it-garante_reported-2021-spotify",
        "it-garante_reported-2021-spotify-2",
    ]


def test_fines_of_two_authorities_or_organisations_are_no_one_decision() -> None:
    for changes in ({"authority": "fr-cnil"}, {"about": "openai"}):
        other = [page(site, said(site, **{**SMALL, **changes})) for site in ("weekly.test", "daily.example")]
        assert [len(one.act.measures) for one in made([*TWO, *other])] == [1, 1]


def test_a_claim_that_was_matched_is_on_record_whatever_the_days() -> None:
    """A match that a person or another rule made keeps the event from being told a second time."""
    found = events(TWO, registry())
    standing = belief.standings(found, {}, ())
    judged = {A: [Match(A, "identified", Decimal(1), "a person read it", "it-garante_1_1")], B: []}
    assert len(reported(found, standing, {A: [], B: []}, (), registry())) == 1
    assert reported(found, standing, judged, (), registry()) == []


def test_what_is_as_likely_as_not_is_not_reported() -> None:
    found = events(TWO, registry())
    for sure, count in (("0.5", 0), ("0.5001", 1)):
        standing = {name: belief.Standing(Decimal(sure)) for name in (A, B)}
        assert len(reported(found, standing, {}, (), registry())) == count


MANY = [
    *TWO,
    page("weekly.test", said("Spotify was fined", **NO_SUM)),
    page("daily.test", said("a fine of 2.5 million", **{**ROUNDED, "authority": None})),
    page("evening.test", said("a fine of $3M", least=Decimal(2_950_000), most=Decimal(3_050_000), currency="USD")),
    page("other.test", said("EUR 40,000", least=Decimal(40_000), most=Decimal(40_000))),
    page("third.test", said("EUR 2.5 million by the CNIL", authority="fr-cnil", **ROUNDED)),
]


@settings(max_examples=25, deadline=None)
@given(st.permutations(MANY))
def test_the_order_of_the_files_changes_nothing(stories: list[Story]) -> None:
    def derived(given: Sequence[Story]) -> list[str]:
        found = events(given, registry())
        standing = belief.standings(found, {}, ())
        return [*belief.statements(found, standing), *map(str, reported(found, standing, {}, (), registry()))]

    assert derived(stories) == derived(MANY)


def test_the_links_of_an_event_grow_with_its_items_and_not_with_their_square() -> None:
    count = 60
    agreeing = [page(f"paper{n}.test", said(f"{n} " * 9, confidence=Decimal("0.5"))) for n in range(count)]
    surest = page("garanteprivacy.it", said(OTHER, confidence=Decimal("0.4")))
    found = facts([*agreeing, surest])
    assert {min(one["independentSources"]) for one in found.values()} == {str(count + 1)}
    assert {len(one["corroboratedBy"]) for one in found.values()} == {belief.NAMED}
    name = surest.claim_name(surest.claims[0])
    assert all(name in one["corroboratedBy"] for claim, one in found.items() if claim != name)
    others = [page(f"journal{n}.test", said(f"{n} x" * 9, **FIVE)) for n in range(count)]
    found = facts([*agreeing, *others])
    assert {len(one["contradictedBy"]) for one in found.values()} == {1}  # the surest of the other event
    sums = [page(f"x{n}.test", said(f"{n} y" * 9, least=Decimal(9**n), most=Decimal(9**n))) for n in range(1, 12)]
    found = facts(sums)
    assert {len(one["contradictedBy"]) for one in found.values()} == {belief.NAMED}
    assert {min(one["independentSources"]) for one in found.values()} == {"1"}
    assert {len(belief.standings(events(sums, registry()), {}, ())[name].against) for name in found} == {belief.NAMED}
    assert min(min(one["belief"]) for one in found.values()) < "0.1"  # all eleven share the belief


def test_many_claims_on_one_organisation_are_joined_in_time() -> None:
    claims = [said(f"claim {n}", number=n, least=Decimal(n), most=Decimal(n)) for n in range(1, 2001)]
    stories = [page(f"paper{n}.test", *claims[n::20]) for n in range(20)]
    assert len(events(stories, registry())) == 2000


# ---- a whole build

PAGES = {
    "2021-05-20-paper.html": (
        "https://www.paper.example/spotify",
        "The French regulator, the CNIL, fined Spotify 2.5 million euros for breaches of the GDPR.",
    ),
    "2021-05-21-journal.html": (
        "https://journal.test/1",
        "Spotify must pay a fine of €2,500,000, the CNIL announced in Paris after it had looked into complaints.",
    ),
}
FILLERS = {
    "2021-05-20-paper.html": (
        "The company, which streams music, did not say whether it would appeal, and its shares were not traded. "
        "Lawyers who follow the matter said that the documents are long and that it would take days to read them."
    ),
    "2021-05-21-journal.html": (
        "Three customers had written to the authority because they never got an answer to their letters. It took two "
        "years until inspectors went to see the offices, where they found that nobody was in charge of such letters."
    ),
}


def release(folder: Path, pages: dict[str, tuple[str, str]], *more: tuple[str, Path, str | None]) -> Release:
    files = []
    for name, (url, words) in pages.items():
        path = folder / name
        path.write_text(
            f'<!doctype html><html lang="en"><head><title>Spotify fined in France</title><link rel="canonical" '
            f'href="{url}"><meta property="article:published_time" content="{name[:10]}"></head><body><article>'
            f"<h1>Spotify fined in France</h1><p>{words}</p><p>{FILLERS[name]}</p></article></body></html>",
            encoding="utf-8",
        )
        files.append(("news", path, "2021-06-01"))
    build.build(folder / "store", build.inputs_of(folder / "store", [*files, *more]), embedded=False)
    found = current(folder / "store")
    assert found is not None
    return found


def rows(made_: Release, query: str) -> list[tuple[str | None, ...]]:
    answers = made_.open().query(query, prefixes=PREFIXES)
    return [tuple(str(one.value) if one else None for one in row) for row in answers]  # type: ignore[union-attr]


REPORTED = (
    "SELECT ?act ?eur WHERE { GRAPH g:prov { ?d fg:tier st:reported ; fg:recordOf ?act } ?act fg:payableEUR ?eur }"
)
BELIEF = "SELECT ?b ?n WHERE { ?c fg:belief ?b ; fg:independentSources ?n }"


def test_two_pages_make_a_decision_until_the_act_is_loaded(tmp_path: Path) -> None:
    both = release(tmp_path, PAGES)
    [(act, euros)] = rows(both, REPORTED)
    assert (act, euros) == (f"{PREFIXES['dec']}fr-cnil_reported-2021-spotify", "2500000")
    assert {sources for _, sources in rows(both, BELIEF)} == {"2"}
    assert validate(of_release(both.open())) == []
    query = "SELECT ?c WHERE { ?act prov:wasDerivedFrom ?c . ?c a fg:Claim }"
    assert len(rows(both, query)) == 2
    query = "SELECT ?t WHERE { GRAPH g:prov { ?d fg:tier st:reported ; prov:wasDerivedFrom ?g . ?g fg:tier ?t } }"
    assert rows(both, query) == [(f"{PREFIXES['st']}news",)] * 2
    register = tmp_path / "register.ttl"
    register.write_text(
        "".join(f"@prefix {name}: <{space}> .\n" for name, space in PREFIXES.items())
        + """dec:fr-cnil_1 a fg:Decision ; skos:prefLabel "Decision 1"@en ; fg:authority reg:fr-cnil ;
        fg:respondent co:spotify ; fg:decidedOn "2021-05-13"^^xsd:date ; fg:measure mea:fr-cnil_1_1 .
        mea:fr-cnil_1_1 a fg:Measure ; fg:kind k:administrative-fine ; fg:target co:spotify ;
        fg:amount 2500000.00 ; fg:currency cur:EUR .""",
        encoding="utf-8",
    )
    after = release(tmp_path, PAGES, ("records", register, "2021-06-02"))
    assert rows(after, REPORTED) == []
    query = "SELECT DISTINCT ?s ?m WHERE { ?c fg:belief ?b ; fg:claimStatus ?s ; fg:candidateMeasure ?m }"
    assert rows(after, query) == [(f"{PREFIXES['st']}confirmed", f"{PREFIXES['mea']}fr-cnil_1_1")]


def test_one_page_makes_no_decision_in_a_build(tmp_path: Path) -> None:
    one = release(tmp_path, dict(list(PAGES.items())[:1]))
    assert rows(one, REPORTED) == []
    assert [sources for _, sources in rows(one, BELIEF)] == ["1"]


def test_a_page_printed_again_elsewhere_makes_no_decision_in_a_build(tmp_path: Path) -> None:
    (name, (_, words)), (other, (url, _)) = PAGES.items()
    pages = {name: PAGES[name], other: (url, f"{words} So it is.")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(FILLERS, other, FILLERS[name])
        copied = release(tmp_path, pages)
    assert rows(copied, REPORTED) == []
    assert {sources for _, sources in rows(copied, BELIEF)} == {"1"}
