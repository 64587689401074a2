"""Regulators' own documents as flat JSON lines: rules of each regulator, dates, sums, and no names of persons."""

import json
from collections import Counter
from pathlib import Path

import pytest

from loaders.source import Source, SourceError
from ontology.records import Act, Loaded, Measure
from tests.conftest import FIXTURES, REAL
from tests.loading import golden, lines, read

FILE = FIXTURES / "regulators.jsonl"
PERSON = "quellenbrandt"


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return read("regulators", FILE)


@pytest.fixture(scope="module")
def acts(loaded: Loaded) -> dict[str, Act]:
    return {act.id: act for act in loaded.acts}


def only(act: Act, kind: str) -> Measure:
    (found,) = (one for one in act.measures if one.kind == kind)
    return found


def test_golden(loaded: Loaded) -> None:
    golden("regulators.nq", lines(loaded))


def test_every_record_ends_somewhere(loaded: Loaded) -> None:
    levels = Counter(one.level for one in loaded.problems)
    records = sum(1 for line in FILE.read_text(encoding="utf-8").splitlines() if line)
    assert levels["error"] == 0
    assert len(loaded.acts) + len(loaded.matters) + levels["skipped"] == records


def test_no_quad_holds_a_person(loaded: Loaded) -> None:
    assert [line for line in lines(loaded) if PERSON in line.casefold()] == []


@pytest.mark.parametrize(
    ("id_", "decided", "published"),
    [
        ("fr-cnil_san-2022-019", "2022-10-17", "2022-10-20"),
        ("nl-ap_boetebesluit-clearview", "2024-05-16", "2024-09-03"),
        ("ca-opc_pipeda-findings-2025-901", "2025-12-01", "2026-01-13"),
        ("se-imy_di-2020-90111", "2023-06-30", "None"),
        ("es-aepd_ps-00901-2024", "None", "None"),
        ("gb-ico_900101", "2022-05", "None"),
        ("pl-uodo_dkn-5131-901-2025", "2026-02-13", "2026-03-02"),
        ("eu-edpb_binding-decision-9-2023", "2023-04-13", "2023-05-22"),
        ("us-ftc_072-3119", "None", "None"),
    ],
)
def test_what_a_date_means_is_the_regulators(acts: dict[str, Act], id_: str, decided: str, published: str) -> None:
    assert (str(acts[id_].decided), str(acts[id_].published)) == (decided, published)


@pytest.mark.parametrize(
    ("id_", "money", "words"),
    [
        ("fr-cnil_san-2022-019", "EUR 20,000,000", None),
        ("gb-ico_900101", "GBP 7,552,800", None),
        ("nl-ap_boetebesluit-clearview", "EUR 30,500,000", None),
        ("hu-naih_naih-85-3-2022", "HUF 250,000,000", None),
        ("hu-naih_naih-901-6-2025", "None", "500.0000; 500.000 Ft"),
        ("pl-uodo_dkn-5131-901-2025", "PLN 5,898,064", None),
        ("pl-uodo_dkn-5131-902-2025", "None", "6 700 PLN; 9 137 PLN"),
        ("se-imy_di-2020-90111", "SEK 12,000,000", None),
        ("it-garante_9990001", "EUR 20,000.00", None),
        ("gr-hdpa_901-2026", "EUR 30,000", None),
        ("es-aepd_ps-00901-2024", "EUR 70,000.00", None),
    ],
)
def test_a_fine_is_read_where_one_is_imposed(acts: dict[str, Act], id_: str, money: str, words: str | None) -> None:
    fine = only(acts[id_], "administrative-fine")
    assert (str(fine.money), fine.amount_text) == (money, words)


def test_a_case_without_a_sum_has_none(acts: dict[str, Act]) -> None:
    assert [(one.kind, one.money, one.amount_text) for one in acts["us-ftc_072-3119"].measures] == [
        ("order-to-comply", None, None)
    ]


def test_a_text_that_ends_inside_its_operative_part_tells_nothing(acts: dict[str, Act]) -> None:
    assert [one.kind for one in acts["es-aepd_ai-00902-2024"].measures] == ["dismissal"]


def test_keywords_name_measures_only_where_they_lead(acts: dict[str, Act]) -> None:
    kinds = [one.kind for one in acts["pl-uodo_dkn-5131-901-2025"].measures]
    assert kinds == ["order-to-comply", "administrative-fine"]


def test_earlier_acts_are_cited(acts: dict[str, Act]) -> None:
    assert acts["fr-cnil_san-2022-019"].cites == ("MED-2021-134",)
    assert acts["es-aepd_ps-00901-2024"].cites == ("PS/00120/2021",)
    assert acts["ca-opc_pipeda-findings-2025-901"].cites == ("PIPEDA Findings #2021-001",)
    assert acts["hu-naih_naih-85-3-2022"].cites == ()


def test_titles_are_carried_where_they_name_nobody(acts: dict[str, Act]) -> None:
    assert dict(acts["gr-hdpa_901-2026"].title).keys() == {"en", "el"}
    assert dict(acts["gr-hdpa_902-2026"].title).keys() == {"en"}
    assert dict(acts["hu-naih_naih-901-6-2025"].title).keys() == {"en"}


def test_an_open_inspection_is_a_case(loaded: Loaded) -> None:
    assert [(one.case.id, one.case.status, one.case.respondents) for one in loaded.matters] == [
        ("se-imy_exempelkommun", "open", ("exempels-kommun",)),
        ("se-imy_x-8b951360e7", "open", ()),
    ]


def broken(tmp_path: Path, record: dict[str, object]) -> Source:
    path = tmp_path / "broken.jsonl"
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    return Source("regulators", path)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"_source": "XX/Nobody"}, "no regulator 'XX/Nobody': add its rules"),
        ({"category": ""}, "no rule for this kind of document"),
        ({"column": "new"}, "fields nobody reads: column"),
        ({"_id": None}, "has no field '_id'"),
    ],
)
def test_a_record_at_fault_is_named_with_its_cure(tmp_path: Path, change: dict[str, object], words: str) -> None:
    record = {"_id": "HDPA/1/2026", "_source": "GR/DPA", "title": "x", "date": "2026-01-02", "category": "Απόφαση"}
    source = broken(tmp_path, record | change)
    assert read("regulators", source).acts == []
    (problem,) = source.problems
    assert problem.level == "error"
    assert "broken.jsonl: line 1" in problem.place
    assert words in problem.message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"_id": "a", "_source": "FR/CN', r"broken\.jsonl:1:\d+: broken JSON"),
        ('[{"_id": "a"}]', "no record: expected"),
        ('{"title": "a"}', "no record: expected"),
    ],
)
def test_what_is_no_json_lines_is_refused(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=words):
        read("regulators", path)


def test_a_line_separator_inside_a_text_ends_no_line(tmp_path: Path) -> None:
    record = {"_id": "DE-1", "_source": "DE/BfDI", "title": "a\u2028b", "doc_type": "opinion"}
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    assert [one.level for one in read("regulators", path).problems] == ["skipped"]


@pytest.mark.data
def test_all_real_records() -> None:
    folder = REAL / "national_dpa"
    if not folder.exists():
        pytest.skip("the real data sets are not beside the checkout")
    kept: Counter[str] = Counter()
    levels: Counter[str] = Counter()
    records = 0
    for path in sorted(folder.glob("*.jsonl")):
        found = read("regulators", path)
        records += sum(1 for line in path.read_text(encoding="utf-8").split("\n") if line)
        kept.update(act.authority for act in found.acts)
        kept.update("matter" for _ in found.matters)
        levels.update(one.level for one in found.problems)
    assert levels["error"] == 0
    assert records == 209 == kept.total() + levels["skipped"]
    assert kept == {
        "ca-opc": 12, "es-aepd": 14, "gr-hdpa": 11, "hu-naih": 5, "ie-dpc": 5, "it-garante": 8, "pl-uodo": 15,
        "se-imy": 6, "matter": 6,
    }  # fmt: skip
