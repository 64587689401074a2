"""Cases of the FTC's legal library."""

import json
from pathlib import Path

import pytest

from loaders.source import Source, SourceError
from ontology.records import Act, Loaded
from tests.conftest import FIXTURES
from tests.loading import golden, lines, read

FILE = FIXTURES / "ftc.json"


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return read("ftc", FILE)


@pytest.fixture(scope="module")
def acts(loaded: Loaded) -> dict[str, Act]:
    return {act.id: act for act in loaded.acts}


def sums(act: Act) -> list[tuple[str, str, str | None]]:
    return [(one.kind, str(one.money), one.amount_text) for one in act.measures]


def test_golden(loaded: Loaded) -> None:
    golden("ftc.nq", lines(loaded))


def test_rite_aid_pays_nothing(acts: dict[str, Act]) -> None:
    found = acts["us-ftc_2-23-cv-5023"]
    assert [one.org for one in found.respondents] == ["rite-aid"]
    assert sums(found) == [
        ("processing-ban", "None", None),
        ("data-deletion", "None", None),
        ("algorithm-deletion", "None", None),
    ]
    assert str(found.decided) == "2024-02-26"


def test_sums_are_read_as_what_they_are(acts: dict[str, Act]) -> None:
    assert sums(acts["us-ftc_222-3900"]) == [
        ("civil-penalty", "USD 20,000,000", None),
        ("redress", "USD 1,250,000", None),
    ]
    assert acts["us-ftc_222-3900"].decided is None
    assert sums(acts["us-ftc_222-3901"]) == [("civil-penalty", "None", "more than $5 million")]


def test_a_consent_order(acts: dict[str, Act]) -> None:
    assert acts["us-ftc_192-3172"].docket == "192 3172"
    assert [one.kind for one in acts["us-ftc_192-3172"].measures] == ["algorithm-deletion", "order-to-comply"]


def test_no_quad_holds_a_person(loaded: Loaded) -> None:
    assert len(loaded.acts) == 5
    assert [line for line in lines(loaded) if "quellenbrandt" in line.casefold()] == []


def test_what_is_no_act_is_skipped(loaded: Loaded) -> None:
    assert [one.message for one in loaded.problems if one.level == "skipped"] == [
        "an antitrust matter (Bureau of Competition)",
        "an antitrust matter (Bureau of Competition)",
        "no order: no type of enforcement, Pending",
        "a case without an order",
    ]


@pytest.mark.parametrize(
    ("change", "words"), [({"Column": 1}, "fields nobody reads: column"), ({"Title": None}, "has no field 'title'")]
)
def test_a_case_at_fault_is_named_with_its_cure(tmp_path: Path, change: dict[str, object], words: str) -> None:
    case = json.loads(FILE.read_text(encoding="utf-8"))["cases"][0]
    path = tmp_path / "broken.json"
    path.write_text(json.dumps([case | change]), encoding="utf-8")
    source = Source("ftc", path)
    assert read("ftc", source).acts == []
    (problem,) = source.problems
    assert (problem.level, "broken.json: case 1" in problem.place) == ("error", True)
    assert words in problem.message


@pytest.mark.parametrize(("text", "words"), [('{"results": []}', "no list of cases"), ("[1]", "no list of cases")])
def test_what_is_no_list_is_refused(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=words):
        read("ftc", path)
