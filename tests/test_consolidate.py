"""How rulings, and rulings on rulings, leave the measures of the acts below them."""

import dataclasses
from decimal import Decimal

import pytest

from graph.consolidate import worths
from ontology.dates import Date
from ontology.records import Act, Document, Measure, Money

DOCUMENT = Document("curated", "x", "official", "x")


def decision() -> Act:
    fine = Measure(1, "administrative-fine", "openai", Money(Decimal(100), "EUR"))
    return Act("a", DOCUMENT, "decision", "fr-cnil", (), decided=Date(2020), measures=(fine,))


def ruling(
    id_: str, reviews: str, outcome: str, year: int, *, leaves: str | None = None, sum_: int | None = None
) -> Act:
    own = (Measure(1, "administrative-fine", "openai", Money(Decimal(sum_), "EUR")),) if sum_ else ()
    return Act(
        id_, DOCUMENT, "ruling", "fr-ce", (), decided=Date(year), reviews=reviews, outcome=outcome, leaves=leaves,
        measures=own,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("chain", "status"),
    [
        ([("r", "a", "upheld")], "in-force"),
        ([("r", "a", "annulled")], "annulled"),
        ([("r", "a", "reduced")], "replaced"),
        ([("r", "a", "remitted")], "suspended"),
        ([("r", "a", "annulled"), ("s", "ruling:r", "upheld")], "annulled"),
        ([("r", "a", "reduced"), ("s", "ruling:r", "upheld")], "replaced"),
        ([("r", "a", "upheld"), ("s", "ruling:r", "annulled")], "annulled"),
        ([("r", "a", "annulled"), ("s", "ruling:r", "annulled")], "in-force"),
        ([("r", "a", "annulled"), ("s", "ruling:r", "remitted")], "suspended"),
        ([("r", "a", "annulled"), ("s", "ruling:r", "upheld"), ("t", "ruling:s", "annulled")], "in-force"),
    ],
)
def test_each_court_judges_what_the_one_below_left(chain: list[tuple[str, str, str]], status: str) -> None:
    rulings = [ruling(id_, reviews, outcome, 2021 + n) for n, (id_, reviews, outcome) in enumerate(chain)]
    [fine] = worths([decision(), *rulings])
    assert fine.status == status


@pytest.mark.parametrize("dates", [(Date(2021), None), (Date(2022, 5, 1), Date(2022)), (None, None)])
def test_the_chain_counts_and_not_the_dates(dates: tuple[Date | None, Date | None]) -> None:
    rulings = [ruling("z", "a", "annulled", 2021), ruling("b", "ruling:z", "annulled", 2022)]
    dated = [dataclasses.replace(one, decided=when) for one, when in zip(rulings, dates, strict=True)]
    assert [one.status for one in worths([decision(), *dated])] == ["in-force"]


@pytest.mark.parametrize(
    ("outcomes", "status"),
    [(("reduced", "upheld"), "replaced"), (("annulled", "upheld"), "annulled"), (("upheld", "reduced"), "replaced")],
)
def test_several_rulings_on_one_act_are_read_in_order(outcomes: tuple[str, str], status: str) -> None:
    rulings = [ruling(f"r{n}", "a", outcome, 2021 + n) for n, outcome in enumerate(outcomes)]
    assert [one.status for one in worths([decision(), *reversed(rulings)])] == [status]


@pytest.mark.parametrize("outcome", ["dismissed", "remitted", "upheld"])
def test_what_a_document_says_of_the_end_counts_whatever_the_outcome(outcome: str) -> None:
    [fine] = worths([decision(), ruling("r", "a", outcome, 2021, leaves="annulled")])
    assert fine.status == "annulled"


def test_the_document_has_the_last_word() -> None:
    rulings = [ruling("r", "a", "annulled", 2021), ruling("s", "ruling:r", "remitted", 2022, leaves="in-force")]
    assert [one.status for one in worths([decision(), *rulings])] == ["in-force"]


def test_a_ruling_that_reduced_and_was_remitted_keeps_no_sum_in_force() -> None:
    rulings = [ruling("r", "a", "reduced", 2021, sum_=40), ruling("s", "ruling:r", "remitted", 2022)]
    found = {one.name: one.status for one in worths([decision(), *rulings])}
    assert found == {"a_1": "suspended", "r_1": "suspended"}


def test_a_reduction_that_was_upheld_counts_once() -> None:
    rulings = [ruling("r", "a", "reduced", 2021, sum_=40), ruling("s", "ruling:r", "upheld", 2022)]
    found = {one.name: one.status for one in worths([decision(), *rulings])}
    assert found == {"a_1": "replaced", "r_1": "in-force"}


def test_rulings_that_review_each_other_end() -> None:
    rulings = [ruling("r", "ruling:s", "upheld", 2021), ruling("s", "ruling:r", "annulled", 2022)]
    assert [one.status for one in worths([decision(), *rulings])] == ["in-force"]
