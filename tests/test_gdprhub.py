"""GDPRhub: its five shapes, whom it names, and what is wrong in it."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from loaders.gdprhub import names, titles
from loaders.gdprhub.parties import parties, respondents
from loaders.source import Row, Source, SourceError, config
from ontology.lookup import lookup
from ontology.records import Act, Loaded, Problem, Respondent
from ontology.registry import registry
from tests.conftest import FIXTURES, REAL
from tests.loading import acts_of, golden, lines, read

HERE = FIXTURES / "gdprhub"
SHAPES = ("pages.jsonl", "page.html", "wiki.json", "submissions.json", "submissions.csv")
CLEARVIEW = "fr-cnil_san-2022-019"


def pages() -> dict[str, Act]:
    return {act.document.key: act for act in acts_of("gdprhub", HERE / "pages.jsonl")}


@pytest.mark.parametrize("shape", SHAPES)
def test_golden(shape: str) -> None:
    golden(f"gdprhub-{shape.replace('.', '-')}.nq", lines(read("gdprhub", HERE / shape)))


@pytest.mark.parametrize("shape", SHAPES)
def test_no_person_reaches_the_graph(shape: str) -> None:
    text = "".join(lines(read("gdprhub", HERE / shape)))
    assert "quellenbrandt" in (HERE / shape).read_text(encoding="utf-8").casefold()
    assert "quellenbrandt" not in text.casefold()
    assert "zyxmira" not in text.casefold()


@pytest.mark.parametrize("shape", SHAPES)
def test_no_problem_quotes_what_was_withheld(shape: str) -> None:
    source = Source("gdprhub", HERE / shape)
    acts_of("gdprhub", source)
    assert "quellenbrandt" not in str(source.problems).casefold()


def test_the_shapes_agree() -> None:
    told = [one for shape in SHAPES for one in acts_of("gdprhub", HERE / shape) if one.id == CLEARVIEW]
    assert len(told) == len(SHAPES)
    same = [
        one.name for one in fields(Act) if one.name not in {"document", "provisions", "provisions_text", "published"}
    ]
    assert all(getattr(one, name) == getattr(told[0], name) for one in told for name in same)
    assert {one.document.key for one in told[:4]} == {"cnil-france-san-2022-019"}
    assert told[4].document.key == "cnil-france-san-2022-019-17-10-2022"
    assert [str(one.published) for one in told] == ["2022-10-20"] * 4 + ["None"]
    assert told[0].measures[0].money is not None
    assert told[0].measures[0].money.amount == Decimal(20_000_000)


def test_the_api_in_every_form(tmp_path: Path) -> None:
    page = json.loads((HERE / "wiki.json").read_text(encoding="utf-8"))["query"]["pages"][0]
    text = page["revisions"][0]["slots"]["main"]["content"]
    old = {"pageid": 4711, "title": page["title"]}
    answers: list[Any] = [
        {"query": {"pages": {"4711": {**old, "revisions": [{"*": text}]}, "-1": {"title": "Gone", "missing": ""}}}},
        {"query": {"pages": {"4711": {**old, "revisions": [{"slots": {"main": {"*": text}}}]}}}},
        {"query": {"pages": [{**old, "revisions": [{"content": text}]}]}},
        {"parse": {**old, "wikitext": {"*": text}}},
        {"parse": {**old, "wikitext": text}},
        [{"parse": {**old, "wikitext": text}}],
    ]
    for answer in answers:
        path = tmp_path / "answer.json"
        path.write_text(json.dumps(answer), encoding="utf-8")
        (act,) = acts_of("gdprhub", path)
        assert act.id == CLEARVIEW
        assert act.summary == (("en", "The DPA fined a controller for a face recognition database."),)


def test_fines_as_they_are_written() -> None:
    found = {key: [(one.kind, str(one.money), one.amount_text) for one in act.measures] for key, act in pages().items()}
    fine = "administrative-fine"
    assert found["aepd-spain-ps-99001-2021"] == [(fine, "EUR 18,000", None)]
    assert found["aepd-spain-ps-99001-2021-2"] == [(fine, "EUR 2,500", None)]
    assert found["anspdcp-romania-fine-against-exemplu-comert-srl-2"] == [(fine, "RON 9,946.2", None)]
    assert found["datatilsynet-norway-20-99001"] == [(fine, "NOK 250,000", None)]
    assert found["naih-hungary-naih-99-1-2022"] == [(fine, "None", "200,000 + 150,000")]  # in whose money?
    assert found["uodo-poland-dkn-9999-1-2020"] == [(fine, "None", "-3 EUR"), ("reprimand", "None", None)]
    assert found["hdpa-greece-99-2024"] == [(fine, "None", "100.0000 EUR")]
    assert found["dsb-austria-d999-002"] == [("reprimand", "None", None)]  # 0 EUR is no fine
    assert found["garante-per-la-protezione-dei-dati-personali-italy-9900001"] == [("dismissal", "None", None)]
    assert found["bvwg-w999-1234567-1"] == []


def test_a_body_without_the_power_to_fine_imposes_none(tmp_path: Path) -> None:
    source = changed(tmp_path, "pages.jsonl", '"text": "CNIL (France)"', '"text": "EDPB"')
    source.path.write_text(
        source.path.read_text(encoding="utf-8").replace("France", "European Union"), encoding="utf-8"
    )
    (act,) = (one for one in acts_of("gdprhub", source) if one.authority == "eu-edpb")
    assert act.measures == ()
    assert any("imposes none" in one.message for one in source.problems)


def test_dates_as_they_are_written() -> None:
    found = {key: (str(act.decided), str(act.published)) for key, act in pages().items()}
    assert found["aepd-spain-ps-99001-2021"] == ("2023-07-20", "None")  # 20.07.23; published in 2036
    assert found["aepd-spain-ps-99001-2021-2"] == ("2018", "None")
    assert found["cnil-france-san-2022-019"] == ("2022-10-17", "2022-10-20")
    assert found["anspdcp-romania-fine-against-exemplu-comert-srl-2"] == ("2021-01", "None")
    assert found["garante-per-la-protezione-dei-dati-personali-italy-9900001"] == ("2021-01-13", "None")
    assert found["naih-hungary-naih-99-1-2022"] == ("2022-09-02", "None")
    assert found["uodo-poland-dkn-9999-1-2020"] == ("None", "None")  # 2027
    assert found["hdpa-greece-99-2024"] == ("None", "None")  # two days


def test_what_was_interpreted_or_left_out_is_told_with_its_value() -> None:
    source = Source("gdprhub", HERE / "pages.jsonl")
    acts_of("gdprhub", source)
    told = {(one.field, one.value) for one in source.problems if one.level == "notice" and one.value}
    assert {("decided", "20.07.23"), ("published", "14.04.2036"), ("decided", "01.02.2027")} <= told
    assert {("fine", "18.000"), ("fine", "-3 EUR"), ("fine", "100.0000 EUR"), ("fine", "200,000 + 150,000")} <= told
    assert {("law", "Recital 26 GDPR"), ("number", "31.01.2021")} <= told
    skipped = [one.message for one in source.problems if one.level == "skipped"]
    assert skipped == ["the page stands in the file before", "an Advocate General's opinion, no act of the court"]


def test_relevant_law_is_breached_only_where_the_outcome_says_so() -> None:
    acts = pages()
    assert acts["aepd-spain-ps-99001-2021"].provisions == (
        "eu_gdpr_art-5_par-1_pnt-c", "eu_gdpr_art-9", "es_lssi_art-22_par-2",
    )  # fmt: skip
    assert "Article 83(5) GDPR" in (acts["aepd-spain-ps-99001-2021"].provisions_text or "")
    for key in (
        "garante-per-la-protezione-dei-dati-personali-italy-9900001",
        "hdpa-greece-99-2024",
        "bvwg-w999-1234567-1",
    ):
        assert acts[key].provisions == ()
        assert acts[key].provisions_text


def test_acts_and_pages_whose_titles_differ_by_signs() -> None:
    both = [act for act in acts_of("gdprhub", HERE / "pages.jsonl") if act.id.startswith("es-aepd_ps-99001")]
    assert [act.id for act in both] == ["es-aepd_ps-99001-2021", "es-aepd_ps-99001-2021-2"]
    assert [act.document.key for act in both] == ["aepd-spain-ps-99001-2021", "aepd-spain-ps-99001-2021-2"]


def test_a_ruling_keeps_what_it_was_brought_against() -> None:
    ruling = pages()["bvwg-w999-1234567-1"]
    assert ruling.type == "ruling"
    assert ruling.appeals == (("at-dsb", "D999.001"),)
    assert ruling.ecli == "ECLI:AT:BVWG:2021:W999.1234567.1.00"
    assert pages()["olg-koln-99-u-1-24"].appeals == ()


def named(cell: str, place: str = "ES", *, court: bool = False) -> tuple[Respondent, ...]:
    source = Source("gdprhub", HERE / "pages.jsonl")
    row = Row({}, "row 1", source.latest)
    return respondents(source, row, parties(source, cell, place), place, court=court)


@pytest.mark.parametrize(
    ("cell", "orgs"),
    [
        ("Mercadona, S.A.", ["mercadona"]),
        ("Asociación de Consumidores Ejemplo\nMercadona, S.A.", ["mercadona"]),
        ("noyb\nContoso AG", ["contoso-ag"]),
        ("AEPD\nContoso AG", ["contoso-ag"]),
        ("Ana Muster v Contoso AG", ["contoso-ag"]),
        ("Contoso AG v AEPD", ["contoso-ag"]),
        ("Northwind Association (complainant)\nContoso AG (the controller)", ["contoso-ag"]),
        ("Complainant: Northwind AG\nRespondent: Contoso AG", ["contoso-ag"]),
        ("3) Contoso AG", ["contoso-ag"]),
        ("Contoso AG\nNorthwind GmbH", ["contoso-ag", "northwind-gmbh"]),
        ("Contoso Inc. and Contoso Ireland Ltd.", ["contoso-inc", "contoso-ireland-ltd"]),
        ("Contoso Energia, S.A.", ["contoso-energia-sa"]),
        ("Ministry of Finance", ["ministry-of-finance-spain"]),
        ("Ministry of Labour and Social Affairs", ["ministry-of-labour-and-social-affairs-spain"]),
        ("Ayuntamiento de Ejemplo", ["ayuntamiento-de-ejemplo"]),
    ],
)
def test_respondents(cell: str, orgs: list[str]) -> None:
    assert [one.org for one in named(cell)] == orgs


@pytest.mark.parametrize(
    "cell",
    [
        "Ana Muster", "Mr Muster Bank", "A.A.A.", "X", "XX GmbH", "K GmbH", "A*** GmbH", "N*** Klinik", "Maria de Sá",
        "Ana Muster e.U.", "Ana Muster and Contoso Bank", "Contoso", "anonymous", "the controller", "a bank",
        "online pharmacy", "an employee of Contoso AG", "unknown credit reference agency", "Anonymous Hospital",
        "Unitel Muster (sole proprietorship)", "data subject\nunknown bank", "Muster, Ana",
    ],
)  # fmt: skip
def test_what_may_be_a_person_is_no_organisation(cell: str) -> None:
    assert [(one.org, one.kind, one.name) for one in named(cell)] == [(None, "undisclosed", "not named")]


@pytest.mark.parametrize(
    "cell", ["", "n/a", "-", "AEPD", "noyb", "Data subject", "Ana Muster (complainant)", "Supreme Court"]
)
def test_no_respondent_is_told(cell: str) -> None:
    assert named(cell) == ()


def test_a_natural_person_is_a_kind() -> None:
    assert named("a natural person") == (Respondent("natural person", "natural-person"),)


def test_before_a_court_sides_are_not_guessed() -> None:
    (both,) = named("Contoso AG\nNorthwind GmbH", court=True)
    assert both.kind == "undisclosed"
    assert [one.org for one in named("Contoso AG\nAEPD", court=True)] == ["contoso-ag"]


@pytest.mark.parametrize(
    ("title", "shown", "withheld"),
    [
        ("AEPD (Spain) - PS/00001/2021", "AEPD (Spain) - PS/00001/2021", False),
        ("CJEU - C\u2011999/16 - Muster", "CJEU - C-999/16", True),
        ("CJEU - C-999/16 - Google", "CJEU - C-999/16 - Google", False),
        ("Muster, R v The Commissioner - 2023 EWCA Civ 1", "EWCA (UK) - 2023 EWCA Civ 1", True),
        ("ANSPDCP (Romania) - Fine against Contoso SRL 2", "ANSPDCP (Romania) - Fine against Contoso SRL 2", False),
        ("ANSPDCP (Romania) Contoso SRL", "ANSPDCP (Romania) - Contoso SRL", False),
        ("ANSPDCP (Romania) - Fine against Ana Muster", "ANSPDCP (Romania)", True),
        ("EWCA (UK) - Muster v Contoso Ltd", "EWCA (UK)", True),
        ("ICO (UK) - Contoso Ltd v Northwind Ltd", "ICO (UK) - Contoso Ltd v Northwind Ltd", False),
        ("Rb. Den Haag - AWB - 19 6782", "Rb. Den Haag - AWB - 19 6782", False),
    ],
)
def test_titles(title: str, shown: str, withheld: bool) -> None:  # noqa: FBT001 - a column of the table
    body = "EWCA (UK)" if "EWCA" in shown else shown.partition(" - ")[0]
    found = titles.read(lookup(), title, body, "")
    assert (str(found), bool(found.withheld)) == (shown, withheld)


@pytest.mark.parametrize(
    ("lead", "safe"),
    [
        ("The Spanish DPA fined Vodafone España under Article 6 GDPR.", True),
        ("The DPA fined a clinic after Ana Muster had complained.", False),
        ("The court heard Mr Muster.", False),
        ("The DPA applied the Zyxmuster II ruling.", False),
        ("The Data Protection Authority of Lower Saxony fined a shop.", True),
    ],
)
def test_sentences_that_may_name_a_person(lead: str, safe: bool) -> None:  # noqa: FBT001 - a column of the table
    assert names.may_name_person(lead, frozenset()) is not safe


def changed(tmp_path: Path, shape: str, old: str, new: str) -> Source:
    text = (HERE / shape).read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / f"broken{Path(shape).suffix}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return Source("gdprhub", path)


@pytest.mark.parametrize(
    ("shape", "old", "new", "place", "words"),
    [
        (
            "pages.jsonl",
            '"Authority": {"text": "AEPD (Spain)"',
            '"Authority": {"text": "Nowhere"',
            "line 1",
            "add the spelling",
        ),
        ("pages.jsonl", '"Outcome"', '"Outgoing"', "line 1", "fields nobody reads: Outgoing"),
        ("page.html", "<td>Fine:</td>", "<td>Fines:</td>", "page", "fields nobody reads: Fines"),
        ("wiki.json", "|Outcome=", "|Outgoing=", "page 4711", "fields nobody reads: Outgoing"),
        ("submissions.json", '"outcome"', '"outgoing"', "row 2", "fields nobody reads: outgoing"),
        ("submissions.csv", "DPA: CNIL (France)", "DPA: Nowhere", "line 2", "add the spelling"),
    ],
)
def test_a_record_at_fault_is_named_with_its_cure(
    tmp_path: Path, shape: str, old: str, new: str, place: str, words: str
) -> None:
    whole = len(acts_of("gdprhub", HERE / shape))
    source = changed(tmp_path, shape, old, new)
    assert len(acts_of("gdprhub", source)) in {whole - 1, whole}  # the repeated page takes the place of the first
    errors = [one for one in source.problems if one.level == "error"]
    assert place in errors[0].place
    assert words in errors[0].message


def heard(tmp_path: Path, court: str) -> tuple[list[str], list[Problem]]:
    """Return the authorities of the submissions, where the court, number and country of one are these; its problems."""
    source = changed(tmp_path, "submissions.csv", "Court: BVwG,W999 1234567-1,Austria", f"Court: {court}")
    return [act.authority for act in acts_of("gdprhub", source)], source.problems


def test_a_word_that_several_courts_bear(tmp_path: Path) -> None:
    assert "fr-caa-paris" in heard(tmp_path, "CAA,22PA01320,France")[0]
    (error,) = (one for one in heard(tmp_path, "CAA,22PA99999,France")[1] if one.level == "error")
    assert "'CAA' is not known in FR" in error.message
    assert set(config(str(names.__file__).rpartition("/")[0])["bodies"].values()) <= registry().authorities.keys()


def test_an_opinion_is_no_act_of_the_court(tmp_path: Path) -> None:
    found, problems = heard(tmp_path, "PHR,22/99999,Netherlands")
    assert not any(one.startswith("nl-") for one in found)
    assert "an Advocate General's opinion, no act of the court" in {one.message for one in problems}


def test_an_authority_that_is_supervised_too() -> None:
    (digst,) = named("Digitaliseringsstyrelsen", "DK")
    assert digst.org == "digitaliseringsstyrelsen"
    assert named("Digitaliseringsstyrelsen", "DK", court=True) == ()


def cut(text: str) -> str:
    return text[:3000]


def without_table(text: str) -> str:
    return text.replace("wikitable", "table")


@pytest.mark.parametrize(
    ("shape", "change", "words"),
    [
        ("pages.jsonl", cut, r"broken\.jsonl:\d+:\d+: broken JSON .* fetch it again"),
        ("pages.jsonl", lambda _: '{"title": "x"}', r"line 1 is no page of GDPRhub"),
        ("page.html", without_table, "no heading with an infobox"),
        ("wiki.json", lambda _: "{}", "no answer of GDPRhub"),
        ("wiki.json", lambda _: '{"query": {}}', "has no pages"),
        ("wiki.json", lambda _: '{"parse": {"title": "x", "pageid": 1}}', "page 1 comes without its wikitext"),
        ("wiki.json", cut, r"broken\.json:\d+:\d+: broken JSON"),
        ("submissions.json", lambda _: '{"rows": [1]}', "row 1 is no submission"),
        ("submissions.csv", lambda text: text.replace("Jurisdiction", "Land", 1), "the first line must name"),
        ("submissions.csv", lambda text: f"{text}DPA: CNIL (France),1\n", "has not 12 cells"),
    ],
)
def test_a_file_that_is_no_gdprhub(tmp_path: Path, shape: str, change: Callable[[str], str], words: str) -> None:
    path = tmp_path / f"broken{Path(shape).suffix}"
    path.write_text(change((HERE / shape).read_text(encoding="utf-8-sig")), encoding="utf-8")
    with pytest.raises(SourceError, match=words):
        acts_of("gdprhub", path)


def test_another_suffix(tmp_path: Path) -> None:
    path = tmp_path / "pages.txt"
    path.write_text("", encoding="utf-8")
    with pytest.raises(SourceError, match=r"read from \.jsonl, \.html, \.json and \.csv"):
        acts_of("gdprhub", path)


def real(name: str) -> Path:
    path = REAL / "gdprhub" / name
    if not path.exists():
        pytest.skip("the real data sets are not beside the checkout")
    return path


def accounted(path: Path) -> tuple[Loaded, Counter[str]]:
    source = Source("gdprhub", path)
    loaded = read("gdprhub", source)
    return loaded, Counter(one.level for one in source.problems)


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "records", "errors"),
    [("infobox_extract_2025-08-30.jsonl", 3947, 0), ("submit_api_sample_2024-03.json", 25, 0),
     ("submit_export_2024-03-07.csv", 3221, 0)],
)  # fmt: skip
def test_the_real_files(name: str, records: int, errors: int) -> None:
    loaded, levels = accounted(real(name))
    assert levels["error"] == errors
    assert len(loaded.acts) + levels["skipped"] + levels["error"] == records
    keys = [act.document.key for act in loaded.acts]
    assert len(set(keys)) == len(keys)
    types: dict[str, str] = {}
    assert all(types.setdefault(act.id, act.type) == act.type for act in loaded.acts)


@pytest.mark.data
def test_the_real_pages() -> None:
    files = sorted(real("html_sample").glob("*.html"))
    assert len(files) == 83
    for path in files:
        loaded, levels = accounted(path)
        assert (len(loaded.acts), levels["error"]) == (1, 0)
