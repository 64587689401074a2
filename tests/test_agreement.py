"""Links and conflicts as users see them: on the command line, in SPARQL, and in what may be given away."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.cli import main
from graph.release import Release, current
from graph.validate import validate_file
from loaders import build
from ontology.terms import PREFIXES
from tests.conftest import FIXTURES

HEAD = "".join(f"PREFIX {name}: <{space}> " for name, space in PREFIXES.items())
Run = Callable[..., str]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a store of our fact sheets, the tracker's rows and the register's pages."""
    path = tmp_path_factory.mktemp("both")
    files = [
        ("cms", FIXTURES / "cms.json", "2024-03-07"),
        ("gdprhub", FIXTURES / "gdprhub" / "pages.jsonl", "2025-08-30"),
        ("ai_incident_law", FIXTURES / "ai_incident_law.json", "2026-08-20"),
    ]
    build.build(path, build.inputs_of(path, files), keep_going=True)
    return path


@pytest.fixture(scope="module")
def made(both: Path) -> Release:
    found = current(both)
    assert found is not None
    return found


@pytest.fixture
def run(both: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str) -> str:
        assert main([*arguments, "--store", str(both)]) == 0
        return capsys.readouterr().out

    return call


def rows(made: Release, query: str) -> list[list[str]]:
    found = made.open().query(HEAD + query)
    assert isinstance(found, ox.QuerySolutions)
    return sorted([str(getattr(value, "value", value)) for value in row] for row in found)


def test_links_names_the_records_behind_an_act(run: Run) -> None:
    found = {one["act"]: one for one in json.loads(run("links", "--json"))}
    clearview = found["dec:fr-cnil_san-2022-019"]
    records = [(one["source"], one["record"], one["tier"]) for one in clearview["records"]]
    assert records == [
        ("curated", "fr-cnil_san-2022-019", "official"),
        ("gdprhub", "CNIL (France) - SAN-2022-019", "register"),
        ("cms", "ETid-9001", "tracker"),
    ]
    assert len(clearview["links"]) == len(records) - 1
    assert all(0 < float(one["confidence"]) <= 1 and one["rule"] and one["evidence"] for one in clearview["links"])
    text = run("links")
    assert "dec:fr-cnil_san-2022-019" in text
    assert "cms ETid-9001" in text
    assert len(json.loads(run("links", "--all", "--json"))) > len(found)


def test_links_are_in_the_graph(made: Release) -> None:
    found = rows(
        made,
        """SELECT ?rule ?confidence { GRAPH g:link { ?l a fg:Link ; fg:linkedAct dec:fr-cnil_san-2022-019 ;
        fg:linkRule ?rule ; fg:linkConfidence ?confidence ; fg:linkedDocument g:doc_cms_etid-9001 } }""",
    )
    assert len(found) == 1
    assert rows(made, "SELECT ?r { GRAPH g:prov { ?d fg:recordOf dec:fr-cnil_san-2022-019 ; dct:identifier ?r } }") == [
        ["CNIL (France) - SAN-2022-019"], ["ETid-9001"], ["fr-cnil_san-2022-019"],
    ]  # fmt: skip


def test_who_says_otherwise_is_readable_in_sparql(made: Release, run: Run) -> None:
    said = rows(made, "SELECT ?g ?day { GRAPH ?g { dec:fr-cnil_san-2022-019 fg:decidedOn ?day } }")
    assert len({day for _, day in said}) > 1
    [conflict] = [
        one
        for one in json.loads(run("conflicts", "--json", "--property", "decidedOn"))
        if one["act"] == "dec:fr-cnil_san-2022-019"
    ]
    assert {day for _, days in conflict["said"] for day in days} == {day for _, day in said}
    assert conflict["taken"] == ["2022-10-17"]
    assert "taken: 2022-10-17" in run("conflicts")


def test_conflicts_that_a_rule_explains_can_be_left_out(run: Run) -> None:
    every = json.loads(run("conflicts", "--json"))
    plain = json.loads(run("conflicts", "--json", "--unexplained"))
    assert plain == [one for one in every if not one["note"]]
    amounts = {one["subject"]: one["note"] for one in every if one["property"] == "fg:amount"}
    assert "within 15%" in amounts["mea:hu-naih_naih-85-3-2022_1"]


def test_a_sum_counts_no_act_twice(made: Release) -> None:
    """Three documents tell of the CNIL's 20 million; the consolidated record has them once."""
    query = """SELECT (SUM(?eur) AS ?total) { ?act fg:measure ?m ; fg:authority reg:fr-cnil .
        ?m fg:target co:clearview-ai ; fg:amountEUR ?eur ; fg:kindGroup k:payable }"""
    assert rows(made, query) == [["25200000"]]
    told = rows(made, "SELECT ?g { GRAPH ?g { ?m fg:target co:clearview-ai ; fg:amount ?a FILTER(?a = 20000000) } }")
    assert len(told) >= 3


def test_a_document_says_what_it_gave(made: Release) -> None:
    given = rows(made, "SELECT ?d ?p { GRAPH g:prov { ?d fg:gives ?p ; fg:recordOf dec:fr-cnil_san-2022-019 } }")
    assert [
        "https://w3id.org/finegraph/graph/doc_curated_fr-cnil_san-2022-019",
        "https://w3id.org/finegraph#decidedOn",
    ] in given
    single = rows(made, "SELECT ?d { GRAPH g:prov { ?d fg:gives ?p ; fg:recordOf dec:es-aepd_etid-9004 } }")
    assert single == []


def test_problems_are_counted_and_listed(run: Run) -> None:
    report = json.loads(run("problems", "--json"))
    doubts = [one for one in report if one["level"] == "notice" and one["field"]]
    assert doubts
    assert all(one["source"] and one["value"] is not None and one["message"] for one in doubts)
    assert sum(one["count"] for one in report if one["source"] == "gdprhub") == sum(
        int(line.split()[0].replace(",", "")) for line in run("problems", "--source", "gdprhub").splitlines()
    )
    listed = run("problems", "--list", "--source", "gdprhub").splitlines()
    assert len(listed) == sum(one["source"] == "gdprhub" for one in report)


def test_every_record_is_accounted_for(run: Run) -> None:
    for one in json.loads(run("sources", "--json")):
        kept = ("decisions", "rulings", "matters", "press_items", "references", "rdf_files")
        assert one["read"] == sum(one[name] for name in (*kept, "repeated", "skipped", "left_out")), one["source"]


def test_only_what_is_free_is_given_away(both: Path, made: Release, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "open.trig"
    run("export", "--format", "trig", "--licence", "open", "-o", str(path))
    text = path.read_text(encoding="utf-8")
    assert "g:doc_curated_fr-cnil_san-2022-019" in text
    assert re.search(r"^g:doc_ai_incident_law_", text, re.MULTILINE)
    assert not re.search(r"^g:doc_(?:cms|gdprhub)_", text, re.MULTILINE)
    assert "by-nc-sa" not in text
    assert "etid-9004" not in text  # an act that the tracker alone knows
    assert validate_file(path) == []
    again = current(both)
    assert again is not None
    assert again.id == made.id


def test_each_source_has_its_licence_in_the_description(made: Release) -> None:
    query = """SELECT ?t ?licence { GRAPH g:dataset { ?set dct:hasPart ?part . ?part dct:title ?t .
        OPTIONAL { ?part dct:license ?licence } } }"""
    found = {row[0]: row[1] for row in rows(made, query)}
    assert found["cms"] == "https://creativecommons.org/licenses/by-nc-sa/4.0/"
    assert found["curated"] == "https://creativecommons.org/licenses/by/4.0/"
