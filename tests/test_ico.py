"""Enforcement actions of the ICO, from the answers of its search."""

import json
from pathlib import Path

import pytest

from loaders.source import Source, SourceError
from ontology.records import Act, Loaded
from tests.conftest import FIXTURES
from tests.loading import golden, lines, read

FILE = FIXTURES / "ico.json"


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return read("ico", FILE)


@pytest.fixture(scope="module")
def acts(loaded: Loaded) -> dict[str, Act]:
    return {act.id: act for act in loaded.acts}


def test_golden(loaded: Loaded) -> None:
    golden("ico.nq", lines(loaded))


def test_the_penalty_and_the_notice_of_one_day_are_two_acts(acts: dict[str, Act]) -> None:
    penalty, notice = acts["gb-ico_900101"], acts["gb-ico_900102"]
    assert [(one.kind, one.target, str(one.money)) for one in penalty.measures] == [
        ("administrative-fine", "clearview-ai", "GBP 7,552,800")
    ]
    assert [(one.kind, one.money) for one in notice.measures] == [("order-to-comply", None)]
    assert str(penalty.decided) == str(notice.decided) == "2022-05-18"
    assert penalty.provisions == (
        "gb_uk-gdpr_art-5_par-1_pnt-a", "gb_uk-gdpr_art-6", "gb_uk-gdpr_art-9", "gb_uk-gdpr_art-35",
    )  # fmt: skip


def test_rounded_and_several_sums_stay_words(acts: dict[str, Act]) -> None:
    assert [(one.money, one.amount_text) for one in acts["gb-ico_900103"].measures] == [(None, "£1.5 million")]
    (unnamed,) = (act for act in acts.values() if not act.respondents)
    assert [(one.money, one.amount_text) for one in unnamed.measures] == [(None, "£5,000; £7,000")]


def test_a_person_who_was_prosecuted_has_no_name(loaded: Loaded, acts: dict[str, Act]) -> None:
    (respondent,) = acts["gb-ico_900105"].respondents
    assert (respondent.name, respondent.kind, respondent.org) == ("natural person", "natural-person", None)
    assert acts["gb-ico_900105"].document.url is None
    assert acts["gb-ico_900105"].measures == ()
    assert [line for line in lines(loaded) if "quellenbrandt" in line.casefold()] == []


def test_what_is_no_enforcement_is_skipped(loaded: Loaded) -> None:
    assert [one.message for one in loaded.problems if one.level == "skipped"] == [
        "a decision notice on freedom of information",
        "a page of the site",
    ]


def test_doubtful_values_are_named(loaded: Loaded) -> None:
    notices = [(one.field, one.value) for one in loaded.problems if one.level == "notice"]
    assert notices == [
        ("filterItemMetaData", "Astrology"),
        ("title", ""),
        ("filterItemMetaData", "31 June 2016"),
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"filterItemMetaData": "1 May 2022, Karaoke"}, "names no type of action"),
        ({"filterItemMetaData": None}, "names no type of action"),
        ({"title": None}, "has no field 'title'"),
        ({"column": 1}, "fields nobody reads: column"),
    ],
)
def test_a_result_at_fault_is_named_with_its_cure(tmp_path: Path, change: dict[str, object], words: str) -> None:
    payload = json.loads(FILE.read_text(encoding="utf-8"))
    payload["results"] = [payload["results"][0] | change]
    path = tmp_path / "broken.json"
    path.write_text(json.dumps([payload]), encoding="utf-8")
    source = Source("ico", path)
    assert read("ico", source).acts == []
    (problem,) = source.problems
    assert problem.level == "error"
    assert "broken.json: result 1" in problem.place
    assert words in problem.message


@pytest.mark.parametrize(
    ("text", "words"),
    [('{"hits": []}', "no answer of the search"), ("{", "broken JSON"), ('{"results": [1]}', "result 1")],
)
def test_what_is_no_answer_is_refused(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=words):
        read("ico", path)
